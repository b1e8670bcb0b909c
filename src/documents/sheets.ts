// From the bytes of an XLSX or CSV file to rows of typed cells, in a worker thread that is ended when it takes too long or too
// much. Never evaluates anything: what looks like a formula is the text it is. Slow: for the outside stage only.
import { Worker } from 'node:worker_threads';
import { raise } from '../kernel/context.ts';
import { workerEntry } from '../kernel/workers.ts';
import { problem } from '../shared/problem.ts';
import { startsWith } from './bytes.ts';
import type { SheetCell, SheetRange } from './sheets/cells.ts';
import type { SheetMessage, SheetTask } from './sheets-worker.ts';

export interface Sheet {
  /** Empty for a text file. */
  readonly name: string;
  readonly hidden: boolean;
  /** From the first row on, each to its last filled cell; an empty row between others is an empty list. */
  readonly rows: readonly (readonly SheetCell[])[];
  readonly merges: readonly SheetRange[];
}

export interface SheetOptions {
  readonly rows?: number;
  readonly columns?: number;
  readonly sheets?: number;
  readonly milliseconds?: number;
  readonly megabytes?: number;
  readonly mostUnpacked?: number;
}

const usual = { rows: 60_000, columns: 256, sheets: 50, milliseconds: 60_000, megabytes: 300, mostUnpacked: 180 * 1024 * 1024 } as const;

/** All sheets of a file with all their rows. Refused (`file_refused`) when it is none, is locked, or is larger than the limits. */
export async function readSheets(bytes: Uint8Array, fileName: string, options: SheetOptions = {}): Promise<Sheet[]> {
  const sheets: { name: string; hidden: boolean; rows: (readonly SheetCell[])[]; merges: readonly SheetRange[] }[] = [];
  await readParts(bytes, fileName, { ...options, rowsPerPart: 1000 }, (message) => {
    const sheet = sheets.at(-1);
    if (message.kind === 'sheet') sheets.push({ name: message.name, hidden: message.hidden, rows: [], merges: [] });
    else if (message.kind === 'rows') sheet?.rows.push(...(JSON.parse(message.json) as SheetCell[][]));
    else if (sheet !== undefined) sheet.merges = message.merges;
  });
  return sheets;
}

export type SheetPart = Exclude<SheetMessage, { readonly kind: 'end' } | { readonly kind: 'refused' }>;

/** As `readSheets`, handing on parts of a sheet as they come: rows as JSON, so many at once, never parsed on the way. */
export async function readParts(bytes: Uint8Array, fileName: string, options: SheetOptions & { readonly rowsPerPart: number }, take: (part: SheetPart) => void): Promise<void> {
  const { rows, columns, sheets, milliseconds, megabytes, mostUnpacked } = { ...usual, ...options };
  const packed = isPacked(bytes, fileName);
  const task: SheetTask = { bytes, packed, limits: { rows, columns, sheets }, mostUnpacked, rowsPerPart: options.rowsPerPart };
  return inTurn(async () => runWorker(task, { milliseconds, megabytes }, take));
}

/** Whether it is a package or text; refused when it is neither, or named otherwise. */
function isPacked(bytes: Uint8Array, fileName: string): boolean {
  if (bytes.length === 0) return refuse('empty');
  const packed = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
  const ending = /\.(csv|txt|tsv|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase();
  // An old container: a workbook under a password lies in one too, and says so in UTF-16.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuse(Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'type_not_allowed');
  if (ending === undefined) return refuse('type_not_allowed');
  return packed === (ending === 'xlsx') ? packed : refuse('type_and_name_differ');
}

function refuse(reason: string): never {
  return raise(problem('file_refused', { reason }));
}

/** One file at a time: so there is never more in memory than one may take. */
let turn: Promise<unknown> = Promise.resolve();

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = turn.then(work);
  turn = result.catch(() => undefined);
  return result;
}

async function runWorker(task: SheetTask, limits: { readonly milliseconds: number; readonly megabytes: number }, take: (part: SheetPart) => void): Promise<void> {
  const worker = new Worker(workerEntry(import.meta.url, 'sheets-worker'), { resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } });
  let timer: NodeJS.Timeout | undefined;
  let reason: string;
  try {
    reason = await new Promise<string>((resolve, reject) => {
      timer = setTimeout(() => resolve('file_unreadable'), limits.milliseconds);
      worker.on('message', (message: SheetMessage) => {
        if (message.kind === 'end') resolve('');
        else if (message.kind === 'refused') resolve(message.reason);
        else take(message);
      });
      worker.once('error', (error) => (isOutOfMemory(error) ? resolve('sheet_too_large') : reject(error)));
      worker.once('exit', () => resolve('file_unreadable'));
      worker.postMessage(task);
    });
  } finally {
    clearTimeout(timer);
    worker.removeAllListeners();
    await worker.terminate();
  }
  if (reason !== '') refuse(reason);
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
