// Which row of a form means which indicator. Labels that occur once are known by themselves; those that occur several times (参与企业,
// 参与人数) by the numbered row they stand below. Whatever contradicts that makes all rows of the label doubtful.
import type { Grid, GridCell } from '../../../shared/grid.ts';
import { afterLabel, likeness, significant, unitBehind } from './labels.ts';
import { type Headings, headingsOf, rowsOf, type SeenRow, serialOf } from './rows.ts';

export interface FormIndicator {
  readonly code: string;
  readonly row: number;
  readonly label: string;
  readonly unitWord: string;
}

export interface FormTable {
  readonly columns: readonly [string, string, string];
  readonly indicators: readonly FormIndicator[];
  /** Of all indicators, in their plain form. */
  readonly unitWords: ReadonlySet<string>;
}

/** A row whose label was found. */
export interface LabelledRow {
  readonly row: SeenRow;
  readonly label: string;
  readonly cells: readonly GridCell[];
  /** A unit that stood behind the label; empty without. */
  readonly unit: string;
  /** What stood behind the label in its own cell, when that is the figure. */
  readonly inline: string | null;
}

export interface PlainRow {
  readonly row: SeenRow;
  /** The words of the row, for proposals. */
  readonly words: string;
}

export type KnownRow = (LabelledRow | (PlainRow & { readonly label: null })) & { readonly key: string };

export interface SeenGrid {
  readonly grid: Grid;
  readonly headings: Headings | null;
  readonly rows: readonly KnownRow[];
}

export function seenGrid(grid: Grid, index: number, table: FormTable): SeenGrid {
  const rows = rowsOf(grid);
  const headings = headingsOf(rows, table.columns);
  const counts = new Map<string, number>();
  const known = rows.filter(({ number }) => headings === null || number > headings.row).map((row): KnownRow => {
    const labelled = labelOf(row, headings, table);
    const words = labelled === null ? wordsOf(row, headings) : labelled.cells.map(({ text }) => text).join('');
    // Without digits: the key of a row is the same whatever was filled in.
    const word = significant(labelled === null ? words : labelled.label).replace(/\d+/g, '');
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const key = `${index}:${word.slice(0, 60)}#${counts.get(word) ?? 1}`;
    return labelled === null ? { row, words, label: null, key } : { ...labelled, key };
  });
  return { grid, headings, rows: known };
}

const isFigureColumn = ({ column }: GridCell, headings: Headings | null): boolean => headings !== null && column >= headings.figures.from && column <= headings.figures.to;

function wordsOf({ cells, number }: SeenRow, headings: Headings | null): string {
  return cells.filter((cell) => cell.row === number && !isFigureColumn(cell, headings) && !/^[\d\s().,、]*$/.test(cell.text)).map(({ text }) => text).join('');
}

/** The one label of a row; null when there is none, or several: a row of headings, or a table turned on its side. */
function labelOf(row: SeenRow, headings: Headings | null, table: FormTable): LabelledRow | null {
  const own = row.cells.filter((cell) => cell.row === row.number && cell.text !== '');
  const beside = own.filter((cell) => !isFigureColumn(cell, headings));
  const found = beside.flatMap((_, at) => [1, 2, 3].flatMap((count) => {
    const cells = beside.slice(at, at + count);
    const one = cells.length < count ? null : labelIn(cells, table);
    return one === null ? [] : [{ ...one, cells, row }];
  }));
  const labels = new Set(found.map(({ label }) => label));
  if (labels.size > 1 || found.filter(({ cells }) => cells.length === 1).length > 1) return null;
  return found[0] ?? null;
}

function labelIn(cells: readonly GridCell[], { indicators, unitWords }: FormTable): Pick<LabelledRow, 'label' | 'unit' | 'inline'> | null {
  const text = cells.map((cell) => cell.text).join('');
  // A label of several cells begins in the first and ends in the last; a number beside it is none of it.
  if (cells.length > 1 && cells.some((cell) => significant(cell.text) === '' || /^\d+$/.test(significant(cell.text)))) return null;
  const labels = [...new Set(indicators.map(({ label }) => label))].sort((a, b) => b.length - a.length);
  for (const label of labels) {
    const rest = afterLabel(text, label);
    const unit = rest === null ? null : unitBehind(rest, unitWords);
    if (unit !== null) return { label, unit, inline: null };
    if (rest !== null && /^[\s:：]*[(（[【〔_\s]*[\d０-９][\d０-９,，.．\s]*[)）\]】〕_\s]*\p{L}{0,3}[。；;]?$/u.test(rest.normalize('NFKC'))) return { label, unit: '', inline: rest.replace(/^[\s:：]+/, '') };
  }
  return null;
}

export interface Assigned {
  readonly code: string;
  readonly row: KnownRow;
  /** Certain, alike only, or perhaps another row's. */
  readonly how: 'label' | 'likeness' | 'belonging';
}

export interface Assignment {
  readonly assigned: readonly Assigned[];
  /** Rows that are none of the table. */
  readonly left: readonly KnownRow[];
}

const alike = 0.6;

