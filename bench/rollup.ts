// bench rollup: how long any unit's table with all its children's rows takes, against one plain SQL aggregation over the
// ledger in the same run, at 10,000, 200,000 and 1,000,000 entries with five enterprises each.
import { sql } from 'kysely';
import { getUnitEdition } from '../src/modules/editions/queries.ts';
import { readScopeStanding, type ScopeTable } from '../src/modules/figures/scope.ts';
import { findPlacement } from '../src/modules/units/queries.ts';
import { addEntries, enterprisesPerEntry, registerEnterprises } from './load.ts';
import { type BenchUnit, type BenchWorld, edition, machine, openBenchWorld, progress, round, summary, timed } from './world.ts';

const enterprises = 300_000;
const repeatsOfPlainSql = 5;

interface RollupOptions {
  readonly sizes?: readonly number[];
  /** Tables read per level and size. */
  readonly reads?: number;
}

export async function run(options: RollupOptions = {}): Promise<object> {
  const sizes = options.sizes ?? [10_000, 200_000, 1_000_000];
  const world = await openBenchWorld();
  try {
    await registerEnterprises(world, enterprises);
    const results = [];
    let stored = 0;
    for (const size of sizes) {
      progress(`${size} entries: loading`);
      const load = await timed(() => addEntries(world, { from: stored, to: size, enterprises }));
      stored = size;
      // What the table's housekeeping would have done by itself a little later.
      for (const table of tables) await world.maintain(`vacuum analyze ${table}`);
      results.push({ entries: size, loadSeconds: round(load.milliseconds / 1000), ...(await measure(world, options.reads ?? 300)) });
    }
    return { bench: 'rollup', engine: world.engine, machine: machine(), units: world.units.length, enterprisesPerEntry, results, flat: flatness(results) };
  } finally {
    await world.close();
  }
}

const tables = ['activity', 'participation', 'presence', 'figure_row', 'placement', 'unit', 'enterprise'];

function flatness(results: readonly { entries: number; nation: { table: { p50: number } }; anyUnit: { p50: number } }[]): object {
  const first = results[0];
  const last = results.at(-1);
  if (first === undefined || last === undefined) return {};
  return { from: first.entries, to: last.entries, nationP50Ratio: round(last.nation.table.p50 / first.nation.table.p50), anyUnitP50Ratio: round(last.anyUnit.p50 / first.anyUnit.p50) };
}

interface Measured {
  readonly table: ReturnType<typeof summary>;
  readonly plainSqlMilliseconds: number;
  readonly ratio: number;
}

type Levels = { readonly nation: Measured; readonly province: Measured; readonly prefecture: Measured; readonly county: Measured };

interface Mix {
  readonly tableMilliseconds: number;
  readonly plainSqlMilliseconds: number;
  readonly ratio: number;
}

/** The mean over the levels, each as often as `weights` says: what a mix of reads costs either way. */
function mixOf({ nation, province, prefecture, county }: Levels, weights: readonly number[]): Mix {
  const levels = [nation, province, prefecture, county];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (level: Measured) => number) => levels.reduce((sum, level, depth) => sum + of(level) * (weights[depth] ?? 0), 0) / total;
  const table = mean((level) => level.table.p50);
  const plain = mean((level) => level.plainSqlMilliseconds);
  return { tableMilliseconds: round(table), plainSqlMilliseconds: round(plain), ratio: round(plain / table) };
}

async function measure(world: BenchWorld, reads: number): Promise<Levels & { anyUnit: ReturnType<typeof summary>; eachLevelAsOften: Mix; eachUnitAsOften: Mix; agrees: boolean }> {
  const all: number[] = [];
  const level = async (depth: number): Promise<Measured> => {
    const units = world.units.filter((unit) => unit.depth === depth);
    const timesOf = async (count: number, work: (unit: BenchUnit) => Promise<unknown>): Promise<number[]> => {
      const durations: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const unit = units[(index * 37) % units.length];
        if (unit !== undefined) durations.push((await timed(() => work(unit))).milliseconds);
      }
      return durations;
    };
    await timesOf(10, (unit) => readTable(world, unit));
    const durations = await timesOf(reads, (unit) => readTable(world, unit));
    all.push(...durations);
    const table = summary(durations);
    await timesOf(1, (unit) => plainAggregation(world, unit));
    const plainSqlMilliseconds = summary(await timesOf(repeatsOfPlainSql, (unit) => plainAggregation(world, unit))).p50;
    progress(`  depth ${depth}: table p50 ${table.p50} ms, p95 ${table.p95} ms; plain SQL ${plainSqlMilliseconds} ms`);
    return { table, plainSqlMilliseconds, ratio: round(plainSqlMilliseconds / table.p50) };
  };
  const levels = { nation: await level(0), province: await level(1), prefecture: await level(2), county: await level(3) };
  const unitsByDepth = [0, 1, 2, 3].map((depth) => world.units.filter((unit) => unit.depth === depth).length);
  return { ...levels, anyUnit: summary(all), eachLevelAsOften: mixOf(levels, [1, 1, 1, 1]), eachUnitAsOften: mixOf(levels, unitsByDepth), agrees: await agree(world) };
}

