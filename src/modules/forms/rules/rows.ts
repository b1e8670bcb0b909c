// The rows of a grid as a person sees them: merged cells seen from every row they reach, the row of headings, and which columns hold the figures.
import type { Grid, GridCell } from '../../../shared/grid.ts';
import { significant } from './labels.ts';

export interface SeenRow {
  readonly number: number;
  /** All cells that reach this row, from left to right. */
  readonly cells: readonly GridCell[];
}

export interface Headings {
  /** Row of the headings. */
  readonly row: number;
  /** Columns of the figures, first and last; both ends of what stands under 数据. */
  readonly figures: { readonly from: number; readonly to: number };
  readonly serial: number | null;
  readonly unit: number | null;
}

export function rowsOf({ cells }: Grid): SeenRow[] {
  const byRow = new Map<number, GridCell[]>();
  for (const cell of cells) {
    for (let row = cell.row; row < cell.row + Math.min(cell.rows, 200); row += 1) byRow.set(row, [...(byRow.get(row) ?? []), cell]);
  }
  // A merged cell may reach below all others: a row of nothing else is none.
  return [...byRow]
    .filter(([number, reaching]) => reaching.some(({ row }) => row === number) || reaching.length > 1)
    .map(([number, reaching]) => ({ number, cells: reaching.sort((a, b) => a.column - b.column) }))
    .sort((a, b) => a.number - b.number);
}

const figureHeadings = new Set(['数据', '数量', '数值', '填报数据', '填报数', '完成数', '完成数量', '统计数据', '统计数', '数据填报', '填报数量']);
const unitHeadings = new Set(['单位', '计量单位']);
const serialHeadings = new Set(['序号', '编号', '行次', '序']);

/** The first row that names the figures' column beside others. `printed` is the heading of the edition's own table. */
export function headingsOf(rows: readonly SeenRow[], printed: readonly [string, string, string]): Headings | null {
  const [serialWord, labelWord, figureWord] = printed.map(significant);
  for (const { number, cells } of rows) {
    const own = cells.filter(({ row, text }) => row === number && text !== '');
    const words = own.map(({ text }) => significant(text));
    const exact = own.filter((_, at) => words[at] === figureWord);
    const named = exact.length > 0 ? exact : own.filter((_, at) => figureHeadings.has(words[at] ?? ''));
    const known = words.some((word) => word === labelWord || word === serialWord || serialHeadings.has(word) || /内容|项目|指标/.test(word));
    const [first] = named;
    if (first === undefined || !known || own.length < 2) continue;
    // Two columns of the same name, or two tables side by side: both hold figures, and every row with two of them is asked.
    const last = named.at(-1) ?? first;
    const next = own.find(({ column }) => column >= last.column + last.columns);
    const to = next === undefined ? last.column + last.columns + 20 : next.column - 1;
    const columnOf = (wanted: (word: string) => boolean): number | null => own[words.findIndex(wanted)]?.column ?? null;
    return { row: number, figures: { from: first.column, to }, serial: columnOf((word) => word === serialWord || serialHeadings.has(word)), unit: columnOf((word) => unitHeadings.has(word)) };
  }
  return null;
}

/** The numbered cell of a row: under 序号, or the first cell left of the label when it holds nothing but a number. */
export function serialOf(row: SeenRow, labelColumn: number, headings: Headings | null): { readonly value: number; readonly own: boolean } | null {
  const named = headings?.serial ?? null;
  const cell = named === null
    ? row.cells.find(({ column, text }) => column < labelColumn && /^\d{1,3}$/.test(significant(text)))
    : row.cells.find(({ column, columns }) => column <= named && column + columns > named);
  const word = significant(cell?.text ?? '');
  if (cell === undefined || cell.column >= labelColumn || !/^\d{1,3}$/.test(word)) return null;
  return { value: Number(word), own: cell.row === row.number };
}
