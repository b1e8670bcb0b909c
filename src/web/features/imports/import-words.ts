// Names of columns and sentences of what is wrong with a row: those of the grid, and those that only files need.
import type { EntryContent } from '../../../modules/activities/model.ts';
import { changedFieldsOf } from '../../../modules/activities/rules.ts';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import type { CheckedRow } from '../../../modules/imports/model.ts';
import { columnsFor, type SheetColumn } from '../../../modules/imports/rules.ts';
import type { ActivitiesText } from '../../language/activities.ts';
import type { ImportsText } from '../../language/imports.ts';
import type { Text } from '../../language/text.tsx';
import { columnLabel, issueSentence } from '../activities/batch-words.ts';
import { type EntryWords, labelOf, shownValue } from '../activities/entry-form-words.ts';

export interface ImportSpeech {
  readonly text: Text;
  readonly words: ImportsText;
  readonly grid: ActivitiesText['batchEntry'];
  readonly entry: EntryWords;
  readonly definition: EditionDefinition;
  /** Null: a sheet of enterprises. */
  readonly kind: EntryKind | null;
}

export function nameOfColumn(column: SheetColumn, { text, words, grid, definition, kind }: ImportSpeech): string {
  const own = words.columns.names[column.name as keyof typeof words.columns.names];
  return own ?? (kind === null ? column.name : columnLabel(column, { text, words: grid, definition, kind }));
}

/** All that is wrong with a row, in one line. */
export function problemsOf(row: CheckedRow, speech: ImportSpeech): string {
  const columns = columnsFor(speech.kind);
  return row.issues.map(({ column, issue }) => {
    const named = columns.find(({ name }) => name === column);
    return speech.words.check.labelled(named === undefined ? column : nameOfColumn(named, speech), sentenceOf({ column, issue }, speech));
  }).join(speech.text.code === 'zh' ? '' : ' ');
}

function sentenceOf(about: CheckedRow['issues'][number], { text, grid, definition, kind }: ImportSpeech): string {
  return kind === null ? text.problems.issue(about.issue.rule, about.issue) : issueSentence(about, { text, words: grid, definition, kind });
}

/** What an entry is and would be, field by field. */
export function differencesOf(before: EntryContent, after: EntryContent, { text, words, entry, kind }: ImportSpeech): string[] {
  if (kind === null) return [];
  const speech = { text, words: entry, kind };
  return changedFieldsOf(before, after).map((field) => words.check.changedFrom(labelOf(field, speech), shownValue(field, before, speech), shownValue(field, after, speech)));
}

/** What to look at in a row that can be taken. */
export function doubtsOf(row: CheckedRow, speech: ImportSpeech): string[] {
  const { check } = speech.words;
  return [
    ...row.twins.map(({ unitName, title }) => check.twin(unitName, title ?? row.label)),
    ...(row.repeated ? [check.repeated] : []),
    ...(row.verdict === 'new' && row.uncoded > 0 ? [check.uncoded(speech.text.format.number(row.uncoded))] : []),
    ...(row.verdict !== 'wrong' && row.issues.length > 0 ? [problemsOf(row, speech)] : []),
  ];
}
