// Reads units for people: found by what was typed, with all above and below, and the dated tree for decisions.
import { type RawBuilder, sql } from 'kysely';
import { found } from '../../kernel/context.ts';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import type { Json } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { unitKind, type UnitDetail, type UnitSummary } from './model.ts';
import { findPlacement, type Placement } from './queries.ts';
import { lastCharacter, type Named, rankOf, type ReportingLine, termsOf } from './rules.ts';
import type { KnownUnit } from './rules/sheet.ts';

interface SummaryRow {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly kind: string;
  readonly parentCode: string | null;
  readonly depth: number;
}

const summaryOf = ({ code, name, shortName, kind, parentCode, depth }: SummaryRow): UnitSummary => ({ code, name, shortName, kind: unitKind.parse(kind), parentCode, depth });

export interface Search {
  readonly within: string | null;
  readonly limit: number;
  /** Of equally good answers those of the asker's province come first. */
  readonly home: number | null;
}

/** Units of an edition that answer a query, best first, upper ones before lower ones. Nothing typed is ever a pattern. */
export async function findNamedUnits(tx: Tx, editionCode: string, query: string, { within, limit, home }: Search): Promise<UnitSummary[]> {
  const terms = termsOf(query);
  if (terms.length === 0) return [];
  const branch = within === null || within === nationUnit ? sql`true` : sql`${within} in (p.unit_code, p.p1, p.p2, p.p3, p.parent_code)`;
  const { rows } = await sql<SummaryRow & Named & { sort: string; provinceCode: number }>`
    select u.code, u.name, u.short_name, u.kind, u.pinyin, u.initials, p.parent_code, p.depth, p.sort, p.province_code,
      concat(a1.short_name, case when p.depth > 2 then a2.short_name end, case when p.depth > 3 then a3.short_name end) as above
    from placement p join unit u on u.code = p.unit_code
    left join unit a1 on a1.code = p.p1 and p.depth > 1 left join unit a2 on a2.code = p.p2 left join unit a3 on a3.code = p.p3
    where p.edition_code = ${editionCode} and ${branch} and ${mayAnswer(terms)}`.execute(tx);
  const away = ({ provinceCode }: { readonly provinceCode: number }): number => (provinceCode === home ? 0 : 1);
  return rows
    .flatMap((row) => {
      const rank = rankOf(terms, row);
      return rank === null ? [] : [{ row, rank }];
    })
    .sort((a, b) => a.rank - b.rank || away(a.row) - away(b.row) || a.row.depth - b.row.depth || (a.row.sort < b.row.sort ? -1 : 1))
    .slice(0, limit)
    .map(({ row }) => summaryOf(row));
}

/** Only spares reading what `rankOf` cannot take: none of the words is in the unit, nor does its short name hold the last character. */
function mayAnswer(terms: readonly string[]): RawBuilder<boolean> {
  const words = sql`lower(concat_ws(' ', u.code, u.name, u.short_name, u.pinyin, u.initials))`;
  return sql`(strpos(u.short_name, ${lastCharacter(terms.join(''))}) > 0 or ${sql.join(terms.map((term) => sql`strpos(${words}, ${term}) > 0`), sql` or `)})`;
}

/** Units of an edition by code, in tree order. */
export async function listSummaries(tx: Tx, editionCode: string, unitCodes: readonly string[]): Promise<UnitSummary[]> {
  if (unitCodes.length === 0) return [];
  const rows = await summaries(tx, editionCode).where('placement.unitCode', 'in', unitCodes).execute();
  return rows.map(summaryOf);
}

export async function listChildren(tx: Tx, editionCode: string, parentCode: string): Promise<UnitSummary[]> {
  const rows = await summaries(tx, editionCode).where('placement.parentCode', '=', parentCode).execute();
  return rows.map(summaryOf);
}

function summaries(tx: Tx, editionCode: string) {
  return tx
    .selectFrom('placement')
    .innerJoin('unit', 'unit.code', 'placement.unitCode')
    .select(['unit.code', 'unit.name', 'unit.shortName', 'unit.kind', 'placement.parentCode', 'placement.depth'])
    .where('placement.editionCode', '=', editionCode)
    .orderBy('placement.sort');
}

