// What is stored of returns: acts, the cached state, frozen versions, notes to findings.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Json } from '../../shared/problem.ts';
import type { Placement } from '../units/queries.ts';
import { returnContent, type ReturnActName, type ReturnContent, returnExtension, type ReturnExtension, type ReturnState } from './model.ts';
import { type ActPayload, type ReturnAct, type ReturnStatus, type Totals, upperActs } from './rules.ts';

interface ReturnKey {
  readonly provinceCode: number;
  readonly editionCode: string;
  readonly unitCode: string;
}

export function keyOf(editionCode: string, unit: Placement): ReturnKey {
  return { provinceCode: unit.provinceCode, editionCode, unitCode: unit.unitCode };
}

/** Holds the return, so that of two acts at once one waits and then sees the other. */
export async function lockReturn(tx: Tx, key: ReturnKey, now: Instant): Promise<void> {
  await tx.insertInto('statReturn').values({ ...key, state: 'draft', submittedVersion: null, acceptedVersion: null, firstSubmittedAt: null, submittedAt: null, changedAt: now }).onConflict((conflict) => conflict.doNothing()).execute();
  await sql`select 1 from stat_return where province_code = ${key.provinceCode} and edition_code = ${key.editionCode} and unit_code = ${key.unitCode} for update`.execute(tx);
}

export async function listActs(tx: Tx, key: ReturnKey): Promise<ReturnAct[]> {
  const rows = await tx
    .selectFrom('returnAct')
    .select(['number', 'act', 'returnVersion', 'accountId', 'accountName', 'at', 'payload'])
    .where('provinceCode', '=', key.provinceCode)
    .where('editionCode', '=', key.editionCode)
    .where('unitCode', '=', key.unitCode)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ ...row, act: row.act as ReturnActName, payload: row.payload as ActPayload }));
}

export interface NewAct {
  readonly act: ReturnActName;
  readonly returnVersion: number;
  readonly accountId: string;
  readonly accountName: string;
  readonly at: Instant;
  readonly payload: ActPayload;
}

/** Appends an act and refreshes the cached state that follows from it. */
export async function appendAct(tx: Tx, key: ReturnKey, act: NewAct & { readonly number: number }, actingUnitCode: string, status: ReturnStatus): Promise<void> {
  await tx
    .with('cached', (db) =>
      db
        .updateTable('statReturn')
        .set({
          state: status.state, version: status.version, lastVersion: status.frozenVersion, submittedVersion: status.submittedVersion, acceptedVersion: status.acceptedVersion,
          firstSubmittedAt: status.firstSubmittedAt, submittedAt: status.submittedAt, late: status.late, changedAt: act.at,
        })
        .where('provinceCode', '=', key.provinceCode)
        .where('editionCode', '=', key.editionCode)
        .where('unitCode', '=', key.unitCode),
    )
    .insertInto('returnAct')
    .values({ ...key, ...act, actingUnitCode, payload: JSON.stringify(act.payload) })
    .execute();
}

/** The unit that acted: the unit above for its acts, else the unit itself. */
export function actingUnitOf(act: ReturnActName, unit: Placement): string {
  return upperActs.has(act) && unit.parentCode !== null ? unit.parentCode : unit.unitCode;
}

export interface StoredVersion {
  readonly content: ReturnContent;
  readonly extension: ReturnExtension | null;
  readonly sha256: string;
  readonly sm3: string;
}

export async function insertVersion(tx: Tx, key: ReturnKey, version: StoredVersion, frozenAt: Instant): Promise<void> {
  const { content, extension, sha256, sm3 } = version;
  await tx
    .insertInto('returnVersion')
    .values({ ...key, number: content.number, content: JSON.stringify(content), extension: extension === null ? null : JSON.stringify(extension), sha256, sm3, frozenAt })
    .execute();
}

export async function findVersion(tx: Tx, key: ReturnKey, number: number): Promise<StoredVersion | undefined> {
  const row = await tx
    .selectFrom('returnVersion')
    .select(['content', 'extension', 'sha256', 'sm3'])
    .where('provinceCode', '=', key.provinceCode)
    .where('editionCode', '=', key.editionCode)
    .where('unitCode', '=', key.unitCode)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { content: returnContent.parse(row.content), extension: row.extension === null ? null : returnExtension.parse(row.extension), sha256: row.sha256, sm3: row.sm3 };
}

