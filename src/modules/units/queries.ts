// What is stored about units and where they stand.
import { type RawBuilder, sql } from 'kysely';
import { raise } from '../../kernel/context.ts';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { UnitPlacement } from '../access/model.ts';
import { type Member, type PlacedUnit, placeMembers } from './rules/tree.ts';

export interface Placement extends UnitPlacement {
  readonly provinceCode: number;
}

/** Where a unit stands in an edition; undefined when the edition does not know it. */
export async function findPlacement(tx: Tx, editionCode: string, unitCode: string): Promise<Placement | undefined> {
  const { rows } = await placementAsked(editionCode, unitCode).execute(tx);
  return rows[0];
}

/** As `findPlacement`, not asked yet. With `holding` the shared lock of that name is taken with it, for what the statements after it read. */
export function placementAsked(editionCode: string, unitCode: string, holding: string | null = null): RawBuilder<Placement> {
  const held = holding === null ? sql`` : sql`, pg_advisory_xact_lock_shared(hashtext(${holding}))::text as held`;
  return sql<Placement>`
    select unit_code, parent_code, depth, p1, p2, p3, province_code${held} from placement where edition_code = ${editionCode} and unit_code = ${unitCode}`;
}

/** What became of an edition's tree: units whose p1 to p3 changed, new ones, and those it no longer has. */
export interface TreeChange {
  readonly moved: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const unchanged: TreeChange = { moved: [], added: [], removed: [] };

/**
 * Places all units in an edition as they stand on its tree date. A closed edition is left as it is, so that its totals stay
 * reproducible. Refuses a circle, and a tree that would lose a unit which has recorded something. Figures of units that moved
 * must be rebuilt by the caller.
 */
export async function refreshPlacements(tx: Tx, editionCode: string): Promise<TreeChange> {
  const edition = await tx.selectFrom('edition').select(['treeDate', 'closedAt']).where('code', '=', editionCode).executeTakeFirstOrThrow();
  if (edition.closedAt !== null) return unchanged;
  const placed = enforce(placeMembers(await listMembers(tx, edition.treeDate), nationUnit));
  const before = new Map((await tx.selectFrom('placement').selectAll().where('editionCode', '=', editionCode).execute()).map((row) => [row.unitCode, row]));
  const changed = placed.filter((unit) => !standsAs(unit, before.get(unit.unitCode)));
  await savePlacements(tx, editionCode, changed);
  const kept = new Set(placed.map(({ unitCode }) => unitCode));
  const removed = [...before.keys()].filter((code) => !kept.has(code));
  await removePlacements(tx, editionCode, removed);
  const moved = changed.filter(({ unitCode, p1, p2, p3 }) => {
    const row = before.get(unitCode);
    return row !== undefined && (row.p1 !== p1 || row.p2 !== p2 || row.p3 !== p3);
  });
  return { moved: moved.map(({ unitCode }) => unitCode), added: [...kept].filter((code) => !before.has(code)), removed };
}

function standsAs(unit: PlacedUnit, row: PlacedUnit | undefined): boolean {
  return row !== undefined && (['provinceCode', 'parentCode', 'depth', 'p1', 'p2', 'p3', 'sort'] as const).every((column) => row[column] === unit[column]);
}

/** Units that exist on a day, with whom they report to that day. */
export async function listMembers(tx: Tx, day: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select u.code, u.province_code, l.parent_code
    from unit u left join unit_line l on l.unit_code = u.code and l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date)
    where u.valid_from <= ${day}::date and (u.valid_to is null or u.valid_to > ${day}::date)
    order by u.code`.execute(tx);
  return rows;
}

async function savePlacements(tx: Tx, editionCode: string, placed: readonly PlacedUnit[]): Promise<void> {
  if (placed.length === 0) return;
  await sql`
    insert into placement (edition_code, unit_code, province_code, parent_code, depth, p1, p2, p3, sort)
    select ${editionCode}, "unitCode", "provinceCode", "parentCode", depth, p1, p2, p3, sort
    from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb)
      as n("unitCode" text, "provinceCode" smallint, "parentCode" text, depth smallint, p1 text, p2 text, p3 text, sort text)
    on conflict (edition_code, unit_code) do update
    set province_code = excluded.province_code, parent_code = excluded.parent_code, depth = excluded.depth,
      p1 = excluded.p1, p2 = excluded.p2, p3 = excluded.p3, sort = excluded.sort`.execute(tx);
}

async function removePlacements(tx: Tx, editionCode: string, unitCodes: readonly string[]): Promise<void> {
  if (unitCodes.length === 0) return;
  const used = await findUsed(tx, editionCode, unitCodes);
  if (used !== undefined) raise(problem('refused_by_rule', { rule: 'edition_under_way', unitCode: used, edition: editionCode }));
  await tx.deleteFrom('placement').where('editionCode', '=', editionCode).where('unitCode', 'in', unitCodes).execute();
}

/** The first of these units that has recorded anything in an edition: an entry, an adjustment, an act on its return, a setting of its own. */
export async function findUsed(tx: Tx, editionCode: string, unitCodes: readonly string[]): Promise<string | undefined> {
  if (unitCodes.length === 0) return undefined;
  const ofThem = sql`where edition_code = ${editionCode} and unit_code = any(${unitCodes}::text[])`;
  const { rows } = await beyondReach(tx, 'tree', () => sql<{ unitCode: string }>`
    select unit_code from activity_version ${ofThem} union select unit_code from adjustment ${ofThem}
    union select unit_code from return_act ${ofThem} union select unit_code from internal_deadline ${ofThem}
    union select unit_code from extension_row ${ofThem} union select unit_code from report ${ofThem} order by 1 limit 1`.execute(tx));
  return rows[0]?.unitCode;
}