/** A unit as it is, standing where `standing` says. */
export async function getUnitDetail(tx: Tx, standing: Placement): Promise<UnitDetail> {
  const row = await tx.selectFrom('unit').selectAll().where('code', '=', standing.unitCode).executeTakeFirst();
  const unit = found(row, 'unit', standing.unitCode);
  const { placeCodes, validFrom, validTo, successorCodes, demonstration } = unit;
  return { ...summaryOf({ ...unit, parentCode: standing.parentCode, depth: standing.depth }), placeCodes, validFrom, validTo, successorCodes, demonstration };
}

/**
 * Where a unit stands in an edition. One that the edition does not have, since it began later or had ended before, stands below whom it
 * reported to last, so that it can be seen and looked after.
 */
export async function findStanding(tx: Tx, editionCode: string, unitCode: string): Promise<Placement | undefined> {
  const placed = await findPlacement(tx, editionCode, unitCode);
  if (placed !== undefined) return placed;
  const { rows } = await sql<{ parentCode: string; provinceCode: number }>`
    select l.parent_code, u.province_code from unit u join unit_line l on l.unit_code = u.code
    where u.code = ${unitCode} order by l.valid_from desc limit 1`.execute(tx);
  const last = rows[0];
  const parent = last === undefined ? undefined : await findStanding(tx, editionCode, last.parentCode);
  if (last === undefined || parent === undefined) return undefined;
  const [p1 = null, p2 = null, p3 = null] = [parent.p1, parent.p2, parent.p3, unitCode].filter((code) => code !== null);
  return { unitCode, parentCode: last.parentCode, depth: parent.depth + 1, p1, p2, p3, provinceCode: last.provinceCode };
}

/** All units with all their lines, as they are dated. */
export async function readDatedTree(tx: Tx): Promise<Map<string, KnownUnit>> {
  const units = await tx.selectFrom('unit').select(['code', 'name', 'shortName', 'kind', 'provinceCode', 'validFrom', 'validTo']).orderBy('code').execute();
  const lines = await tx.selectFrom('unitLine').selectAll().orderBy('validFrom').execute();
  const byUnit = new Map<string, ReportingLine[]>();
  for (const { unitCode, ...line } of lines) byUnit.set(unitCode, [...(byUnit.get(unitCode) ?? []), line]);
  return new Map(units.map((unit) => [unit.code, { ...unit, kind: unitKind.parse(unit.kind), lines: byUnit.get(unit.code) ?? [] }]));
}

/** Codes that zones may not take: of units and of places, ended ones too. */
export async function listTakenCodes(tx: Tx, prefix: string): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`
    select code from unit where starts_with(code, ${prefix}) union select code from place where starts_with(code, ${prefix})`.execute(tx);
  return new Set(rows.map(({ code }) => code));
}

/** The places that codes of places or of units mean; undefined for a code that means none. */
export async function findPlaces(tx: Tx, codes: readonly string[]): Promise<(readonly string[] | undefined)[]> {
  const places = new Set((await tx.selectFrom('place').select('code').where('code', 'in', codes).execute()).map(({ code }) => code));
  const units = new Map((await tx.selectFrom('unit').select(['code', 'placeCodes']).where('code', 'in', codes).execute()).map(({ code, placeCodes }) => [code, placeCodes]));
  return codes.map((code) => (places.has(code) ? [code] : units.get(code)));
}

export interface OpenEdition {
  readonly code: string;
  readonly treeDate: string;
}

export async function listOpenEditions(tx: Tx): Promise<OpenEdition[]> {
  return tx.selectFrom('edition').select(['code', 'treeDate']).where('closedAt', 'is', null).orderBy('code').execute();
}

/** Open editions in which a return of these units is beyond the unit itself, or was received before. By unit. */
export async function readReturnsUnderWay(tx: Tx, unitCodes: readonly string[]): Promise<Map<string, OpenEdition[]>> {
  const { rows } = await beyondReach(tx, 'tree', () => sql<OpenEdition & { unitCode: string }>`
    select r.unit_code, e.code, e.tree_date from stat_return r join edition e on e.code = r.edition_code
    where e.closed_at is null and r.unit_code = any(${unitCodes}::text[])
      and (r.accepted_version is not null or r.state not in ('draft', 'self_checked', 'returned', 'returned_by_upper'))
    order by e.code`.execute(tx));
  const byUnit = new Map<string, OpenEdition[]>();
  for (const { unitCode, code, treeDate } of rows) byUnit.set(unitCode, [...(byUnit.get(unitCode) ?? []), { code, treeDate }]);
  return byUnit;
}

export const linesAsJson = (lines: readonly ReportingLine[]): Json => lines.map(({ parentCode, validFrom, validTo }) => ({ parentCode, validFrom, validTo }));
