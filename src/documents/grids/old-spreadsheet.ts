// The old .xls by SheetJS 0.18.5, whose known holes (prototype pollution, endless patterns) are why this runs only in a worker that is
// ended after its time and thrown away when a file has touched the prototypes.
import { read, type WorkBook, type WorkSheet } from 'xlsx';
import type { CellMark, Grid, GridCell } from '../../shared/grid.ts';

const most = { rows: 5_000, cells: 100_000, sheets: 30 } as const;

export class PasswordNeeded extends Error {}

export function readOldSpreadsheet(bytes: Uint8Array): Grid[] {
  const workbook = opened(bytes);
  const left = { cells: most.cells };
  return workbook.SheetNames.slice(0, most.sheets).flatMap((name, index): Grid[] => {
    const sheet = workbook.Sheets[name];
    const hidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    return sheet === undefined || hidden ? [] : [{ kind: 'sheet', name, cells: cellsOf(sheet, left) }];
  });
}

function opened(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, { type: 'array', cellFormula: false, cellHTML: false, cellNF: true, cellText: true, cellStyles: true, sheetRows: most.rows, bookVBA: false });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) throw new PasswordNeeded();
    throw error;
  }
}

interface SheetJsCell {
  readonly t: string;
  readonly v?: unknown;
  readonly w?: string;
  readonly z?: unknown;
}

function cellsOf(sheet: WorkSheet, left: { cells: number }): GridCell[] {
  const spans = new Map((sheet['!merges'] ?? []).map(({ s, e }) => [`${s.r + 1},${s.c + 1}`, { rows: e.r - s.r + 1, columns: e.c - s.c + 1 }]));
  const cells: GridCell[] = [];
  for (const reference of Object.keys(sheet)) {
    const found = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference);
    if (found === null) continue;
    left.cells -= 1;
    if (left.cells < 0) throw new Error('too many cells');
    const column = Array.from(found[1] ?? '').reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0);
    const row = Number(found[2]);
    const hidden = sheet['!rows']?.[row - 1]?.hidden === true || sheet['!cols']?.[column - 1]?.hidden === true;
    const cell = cellOf(sheet[reference] as SheetJsCell, row, column, hidden);
    if (cell !== null) cells.push({ ...cell, ...spans.get(`${row},${column}`) });
  }
  return cells.sort((a, b) => a.row - b.row || a.column - b.column);
}

/** SheetJS says how a number is shown, in `w`. */
function cellOf({ t, v, w, z }: SheetJsCell, row: number, column: number, hidden: boolean): GridCell | null {
  const marks: CellMark[] = hidden ? ['hidden'] : [];
  const number = t === 'n' && typeof v === 'number' ? v : null;
  const text = (w ?? (typeof v === 'string' || typeof v === 'number' ? String(v) : '')).trim();
  if (t === 'd' || (number !== null && typeof z === 'string' && isDate(z))) marks.push('shown_otherwise');
  return text === '' && number === null ? null : { text, number, row, column, rows: 1, columns: 1, marks };
}

function isDate(format: string): boolean {
  return /[ymdhs]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''));
}
