// B-F4. The line to the database two seconds late, then silent. Pass: every request ends within 5 s, /healthz stays live and /readyz
// says no; afterwards the pool is whole again.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { getReturn } from '../src/modules/returns/contract.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { serverBehind, sessionsFor } from '../src/testing/behind-proxy.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import type { Proxy } from '../src/testing/proxy.ts';
import type { ServerProcess } from '../src/testing/server-process.ts';
import { edition, training } from '../src/testing/steps.ts';

let world: World;
let proxy: Proxy;
let server: ServerProcess;
let cookies: readonly string[];
beforeAll(async () => {
  world = await openWorld();
  cookies = await sessionsFor(world.committed.database, 'clerk of 990101', 10);
  ({ proxy, server } = await serverBehind(world.committed.database, { DATABASE_CONNECTIONS: '6' }));
}, 60_000);
afterAll(async () => {
  proxy.set({ kind: 'cut' });
  await server.kill();
  await proxy.close();
  await world.close();
});

interface Answered {
  readonly status: number;
  readonly milliseconds: number;
}

async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
  const began = performance.now();
  const answer = await fetch(`${server.address}${path}`, { ...init, signal: AbortSignal.timeout(20_000) });
  await answer.text();
  return { status: answer.status, milliseconds: performance.now() - began };
}

/** Twenty reads and ten writes at the same moment. */
async function crowd(name: string): Promise<Answered[]> {
  const read = requestOf(getReturn, { edition, unitCode: '990101' });
  const reads = Array.from({ length: 20 }, (_, index) => ask(read.path, { headers: { cookie: cookies[index % 10] ?? '' } }));
  const writes = Array.from({ length: 10 }, (_, index) => {
    const shape = requestOf(recordActivity, { edition, unitCode: '990101', content: training({ title: `${name}${index}` }) });
    return ask(shape.path, { method: shape.method, body: shape.body, headers: { 'content-type': 'application/json', cookie: cookies[index] ?? '', [requestKeyHeader]: randomUUID() } });
  });
  return Promise.all([...reads, ...writes]);
}

const slowest = (answers: readonly Answered[]): number => Math.round(Math.max(...answers.map(({ milliseconds }) => milliseconds)));
const statuses = (answers: readonly Answered[]): string => [...new Set(answers.map(({ status }) => status))].toSorted((a, b) => a - b).join(', ');

describe('a database that answers late or never', () => {
  it('holds nobody longer than five seconds', async () => {
    expect(statuses(await crowd('先'))).toBe('200');
    proxy.set({ kind: 'slow', milliseconds: 2_000 });
    const late = await crowd('慢');
    expect(slowest(late)).toBeLessThan(12_000);
    proxy.set({ kind: 'silent' });
    const [silent, live, ready] = await Promise.all([crowd('静'), ask('/healthz'), ask('/readyz')]);
    expect(slowest(silent)).toBeLessThan(12_000);
    expect(statuses(silent)).toBe('503');
    expect(live).toMatchObject({ status: 200 });
    expect(ready).toMatchObject({ status: 503 });
    proxy.set({ kind: 'cut' });
    proxy.set({ kind: 'open' });
    const reopened = performance.now();
    while (statuses(await crowd('后')) !== '200') await pause(200);
    const recovery = Math.round(performance.now() - reopened);
    expect(recovery).toBeLessThan(12_000);
    console.log(`B-F4: 2 s late: ${statuses(late)}, slowest ${slowest(late)} ms; silent: ${statuses(silent)}, slowest ${slowest(silent)} ms; whole again after ${recovery} ms`);
  });
});