/** What the matrix screen reads: own level, every child's row and totals, distinct counts, states. */
async function readTable(world: BenchWorld, unit: BenchUnit): Promise<ScopeTable> {
  return world.database.read(async (tx) => {
    const placement = await findPlacement(tx, edition, unit.code);
    if (placement === undefined) throw new Error(`no placement for ${unit.code}`);
    const loaded = await getUnitEdition(tx, edition, placement.p1);
    return (await readScopeStanding(tx, loaded, placement)).scope;
  });
}

interface PlainSums {
  readonly branch: string | null;
  readonly attendances: number | null;
}

interface PlainDistincts {
  readonly branch: string | null;
  readonly kind: string;
  readonly firms: number;
}

/** The same numbers by one statement over the ledger: sums and distinct enterprises of each child and of the whole (branch null). */
async function plainAggregation(world: BenchWorld, unit: BenchUnit): Promise<{ sums: readonly PlainSums[]; distincts: readonly PlainDistincts[] }> {
  const branch = unit.depth >= 3 ? sql`a.unit_code` : sql`coalesce(${sql.ref(`pl.p${unit.depth + 1}`)}, a.unit_code)`;
  const scope = unit.depth === 0 ? sql`true` : sql`${sql.ref(`pl.p${unit.depth}`)} = ${unit.code}`;
  return world.database.read(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    const { rows } = await sql<{ sums: PlainSums[]; distincts: PlainDistincts[] }>`
      with entries as (
        select ${branch} as branch, a.unit_code, a.id, a.kind, a.content->'values' as v from activity a
        join placement pl on pl.edition_code = a.edition_code and pl.unit_code = a.unit_code
        where a.edition_code = ${edition} and a.deleted_at is null and ${scope}
      ), sums as (
        select branch, count(*) filter (where kind = 'publicity') as c1, sum((v->>'attendances')::bigint) filter (where kind = 'publicity') as attendances,
          sum((v->>'materials')::bigint) filter (where kind = 'publicity') as c3, count(*) filter (where kind in ('symposium', 'guidance_meeting')) as c4,
          sum((v->>'issued')::bigint) filter (where kind = 'questionnaire_issue') as c5, sum((v->>'items')::bigint) filter (where kind = 'suggestion') as c6,
          count(*) filter (where kind = 'grievance') as c7, count(*) filter (where kind = 'training') as c8, sum((v->>'attendances')::bigint) filter (where kind = 'training') as c9,
          count(*) filter (where kind = 'typical_case') as c10, count(*) filter (where kind = 'gov_report') as c11, count(*) filter (where kind = 'media_item') as c12,
          count(*) filter (where kind = 'media_item' and v->>'level' = 'central') as c13
        from entries group by rollup (branch)
      ), firms as (
        select e.branch, case when e.kind = 'guidance_meeting' then 'symposium' else e.kind end as kind, e.unit_code, p.enterprise_id
        from entries e join participation p on p.province_code = left(e.unit_code, 2)::smallint and p.activity_id = e.id
      ), distincts as (
        select branch, kind, count(*) as times, count(distinct enterprise_id) as firms, count(distinct (unit_code, enterprise_id)) as own from firms group by grouping sets ((branch, kind), (kind))
      )
      select (select json_agg(sums) from sums) as sums, (select json_agg(distincts) from distincts) as distincts`.execute(tx);
    return rows[0] ?? { sums: [], distincts: [] };
  });
}

/** Whether both ways give the nation and each of its children the same sum and the same distinct count. */
async function agree(world: BenchWorld): Promise<boolean> {
  const nation = world.units.find(({ depth }) => depth === 0);
  if (nation === undefined) return false;
  const scope = await readTable(world, nation);
  const { sums, distincts } = await plainAggregation(world, nation);
  const of = (branch: string | null) => (branch === null ? { figures: scope.jurisdiction, distinct: scope.distinct } : scope.branches.get(branch));
  const sumsAgree = sums.every(({ branch, attendances }) => of(branch)?.figures['publicity.attendances']?.value === (attendances ?? 0));
  const firms = distincts.filter(({ kind }) => kind === 'publicity');
  return sums.length > 1 && firms.length > 1 && sumsAgree && firms.every((one) => of(one.branch)?.distinct['publicity.enterprises'] === one.firms);
}
