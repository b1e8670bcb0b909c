// Derives again what entries add, after the rules of counting have changed: a province added a row, an edition file was mended.
// The contents never change, only the counters kept beside them; contributionOf stays the one evaluator.
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../kernel/database.ts';
import { keptContributionOf } from '../activities/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { rebuildFigures } from './queries.ts';
import { contributionOf } from './rules.ts';

const countedEntry = z.object({
  kind: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  enterprises: z.array(z.object({ uscc: z.string().nullable() })),
});

/** Counts the entries of some kinds of one province again, all versions, and then the figures. */
export async function recountProvince(tx: Tx, edition: UnitEdition, provinceCode: number, kinds: readonly string[]): Promise<void> {
  await holdFigures(tx);
  await recountEntries(tx, edition, provinceCode, kinds);
  await rebuildFigures(tx, edition.code);
}

/** Counts all entries of an edition again, each by the rows of its province. */
export async function recountEdition(tx: Tx, editionCode: string): Promise<void> {
  await holdFigures(tx);
  const provinces = await tx
    .selectFrom('activityVersion')
    .innerJoin('placement', (join) => join.onRef('placement.editionCode', '=', 'activityVersion.editionCode').onRef('placement.unitCode', '=', 'activityVersion.unitCode'))
    .select(['activityVersion.provinceCode', 'placement.p1'])
    .distinct()
    .where('activityVersion.editionCode', '=', editionCode)
    .execute();
  for (const { provinceCode, p1 } of provinces) {
    const edition = await getUnitEdition(tx, editionCode, p1);
    await recountEntries(tx, edition, provinceCode, edition.definition.kinds.map(({ code }) => code));
  }
  await rebuildFigures(tx, editionCode);
}

/** Waits for every writer under way, and lets none come between the entries read here and the rebuilt figures. In the order the rebuild takes them. */
async function holdFigures(tx: Tx): Promise<void> {
  await sql`lock table presence in exclusive mode`.execute(tx);
  await sql`lock table figure_row in exclusive mode`.execute(tx);
}

const pageSize = 1000;

interface VersionRow {
  readonly activityId: string;
  readonly version: number;
  readonly content: unknown;
}

async function recountEntries(tx: Tx, edition: UnitEdition, provinceCode: number, kinds: readonly string[]): Promise<void> {
  let after: { readonly activityId: string; readonly version: number } = { activityId: '', version: 0 };
  for (;;) {
    const { rows } = await sql<VersionRow>`
      select activity_id, version, content from activity_version
      where province_code = ${provinceCode} and edition_code = ${edition.code} and content->>'kind' = any(${kinds}::text[])
        and (activity_id, version) > (${after.activityId}, ${after.version})
      order by activity_id, version limit ${pageSize}`.execute(tx);
    const last = rows.at(-1);
    if (last === undefined) return;
    await saveContributions(tx, edition, provinceCode, rows);
    after = last;
  }
}

async function saveContributions(tx: Tx, edition: UnitEdition, provinceCode: number, rows: readonly VersionRow[]): Promise<void> {
  const derived = rows.map(({ activityId, version, content }) => {
    const kept = keptContributionOf(contributionOf(edition.indicators, edition.layout, countedEntry.parse(content)), []);
    return { id: activityId, version, counters: kept.counters, amounts: kept.amounts, distinct_counters: kept.distinctCounters };
  });
  await sql`
    with derived as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(derived)}::jsonb) as d(id text, version integer, counters smallint[], amounts bigint[], distinct_counters smallint[])
    ), versions as (
      update activity_version v set counters = d.counters, amounts = d.amounts, distinct_counters = d.distinct_counters
      from derived d where v.province_code = ${provinceCode} and v.activity_id = d.id and v.version = d.version
    )
    update activity a set counters = d.counters, amounts = d.amounts, distinct_counters = d.distinct_counters
    from derived d where a.province_code = ${provinceCode} and a.id = d.id and a.version = d.version`.execute(tx);
}
