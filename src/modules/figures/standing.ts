// Queries for how the units below stand: their states, what they submitted, how far their own branches are.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ReturnState } from '../returns/model.ts';
import type { UnitKind, UnitSummary } from '../units/model.ts';
import type { Placement } from '../units/queries.ts';

export interface ChildStanding {
  readonly unit: UnitSummary;
  readonly state: ReturnState;
  readonly late: boolean;
  readonly submittedAt: Instant | null;
  readonly submittedVersion: number | null;
  readonly acceptedVersion: number | null;
  readonly submitted: { readonly [indicator: string]: number } | null;
  readonly lastReminderAt: Instant | null;
}

interface ChildRow {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly kind: UnitKind;
  readonly parentCode: string | null;
  readonly depth: number;
  readonly state: ReturnState | null;
  readonly late: boolean | null;
  readonly submittedAt: Instant | null;
  readonly submittedVersion: number | null;
  readonly acceptedVersion: number | null;
  readonly total: { readonly [indicator: string]: number } | null;
  readonly extension: { readonly [indicator: string]: number } | null;
  readonly lastReminderAt: Instant | null;
}

/** The direct children of a unit with their returns. A province's own rows are shown inside the province only. */
export async function listChildStandings(tx: Tx, editionCode: string, unit: Placement): Promise<ChildStanding[]> {
  const { rows } = await sql<ChildRow>`
    select u.code, u.name, u.short_name, u.kind, pl.parent_code, pl.depth, r.state, r.late, r.submitted_at, r.submitted_version, r.accepted_version,
      v.content->'total' as total, v.extension->'total' as extension,
      (select max(m.at) from reminder m where m.province_code = pl.province_code and m.edition_code = pl.edition_code and m.unit_code = pl.unit_code) as last_reminder_at
    from placement pl
    join unit u on u.code = pl.unit_code
    left join stat_return r on r.province_code = pl.province_code and r.edition_code = pl.edition_code and r.unit_code = pl.unit_code
    left join return_version v on v.province_code = r.province_code and v.edition_code = r.edition_code and v.unit_code = r.unit_code and v.number = r.submitted_version
    where pl.edition_code = ${editionCode} and pl.parent_code = ${unit.unitCode}
    order by pl.sort`.execute(tx);
  return rows.map((row) => ({
    unit: { code: row.code, name: row.name, shortName: row.shortName, kind: row.kind, parentCode: row.parentCode, depth: row.depth },
    state: row.state ?? 'draft',
    late: row.late ?? false,
    submittedAt: row.submittedAt,
    submittedVersion: row.submittedVersion,
    acceptedVersion: row.acceptedVersion,
    submitted: row.total === null ? null : { ...row.total, ...(unit.depth === 0 ? {} : row.extension) },
    lastReminderAt: row.lastReminderAt,
  }));
}

export interface BranchStanding {
  readonly branch: string;
  readonly units: number;
  readonly accepted: number;
  readonly submitted: number;
  readonly late: number;
  readonly missing: number;
}

/** For each child's branch (the child left out): how many units there are and how far they are. `late` overlaps the others. */
export async function listBranchStandings(tx: Tx, editionCode: string, unit: Placement): Promise<BranchStanding[]> {
  if (unit.depth >= 3) return [];
  const branch = sql.ref(`pl.p${unit.depth + 1}`);
  const inScope = unit.depth === 0 ? sql`true` : sql`pl.province_code = ${unit.provinceCode} and ${sql.ref(`pl.p${unit.depth}`)} = ${unit.unitCode}`;
  const { rows } = await sql<BranchStanding>`
    select ${branch} as branch, count(*)::integer as units,
      count(*) filter (where r.state in ('accepted', 'correction_requested', 'reopened') or r.accepted_version is not null)::integer as accepted,
      count(*) filter (where r.state = 'submitted')::integer as submitted,
      count(*) filter (where r.late)::integer as late,
      count(*) filter (where r.submitted_version is null)::integer as missing
    from placement pl
    left join stat_return r on r.province_code = pl.province_code and r.edition_code = pl.edition_code and r.unit_code = pl.unit_code
    where pl.edition_code = ${editionCode} and ${inScope} and ${branch} is not null and pl.unit_code <> ${branch}
    group by 1`.execute(tx);
  return rows;
}

/** A unit as lists show it. */
export async function getPlacedUnit(tx: Tx, editionCode: string, unitCode: string): Promise<UnitSummary> {
  const row = await tx
    .selectFrom('placement')
    .innerJoin('unit', 'unit.code', 'placement.unitCode')
    .select(['unit.code', 'unit.name', 'unit.shortName', 'unit.kind', 'placement.parentCode', 'placement.depth'])
    .where('placement.editionCode', '=', editionCode)
    .where('placement.unitCode', '=', unitCode)
    .executeTakeFirstOrThrow();
  return { ...row, kind: row.kind as UnitKind };
}

/** The version of a return that upper units may look into: the last submitted one, with its ledger number. */
export async function findSubmittedCut(tx: Tx, editionCode: string, unit: Placement): Promise<number | null> {
  const { rows } = await sql<{ ledgerNo: number }>`
    select (v.content->>'ledgerNo')::bigint as ledger_no from stat_return r
    join return_version v on v.province_code = r.province_code and v.edition_code = r.edition_code and v.unit_code = r.unit_code and v.number = r.submitted_version
    where r.province_code = ${unit.provinceCode} and r.edition_code = ${editionCode} and r.unit_code = ${unit.unitCode}`.execute(tx);
  return rows[0]?.ledgerNo ?? null;
}
