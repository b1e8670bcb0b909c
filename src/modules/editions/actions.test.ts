// Editions in use: deadlines cascade down the line, a province's own rows count at once and stay inside the province.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, publicity, syntheticUscc, training, writeNotes } from '../../testing/steps.ts';
import { deleteActivity, editActivity, recordActivity } from '../activities/contract.ts';
import { listAuditEvents } from '../audit/contract.ts';
import { ensureEnterprises } from '../enterprises/queries.ts';
import { addAdjustment, getCell, getMatrix, getTable, withdrawAdjustment } from '../figures/contract.ts';
import { getReturn, getReturnVersion, takeReturnAct, writeFindingNote } from '../returns/contract.ts';
import { listTasks, remindUnits } from '../tasks/contract.ts';
import { setReportingLine } from '../units/contract.ts';
import { addExtensionRow, closeEdition, getEdition, listEditions, openEditionAgain, removeExtensionRow, setInternalDeadline, suggestInternalDeadline } from './contract.ts';
import type { ExtensionIndicator } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Opens the world lazily: `world` is set in beforeAll, after the tests are declared. */
function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}

const province = { edition, unitCode: '990000' };
const city = { edition, unitCode: '990100' };
const reason = '留出汇总时间';

describe('editions', () => {
  it('are listed for everybody signed in, and seen in full by whoever has a role at the unit', rolledBack(async (country) => {
    expect((await country.as('clerk of 990101').call(listEditions, {})).editions).toEqual([
      { code: '2023', ordinal: world.edition.ordinal.zh, theme: '商业秘密保护进企业', official: true, closed: false, deadline: '2023-07-07T17:00:00.000+08:00' },
    ]);
    const seen = await country.as('clerk of 990101').call(getEdition, { edition, unitCode: '990101' });
    expect(seen).toMatchObject({ extensions: [], closed: false, deadlines: { due: '2023-07-07T17:00:00.000+08:00', setByUnitCode: null, forBelow: null } });
    expect(seen.definition.indicators).toHaveLength(17);
    expect((await country.as('clerk of 990101').refusal(getEdition, { edition, unitCode: '990102' })).code).toBe('not_permitted');
    expect((await country.as('clerk of 990101').refusal(getEdition, { edition: '1999', unitCode: '990101' })).code).toBe('not_found');
  }));
});

