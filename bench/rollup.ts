// bench rollup: how long any unit's table with all its children's rows takes, against one plain SQL aggregation over the
// ledger in the same run, at 10,000, 200,000 and 1,000,000 entries with five enterprises each.
import { sql } from 'kysely';
import type { Tx } from '../src/kernel/database.ts';
import { getUnitEdition } from '../src/modules/editions/queries.ts';
import { rebuildFigures } from '../src/modules/figures/queries.ts';
import { readScopeTable } from '../src/modules/figures/scope.ts';
import { listBranchStandings, listChildStandings } from '../src/modules/figures/standing.ts';
import { layoutOf, contributionOf } from '../src/modules/figures/rules.ts';
import { findPlacement } from '../src/modules/units/queries.ts';
import { type BenchUnit, type BenchWorld, edition, machine, openBenchWorld, progress, round, summary, timed } from './world.ts';

const enterprises = 300_000;
const perEntry = 5;

interface Template {
  readonly kind: string;
  readonly values: { readonly [field: string]: string | number };
  readonly named: boolean;
}

/** One template per kind; entries of a kind differ in unit, day and enterprises. */
const templates: readonly Template[] = [
  { kind: 'publicity', values: { mode: 'offline', attendances: 60, materials: 200 }, named: true },
  { kind: 'training', values: { mode: 'offline', attendances: 40 }, named: true },
  { kind: 'symposium', values: { mode: 'offline', attendances: 15 }, named: true },
  { kind: 'visit', values: { manner: 'on_site' }, named: true },
  { kind: 'questionnaire_issue', values: { channel: 'paper', issued: 50 }, named: false },
  { kind: 'suggestion', values: { items: 3, source: 'visit' }, named: false },
  { kind: 'media_item', values: { level: 'central', outlet: '测试媒体', origin: 'own' }, named: false },
];

export async function run(options: { readonly sizes?: readonly number[]; readonly reads?: number } = {}): Promise<object> {
  const sizes = options.sizes ?? [10_000, 200_000, 1_000_000];
  const world = await openBenchWorld();
  try {
    await registerEnterprises(world);
    const results = [];
    let stored = 0;
    for (const size of sizes) {
      progress(`${size} entries: loading`);
      const load = await timed(() => addEntries(world, stored, size));
      stored = size;
      const rebuild = await timed(() => world.database.write((tx) => rebuildFigures(tx, edition)));
      await world.database.write(async (tx) => void (await sql`analyze`.execute(tx)));
      results.push({ entries: size, loadSeconds: round(load.milliseconds / 1000), rebuildSeconds: round(rebuild.milliseconds / 1000), ...(await measure(world, options.reads ?? 300)) });
    }
    return { bench: 'rollup', engine: world.engine, machine: machine(), units: world.units.length, enterprisesPerEntry: perEntry, results, flat: flatness(results) };
  } finally {
    await world.close();
  }
}

function flatness(results: readonly { entries: number; nation: { table: { p50: number } } }[]): object {
  const first = results[0];
  const last = results.at(-1);
  if (first === undefined || last === undefined) return {};
  return { from: first.entries, to: last.entries, nationP50Ratio: round(last.nation.table.p50 / first.nation.table.p50) };
}

async function registerEnterprises(world: BenchWorld): Promise<void> {
  await world.database.write(async (tx) => {
    // Codes here only have to be unique: nothing reads them back.
    await sql`insert into enterprise (uscc, name, name_bigrams, demonstration, created_at, created_by)
      select '9199000' || lpad(n::text, 11, '0'), '测试企业' || n, '{}', true, now(), 'bench' from generate_series(1, ${enterprises}) n`.execute(tx);
  });
}

async function addEntries(world: BenchWorld, from: number, to: number): Promise<void> {
  const layout = layoutOf(world.definition.indicators);
  const leaves = world.units.filter(({ depth }) => depth > 0).map(({ code }) => code);
  const batch = 100_000;
  for (let start = from; start < to; start += batch) {
    await world.database.write(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      for (const [index, template] of templates.entries()) await addTemplate(tx, world, { template, index, layout, leaves, start, end: Math.min(start + batch, to) });
    });
  }
}

