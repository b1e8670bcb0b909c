// A file made while it is sent, over a real connection: whole or visibly broken, and nothing is held when nobody takes it.
import type { IncomingMessage, Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryBlobStore } from './blobs.ts';
import { implement } from './context.ts';
import { readInBatches } from './database.ts';
import { openFront } from './front.ts';
import { serveEndpoints } from './http.ts';
import { noScanner } from './scanning.ts';
import { silentLog } from './log.ts';
import { alwaysWriting } from './mode.ts';
import { memorySecrets } from './secrets.ts';
import { bareSite } from './site.ts';
import { beginStream } from './streaming.ts';
import { endpoint } from '../shared/endpoint.ts';
import { requestKeyHeader } from '../shared/request.ts';
import { actorOf } from '../testing/country.ts';
import { openWorld, type World } from '../testing/harness.ts';

const numbers = endpoint({
  name: 'numbers.stream', method: 'POST', path: '/api/numbers', summary: 'So many numbers, failing after some.',
  input: z.strictObject({ rows: z.number(), failAfter: z.number().nullable(), type: z.string().default('application/octet-stream') }), output: z.unknown(), answer: 'stream',
});

interface Watched {
  batches: number;
  ended: boolean;
}

let world: World;
let server: Server;
let address = '';
const watched: Watched = { batches: 0, ended: false };

const stream = implement(numbers, async (context, { rows, failAfter, type }) => {
  context.record({ action: 'numbers_sent', unitCode: '990101', subjectKind: 'numbers', subjectId: String(rows), after: { rows } });
  return {
    mediaType: type, fileName: '数.txt', rows,
    async *chunks(tx) {
      Object.assign(watched, { batches: 0, ended: false });
      try {
        for await (const batch of readInBatches(tx, sql<{ number: number; text: string }>`select number, repeat(md5(number::text), 20) as text from generate_series(1, ${rows}::integer) as number`, 500)) {
          watched.batches += 1;
          if (failAfter !== null && watched.batches > failAfter) throw new Error('the disk is gone');
          yield Buffer.from(batch.map(({ number, text }) => `${number} ${text}\n`).join(''));
        }
      } finally {
        watched.ended = true;
      }
    },
  };
});

beforeAll(async () => {
  world = await openWorld({ maximumConnections: 4 });
  const { database, clock } = world.committed;
  const ports = { database, blobs: memoryBlobStore(), clock, demonstration: false, mode: alwaysWriting, site: bareSite, secrets: memorySecrets(), log: silentLog, front: openFront, scanner: noScanner, secure: false, walled: true, opensToEnterprises: () => false, spool: join(tmpdir(), 'fuwuyue-test-spool'), identify: async () => actorOf('clerk of 990101') };
  const app = new Hono();
  app.use(compress());
  app.route('/', serveEndpoints([stream], ports));
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.close();
});

function ask(input: object, options: { readonly key?: string; readonly headers?: object; readonly signal?: AbortSignal } = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie: 'fuwuyue=x', [requestKeyHeader]: options.key ?? crypto.randomUUID(), ...options.headers };
  return fetch(`${address}/api/numbers`, { method: 'POST', headers, body: JSON.stringify({ failAfter: null, ...input }), ...(options.signal === undefined ? {} : { signal: options.signal }) });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('never');
}

async function recorded(rows: number): Promise<number> {
  const { total } = await world.committed.database.read((tx) => tx.selectFrom('auditEvent').select((of) => of.fn.countAll<number>().as('total')).where('action', '=', 'numbers_sent').where('subjectId', '=', String(rows)).executeTakeFirstOrThrow());
  return total;
}

describe('a file made while it is sent', () => {
  it('arrives whole, with its name and how many rows it has, and is recorded', async () => {
    const response = await ask({ rows: 5_001 });
    expect([response.status, response.headers.get('x-rows'), response.headers.get('content-disposition'), response.headers.get('cache-control')]).toEqual([200, '5001', "attachment; filename*=UTF-8''%E6%95%B0.txt", 'private, no-store']);
    const lines = (await response.text()).trimEnd().split('\n');
    expect([lines.length, lines[0]?.split(' ')[0], lines.at(-1)?.split(' ')[0]]).toEqual([5_001, '1', '5001']);
    expect(await recorded(5_001)).toBe(1);
  });

  it.each([['as it is', {}, 'application/octet-stream'], ['compressed', { 'accept-encoding': 'gzip' }, 'text/csv']])('that fails half-way (%s) never ends well, and stays recorded', async (_how, headers, type) => {
    const response = await ask({ rows: 6_001 + type.length, failAfter: 6, type }, { headers });
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(await recorded(6_001 + type.length)).toBe(1);
  });

  it('is ended with its transaction when whoever asked goes away', async () => {
    const stop = new AbortController();
    const response = await ask({ rows: 3_000_000 }, { signal: stop.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    stop.abort();
    await until(() => watched.ended);
    expect(watched.batches).toBeLessThan(6_000);
    await until(async () => {
      const { rows } = await world.committed.database.read((tx) => sql<{ open: number }>`select count(*)::integer as open from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`.execute(tx));
      return rows[0]?.open === 0;
    });
  });

  it('is made to its end however slowly it is taken', async () => {
    const taking = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', cookie: 'fuwuyue=x', [requestKeyHeader]: crypto.randomUUID() };
      request(`${address}/api/numbers`, { method: 'POST', headers }, resolve).on('error', reject).end(JSON.stringify({ rows: 40_000, failAfter: null }));
    });
    taking.pause();
    // Nothing is taken, and yet the rows are read and the transaction is over: 26 MB are more than any buffer on the way.
    await until(() => watched.ended);
    expect(watched.batches).toBe(80);
    let bytes = 0;
    for await (const chunk of taking) bytes += (chunk as Buffer).length;
    expect([taking.complete, bytes > 25_000_000]).toEqual([true, true]);
  });

  it('is not sent again for the same request key: it would be another file', async () => {
    const key = crypto.randomUUID();
    await (await ask({ rows: 7_001 }, { key })).arrayBuffer();
    const again = await ask({ rows: 7_001 }, { key });
    expect([again.status, ((await again.json()) as { code: string }).code, await recorded(7_001)]).toEqual([422, 'request_key_reused', 1]);
  });

  it('is broken off when it takes too long to make or to send, or nobody takes anything', async () => {
    const ports = { database: world.committed.database, log: silentLog, spool: join(tmpdir(), 'fuwuyue-test-spool') };
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield Buffer.from('x');
      }
    }
    const answer = { mediaType: 'text/plain', fileName: 'x', rows: 1, chunks: endless };
    const broken: string[] = [];
    const long = await beginStream(ports, async () => answer, () => broken.push('long') < 0, { makingSeconds: 0.05, idleSeconds: 60, sendingSeconds: 60 });
    await expect(new Response(long.stream.body).text()).rejects.toThrow();
    await long.stream.ended;
    const idle = await beginStream(ports, async () => answer, () => broken.push('idle') < 0, { makingSeconds: 60, idleSeconds: 0.05, sendingSeconds: 60 });
    await idle.stream.ended;
    const trickling = await beginStream(ports, async () => answer, () => broken.push('trickling') < 0, { makingSeconds: 60, idleSeconds: 60, sendingSeconds: 0.05 });
    await expect(new Response(trickling.stream.body).text()).rejects.toThrow();
    await trickling.stream.ended;
    expect(broken).toEqual(['long', 'idle', 'trickling']);
  });
});