/** `forced`: what the unit has said before, row by key. */
export function assignRows({ rows, headings }: SeenGrid, { indicators }: FormTable, forced: ReadonlyMap<string, string>): Assignment {
  const byLabel = new Map<string, FormIndicator[]>();
  for (const one of indicators) byLabel.set(one.label, [...(byLabel.get(one.label) ?? []), one]);
  const forcedCodes = new Set(forced.values());
  const free = (one: FormIndicator): boolean => !forcedCodes.has(one.code);
  const heads = new Set(indicators.filter((one, at) => indicators.findIndex(({ row }) => row === one.row) === at).map(({ code }) => code));
  const labels = new Set(rows.flatMap(({ label }) => (label === null ? [] : [label])));
  const missing = indicators.filter((one) => free(one) && !labels.has(one.label) && byLabel.get(one.label)?.length === 1);
  const serials = serialKind(rows, headings);

  const assigned: Assigned[] = [];
  const left: KnownRow[] = [];
  const lost: { readonly label: string; readonly row: KnownRow }[] = [];
  const doubtfulGroups = new Set<number>();
  let current: number | null = null;
  let currentSerial: number | null = null;
  let unsure = false;
  const enter = (group: number, row: KnownRow): void => {
    current = group;
    currentSerial = serialIn(row, headings)?.value ?? null;
    unsure = false;
  };
  const take = (one: FormIndicator, row: KnownRow, how: Assigned['how']): void => {
    assigned.push({ code: one.code, row, how });
    if (heads.has(one.code)) enter(one.row, row);
    else if (current !== one.row) {
      doubtfulGroups.add(one.row);
      if (current !== null) doubtfulGroups.add(current);
    }
  };
  const takeRepeated = (label: string, row: KnownRow): void => {
    const serial = serials === 'by_group' ? serialIn(row, headings)?.value ?? null : null;
    const contradicted = serial !== null && currentSerial !== null && serial !== currentSerial;
    const one = contradicted ? undefined : byLabel.get(label)?.find((each) => free(each) && each.row === current);
    if (one === undefined) lost.push({ label, row });
    else assigned.push({ code: one.code, row, how: unsure ? 'belonging' : 'label' });
  };
  const passUnknown = (row: KnownRow & { readonly label: null }): void => {
    const best = missing.map((one) => ({ one, by: likeness(one.label, row.words) })).sort((a, b) => b.by - a.by)[0];
    if (best !== undefined && best.by >= alike) take(best.one, row, 'likeness');
    else {
      left.push(row);
      if (!row.row.cells.some(({ text, number }) => number !== null || /\p{N}/u.test(text))) return;
      const serial = serialIn(row, headings);
      if (serials === 'none') unsure = true;
      else if (serials === 'by_line' || serial?.own === true) current = null;
    }
  };
  for (const row of rows) {
    const forcedCode = forced.get(row.key);
    const known = forcedCode === undefined ? undefined : indicators.find(({ code }) => code === forcedCode);
    const candidates = row.label === null ? [] : byLabel.get(row.label) ?? [];
    const [only] = candidates;
    if (known !== undefined) {
      assigned.push({ code: known.code, row, how: 'label' });
      if (heads.has(known.code)) enter(known.row, row);
    } else if (row.label === null) passUnknown(row);
    else if (candidates.length === 1 && only !== undefined) {
      if (free(only)) take(only, row, 'label');
      else left.push(row);
    } else takeRepeated(row.label, row);
  }
  return settled({ assigned, left, lost, doubtfulGroups, byLabel });
}

interface Unsettled {
  readonly assigned: readonly Assigned[];
  readonly left: readonly KnownRow[];
  readonly lost: readonly { readonly label: string; readonly row: KnownRow }[];
  readonly doubtfulGroups: ReadonlySet<number>;
  readonly byLabel: ReadonlyMap<string, readonly FormIndicator[]>;
}

/**
 * Rows of a repeated label that fit nowhere are left out only when every indicator of that label has its row; else any of them may be the
 * missing one's, and all rows of the label are asked. So are those of groups whose other rows stand in the wrong place.
 */
function settled({ assigned, left, lost, doubtfulGroups, byLabel }: Unsettled): Assignment {
  const found = new Set(assigned.map(({ code }) => code));
  const open = new Set([...byLabel].filter(([label, ones]) => ones.some(({ code }) => !found.has(code)) && lost.some((one) => one.label === label)).map(([label]) => label));
  const repeated = [...byLabel.values()].filter((ones) => ones.length > 1).flat();
  const asked = new Set(repeated.filter(({ label, row }) => open.has(label) || doubtfulGroups.has(row)).map(({ code }) => code));
  const kept = assigned.map((one) => (asked.has(one.code) ? { ...one, how: 'belonging' as const } : one));
  // Each may be meant by each that asks.
  const offered = lost.filter(({ label }) => open.has(label)).flatMap(({ label, row }) =>
    (byLabel.get(label) ?? []).map(({ code }): Assigned => ({ code, row, how: 'belonging' })));
  return { assigned: [...kept, ...offered], left: [...left, ...lost.filter(({ label }) => !open.has(label)).map(({ row }) => row)] };
}

function serialIn(row: KnownRow, headings: Headings | null): ReturnType<typeof serialOf> {
  const labelColumn = row.label === null ? row.row.cells.find(({ text }) => /\p{L}/u.test(text))?.column : row.cells[0]?.column;
  return labelColumn === undefined ? null : serialOf(row.row, labelColumn, headings);
}

/** Whether the form numbers its groups of rows, as the annex does, or every line, or nothing. */
function serialKind(rows: readonly KnownRow[], headings: Headings | null): 'none' | 'by_group' | 'by_line' {
  const labelled = rows.filter(({ label }) => label !== null).map((row) => serialIn(row, headings));
  const own = labelled.filter((serial) => serial?.own === true).map((serial) => serial?.value);
  if (own.length === 0) return 'none';
  return own.length === labelled.length && new Set(own).size === own.length && own.length > 10 ? 'by_line' : 'by_group';
}
