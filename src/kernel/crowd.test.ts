import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { hasRoom, nextPace, watchCrowd } from './crowd.ts';

describe('room at the door', () => {
  it.each([
    { inside: 0, lateMilliseconds: 60_000, taken: true },
    { inside: 19, lateMilliseconds: 60_000, taken: true },
    { inside: 20, lateMilliseconds: 1_001, taken: false },
    { inside: 59, lateMilliseconds: 1_000, taken: true },
    { inside: 60, lateMilliseconds: 301, taken: false },
    { inside: 199, lateMilliseconds: 300, taken: true },
    { inside: 200, lateMilliseconds: 101, taken: false },
    { inside: 499, lateMilliseconds: 100, taken: true },
    { inside: 500, lateMilliseconds: 0, taken: false },
  ])('$inside inside, $lateMilliseconds ms late: $taken', ({ taken, ...pressure }) => {
    expect(hasRoom({ pace: 250, ...pressure })).toBe(taken);
  });

  it('has no more room the later the loop is, and the more are inside', () => {
    const lates = [0, 99, 100, 101, 250, 300, 400, 1_000, 1_500, 9_000];
    const most = lates.map((lateMilliseconds) => Array.from({ length: 600 }, (_, inside) => inside).filter((inside) => hasRoom({ inside, lateMilliseconds, pace: 250 })).length);
    expect(most).toEqual(most.toSorted((one, other) => other - one));
  });
});

describe('the pace', () => {
  it('lets nobody in who would wait more than two seconds, but fifty however slow it is', () => {
    const most = (pace: number): number => Array.from({ length: 600 }, (_, inside) => inside).filter((inside) => hasRoom({ inside, lateMilliseconds: 0, pace })).length;
    expect([0, 10, 30, 100, 249, 250, 9_000].map(most)).toEqual([50, 50, 60, 200, 498, 500, 500]);
  });

  it('is learnt within seconds of a crowd, and forgotten when it has gone', () => {
    const after = (seconds: number, pace: number, second: Parameters<typeof nextPace>[1]): number => Array.from({ length: seconds }).reduce<number>((now) => nextPace(now, second), pace);
    expect(after(4, 250, { answered: 30, crowded: true })).toBeLessThan(50);
    expect(after(1, 40, { answered: 3, crowded: false })).toBeGreaterThan(40);
    expect(after(30, 30, { answered: 0, crowded: false })).toBe(250);
  });
});

describe('whoever does not fit', () => {
  interface Told {
    readonly status: number | undefined;
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly text: string;
  }

  /** What a full server answers, all over one connection. */
  async function toldBy(asked: readonly { readonly method: string; readonly path: string; readonly body?: Buffer }[]): Promise<{ told: Told[]; refused: number; connections: number }> {
    const crowd = watchCrowd(() => 500);
    let connections = 0;
    const server = createServer(crowd.guard((_request, response) => response.end('taken'))).on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const told: Told[] = [];
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (const { method, path, body } of asked) {
        told.push(await new Promise<Told>((resolve, reject) => {
          const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method, path, agent }, (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
          });
          sent.on('error', reject).end(body);
        }));
      }
    } finally {
      agent.destroy();
      crowd.stop();
      server.close();
    }
    return { told, refused: crowd.refused(), connections };
  }

  it('is told when to come back, on a connection that stays good, with a body of any size', async () => {
    const { told, refused, connections } = await toldBy([
      { method: 'POST', path: '/api/activities', body: Buffer.alloc(2_000_000) },
      { method: 'GET', path: '/api/tasks' },
      { method: 'GET', path: '/2023/330106/ledger' },
    ]);
    expect(told.map(({ status, headers }) => [status, headers['retry-after'], headers['cache-control'], headers['x-content-type-options']])).toEqual(Array.from(told, () => [503, '2', 'no-store', 'nosniff']));
    expect(told.slice(0, 2).map(({ text }) => JSON.parse(text) as unknown)).toEqual([0, 1].map(() => ({ type: 'urn:fuwuyue:problem:overloaded', code: 'overloaded', status: 503, details: { retryAfterSeconds: 2 }, requestId: '' })));
    expect(told[2]?.text).toContain('服务器正忙');
    expect([refused, connections]).toEqual([3, 1]);
  });

  it('is not the machine that watches, nor the files of a page', async () => {
    const { told, refused } = await toldBy(['/healthz', '/readyz', '/assets/app.js'].map((path) => ({ method: 'GET', path })));
    expect([told.map(({ text }) => text), refused]).toEqual([['taken', 'taken', 'taken'], 0]);
  });
});