describe('internal deadlines', () => {
  it('cascade: the earliest on the line binds, and says who set it', rolledBack(async (country) => {
    const dueFor = async (person: Parameters<typeof country.as>[0], unitCode: string) => (await country.as(person).call(getEdition, { edition, unitCode })).deadlines;
    await country.as('coordinator of 990000').call(setInternalDeadline, { ...province, dueAt: '2023-07-05T17:00:00+08:00', reason });
    await country.as('coordinator of 990100').call(setInternalDeadline, { ...city, dueAt: '2023-07-04T12:00:00+08:00', reason });
    expect(await dueFor('clerk of 990101', '990101')).toMatchObject({ due: '2023-07-04T12:00:00.000+08:00', setByUnitCode: '990100', setByUnitName: '东湖市市场监督管理局' });
    expect(await dueFor('coordinator of 990100', '990100')).toMatchObject({ due: '2023-07-05T17:00:00.000+08:00', setByUnitCode: '990000', forBelow: '2023-07-04T12:00:00.000+08:00' });
    expect(await dueFor('clerk of 990201', '990201')).toMatchObject({ due: '2023-07-05T17:00:00.000+08:00', setByUnitCode: '990000' });
    expect(await dueFor('coordinator of 990000', '990000')).toMatchObject({ due: '2023-07-07T17:00:00.000+08:00', setByUnitCode: null });
    await country.as('coordinator of 990000').call(setInternalDeadline, { ...province, dueAt: '2023-07-03T17:00:00+08:00', reason });
    expect(await dueFor('clerk of 990101', '990101')).toMatchObject({ due: '2023-07-03T17:00:00.000+08:00', setByUnitCode: '990000' });
    await country.as('coordinator of 990000').call(setInternalDeadline, { ...province, dueAt: null, reason });
    expect(await dueFor('clerk of 990201', '990201')).toMatchObject({ due: '2023-07-07T17:00:00.000+08:00', setByUnitCode: null });
  }));

  it('are refused after the unit\'s own, in the past, to those who have nobody below, and to whom they are no business of', rolledBack(async (country) => {
    const set = async (person: Parameters<typeof country.as>[0], unitCode: string, dueAt: string) => country.as(person).refusal(setInternalDeadline, { edition, unitCode, dueAt, reason });
    expect(await set('coordinator of 990100', '990100', '2023-07-07T17:00:00.001+08:00')).toMatchObject({ code: 'refused_by_rule', details: { rule: 'deadline_after_own' } });
    expect(await set('coordinator of 990100', '990100', '2023-06-01T17:00:00+08:00')).toMatchObject({ details: { rule: 'deadline_in_past' } });
    expect(await set('coordinator of 990101', '990101', '2023-07-01T17:00:00+08:00')).toMatchObject({ details: { rule: 'no_units_below' } });
    expect((await set('clerk of 990100', '990100', '2023-07-01T17:00:00+08:00')).code).toBe('not_permitted');
    expect((await set('coordinator of 990000', '990100', '2023-07-01T17:00:00+08:00')).code).toBe('not_permitted');
  }));

  it('make a submission late, although the edition\'s deadline has not come', rolledBack(async (country) => {
    await country.as('coordinator of 990100').call(setInternalDeadline, { ...city, dueAt: '2023-07-04T17:00:00+08:00', reason });
    await fillLedger(country, '990101');
    await fillLedger(country, '990102');
    country.clock.set('2023-07-04T16:59:59.999+08:00');
    expect((await bringUp(country, '990101')).late).toBe(false);
    country.clock.set('2023-07-04T17:00:00.000+08:00');
    expect((await bringUp(country, '990102')).late).toBe(true);
  }));

  it('are suggested by working days, before the unit\'s own whatever that is', rolledBack(async (country) => {
    const suggestionFor = async (person: Parameters<typeof country.as>[0], unitCode: string) => country.as(person).call(suggestInternalDeadline, { edition, unitCode });
    expect(await suggestionFor('national_office of 000000', '000000')).toEqual({ dueAt: '2023-07-06T17:00:00.000+08:00', workingDaysBefore: 1, provisional: false });
    expect(await suggestionFor('coordinator of 990000', '990000')).toEqual({ dueAt: '2023-07-04T17:00:00.000+08:00', workingDaysBefore: 3, provisional: false });
    expect(await suggestionFor('coordinator of 990100', '990100')).toMatchObject({ dueAt: '2023-06-30T17:00:00.000+08:00', workingDaysBefore: 5 });
    await country.as('coordinator of 990000').call(setInternalDeadline, { ...province, dueAt: '2023-06-28T17:00:00+08:00', reason });
    // Two working days before Wednesday 28 June.
    expect(await suggestionFor('coordinator of 990100', '990100')).toMatchObject({ dueAt: '2023-06-26T17:00:00.000+08:00', workingDaysBefore: 2 });
  }));
});

const stations: ExtensionIndicator = {
  code: 'x.offline', row: 11, label: '线下培训', englishLabel: 'Training on site', unit: 'SESSION', unitWord: '场次', counting: { kinds: ['training'], measure: 'entries', where: { mode: ['offline'] } },
};
const guests: ExtensionIndicator = { code: 'x.guests', row: 12, label: '参训企业', englishLabel: 'Enterprises trained', unit: 'ENTERPRISE', unitWord: '家', counting: { kinds: ['training', 'publicity'], measure: 'enterprises' } };

