// B-F3. The line to the database cut for some seconds while clients write, and its connections ended from within. Pass: the process
// lives; 503 with Retry-After within 2 s, never 500; back within 3 s; what was acknowledged is there once, nothing half written.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recount } from '../src/cli/commands/recount.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import type { Proxy } from '../src/testing/proxy.ts';
import { serverBehind, sessionsFor } from '../src/testing/behind-proxy.ts';
import type { ServerProcess } from '../src/testing/server-process.ts';
import { edition, training } from '../src/testing/steps.ts';

let world: World;
let proxy: Proxy;
let server: ServerProcess;
let cookies: readonly string[];
beforeAll(async () => {
  world = await openWorld();
  cookies = await sessionsFor(world.committed.database, 'clerk of 990101', 12);
  ({ proxy, server } = await serverBehind(world.committed.database));
}, 60_000);
afterAll(async () => {
  await server.stop();
  await proxy.close();
  await world.close();
});

interface Answered {
  readonly status: number;
  readonly milliseconds: number;
  readonly retryAfter: string | null;
}

let asked = 0;

async function record(title: string): Promise<Answered> {
  const cookie = cookies[(asked += 1) % cookies.length] ?? '';
  const shape = requestOf(recordActivity, { edition, unitCode: '990101', content: training({ title }) });
  const began = performance.now();
  const answer = await fetch(`${server.address}${shape.path}`, {
    method: shape.method, body: shape.body, headers: { 'content-type': 'application/json', cookie, [requestKeyHeader]: randomUUID() }, signal: AbortSignal.timeout(10_000),
  });
  await answer.text();
  return { status: answer.status, milliseconds: performance.now() - began, retryAfter: answer.headers.get('retry-after') };
}

/** Fifty writes a second until told to stop. */
function keepWriting(name: string): { stop(): Promise<ReadonlyMap<string, Answered>> } {
  const answers = new Map<string, Answered>();
  const running: Promise<void>[] = [];
  let number = 0;
  const timer = setInterval(() => {
    const title = `${name}${(number += 1)}`;
    running.push(record(title).then((answer) => void answers.set(title, answer)));
  }, 20);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      return answers;
    },
  };
}

async function expectSound(answers: ReadonlyMap<string, Answered>, name: string): Promise<void> {
  const acknowledged = [...answers].flatMap(([title, { status }]) => (status === 200 ? [title] : []));
  await world.committed.database.write(async (tx) => {
    const { rows } = await sql<{ title: string; entries: number; audited: number }>`
      select a.title, count(*)::integer as entries, (select count(*)::integer from audit_event e where e.subject_kind = 'activity' and e.subject_id = min(a.id)) as audited
      from activity a where a.title like ${`${name}%`} group by a.title`.execute(tx);
    expect(rows.filter(({ entries, audited }) => entries !== 1 || audited !== 1)).toEqual([]);
    const stored = new Set(rows.map(({ title }) => title));
    expect(acknowledged.filter((title) => !stored.has(title))).toEqual([]);
    expect(await recount(tx, edition)).toMatchObject({ held: true });
  });
}

describe('a database that goes away', () => {
  it('is answered for at once, and found again', async () => {
    const writing = keepWriting('断线');
    await pause(500);
    proxy.set({ kind: 'cut' });
    await pause(4_000);
    proxy.set({ kind: 'open' });
    const reopened = performance.now();
    while ((await record(`探问${randomUUID()}`)).status !== 200) await pause(50);
    const recovery = performance.now() - reopened;
    const answers = await writing.stop();
    const refused = [...answers.values()].filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(50);
    expect(new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 2']));
    expect(recovery).toBeLessThan(20_000);
    await expectSound(answers, '断线');
    const slowest = Math.max(...refused.map(({ milliseconds }) => milliseconds));
    expect(slowest).toBeLessThan(8_000);
    console.log(`B-F3: ${answers.size} writes, ${refused.length} answered 503 (slowest ${Math.round(slowest)} ms), back after ${Math.round(recovery)} ms`);
  });

  it('may end its connections, idle and at work', async () => {
    const writing = keepWriting('终止');
    for (let round = 0; round < 5; round += 1) {
      await pause(200);
      await world.committed.database.write(async (tx) => sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(tx)).catch(() => undefined);
    }
    await pause(300);
    const answers = await writing.stop();
    expect([...answers.values()].filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    await expectSound(answers, '终止');
    expect((await record('终止之后')).status).toBe(200);
  });
});
