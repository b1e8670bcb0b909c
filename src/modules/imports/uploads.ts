// A file as it was sent: its sheet, its first rows, what its columns seem to be. Slow: for the outside stage.
import { readParts } from '../../documents/sheets.ts';
import { raise } from '../../kernel/context.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { problem } from '../../shared/problem.ts';
import { mostColumns, mostRows, rowsPerPart, type SheetMarker } from './model.ts';
import { rowsOf } from './planning.ts';
import type { NewPart } from './queries.ts';
import { findHeadings, type HeadingsFound, type SheetColumn } from './rules.ts';
import { markerOf } from './writing/template.ts';

export interface UploadedSheet {
  readonly sha256: string;
  readonly parts: readonly NewPart[];
  readonly rowCount: number;
  readonly firstRows: readonly (readonly string[])[];
  readonly headings: HeadingsFound;
  readonly marker: SheetMarker | null;
}

/** Headings stand among these. */
const firstRowCount = 20;
/** A cell of the preview; the row itself keeps all. */
const shownCharacters = 60;

/** The first sheet that can be seen and has headings, else the first that has rows. */
export async function readUpload(bytes: Uint8Array, fileName: string, columns: readonly SheetColumn[]): Promise<UploadedSheet> {
  const sheets: { readonly hidden: boolean; readonly parts: { readonly json: string; readonly count: number }[] }[] = [];
  await readParts(bytes, fileName, { rowsPerPart, rows: mostRows + firstRowCount, columns: mostColumns, sheets: 20 }, (part) => {
    if (part.kind === 'sheet') sheets.push({ hidden: part.hidden, parts: [] });
    else if (part.kind === 'rows') sheets.at(-1)?.parts.push(part);
  });
  const candidates = sheets.filter(({ parts }) => parts.length > 0).map(({ hidden, parts }) => {
    const rows = rowsOf(parts[0]?.json ?? '[]').slice(0, firstRowCount);
    return { hidden, parts, rows, headings: findHeadings(rows, columns) };
  });
  const shown = candidates.filter(({ hidden }) => !hidden);
  const chosen = shown.find(({ headings }) => headings.row !== null) ?? shown[0] ?? candidates[0];
  if (chosen === undefined) return raise(problem('file_refused', { reason: 'empty' }));
  const width = Math.max(0, ...chosen.rows.map((row) => row.length));
  const proposed = Array.from({ length: width }, (_, index) => chosen.headings.columns[index] ?? null);
  return {
    sha256: sha256Of(bytes), parts: numbered(chosen.parts), rowCount: chosen.parts.reduce((sum, { count }) => sum + count, 0),
    firstRows: chosen.rows.map((row) => row.map((text) => text.slice(0, shownCharacters))), headings: { row: chosen.headings.row, columns: proposed }, marker: markerOf(chosen.rows[0] ?? []),
  };
}

function numbered(parts: readonly { readonly json: string; readonly count: number }[]): NewPart[] {
  let firstRow = 1;
  return parts.map(({ json, count }, number) => {
    const part = { number, firstRow, rowCount: count, rows: json };
    firstRow += count;
    return part;
  });
}
