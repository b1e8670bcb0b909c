// What /readyz and /metrics say, held against what is so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from './kernel/migrate.ts';
import { diskState, openReadiness, type ReadinessPorts } from './kernel/readiness.ts';
import { openLimits } from './kernel/limits.ts';
import { listenForMetrics, openMetrics } from './kernel/metrics.ts';
import { silentLog } from './kernel/log.ts';
import { openDatabase } from './kernel/database.ts';
import { whoAmI } from './modules/sign-in/contract.ts';
import { recordActivity } from './modules/activities/contract.ts';
import { openFront } from './kernel/front.ts';
import { openWorld, type World } from './testing/harness.ts';

const metrics = openMetrics();
let world: World;
let files: string[];
beforeAll(async () => {
  world = await openWorld({ front: { ...openFront, limits: openLimits(), meter: metrics.meter } });
  files = (await readMigrations('migrations')).map(({ file }) => file);
});
afterAll(async () => {
  metrics.close();
  await world.close();
});

const ports = (other: Partial<ReadinessPorts> = {}): ReadinessPorts => ({
  database: world.committed.database, dataDirectory: '.', migrations: files, walled: true, isReadOnly: () => false, isStopping: () => false, ...other,
});

describe('readiness', () => {
  it('is all well where all is well', async () => {
    expect(await openReadiness(ports())()).toEqual({ status: 'ready', database: 'ok', schema: 'current', edition: 'loaded', walls: 'standing', disk: expect.toBeOneOf(['enough', 'low', 'full']), mode: 'writing' });
  });

  it('tells what is missing, and only then that it cannot work', async () => {
    expect(await openReadiness(ports({ migrations: [...files, '9999-later.sql'] }))()).toMatchObject({ status: 'not_ready', schema: 'behind' });
    expect(await openReadiness(ports({ migrations: files.slice(0, -1) }))()).toMatchObject({ status: 'not_ready', schema: 'newer' });
    expect(await openReadiness(ports({ walled: false }))()).toMatchObject({ status: 'ready', walls: 'missing' });
    expect(await openReadiness(ports({ isReadOnly: () => true }))()).toMatchObject({ status: 'read_only', mode: 'read_only' });
    expect(await openReadiness(ports({ isStopping: () => true }))()).toMatchObject({ status: 'stopping', database: 'ok' });
    expect(await diskState('/nowhere/at/all')).toBe('unknown');
  });

  it('says within seconds that nobody answers', async () => {
    const away = openDatabase({ host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' });
    const began = performance.now();
    expect(await openReadiness(ports({ database: away }))()).toMatchObject({ status: 'not_ready', database: 'unavailable', schema: 'unknown' });
    expect(performance.now() - began).toBeLessThan(3_000);
    await away.close();
  });
});

it('metrics count requests, problems, writes, queues and the pool, and name nobody', async () => {
  metrics.watch({ database: world.committed.database, limits: openLimits(), inside: () => 3, refused: () => 2, isReadOnly: () => false });
  const clerk = world.committed.as('clerk of 990101');
  const content = { kind: 'visit', occurredOn: '2023-06-12', title: '走访企业', place: '园区', values: { manner: 'on_site' as const }, enterprises: [{ uscc: '91990001000000019G', name: '示例甲科技有限公司' }] };
  await clerk.call(recordActivity, { edition: '2023', unitCode: '990101', content });
  await world.committed.anyone().refusal(whoAmI, {});
  const server = await listenForMetrics(metrics, { host: '127.0.0.1', port: 0 }, silentLog);
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const text = await (await fetch(`${base}/metrics`)).text();
  expect((await fetch(`${base}/`)).status).toBe(404);
  expect((await fetch(`${base}/metrics`, { method: 'POST' })).status).toBe(404);
  await new Promise((resolve) => server.close(resolve));
  for (const line of [
    'fuwuyue_requests_total{endpoint="activities.record",status="200"} 1', 'fuwuyue_problems_total{code="not_signed_in"} 1', 'fuwuyue_requests_inside 3', 'fuwuyue_read_only 0',
    'fuwuyue_queue{kind="file",state="waiting"} 0', 'fuwuyue_written{what="leaves"} 1',
  ]) expect(text).toContain(line);
  expect(text).toMatch(/fuwuyue_database_connections\{state="open"\} \d/);
  expect(text).toMatch(/fuwuyue_nodejs_eventloop_lag_p99_seconds /);
  expect(text).not.toMatch(/走访|990101|clerk/);
});