describe('a province\'s own row', () => {
  it('counts what is there at once, and what comes and goes afterwards', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const ledger = { edition, unitCode: '990101' };
    await clerk.call(recordActivity, { ...ledger, content: training() });
    await clerk.call(recordActivity, { ...ledger, content: publicity() });
    await country.as('coordinator of 990000').call(addExtensionRow, { ...province, definition: stations });
    await country.as('coordinator of 990000').call(addExtensionRow, { ...province, definition: guests });
    const valueOf = async (code: string) => (await clerk.call(getTable, ledger)).own[code]?.value;
    expect([await valueOf('x.offline'), await valueOf('x.guests'), await valueOf('training.sessions')]).toEqual([1, 3, 1]);
    const { id, version } = await clerk.call(recordActivity, { ...ledger, content: training({ title: '第二场培训' }) });
    expect([await valueOf('x.offline'), await valueOf('x.guests')]).toEqual([2, 3]);
    await clerk.call(deleteActivity, { id, version });
    expect(await valueOf('x.offline')).toBe(1);
    expect(await clerk.call(getCell, { ...ledger, indicator: 'x.offline' })).toMatchObject({ basis: 'live', recordsSum: 1, recordsTotal: 1 });
    const matrix = await country.as('coordinator of 990000').call(getMatrix, province);
    expect(matrix.rows.find(({ unit }) => unit.code === '990100')?.live).toMatchObject({ 'x.offline': 1, 'x.guests': 3 });
    expect(matrix.distinct).toMatchObject({ 'x.guests': 3 });
  }));

  it('never travels above the province: not live, not in the matrix, not in what is sealed', rolledBack(async (country) => {
    await country.as('coordinator of 990000').call(addExtensionRow, { ...province, definition: stations });
    await fillLedger(country, '990000');
    await bringUp(country, '990000');
    const nation = country.as('national_office of 000000');
    const seen = [
      await nation.call(getEdition, { edition, unitCode: '990000' }),
      await nation.call(getReturn, province),
      await nation.call(getReturnVersion, { ...province, number: 1 }),
      await nation.call(getMatrix, { edition, unitCode: '000000' }),
      await nation.call(getTable, { edition, unitCode: '000000' }),
      await nation.call(getTable, province),
      await nation.call(getMatrix, province),
    ];
    for (const [index, answer] of seen.entries()) expect(JSON.stringify(answer), `answer ${index}`).not.toContain('x.offline');
    await act(country, 'national_office of 000000', '990000', { act: 'accept' });
    await writeNotes(country, '000000');
    const upper = await bringUp(country, '000000');
    expect(JSON.stringify(upper)).not.toContain('x.offline');
    const inside = await country.as('coordinator of 990000').call(getReturnVersion, { ...province, number: 1 });
    expect(inside.extension?.total).toEqual({ 'x.offline': 1 });
    expect(inside.content.extensionSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(inside.content)).not.toContain('x.offline');
  }));

  it('is not for another province to see, nor for a cell of the nation to open', rolledBack(async (country) => {
    await country.as('coordinator of 990000').call(addExtensionRow, { ...province, definition: stations });
    expect((await country.as('clerk of 980101').call(getEdition, { edition, unitCode: '980101' })).extensions).toEqual([]);
    expect((await country.as('national_office of 000000').refusal(getCell, { edition, unitCode: '000000', indicator: 'x.offline' })).code).toBe('not_found');
    expect((await country.as('national_office of 000000').refusal(getCell, { ...province, indicator: 'x.offline' })).code).toBe('not_found');
    expect((await country.as('coordinator of 980000').refusal(addAdjustment, { edition, unitCode: '980000', indicator: 'x.offline', delta: 1, reason: '乡镇自办，签到表遗失' })).code).toBe('not_found');
  }));

  it('is refused to a city and in rows of the nation, and goes out again while the entries stay', rolledBack(async (country) => {
    expect(await country.as('coordinator of 990100').refusal(addExtensionRow, { ...city, definition: stations })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'only_a_province_extends' } });
    const owner = country.as('coordinator of 990000');
    expect(await owner.refusal(addExtensionRow, { ...province, definition: { ...stations, row: 3 } })).toMatchObject({ code: 'invalid_input' });
    await country.as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: training() });
    await owner.call(addExtensionRow, { ...province, definition: stations });
    expect((await owner.refusal(addExtensionRow, { ...province, definition: stations })).code).toBe('duplicate');
    await owner.call(removeExtensionRow, { ...province, code: 'x.offline' });
    const table = await country.as('clerk of 990101').call(getTable, { edition, unitCode: '990101' });
    expect(table.own['x.offline']).toBeUndefined();
    expect(table).toMatchObject({ entries: 1, own: { 'training.sessions': { value: 1 } } });
    await owner.call(addExtensionRow, { ...province, definition: stations });
    expect((await country.as('clerk of 990101').call(getTable, { edition, unitCode: '990101' })).own['x.offline']?.value).toBe(1);
  }));
});

