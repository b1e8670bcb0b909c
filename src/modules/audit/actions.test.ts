// Reading the audit trail.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { saveAudit } from '../../kernel/audit.ts';
import { monday, openWorld, type World } from '../../testing/harness.ts';
import { edition, publicity } from '../../testing/steps.ts';
import { editActivity, recordActivity } from '../activities/contract.ts';
import { listAuditEvents, listAuditorActs } from './contract.ts';

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

const names = ({ events }: { readonly events: readonly { readonly action: string }[] }): string[] => events.map(({ action }) => action);

it('finds by person, subject, act, days, name, and by what was only taken', () =>
  world.rolledBack(async ({ tx, as }) => {
    const act = (action: string, title: string) => ({ action, unitCode: '990101', subjectKind: 'package', subjectId: 'p', after: { title } });
    const by = (accountName: string, at: string) => ({ accountId: null, accountName, requestId: 'r', at });
    await saveAudit(tx, by('李四', '2023-06-05T23:59:59.999+08:00'), [act('package_made', '宣讲会_一')]);
    await saveAudit(tx, by('李四（代张三）', '2023-06-06T00:00:00.000+08:00'), [act('package_downloaded', '宣讲会二')]);
    await saveAudit(tx, by('王五', '2023-06-07T00:00:00.000+08:00'), [act('package_made', '培训')]);
    const found = async (asked: object): Promise<string[]> => names(await as('clerk of 990101').call(listAuditEvents, { unitCode: '990101', ...asked }));
    expect(await found({ person: '李四' })).toEqual(['package_downloaded', 'package_made']);
    expect(await found({ person: '张三' })).toEqual(['package_downloaded']);
    expect(await found({ reads: 'true' })).toEqual(['package_downloaded']);
    expect(await found({ action: 'package_made' })).toEqual(['package_made', 'package_made']);
    expect(await found({ from: '2023-06-06', to: '2023-06-06' })).toEqual(['package_downloaded']);
    expect(await found({ query: '宣讲会_' })).toEqual(['package_made']);
    expect(await found({ subjectKind: 'activity' })).toEqual([]);
  })());

it('tells an auditor of the units below as well, and nobody else', () =>
  world.rolledBack(async ({ tx, as }) => {
    await acted(tx);
    const asked = { unitCode: '990000', below: 'true' } as const;
    const { events } = await as('auditor of 990000').call(listAuditEvents, asked);
    expect(events.map(({ unitCode }) => unitCode)).toEqual(['990100', '990101', '990101', '990101', '990101', '990101']);
    expect(names(await as('auditor of 000000').call(listAuditEvents, { unitCode: '000000', below: 'true', query: 'even' }))).toEqual(['test.act_4', 'test.act_2']);
    expect((await as('auditor of 980000').refusal(listAuditEvents, asked)).code).toBe('not_permitted');
    for (const person of ['coordinator of 990000', 'head of 990000'] as const) expect((await as(person).refusal(listAuditEvents, asked)).code, person).toBe('not_permitted');
  })());

it('shows the security administrator what auditors did, and nothing else of the trail', () =>
  world.rolledBack(async ({ tx, as }) => {
    await acted(tx);
    const { id } = await tx.selectFrom('account').select('id').where('duty', '=', 'audit').where('id', 'in', tx.selectFrom('roleGrant').select('accountId').where('unitCode', '=', '990000')).executeTakeFirstOrThrow();
    await saveAudit(tx, { accountId: id, accountName: '审计员', requestId: 'r', at: monday }, [{ action: 'exports.make', unitCode: '990101', subjectKind: 'export', subjectId: 'audit' }]);
    const asked = { unitCode: '990000', below: 'true' } as const;
    const watched = as('security_administrator of 990000');
    expect(names(await watched.call(listAuditorActs, asked))).toEqual(['exports.make']);
    expect((await watched.refusal(listAuditEvents, asked)).code).toBe('not_permitted');
    for (const person of ['auditor of 990000', 'system_administrator of 990000', 'head of 990000', 'security_administrator of 980000'] as const) expect((await as(person).refusal(listAuditorActs, asked)).code, person).toBe('not_permitted');
  })());

it('tells what an entry said before and after to whoever reads the ledger, and to the auditor only which fields', () =>
  world.rolledBack(async ({ as }) => {
    const clerk = as('clerk of 990101');
    const { id } = await clerk.call(recordActivity, { edition, unitCode: '990101', content: publicity({ title: '政策宣讲会' }) });
    await clerk.call(editActivity, { id, version: 1, content: publicity({ title: '政策宣讲会', place: '二楼' }), reason: '地点写错，已核对' });
    const asked = { unitCode: '990101', subjectKind: 'activity', subjectId: id };
    const [edited, recorded] = (await clerk.call(listAuditEvents, asked)).events;
    expect(edited?.entry?.after.place).toBe('二楼');
    expect(edited?.entry?.before?.place).toBe(publicity({}).place);
    expect([recorded?.entry?.before, recorded?.entry?.after.title]).toEqual([null, '政策宣讲会']);
    expect(edited?.log).toEqual({ provinceCode: 99, leaf: (recorded?.log?.leaf ?? 0) + 1 });
    const [told] = (await as('auditor of 990000').call(listAuditEvents, asked)).events;
    expect([told?.entry, told?.after]).toEqual([null, expect.objectContaining({ changed: ['place'] })]);
  })());
