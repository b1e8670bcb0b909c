// Filled forms as clerks make them, with the truth beside each: rows and columns before any file is written. A mutation says what it did
// and which figures may be asked for it; every other figure must be read right.
import type { Indicator } from '../../modules/editions/model.ts';

/** One run of text in a cell. */
export interface Run {
  readonly text: string;
  readonly mark?: 'struck' | 'raised' | 'removed' | 'vanished';
}

export interface DraftCell {
  text: string;
  /** Held as a number, in formats that can. */
  number?: number;
  /** Its number format. */
  format?: string;
  runs?: readonly Run[];
  /** Rows the cell reaches. */
  rows?: number;
  columns?: number;
}

export interface DraftRow {
  /** Indicator the row means; null for rows that are none of the table. */
  code: string | null;
  serial: DraftCell;
  label: DraftCell;
  value: DraftCell;
  unitWord: string;
  /** Cells of further columns by name. */
  more: { [column: string]: DraftCell };
  hidden?: boolean;
}

export interface DraftColumn {
  /** serial, label, value, or a name of its own. */
  readonly key: string;
  readonly heading: string;
  readonly hidden?: boolean;
}

export interface Draft {
  /** Lines above the table: title, unit, date. */
  before: string[];
  columns: DraftColumn[];
  hasHeadings: boolean;
  /** Second row of headings. */
  subheadings: string[] | null;
  rows: DraftRow[];
  /** Index of the row at which a second table begins. */
  split: number | null;
  /** Blank rows and columns above and left. */
  offset: { rows: number; columns: number };
  /** Another sheet or table beside. */
  beside: Draft | null;
  /** May be asked; must be right otherwise. `all` is every figure. */
  asked: Set<string> | 'all';
  /** Whether a doubt about the form as a whole is expected. */
  formDoubts: string[];
  splitRuns: boolean;
}

export type Truth = { readonly [code: string]: number };
export type Table = readonly Pick<Indicator, 'code' | 'row' | 'label' | 'unitWord'>[];

export const cell = (text: string): DraftCell => ({ text });
export const bracketed = (figure: number, unitWord: string): DraftCell => ({ text: `（${figure}）${unitWord}` });

export function draftOf(table: Table, truth: Truth): Draft {
  const rows = table.map(({ code, row, label, unitWord }, index): DraftRow => {
    const first = table[index - 1]?.row !== row;
    const span = table.filter((one) => one.row === row).length;
    return { code, serial: first ? { text: String(row), rows: span } : { text: '' }, label: cell(label), value: bracketed(truth[code] ?? 0, unitWord), unitWord, more: {} };
  });
  return {
    before: ['附件', '首届“服务月”活动开展情况统计表', '填报单位（盖章）：云和市市场监管局', '2023年7月4日'],
    columns: [{ key: 'serial', heading: '序号' }, { key: 'label', heading: '具体内容' }, { key: 'value', heading: '数据' }],
    hasHeadings: true, subheadings: null, rows, split: null, offset: { rows: 0, columns: 0 }, beside: null, asked: new Set(), formDoubts: [], splitRuns: false,
  };
}

/** The table as a matrix; null where a merged cell reaches or nothing stands. */
export type Matrix = (DraftCell | null)[][];

export function matrixOf(draft: Draft, from = 0, to = draft.rows.length): Matrix {
  const blank = (count: number): null[] => Array.from({ length: count }, () => null);
  const indent = (cells: (DraftCell | null)[]): (DraftCell | null)[] => [...blank(draft.offset.columns), ...cells];
  const headings = draft.hasHeadings && from === 0 ? [indent(draft.columns.map(({ heading }) => cell(heading)))] : [];
  const second = draft.subheadings === null || from > 0 ? [] : [indent(draft.subheadings.map(cell))];
  const rows = draft.rows.slice(from, to).map((row) => indent(draft.columns.map(({ key }) => (key === 'serial' ? row.serial : key === 'label' ? row.label : key === 'value' ? row.value : row.more[key] ?? null))));
  return [...Array.from({ length: from === 0 ? draft.offset.rows : 0 }, () => []), ...headings, ...second, ...rows];
}
