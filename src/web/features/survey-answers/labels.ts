// Sums of answers with the words of the questionnaire: for the page, for the chart and for a report. Pure.
import type { AnswerableQuestion, Definition, Line } from '../../../modules/questionnaires/model/definition.ts';
import type { Bar, Tally } from '../../../modules/questionnaires/model/results.ts';
import { wordsIn } from '../../../modules/questionnaires/rules/definition.ts';
import { answerableOf, percentOf } from '../../../modules/questionnaires/rules/results.ts';

export interface LabelledBar extends Bar {
  readonly label: string;
  /** Of those who answered; null without any. */
  readonly share: string | null;
}

function labelIn(lines: readonly Line[], key: string, language: string): string {
  const line = lines.find(({ code }) => code === key);
  return line === undefined ? key : wordsIn(line.label, language);
}

/** What a key of a question is called. */
export function labelOf(question: AnswerableQuestion, key: string, language: string): string {
  if ('options' in question) return labelIn(question.options, key, language);
  if (question.kind === 'matrix') return labelIn(question.columns, key, language);
  return question.kind === 'number' ? key.replace('..', '–') : key;
}

export function barsWith(question: AnswerableQuestion, bars: readonly Bar[], base: number, language: string): LabelledBar[] {
  return bars.map((bar) => ({ ...bar, label: labelOf(question, bar.key, language), share: percentOf(bar.count, base) }));
}

export function rowLabel(question: AnswerableQuestion, row: string, language: string): string {
  return question.kind === 'matrix' ? labelIn(question.rows, row, language) : row;
}

/** A question as it is called, without earlier answers put in. */
export function titleOf(question: AnswerableQuestion, language: string): string {
  return wordsIn(question.title, language).replace(/\{[A-Za-z]\w*\}/g, '……');
}

export interface TableWords {
  readonly option: string;
  readonly count: string;
  readonly share: string;
}

const most = 200;
const cut = (text: string): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** One question as the rows of a small table, the head first: what a report takes. Null where there is nothing to count. */
export function tableOf(question: AnswerableQuestion, tally: Tally, language: string, words: TableWords): string[][] | null {
  const share = (bar: LabelledBar): string => (bar.share === null ? '' : `${bar.share}%`);
  if (question.kind === 'matrix') {
    const columns = question.columns.slice(0, 7);
    return [
      [words.option, ...columns.map(({ code }) => cut(labelOf(question, code, language)))],
      ...tally.rows.slice(0, 59).map(({ row, base, bars }) => [cut(rowLabel(question, row, language)), ...barsWith(question, bars, base, language).slice(0, 7).map((bar) => `${String(bar.count)}（${share(bar)}）`)]),
    ];
  }
  if (tally.bars.length === 0) return null;
  return [[words.option, words.count, words.share], ...barsWith(question, tally.bars, tally.base, language).slice(0, 59).map((bar) => [cut(bar.label), String(bar.count), share(bar)])];
}

export function questionByCode(definition: Definition): ReadonlyMap<string, AnswerableQuestion> {
  return new Map(answerableOf(definition).map((question) => [question.code, question]));
}
