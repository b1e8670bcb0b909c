// B-F10. Pass: SIGTERM during 100 requests: all finish, or get 503 before anything is done; nothing torn off; gone within 10 s.
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../src/testing/harness.ts';
import { databaseUrlOf, startServerProcess } from '../src/testing/server-process.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Told {
  readonly status: number;
  readonly fault: string;
  /** Whether the whole answer came. */
  readonly whole: boolean;
}

it('lets everybody finish or turns them away, and goes', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-stop-'));
  const server = await startServerProcess({ DATA_DIR: directory, DATABASE_URL: await databaseUrlOf(world.committed.database), DATABASE_CONNECTIONS: '3' });
  const keptOpen = new Agent({ keepAlive: true, maxSockets: 100 });
  // So that connections are open, as they are when a server is stopped.
  await Promise.all(Array.from({ length: 100 }, () => ask(server.address, '/healthz', keptOpen)));
  const told: Told[] = [];
  let letGo = (): void => undefined;
  let holding = (): void => undefined;
  const release = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const held = new Promise<void>((resolve) => {
    holding = resolve;
  });
  // What they ask about is locked until the server has been told to stop.
  const locked = world.committed.database.write(async (tx) => {
    await sql`lock table session in access exclusive mode`.execute(tx);
    holding();
    await release;
  });
  await held;
  const inFlight = Array.from({ length: 100 }, async () => {
    told.push(await ask(server.address, '/api/receipts/0000-0000-0000-0000-0000', keptOpen));
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const early = told.length;
  const began = performance.now();
  const stopped = server.stop();
  setTimeout(letGo, 300);
  // Those who come while it closes.
  const late: Told[] = [];
  const comers = new Agent({ keepAlive: true, maxSockets: 4 });
  const coming = (async () => {
    for (let round = 0; round < 40; round += 1) {
      late.push(await ask(server.address, '/api/receipts/0000-0000-0000-0000-0000', comers), await ask(server.address, '/readyz', comers));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await Promise.all([...inFlight, stopped, locked]);
  const seconds = (performance.now() - began) / 1000;
  await coming;
  keptOpen.destroy();
  comers.destroy();
  await rm(directory, { recursive: true, force: true });
  expect(early).toBe(0);
  expect(seconds).toBeLessThan(10);
  expect(told.filter(({ whole }) => !whole)).toEqual([]);
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  // Once nobody listens any more a connection is refused; that is no answer torn off.
  expect(late.filter(({ whole, fault }) => !whole && fault !== 'ECONNREFUSED')).toEqual([]);
  expect(late.some(({ status }) => status === 503)).toBe(true);
  const count = (of: readonly Told[], wanted: (one: Told) => boolean): number => of.filter(wanted).length;
  console.log(`B-F10: 100 in flight: ${count(told, ({ status }) => status !== 503)} finished, ${count(told, ({ status }) => status === 503)} turned away; ${late.length} later: ${count(late, ({ status }) => status === 503)} turned away, ${count(late, ({ fault }) => fault === 'ECONNREFUSED')} found nobody; 0 torn off; gone after ${seconds.toFixed(1)} s`);
});

async function ask(address: string, path: string, agent: Agent): Promise<Told> {
  return new Promise((resolve) => {
    const asked = request(`${address}${path}`, { agent, headers: { cookie: `fuwuyue=${'a'.repeat(43)}` } }, (response) => {
      response.on('data', () => undefined);
      response.on('error', (error: NodeJS.ErrnoException) => resolve({ status: response.statusCode ?? 0, fault: error.code ?? error.message, whole: false }));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, fault: '', whole: response.complete }));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ status: 0, fault: error.code ?? error.message, whole: false }));
    asked.end();
  });
}
