// The old .doc: its text with tabs for cells. A row ends with a tab and a line feed; any other line feed in a table is a paragraph
// inside of a cell.
import WordExtractor from 'word-extractor';
import type { Grid, GridCell } from '../../shared/grid.ts';

export async function readOldWord(bytes: Uint8Array): Promise<Grid[]> {
  const document = await new WordExtractor().extract(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return gridsOfTabbedText(document.getBody());
}

export function gridsOfTabbedText(body: string): Grid[] {
  const pieces = body.split('\t\n');
  const after = pieces.pop() ?? '';
  const lines: string[] = [];
  const cells: GridCell[] = [];
  const usual = usualCount(pieces.map((piece) => piece.split('\t').length));
  for (const [index, piece] of pieces.entries()) {
    const row = rowIn(piece, usual);
    lines.push(...piece.slice(0, piece.length - row.length).split('\n'));
    const [first = '', ...others] = row.split('\t');
    // What stands before the first cell of a row belongs to no table.
    const before = first.split('\n');
    const own = before.pop() ?? '';
    lines.push(...before);
    for (const [column, text] of [own, ...others].entries()) cells.push(cell(text, index + 1, column + 1));
  }
  lines.push(...after.split('\n'));
  const spoken = lines.flatMap((line, row) => line.split('\t').map((text, column) => cell(text, row + 1, column + 1)));
  return [
    { kind: 'table', name: '1', cells: cells.filter(({ text }) => text !== '') },
    { kind: 'lines', name: '', cells: spoken.filter(({ text }) => text !== '') },
  ];
}

/** The number of cells that most rows have. */
function usualCount(counts: readonly number[]): number {
  const times = (count: number): number => counts.filter((one) => one === count).length;
  return counts.reduce((best, one) => (times(one) > times(best) ? one : best), counts[0] ?? 0);
}

/** Without the lines before the table, whose own tabs would make its first row too long. */
function rowIn(piece: string, usual: number): string {
  let row = piece;
  while (row.split('\t').length > usual && row.includes('\n')) row = row.slice(row.indexOf('\n') + 1);
  return row.split('\t').length === usual ? row : piece;
}

function cell(text: string, row: number, column: number): GridCell {
  return { text: text.trim(), number: null, row, column, rows: 1, columns: 1, marks: [] };
}
