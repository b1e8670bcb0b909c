// Fills an installation with the demonstration: three provinces at work in June 2023, two days before the deadline. The same
// every time but for keys and signatures, marked as demonstration everywhere, and removable (removal.ts). Never run where real work is
// recorded.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { getUnitEdition, saveExtension, saveInternalDeadline, type UnitEdition } from '../modules/editions/queries.ts';
import { decideExtension } from '../modules/editions/rules/extension.ts';
import type { EntryContent } from '../modules/activities/model.ts';
import type { ExtensionIndicator } from '../modules/editions/model.ts';
import { rebuildFigures } from '../modules/figures/queries.ts';
import { insertReminders } from '../modules/tasks/queries.ts';
import { enforce } from '../shared/decision.ts';
import { recordId } from '../shared/province.ts';
import { correctedScene, correctReturn } from './correction.ts';
import { seedColumn } from './column.ts';
import { diceOf, identifierOf } from './dice.ts';
import { registerEnterprises } from './enterprises.ts';
import { internalDeadlines, isFilling, planWays, type Way } from './goals.ts';
import { seedKnown } from './known.ts';
import { type PlannedLedger, planLedger } from './ledger.ts';
import { createPeople, fillerOf } from './people.ts';
import { seedQuestionnaires } from './questionnaires.ts';
import { draftSummary } from './report.ts';
import { type Walking, walkReturns } from './returns.ts';
import { enterprisesOf, leafOf, readScenes, realStage, type Scene, type Stage } from './scenes.ts';
import { specialEntries } from './specials.ts';
import { markDemonstration } from './state.ts';
import { type Picture, storeEvidence, storeLedgers } from './storing.ts';
import { demonstrationStart, setUp } from './times.ts';
import { openTrail, type Trail } from './trail.ts';
import { seedFirms } from './firms.ts';
import { seedPublicity } from './publicity.ts';
import { seedPlans } from './plans.ts';
import { seedServicePoints } from './service-points.ts';
import { seedTrainings } from './trainings.ts';
import { seedVisits } from './visits.ts';

export const demonstrationEdition = '2023';

export type SeedStep = 'people' | 'enterprises' | 'ledgers' | 'figures' | 'returns' | 'audit';

export interface SeedOptions {
  readonly stage?: Stage;
  /** Share of the entries and enterprises; 1 unless said. */
  readonly scale?: number;
  /** Pictures already in the store (pictures.ts); without any, entries name none. */
  readonly pictures: readonly Picture[];
  /** Where the keys of units are kept. */
  readonly secrets: Secrets;
  readonly progress?: (step: SeedStep, count: number) => void;
}

export interface SeedReport {
  readonly units: number;
  readonly people: number;
  readonly enterprises: number;
  readonly entries: number;
  readonly pictures: number;
  readonly returnActs: number;
}

const fullEnterprises = 8000;

