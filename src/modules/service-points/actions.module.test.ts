// A service point through its life over a real database; people in it stay inside the unit, the named point is for everybody.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { edition } from '../../testing/steps.ts';
import { listAuditEvents } from '../audit/contract.ts';
import * as contract from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitCode = '990101';
const content = { kind: 'service_station', name: '望月科技园商业秘密保护服务站', body: '望月科技园', address: '望月县示例路1号', position: { latitude: 30.25, longitude: 120.17 }, telephone: '0000-0000000', coverage: '园区 120 家企业' } as const;
const onDay = '2023-06-20';

it('is proposed, inspected, named by another, found by everybody, and kept', () => world.rolledBack(async (country) => {
  const clerk = country.as(`clerk of ${unitCode}`);
  const head = country.as(`head of ${unitCode}`);
  const { id } = await clerk.call(contract.addServicePoint, { edition, unitCode, content });
  const step = (act: 'apply' | 'pass_inspection' | 'fail_review' | 'pass_review', version: number, note = '') => clerk.call(contract.actOnServicePoint, { edition, id, version, act, onDay, note });
  await step('apply', 1);
  expect(await clerk.refusal(contract.actOnServicePoint, { edition, id, version: 2, act: 'pass_inspection', onDay: '2023-07-20' })).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: 'onDay', rule: 'date_in_future' }] } });
  await step('pass_inspection', 2);
  expect((await country.anyone().call(contract.findServicePoints, { query: '望月' })).total).toBe(0);
  expect(await clerk.refusal(contract.nameServicePoint, { edition, id, version: 3, act: 'name', onDay })).toMatchObject({ code: 'not_permitted' });
  expect(await head.call(contract.nameServicePoint, { edition, id, version: 3, act: 'name', onDay })).toMatchObject({ state: 'named', reviewDueOn: '2024-06-20', may: ['revoke'] });
  for (const where of [unitCode, '990100', '990000', '000000']) {
    const { points } = await country.anyone().call(contract.findServicePoints, { unitCode: where, kind: 'service_station' });
    expect(points).toMatchObject([{ id, name: content.name, position: content.position, unitName: '望月县市场监督管理局' }]);
  }
  expect((await country.anyone().call(contract.findServicePoints, { unitCode: '990102' })).total).toBe(0);
  await clerk.call(contract.logService, { edition, id, occurredOn: onDay, topic: 'system', what: '帮助两家企业修改保密制度' });
  const { services, steps } = await clerk.call(contract.getServicePoint, { edition, id });
  expect(steps.map(({ act }) => act)).toEqual(['name', 'pass_inspection', 'apply', 'propose']);
  await clerk.call(contract.binService, { edition, id, service: services[0]?.id ?? '', binned: true });
  const counted = async (who: 'coordinator of 990100' | 'coordinator of 990000', of: string) => (await country.as(who).call(contract.countServicePoints, { edition, unitCode: of })).counts;
  expect(await counted('coordinator of 990100', '990100')).toEqual([{ kind: 'service_station', named: 1, onTheWay: 0, services: 0 }]);
  await clerk.call(contract.binService, { edition, id, service: services[0]?.id ?? '', binned: false });
  expect(await counted('coordinator of 990000', '990000')).toEqual([{ kind: 'service_station', named: 1, onTheWay: 0, services: 1 }]);
  await clerk.call(contract.editServicePoint, { edition, id, version: 4, content: { ...content, hours: '工作日 9:00 至 17:00' } });
  expect(await country.as('coordinator of 990100').call(contract.nameServicePoint, { edition, id, version: 5, act: 'revoke', onDay, note: '园区停办' })).toMatchObject({ state: 'revoked' });
  expect((await country.anyone().call(contract.findServicePoints, {})).total).toBe(0);
  expect(await clerk.refusal(contract.logService, { edition, id, occurredOn: onDay, topic: 'law', what: '咨询' })).toMatchObject({ details: { rule: 'point_wrong_state' } });
  expect(await head.call(contract.nameServicePoint, { edition, id, version: 6, act: 'restore', onDay })).toMatchObject({ state: 'named' });
  expect(await country.as('clerk of 990102').refusal(contract.getServicePoint, { edition, id })).toMatchObject({ code: 'not_found' });
  expect(await country.as('head of 990100').refusal(contract.getServicePoint, { edition, id })).toMatchObject({ code: 'not_permitted' });
  await step('fail_review', 7, '长期无人值守');
  expect(await clerk.call(contract.getServicePoint, { edition, id })).toMatchObject({ point: { state: 'nurturing', namedOn: null } });
})());

it('keeps its liaison officers wrapped, for the unit only, with a record of each look, and erases them', () => world.rolledBack(async (country) => {
  const clerk = country.as(`clerk of ${unitCode}`);
  const { id } = await clerk.call(contract.addServicePoint, { edition, unitCode, content });
  const person = { name: '孙某某', post: '园区服务专员', telephone: '00012345678' };
  await clerk.call(contract.saveLiaison, { edition, id, liaison: null, version: null, side: 'point', person, toldOn: onDay, since: onDay });
  const { liaisons } = await clerk.call(contract.readLiaisons, { edition, id });
  expect(liaisons).toMatchObject([{ side: 'point', person, version: 1 }]);
  const rows = await country.tx.selectFrom('liaisonOfficer').select('sealed').execute();
  expect(JSON.stringify(rows)).not.toContain('孙某某');
  const liaison = liaisons[0]?.id ?? '';
  expect(await country.as('coordinator of 990100').refusal(contract.readLiaisons, { edition, id })).toMatchObject({ code: 'not_permitted' });
  expect(await country.as('clerk of 990102').refusal(contract.readLiaisons, { edition, id })).toMatchObject({ code: 'not_found' });
  expect(await clerk.refusal(contract.saveLiaison, { edition, id, liaison, version: 2, side: 'point', person, toldOn: onDay, since: onDay })).toMatchObject({ code: 'stale_version' });
  await clerk.call(contract.endLiaison, { edition, id, liaison, version: 1 });
  expect((await clerk.call(contract.getServicePoint, { edition, id })).liaisons).toBe(0);
  expect(await clerk.refusal(contract.endLiaison, { edition, id, liaison, version: 2 })).toMatchObject({ code: 'wrong_state' });
  const { events } = await clerk.call(listAuditEvents, { unitCode, subjectKind: 'service_point', subjectId: id });
  expect(events.map(({ action }) => action)).toEqual(['service_points.end_liaison', 'service_points.read_liaisons', 'service_points.name_liaison', 'service_points.add']);
  expect(JSON.stringify(events)).not.toMatch(/孙某某|00012345678/);
})());
