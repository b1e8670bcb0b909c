// Answers taken out as a file: XLSX or CSV, a row an answer, and the syntax for SPSS. Recorded before the first byte. Of anonymous answers
// the day is left out, and the channel where it has too few.
import { type Context, implement, type Implementation, raise, type StreamAnswer } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/database.ts';
import { writeCsv } from '../../../documents/csv.ts';
import { workbookMediaType, writeWorkbook } from '../../../documents/workbook.ts';
import { problem } from '../../../shared/problem.ts';
import { exportAnswers } from '../contract/results.ts';
import { leastGroup } from '../model/results.ts';
import { listChannels } from '../queries/channels.ts';
import { countParts, type RawAnswer, readAnswers } from '../queries/results.ts';
import { wordsIn } from '../rules/definition.ts';
import { type Cell, type Column, columnsOf, type LeadingColumn, spssSyntax } from '../rules/files.ts';
import { openGroups } from '../rules/results.ts';
import { ask, type Asked } from './results.ts';

const said = {
  zh: {
    number: '序号', version: '版本', channel: '渠道', day: '日期', uscc: '统一社会信用代码', enterprise: '企业名称', language: '语言', yes: '选', no: '未选', beside: '补充填写', sheet: '答卷', hidden: '份数少，不分列',
    demonstration: '演示', demonstrationColumn: '演示数据',
  },
  en: {
    number: 'Number', version: 'Version', channel: 'Channel', day: 'Day', uscc: 'Credit code', enterprise: 'Enterprise', language: 'Language', yes: 'chosen', no: 'not chosen', beside: 'written beside', sheet: 'Answers', hidden: 'too few to tell apart',
    demonstration: 'demonstration', demonstrationColumn: 'Demonstration',
  },
} as const;

interface Leading extends LeadingColumn {
  readonly read: (answer: RawAnswer, number: number) => Cell;
}

interface Laid {
  readonly leading: readonly Leading[];
  readonly columns: readonly Column[];
}

type Language = keyof typeof said;

async function lay(tx: Tx, { questionnaire, definition }: Asked, values: 'codes' | 'labels', language: Language): Promise<Laid> {
  const words = said[language];
  const { anonymous } = definition;
  const { channels } = await countParts(tx, questionnaire.id);
  const open = openGroups(channels, anonymous ? leastGroup : 0);
  const names = new Map((await listChannels(tx, questionnaire.id)).map(({ id, name }) => [id, name]));
  const leading: Leading[] = [
    { name: 'answer_number', label: words.number, kind: 'number', width: 8, read: (_, number) => number },
    { name: 'answer_version', label: words.version, kind: 'number', width: 8, read: ({ version }) => version },
    { name: 'answer_channel', label: words.channel, kind: 'text', width: 120, read: ({ channelId }) => (open.has(channelId) ? (names.get(channelId) ?? '') : words.hidden) },
    { name: 'answer_language', label: words.language, kind: 'text', width: 20, read: (answer) => answer.language },
    ...(anonymous ? [] : [
      { name: 'answer_day', label: words.day, kind: 'text', width: 10, read: ({ answeredOn }) => answeredOn },
      { name: 'answer_uscc', label: words.uscc, kind: 'text', width: 18, read: ({ uscc }) => uscc },
      { name: 'answer_enterprise', label: words.enterprise, kind: 'text', width: 300, read: ({ enterprise }) => enterprise },
    ] satisfies Leading[]),
  ];
  return { leading, columns: columnsOf(definition, values, language, words) };
}

async function* rowsOf(tx: Tx, id: string, { leading, columns }: Laid): AsyncGenerator<Cell[]> {
  let number = 0;
  for await (const answers of readAnswers(tx, id)) {
    for (const answer of answers) {
      number += 1;
      yield [...leading.map(({ read }) => read(answer, number)), ...columns.map(({ read }) => read(answer.answers))];
    }
  }
}

