// Returns over the real API: the whole way up, back, late, corrected, explained, and as it stood.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, publicity, upperOf, visit, writeNotes } from '../../testing/steps.ts';
import { recordActivity } from '../activities/contract.ts';
import { getCell, getMatrix, getTable } from '../figures/contract.ts';
import { firstChainFault } from '../seals/rules.ts';
import { listSeals } from '../seals/queries.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { getDifference, getReturn, getReturnAsOf, getReturnChanges, getReturnVersion, takeReturnAct } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const county = '990101';

describe('a return', () => {
  it('goes from the ledger of a county to the total of the nation, and every number is the sum of what lies below', rolledBack(async (country) => {
    const counties = ['990101', '990102', '990201', '990071'];
    for (const unitCode of counties) {
      await fillLedger(country, unitCode);
      await bringUp(country, unitCode);
      await act(country, upperOf(unitCode), unitCode, { act: 'accept' });
    }
    for (const unitCode of ['990100', '990200', '990000']) {
      if (unitCode === '990000') await fillLedger(country, unitCode);
      await bringUp(country, unitCode);
      await act(country, upperOf(unitCode), unitCode, { act: 'accept' });
    }
    const sealed = await bringUp(country, '000000');
    expect(sealed.state).toBe('sealed');
    // Five ledgers with one publicity event of two enterprises and thirty people each.
    expect(sealed.frozen?.total).toMatchObject({ 'publicity.sessions': 5, 'publicity.enterprises': 10, 'publicity.attendances': 150, 'visit.enterprises': 5 });
    expect(sealed.frozen?.missing.map(({ unitCode }) => unitCode)).toEqual(['980000']);
    const province = await country.as('national_office of 000000').call(getReturnVersion, { edition, unitCode: '990000', number: 1 });
    expect(sealed.frozen?.children).toMatchObject([{ unitCode: '990000', sha256: province.sha256, total: province.content.total }]);
    expect(firstChainFault((await listSeals(country.tx)).map(({ receiptCode: _receipt, ...entry }) => entry), sha256Of)).toBeNull();
    const table = await country.as('national_office of 000000').call(getTable, { edition, unitCode: '000000' });
    expect(table.distinct).toMatchObject({ 'publicity.enterprises': 2, 'visit.enterprises': 1 });
  }));

  it('is not sent while a hard finding stands, nor while a soft one has no note', rolledBack(async (country) => {
    const clerk = country.as(`clerk of ${county}`);
    await clerk.call(recordActivity, { edition, unitCode: county, content: publicity({ values: { mode: 'offline', attendances: 0, materials: 0 } }) });
    const refused = await clerk.refusal(takeReturnAct, { edition, unitCode: county, version: 0, command: { act: 'send_for_review' } });
    expect(refused).toMatchObject({ code: 'hard_findings', details: { checks: ['publicity.session_without_attendance'] } });
    await clerk.call(recordActivity, { edition, unitCode: county, content: publicity({ title: '第二场' }) });
    expect((await clerk.refusal(takeReturnAct, { edition, unitCode: county, version: 0, command: { act: 'send_for_review' } })).code).toBe('notes_missing');
    await writeNotes(country, county);
    expect((await act(country, `clerk of ${county}`, county, { act: 'send_for_review' })).state).toBe('in_review');
  }));

  it('says why each closed act is closed and who can do it', rolledBack(async (country) => {
    await fillLedger(country, county);
    await act(country, `clerk of ${county}`, county, { act: 'send_for_review' });
    const asClerk = await country.as(`clerk of ${county}`).call(getReturn, { edition, unitCode: county });
    expect(asClerk.may).toEqual(['withdraw']);
    expect(asClerk.mayNot).toContainEqual({ act: 'approve', rule: 'not_permitted', roles: ['reviewer'] });
    const asReviewer = await country.as(`reviewer of ${county}`).call(getReturn, { edition, unitCode: county });
    expect(asReviewer.may).toEqual(expect.arrayContaining(['approve', 'return_for_correction']));
  }));

  it('tells the second of two at once who was first', rolledBack(async (country) => {
    await fillLedger(country, county);
    const view = await act(country, `clerk of ${county}`, county, { act: 'send_for_review' });
    await country.as(`reviewer of ${county}`).call(takeReturnAct, { edition, unitCode: county, version: view.version, command: { act: 'approve' } });
    const loser = await country.as(`head of ${county}`).refusal(takeReturnAct, {
      edition, unitCode: county, version: view.version, command: { act: 'return_for_correction', reasons: [{ indicator: null, text: '请再核对' }] },
    });
    expect(loser).toMatchObject({ code: 'stale_version', details: { by: `reviewer of ${county}`, state: 'approved' } });
  }));

  it('is exact to the millisecond about the deadline', rolledBack(async (country) => {
    for (const [at, late] of [['2023-07-07T16:59:59.999+08:00', false], ['2023-07-07T17:00:00.000+08:00', true]] as const) {
      const unitCode = late ? '990102' : '990101';
      country.clock.set('2023-07-01T09:00:00.000+08:00');
      await fillLedger(country, unitCode);
      await writeNotes(country, unitCode);
      for (const [person, command] of [['clerk', 'send_for_review'], ['reviewer', 'approve'], ['head', 'sign'], ['head', 'seal']] as const) {
        await act(country, `${person} of ${unitCode}`, unitCode, { act: command });
      }
      country.clock.set(at);
      const submitted = await act(country, `head of ${unitCode}`, unitCode, { act: 'submit' });
      expect(submitted.late).toBe(late);
      expect(submitted.acts.at(-1)).toMatchObject({ act: 'submit', at, late, receiptCode: expect.stringMatching(/^2023-99010\d-1-[0-9A-F]{4}-[0-9A-F]{4}$/) });
    }
  }));

  it('does nothing twice when a command is repeated with its key', rolledBack(async (country) => {
    await fillLedger(country, county);
    const clerk = country.as(`clerk of ${county}`);
    const input = { edition, unitCode: county, version: 0, command: { act: 'send_for_review' } } as const;
    const first = await clerk.call(takeReturnAct, input, { requestKey: 'key-of-this-command' });
    expect(await clerk.call(takeReturnAct, input, { requestKey: 'key-of-this-command' })).toEqual(first);
    expect((await clerk.call(getReturn, { edition, unitCode: county })).acts).toHaveLength(1);
    expect((await clerk.refusal(takeReturnAct, { ...input, version: 1 }, { requestKey: 'key-of-this-command' })).code).toBe('request_key_reused');
  }));
});

