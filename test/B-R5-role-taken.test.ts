// B-R5 A role is taken away while requests are under way: passes when each of them is done whole under the old right or refused, never
// half; when none that begins after the change was answered is let in, although the session is remembered; and when the figures are those
// of what was let in.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { getTable } from '../src/modules/figures/contract.ts';
import { takeRole } from '../src/modules/people/contract.ts';
import { openSession } from '../src/modules/sign-in/sessions.ts';
import type { Endpoint } from '../src/shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { actorOf } from '../src/testing/country.ts';
import { monday, openWorld, type World } from '../src/testing/harness.ts';
import { edition, publicity } from '../src/testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unit = { edition, unitCode: '990101' };
const { accountId } = actorOf('clerk of 990101');

async function codeOf(token: string, endpoint: Endpoint, input: object): Promise<string> {
  const shape = requestOf(endpoint, input as never);
  const headers = { 'content-type': 'application/json', cookie: `fuwuyue=${token}`, [requestKeyHeader]: crypto.randomUUID() };
  const response = await world.committed.app.request(shape.path, { method: shape.method, headers, ...(shape.body === null ? {} : { body: shape.body }) });
  const answer = (await response.json()) as { code?: string };
  return response.ok ? 'ok' : (answer.code ?? '');
}

const record = (token: string, number: number): Promise<string> => codeOf(token, recordActivity, { ...unit, content: publicity({ title: `宣传活动第${number}场` }) });

it('each request is whole or refused, and after the answer none is let in', async () => {
  const { database } = world.committed;
  const token = await database.write((tx) => openSession(tx, { accountId, device: 'desktop', browser: 'B-R5', system: '', enrolling: false, proved: true }, monday));
  // Remembered, so that taking the role must undo that too.
  expect(await codeOf(token, getTable, unit)).toBe('ok');
  const underWay = Array.from({ length: 40 }, async (_, number) => record(token, number));
  const taken = new Promise<void>((resolve, reject) => {
    setTimeout(() => {
      world.committed.as('head of 990101').call(takeRole, { accountId, role: 'clerk', unitCode: unit.unitCode, reason: '调离' }).then(() => resolve(), reject);
    }, 20);
  });
  await taken;
  const after = await Promise.all(Array.from({ length: 20 }, async (_, number) => record(token, 100 + number)));
  expect(new Set(after)).toEqual(new Set(['not_permitted']));
  expect(await codeOf(token, getTable, unit)).toBe('not_permitted');
  const answers = await Promise.all(underWay);
  expect(answers.filter((code) => code !== 'ok' && code !== 'not_permitted')).toEqual([]);
  const done = answers.filter((code) => code === 'ok').length;
  const stored = await database.read(async (tx) => tx.selectFrom('activity').select(({ fn }) => fn.countAll<number>().as('entries')).where('unitCode', '=', unit.unitCode).executeTakeFirstOrThrow());
  expect(stored.entries).toBe(done);
  const { entries } = await database.read((tx) => tx.selectFrom('figureRow').select('entries').where('unitCode', '=', unit.unitCode).where('origin', '=', 'records').executeTakeFirst()) ?? { entries: 0 };
  expect(entries).toBe(done);
  console.log(`B-R5: of 40 under way ${done} were done whole under the old right, ${40 - done} refused; of 20 begun after it none was let in`);
});
