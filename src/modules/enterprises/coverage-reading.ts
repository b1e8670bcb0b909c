// How far lists of key enterprises are served, in set queries: each enterprise once in every sum, however many lists it stands on.
import { type RawBuilder, sql } from 'kysely';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { nationUnit } from '../../shared/wire.ts';
import { type Coverage, targetTag, type UnitCoverage } from './model.ts';
import type { UnitKey } from './register-reading.ts';

interface Tallied {
  readonly what: 'all' | 'tag' | 'unit';
  readonly name: string;
  readonly targets: number;
  readonly served: number;
}

type Kinds = Coverage['kinds'];

function coverageOf(rows: readonly Tallied[], kinds: Kinds): Coverage {
  const [all] = rows.filter(({ what }) => what === 'all');
  const of = (name: string) => rows.find((row) => row.what === 'tag' && row.name === name);
  return {
    targets: all?.targets ?? 0, served: all?.served ?? 0, kinds,
    tags: targetTag.options.map((tag) => ({ tag, targets: of(tag)?.targets ?? 0, served: of(tag)?.served ?? 0 })),
  };
}

/** The unit's own list, served by its own entries. */
export async function readOwnCoverage(tx: Tx, unit: UnitKey): Promise<Coverage> {
  const scope = sql`select ${unit.unitCode}::text as unit_code, ${unit.provinceCode}::smallint as province_code, ${unit.unitCode}::text as branch`;
  const asked = { editionCode: unit.editionCode, provinceCode: unit.provinceCode, units: scope };
  return coverageOf(await readTallies(tx, asked), await readKinds(tx, asked));
}

/**
 * All lists of the unit and below, each enterprise once, served by any unit there; and the same for each unit directly below. Counts only.
 * By kind of activity only when asked: that looks at every entry there is of the enterprises.
 */
export async function readCoverageBelow(tx: Tx, { editionCode, provinceCode, unitCode }: UnitKey, byKind: boolean): Promise<{ total: Coverage; units: UnitCoverage[] }> {
  const within = unitCode === nationUnit ? sql`true` : sql`p.province_code = ${provinceCode} and ${unitCode} in (p.unit_code, p.parent_code, p.p1, p.p2, p.p3)`;
  // The branch of a unit is the one directly below that it belongs to; the unit itself is a branch of its own.
  const scope = sql`
    select p.unit_code, p.province_code, case when p.unit_code = ${unitCode} then ${unitCode} else b.unit_code end as branch
    from placement p left join placement b on b.edition_code = p.edition_code and b.parent_code = ${unitCode} and b.unit_code in (p.unit_code, p.parent_code, p.p1, p.p2, p.p3)
    where p.edition_code = ${editionCode} and ${within}`;
  const { rows: named } = await sql<{ unitCode: string; unitName: string }>`
    select p.unit_code, u.short_name as unit_name from placement p join unit u on u.code = p.unit_code where p.edition_code = ${editionCode} and p.parent_code = ${unitCode} order by p.sort`.execute(tx);
  const asked = { editionCode, provinceCode: unitCode === nationUnit ? null : provinceCode, units: scope };
  const { rows, kinds } = await beyondReach(tx, 'coverage', () => hashing(tx, async () => ({ rows: await readTallies(tx, asked), kinds: byKind ? await readKinds(tx, asked) : [] })));
  const byUnit = new Map(rows.flatMap((row) => (row.what === 'unit' ? [[row.name, row] as const] : [])));
  return { total: coverageOf(rows, kinds), units: named.map((unit) => ({ ...unit, targets: byUnit.get(unit.unitCode)?.targets ?? 0, served: byUnit.get(unit.unitCode)?.served ?? 0 })) };
}

/** The planner takes a scope for four units and would go through tens of thousands of rows one by one. */
async function hashing<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`set local enable_nestloop = off`.execute(tx);
  const value = await work();
  await sql`set local enable_nestloop = on`.execute(tx);
  return value;
}

