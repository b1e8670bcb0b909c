// B-P1. Pass: random sequences of commands over the real API agree with the model at every look.
// The spine as a state machine: random commands by named people over the small country, against a model that holds nothing
// but the ledgers and the acts that were taken. After every run: figures equal a recomputation whatever the order, the cached
// state is the fold of the acts, nothing has left a frozen version, totals are own level plus what was accepted, marks of
// lateness are right, and the chain of seals is whole.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../src/kernel/digest.ts';
import { epochOf, instantOf } from '../src/shared/instant.ts';
import { countryUnits, type Person } from '../src/testing/country.ts';
import { type Country, openWorld, ProblemAnswered, type World } from '../src/testing/harness.ts';
import { edition, fillerOf, fillLedger, publicity, symposium, training, upperOf, visit, writeNotes } from '../src/testing/steps.ts';
import { deleteActivity, editActivity, recordActivity, restoreActivity } from '../src/modules/activities/contract.ts';
import type { EntryContent } from '../src/modules/activities/model.ts';
import { setInternalDeadline } from '../src/modules/editions/contract.ts';
import { getTable } from '../src/modules/figures/contract.ts';
import { rebuildFigures } from '../src/modules/figures/queries.ts';
import { layoutOf, ownFigures, valuesOf } from '../src/modules/figures/rules.ts';
import { listSeals } from '../src/modules/seals/queries.ts';
import { canonicalText, firstChainFault } from '../src/modules/seals/rules.ts';
import { getReturn, getReturnVersion, takeReturnAct } from '../src/modules/returns/contract.ts';
import { type ReturnActName, returnActName, type ReturnCommand, type ReturnView } from '../src/modules/returns/model.ts';
import { acceptableFrom, addTotals, type ReturnAct, statusOf, upperActs, untouched } from '../src/modules/returns/rules.ts';

/** `npm test` runs so many sequences; `MODEL_SEQUENCES=300 npx vitest run --project reliability test/B-P1` what the list asks for. */
const sequences = Number(process.env['MODEL_SEQUENCES'] ?? 20);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const units = ['000000', '990000', '990071', '990100', '990101', '990102'] as const;
type UnitCode = (typeof units)[number];

type Step =
  | { readonly do: 'record' | 'edit'; readonly unit: UnitCode; readonly at: number; readonly what: number }
  | { readonly do: 'delete' | 'restore'; readonly unit: UnitCode; readonly at: number }
  | { readonly do: 'act'; readonly unit: UnitCode; readonly act: ReturnActName; readonly by: 'right' | 'reviewer' | 'clerk' | 'other' }
  | { readonly do: 'go_on'; readonly unit: UnitCode; readonly steps: number }
  | { readonly do: 'turn'; readonly unit: UnitCode; readonly at: number }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'set_deadline'; readonly day: number };

const unit = fc.constantFrom(...units);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('record' as const, 'edit' as const), unit, at: fc.nat(20), what: fc.nat(60) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'restore' as const), unit, at: fc.nat(20) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), unit, act: fc.constantFrom(...returnActName.options), by: fc.constantFrom('right' as const, 'right' as const, 'right' as const, 'reviewer' as const, 'clerk' as const, 'other' as const) }) },
  // Random acts alone hardly ever reach the top: some steps walk the right way for a while.
  { weight: 7, arbitrary: fc.record({ do: fc.constant('go_on' as const), unit, steps: fc.integer({ min: 1, max: 7 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turn' as const), unit, at: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set_deadline' as const), day: fc.integer({ min: 1, max: 7 }) }) },
);

interface ModelEntry {
  readonly id: string;
  version: number;
  content: EntryContent;
  deleted: boolean;
}

interface Model {
  readonly ledgers: Map<UnitCode, ModelEntry[]>;
  readonly acts: Map<UnitCode, ReturnAct[]>;
  /** Every frozen version as it was first seen. */
  readonly versions: Map<string, string>;
  /** Deadline set by the city for its counties. */
  cityDeadline: string | null;
}

function contentOf(what: number): EntryContent {
  const guest = 1 + (what % 5);
  const made = [publicity, training, symposium, () => visit(guest)][what % 4] ?? publicity;
  return made({ title: `第${what}号活动` });
}

