// An entry of work is what the work says, through its whole life, and nobody else changes it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { edition, publicity } from '../../testing/steps.ts';
import { actAsMachine } from '../../kernel/transact.ts';
import { getTable } from '../figures/contract.ts';
import { deleteActivities, deleteActivity, editActivity, getActivity, restoreActivity } from './contract.ts';
import { keepEntryOfWork } from './from-work.ts';
import type { EntryContent } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const source = { kind: 'trainings', id: '99-7', part: 'session' };
const now = '2023-06-15T10:00:00.000+08:00';

it('follows its work, is counted, and is not edited by hand', () => world.rolledBack(async (country) => {
  const clerk = country.as(`clerk of ${unitCode}`);
  const keep = (content: EntryContent | null) =>
    actAsMachine(country.ports, now, { name: '系统', grants: [{ role: 'clerk', unitCode }] }, (context) => keepEntryOfWork(context, { edition, unitCode, source, content }));
  const sessions = async (): Promise<number> => (await clerk.call(getTable, { edition, unitCode })).own['publicity.sessions']?.value ?? 0;
  expect(await keep(null)).toBeNull();
  const before = await sessions();
  const id = (await keep(publicity({ title: '示例一' }))) ?? '';
  expect(await keep(publicity({ title: '示例一' }))).toBe(id);
  const first = await clerk.call(getActivity, { id });
  expect(first.activity).toMatchObject({ version: 1, source, may: [], createdByName: '系统' });
  expect(await sessions()).toBe(before + 1);
  await keep(publicity({ title: '示例二' }));
  const refused = { code: 'refused_by_rule', details: { rule: 'entry_of_work', sourceKind: 'trainings', sourceId: '99-7' } };
  expect(await clerk.refusal(editActivity, { id, version: 2, content: publicity({ title: '示例三' }) })).toMatchObject(refused);
  expect(await clerk.refusal(deleteActivity, { id, version: 2 })).toMatchObject(refused);
  expect(await clerk.refusal(restoreActivity, { id, version: 2, toVersion: 1 })).toMatchObject(refused);
  expect(await clerk.refusal(deleteActivities, { edition, unitCode, entries: [{ id, version: 2 }] })).toMatchObject(refused);
  await keep(null);
  expect(await sessions()).toBe(before);
  await keep(publicity({ title: '示例二' }));
  const { versions } = await clerk.call(getActivity, { id });
  expect(versions.map(({ change }) => change)).toEqual(['restored', 'deleted', 'edited', 'recorded']);
  expect(await sessions()).toBe(before + 1);
})());
