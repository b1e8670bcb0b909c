// The ledger as a sheet: one line per entry, one column for each field that any kind on it has. Pure.
import type { Activity } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind, KindField } from '../../../modules/editions/model.ts';
import type { ActivitiesText } from '../../language/activities.ts';
import { type Text, wordsOf } from '../../language/text.tsx';
import type { CsvCell } from './csv.ts';
import { marksOf } from './ledger-rows.ts';

export interface SheetSpeech {
  readonly text: Text;
  readonly words: ActivitiesText;
  /** Names of units that took part; a code that is not in it stands for itself. */
  readonly units: ReadonlyMap<string, string>;
}

/** Columns of the kinds' own fields. Fields of two kinds with the same words share one. */
export function fieldColumnsOf(kinds: readonly EntryKind[], used: ReadonlySet<string>, speech: SheetSpeech): string[] {
  const ofUsed = kinds.filter(({ code }) => used.has(code)).flatMap(({ fields }) => fields);
  return [...new Set(ofUsed.map((field) => columnOf(field, speech)))];
}

function columnOf(field: KindField, { text, words }: SheetSpeech): string {
  const name = wordsOf(text, field.name);
  return text.code === 'zh' && field.unitWord !== undefined ? words.sheetUnit(name, field.unitWord) : name;
}

export function sheetOf(definition: EditionDefinition, activities: readonly Activity[], speech: SheetSpeech): CsvCell[][] {
  const { sheet } = speech.words;
  const columns = fieldColumnsOf(definition.kinds, new Set(activities.map(({ content }) => content.kind)), speech);
  const heads = [
    sheet.number, sheet.date, sheet.kind, sheet.title, sheet.place, ...columns, sheet.enterpriseCount, sheet.enterprises, sheet.coHosts, sheet.windowReason, sheet.note, sheet.evidence,
    sheet.by, sheet.recordedAt, sheet.marks, sheet.id,
  ];
  return [heads, ...activities.map((activity, index) => lineOf(definition, activity, index + 1, columns, speech))];
}

function lineOf(definition: EditionDefinition, activity: Activity, number: number, columns: readonly string[], speech: SheetSpeech): CsvCell[] {
  const { text, words, units } = speech;
  const { content } = activity;
  const kind = definition.kinds.find(({ code }) => code === content.kind);
  const values = new Map((kind?.fields ?? []).map((field) => [columnOf(field, speech), shownValue(field, content.values[field.code] ?? null, text)]));
  const enterprises = content.enterprises.map(({ name, uscc, reason }) => words.sheetEnterprise(name, uscc ?? text.kit.enterprisePicker.reasons[reason]));
  const marks = marksOf(activity, definition.window).map((mark) => words.marks[mark]);
  return [
    number, content.occurredOn, kind === undefined ? content.kind : wordsOf(text, kind.name), content.title, content.place, ...columns.map((column) => values.get(column) ?? ''),
    content.enterprises.length, enterprises.join('；'), content.coHosts.map((code) => units.get(code) ?? code).join('；'), content.windowReason ?? '', content.note ?? '', content.evidence.length,
    activity.createdByName, `${activity.createdAt.slice(0, 10)} ${activity.createdAt.slice(11, 19)}`, marks.join('；'), activity.id,
  ];
}

function shownValue(field: KindField, value: string | number | null, text: Text): CsvCell {
  const option = field.options?.find(({ code }) => code === value);
  return option === undefined ? (value ?? '') : wordsOf(text, option.name);
}