const personFor = (act: ReturnActName, unitCode: UnitCode): Person => {
  if (upperActs.has(act)) return unitCode === '000000' ? 'national_office of 000000' : upperOf(unitCode);
  if (act === 'approve' || act === 'return_for_correction') return `reviewer of ${unitCode}`;
  if (act === 'sign' || act === 'seal') return `head of ${unitCode}`;
  return fillerOf(unitCode);
};

function commandOf(act: ReturnActName): ReturnCommand {
  if (act === 'return_for_correction' || act === 'return_by_upper') return { act, reasons: [{ indicator: null, text: '请再核对' }] };
  if (act === 'request_correction' || act === 'decline_correction' || act === 'reopen') return { act, reason: '核对后发现漏报一场' };
  return { act };
}

/** The right person in the right state is refused only for what the table says, or for having prepared it. */
function expectRefusal(state: ReturnView['state'], unitCode: UnitCode, act: ReturnActName, person: Person, code: string): void {
  expect(['not_permitted', 'wrong_state', 'separation_of_duties', 'hard_findings', 'notes_missing']).toContain(code);
  const open = acceptableFrom(act, unitCode !== '000000').includes(state) && person === personFor(act, unitCode);
  if (open && act !== 'send_for_review') expect(code).toBe('separation_of_duties');
}

/** Takes an act and keeps it in the model; what may be refused is decided by the model alone. */
async function take(country: Country, model: Model, unitCode: UnitCode, act: ReturnActName, person: Person): Promise<boolean> {
  const taken = model.acts.get(unitCode) ?? [];
  const status = statusOf(taken);
  const client = country.as(person);
  let view: ReturnView;
  try {
    view = await client.call(takeReturnAct, { edition, unitCode, version: status.version, command: commandOf(act) });
  } catch (error) {
    if (!(error instanceof ProblemAnswered)) throw error;
    expectRefusal(status.state, unitCode, act, person, error.answer.code);
    return false;
  }
  expect(acceptableFrom(act, unitCode !== '000000'), `${act} in ${status.state}`).toContain(status.state);
  if (act === 'approve' || act === 'sign' || act === 'seal') expect(status.preparedBy?.name).not.toBe(person);
  const last = view.acts.at(-1);
  if (last === undefined) throw new Error('an act left no trace');
  const payload = last.late === null ? {} : { late: last.late };
  model.acts.set(unitCode, [...taken, { number: last.number, act: last.act, returnVersion: last.returnVersion, accountId: person, accountName: person, at: last.at, payload }]);
  if (act === 'submit') expect(last.late, `late at ${last.at}`).toBe(last.at >= dueOf(model, unitCode));
  if (act === 'send_for_review') await keepVersion(country, model, unitCode, last.returnVersion);
  return true;
}

function dueOf(model: Model, unitCode: UnitCode): string {
  const own = model.cityDeadline;
  return own !== null && (unitCode === '990101' || unitCode === '990102') ? own : world.edition.deadline;
}

/** A new version: own level as the model counts it, children as they were accepted, the total their sum. */
async function keepVersion(country: Country, model: Model, unitCode: UnitCode, number: number): Promise<void> {
  const { content, sha256 } = await country.as(fillerOf(unitCode)).call(getReturnVersion, { edition, unitCode, number });
  expect(sha256Of(canonicalText(content))).toBe(sha256);
  const { indicators } = world.edition;
  const entries = (model.ledgers.get(unitCode) ?? []).filter(({ deleted }) => !deleted).map((entry) => entry.content);
  const own = valuesOf(ownFigures(indicators, layoutOf(indicators), entries));
  const children = childrenOf(unitCode).flatMap((child) => {
    const { acceptedVersion } = statusOf(model.acts.get(child) ?? []);
    const frozen = acceptedVersion === null ? undefined : model.versions.get(`${child}/${acceptedVersion}`);
    return frozen === undefined ? [] : [{ unitCode: child, version: acceptedVersion, sha256: sha256Of(frozen), total: (JSON.parse(frozen) as typeof content).total }];
  });
  expect(valuesOf(content.own)).toEqual(own);
  expect(content.children).toMatchObject(children);
  expect(content.children).toHaveLength(children.length);
  expect(content.total).toEqual(addTotals([own, ...children.map(({ total }) => total)]));
  model.versions.set(`${unitCode}/${number}`, canonicalText(content));
}