describe('after submission', () => {
  it('the nation, with nobody above it, opens its own sealed table again and seals the correction', rolledBack(async (country) => {
    await fillLedger(country, '000000');
    await bringUp(country, '000000');
    const office = country.as('national_office of 000000');
    await office.call(recordActivity, { edition, unitCode: '000000', content: visit(9) });
    expect((await country.as('head of 000000').call(getReturn, { edition, unitCode: '000000' })).mayNot).toContainEqual({ act: 'reopen', rule: 'not_permitted', roles: ['national_office'] });
    await act(country, 'national_office of 000000', '000000', { act: 'reopen', reason: '核对后发现漏报一次走访' });
    const again = await bringUp(country, '000000');
    expect(again).toMatchObject({ state: 'sealed', frozen: { number: 2, total: { 'visit.enterprises': 2 }, correction: { of: 1, reason: '核对后发现漏报一次走访', delta: { 'visit.enterprises': { from: 1, to: 2 } } } } });
    expect((await office.call(getReturnChanges, { edition, unitCode: '000000' }))).toMatchObject({ sinceVersion: 1, changes: [{ indicator: 'visit.enterprises', from: 1, to: 2 }] });
    expect((await office.call(getReturnAsOf, { edition, unitCode: '000000', at: country.clock.now() })).own).toMatchObject({ version: 2, total: { 'visit.enterprises': 2 } });
    expect((await country.as('head of 000000').call(getReturnVersion, { edition, unitCode: '000000', number: 1 })).content.total['visit.enterprises']).toBe(1);
  }));

  it('the upper unit returns with reasons per row and never edits; the way back leads through review again', rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    const reasons = [{ indicator: 'visit.enterprises', text: '请核对走访企业数' }];
    const returned = await act(country, 'coordinator of 990100', county, { act: 'return_by_upper', reasons });
    expect(returned).toMatchObject({ state: 'returned_by_upper', acts: expect.arrayContaining([expect.objectContaining({ act: 'return_by_upper', actingUnitCode: '990100', reasons })]) });
    expect((await country.as('coordinator of 990100').refusal(recordActivity, { edition, unitCode: county, content: visit(9) })).code).toBe('not_permitted');
    await country.as(`clerk of ${county}`).call(recordActivity, { edition, unitCode: county, content: visit(9) });
    const changes = await country.as(`clerk of ${county}`).call(getReturnChanges, { edition, unitCode: county });
    expect(changes).toMatchObject({ sinceVersion: 1, changes: [{ indicator: 'visit.enterprises', from: 1, to: 2, own: 1, children: 0, causes: [{ title: '走访测试企业9' }] }], unchanged: 16 });
    expect(await bringUp(country, county)).toMatchObject({ state: 'submitted', submittedVersion: 2 });
  }));

  it('a correction is a signed delta; the old version stays, the parent is told, and the difference is explained to nothing left over', rolledBack(async (country) => {
    for (const unitCode of [county, '990102']) {
      await fillLedger(country, unitCode);
      await bringUp(country, unitCode);
    }
    await act(country, 'coordinator of 990100', county, { act: 'accept' });
    const parent = await bringUp(country, '990100');
    expect(parent.frozen).toMatchObject({ children: [{ unitCode: county }], missing: [{ unitCode: '990102', state: 'submitted' }] });
    country.clock.set('2023-06-27T09:00:00.000+08:00');
    const reason = '漏报一家走访企业，现予更正。';
    await act(country, `clerk of ${county}`, county, { act: 'request_correction', reason });
    await act(country, 'coordinator of 990100', county, { act: 'reopen', reason: '同意更正，请尽快重新报送。' });
    await country.as(`clerk of ${county}`).call(recordActivity, { edition, unitCode: county, content: visit(9) });
    const corrected = await bringUp(country, county);
    expect(corrected.frozen?.correction).toMatchObject({ of: 1, delta: { 'visit.enterprises': { from: 1, to: 2 } } });
    const before = await country.as('coordinator of 990100').call(getReturnVersion, { edition, unitCode: county, number: 1 });
    expect(before.content.total['visit.enterprises']).toBe(1);
    const difference = await country.as('coordinator of 990100').call(getDifference, { edition, unitCode: '990100' });
    expect(difference.terms.map(({ kind, unitCode }) => [kind, unitCode])).toEqual([['own_level', null], ['corrected', county], ['not_yet_accepted', '990102']]);
    expect(Object.values(difference.residual).every((rest) => rest === 0)).toBe(true);
    const asOf = await country.as('coordinator of 990100').call(getReturnAsOf, { edition, unitCode: '990100', at: '2023-06-26T23:59:59.000+08:00' });
    expect(asOf.children).toMatchObject([{ unitCode: county, version: 1, total: { 'visit.enterprises': 1 } }, { unitCode: '990102', version: 1 }]);
  }));

  it('upper units open submitted records only, exactly as frozen, and their sum is the cell', rolledBack(async (country) => {
    await fillLedger(country, county);
    const above = country.as('coordinator of 990100');
    const cell = { edition, unitCode: county, indicator: 'publicity.enterprises' };
    expect(await above.call(getCell, cell)).toMatchObject({ basis: 'counts_only', own: { value: 2 }, records: [] });
    await bringUp(country, county);
    await country.as(`clerk of ${county}`).call(recordActivity, { edition, unitCode: county, content: publicity({ title: '报送以后又办一场' }) });
    expect(await above.call(getCell, cell)).toMatchObject({ basis: 'submitted', records: [{ title: '商业秘密保护宣传', adds: 2, times: 2 }], recordsSum: 2, recordsTotal: 1 });
    expect(await country.as(`clerk of ${county}`).call(getCell, cell)).toMatchObject({ basis: 'live', own: { value: 2, times: 4 }, recordsTotal: 2, recordsSum: 2 });
  }));

  it('the matrix shows each child with its state, live and submitted numbers', rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    const matrix = await country.as('coordinator of 990100').call(getMatrix, { edition, unitCode: '990100' });
    expect(matrix.rows).toMatchObject([
      { unit: { code: county }, state: 'submitted', accepted: false, submitted: { 'visit.enterprises': 1 }, live: { 'visit.enterprises': 1 } },
      { unit: { code: '990102' }, state: 'draft', submitted: null, live: { 'visit.enterprises': 0 } },
    ]);
    const nation = await country.as('national_office of 000000').call(getMatrix, { edition, unitCode: '000000' });
    expect(nation.rows.find(({ unit }) => unit.code === '990000')?.below).toEqual({ units: 6, accepted: 0, submitted: 1, late: 0, missing: 5 });
  }));
});

/** Opens the world lazily: `world` is set in beforeAll, after the tests are declared. */
function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}