/** Needs the units and the edition, and an edition without entries. */
export async function seedDemonstration(tx: Tx, options: SeedOptions): Promise<SeedReport> {
  const stage = options.stage ?? realStage;
  const scale = options.scale ?? 1;
  const progress = options.progress ?? (() => undefined);
  await sql`set local statement_timeout = 0`.execute(tx);
  // A month is planned between two statements: on a slow machine that takes longer than a transaction may normally stand idle.
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  const { scenes, nation } = await readScenes(tx, demonstrationEdition, stage);
  const trail = openTrail();
  const people = await createPeople(tx, [nation, ...scenes], setUp);
  progress('people', people);
  await setDeadlinesAndRows(tx, stage, scenes, trail);
  const editions = await editionsOf(tx, scenes);
  const editionOf = (p1: string | null): UnitEdition => found(editions.get(p1 ?? ''), p1 ?? '');

  const { all, around } = enterprisesOf(scenes, Math.max(60, Math.round(fullEnterprises * scale)));
  const enterpriseIds = await registerEnterprises(tx, all, { accountId: fillerOf(nation).accountId, now: setUp });
  progress('enterprises', all.length);

  const ways = planWays(stage, scenes);
  const special = options.pictures.length > 0 ? specialEntries(stage, scenes, around) : new Map<string, EntryContent[]>();
  const ledgers = planLedgers({ ways, around, special, scale, stage });
  const storing = { editionCode: demonstrationEdition, editionOf, enterpriseIds, trail };
  const entries = await storeLedgers(tx, ledgers, storing);
  const pictures = options.pictures.length > 0 ? await storeEvidence(tx, ledgers, options.pictures, storing) : 0;
  progress('ledgers', entries);
  await sql`analyze activity, activity_version, participation, enterprise`.execute(tx);
  await rebuildFigures(tx, demonstrationEdition);
  await sql`analyze figure_row, presence`.execute(tx);
  progress('figures', scenes.length);

  const byCode = new Map([nation, ...scenes].map((scene) => [scene.unitCode, scene]));
  const walking: Walking = { editionOf, upperOf: (scene) => found(byCode.get(scene.parentCode ?? ''), scene.unitCode), trail, secrets: options.secrets };
  const reached = await walkReturns(tx, ways, walking);
  const corrected = correctedScene(stage, ways);
  if (corrected !== null) reached.set(corrected.unitCode, await correctReturn(tx, corrected, found(reached.get(corrected.unitCode), corrected.unitCode), walking));
  const returnActs = [...reached.values()].reduce((sum, { version }) => sum + version, 0);
  const county = byCode.get(stage.tourCounty);
  if (county !== undefined) await draftSummary(tx, county, walking.upperOf(county), editionOf(county.p1), trail);
  await seedServices(tx, county, { nation, scenes, byCode, around, enterpriseIds, secrets: options.secrets, trail });
  await remind(tx, stage, byCode, trail);
  progress('returns', returnActs);
  const audited = await trail.save(tx);
  await markDemonstration(tx, demonstrationStart);
  await sql`analyze stat_return, return_act, return_version, audit_event`.execute(tx);
  progress('audit', audited);
  return { units: scenes.length, people, enterprises: all.length, entries, pictures, returnActs };
}

interface ServiceParts {
  readonly nation: Scene;
  readonly scenes: readonly Scene[];
  readonly byCode: ReadonlyMap<string, Scene>;
  readonly around: Parameters<typeof seedKnown>[1]['around'];
  readonly enterpriseIds: Parameters<typeof seedKnown>[1]['enterpriseIds'];
  readonly secrets: SeedOptions['secrets'];
  readonly trail: Trail;
}