interface Scope {
  readonly editionCode: string;
  /** Null: of all provinces. */
  readonly provinceCode: number | null;
  /** unit_code, province_code and the branch each belongs to. */
  readonly units: RawBuilder<unknown>;
}

/** Said as a constant, so that only the rows of the province are looked at. */
function inProvince(alias: string, { provinceCode }: Scope): RawBuilder<unknown> {
  return provinceCode === null ? sql`true` : sql`${sql.ref(`${alias}.province_code`)} = ${provinceCode}`;
}

/** A tag's place in the mask that a listed enterprise carries through the counting. */
const maskOf = sql.join(targetTag.options.map((tag, index) => sql`case when ${tag}::text = any(r.tags) then ${sql.lit(1 << index)} else 0 end`), sql` + `);

async function readTallies(tx: Tx, scope: Scope): Promise<Tallied[]> {
  const { editionCode } = scope;
  const ofTags = targetTag.options.map((tag, index) => sql`
    select 'tag' as what, ${tag}::text as name, count(*)::int as targets, count(*) filter (where served)::int as served from once where mask & ${sql.lit(1 << index)} <> 0`);
  const { rows } = await sql<Tallied>`
    with scope as materialized (
      select unit_code, province_code, branch, dense_rank() over (order by branch)::int as place from (${scope.units}) as units
    ), listed as materialized (
      select t.enterprise_id, s.place, bit_or(${maskOf}) as mask
      from scope s join target_enterprise t on t.province_code = s.province_code and t.edition_code = ${editionCode} and t.unit_code = s.unit_code and ${inProvince('t', scope)}
      left join enterprise_record r on r.province_code = t.province_code and r.unit_code = t.unit_code and r.enterprise_id = t.enterprise_id and ${inProvince('r', scope)}
      group by t.enterprise_id, s.place
    ), met as materialized (
      select p.enterprise_id, s.place from scope s join participation p on p.province_code = s.province_code and p.unit_code = s.unit_code and p.edition_code = ${editionCode} and ${inProvince('p', scope)}
      group by p.enterprise_id, s.place
    ), joined as materialized (
      select l.enterprise_id, l.place, l.mask, m.enterprise_id is not null as here from listed l left join met m on m.enterprise_id = l.enterprise_id and m.place = l.place
    ), once as materialized (
      select o.mask, m.enterprise_id is not null as served
      from (select enterprise_id, bit_or(mask) as mask from joined group by enterprise_id) o left join (select enterprise_id from met group by enterprise_id) m using (enterprise_id)
    )
    select 'all' as what, '' as name, count(*)::int as targets, count(*) filter (where served)::int as served from once
    union all ${sql.join(ofTags, sql` union all `)}
    union all
    select 'unit', (select min(branch) from scope s where s.place = j.place), count(*)::int, count(*) filter (where here)::int from joined j group by place`.execute(tx);
  return rows;
}

/** Listed enterprises by the kinds of entries that name them, in the scope. */
async function readKinds(tx: Tx, scope: Scope): Promise<Kinds> {
  const { editionCode } = scope;
  const { rows } = await sql<Kinds[number]>`
    with scope as materialized (${scope.units}), listed as materialized (
      select distinct t.enterprise_id from scope s join target_enterprise t on t.province_code = s.province_code and t.edition_code = ${editionCode} and t.unit_code = s.unit_code and ${inProvince('t', scope)}
    ), attended as materialized (
      select p.enterprise_id, p.province_code, p.activity_id from scope s join participation p on p.province_code = s.province_code and p.unit_code = s.unit_code and p.edition_code = ${editionCode} and ${inProvince('p', scope)}
      join listed l on l.enterprise_id = p.enterprise_id
    )
    select kind, count(*)::int as served from (
      select a.kind, d.enterprise_id from attended d join activity a on a.province_code = d.province_code and a.id = d.activity_id and a.edition_code = ${editionCode} and ${inProvince('a', scope)}
      group by a.kind, d.enterprise_id
    ) met group by kind order by 2 desc, 1`.execute(tx);
  return rows;
}