/** By name for a program, by label for a person. */
function headOf({ leading, columns }: Laid, values: 'codes' | 'labels'): string[] {
  return [...leading, ...columns].map(({ name, label }) => (values === 'codes' ? name : label));
}

async function* bookOf(tx: Tx, id: string, laid: Laid, { title, values, language, context }: { readonly title: string; readonly values: 'codes' | 'labels'; readonly language: Language; readonly context: Context }): AsyncGenerator<Uint8Array> {
  const words = said[language];
  const mark = context.demonstration ? words.demonstration : '';
  async function* rows() {
    yield { cells: headOf(laid, values).map((value) => ({ value, style: 'head' })) };
    yield* rowsOf(tx, id, laid);
  }
  yield* writeWorkbook({
    styles: { head: { bold: true, fill: 'E6ECF2', border: 'thin', wrap: true }, text: { format: '@' }, number: { format: 'General' } },
    properties: { title, author: context.actor.name, created: context.now, ...(context.demonstration ? { keywords: words.demonstrationColumn } : {}) },
    sheets: [{
      name: words.sheet, columns: [...laid.leading, ...laid.columns].map(({ kind }) => ({ width: kind === 'number' ? 10 : 24, style: kind })), rows: rows(), headRows: 1, filter: true,
      print: { landscape: true, fit: { wide: 1, tall: 0 }, header: { left: title, right: mark } },
    }],
  });
}

/** A made-up list says so in every line. */
async function* csvOf(tx: Tx, id: string, laid: Laid, values: 'codes' | 'labels', mark: readonly [head: string, each: string] | null): AsyncGenerator<Cell[]> {
  yield [...headOf(laid, values), ...(mark === null ? [] : [mark[0]])];
  for await (const row of rowsOf(tx, id, laid)) yield mark === null ? row : [...row, mark[1]];
}

const exported = implement(exportAnswers, async (context, { id, format, values: asked, language }): Promise<StreamAnswer> => {
  const questionnaire = await ask(context, id, 'export_answers');
  const values = format === 'sps' ? 'codes' : asked;
  const { all } = await countParts(context.tx, id);
  if (all > mostRows) raise(problem('too_large', { maximumRows: mostRows }));
  const { unitCode } = questionnaire.questionnaire;
  context.record({ action: 'questionnaires.answers_taken', unitCode, subjectKind: 'questionnaire', subjectId: id, after: { format, values, rows: all } });
  const words = said[language];
  const title = wordsIn(questionnaire.definition.title, language);
  const base = `${context.demonstration ? `${words.demonstration}-` : ''}${title}-${context.now.slice(0, 10).replaceAll('-', '')}`.replace(/[\p{Cc}\\/:*?"<>|]/gu, '_');
  const mediaType = { xlsx: workbookMediaType, csv: 'text/csv; charset=utf-8', sps: 'text/plain; charset=utf-8' }[format];
  return {
    mediaType, fileName: `${base}.${format}`, rows: format === 'sps' ? 0 : all,
    async *chunks(tx) {
      const laid = await lay(tx, questionnaire, values, language);
      if (format === 'sps') {
        const marked: LeadingColumn[] = context.demonstration ? [{ name: 'demonstration', label: words.demonstrationColumn, kind: 'text', width: 20 }] : [];
        yield Buffer.from(`\ufeff${spssSyntax(`${base}.csv`, laid.leading, [...laid.columns, ...marked.map((column) => ({ ...column, values: null, read: () => null }))])}`);
      } else if (format === 'csv') yield* writeCsv(csvOf(tx, id, laid, values, context.demonstration ? [values === 'codes' ? 'demonstration' : words.demonstrationColumn, words.demonstration] : null));
      else yield* bookOf(tx, id, laid, { title, values, language, context });
    },
  };
});

/** As many as a sheet has, less its head. */
const mostRows = 1_000_000;

export const fileActions: readonly Implementation[] = [exported];
