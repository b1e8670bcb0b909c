// From the bytes of a CSV or XLSX file to rows of text. Slow, for the outside stage only. Never evaluates anything: a name that
// looks like a formula is the text it is.
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/universal';
import { packageFault } from '../../documents/containers.ts';
import { raise } from '../../kernel/context.ts';
import { dateOf, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';

/** A sheet of 4,000 units unpacks to less than 2 MB. */
const mostUnpacked = 24 * 1024 * 1024;
const mostRows = 20_000;

type Rows = readonly (readonly string[])[];

export async function readRows(bytes: Uint8Array, fileName: string): Promise<Rows> {
  if (bytes.length === 0) return refuse('empty');
  const packed = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
  const ending = /\.(csv|txt|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (ending === undefined || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuse('type_not_allowed');
  if (packed !== (ending === 'xlsx')) return refuse('type_and_name_differ');
  return packed ? readPackage(bytes) : readText(bytes);
}

function refuse(reason: string): never {
  return raise(problem('file_refused', { reason }));
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** The first sheet. Numbers are read as they are written, so that a code keeps its digits. */
async function readPackage(bytes: Uint8Array): Promise<Rows> {
  const fault = packageFault(bytes, mostUnpacked);
  if (fault !== null) return refuse(fault);
  const content = new Uint8Array(bytes).buffer;
  const rows = await readSheet(content, 1, { parseNumber: (text) => text, trim: false }).catch(() => refuse('file_unreadable'));
  if (rows.length > mostRows) return refuse('file_unreadable');
  return rows.map((row) => row.map(textOfCell));
}

/** A cell that the sheet shows as a date arrives as a point in time at midnight UTC, whatever the type declarations say. */
function textOfCell(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const milliseconds: unknown = typeof value === 'object' && value !== null ? value.valueOf() : null;
  return typeof milliseconds === 'number' && Number.isFinite(milliseconds) ? dateOf(instantOf(milliseconds)) : '';
}

function readText(bytes: Uint8Array): Rows {
  const text = decode(bytes);
  if (text.includes('\u0000')) return refuse('type_not_allowed');
  try {
    return parse(text, { bom: true, delimiter: [',', '\t', '，'], relax_column_count: true, relax_quotes: true, skip_empty_lines: false, max_record_size: 100_000, to: mostRows });
  } catch {
    return refuse('file_unreadable');
  }
}

/** What Chinese spreadsheets save: UTF-8, UTF-16 with its mark, or GBK (read as its superset GB 18030). */
function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return decodeAs('utf-16le', bytes) ?? refuse('file_unreadable');
  return decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes) ?? refuse('file_unreadable');
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