/** The services of the month, at the county people look around in. */
async function seedServices(tx: Tx, county: Scene | undefined, { nation, scenes, byCode, around, enterpriseIds, secrets, trail }: ServiceParts): Promise<void> {
  await seedColumn(tx, { editionCode: demonstrationEdition, nation, province: byCode.get(county?.p1 ?? ''), trail });
  await seedQuestionnaires(tx, [county, byCode.get(county?.p2 ?? '')].filter((scene) => scene !== undefined), demonstrationEdition, trail);
  await seedPlans(tx, demonstrationEdition, county, byCode, trail);
  if (county === undefined) return;
  await seedKnown(tx, { editionCode: demonstrationEdition, scenes, county, around, enterpriseIds, secrets, trail });
  await seedVisits(tx, county, demonstrationEdition, trail);
  await seedTrainings(tx, secrets, county, demonstrationEdition, trail);
  await seedPublicity(tx, county, demonstrationEdition, trail);
  await seedServicePoints(tx, county, trail);
  await seedFirms(tx, { editionCode: demonstrationEdition, county, around: around(county), enterpriseIds, secrets, trail });
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the stage misses ${what}`);
  return value;
}

async function editionsOf(tx: Tx, scenes: readonly Scene[]): Promise<Map<string, UnitEdition>> {
  const editions = new Map<string, UnitEdition>();
  for (const { p1 } of scenes) if (p1 !== null && !editions.has(p1)) editions.set(p1, await getUnitEdition(tx, demonstrationEdition, p1));
  return editions;
}

interface LedgerPlan {
  readonly ways: readonly Way[];
  readonly around: ReturnType<typeof enterprisesOf>['around'];
  readonly special: ReturnType<typeof specialEntries>;
  readonly scale: number;
  readonly stage: Stage;
}

function planLedgers({ ways, around, special, scale, stage }: LedgerPlan): PlannedLedger[] {
  return ways.map(({ scene, goal }) => {
    const stillFilling = isFilling(goal);
    const dice = diceOf(`share ${scene.unitCode}`);
    return planLedger({
      scene, around: around(scene), scale, stillFilling,
      latest: stillFilling ? '2023-07-04T18:00:00.000+08:00' : '2023-07-01T08:00:00.000+08:00',
      empty: goal === 'untouched' && dice.chance(60),
      special: special.get(scene.unitCode) ?? [],
      adjusts: scene.unitCode === stage.tourCounty || (leafOf(scene) && dice.chance(4)),
    });
  });
}

const ownRow: ExtensionIndicator = {
  code: 'x.trade_secrets', row: 11, label: '走访企业自报商业秘密数', englishLabel: 'Trade secrets reported by visited enterprises', unit: 'SECRET', unitWord: '项',
  counting: { kinds: ['visit'], measure: 'sum', field: 'trade_secrets' },
};

/** Earlier dates for those below, and a row of its own for the province of the tour. */
async function setDeadlinesAndRows(tx: Tx, stage: Stage, scenes: readonly Scene[], trail: Trail): Promise<void> {
  for (const { scene, dueAt } of internalDeadlines(stage, scenes)) {
    const by = fillerOf(scene);
    const reason = '为省级汇总、审核留出时间。';
    await saveInternalDeadline(tx, { editionCode: demonstrationEdition, unitCode: scene.unitCode, dueAt, reason, setBy: by.accountId, setAt: setUp });
    trail.add(by, setUp, { action: 'editions.set_internal_deadline', unitCode: scene.unitCode, subjectKind: 'internal_deadline', subjectId: `${demonstrationEdition}/${scene.unitCode}`, before: { dueAt: null }, after: { dueAt }, basis: reason });
  }
  const tourProvince = scenes.find(({ unitCode }) => unitCode === stage.tourCounty)?.p1;
  const province = scenes.find(({ unitCode }) => unitCode === tourProvince);
  if (province === undefined) return;
  const { definition, closedAt } = await getUnitEdition(tx, demonstrationEdition, null);
  const { baseSlot } = enforce(decideExtension(ownRow, { edition: definition, unitKind: province.kind, closed: closedAt !== null, known: [] }));
  await saveExtension(tx, demonstrationEdition, { definition: ownRow, baseSlot, unitCode: province.unitCode });
  trail.add(fillerOf(province), setUp, {
    action: 'editions.add_extension_row', unitCode: province.unitCode, subjectKind: 'extension_row', subjectId: `${demonstrationEdition}/${province.unitCode}/${ownRow.code}`,
    after: { code: ownRow.code, label: ownRow.label, measure: ownRow.counting.measure, kinds: ownRow.counting.kinds, baseSlot },
  });
}

async function remind(tx: Tx, stage: Stage, byCode: ReadonlyMap<string, Scene>, trail: Trail): Promise<void> {
  const county = byCode.get(stage.tourCounty);
  const upper = byCode.get(county?.parentCode ?? '');
  if (county === undefined || upper === undefined) return;
  const by = fillerOf(upper);
  const at = '2023-07-04T16:30:00.000+08:00';
  const reminder = {
    provinceCode: county.provinceCode, id: recordId(county.provinceCode, identifierOf(`reminder ${county.unitCode}`)), editionCode: demonstrationEdition, unitCode: county.unitCode,
    fromUnitCode: upper.unitCode, accountName: by.name, text: '请于7月5日17时前完成审核并报送统计表，有困难请来电。', at,
  };
  await insertReminders(tx, [reminder]);
  trail.add(by, at, { action: 'units_reminded', unitCode: upper.unitCode, subjectKind: 'reminder', subjectId: upper.unitCode, after: { reminded: [county.unitCode] } });
}
