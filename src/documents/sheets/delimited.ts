// Reads CSV and its relatives: what Chinese spreadsheets and offices save, in whichever encoding and with whichever separator.
import { parse } from 'csv-parse/sync';
import type { SheetCell } from './cells.ts';
import { trimmed } from './cells.ts';
import { type SheetLimits, SheetTooLarge } from './spreadsheet.ts';

export class TextUnreadable extends Error {
  readonly reason: 'type_not_allowed' | 'file_unreadable';
  constructor(reason: 'type_not_allowed' | 'file_unreadable') {
    super(reason);
    this.reason = reason;
  }
}

export function readDelimited(bytes: Uint8Array, limits: SheetLimits): SheetCell[][] {
  const text = decode(bytes);
  if (text.includes('\u0000')) throw new TextUnreadable('type_not_allowed');
  const records = recordsOf(text, limits);
  if (records.length > limits.rows || records.some((cells) => cells.length > limits.columns)) throw new SheetTooLarge();
  return records;
}

function recordsOf(text: string, limits: SheetLimits): SheetCell[][] {
  try {
    const records: string[][] = parse(text, {
      bom: true, delimiter: separatorOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, max_record_size: 1_000_000, to: limits.rows + 1,
    });
    return records.map((cells) => trimmed(cells.map((cell) => (cell === '' ? null : cell))));
  } catch {
    throw new TextUnreadable('file_unreadable');
  }
}

const separators = [',', '\t', ';', '，'] as const;

/** The separator that the first lines agree on: found in most of them, then most often. Inside of quotes none counts. */
export function separatorOf(text: string): string {
  const lines = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, 'x').split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').slice(0, 20);
  const ranked = separators.map((separator) => {
    const times = lines.map((line) => line.split(separator).length - 1);
    return { separator, lines: times.filter((count) => count > 0).length, times: times.reduce((sum, count) => sum + count, 0) };
  });
  return ranked.reduce((best, one) => (one.lines > best.lines || (one.lines === best.lines && one.times > best.times) ? one : best)).separator;
}

/** UTF-8, UTF-16 with its mark, or GBK (read as its superset GB 18030). */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes) ?? refuse();
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes) ?? refuse();
  return decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes) ?? refuse();
}

function refuse(): never {
  throw new TextUnreadable('file_unreadable');
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