export interface ChildReturn {
  readonly unitCode: string;
  readonly name: string;
  readonly state: ReturnState;
  readonly late: boolean;
  readonly submittedVersion: number | null;
  readonly submittedAt: Instant | null;
  readonly submittedTotal: Totals | null;
  readonly acceptedVersion: number | null;
  readonly acceptedSha256: string | null;
  readonly acceptedTotal: Totals | null;
  readonly acceptedExtension: Totals | null;
}

/** The children of a unit with what they submitted and what was accepted. */
export async function listChildReturns(tx: Tx, editionCode: string, unit: Placement): Promise<ChildReturn[]> {
  const { rows } = await sql<Omit<ChildReturn, 'state' | 'late'> & { state: ReturnState | null; late: boolean | null }>`
    select pl.unit_code, u.name, r.state, r.late, r.submitted_version, r.submitted_at, s.content->'total' as submitted_total,
      r.accepted_version, a.sha256 as accepted_sha256, a.content->'total' as accepted_total, a.extension->'total' as accepted_extension
    from placement pl
    join unit u on u.code = pl.unit_code
    left join stat_return r on r.province_code = pl.province_code and r.edition_code = pl.edition_code and r.unit_code = pl.unit_code
    left join return_version s on s.province_code = r.province_code and s.edition_code = r.edition_code and s.unit_code = r.unit_code and s.number = r.submitted_version
    left join return_version a on a.province_code = r.province_code and a.edition_code = r.edition_code and a.unit_code = r.unit_code and a.number = r.accepted_version
    where pl.edition_code = ${editionCode} and pl.parent_code = ${unit.unitCode}
    order by pl.sort`.execute(tx);
  return rows.map((row) => ({ ...row, state: row.state ?? 'draft', late: row.late ?? false }));
}

/** Every act on the returns of a unit's children, for what stood at an instant. */
export async function listChildActs(tx: Tx, editionCode: string, unit: Placement, until: Instant): Promise<Map<string, ReturnAct[]>> {
  const { rows } = await sql<ReturnAct & { unitCode: string }>`
    select x.unit_code, x.number, x.act, x.return_version, x.account_id, x.account_name, x.at, x.payload
    from return_act x join placement pl on pl.edition_code = x.edition_code and pl.unit_code = x.unit_code and pl.province_code = x.province_code
    where x.edition_code = ${editionCode} and pl.parent_code = ${unit.unitCode} and x.at <= ${until}
    order by x.unit_code, x.number`.execute(tx);
  const byUnit = new Map<string, ReturnAct[]>();
  for (const { unitCode, ...act } of rows) byUnit.set(unitCode, [...(byUnit.get(unitCode) ?? []), act]);
  return byUnit;
}

/** Totals and digests of given versions of a unit's children. */
export async function listChildVersions(tx: Tx, editionCode: string, unit: Placement, wanted: readonly { unitCode: string; version: number }[]): Promise<Map<string, { total: Totals; sha256: string }>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ unitCode: string; total: Totals; sha256: string }>`
    select v.unit_code, v.content->'total' as total, v.sha256 from return_version v
    join placement pl on pl.edition_code = v.edition_code and pl.unit_code = v.unit_code and pl.province_code = v.province_code
    join unnest(${wanted.map((one) => one.unitCode)}::text[], ${wanted.map((one) => one.version)}::integer[]) as w(unit_code, number) on w.unit_code = v.unit_code and w.number = v.number
    where v.edition_code = ${editionCode} and pl.parent_code = ${unit.unitCode}`.execute(tx);
  return new Map(rows.map(({ unitCode, ...version }) => [unitCode, version]));
}

export async function listNotes(tx: Tx, key: ReturnKey): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('findingNote')
    .select(['checkCode', 'note'])
    .where('provinceCode', '=', key.provinceCode)
    .where('editionCode', '=', key.editionCode)
    .where('unitCode', '=', key.unitCode)
    .orderBy('checkCode')
    .execute();
  return new Map(rows.map((row) => [row.checkCode, row.note]));
}

