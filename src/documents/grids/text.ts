// CSV and what is like it: a grid of its fields.
import type { Grid, GridCell } from '../../shared/grid.ts';
import { cellText } from '../sheets/cells.ts';
import { readDelimited } from '../sheets/delimited.ts';

const most = { rows: 5_000, columns: 200, sheets: 1 } as const;

export function readTextFields(bytes: Uint8Array): Grid[] {
  const rows = readDelimited(bytes, most);
  const cells = rows.flatMap((fields, row) => fields.map((field, column): GridCell => ({ text: cellText(field).trim(), number: null, row: row + 1, column: column + 1, rows: 1, columns: 1, marks: [] })));
  return [{ kind: 'lines', name: '', cells: cells.filter(({ text }) => text !== '') }];
}
