// Assessments over a real database: kept, finished, shared and withdrawn by the enterprise, done together at a visit; what is not shared the
// bureau does not read, not even by SQL behind the wall; from above there are counts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import type { Caller, Tx } from '../../kernel/database.ts';
import { actorOf, usccOfUnit } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { edition, syntheticUscc } from '../../testing/steps.ts';
import { listOwnViews } from '../enterprise-accounts/contract.ts';
import {
  countAssessments, getItemBank, getOwnAssessment, listOwnAssessments, listSharedAssessments, openSharedAssessment, recordAssessment, removeOwnAssessment, saveOwnAssessment, shareOwnAssessment,
} from './contract.ts';
import { readBanks } from './banks.ts';
import { type Answer, type Answers, itemBank } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Body = Parameters<World['rolledBack']>[0];
const rolledBack = (run: Body) => () => world.rolledBack(run)();

const unit = { edition, unitCode: '990101' };
const bank = itemBank.parse(JSON.parse(readFileSync('data/assessments/2023-1.json', 'utf8')));
const all = (status: Answer['status'], over: Answers = {}): Answers => ({
  ...Object.fromEntries(bank.dimensions.flatMap(({ items }) => items.map(({ code }) => [code, { status, shortcomings: {}, note: '' }]))), ...over,
});
const note = '图纸放在没有锁的柜子里';
const noted: Answers = { E1: { status: 'unmet', shortcomings: {}, note } };

async function finished(country: Country, answers: Answers = all('met', noted)): Promise<string> {
  const firm = country.as('enterprise of 990101');
  return (await firm.call(saveOwnAssessment, { version: 0, size: 'small', answers, finish: true })).id;
}