export async function saveNote(tx: Tx, key: ReturnKey, checkCode: string, note: string | null, by: { accountId: string; accountName: string; at: Instant }): Promise<void> {
  if (note === null) {
    await tx.deleteFrom('findingNote').where('provinceCode', '=', key.provinceCode).where('editionCode', '=', key.editionCode).where('unitCode', '=', key.unitCode).where('checkCode', '=', checkCode).execute();
    return;
  }
  await tx
    .insertInto('findingNote')
    .values({ ...key, checkCode, note, ...by })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'editionCode', 'unitCode', 'checkCode']).doUpdateSet({ note, ...by }))
    .execute();
}

export interface LedgerChange {
  readonly id: string;
  readonly title: string;
  readonly change: string;
  readonly kind: string;
  readonly values: { readonly [field: string]: string | number | null };
  readonly accountName: string;
  readonly at: Instant;
  readonly reason: string | null;
}

/** Changes of a unit's ledger after one ledger number up to another, newest first, with kind and values for matching to cells. */
export async function listLedgerChanges(tx: Tx, key: ReturnKey, after: number, upTo: number): Promise<LedgerChange[]> {
  const held = sql`province_code = ${key.provinceCode} and edition_code = ${key.editionCode} and unit_code = ${key.unitCode}`;
  const { rows } = await sql<LedgerChange & { values: Json }>`
    select activity_id as id, content->>'title' as title, change, content->>'kind' as kind, content->'values' as values, account_name, at, reason
    from activity_version where ${held} and ledger_no > ${after} and ledger_no <= ${upTo}
    union all
    select id, reason, case when removed_ledger_no > ${after} and removed_ledger_no <= ${upTo} then 'adjustment_withdrawn' else 'adjustment' end, indicator, '{}'::jsonb, account_name, at, reason
    from adjustment where ${held} and ((ledger_no > ${after} and ledger_no <= ${upTo}) or (removed_ledger_no > ${after} and removed_ledger_no <= ${upTo}))
    order by at desc limit 500`.execute(tx);
  return rows;
}

/**
 * As listLedgerChanges, for units above: how the entries at one ledger number differ from those at an earlier one. What came and
 * went in between, or stood otherwise for a while, was never submitted and is not told; a deleted entry keeps the title it had before.
 */
export async function listSubmittedChanges(tx: Tx, key: ReturnKey, after: number, upTo: number): Promise<LedgerChange[]> {
  const held = sql`province_code = ${key.provinceCode} and edition_code = ${key.editionCode} and unit_code = ${key.unitCode}`;
  const standingAt = (number: number) => sql`
    select distinct on (activity_id) activity_id, ledger_no, change, content, account_name, at, reason
    from activity_version where ${held} and ledger_no <= ${number} order by activity_id, version desc`;
  const { rows } = await sql<LedgerChange & { values: Json }>`
    with later as (${standingAt(upTo)}), earlier as (select * from (${standingAt(after)}) newest where change <> 'deleted'), told as (
      select later.activity_id as id, account_name, at, reason,
        case when change = 'deleted' then 'deleted' when before is null then 'recorded' else 'edited' end as change,
        case when change = 'deleted' then before else content end as content
      from later left join (select activity_id, content as before from earlier) earlier on earlier.activity_id = later.activity_id
      where ledger_no > ${after} and case when change = 'deleted' then before is not null else content is distinct from before end
    )
    select id, content->>'title' as title, change, content->>'kind' as kind, content->'values' as values, account_name, at, reason from told
    union all
    select id, reason, case when ledger_no <= ${after} then 'adjustment_withdrawn' else 'adjustment' end, indicator, '{}'::jsonb, account_name, at, reason
    from adjustment where ${held} and ((ledger_no > ${after} and ledger_no <= ${upTo} and (removed_ledger_no is null or removed_ledger_no > ${upTo}))
      or (ledger_no <= ${after} and removed_ledger_no > ${after} and removed_ledger_no <= ${upTo}))
    order by at desc limit 500`.execute(tx);
  return rows;
}
