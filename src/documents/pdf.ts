// PDF/A-2b from a Typst template and data, in a process of its own, one document at a time. The same work gives the same bytes.
// A template reads its data with `json("data.json")` and its fonts with `json("fonts.json")`; data is never spliced into the source.
import { type ChildProcess, fork } from 'node:child_process';
import { epochOf, type Instant } from '../shared/instant.ts';
import { workerEntry } from '../kernel/workers.ts';
import { type FontRole, fontRoles, officialFonts } from './fonts.ts';
import type { PdfAnswer, PdfTask } from './pdf-process.ts';

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

/** The library keeps about 0.4 MB of every document, so a process is not kept for ever. */
const documentsPerProcess = 400;
const millisecondsPerDocument = 20_000;
const imageName = /^[a-z0-9-]+\.(svg|png|jpg)$/;

interface Running {
  readonly child: ChildProcess;
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

/** Ends the typesetter after what is under way; the next document starts a new one. */
export async function closePdf(): Promise<void> {
  const ended = turn.then(end);
  turn = ended;
  await ended;
}

async function inTurn(task: PdfTask, milliseconds: number): Promise<PdfAnswer> {
  const answer = turn.then(async () => ask(task, milliseconds));
  turn = answer.catch(() => undefined);
  return answer;
}

async function ask(task: PdfTask, milliseconds: number): Promise<PdfAnswer> {
  if (running !== null && running.documents >= documentsPerProcess) await end();
  running ??= start();
  const current = running;
  current.documents += 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A process that waits for a document stays; one that has an idle typesetter may end.
  hold(current.child);
  try {
    return await new Promise<PdfAnswer>((resolve, reject) => {
      current.waiting = { resolve, reject };
      timer = setTimeout(() => reject(new PdfFailed(`typesetting took longer than ${milliseconds} ms`)), milliseconds);
      current.child.send(task, (error) => (error === null ? undefined : reject(new PdfFailed('the typesetter is gone', { cause: error }))));
    });
  } catch (error) {
    await end();
    throw error;
  } finally {
    clearTimeout(timer);
    current.waiting = null;
    letGo(current.child);
  }
}

function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

function start(): Running {
  const child = fork(workerEntry(import.meta.url, 'pdf-process'), [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const started: Running = { child, documents: 0, waiting: null };
  child.on('message', (answer: PdfAnswer) => started.waiting?.resolve(answer));
  child.on('error', (error) => started.waiting?.reject(new PdfFailed('the typesetter failed', { cause: error })));
  child.on('exit', (code, signal) => {
    started.waiting?.reject(new PdfFailed(`the typesetter ended with ${signal ?? code}`));
    if (running === started) running = null;
  });
  return started;
}

async function end(): Promise<void> {
  const ending = running;
  running = null;
  if (ending === null || ending.child.exitCode !== null || ending.child.signalCode !== null) return;
  // Waited for, also by a process that has nothing else to do.
  hold(ending.child);
  await new Promise<void>((resolve) => {
    ending.child.once('exit', () => resolve());
    // It keeps nothing that could be half written.
    ending.child.kill('SIGKILL');
  });
}
