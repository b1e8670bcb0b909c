// B-P2. Pass: sums of any tree in any order equal the recount from the ledger.
// The counters of the database against arithmetic: random ledgers of units in two provinces, recorded, edited, deleted and
// restored through the real API, must add up as the pure evaluator says, count distinct enterprises as sets do at every
// level, and stand exactly as a rebuild from the ledger would make them.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../src/kernel/database.ts';
import { countryUnits } from '../src/testing/country.ts';
import { type Country, openWorld, ProblemAnswered, type World } from '../src/testing/harness.ts';
import { deleteActivity, editActivity, recordActivities, recordActivity, restoreActivity } from '../src/modules/activities/contract.ts';
import { type EntryContent, entryContent } from '../src/modules/activities/model.ts';
import { organisationCheckCharacter, usccCheckCharacter } from '../src/modules/enterprises/rules.ts';
import { addAdjustment, withdrawAdjustment } from '../src/modules/figures/contract.ts';
import { rebuildFigures } from '../src/modules/figures/queries.ts';
import { distinctCounter, figureOf, layoutOf, ownFigures } from '../src/modules/figures/rules.ts';
import { counterLimit, type Figures } from '../src/modules/figures/model.ts';

const units = ['990000', '990071', '990100', '990101', '990102', '990201', '980000', '980101'] as const;
type UnitCode = (typeof units)[number];

let world: World;
beforeAll(async () => {
  world = await openWorld({ maximumConnections: 12 });
});
afterAll(async () => {
  await world.close();
});

/** A well-formed code of a region that does not exist. */
function codeOf(organisation: number): string {
  const eight = String(organisation).padStart(8, '0');
  const first17 = `91990001${eight}${organisationCheckCharacter(eight) ?? ''}`;
  return `${first17}${usccCheckCharacter(first17) ?? ''}`;
}

/** One of five enterprises everybody meets, or of four that only one unit meets; null for one without a code. */
type Guest = { readonly shared: boolean; readonly index: number } | null;

interface EntryPlan {
  readonly kind: 'publicity' | 'symposium' | 'guidance_meeting' | 'training' | 'visit' | 'questionnaire_issue' | 'media_item';
  readonly guests: readonly Guest[];
  readonly count: number;
}

type Step =
  | { readonly act: 'record'; readonly unit: UnitCode; readonly plans: readonly EntryPlan[] }
  | { readonly act: 'edit'; readonly at: number; readonly plan: EntryPlan }
  | { readonly act: 'delete' | 'restore'; readonly at: number; readonly version: number }
  | { readonly act: 'adjust'; readonly unit: UnitCode; readonly count: number; readonly withdraw: boolean };

function contentOf(unit: UnitCode, { kind, guests, count }: EntryPlan): EntryContent {
  const named = guests.map((guest, turn) => {
    if (guest === null) return { uscc: null, name: `无代码示例${turn}`, reason: 'foreign' as const };
    return { uscc: codeOf(guest.shared ? 1 + guest.index : 1000 + Number(unit.slice(2)) * 10 + guest.index), name: '示例企业', reason: null };
  });
  const unique = named.filter((one, index) => one.uscc === null || named.findIndex((other) => other.uscc === one.uscc) === index);
  const meeting = { mode: 'offline', attendances: count };
  const values = {
    publicity: { ...meeting, materials: count - 1 }, symposium: meeting, guidance_meeting: meeting, training: meeting, visit: { manner: 'on_site' },
    questionnaire_issue: { channel: 'paper', issued: count }, media_item: { level: count % 2 === 0 ? 'central' : 'own', outlet: '示例报', origin: count % 3 === 0 ? 'repost' : 'original' },
  }[kind];
  const visited = unique.length === 0 ? [{ uscc: null, name: '示例小店', reason: 'sole_trader' as const }] : unique.slice(0, 1);
  const enterprises = kind === 'questionnaire_issue' || kind === 'media_item' ? [] : kind === 'visit' ? visited : unique;
  return entryContent.parse({ kind, occurredOn: '2023-06-15', title: '随机示例', values, enterprises });
}

function stepsWith(overlap: number): fc.Arbitrary<readonly Step[]> {
  const guest: fc.Arbitrary<Guest> = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: overlap, arbitrary: fc.record({ shared: fc.constant(true), index: fc.nat(4) }) },
    { weight: 60 - overlap + 1, arbitrary: fc.record({ shared: fc.constant(false), index: fc.nat(3) }) },
  );
  const plan: fc.Arbitrary<EntryPlan> = fc.record({
    kind: fc.constantFrom('publicity', 'symposium', 'guidance_meeting', 'training', 'visit', 'questionnaire_issue', 'media_item'), guests: fc.array(guest, { maxLength: 4 }), count: fc.integer({ min: 1, max: 50 }),
  });
  const unit = fc.constantFrom(...units);
  const at = fc.nat(30);
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ act: fc.constant('record' as const), unit, plans: fc.array(plan, { minLength: 1, maxLength: 3 }) }) },
      { weight: 4, arbitrary: fc.record({ act: fc.constant('edit' as const), at, plan }) },
      { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('delete' as const, 'restore' as const), at, version: fc.nat(5) }) },
      { weight: 1, arbitrary: fc.record({ act: fc.constant('adjust' as const), unit, count: fc.integer({ min: 1, max: 9 }), withdraw: fc.boolean() }) },
    ),
    { minLength: 5, maxLength: 30 },
  );
}

