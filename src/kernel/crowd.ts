// Refuses what does not fit at the very door (security B-L4): by how many are inside and how late the event loop is, before anything of
// a request is looked at but its path. Whoever is let in then is answered within seconds; whoever is not knows it at once.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** How it stands when a request comes. */
export interface Pressure {
  /** Requests being answered, without those that have a queue of their own (files going in and out). */
  readonly inside: number;
  /** How much later than it should the event loop comes round. */
  readonly lateMilliseconds: number;
  /** How many are answered in a second when there is always another. */
  readonly pace: number;
}

/** 100 at work and 400 waiting (limits.ts) at most; fewer as the loop falls behind, for then each takes longer. */
const room = [
  { lateMilliseconds: 100, inside: 500 },
  { lateMilliseconds: 300, inside: 200 },
  { lateMilliseconds: 1_000, inside: 60 },
] as const;
/** Never so few that nothing goes on. */
const alwaysRoom = 20;
/** Nobody is let in who would wait longer than this for those before; but some, however slow it is. */
const secondsInside = 2;
const roomWhenSlow = 50;

export function hasRoom({ inside, lateMilliseconds, pace }: Pressure): boolean {
  const step = room.find((one) => lateMilliseconds <= one.lateMilliseconds);
  return inside < Math.min(step?.inside ?? alwaysRoom, Math.max(roomWhenSlow, pace * secondsInside));
}

/** As quick as need be, before anything is known. */
const fullPace = 250;

/** Learnt from seconds in which many were inside all the time; what was learnt is forgotten as slowly as a crowd goes home. */
export function nextPace(pace: number, { answered, crowded }: { readonly answered: number; readonly crowded: boolean }): number {
  return crowded ? (pace + answered) / 2 : Math.min(fullPace, pace * 1.1 + 1);
}

export const retryAfterSeconds = 2;

/** Asked by machines that watch over this one, cheap files that a page cannot do without, and what has only its name to be told. */
const alwaysTaken = /^\/(healthz|readyz|api\/csp-report|assets\/|site\/)/;

export interface Crowd {
  /** In front of everything else. */
  guard(listener: RequestListener): RequestListener;
  /** How many were refused since the start. */
  refused(): number;
  stop(): void;
}

export function watchCrowd(inside: () => number): Crowd {
  const lateness = watchLateness();
  const pace = watchPace(inside);
  let refused = 0;
  return {
    guard: (listener) => (request, response) => {
      if (alwaysTaken.test(request.url ?? '') || hasRoom({ inside: inside(), lateMilliseconds: lateness.now(), pace: pace.now() })) {
        response.once('close', pace.answered);
        listener(request, response);
        return;
      }
      refused += 1;
      refuse(request, response);
    },
    refused: () => refused,
    stop: () => {
      lateness.stop();
      pace.stop();
    },
  };
}

const security = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cross-origin-resource-policy': 'same-origin', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'" };
const problemText = JSON.stringify({ type: 'urn:fuwuyue:problem:overloaded', code: 'overloaded', status: 503, details: { retryAfterSeconds }, requestId: '' });
const pageText = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${retryAfterSeconds + 1}"><title>服务器正忙</title><p>现在使用的人很多，服务器正忙，本页稍后自动重试。<p lang="en">Many people are working now and the server is busy. This page tries again by itself.</html>`;

/** Nothing of the body is kept: Node reads it away, and the connection is good for the next request. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  const isPage = request.method === 'GET' && !(request.url ?? '').startsWith('/api/');
  const body = isPage ? pageText : problemText;
  response.writeHead(503, {
    ...security, 'retry-after': String(retryAfterSeconds), 'cache-control': 'no-store', 'content-length': Buffer.byteLength(body),
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json; charset=utf-8',
  }).end(body);
}

const beat = 20;

/** How late the loop is: by a beat that comes too late, and by one that is due and has not come yet. */
function watchLateness(): { now(): number; stop(): void } {
  let last = performance.now();
  let late = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    // What was a moment ago fades within some beats.
    late = Math.max(now - last - beat, late * 0.8);
    last = now;
  }, beat).unref();
  return { now: () => Math.max(late, performance.now() - last - beat), stop: () => clearInterval(timer) };
}

function watchPace(inside: () => number): { now(): number; answered(): void; stop(): void } {
  let [pace, answered, before] = [fullPace, 0, 0];
  // Second by second: many inside at its beginning and at its end.
  const timer = setInterval(() => {
    const here = inside();
    pace = nextPace(pace, { answered, crowded: Math.min(before, here) >= roomWhenSlow / 2 });
    [answered, before] = [0, here];
  }, 1_000).unref();
  return { now: () => pace, answered: () => void (answered += 1), stop: () => clearInterval(timer) };
}
