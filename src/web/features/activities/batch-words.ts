// Names of the grid's columns, what its cells show once they are read, and sentences of what is wrong with them.
import { cleanCell, readChoice, readDate, type SheetColumn } from '../../../modules/imports/rules.ts';
import type { BatchRow, RowIssue, RowReading } from './batch-rows.ts';
import type { EditionDefinition, EntryKind, KindField } from '../../../modules/editions/model.ts';
import type { ActivitiesText } from '../../language/activities.ts';
import { type Text, wordsOf } from '../../language/text.tsx';
import { readNumber } from '../../../shared/number-text.ts';

export interface GridSpeech {
  readonly text: Text;
  readonly words: ActivitiesText['batchEntry'];
  readonly definition: EditionDefinition;
  readonly kind: EntryKind;
}

export function columnLabel({ name, field }: SheetColumn, { text, words, kind }: GridSpeech): string {
  if (field !== null) {
    const label = wordsOf(text, field.name);
    return field.unitWord === undefined ? label : words.unit(label, field.unitWord);
  }
  if (name === 'enterprises' && kind.enterprises === 'single') return words.columns.oneEnterprise;
  return words.columns[name as keyof typeof words.columns] ?? name;
}

export function columnHint({ name, field }: SheetColumn, { text, words }: GridSpeech): string {
  const own = field?.hint === undefined ? '' : wordsOf(text, field.hint);
  if (field === null) return words.hints[name as 'title'] ?? '';
  const options = (field.options ?? []).map((option) => wordsOf(text, option.name)).join(text.code === 'zh' ? '、' : ', ');
  const ofType = field.type === 'choice' ? words.hints.choice(options) : field.type === 'integer' ? words.hints.integer : field.type === 'link' ? words.hints.link : '';
  return [own, ofType].filter((one) => one !== '').join(text.code === 'zh' ? '' : ' ');
}

export interface CellShown {
  readonly words: string;
  /** Not typed: what a new entry begins with. */
  readonly initial: boolean;
}

/** A cell nobody is in: as it was read, so that one sees what was understood; as it was typed where nothing was. */
export function cellShown(row: BatchRow, column: SheetColumn, reading: RowReading | null, speech: GridSpeech): CellShown {
  const typed = cleanCell(row.cells[column.name] ?? '');
  if (typed === '') return { words: reading === null ? '' : initialWords(column, speech), initial: true };
  return { words: readWords(typed, column, reading, speech), initial: false };
}

function initialWords({ field }: SheetColumn, { text }: GridSpeech): string {
  if (field?.initial === undefined) return '';
  const option = field.options?.find(({ code }) => code === field.initial);
  return option === undefined ? String(field.initial) : wordsOf(text, option.name);
}

function readWords(typed: string, { name, field }: SheetColumn, reading: RowReading | null, { text, definition }: GridSpeech): string {
  if (name === 'occurredOn') {
    const date = readDate(typed, definition);
    return date === null ? typed : text.format.shortDate(date);
  }
  if (name === 'enterprises') return enterpriseWords(typed, reading, text);
  if (field?.type === 'choice') return choiceWords(typed, field, text);
  const number = field?.type === 'integer' ? readNumber(typed) : null;
  return number?.kind === 'number' ? text.format.number(number.value) : typed;
}

function enterpriseWords(typed: string, reading: RowReading | null, text: Text): string {
  if (reading === null || reading.issues.some(({ column }) => column === 'enterprises')) return typed;
  return text.format.list(reading.content.enterprises.map(({ name }) => name));
}

function choiceWords(typed: string, field: KindField, text: Text): string {
  const code = readChoice(typed, field);
  const option = field.options?.find((one) => one.code === code);
  return option === undefined ? typed : wordsOf(text, option.name);
}

export function issueSentence({ issue }: RowIssue, { text, words }: GridSpeech): string {
  const about = 'text' in issue && typeof issue.text === 'string' ? issue.text : null;
  if (about !== null && Object.hasOwn(words.enterprise, issue.rule)) return words.enterprise[issue.rule as keyof typeof words.enterprise](about);
  return issue.rule === 'not_number' ? text.kit.notNumber : text.problems.issue(issue.rule, issue);
}

/** The id of a cell on the page, for links of the list of issues. */
export function cellId(row: string, column: string): string {
  return `cell-${row}-${column.replace('.', '-')}`;
}
