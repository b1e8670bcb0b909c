// What a spreadsheet puts on the clipboard: cells apart by tabs, lines apart by line ends. Pure.

/**
 * Excel and WPS put quotes around a cell only when it holds a tab or a line end, and double the quotes inside then.
 * A title that merely begins with a quotation mark keeps it.
 */
export function readTsv(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= source.length) {
    const { cell, end } = cellAt(source, at);
    rows.at(-1)?.push(cell);
    if (source[end] === '\n') rows.push([]);
    at = end + 1;
  }
  while (rows.length > 0 && (rows.at(-1) ?? []).every((cell) => cell === '')) rows.pop();
  return rows;
}

/** Whether pasted text is more than the content of one cell. */
export function isGrid(rows: readonly (readonly string[])[]): boolean {
  return rows.length > 1 || (rows[0] ?? []).length > 1;
}

function cellAt(source: string, start: number): { readonly cell: string; readonly end: number } {
  const quoted = quotedAt(source, start);
  if (quoted !== null) return quoted;
  let end = start;
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end += 1;
  return { cell: source.slice(start, end), end };
}

function quotedAt(source: string, start: number): { readonly cell: string; readonly end: number } | null {
  if (source[start] !== '"') return null;
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] !== '"') continue;
    if (source[at + 1] === '"') {
      at += 1;
      continue;
    }
    const inside = source.slice(start + 1, at);
    const after = source[at + 1];
    const closed = after === undefined || after === '\t' || after === '\n';
    return closed && /[\t\n]|""/.test(inside) ? { cell: inside.replaceAll('""', '"'), end: at + 1 } : null;
  }
  return null;
}

/** Cells as a spreadsheet takes them. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => (/[\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n');
}
