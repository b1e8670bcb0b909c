// Reading the audit trail.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { saveAudit } from '../../kernel/audit.ts';
import { monday, openWorld, type World } from '../../testing/harness.ts';
import { listAuditEvents } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => world.close());

/** Five acts at a county on two records, one at its city. */
async function acted(tx: Tx): Promise<void> {
  const source = { accountId: null, accountName: '李四', requestId: 'r', at: monday };
  const act = (unitCode: string, subjectId: string, number: number) => ({ action: `test.act_${number}`, unitCode, subjectKind: 'activity', subjectId, before: { number }, after: null, basis: number === 3 ? '场次录错' : null });
  await saveAudit(tx, source, [1, 2, 3, 4, 5].map((number) => act('990101', number % 2 === 0 ? 'even' : 'odd', number)));
  await saveAudit(tx, source, [act('990100', 'odd', 6)]);
}

it('shows what was done at the unit, newest first, page by page', () =>
  world.rolledBack(async ({ tx, as }) => {
    await acted(tx);
    const { call } = as('clerk of 990101');
    const first = await call(listAuditEvents, { unitCode: '990101', limit: 2 });
    expect(first.events.map((event) => event.action)).toEqual(['test.act_5', 'test.act_4']);
    const rest = await call(listAuditEvents, { unitCode: '990101', limit: 10, before: first.events[1]?.id });
    expect(rest.events.map((event) => event.action)).toEqual(['test.act_3', 'test.act_2', 'test.act_1']);
    expect(rest.events[0]).toMatchObject({ at: monday, accountName: '李四', subjectKind: 'activity', subjectId: 'odd', before: { number: 3 }, after: null, basis: '场次录错' });
  })());

it('shows what was done to one record', () =>
  world.rolledBack(async ({ tx, as }) => {
    await acted(tx);
    const { events } = await as('head of 990101').call(listAuditEvents, { unitCode: '990101', subjectKind: 'activity', subjectId: 'even' });
    expect(events.map((event) => event.action)).toEqual(['test.act_4', 'test.act_2']);
  })());

it('is for the people of the unit: not for those above, beside, or who only keep accounts', () =>
  world.rolledBack(async ({ as }) => {
    const asked = { unitCode: '990101' };
    for (const person of ['reviewer of 990100', 'coordinator of 990000', 'clerk of 990102', 'system_administrator of 990101'] as const) {
      expect((await as(person).refusal(listAuditEvents, asked)).code).toBe('not_permitted');
    }
    expect((await as('reviewer of 990101').call(listAuditEvents, asked)).events).toEqual([]);
    expect((await as('clerk of 990101').refusal(listAuditEvents, { unitCode: '123456' })).code).toBe('not_found');
    expect((await as('clerk of 990101').refusal(listAuditEvents, { ...asked, before: 0 })).code).toBe('invalid_input');
  })());