interface KeptEntry {
  readonly id: string;
  readonly unit: UnitCode;
  /** Content of each version, the last being current. */
  readonly versions: EntryContent[];
  deleted: boolean;
}

interface KeptLedger {
  readonly entries: KeptEntry[];
  readonly adjustments: Map<UnitCode, number>;
}

/** Does a step through the API and in memory; steps that make no sense are skipped. */
async function take(country: Country, ledger: KeptLedger, step: Step): Promise<void> {
  if (step.act === 'record') return record(country, ledger, step.unit, step.plans);
  if (step.act === 'adjust') return adjust(country, ledger, step);
  const entry = ledger.entries[step.at % Math.max(1, ledger.entries.length)];
  if (entry === undefined) return;
  const clerk = country.as(`clerk of ${entry.unit}`);
  const key = { id: entry.id, version: entry.versions.length };
  const current = entry.versions.at(-1);
  if (current === undefined) return;
  if (step.act === 'edit' && !entry.deleted) {
    const content = contentOf(entry.unit, step.plan);
    await clerk.call(editActivity, { ...key, content });
    entry.versions.push(content);
  } else if (step.act === 'delete' && !entry.deleted) {
    await clerk.call(deleteActivity, key);
    entry.versions.push(current);
    entry.deleted = true;
  } else if (step.act === 'restore') {
    const toVersion = 1 + (step.version % entry.versions.length);
    if (!entry.deleted && toVersion === entry.versions.length) return;
    await clerk.call(restoreActivity, { ...key, toVersion });
    entry.versions.push(entry.versions[toVersion - 1] ?? current);
    entry.deleted = false;
  }
}

async function record(country: Country, ledger: KeptLedger, unit: UnitCode, plans: readonly EntryPlan[]): Promise<void> {
  const contents = plans.map((plan) => contentOf(unit, plan));
  const key = { edition: '2023', unitCode: unit };
  const clerk = country.as(`clerk of ${unit}`);
  const [only] = contents;
  const recorded = contents.length === 1 && only !== undefined
    ? [await clerk.call(recordActivity, { ...key, content: only })]
    : (await clerk.call(recordActivities, { ...key, contents })).activities;
  for (const [index, { id }] of recorded.entries()) ledger.entries.push({ id, unit, versions: contents.slice(index, index + 1), deleted: false });
}

async function adjust(country: Country, ledger: KeptLedger, step: Step & { act: 'adjust' }): Promise<void> {
  const clerk = country.as(`clerk of ${step.unit}`);
  const { id } = await clerk.call(addAdjustment, { edition: '2023', unitCode: step.unit, indicator: 'training.enterprises', delta: step.count, reason: '乡镇自办培训，签到表遗失' });
  if (step.withdraw) await clerk.call(withdrawAdjustment, { id, reason: '签到表已找到，改为补录' });
  else ledger.adjustments.set(step.unit, (ledger.adjustments.get(step.unit) ?? 0) + step.count);
}

interface LiveEntry {
  readonly unitCode: string;
  readonly content: EntryContent;
}

interface StoredRow {
  readonly unitCode: string;
  readonly origin: 'records' | 'adjustments';
  readonly entries: number;
  readonly counters: readonly number[];
}

async function readRows(tx: Tx): Promise<StoredRow[]> {
  const columns = sql.join(Array.from({ length: counterLimit }, (_, index) => sql.ref(`s${index + 1}`)));
  const { rows } = await sql<StoredRow>`select unit_code, origin, entries, array[${columns}] as counters from figure_row`.execute(tx);
  return rows;
}

/** Every row of counters and of presences, ledger numbers included. */
async function wholeState(tx: Tx): Promise<unknown> {
  const rows = await sql`select to_jsonb(f) as row from figure_row f order by unit_code, origin`.execute(tx);
  const presences = await sql`select to_jsonb(p) as row from presence p order by unit_code, enterprise_id, slot`.execute(tx);
  return { rows: rows.rows, presences: presences.rows };
}

