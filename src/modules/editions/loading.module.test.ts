// Edition files into the database, and a whole month on a made-up edition: other kinds, rows, checks and deadline, no code.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemRaised } from '../../shared/problem.ts';
import type { Person } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { attending, fillerOf, publicity, training, upperOf } from '../../testing/steps.ts';
import { recordActivity } from '../activities/contract.ts';
import type { EntryContent } from '../activities/model.ts';
import { getCell, getTable } from '../figures/contract.ts';
import { getInstallation } from '../sign-in/contract.ts';
import { getReturn, takeReturnAct, writeFindingNote } from '../returns/contract.ts';
import type { ReturnActName, ReturnView } from '../returns/model.ts';
import { getEdition, listEditions, suggestInternalDeadline } from './contract.ts';
import { readEditionFiles } from './files.ts';
import { loadEditions } from './loading.ts';
import { editionDefinition, type EditionDefinition } from './model.ts';

const now = '2023-06-26T09:00:00.000+08:00';
const [madeUp] = await readEditionFiles('src/testing/editions');
const official = editionDefinition.parse(JSON.parse(await readFile('data/editions/2023.json', 'utf8')));
if (madeUp === undefined) throw new Error('the made-up edition is missing');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Opens the world lazily: `world` is set in beforeAll, after the tests are declared. */
function rolledBack(run: Parameters<World['rolledBack']>[0]): () => Promise<void> {
  return () => world.rolledBack(run)();
}

const edition = 'made-up';
const blank: EntryContent = { kind: 'livestream', occurredOn: '2031-10-15', title: '示例直播', place: '', values: {}, enterprises: [], coHosts: [], windowReason: null, evidence: [], note: null };
const livestream = { ...blank, values: { viewers: 120, platform: '示例平台' }, enterprises: attending(1, 2) };
const base = { ...blank, kind: 'service_point', title: '示例保护基地', place: '示例园区', values: { form: 'base', liaisons: 2 }, enterprises: attending(1) };
const mediation = { ...blank, kind: 'mediation', title: '示例调解', values: { recovered: 35, outcome: 'agreed' }, enterprises: attending(3) };

async function act(country: Country, person: Person, unitCode: string, name: ReturnActName & ('send_for_review' | 'approve' | 'sign' | 'seal' | 'submit' | 'accept')): Promise<ReturnView> {
  const { version } = await country.as(person).call(getReturn, { edition, unitCode });
  return country.as(person).call(takeReturnAct, { edition, unitCode, version, command: { act: name } });
}

/** Notes to what is unusual, and the way up to the seal and the acceptance above. */
async function bringUp(country: Country, unitCode: string): Promise<ReturnView> {
  const clerk = country.as(fillerOf(unitCode));
  const { findings } = await clerk.call(getReturn, { edition, unitCode });
  for (const { check } of findings) await clerk.call(writeFindingNote, { edition, unitCode, check, note: '情况属实，已与经办人核对过。' });
  await act(country, fillerOf(unitCode), unitCode, 'send_for_review');
  await act(country, `reviewer of ${unitCode}`, unitCode, 'approve');
  await act(country, `head of ${unitCode}`, unitCode, 'sign');
  const sealed = await act(country, `head of ${unitCode}`, unitCode, 'seal');
  if (unitCode === '000000') return sealed;
  await act(country, `head of ${unitCode}`, unitCode, 'submit');
  return act(country, upperOf(unitCode), unitCode, 'accept');
}

