// PDF/A-2b from a Typst template and data, in a worker thread, one document at a time. The same work gives the same bytes.
// A template reads its data with `json("data.json")` and its fonts with `json("fonts.json")`; data is never spliced into the source.
import { Worker } from 'node:worker_threads';
import { epochOf, type Instant } from '../shared/instant.ts';
import { workerEntry } from '../kernel/workers.ts';
import { type FontRole, fontRoles, officialFonts } from './fonts.ts';
import type { PdfAnswer, PdfTask } from './pdf-worker.ts';

export interface PdfWork {
  /** A constant of the program, never made from data. */
  readonly source: string;
  readonly data: unknown;
  /** By the file name that the template calls them. */
  readonly images?: { readonly [name: string]: Uint8Array };
  /** Written into the document as its time of creation; seconds count. */
  readonly createdAt: Instant;
}

export class PdfFailed extends Error {}

/** The library keeps about 0.4 MB of every document, so a worker is not kept for ever. */
const documentsPerWorker = 400;
const millisecondsPerDocument = 20_000;
const imageName = /^[a-z0-9-]+\.(svg|png|jpg)$/;

interface Running {
  readonly worker: Worker;
  documents: number;
  /** What the document under way waits for. */
  waiting: { readonly resolve: (answer: PdfAnswer) => void; readonly reject: (error: Error) => void } | null;
}

let running: Running | null = null;
let turn: Promise<unknown> = Promise.resolve();

export async function renderPdf(work: PdfWork, { milliseconds = millisecondsPerDocument }: { milliseconds?: number } = {}): Promise<Uint8Array> {
  const images = work.images ?? {};
  const misnamed = Object.keys(images).find((name) => !imageName.test(name));
  if (misnamed !== undefined) throw new PdfFailed(`an image cannot be named ${misnamed}`);
  const createdAtSeconds = Math.floor(epochOf(work.createdAt) / 1000);
  const answer = await inTurn({ task: 'pdf', source: work.source, data: JSON.stringify(work.data), images, createdAtSeconds }, milliseconds);
  if ('pdf' in answer) return answer.pdf;
  throw new PdfFailed(`typesetting failed: ${'failure' in answer ? answer.failure : 'no document'}`);
}

export interface FontReport {
  readonly role: FontRole;
  readonly official: string;
  /** What is drawn in place of the official font; null when that is there. */
  readonly substitute: string | null;
}

let report: Promise<readonly FontReport[]> | null = null;

/** Which of the official fonts this installation has; asked once, since fonts are found when a process starts. */
export async function fontReport(): Promise<readonly FontReport[]> {
  report ??= readReport();
  return report.catch((error: unknown) => {
    report = null;
    throw error;
  });
}

async function readReport(): Promise<readonly FontReport[]> {
  const answer = await inTurn({ task: 'fonts' }, millisecondsPerDocument);
  if (!('officialRoles' in answer)) throw new PdfFailed('the fonts could not be read');
  return fontRoles.map((role) => ({ role, official: officialFonts[role].official, substitute: answer.officialRoles.includes(role) ? null : officialFonts[role].substitute }));
}

/** Ends the worker after what is under way; the next document starts a new one. */
export async function closePdf(): Promise<void> {
  const ended = turn.then(endWorker);
  turn = ended;
  await ended;
}

async function inTurn(task: PdfTask, milliseconds: number): Promise<PdfAnswer> {
  const answer = turn.then(async () => ask(task, milliseconds));
  turn = answer.catch(() => undefined);
  return answer;
}

async function ask(task: PdfTask, milliseconds: number): Promise<PdfAnswer> {
  if (running !== null && running.documents >= documentsPerWorker) await endWorker();
  running ??= startWorker();
  const current = running;
  current.documents += 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A process that waits for a document stays; one that has an idle worker may end.
  current.worker.ref();
  try {
    return await new Promise<PdfAnswer>((resolve, reject) => {
      current.waiting = { resolve, reject };
      timer = setTimeout(() => reject(new PdfFailed(`typesetting took longer than ${milliseconds} ms`)), milliseconds);
      current.worker.postMessage(task);
    });
  } catch (error) {
    // Not waited for: a thread in the typesetter's own code ends when that returns. The next document has a new one.
    void endWorker();
    throw error;
  } finally {
    clearTimeout(timer);
    current.waiting = null;
    current.worker.unref();
  }
}

function startWorker(): Running {
  const started: Running = { worker: new Worker(workerEntry(import.meta.url, 'pdf-worker')), documents: 0, waiting: null };
  started.worker.on('message', (answer: PdfAnswer) => started.waiting?.resolve(answer));
  started.worker.on('error', (error) => started.waiting?.reject(new PdfFailed('the typesetter failed', { cause: error })));
  started.worker.on('exit', (code) => {
    started.waiting?.reject(new PdfFailed(`the typesetter ended with ${code}`));
    if (running === started) running = null;
  });
  return started;
}

async function endWorker(): Promise<void> {
  const ending = running;
  running = null;
  await ending?.worker.terminate();
}
