// Answers as rows for people and for statistics programs: which columns there are, what stands in them, and the syntax that tells SPSS
// what they mean. Pure.
import type { AnswerableQuestion, AnswerSheet, AnswerValue, Definition, Language, Line } from '../model/definition.ts';
import { isChoices } from './conditions.ts';
import { wordsIn } from './definition.ts';
import { answerableOf } from './results.ts';

export type Cell = string | number | null;

/** One column of a file. `values` are what its codes mean, in order; null where it holds no codes. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'number';
  readonly values: readonly (readonly [code: string | number, label: string])[] | null;
  readonly read: (sheet: AnswerSheet) => Cell;
}

export interface FileWords {
  readonly yes: string;
  readonly no: string;
  readonly beside: string;
}

const between = '·';

/** Of codes: an option of a multiple choice a column, 0 or 1. Of labels: as a person reads it, a question a column. */
export function columnsOf(definition: Definition, values: 'codes' | 'labels', language: Language, words: FileWords): Column[] {
  return answerableOf(definition).flatMap((question) => [...ownColumns(question, values, language, words), ...besideColumn(question, language, words)]);
}

function ownColumns(question: AnswerableQuestion, values: 'codes' | 'labels', language: Language, words: FileWords): Column[] {
  const { code } = question;
  const title = plain(wordsIn(question.title, language));
  const label = (lines: readonly Line[], of: string): string => plain(wordsIn(lines.find((line) => line.code === of)?.label ?? { zh: of }, language));
  const meanings = (lines: readonly Line[]): (readonly [string, string])[] => lines.map((line) => [line.code, label(lines, line.code)]);
  switch (question.kind) {
    case 'single':
      return [{ name: code, label: title, kind: 'text', values: meanings(question.options), read: (sheet) => (values === 'codes' ? textIn(sheet, code) : labelled(textIn(sheet, code), question.options, label)) }];
    case 'multiple':
      if (values === 'labels') return [{ name: code, label: title, kind: 'text', values: null, read: (sheet) => chosenIn(sheet, code)?.map((one) => label(question.options, one)).join(language === 'zh' ? '、' : ', ') ?? null }];
      return question.options.map(({ code: option }) => ({
        name: `${code}_${option}`, label: `${title}${between}${label(question.options, option)}`, kind: 'number', values: [[0, words.no], [1, words.yes]],
        read: (sheet) => {
          const chosen = chosenIn(sheet, code);
          return chosen === null ? null : Number(chosen.includes(option));
        },
      }));
    case 'matrix':
      return question.rows.map(({ code: row }) => ({
        name: `${code}_${row}`, label: `${title}${between}${label(question.rows, row)}`, kind: 'text', values: meanings(question.columns),
        read: (sheet) => (values === 'codes' ? cellIn(sheet, code, row) : labelled(cellIn(sheet, code, row), question.columns, label)),
      }));
    case 'scale':
    case 'number':
      return [{ name: code, label: title, kind: 'number', values: null, read: (sheet) => numberIn(sheet, code) }];
    case 'text':
    case 'date':
      return [{ name: code, label: title, kind: 'text', values: null, read: (sheet) => textIn(sheet, code) }];
  }
}

function besideColumn(question: AnswerableQuestion, language: Language, { beside }: FileWords): Column[] {
  if (!('options' in question) || !question.options.some(({ text }) => text)) return [];
  const { code } = question;
  return [{ name: `${code}_text`, label: `${plain(wordsIn(question.title, language))}${between}${beside}`, kind: 'text', values: null, read: ({ texts }) => (Object.hasOwn(texts, code) ? (texts[code] ?? null) : null) }];
}

const valueIn = ({ values }: AnswerSheet, code: string): AnswerValue | undefined => (Object.hasOwn(values, code) ? values[code] : undefined);

function textIn(sheet: AnswerSheet, code: string): string | null {
  const value = valueIn(sheet, code);
  return typeof value === 'string' ? value : null;
}

function numberIn(sheet: AnswerSheet, code: string): number | null {
  const value = valueIn(sheet, code);
  return typeof value === 'number' ? value : null;
}

function chosenIn(sheet: AnswerSheet, code: string): readonly string[] | null {
  const value = valueIn(sheet, code);
  return typeof value === 'object' && isChoices(value) ? value : null;
}

function cellIn(sheet: AnswerSheet, code: string, row: string): string | null {
  const value = valueIn(sheet, code);
  return typeof value === 'object' && !isChoices(value) && Object.hasOwn(value, row) ? (value[row] ?? null) : null;
}

function labelled(code: string | null, lines: readonly Line[], label: (lines: readonly Line[], code: string) => string): string | null {
  return code === null ? null : label(lines, code);
}

/** On one line. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A name SPSS takes: 64 bytes, letters, digits and _; unlike any other, which there are not told apart by case. */
export function spssNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const short = name.slice(0, 60);
    for (let number = 1; ; number += 1) {
      const tried = number === 1 ? short : `${short}_${number}`;
      if (taken.has(tried.toLowerCase()) || reserved.has(tried.toLowerCase())) continue;
      taken.add(tried.toLowerCase());
      return tried;
    }
  });
}

const reserved = new Set(['all', 'and', 'by', 'eq', 'ge', 'gt', 'le', 'lt', 'ne', 'not', 'or', 'to', 'with']);

export interface LeadingColumn extends Pick<Column, 'name' | 'label' | 'kind'> {
  /** In bytes of UTF-8, for a text. */
  readonly width: number;
}

const textWidth = 15_000;
const codeWidth = 40;

/** Syntax that reads the CSV of codes and says what its variables and values mean. Text is quoted, an apostrophe doubled. */
export function spssSyntax(fileName: string, leading: readonly LeadingColumn[], columns: readonly Column[]): string {
  const all = [...leading.map((column) => ({ ...column, values: null })), ...columns.map((column) => ({ ...column, width: column.values === null ? textWidth : codeWidth }))];
  const names = spssNames(all.map(({ name }) => name));
  const quoted = (text: string): string => `'${cut(text, 240).replaceAll("'", "''")}'`;
  const labelled = all.map(({ label }, index) => `  ${names[index] ?? ''} ${quoted(label)}`);
  const valued = all.flatMap(({ values }, index) => (values === null || values.length === 0 ? [] : [[`  /${names[index] ?? ''}`, ...values.map(([code, label]) => `    ${typeof code === 'number' ? String(code) : quoted(code)} ${quoted(cut(label, 118))}`)].join('\n')]));
  return [
    'SET UNICODE=ON.',
    `GET DATA /TYPE=TXT /FILE=${quoted(fileName)} /ENCODING='UTF8' /DELIMITERS="," /QUALIFIER='"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2`,
    '  /VARIABLES=', ...all.map(({ kind, width }, index) => `  ${names[index] ?? ''} ${kind === 'number' ? 'F12.4' : `A${String(width)}`}`), '.',
    'VARIABLE LABELS', ...labelled.map((line, index) => (index === labelled.length - 1 ? `${line}.` : line)),
    ...(valued.length === 0 ? [] : ['VALUE LABELS', `${valued.join('\n')}.`]),
    'EXECUTE.', '',
  ].join('\r\n');
}

/** So many bytes of UTF-8 at most, no character cut in two. */
function cut(text: string, most: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}
