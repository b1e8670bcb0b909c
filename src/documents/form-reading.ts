// From the bytes of a filled form to grids of cells, in a thread of its own that is ended after its time. What a file is, its bytes say,
// never its name. Knows nothing of what a form should hold.
import { Worker } from 'node:worker_threads';
import { workerEntry } from '../kernel/workers.ts';
import type { Grid } from '../shared/grid.ts';
import { startsWith, textAt } from './bytes.ts';
import { listParts, packageFault } from './containers.ts';
import type { ReadingAnswer, ReadingOrder } from './form-reading-worker.ts';
import { compoundKinds, compoundSignature } from './grids/compound.ts';

export type FormFormat = 'docx' | 'xlsx' | 'doc' | 'xls' | 'text';

/** Why no grid was read. */
export type FormRefusal = 'empty' | 'too_large' | 'type_not_allowed' | 'encrypted' | 'macros' | 'unpacks_too_large' | 'unreadable' | 'took_too_long';

export type FormGrids = { readonly ok: true; readonly format: FormFormat; readonly grids: readonly Grid[] } | { readonly ok: false; readonly refusal: FormRefusal };

export const maximumFormBytes = 30 * 1024 * 1024;
/** A form with pictures of the whole month in it unpacks to less. */
const mostUnpacked = 64 * 1024 * 1024;
/** A form takes some ten milliseconds; what has not been read by then never will. */
const timeLimit = 1_500;
/** For the thread to start and load what it needs, on a machine that has much to do. */
const startLimit = 15_000;
const memory = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 } as const;

export interface FormReader {
  read(bytes: Uint8Array): Promise<FormGrids>;
  close(): Promise<void>;
}

/** One thread, one file after the other; it starts with the first file and is replaced when it had to be ended. */
export function formReader(): FormReader {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };
  const inTurn = async (bytes: Uint8Array): Promise<FormGrids> => {
    const formats = formatsOf(bytes);
    if (typeof formats === 'string') return { ok: false, refusal: formats };
    worker ??= started();
    const answer = await answerOf(worker, { bytes, formats });
    if ('grids' in answer) return { ok: true, format: formats[0] ?? 'text', grids: answer.grids };
    if (answer.ruined) await end();
    return { ok: false, refusal: answer.refusal };
  };
  return {
    read: (bytes) => {
      const reading = last.then(() => inTurn(bytes));
      last = reading.catch(() => undefined);
      return reading;
    },
    close: () => last.then(end),
  };
}

function started(): Worker {
  const worker = new Worker(workerEntry(import.meta.url, 'form-reading-worker'), { resourceLimits: memory, stdout: true, stderr: true, env: {} });
  worker.unref();
  // A thread that dies between files is replaced by the next file; what matters is heard in answerOf.
  worker.on('error', () => undefined);
  return worker;
}

async function answerOf(worker: Worker, order: ReadingOrder): Promise<ReadingAnswer> {
  return new Promise((resolve) => {
    worker.ref();
    const done = (answer: ReadingAnswer): void => {
      clearTimeout(timer);
      worker.off('message', heard);
      worker.off('error', failed);
      worker.off('exit', failed);
      worker.unref();
      resolve(answer);
    };
    const late = (): void => done({ refusal: 'took_too_long', ruined: true });
    const failed = (): void => done({ refusal: 'unreadable', ruined: true });
    let timer = setTimeout(late, startLimit);
    const heard = (message: ReadingAnswer | 'begun'): void => {
      if (message !== 'begun') return done(message);
      clearTimeout(timer);
      timer = setTimeout(late, timeLimit);
      return undefined;
    };
    worker.on('message', heard);
    worker.on('error', failed);
    worker.on('exit', failed);
    worker.postMessage(order);
  });
}

/** What to read the bytes as. Both for an old file that holds another inside of it. */
export function formatsOf(bytes: Uint8Array): readonly FormFormat[] | FormRefusal {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > maximumFormBytes) return 'too_large';
  if (startsWith(bytes, [0x50, 0x4b])) return packageFormats(bytes);
  if (startsWith(bytes, compoundSignature)) return compoundFormats(bytes);
  return looksLikeFields(bytes) ? ['text'] : 'type_not_allowed';
}

function packageFormats(bytes: Uint8Array): readonly FormFormat[] | FormRefusal {
  const fault = packageFault(bytes, mostUnpacked);
  if (fault === 'file_unreadable' || fault === 'trailing_data') return 'unreadable';
  if (fault !== null) return fault;
  const parts = listParts(bytes);
  const names = typeof parts === 'string' ? [] : parts.map(({ name }) => name);
  if (!names.includes('[Content_Types].xml')) return 'type_not_allowed';
  if (names.some((name) => /^word\/document\d*\.xml$/.test(name))) return ['docx'];
  return names.some((name) => /^xl\/workbook\d*\.xml$/.test(name)) ? ['xlsx'] : 'type_not_allowed';
}

function compoundFormats(bytes: Uint8Array): readonly FormFormat[] | FormRefusal {
  const kinds = compoundKinds(bytes);
  if (kinds === null) return 'unreadable';
  if (kinds.encrypted) return 'encrypted';
  if (kinds.macros) return 'macros';
  const formats: FormFormat[] = [...(kinds.word ? ['doc' as const] : []), ...(kinds.sheet ? ['xls' as const] : [])];
  return formats.length === 0 ? 'type_not_allowed' : formats;
}

/** Text, and none that is a page, a drawing, rich text or a program. */
function looksLikeFields(bytes: Uint8Array): boolean {
  const wide = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  if (!wide && bytes.subarray(0, 4_096).includes(0)) return false;
  const start = textAt(bytes, 0, 256).replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replaceAll('\u0000', '').trimStart();
  return !/^(<|\{\\rtf|%PDF|MZ|\u007fELF|Rar!|7z\u00bc)/i.test(start);
}
