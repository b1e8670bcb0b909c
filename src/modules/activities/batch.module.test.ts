import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { getTable } from '../figures/contract.ts';
import { deleteActivities, deleteActivity, listActivities, recordActivities, recordActivity } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});

const county = { edition: '2023', unitCode: '990101' };
const training = (title: string) => ({
  kind: 'training', occurredOn: '2023-06-12', title, place: '会议室', values: { mode: 'offline' as const, attendances: 40 },
  enterprises: [{ uscc: '91990001000000019G', name: '示例甲科技有限公司' }],
});
const three = ['第一场培训会', '第二场培训会', '第三场培训会'].map(training);

describe('deleting what was recorded together', () => {
  it('takes every count away, with one ledger number and an audit record for each', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    await clerk.call(recordActivity, { ...county, content: training('先前的培训会') });
    const { own: before } = await clerk.call(getTable, county);
    const { activities } = await clerk.call(recordActivities, { ...county, contents: three });
    const entries = activities.map(({ id, version }) => ({ id, version }));
    expect(await clerk.call(deleteActivities, { ...county, entries })).toEqual({ deleted: 3, ledgerNo: 3 });
    expect((await clerk.call(getTable, county)).own).toEqual(before);
    expect((await clerk.call(listActivities, { ...county, deleted: 'true' })).activities.map(({ id }) => id).sort()).toEqual(entries.map(({ id }) => id).sort());
    const audited = await country.tx.selectFrom('auditEvent').select('subjectId').where('action', '=', 'activity_deleted').execute();
    expect(audited.map(({ subjectId }) => subjectId).sort()).toEqual(entries.map(({ id }) => id).sort());
  })());

  it('is all or nothing: one that changed meanwhile keeps the rest', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { activities } = await clerk.call(recordActivities, { ...county, contents: three });
    const entries = activities.map(({ id, version }) => ({ id, version }));
    await clerk.call(deleteActivity, entries[1] ?? { id: '', version: 1 });
    expect((await clerk.refusal(deleteActivities, { ...county, entries })).code).toBe('stale_version');
    expect((await clerk.call(listActivities, county)).total).toBe(2);
  })());

  it('is for entries of this ledger, each named once, by whoever writes it', () => world.rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { activities } = await clerk.call(recordActivities, { ...county, contents: three });
    const entries = activities.map(({ id, version }) => ({ id, version }));
    expect((await clerk.refusal(deleteActivities, { ...county, entries: [...entries, ...entries] })).details).toMatchObject({ issues: [{ path: 'entries', rule: 'given_twice' }] });
    expect((await country.as('clerk of 990102').refusal(deleteActivities, { edition: '2023', unitCode: '990102', entries })).code).toBe('not_found');
    expect((await country.as('clerk of 990102').refusal(deleteActivities, { ...county, entries })).code).toBe('not_permitted');
    expect((await clerk.call(listActivities, county)).total).toBe(3);
  })());
});
