// Sends a file while it is made (`answer: 'stream'`). What was decided and recorded is committed before the first byte; the rows are
// read in one snapshot at the database's speed, and wait in a spool for whoever takes them slowly. A fault half-way breaks the
// connection: what arrived never looks whole.
import type { StreamAnswer } from './context.ts';
import type { Database } from './database.ts';
import { openGate } from './gate.ts';
import type { Log } from './log.ts';
import { openSpool, type Spool } from './spool.ts';

export interface StreamPorts {
  readonly database: Database;
  readonly log: Log;
  /** Folder of the files that are being sent. */
  readonly spool: string;
}

export interface StreamLimits {
  /** For reading and making, however slowly it is taken. */
  readonly makingSeconds: number;
  /** For whoever takes nothing at all. */
  readonly idleSeconds: number;
  /** For the whole, however it trickles. */
  readonly sendingSeconds: number;
}

const plainLimits: StreamLimits = { makingSeconds: 600, idleSeconds: 120, sendingSeconds: 3_600 };

/** Each holds a connection and much of a processor while it is made. */
const making = openGate(2, 20);

export interface Stream {
  readonly body: ReadableStream<Uint8Array>;
  /** Once all of it is made, or never will be: what waits then is only whoever takes it. */
  readonly made: Promise<void>;
  /** Once nothing is held any more, however it ended. */
  readonly ended: Promise<void>;
}

/**
 * Decides and records by `decide`, then begins to make. `breakOff` ends the connection at once and says whether there was one: an error
 * of the body alone might still be turned into an ordinary end.
 */
export async function beginStream(ports: StreamPorts, decide: () => Promise<StreamAnswer>, breakOff: () => boolean, limits: StreamLimits = plainLimits): Promise<{ answer: StreamAnswer; stream: Stream }> {
  return new Promise((resolve, reject) => {
    making(async () => {
      const answer = await decide();
      const spool = await openSpool(ports.spool);
      const stop = new AbortController();
      const taken = bodyOf(spool, stop, breakOff, limits);
      const made = make(ports, answer, spool, AbortSignal.any([stop.signal, AbortSignal.timeout(limits.makingSeconds * 1000)]));
      resolve({ answer, stream: { body: taken.body, made, ended: Promise.all([made, taken.ended]).then(() => spool.close()) } });
      await made;
    }).catch(reject);
  });
}

/** Writes all into the spool, or the fault that kept it from being all. */
async function make({ database, log }: StreamPorts, answer: StreamAnswer, spool: Spool, stop: AbortSignal): Promise<void> {
  try {
    await database.snapshot(async (tx) => {
      for await (const chunk of answer.chunks(tx)) {
        stop.throwIfAborted();
        await spool.write(chunk);
      }
    });
    spool.end();
  } catch (error) {
    if (!stop.aborted || stop.reason instanceof DOMException) log.warn({ file: answer.mediaType, error: error instanceof Error ? error.name : typeof error }, 'a file broke off while it was made');
    spool.end(error);
  }
}

/** Whoever gave up. */
class TakenNoMore extends Error {}

function bodyOf(spool: Spool, stop: AbortController, breakOff: () => boolean, { idleSeconds, sendingSeconds }: StreamLimits): Omit<Stream, 'made'> {
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let idle: NodeJS.Timeout | undefined;
  let whole: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(idle);
    clearTimeout(whole);
    stop.abort(new TakenNoMore());
    finish();
  };
  const fail = (controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void => {
    if (stop.signal.aborted) return;
    if (!breakOff()) controller.error(error);
    end();
  };
  const watch = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    idle = setTimeout(() => fail(controller, new TakenNoMore()), idleSeconds * 1000).unref();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        whole = setTimeout(() => fail(controller, new TakenNoMore()), sendingSeconds * 1000).unref();
        watch(controller);
      },
      async pull(controller) {
        clearTimeout(idle);
        try {
          const chunk = await spool.read();
          if (chunk === null) {
            controller.close();
            end();
          } else {
            controller.enqueue(chunk);
            watch(controller);
          }
        } catch (error) {
          fail(controller, error);
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return { body, ended };
}
