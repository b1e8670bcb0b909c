// From grids to figures: every figure with where it stood, or null with the doubt that a person must settle. Never guesses: what
// several readings of the page would make different is asked.
import type { Grid } from '../../../shared/grid.ts';
import type { DoubtCandidate, DoubtKind, FormChoices, FormDoubt, FormNote, FormReading, FormSource } from '../model.ts';
import { isExact } from './figure-text.ts';
import { significant } from './labels.ts';
import { assignRows, type Assigned, type FormIndicator, type FormTable, seenGrid, type SeenGrid } from './matching.ts';
import { type ExpectedSurroundings, surroundingsOf } from './surroundings.ts';
import { readRow, type ReadValue } from './values.ts';

/** What is expected of a form: an edition's table, a province's own rows included where the province is known. */
export interface ExpectedForm extends ExpectedSurroundings {
  readonly columns: readonly [string, string, string];
  readonly indicators: readonly FormIndicator[];
}

interface Taken extends Assigned {
  readonly value: ReadValue;
  readonly gridIndex: number;
}

/** Null when the grids hold no form of this edition. */
export function readForm(grids: readonly Grid[], expected: ExpectedForm, choices: FormChoices | null = null): FormReading | null {
  const table: FormTable = { columns: expected.columns, indicators: expected.indicators, unitWords: new Set(expected.indicators.map(({ unitWord }) => significant(unitWord))) };
  const seen = grids.map((grid, index) => seenGrid(grid, index, table));
  if (!isForm(seen, table)) return null;
  const forced = new Map(Object.entries(choices?.rows ?? {}).map(([code, key]) => [key, code]));
  const byGrid = seen.map((one) => assignRows(one, table, forced));
  const taken = byGrid.flatMap(({ assigned }, gridIndex) => {
    const one = seen[gridIndex];
    return one === undefined ? [] : assigned.flatMap((each): Taken[] => {
      const indicator = table.indicators.find(({ code }) => code === each.code);
      return indicator === undefined ? [] : [{ ...each, gridIndex, value: readRow(each.row, indicator, { table, seen: one, column: choices?.column ?? null }) }];
    });
  });
  const surroundings = surroundingsOf(grids, expected);
  const blanks = blankGrids(taken);
  const filled = taken.filter(({ gridIndex }) => !blanks.has(gridIndex));
  const columns = columnsOf(filled);
  const settled = table.indicators.map(({ code }) => settle(code, filled.filter((one) => one.code === code), columns));
  const all = surroundings.scaled === null ? settled : settled.map((one) => scaledWhole(one, surroundings.scaled));
  return {
    figures: Object.fromEntries(all.map(({ code, figure }) => [code, figure])),
    sources: Object.fromEntries(all.flatMap(({ code, source }) => (source === null ? [] : [[code, source] as const]))),
    doubts: [...surroundings.doubts, ...all.flatMap(({ doubt }) => (doubt === null ? [] : [doubt]))],
    notes: notesOf(byGrid.flatMap(({ left }, index) => left.map((row) => ({ row, seen: seen[index] })))),
    unitName: surroundings.unitName,
    layout: layoutOf(seen),
  };
}

/** A page that has less than a third of the labels is something else. */
function isForm(seen: readonly SeenGrid[], { indicators }: FormTable): boolean {
  const labels = new Set(indicators.map(({ label }) => label));
  const found = new Set(seen.flatMap(({ rows }) => rows.flatMap(({ label }) => (label === null ? [] : [label]))));
  return found.size >= Math.max(2, Math.ceil(labels.size / 3));
}

/** A form without a single figure beside one with figures is the template it was filled from. */
function blankGrids(taken: readonly Taken[]): ReadonlySet<number> {
  const indexes = [...new Set(taken.map(({ gridIndex }) => gridIndex))];
  const blank = indexes.filter((index) => taken.every(({ gridIndex, value }) => gridIndex !== index || value.read.kind === 'blank'));
  return blank.length === indexes.length ? new Set() : new Set(blank);
}

interface Columns {
  /** Grids in which a row has two numbers: whichever is meant, it is asked in every row. */
  readonly doubtful: ReadonlySet<number>;
  /** The column that most rows of a grid have their figure in. */
  readonly usual: ReadonlyMap<number, number>;
  /** Grids that hold the same rows as another: two forms in one file, not one form over two tables. */
  readonly rivals: ReadonlySet<number>;
}

