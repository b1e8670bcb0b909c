// How far lists of key enterprises are served, in set queries: one pass over the lists, one probe of an index for each listed enterprise.
import { type RawBuilder, sql } from 'kysely';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { nationUnit } from '../../shared/wire.ts';
import { type Coverage, targetTag, type UnitCoverage } from './model.ts';
import type { UnitKey } from './register-reading.ts';

/** A unit and its place in the tree of the edition. */
export interface CoverageScope extends UnitKey {
  /** Whether anybody reports to it. */
  readonly above: boolean;
}

interface Tallied {
  readonly what: 'all' | 'tag' | 'kind' | 'unit';
  readonly name: string;
  readonly targets: number;
  readonly served: number;
}

const isTag = (name: string): name is (typeof targetTag.options)[number] => targetTag.options.some((tag) => tag === name);

function coverageOf(rows: readonly Tallied[]): Coverage {
  const [all] = rows.filter(({ what }) => what === 'all');
  const of = (name: string) => rows.find((row) => row.what === 'tag' && row.name === name);
  return {
    targets: all?.targets ?? 0, served: all?.served ?? 0,
    tags: targetTag.options.filter(isTag).map((tag) => ({ tag, targets: of(tag)?.targets ?? 0, served: of(tag)?.served ?? 0 })),
    kinds: rows.filter(({ what }) => what === 'kind').map(({ name, served }) => ({ kind: name, served })),
  };
}

/** The unit's own list, served by its own entries. */
export async function readOwnCoverage(tx: Tx, unit: UnitKey): Promise<Coverage> {
  const scope = sql`select ${unit.unitCode}::text as unit_code, ${unit.provinceCode}::smallint as province_code, ${unit.unitCode}::text as branch`;
  return coverageOf(await readTallies(tx, unit.editionCode, scope));
}

/** All lists of the unit and below, each enterprise once, served by any unit there; and the same for each unit directly below. Counts only. */
export async function readCoverageBelow(tx: Tx, { editionCode, provinceCode, unitCode }: UnitKey): Promise<{ total: Coverage; units: UnitCoverage[] }> {
  const within = unitCode === nationUnit ? sql`true` : sql`p.province_code = ${provinceCode} and ${unitCode} in (p.unit_code, p.parent_code, p.p1, p.p2, p.p3)`;
  // The branch of a unit is the one directly below that it belongs to; the unit itself is a branch of its own.
  const scope = sql`
    select p.unit_code, p.province_code, case when p.unit_code = ${unitCode} then ${unitCode} else b.unit_code end as branch
    from placement p left join placement b on b.edition_code = p.edition_code and b.parent_code = ${unitCode} and b.unit_code in (p.unit_code, p.parent_code, p.p1, p.p2, p.p3)
    where p.edition_code = ${editionCode} and ${within}`;
  const rows = await beyondReach(tx, 'coverage', () => readTallies(tx, editionCode, scope));
  const { rows: named } = await sql<{ unitCode: string; unitName: string }>`
    select p.unit_code, u.short_name as unit_name from placement p join unit u on u.code = p.unit_code where p.edition_code = ${editionCode} and p.parent_code = ${unitCode} order by p.sort`.execute(tx);
  const byUnit = new Map(rows.flatMap((row) => (row.what === 'unit' ? [[row.name, row] as const] : [])));
  return { total: coverageOf(rows), units: named.map((unit) => ({ ...unit, targets: byUnit.get(unit.unitCode)?.targets ?? 0, served: byUnit.get(unit.unitCode)?.served ?? 0 })) };
}

async function readTallies(tx: Tx, editionCode: string, scope: RawBuilder<unknown>): Promise<Tallied[]> {
  const { rows } = await sql<Tallied>`
    with scope as materialized (${scope}),
    listed as materialized (
      select t.enterprise_id, s.branch, array_agg(distinct tag) filter (where tag is not null) as tags
      from scope s join target_enterprise t on t.province_code = s.province_code and t.edition_code = ${editionCode} and t.unit_code = s.unit_code
      left join enterprise_record r on r.province_code = t.province_code and r.unit_code = t.unit_code and r.enterprise_id = t.enterprise_id
      left join lateral unnest(r.tags) as tag on true
      group by t.enterprise_id, s.branch
    ), attended as materialized (
      select p.enterprise_id, s.branch, p.province_code, p.activity_id
      from (select distinct enterprise_id from listed) l
      join participation p on p.enterprise_id = l.enterprise_id and p.edition_code = ${editionCode}
      join scope s on s.unit_code = p.unit_code and s.province_code = p.province_code
    ), served as materialized (
      select distinct enterprise_id from attended
    ), served_in as materialized (
      select distinct enterprise_id, branch from attended
    )
    select 'all' as what, '' as name, count(distinct l.enterprise_id)::int as targets, count(distinct s.enterprise_id)::int as served
    from listed l left join served s using (enterprise_id)
    union all
    select 'tag', tag, count(distinct l.enterprise_id)::int, count(distinct s.enterprise_id)::int
    from listed l cross join lateral unnest(l.tags) as tag left join served s using (enterprise_id) group by tag
    union all
    select 'unit', l.branch, count(*)::int, count(s.enterprise_id)::int
    from listed l left join served_in s on s.enterprise_id = l.enterprise_id and s.branch = l.branch group by l.branch
    union all
    select 'kind', a.kind, 0, count(distinct d.enterprise_id)::int
    from attended d join activity a on a.province_code = d.province_code and a.id = d.activity_id group by a.kind
    order by 1, 4 desc, 2`.execute(tx);
  return rows;
}