interface TemplateLoad {
  readonly template: Template;
  readonly index: number;
  readonly layout: ReturnType<typeof layoutOf>;
  readonly leaves: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** Entries whose number falls to this template; enterprises by a fixed stride, so that they overlap within and across units. */
async function addTemplate(tx: Tx, world: BenchWorld, load: TemplateLoad): Promise<void> {
  const { template, index, layout, leaves, start, end } = load;
  const attending = template.named ? Array.from({ length: perEntry }, () => ({ uscc: 'x' })) : [];
  const contribution = contributionOf(world.definition.indicators, layout, { kind: template.kind, values: template.values, enterprises: attending });
  const content = JSON.stringify({ kind: template.kind, values: template.values });
  await sql`
    insert into activity (province_code, id, edition_code, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts, distinct_counters, version, ledger_no,
      demonstration, created_by, created_by_name, created_at, changed_at)
    select left(u, 2)::smallint, left(u, 2) || '-' || lpad(n::text, 36, '0'), ${edition}, u, ${template.kind}, date '2023-06-01' + (n % 30), '测试记录' || n, 'k' || n, '', ${content}::jsonb,
      ${[...contribution.amounts.keys()]}::smallint[], ${[...contribution.amounts.values()]}::bigint[], ${[...contribution.distinct]}::smallint[], 1, 1, true, 'bench', 'bench', now(), now()
    from (select n, (${leaves}::text[])[1 + (n::bigint * 7919) % ${leaves.length}] as u from generate_series(${start}::integer, ${end - 1}::integer) n where n % ${templates.length} = ${index}) rows`.execute(tx);
  if (!template.named) return;
  await sql`
    insert into participation (province_code, activity_id, enterprise_id, edition_code, unit_code)
    select left(u, 2)::smallint, left(u, 2) || '-' || lpad(n::text, 36, '0'), 1 + ((n::bigint * 31 + k * 5003) % ${enterprises})::integer, ${edition}, u
    from (select n, (${leaves}::text[])[1 + (n::bigint * 7919) % ${leaves.length}] as u from generate_series(${start}::integer, ${end - 1}::integer) n where n % ${templates.length} = ${index}) rows,
      generate_series(0, ${perEntry - 1}) k`.execute(tx);
}

interface Measured {
  readonly table: ReturnType<typeof summary>;
  readonly plainSqlMilliseconds: number;
  readonly ratio: number;
}

async function measure(world: BenchWorld, reads: number): Promise<{ nation: Measured; province: Measured; prefecture: Measured; county: Measured; anyUnit: ReturnType<typeof summary> }> {
  const all: number[] = [];
  const level = async (depth: number): Promise<Measured> => {
    const units = world.units.filter((unit) => unit.depth === depth);
    const durations: number[] = [];
    await readTable(world, units[0]);
    for (let index = 0; index < reads; index += 1) {
      const { milliseconds } = await timed(() => readTable(world, units[(index * 37) % units.length]));
      durations.push(milliseconds);
      all.push(milliseconds);
    }
    const table = summary(durations);
    const plain: number[] = [];
    for (let index = 0; index < 3; index += 1) plain.push((await timed(() => plainAggregation(world, units[(index * 37) % units.length]))).milliseconds);
    const plainSqlMilliseconds = summary(plain).p50;
    progress(`  depth ${depth}: table p50 ${table.p50} ms, p95 ${table.p95} ms; plain SQL ${plainSqlMilliseconds} ms`);
    return { table, plainSqlMilliseconds, ratio: round(plainSqlMilliseconds / table.p50) };
  };
  const [nation, province, prefecture, county] = [await level(0), await level(1), await level(2), await level(3)];
  return { nation, province, prefecture, county, anyUnit: summary(all) };
}

/** What the matrix screen reads: own level, every child's row and totals, distinct counts, states. */
async function readTable(world: BenchWorld, unit: BenchUnit): Promise<void> {
  await world.database.read(async (tx) => {
    const placement = await findPlacement(tx, edition, unit.code);
    if (placement === undefined) throw new Error(`no placement for ${unit.code}`);
    const loaded = await getUnitEdition(tx, edition, placement.p1);
    await readScopeTable(tx, loaded, placement);
    await listChildStandings(tx, edition, placement);
    await listBranchStandings(tx, edition, placement);
  });
}

/** The same numbers by one statement over the ledger: sums and distinct enterprises of each child and of the whole. */
async function plainAggregation(world: BenchWorld, unit: BenchUnit): Promise<void> {
  const branch = unit.depth >= 3 ? sql`a.unit_code` : sql`coalesce(${sql.ref(`pl.p${unit.depth + 1}`)}, a.unit_code)`;
  const scope = unit.depth === 0 ? sql`true` : sql`${sql.ref(`pl.p${unit.depth}`)} = ${unit.code}`;
  await world.database.read(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`
      with entries as (
        select ${branch} as branch, a.unit_code, a.id, a.kind, a.content->'values' as v from activity a
        join placement pl on pl.edition_code = a.edition_code and pl.unit_code = a.unit_code
        where a.edition_code = ${edition} and a.deleted_at is null and ${scope}
      ), sums as (
        select branch, count(*) filter (where kind = 'publicity') as c1, sum((v->>'attendances')::bigint) filter (where kind = 'publicity') as c2,
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
      select (select count(*) from sums), (select count(*) from distincts)`.execute(tx);
  });
}