function childrenOf(unitCode: UnitCode): UnitCode[] {
  return units.filter((code) => countryUnits.find((one) => one.code === code)?.parent === unitCode);
}

async function changeLedger(country: Country, model: Model, wanted: Step & { do: 'record' | 'edit' | 'delete' | 'restore' }): Promise<void> {
  const clerk = country.as(fillerOf(wanted.unit));
  const ledger = model.ledgers.get(wanted.unit) ?? [];
  model.ledgers.set(wanted.unit, ledger);
  if (wanted.do === 'record') {
    const content = contentOf(wanted.what);
    const { id } = await clerk.call(recordActivity, { edition, unitCode: wanted.unit, content });
    ledger.push({ id, version: 1, content, deleted: false });
    return;
  }
  const entry = ledger[wanted.at % Math.max(1, ledger.length)];
  if (entry === undefined || entry.deleted !== (wanted.do === 'restore')) return;
  const key = { id: entry.id, version: entry.version };
  if (wanted.do === 'edit') {
    entry.content = contentOf(wanted.what);
    await clerk.call(editActivity, { ...key, content: entry.content });
  } else if (wanted.do === 'delete') await clerk.call(deleteActivity, key);
  else await clerk.call(restoreActivity, { ...key, toVersion: entry.version });
  entry.deleted = wanted.do === 'delete';
  entry.version += 1;
}

const onward: readonly ReturnActName[] = ['accept', 'submit', 'seal', 'sign', 'approve', 'send_for_review', 'decline_correction'];

/** Some steps the right way, by the right people. */
async function goOn(country: Country, model: Model, unitCode: UnitCode, steps: number): Promise<void> {
  for (let left = steps; left > 0; left -= 1) {
    const { state } = statusOf(model.acts.get(unitCode) ?? []);
    const next = onward.find((act) => acceptableFrom(act, unitCode !== '000000').includes(state));
    if (next === undefined) return;
    if (next === 'send_for_review') await writeNotes(country, unitCode);
    if (!(await take(country, model, unitCode, next, personFor(next, unitCode)))) return;
  }
}

/** A step off the right way, of those the state allows. */
async function turn(country: Country, model: Model, unitCode: UnitCode, at: number): Promise<void> {
  const { state } = statusOf(model.acts.get(unitCode) ?? []);
  const aside = returnActName.options.filter((act) => !onward.includes(act) && acceptableFrom(act, unitCode !== '000000').includes(state));
  const act = aside[at % Math.max(1, aside.length)];
  if (act !== undefined) await take(country, model, unitCode, act, personFor(act, unitCode));
}

async function follow(country: Country, model: Model, wanted: Step): Promise<void> {
  switch (wanted.do) {
    case 'record':
    case 'edit':
    case 'delete':
    case 'restore':
      return changeLedger(country, model, wanted);
    case 'act': {
      const by = { right: personFor(wanted.act, wanted.unit), reviewer: `reviewer of ${wanted.unit}`, clerk: `clerk of ${wanted.unit}`, other: 'coordinator of 980000' } as const;
      await take(country, model, wanted.unit, wanted.act, by[wanted.by]);
      return;
    }
    case 'go_on':
      return goOn(country, model, wanted.unit, wanted.steps);
    case 'turn':
      return turn(country, model, wanted.unit, wanted.at);
    case 'wait':
      country.clock.set(instantOf(epochOf(country.clock.now()) + wanted.hours * 3_600_000));
      return;
    case 'set_deadline':
      return setDeadline(country, model, `2023-07-0${wanted.day}T12:00:00.000+08:00`);
  }
}

async function setDeadline(country: Country, model: Model, dueAt: string): Promise<void> {
  if (dueAt <= country.clock.now()) return;
  await country.as('coordinator of 990100').call(setInternalDeadline, { edition, unitCode: '990100', dueAt, reason: '留出汇总时间' });
  model.cityDeadline = dueAt;
}

