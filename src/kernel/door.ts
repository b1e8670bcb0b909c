// The server's door: counts who is inside, and closes without a connection torn off. While closing, whoever still comes is answered
// at once and told to try elsewhere; only then nobody is let in any more.
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';

export interface Door {
  readonly middleware: MiddlewareHandler;
  isClosing(): boolean;
  /** Requests that are being answered. */
  inside(): number;
  /** Resolves when the last answer has gone. */
  close(server: Server): Promise<void>;
}

/** Long enough for what is on its way, and for a proxy that asks /readyz each second to look elsewhere. */
const lastCalls = 1_000;

export function openDoor(lastCallsMilliseconds = lastCalls): Door {
  let closing = false;
  let inside = 0;
  return {
    isClosing: () => closing,
    inside: () => inside,
    middleware: async (http, next) => {
      if (closing && http.req.path !== '/readyz' && http.req.path !== '/healthz') {
        const body = JSON.stringify({ type: 'urn:fuwuyue:problem:overloaded', code: 'overloaded', status: 503, details: { retryAfterSeconds: 5 }, requestId: '' });
        http.res = http.body(body, 503, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '5', 'cache-control': 'no-store' });
      } else {
        inside += 1;
        try {
          await next();
        } finally {
          inside -= 1;
        }
      }
      // Said also to those who came in before: their connection is not used again.
      if (closing) http.res.headers.set('connection', 'close');
    },
    close: async (server) => {
      closing = true;
      await pause(lastCallsMilliseconds);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const sweep = setInterval(() => server.closeIdleConnections(), 100);
      server.closeIdleConnections();
      await closed;
      clearInterval(sweep);
    },
  };
}