const nation = { edition, unitCode: '000000' };
const office = 'national_office of 000000';
const over = '全国统计表已盖章，本届结束';

/** A ledger here and there, and the nation's table sealed over it. */
async function sealNation(country: Country): Promise<void> {
  await fillLedger(country, '990101');
  await fillLedger(country, '000000');
  await bringUp(country, '000000');
}

describe('closing an edition', () => {
  it('waits for the nation\'s seal, and is the national office\'s alone', rolledBack(async (country) => {
    expect(await country.as(office).refusal(closeEdition, { ...nation, reason: over })).toMatchObject({ code: 'refused_by_rule', details: { rule: 'nation_not_sealed', state: 'draft' } });
    await sealNation(country);
    for (const person of ['system_administrator of 000000', 'head of 000000', 'coordinator of 990000'] as const) {
      expect((await country.as(person).refusal(closeEdition, { ...nation, reason: over })).code).toBe('not_permitted');
    }
    expect((await country.as('coordinator of 990000').refusal(closeEdition, { ...province, reason: over })).code).toBe('not_permitted');
    expect((await country.as('national_office of 990000').refusal(closeEdition, { ...province, reason: over })).code).toBe('not_permitted');
    expect((await country.as(office).refusal(openEditionAgain, { ...nation, reason: over })).details).toMatchObject({ rule: 'edition_open' });
    const { closedAt } = await country.as(office).call(closeEdition, { ...nation, reason: over });
    expect(closedAt).toBe(country.clock.now());
    expect((await country.as(office).refusal(closeEdition, { ...nation, reason: over })).details).toMatchObject({ rule: 'edition_closed' });
    expect(await country.as('clerk of 990101').call(getEdition, { edition, unitCode: '990101' })).toMatchObject({ closed: true, closedAt });
    const { events } = await country.as(office).call(listAuditEvents, { unitCode: '000000', limit: 1 });
    expect(events[0]).toMatchObject({ action: 'editions.close', subjectKind: 'edition', subjectId: edition, before: { closedAt: null }, after: { closedAt }, basis: over });
  }));

  it('refuses every write afterwards, while everything can be read as it was', rolledBack(async (country) => {
    const county = { edition, unitCode: '990101' };
    const clerk = country.as('clerk of 990101');
    const owner = country.as('coordinator of 990000');
    await sealNation(country);
    const { id, version } = await clerk.call(recordActivity, { ...county, content: training() });
    const adjustment = await clerk.call(addAdjustment, { ...county, indicator: 'training.sessions', delta: 2, reason: '乡镇自办，签到表遗失' });
    await owner.call(addExtensionRow, { ...province, definition: stations });
    const read = async () => [
      await clerk.call(getTable, county), await country.as(office).call(getTable, nation), await country.as(office).call(getReturnVersion, { ...nation, number: 1 }),
      await country.tx.selectFrom('placement').selectAll().where('editionCode', '=', edition).orderBy('unitCode').execute(),
    ];
    const before = await read();
    await country.as(office).call(closeEdition, { ...nation, reason: over });
    const { version: returnVersion } = await clerk.call(getReturn, county);
    const refusals = [
      await clerk.refusal(recordActivity, { ...county, content: training() }),
      await clerk.refusal(editActivity, { id, version, content: training({ title: '改过的培训' }) }),
      await clerk.refusal(deleteActivity, { id, version }),
      await clerk.refusal(addAdjustment, { ...county, indicator: 'training.sessions', delta: 2, reason: '乡镇自办，签到表遗失' }),
      await clerk.refusal(withdrawAdjustment, { id: adjustment.id, reason: '刚刚计入，随即撤销' }),
      await clerk.refusal(takeReturnAct, { ...county, version: returnVersion, command: { act: 'self_check' } }),
      await clerk.refusal(writeFindingNote, { ...county, check: 'visit.none', note: '情况属实，已与经办人核对过。' }),
      await country.as(office).refusal(takeReturnAct, { ...nation, version: 4, command: { act: 'reopen', reason: '有一个省要更正数字' } }),
      await owner.refusal(setInternalDeadline, { ...province, dueAt: '2023-07-05T17:00:00+08:00', reason }),
      await owner.refusal(setInternalDeadline, { ...province, dueAt: null, reason }),
      await owner.refusal(addExtensionRow, { ...province, definition: guests }),
      await owner.refusal(removeExtensionRow, { ...province, code: 'x.offline' }),
      await owner.refusal(remindUnits, { ...province, unitCodes: ['990100'], text: '请于七月四日前报送统计表。' }),
    ];
    for (const [index, refusal] of refusals.entries()) expect(refusal, `refusal ${index}`).toMatchObject({ code: 'refused_by_rule', details: { rule: 'edition_closed' } });
    expect(await read()).toEqual(before);
    expect(await clerk.call(getReturn, county)).toMatchObject({ may: [], mayNot: [], mayWriteNotes: false });
    expect((await clerk.call(listTasks, county)).tasks.map(({ code }) => code)).toEqual(['all_done']);
    // The tree goes on; the closed edition keeps the one it had.
    await owner.call(setReportingLine, { unitCode: '990201', parentCode: '990100', validFrom: '2023-01-01', reason: '补登的调整' });
    expect(await read()).toEqual(before);
  }));

  it('is taken back with a reason: writing goes on, on the tree as it stands by now', rolledBack(async (country) => {
    await sealNation(country);
    await country.as(office).call(closeEdition, { ...nation, reason: over });
    await country.as('coordinator of 990000').call(setReportingLine, { unitCode: '990201', parentCode: '990100', validFrom: '2023-01-01', reason: '补登的调整' });
    expect((await country.as('system_administrator of 000000').refusal(openEditionAgain, { ...nation, reason: '有一个省要更正数字' })).code).toBe('not_permitted');
    expect(await country.as(office).call(openEditionAgain, { ...nation, reason: '有一个省要更正数字' })).toEqual({ closedAt: null });
    await fillLedger(country, '990201');
    const { rows } = await country.as('coordinator of 990100').call(getMatrix, city);
    expect(rows.find(({ unit }) => unit.code === '990201')?.live).toMatchObject({ 'publicity.sessions': 1 });
    await act(country, office, '000000', { act: 'reopen', reason: '有一个省要更正数字' });
    expect((await country.as(office).refusal(closeEdition, { ...nation, reason: over })).details).toMatchObject({ rule: 'nation_not_sealed', state: 'reopened' });
    const { events } = await country.as(office).call(listAuditEvents, { unitCode: '000000', subjectKind: 'edition', limit: 1 });
    expect(events[0]).toMatchObject({ action: 'editions.open_again', after: { closedAt: null }, basis: '有一个省要更正数字' });
  }));
});