describe('a made-up edition', () => {
  it('runs a whole month from its file alone: entry, figures, checks, return, seal', rolledBack(async (country) => {
    expect(await loadEditions(country.tx, [madeUp], now)).toEqual({ added: [edition], updated: [], unchanged: [] });
    country.clock.set('2031-10-20T09:00:00.000+08:00');
    expect(await country.anyone().call(getInstallation, {})).toMatchObject({ currentEdition: edition });
    expect((await country.as('clerk of 990101').call(listEditions, {})).editions.map(({ code, official: is }) => [code, is])).toEqual([[edition, false], ['2023', true]]);

    const ledger = { edition, unitCode: '990101' };
    const clerk = country.as('clerk of 990101');
    expect(await clerk.refusal(recordActivity, { ...ledger, content: training({ occurredOn: '2031-10-15' }) })).toMatchObject({ code: 'invalid_input', details: { issues: [{ path: 'content.kind', rule: 'unknown_kind' }] } });
    for (const content of [livestream, base, mediation, { ...mediation, values: { recovered: 9, outcome: 'failed' } }]) await clerk.call(recordActivity, { ...ledger, content });
    expect((await clerk.call(getTable, ledger)).own).toMatchObject({
      'live.sessions': { value: 1 }, 'live.viewers': { value: 120 }, 'point.count': { value: 1 }, 'point.bases': { value: 1 }, 'point.liaisons': { value: 2 },
      'mediation.recovered': { value: 35 }, 'served.enterprises': { value: 3, times: 5 },
    });
    expect(await clerk.call(getCell, { ...ledger, indicator: 'mediation.recovered' })).toMatchObject({ recordsSum: 35, recordsTotal: 1 });

    for (const unitCode of ['990101', '990100', '990000']) expect(await bringUp(country, unitCode)).toMatchObject({ state: 'accepted', late: false });
    const nation = await bringUp(country, '000000');
    expect(nation).toMatchObject({ state: 'sealed', seal: { receiptCode: expect.stringMatching(/^made-up-000000-1-/) }, frozen: { edition, total: { 'live.viewers': 120, 'served.enterprises': 3 } } });
    expect((await country.as('clerk of 990101').call(getTable, { edition: '2023', unitCode: '990101' })).entries).toBe(0);
  }));

  it('has its own checks and its own hour of the deadline', rolledBack(async (country) => {
    await loadEditions(country.tx, [madeUp], now);
    country.clock.set('2031-11-20T11:59:59.999+08:00');
    const clerk = country.as('clerk of 990101');
    await clerk.call(recordActivity, { edition, unitCode: '990101', content: { ...livestream, values: { viewers: 3 } } });
    const { findings, due } = await clerk.call(getReturn, { edition, unitCode: '990101' });
    expect(findings).toMatchObject([{ check: 'live.viewers_few', severity: 'soft' }]);
    expect(due).toBe('2031-11-20T12:00:00.000+08:00');
    const { provisional } = await country.as('coordinator of 990000').call(suggestInternalDeadline, { edition, unitCode: '990000' });
    expect(provisional).toBe(true);
  }));
});

describe('loading', () => {
  const changed = (change: Partial<EditionDefinition>) => ({ file: '2023.json', content: { ...official, ...change } });
  const refusal = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(() => null, (thrown: unknown) => thrown);
    return error instanceof ProblemRaised ? error.problem : error;
  };

  it('does nothing the second time', rolledBack(async ({ tx }) => {
    await loadEditions(tx, [madeUp], now);
    expect(await loadEditions(tx, [madeUp], now)).toEqual({ added: [], updated: [], unchanged: [edition] });
    expect(await tx.selectFrom('auditEvent').select('action').where('action', '=', 'editions.load').execute()).toHaveLength(1);
  }));

  it('counts again what was recorded under the rules that changed', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const ledger = { edition: '2023', unitCode: '990101' };
    await clerk.call(recordActivity, { ...ledger, content: publicity() });
    await clerk.call(recordActivity, { ...ledger, content: training() });
    // A correction of the file: the training row counts publicity as well.
    const indicators = official.indicators.map((one) => (one.code === 'training.sessions' ? { ...one, counting: { ...one.counting, kinds: ['training', 'publicity'] } } : one));
    expect(await loadEditions(country.tx, [changed({ indicators })], now)).toMatchObject({ updated: ['2023'] });
    expect((await clerk.call(getTable, ledger)).own['training.sessions']?.value).toBe(2);
    expect((await clerk.call(getCell, { ...ledger, indicator: 'training.sessions' })).recordsSum).toBe(2);
    expect((await clerk.call(getEdition, ledger)).definition.indicators.find(({ code }) => code === 'training.sessions')?.counting.kinds).toHaveLength(2);
  }));

  it('never changes an edition that returns stand on', rolledBack(async (country) => {
    await country.as('clerk of 990101').call(writeFindingNote, { edition: '2023', unitCode: '990101', check: 'visit.none', note: '本月未安排走访，七月补。' });
    expect(await refusal(loadEditions(country.tx, [changed({ addressee: '别处' })], now))).toMatchObject({ code: 'refused_by_rule', details: { rule: 'edition_has_returns' } });
  }));

  it('refuses unsound files with everything that is wrong with any of them, and loads none', rolledBack(async ({ tx }) => {
    const problem = await refusal(loadEditions(tx, [madeUp, changed({ deadline: '2023-06-20T17:00:00.000+08:00' }), { file: 'x.json', content: { code: 'x' } }, { ...madeUp, file: 'again.json' }], now));
    expect(problem).toMatchObject({ code: 'invalid_input' });
    const told = JSON.stringify(problem);
    for (const part of ['2023.json:deadline', 'x.json:', 'again.json:code', 'code_twice']) expect(told).toContain(part);
    expect(await tx.selectFrom('edition').select('code').execute()).toEqual([{ code: '2023' }]);
  }));
});
