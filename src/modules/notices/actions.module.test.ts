// Notices over a real database: sent down, read, brought to mind; receipts tell who read when.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { edition } from '../../testing/steps.ts';
import * as contract from './contract.ts';
import { isToBeReminded, receiversOf } from './rules.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990100';
const notice = { edition, unitCode, title: '关于报送进展情况的通知', text: '请于 6 月 28 日前报送进展情况。', onDay: '2023-06-28' };

it('goes to those named or to all that report directly, is read once by each person, and reminds those that have not', () => world.rolledBack(async (country) => {
  const above = country.as(`coordinator of ${unitCode}`);
  const clerk = country.as('clerk of 990101');
  expect(await above.refusal(contract.sendNotice, { ...notice, unitCodes: ['980101'] })).toMatchObject({ code: 'not_found' });
  expect(await clerk.refusal(contract.sendNotice, { ...notice, unitCode: '990101', unitCodes: [] })).toMatchObject({ code: 'not_permitted' });
  const { id, units } = await above.call(contract.sendNotice, { ...notice, unitCodes: [] });
  expect(units).toBe((await above.call(contract.listNotices, { edition, unitCode })).below.length);
  const { received } = await clerk.call(contract.listNotices, { edition, unitCode: '990101' });
  expect(received).toMatchObject([{ id, title: notice.title, fromUnitCode: unitCode, readAt: null }]);
  await clerk.call(contract.readNotice, { edition, unitCode: '990101', id });
  await clerk.call(contract.readNotice, { edition, unitCode: '990101', id });
  await country.as('head of 990101').call(contract.readNotice, { edition, unitCode: '990101', id });
  const receipts = (await above.call(contract.listNotices, { edition, unitCode })).sent[0]?.receipts ?? [];
  expect(receipts.find((one) => one.unitCode === '990101')?.readers).toHaveLength(2);
  expect(await above.call(contract.remindNotice, { edition, unitCode, id })).toEqual({ reminded: units - 1 });
  expect(await above.call(contract.remindNotice, { edition, unitCode, id })).toEqual({ reminded: 0 });
  const one = await above.call(contract.sendNotice, { ...notice, unitCodes: ['990101'] });
  expect(one.units).toBe(1);
  expect(await country.as('clerk of 990102').refusal(contract.readNotice, { edition, unitCode: '990102', id: one.id })).toMatchObject({ code: 'not_found' });
})());

it('knows its receivers', () => {
  const below = [{ unitCode: 'a', parentCode: 'x' }, { unitCode: 'b', parentCode: 'a' }];
  expect(receiversOf('x', below, [])).toEqual({ units: [below[0]], unknown: null });
  expect(receiversOf('x', below, ['b', 'z'])).toEqual({ units: [below[1]], unknown: 'z' });
  expect(isToBeReminded({ readAt: null, remindedAt: '2023-06-26T08:30:00.000+08:00' }, '2023-06-26T09:00:00.000+08:00')).toBe(false);
});
