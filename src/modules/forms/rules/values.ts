// The figure of a row: the one number in the columns of the figures, with the unit that stands with it.
import type { GridCell } from '../../../shared/grid.ts';
import type { DoubtCandidate, DoubtKind, FormPlace, FormSource } from '../model.ts';
import { candidatesOf, type FigureText, isExact, readFigure } from './figure-text.ts';
import { significant } from './labels.ts';
import type { FormIndicator, FormTable, KnownRow, SeenGrid } from './matching.ts';

export interface ReadValue {
  readonly read: FigureText;
  readonly source: FormSource | null;
  readonly where: FormPlace;
  /** As it stood. */
  readonly text: string;
  /** Column the figure stands in; null when there is none. */
  readonly column: number | null;
  readonly candidates: readonly DoubtCandidate[];
}

export interface ReadingSettings {
  readonly table: FormTable;
  readonly seen: SeenGrid;
  /** Column the unit has named before. */
  readonly column: number | null;
}

export function readRow(row: KnownRow, indicator: FormIndicator, settings: ReadingSettings): ReadValue {
  const cells = figureCells(row, indicator, settings);
  const value = row.label !== null && row.inline !== null ? inlineValue(row.cells, row.inline, indicator) : chosen(cells, indicator, settings);
  const { cell } = value;
  const read = withUnits(value.read, row, cells, indicator, settings);
  const at = cell ?? row.row.cells.find((one) => one.row === row.row.number) ?? row.row.cells[0];
  const where: FormPlace = { kind: settings.seen.grid.kind, grid: settings.seen.grid.name, row: cell?.row ?? row.row.number, column: at?.column ?? 1 };
  const merged = cell !== null && cell.rows > labelRows(row);
  const finished: FigureText = merged ? { kind: 'merged_rows', candidates: candidatesOf(read) } : read;
  const sourceOf = (one: GridCell): FormSource => ({ kind: where.kind, grid: where.grid, row: one.row, column: one.column, text: one.text, rowKey: row.key });
  const candidates = value.others.length > 1
    ? value.others.flatMap((one) => candidatesOf(readFigure(one, indicator.unitWord)).map((number) => ({ value: number, source: sourceOf(one) })))
    : candidatesOf(finished).map((number) => ({ value: number, source: cell === null ? null : sourceOf(cell) }));
  return { read: finished, source: cell === null ? null : sourceOf(cell), where, text: value.text, column: cell?.column ?? null, candidates };
}

function labelRows(row: KnownRow): number {
  return row.label === null ? 1 : Math.max(1, ...row.cells.map(({ rows }) => rows));
}

/** Cells of the figures' columns in the rows that the label reaches, or everything right of the label where no heading tells. */
function figureCells(row: KnownRow, indicator: FormIndicator, { seen, column, table }: ReadingSettings): GridCell[] {
  const labels = row.label === null ? [] : row.cells;
  const end = Math.max(0, ...labels.map((cell) => cell.column + cell.columns - 1));
  const [from, to] = column !== null ? [column, column] : seen.headings === null ? [end + 1, Number.MAX_SAFE_INTEGER] : [seen.headings.figures.from, seen.headings.figures.to];
  const last = row.row.number + labelRows(row) - 1;
  const reached = seen.rows.filter(({ row: { number } }) => number >= row.row.number && number <= last).flatMap((one) => one.row.cells);
  const serialAndLabel = (cell: GridCell): boolean => labels.includes(cell) || (row.label === null && seen.headings === null && /\p{L}{3}/u.test(cell.text) && !/\p{N}/u.test(cell.text));
  const right = [...new Set(reached)].filter((cell) => cell.column + cell.columns - 1 >= from && cell.column <= to && !serialAndLabel(cell));
  return seen.headings === null && column === null ? [...numbersBefore(row, indicator, table), ...right] : right;
}