/** Until so many of the database's sessions wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await world.committed.database.read((tx) => sql<{ waiting: number }>`
      select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(tx));
    if ((rows[0]?.waiting ?? 0) >= count) return;
  }
}

// Last in this file: what is done here stays.
describe('a row added while entries are being recorded', () => {
  it('misses none that was counted by the old rows', async () => {
    const { as, database } = world.committed;
    const ledger = { edition, unitCode: '980101' };
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    // Somebody else is registering the same new enterprise: the entry waits after its edition was read.
    let registered = (): void => undefined;
    const registering = new Promise<void>((resolve) => {
      registered = resolve;
    });
    const blocker = database.write(async (tx) => {
      await ensureEnterprises(tx, [{ uscc: syntheticUscc(1), name: '测试企业1' }], { accountId: 'x', now: '2023-06-26T09:00:00.000+08:00' });
      registered();
      await held;
    });
    await registering;
    const recording = as('clerk of 980101').call(recordActivity, { ...ledger, content: training() });
    await untilWaiting(1);
    const adding = as('coordinator of 980000').call(addExtensionRow, { edition, unitCode: '980000', definition: stations });
    await Promise.race([adding, untilWaiting(2)]);
    letGo();
    await Promise.all([blocker, recording, adding]);
    const { own } = await as('clerk of 980101').call(getTable, ledger);
    expect(own).toMatchObject({ 'training.sessions': { value: 1 }, 'x.offline': { value: 1 } });
  });
});
