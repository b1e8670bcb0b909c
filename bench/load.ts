// Loads ledgers in bulk: entries with five enterprises each, counted by the real rules, as rows of the real tables. Deterministic.
import { sql } from 'kysely';
import type { Tx } from '../src/kernel/database.ts';
import { rebuildFigures } from '../src/modules/figures/queries.ts';
import { contributionOf, layoutOf } from '../src/modules/figures/rules.ts';
import { type BenchWorld, edition } from './world.ts';

export const enterprisesPerEntry = 5;

interface Template {
  readonly kind: string;
  readonly values: { readonly [field: string]: string | number };
}

/** The kinds that name many enterprises; entries of a kind differ in unit, day and enterprises. */
const templates: readonly Template[] = [
  { kind: 'publicity', values: { mode: 'offline', attendances: 60, materials: 200 } },
  { kind: 'training', values: { mode: 'offline', attendances: 40 } },
  { kind: 'symposium', values: { mode: 'offline', attendances: 15 } },
  { kind: 'guidance_meeting', values: { mode: 'online', attendances: 25 } },
  { kind: 'suggestion', values: { items: 3, source: 'visit' } },
];

export async function registerEnterprises(world: BenchWorld, count: number): Promise<void> {
  await world.database.write(async (tx) => {
    // Codes here only have to be unique: nothing reads them back.
    await sql`insert into enterprise (uscc, name, name_bigrams, demonstration, created_at, created_by)
      select '9199000' || lpad(n::text, 11, '0'), '测试企业' || n, '{}', true, now(), 'bench' from generate_series(1, ${count}::integer) n`.execute(tx);
  });
}

export interface Load {
  /** Entries with these numbers, the last left out. */
  readonly from: number;
  readonly to: number;
  /** How many enterprises are registered. */
  readonly enterprises: number;
}

/** Adds the entries and counts the figures anew. */
export async function addEntries(world: BenchWorld, load: Load): Promise<void> {
  const units = world.units.filter(({ depth }) => depth > 0).map(({ code }) => code);
  const batch = 100_000;
  for (let start = load.from; start < load.to; start += batch) {
    await world.database.write(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx);
      for (const [index, template] of templates.entries()) await addTemplate(tx, world, template, { ...load, index, units, from: start, to: Math.min(start + batch, load.to) });
    });
  }
  await world.database.write(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await rebuildFigures(tx, edition);
  });
}

interface TemplateLoad extends Load {
  readonly index: number;
  readonly units: readonly string[];
}

/** Entries whose number falls to this template; enterprises by a fixed stride, so that they overlap within and across units. */
async function addTemplate(tx: Tx, { definition }: BenchWorld, { kind, values }: Template, { index, units, from, to, enterprises }: TemplateLoad): Promise<void> {
  const attending = Array.from({ length: enterprisesPerEntry }, () => ({ uscc: 'any' }));
  const contribution = contributionOf(definition.indicators, layoutOf(definition.indicators), { kind, values, enterprises: attending });
  const content = JSON.stringify({ kind, values });
  const rows = sql`(select n, (${units}::text[])[1 + (n::bigint * 7919) % ${units.length}] as u
    from generate_series(${from}::integer, ${to - 1}::integer) n where n % ${templates.length} = ${index}) rows`;
  await sql`
    insert into activity (province_code, id, edition_code, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts, distinct_counters, version, ledger_no,
      demonstration, created_by, created_by_name, created_at, changed_at)
    select left(u, 2)::smallint, left(u, 2) || '-' || lpad(n::text, 36, '0'), ${edition}, u, ${kind}, date '2023-06-01' + (n % 30), '测试记录' || n, 'k' || n, '', ${content}::jsonb,
      ${[...contribution.amounts.keys()]}::smallint[], ${[...contribution.amounts.values()]}::bigint[], ${[...contribution.distinct]}::smallint[], 1, 1, true, 'bench', 'bench', now(), now()
    from ${rows}`.execute(tx);
  await sql`
    insert into participation (province_code, activity_id, enterprise_id, edition_code, unit_code)
    select left(u, 2)::smallint, left(u, 2) || '-' || lpad(n::text, 36, '0'), 1 + ((n::bigint * 31 + k * 5003) % ${enterprises})::integer, ${edition}, u
    from ${rows}, generate_series(0, ${enterprisesPerEntry - 1}::integer) k`.execute(tx);
}