function columnsOf(taken: readonly Taken[]): Columns {
  const usual = new Map<number, number>();
  for (const index of new Set(taken.map(({ gridIndex }) => gridIndex))) {
    const counts = new Map<number, number>();
    for (const { gridIndex, value } of taken) if (gridIndex === index && value.column !== null && isExact(value.read)) counts.set(value.column, (counts.get(value.column) ?? 0) + 1);
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    if (most !== undefined) usual.set(index, most[0]);
  }
  return { rivals: rivalsIn(taken), doubtful: new Set(taken.flatMap(({ gridIndex, value }) => (value.read.kind === 'several_columns' ? [gridIndex] : []))), usual };
}

function rivalsIn(taken: readonly Taken[]): ReadonlySet<number> {
  const codes = new Map<number, Set<string>>();
  for (const { gridIndex, code } of taken) codes.set(gridIndex, (codes.get(gridIndex) ?? new Set()).add(code));
  const shares = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].filter((code) => other.has(code)).length > 1;
  return new Set([...codes].filter(([index, own]) => [...codes].some(([other, theirs]) => other !== index && shares(own, theirs))).map(([index]) => index));
}

interface Settled {
  readonly code: string;
  readonly figure: number | null;
  readonly source: FormSource | null;
  readonly doubt: FormDoubt | null;
}

function settle(code: string, found: readonly Taken[], columns: Columns): Settled {
  const [first] = found;
  if (first === undefined) return { code, figure: null, source: null, doubt: { code, kind: 'label_missing', text: '', where: null, candidates: [] } };
  const kind = found.length > 1 ? kindOfSeveral(found) : kindOfOne(first, columns);
  if (kind === null && isExact(first.value.read)) return { code, figure: first.value.read.value, source: first.value.source, doubt: null };
  const doubt: FormDoubt = { code, kind: kind ?? 'unclear', text: found.map(({ value }) => value.text).join(' / '), where: first.value.where, candidates: distinct(found.flatMap(({ value }) => value.candidates)) };
  return { code, figure: null, source: first.value.source, doubt };
}

function kindOfOne({ how, value, row, gridIndex }: Taken, columns: Columns): DoubtKind | null {
  if (how === 'belonging') return 'row_belonging';
  if (how === 'likeness') return 'label_differs';
  if (!isExact(value.read)) return value.read.kind;
  if (columns.rivals.has(gridIndex)) return 'several_forms';
  if (row.label !== null && row.inline !== null) return null;
  if (columns.doubtful.has(gridIndex)) return 'several_columns';
  const usual = columns.usual.get(gridIndex);
  return usual === undefined || value.column === usual ? null : 'other_column';
}

/** The same figure twice is the same figure; two forms or two rows that differ are asked. */
function kindOfSeveral(found: readonly Taken[]): DoubtKind | null {
  if (found.some(({ how }) => how === 'belonging')) return 'row_belonging';
  const inOneGrid = new Set(found.map(({ gridIndex }) => gridIndex)).size === 1;
  if (inOneGrid) return 'several_rows';
  const values = new Set(found.map(({ value, how }) => (isExact(value.read) && how === 'label' ? value.read.value : null)));
  return values.size === 1 && !values.has(null) ? null : 'several_forms';
}

function distinct(candidates: readonly DoubtCandidate[]): DoubtCandidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ value, source }) => {
    const key = `${value}@${source?.rowKey ?? ''}@${source?.column ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function scaledWhole(one: Settled, scaled: { readonly text: string; readonly where: FormDoubt['where'] } | null): Settled {
  if (one.figure === null || scaled === null) return one;
  return { ...one, figure: null, doubt: { code: one.code, kind: 'scaled', text: scaled.text, where: scaled.where, candidates: [{ value: one.figure, source: one.source }] } };
}

function notesOf(left: readonly { readonly row: SeenGrid['rows'][number]; readonly seen: SeenGrid | undefined }[]): FormNote[] {
  return left.flatMap(({ row, seen }) => {
    const { cells, number } = row.row;
    const own = cells.filter((cell) => cell.row === number);
    const numbered = own.some(({ text, number: held }) => held !== null || /\d/.test(text)) && own.some(({ text }) => /\p{L}{2}/u.test(text));
    if (!numbered || seen === undefined || seen.grid.kind === 'lines' && seen.rows.every(({ label }) => label === null)) return [];
    return [{ kind: 'row_not_of_table' as const, text: own.map(({ text }) => text).join(' ').slice(0, 200), where: { kind: seen.grid.kind, grid: seen.grid.name, row: number, column: own[0]?.column ?? 1 } }];
  });
}

function layoutOf(seen: readonly SeenGrid[]): string {
  return seen
    .filter(({ rows }) => rows.some(({ label }) => label !== null))
    .map(({ headings, rows }) => [`${headings?.figures.from ?? ''}`, ...rows.map(({ key }) => key)].join('|'))
    .join('\n');
}
