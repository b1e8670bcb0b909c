// Verifies many signatures on all processors. SM2 is arithmetic in JavaScript, some milliseconds each: the thousands of a nation's
// package would keep a server from answering anybody meanwhile. A few are verified where they are asked for, without threads.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { VerifySignature } from '../shared/signature.ts';
import type { SignatureTask } from './signature-worker.ts';
import { verifyWith } from './suites.ts';
import { workerEntry } from './workers.ts';

const mostThreads = 4;
const batchSize = 16;
/** So many at one moment are verified where they are asked for. */
const fewEnough = 16;

interface Waiting {
  readonly task: SignatureTask;
  settle(holds: boolean): void;
  fail(error: unknown): void;
}

interface Thread {
  readonly worker: Worker;
  batch: readonly Waiting[];
  /** Ends it; running while it has nothing to do. */
  ending: ReturnType<typeof setTimeout> | null;
}

const idleFor = 2_000;

/** Some threads as long as something is asked; they end when nothing was for two seconds, and hold no process up. */
export function signatureThreads(): VerifySignature {
  let queue: Waiting[] = [];
  const threads = new Set<Thread>();
  const feed = (thread: Thread): void => {
    thread.batch = queue.slice(0, batchSize);
    queue = queue.slice(batchSize);
    if (thread.ending !== null) clearTimeout(thread.ending);
    thread.ending = null;
    if (thread.batch.length > 0) {
      thread.worker.ref();
      thread.worker.postMessage(thread.batch.map(({ task }) => task));
      return;
    }
    thread.worker.unref();
    thread.ending = setTimeout(() => {
      threads.delete(thread);
      void thread.worker.terminate();
    }, idleFor).unref();
  };
  const start = (): void => {
    const thread: Thread = { worker: new Worker(workerEntry(import.meta.url, 'signature-worker')), batch: [], ending: null };
    threads.add(thread);
    thread.worker.on('message', (holds: readonly boolean[]) => {
      for (const [at, waiting] of thread.batch.entries()) waiting.settle(holds[at] ?? false);
      feed(thread);
    });
    thread.worker.on('error', (error) => {
      threads.delete(thread);
      for (const waiting of [...thread.batch, ...queue]) waiting.fail(error);
      queue = [];
    });
    feed(thread);
  };
  const shareOut = (): void => {
    if (threads.size === 0 && queue.length <= fewEnough) {
      for (const { task, settle } of queue) settle(verifyWith(...task));
      queue = [];
      return;
    }
    for (const thread of threads) if (thread.batch.length === 0) feed(thread);
    while (queue.length > 0 && threads.size < Math.min(mostThreads, availableParallelism())) start();
  };
  return (...task) => {
    if (task[0] !== 'SM2-SM3') return verifyWith(...task);
    return new Promise<boolean>((settle, fail) => {
      queue.push({ task, settle, fail });
      // Once for all that are asked for at the same moment.
      if (queue.length === 1) queueMicrotask(shareOut);
    });
  };
}
