// Comma-separated text that Excel opens: UTF-8 with a byte order mark, CRLF, every text quoted (RFC 4180).
import { cellText, isFormulaLike } from './workbook/text.ts';

export type CsvCell = string | number | null;

const chunkLength = 65_536;

/** The file in chunks, read off only as fast as they are taken. */
export async function* writeCsv(rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>): AsyncGenerator<Uint8Array> {
  let chunk = '\ufeff';
  for await (const row of rows) {
    chunk += csvLine(row);
    if (chunk.length <= chunkLength) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(chunk);
}

export function csvLine(row: readonly CsvCell[]): string {
  return `${row.map(csvCell).join(',')}\r\n`;
}

/**
 * A text that begins like a formula gets an apostrophe before it: a sheet would run «=HYPERLINK(…)» that somebody typed as a
 * title. The apostrophe is what Excel itself writes for text, and unlike a tab it is seen. Numbers are never text here, so
 * a negative one stays a number.
 */
function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = cellText(cell).replaceAll('\u0000', '');
  return `"${(isFormulaLike(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
