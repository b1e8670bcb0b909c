// Comma-separated text that Excel opens: UTF-8 with a byte order mark, CRLF, every cell quoted, no cell that is run as a formula.

export type CsvCell = string | number;

/**
 * A cell that begins like a formula gets an apostrophe before it. A sheet would run «=HYPERLINK(…)» that somebody typed as
 * a title; some also run the full-width signs, and skip blanks before them. Numbers of ours are no text and stay numbers.
 */
export function safeCell(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell);
  return /^[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]/.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

export function csvOf(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;
}

function quoted(cell: CsvCell): string {
  return `"${safeCell(cell).replaceAll('"', '""')}"`;
}