async function expectTrue(tx: Tx, live: readonly LiveEntry[], adjustments: ReadonlyMap<string, number>): Promise<void> {
  const { indicators } = world.edition;
  const layout = layoutOf(indicators);
  const rows = await readRows(tx);
  const countersOf = (unitCode: string, origin: StoredRow['origin']): readonly number[] => rows.find((row) => row.unitCode === unitCode && row.origin === origin)?.counters ?? [];
  for (const { code } of countryUnits) {
    const entries = live.filter(({ unitCode }) => unitCode === code).map(({ content }) => content);
    const adjusted = [{ indicator: 'training.enterprises', delta: adjustments.get(code) ?? 0 }];
    const stored: Figures = Object.fromEntries([...layout.places].map(([indicator, place]) => [indicator, figureOf(place, countersOf(code, 'records'), countersOf(code, 'adjustments'))]));
    expect(stored, `own figures of ${code}`).toEqual(ownFigures(indicators, layout, entries, adjusted));
    expect(rows.find((row) => row.unitCode === code && row.origin === 'records')?.entries ?? 0, `entries of ${code}`).toBe(entries.length);
  }
  for (const [indicator, place] of layout.places) {
    const counting = indicators.find(({ code }) => code === indicator)?.counting;
    if (place.kind !== 'enterprises' || counting === undefined) continue;
    for (const { code, line } of countryUnits) {
      const inScope = new Set(countryUnits.filter((unit) => unit.code === code || unit.line.includes(code) || code === '000000').map((unit) => unit.code));
      const met = live.filter(({ unitCode, content }) => inScope.has(unitCode) && counting.kinds.includes(content.kind)).flatMap(({ content }) => content.enterprises);
      const distinct = new Set(met.flatMap(({ uscc }) => (uscc === null ? [] : [uscc]))).size;
      const counter = distinctCounter(place, line.length as 0 | 1 | 2 | 3);
      const credits = rows.filter((row) => row.origin === 'records' && inScope.has(row.unitCode)).reduce((sum, row) => sum + (row.counters[counter - 1] ?? 0), 0);
      expect(credits, `distinct ${indicator} in ${code}`).toBe(distinct);
    }
  }
}

async function expectRebuildFindsTheSame(tx: Tx): Promise<void> {
  const kept = await wholeState(tx);
  await rebuildFigures(tx, '2023');
  expect(await wholeState(tx)).toEqual(kept);
}

describe('figures', () => {
  it.each([0, 30, 60])('of random ledgers with %i in 60 guests met by everybody add up, count distinct enterprises, and equal a rebuild', async (overlap) => {
    await fc.assert(fc.asyncProperty(stepsWith(overlap), (steps) => world.rolledBack(async (country) => {
      const ledger: KeptLedger = { entries: [], adjustments: new Map() };
      for (const step of steps) await take(country, ledger, step);
      const live = ledger.entries.flatMap(({ unit, versions, deleted }) => (deleted ? [] : versions.slice(-1).map((content) => ({ unitCode: unit, content }))));
      await expectTrue(country.tx, live, ledger.adjustments);
      await expectRebuildFindsTheSame(country.tx);
    })()), { numRuns: 12 });
  }, 120_000);

  it('move with the tree: after a county changes its city, a rebuild counts it there', () => world.rolledBack(async (country) => {
    for (const unit of ['990101', '990102', '990201'] as const) {
      await country.as(`clerk of ${unit}`).call(recordActivity, { edition: '2023', unitCode: unit, content: contentOf(unit, { kind: 'training', count: 5, guests: [{ shared: true, index: 0 }] }) });
    }
    await country.tx.updateTable('placement').set({ parentCode: '990200', p2: '990200' }).where('unitCode', '=', '990102').execute();
    await rebuildFigures(country.tx, '2023');
    const place = layoutOf(world.edition.indicators).places.get('training.enterprises');
    if (place?.kind !== 'enterprises') throw new Error('no such indicator');
    const counter = sql.ref(`s${distinctCounter(place, 2)}`);
    const { rows } = await sql<{ p2: string; credits: number }>`select p2, sum(${counter})::bigint as credits from figure_row group by p2 order by p2`.execute(country.tx);
    expect(rows).toEqual([{ p2: '990100', credits: 1 }, { p2: '990200', credits: 1 }]);
  })());

  it('of writers at the same time stay true', async () => {
    const country = world.committed;
    const [steps = []] = fc.sample(stepsWith(60), { numRuns: 1, seed: 20230607 });
    const [more = []] = fc.sample(stepsWith(60), { numRuns: 1, seed: 20230707 });
    const ledger: KeptLedger = { entries: [], adjustments: new Map() };
    for (const step of [...steps, ...more]) if (step.act === 'record') await take(country, ledger, step);
    const storm = fc.sample(stepsWith(60), { numRuns: 6, seed: 41 }).flat().filter((step) => step.act !== 'adjust');
    // Two changes of one entry at once: the slower is refused, which is as it should be.
    await Promise.all(storm.map((step) => take(country, ledger, step).catch((error: unknown) => {
      if (!(error instanceof ProblemAnswered) || !['stale_version', 'wrong_state', 'not_found'].includes(error.answer.code)) throw error;
    })));
    await country.database.write(async (tx) => {
      const live = await tx.selectFrom('activity').select(['unitCode', 'content']).where('deletedAt', 'is', null).execute();
      await expectTrue(tx, live.map(({ unitCode, content }) => ({ unitCode, content: entryContent.parse(content) })), new Map());
      await expectRebuildFindsTheSame(tx);
    });
  }, 120_000);
});