describe('an enterprise', () => {
  it('keeps one draft, finishes it when it is whole, and changes it no more', rolledBack(async (country) => {
    const firm = country.as('enterprise of 990101');
    const some: Answers = { A1: { status: 'met', shortcomings: {}, note: '' } };
    const draft = await firm.call(saveOwnAssessment, { version: 0, size: null, answers: some, finish: false });
    expect(draft).toMatchObject({ state: 'draft', score: null, band: null, version: 1 });
    expect((await firm.refusal(saveOwnAssessment, { version: 0, size: null, answers: some, finish: false })).code).toBe('stale_version');
    expect((await firm.refusal(saveOwnAssessment, { version: 1, size: 'small', answers: some, finish: true })).details).toMatchObject({ rule: 'items_unanswered' });
    expect((await firm.refusal(saveOwnAssessment, { version: 1, size: null, answers: all('met'), finish: true })).details).toMatchObject({ rule: 'size_missing' });
    expect((await firm.refusal(shareOwnAssessment, { id: draft.id, shared: true })).code).toBe('wrong_state');
    const done = await firm.call(saveOwnAssessment, { version: 1, size: 'small', answers: all('met', noted), finish: true });
    expect(done).toMatchObject({ id: draft.id, state: 'finished', score: 960, band: 'sound', version: 2, sharedAt: null });
    const { assessment, earlier, peers } = await firm.call(getOwnAssessment, { id: done.id });
    expect(assessment.answers['E1']).toMatchObject({ status: 'unmet', note });
    expect([earlier, peers]).toEqual([null, { state: 'too_few' }]);
    // The next one is another, compared with this.
    country.clock.set('2023-06-27T09:00:00.000+08:00');
    const later = await firm.call(saveOwnAssessment, { version: 0, size: 'small', answers: all('met'), finish: true });
    expect((await firm.call(getOwnAssessment, { id: later.id })).earlier).toMatchObject({ id: done.id, score: 960 });
    expect((await firm.call(listOwnAssessments, {})).assessments.map(({ id }) => id)).toEqual([later.id, done.id]);
    await firm.call(removeOwnAssessment, { id: done.id });
    expect((await firm.refusal(getOwnAssessment, { id: done.id })).code).toBe('not_found');
  }));

  it('sees its own only', rolledBack(async (country) => {
    const id = await finished(country);
    const other = country.as('enterprise of 990102');
    for (const refusal of [await other.refusal(getOwnAssessment, { id }), await other.refusal(shareOwnAssessment, { id, shared: true }), await other.refusal(removeOwnAssessment, { id })]) expect(refusal.code).toBe('not_found');
    expect((await other.call(listOwnAssessments, {})).assessments).toEqual([]);
  }));

  it('shares with the unit that keeps its account, takes back, and sees who looked', rolledBack(async (country) => {
    const id = await finished(country);
    const firm = country.as('enterprise of 990101');
    const clerk = country.as('clerk of 990101');
    expect((await clerk.call(listSharedAssessments, unit)).assessments).toEqual([]);
    expect((await clerk.refusal(openSharedAssessment, { id })).code).toBe('not_found');
    await firm.call(shareOwnAssessment, { id, shared: true });
    expect((await clerk.call(listSharedAssessments, unit)).assessments).toMatchObject([{ id, uscc: usccOfUnit('990101'), score: 960, way: 'alone' }]);
    expect((await firm.call(listOwnViews, {})).views).toEqual([]);
    expect((await clerk.call(openSharedAssessment, { id })).assessment.answers['E1']?.note).toBe(note);
    await country.as('head of 990101').call(openSharedAssessment, { id });
    await clerk.call(openSharedAssessment, { id });
    for (const person of ['clerk of 990102', 'coordinator of 990100', 'national_office of 000000', 'auditor of 990101'] as const) expect((await country.as(person).refusal(openSharedAssessment, { id })).code, person).toBe('not_found');
    // Posts and times, no names.
    const { views } = await firm.call(listOwnViews, {});
    expect(views).toEqual([
      { day: '2023-06-26', unitName: '望月县市场监督管理局', post: 'clerk', what: 'assessment', times: 2 }, { day: '2023-06-26', unitName: '望月县市场监督管理局', post: 'head', what: 'assessment', times: 1 },
    ]);
    await firm.call(shareOwnAssessment, { id, shared: false });
    expect((await clerk.refusal(openSharedAssessment, { id })).code).toBe('not_found');
  }));

  it('is compared with others from ten on', rolledBack(async (country) => {
    const id = await finished(country);
    const firm = country.as('enterprise of 990101');
    const clerk = country.as('clerk of 990102');
    for (let number = 1; number <= 10; number += 1) {
      expect((await firm.call(getOwnAssessment, { id })).peers).toEqual({ state: 'too_few' });
      // Twice the same one is one.
      const answers = all(number === 1 ? 'met' : 'partly');
      for (const _ of number < 3 ? [1, 2] : [1]) await clerk.call(recordAssessment, { edition, unitCode: '990102', uscc: syntheticUscc(100 + number), name: `同行${number}`, size: 'small', answers, agreedBy: '厂长', visitId: null });
    }
    expect((await firm.call(getOwnAssessment, { id })).peers).toEqual({ state: 'compared', group: 'size_in_province', atLeast: 10, quarter: 'highest', median: 50 });
  }));
});

describe('an official', () => {
  it('does one together: shared where somebody of the enterprise agrees, else left to its account', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const together = { ...unit, uscc: usccOfUnit('990101'), name: '样板器材厂（990101）', size: 'medium', answers: all('partly'), visitId: null } as const;
    expect((await clerk.refusal(recordAssessment, { ...together, answers: {}, agreedBy: '厂长' })).details).toMatchObject({ rule: 'items_unanswered' });
    expect((await clerk.refusal(recordAssessment, { ...together, uscc: syntheticUscc(50), name: '没有账号的厂', agreedBy: null })).details).toMatchObject({ rule: 'enterprise_without_account' });
    const agreed = await clerk.call(recordAssessment, { ...together, agreedBy: '厂长张某' });
    expect((await clerk.call(openSharedAssessment, { id: agreed.id })).assessment).toMatchObject({ way: 'with_officer', agreedBy: '厂长张某', officerName: 'clerk of 990101' });
    const left = await clerk.call(recordAssessment, { ...together, answers: all('met'), agreedBy: null });
    expect(left.shared).toBe(false);
    expect((await clerk.refusal(openSharedAssessment, { id: left.id })).code).toBe('not_found');
    const firm = country.as('enterprise of 990101');
    expect((await firm.call(listOwnAssessments, {})).assessments).toHaveLength(2);
    await firm.call(shareOwnAssessment, { id: left.id, shared: true });
    expect((await clerk.call(openSharedAssessment, { id: left.id })).assessment.score).toBe(1000);
  }));

  it('above sees counts, of the unit and of those below each', rolledBack(async (country) => {
    const id = await finished(country);
    const counts = async (person: Parameters<Country['as']>[0], unitCode: string) => (await country.as(person).call(countAssessments, { edition, unitCode })).units.filter(({ finished: done }) => done > 0);
    expect(await counts('coordinator of 990100', '990100')).toEqual([{ unitCode: '990101', unitName: '望月县市场监督管理局', finished: 1, shared: 0 }]);
    await country.as('enterprise of 990101').call(shareOwnAssessment, { id, shared: true });
    expect(await counts('national_office of 000000', '000000')).toEqual([{ unitCode: '990000', unitName: '晴川省市场监督管理局', finished: 1, shared: 1 }]);
    expect((await country.as('coordinator of 990100').refusal(listSharedAssessments, unit)).code).toBe('not_permitted');
    expect((await country.as('clerk of 990102').refusal(countAssessments, unit)).code).toBe('not_permitted');
  }));
});