type Inside = Country & { readonly tx: NonNullable<Country['tx']> };

async function expectAll(country: Inside, model: Model): Promise<void> {
  const { indicators } = world.edition;
  const layout = layoutOf(indicators);
  const ownOf = (code: UnitCode) => ownFigures(indicators, layout, (model.ledgers.get(code) ?? []).filter(({ deleted }) => !deleted).map(({ content }) => content));
  const within = (code: UnitCode): UnitCode[] => [code, ...childrenOf(code).flatMap(within)];
  for (const code of units) {
    const table = await country.as(fillerOf(code)).call(getTable, { edition, unitCode: code });
    expect(table.own, `own figures of ${code}`).toEqual(ownOf(code));
    expect(valuesOf(table.jurisdiction), `jurisdiction of ${code}`).toEqual(addTotals(within(code).map((one) => valuesOf(ownOf(one)))));
    const acts = model.acts.get(code) ?? [];
    const { state, version, frozenVersion, submittedVersion, acceptedVersion, submittedAt, firstSubmittedAt, late } = acts.length === 0 ? untouched : statusOf(acts);
    const cached = await country.tx.selectFrom('statReturn').selectAll().where('unitCode', '=', code).executeTakeFirst();
    if (cached !== undefined || acts.length > 0) expect(cached).toMatchObject({ state, version, lastVersion: frozenVersion, submittedVersion, acceptedVersion, submittedAt, firstSubmittedAt, late });
    const view = await country.as(fillerOf(code)).call(getReturn, { edition, unitCode: code });
    expect(view.acts.map(({ act, number }) => [act, number])).toEqual(acts.map(({ act, number }) => [act, number]));
  }
  for (const [key, kept] of model.versions) {
    const [unitCode = '', number = ''] = key.split('/');
    const { content } = await country.as(fillerOf(unitCode)).call(getReturnVersion, { edition, unitCode, number: Number(number) });
    expect(canonicalText(content), `version ${key}`).toBe(kept);
  }
  const seals = await listSeals(country.tx);
  expect(firstChainFault(seals, sha256Of)).toBeNull();
  expect(seals).toHaveLength([...model.acts.values()].flat().filter(({ act }) => act === 'seal').length);
  for (const seal of seals) expect(seal.sha256).toBe(sha256Of(model.versions.get(`${seal.unit}/${seal.version}`) ?? ''));
  const rows = async () => country.tx.selectFrom('figureRow').selectAll().orderBy('unitCode').orderBy('origin').execute();
  const kept = await rows();
  await rebuildFigures(country.tx, edition);
  expect(await rows()).toEqual(kept);
}

describe('the spine', () => {
  it('holds for any order of commands by anybody', async () => {
    const reached = new Map<string, number>();
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), (steps) => world.rolledBack(async (country) => {
      const model: Model = { ledgers: new Map(), acts: new Map(), versions: new Map(), cityDeadline: null };
      country.clock.set('2023-07-01T09:00:00.000+08:00');
      for (const unitCode of ['990101', '990071'] as const) {
        await fillLedger(country, unitCode);
        const rows = await country.tx.selectFrom('activity').select(['id', 'content']).where('unitCode', '=', unitCode).orderBy('ledgerNo').execute();
        model.ledgers.set(unitCode, rows.map(({ id, content }) => ({ id, version: 1, content: content as unknown as EntryContent, deleted: false })));
      }
      for (const one of steps) await follow(country, model, one);
      await expectAll(country, model);
      for (const { act, payload } of [...model.acts.values()].flat()) {
        const seen = payload.late === true ? 'late' : act;
        reached.set(seen, (reached.get(seen) ?? 0) + 1);
      }
    })()), { numRuns: sequences, seed: 20230707, endOnFailure: true });
    // A test that never gets anywhere would prove nothing.
    for (const name of [...returnActName.options, 'late']) expect(reached.get(name) ?? 0, name).toBeGreaterThan(0);
    console.log(`B-P1: ${sequences} sequences, ${[...reached.values()].reduce((sum, times) => sum + times, 0)} acts on returns, of every kind`);
  }, 20_000 + sequences * 10_000);
});