/** Without headings nothing says that figures stand behind the words: numbers before them that number no row may be figures, too. */
function numbersBefore(row: KnownRow, indicator: FormIndicator, { indicators }: FormTable): GridCell[] {
  const start = row.label === null ? 1 : Math.min(...row.cells.map((cell) => cell.column));
  const line = indicators.findIndex(({ code }) => code === indicator.code) + 1;
  const numbersRow = (cell: GridCell): boolean => [indicator.row, line].some((number) => significant(cell.text) === String(number));
  return row.row.cells.filter((cell) => cell.column < start && hasDigit(cell) && !numbersRow(cell));
}

interface Chosen {
  readonly read: FigureText;
  readonly cell: GridCell | null;
  readonly text: string;
  readonly others: readonly GridCell[];
}

function inlineValue(cells: readonly GridCell[], text: string, { unitWord }: FormIndicator): Chosen {
  const marks = cells.flatMap((cell) => cell.marks);
  return { read: readFigure({ text, number: null, marks }, unitWord), cell: cells[0] ?? null, text, others: [] };
}

const hasDigit = ({ text, number }: GridCell): boolean => number !== null || /\p{N}/u.test(text.replace(/[一二三四五六七八九十百千万亿〇]/g, ''));

function chosen(cells: readonly GridCell[], { unitWord }: FormIndicator, { table }: ReadingSettings): Chosen {
  const numbers = cells.filter(hasDigit);
  const [cell, another] = numbers;
  const text = cells.map((one) => one.text).join(' ');
  if (cell === undefined) {
    const [first] = cells;
    return { read: readFigure({ text: text.replaceAll(' ', ''), number: null, marks: cells.flatMap(({ marks }) => marks) }, unitWord), cell: first ?? null, text, others: [] };
  }
  if (another !== undefined) {
    const each = numbers.flatMap((one) => candidatesOf(readFigure(one, unitWord)));
    return { read: { kind: 'several_columns', candidates: each }, cell, text, others: numbers };
  }
  // Brackets to fill in that stayed empty, beside a number: the number is perhaps another year's.
  const unfilled = cells.find((one) => one !== cell && /[(（[【〔].*[)）\]】〕]/.test(one.text));
  if (unfilled !== undefined) return { read: { kind: 'several_columns', candidates: candidatesOf(readFigure(cell, unitWord)) }, cell, text, others: [] };
  const beside = cells.filter((one) => one !== cell).map(({ text: words }) => significant(words) || strokeIn(words));
  const read = readFigure(cell, unitWord);
  const strange = beside.find((word) => word !== '' && word !== significant(unitWord));
  if (strange === undefined) return { read, cell, text: cell.text, others: [] };
  return { read: { kind: kindOfUnit(strange, table), candidates: candidatesOf(read) }, cell, text, others: [] };
}

const strokeIn = (text: string): string => (/[-—–/]/.test(text) ? '-' : '');

function kindOfUnit(word: string, { unitWords }: FormTable): DoubtKind {
  if (/^[十百千万亿]/.test(word)) return 'scaled';
  return unitWords.has(word) ? 'unit_differs' : 'unclear';
}

/** Units that stand elsewhere in the row: behind the label, in a column of their own. */
function withUnits(read: FigureText, row: KnownRow, figures: readonly GridCell[], { unitWord }: FormIndicator, { table, seen }: ReadingSettings): FigureText {
  if (!isExact(read)) return read;
  const labels = row.label === null ? [] : row.cells;
  const unitColumn = seen.headings?.unit ?? null;
  const beside = row.row.cells.filter((cell) => !figures.includes(cell) && !labels.includes(cell)).flatMap((cell) => {
    const word = significant(cell.text);
    const named = unitColumn !== null && cell.column <= unitColumn && cell.column + cell.columns > unitColumn;
    return named || table.unitWords.has(word) || /^[十百千万亿](?:家|份|条|个|件|篇|人|场)/.test(word) ? [word] : [];
  });
  const words = [...beside, ...(row.label === null ? [] : [significant(row.unit)])].filter((word) => word !== '');
  const strange = words.find((word) => word !== significant(unitWord));
  return strange === undefined ? read : { kind: kindOfUnit(strange, table) === 'scaled' ? 'scaled' : 'unit_differs', candidates: [read.value] };
}
