// Plans over a real database: begun from above, issued, linked to entries; and what nobody may see before it is issued.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivity } from '../activities/contract.ts';
import { openWorld, type World } from '../../testing/harness.ts';
import { edition, publicity } from '../../testing/steps.ts';
import { sendNotice } from '../notices/contract.ts';
import * as contract from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const city = '990100';
const county = '990101';

it('is begun from what the unit above issued, linked to the ledger, and seen from above once issued', () => world.rolledBack(async (country) => {
  const above = country.as(`coordinator of ${city}`);
  const clerk = country.as(`clerk of ${county}`);
  await above.call(contract.draftPlan, { edition, unitCode: city, from: 'outline' });
  expect(await clerk.call(contract.getPlan, { edition, unitCode: county })).toMatchObject({ draft: null, upper: null, mayWrite: true, mayIssue: false });
  expect(await clerk.refusal(contract.draftPlan, { edition, unitCode: county, from: 'upper' })).toMatchObject({ details: { rule: 'no_plan_above' } });
  expect(await above.refusal(contract.issuePlan, { edition, unitCode: city, version: 1 })).toMatchObject({ code: 'not_permitted' });
  await country.as(`head of ${city}`).call(contract.issuePlan, { edition, unitCode: city, version: 1 });
  await clerk.call(contract.draftPlan, { edition, unitCode: county, from: 'upper' });
  expect(await clerk.refusal(contract.draftPlan, { edition, unitCode: county, from: 'outline' })).toMatchObject({ details: { rule: 'plan_there_already' } });
  const { draft, upper } = await clerk.call(contract.getPlan, { edition, unitCode: county });
  expect(upper?.content.tasks).toHaveLength(5);
  expect(draft?.content.tasks[0]).toMatchObject({ from: { unitCode: city, task: 't1' }, state: 'to_do' });
  const content = { title: '望月县服务月实施方案', goals: '服务企业', tasks: [{ id: 'a', title: '走访企业', person: '王某', dueOn: '2023-06-20' }], activities: [{ id: 'x', kind: 'publicity', onDay: '2023-06-15', title: '进园区宣传', place: '园区' }] };
  expect(await clerk.refusal(contract.savePlan, { edition, unitCode: county, version: 1, content: { ...content, activities: [{ id: 'x', kind: 'nothing', onDay: '2023-06-15', title: '进园区宣传' }] } })).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: 'content.activities.0.kind' }] } });
  await clerk.call(contract.savePlan, { edition, unitCode: county, version: 1, content });
  expect(await clerk.refusal(contract.savePlan, { edition, unitCode: county, version: 1, content })).toMatchObject({ code: 'stale_version' });
  expect((await clerk.call(contract.getPlan, { edition, unitCode: county })).behind).toEqual([
    { of: 'activity', id: 'x', title: '进园区宣传', day: '2023-06-15' }, { of: 'task', id: 'a', title: '走访企业', day: '2023-06-20' },
  ]);
  // From above nothing before it is issued.
  expect(await above.call(contract.getPlan, { edition, unitCode: county })).toMatchObject({ draft: null, issued: null, behind: [], mayWrite: false });
  expect((await above.call(contract.readCalendar, { edition, unitCode: city, month: '2023-06' })).items.filter(({ kind }) => kind === 'activity')).toEqual([]);
  const { id: entry } = await clerk.call(recordActivity, { edition, unitCode: county, content: publicity() });
  const neighbour = (await country.as('clerk of 990102').call(recordActivity, { edition, unitCode: '990102', content: publicity() })).id;
  expect(await clerk.refusal(contract.finishActivity, { edition, unitCode: county, version: 2, activity: 'x', entry: neighbour })).toMatchObject({ code: 'not_found' });
  await clerk.call(contract.finishActivity, { edition, unitCode: county, version: 2, activity: 'x', entry });
  expect((await clerk.call(contract.getPlan, { edition, unitCode: county })).behind).toMatchObject([{ of: 'task' }]);
  // A link is kept by the server, whatever the text says; what was held is not struck out.
  await clerk.call(contract.savePlan, { edition, unitCode: county, version: 3, content });
  expect((await clerk.call(contract.getPlan, { edition, unitCode: county })).draft?.content.activities[0]?.entry).toBe(entry);
  expect(await clerk.refusal(contract.savePlan, { edition, unitCode: county, version: 4, content: { ...content, activities: [] } })).toMatchObject({ details: { rule: 'plan_activity_held' } });
  await country.as(`head of ${county}`).call(contract.issuePlan, { edition, unitCode: county, version: 4 });
  expect(await above.call(contract.getPlan, { edition, unitCode: county })).toMatchObject({ draft: null, issued: { version: 5, content: { title: content.title } }, behind: [{ of: 'task' }] });
  await country.as(`coordinator of ${city}`).call(sendNotice, { edition, unitCode: city, title: '开会通知', text: '请派员参加。', onDay: '2023-06-28', unitCodes: [county] });
  const { items } = await above.call(contract.readCalendar, { edition, unitCode: city, month: '2023-06' });
  expect(items).toMatchObject([{ day: '2023-06-15', kind: 'activity', title: '进园区宣传', unitCode: county, done: true }, { day: '2023-06-28', kind: 'notice', title: '开会通知' }]);
  const answer = await clerk.raw(`/api/editions/${edition}/units/${county}/plan/file`);
  expect([answer.status, Buffer.from(await answer.arrayBuffer()).subarray(0, 2).toString()]).toEqual([200, 'PK']);
})());