describe('the wall', () => {
  const seen = (tx: Tx): Promise<string[]> => tx.selectFrom('assessment').select('id').execute().then((rows) => rows.map(({ id }) => id));
  const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => Reflect.get(Object(error), 'code'));
  const official = (...reach: string[]): Caller => ({ accountId: 'nobody', reach, logReach: [] });
  const firm = (unitCode: string): Caller => ({ ...actorOf(`enterprise of ${unitCode}`) });

  it('shows an enterprise its own, a unit what is shared with it, and nobody anything else, whatever the query', rolledBack(async (country) => {
    const id = await finished(country);
    const within = (caller: Caller) => country.database.within(caller);
    for (const caller of [official('990101'), official('990100', '990101'), firm('990102'), { ...official(), reach: '*' as const }]) expect(await within(caller).read(seen)).toEqual([]);
    expect(await within(firm('990101')).read(seen)).toEqual([id]);
    await country.as('enterprise of 990101').call(shareOwnAssessment, { id, shared: true });
    expect(await within(official('990101')).read(seen)).toEqual([id]);
    for (const caller of [official('990102'), firm('990102'), official()]) expect(await within(caller).read(seen)).toEqual([]);
    // An official makes nothing shared that is not, and an enterprise writes nothing of another.
    await country.as('enterprise of 990101').call(shareOwnAssessment, { id, shared: false });
    await within(official('990101')).write((tx) => sql`update assessment set shared_at = now()`.execute(tx));
    await within(official('990101')).write((tx) => sql`delete from assessment`.execute(tx));
    expect(await within(firm('990101')).read((tx) => tx.selectFrom('assessment').select('sharedAt').execute())).toEqual([{ sharedAt: null }]);
    expect(await codeOf(within(firm('990102')).write((tx) => sql`insert into assessment select province_code, '99-x', edition_code, unit_code, 990101 as enterprise_id, bank, 1, 'draft', way, 'x', null, null, null, null, null, null, null, false, changed_at, changed_at, null from (select 99 as province_code, '2023' as edition_code, '990101' as unit_code, '2023-1' as bank, 'alone' as way, now() as changed_at) as one`.execute(tx)))).toBe('42501');
  }));

  it('is beside the wrapping: what was answered stands nowhere in clear, in the log neither', rolledBack(async (country) => {
    await finished(country);
    const { rows } = await sql<{ text: string }>`select content as text from assessment union all select coalesce(before::text, '') || coalesce(after::text, '') from audit_event union all select coalesce(answer::text, '') from request_key`.execute(country.tx);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.map(({ text }) => text).join(' ')).not.toMatch(/图纸|unmet/);
  }));
});

describe('the items', () => {
  it('are shown to anybody, with their weights', rolledBack(async (country) => {
    expect((await country.anyone().call(getItemBank, {})).bank.dimensions).toHaveLength(10);
    expect((await country.anyone().call(getItemBank, { code: '2023-1' })).bank.code).toBe('2023-1');
    expect((await country.anyone().refusal(getItemBank, { code: '1999-1' })).code).toBe('not_found');
  }));

  it('are refused as a file that does not hold together', async () => {
    await expect(readBanks('data/editions')).rejects.toThrow();
  });
});
