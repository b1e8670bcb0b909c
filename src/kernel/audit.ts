// Turns audit records into rows of audit_event and a leaf of the proof log (docs/decisions/0021). Never called after the fact:
// always inside the transaction of the act. Whoever appends holds the log's last row from there to the commit, so it comes last.
import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../shared/instant.ts';
import { type LoggedRecord, logStart, payloadText, recordText } from '../shared/leaf.ts';
import { provinceOfUnit } from '../shared/province.ts';
import type { AuditRecord } from './context.ts';
import type { Tx } from './database.ts';
import { sha256Of } from './digest.ts';

/** Who acts, when, and in which request. `accountId` is null for the machine itself and for people not signed in. */
export interface AuditSource {
  readonly accountId: string | null;
  readonly accountName: string;
  readonly requestId: string;
  readonly at: Instant;
}

export function loggedRecords(source: AuditSource, records: readonly AuditRecord[]): LoggedRecord[] {
  const { accountId, accountName, requestId, at } = source;
  return records.map(({ action, unitCode, subjectKind, subjectId, before, after, basis }) => ({
    provinceCode: provinceOfUnit(unitCode), at, accountId, accountName, requestId, action, unitCode, subjectKind, subjectId,
    before: before ?? null, after: after ?? null, basis: basis ?? null,
  }));
}

/** The payload of a leaf that covers these records. */
export function payloadOf(records: readonly LoggedRecord[]): string {
  return sha256Of(payloadText(records.map((record) => sha256Of(recordText(record)))));
}

/** Records by the province whose log covers them, lowest first: the order in which logs are locked. */
export function byProvince<R extends { readonly provinceCode: number }>(records: readonly R[]): [number, R[]][] {
  const provinces = new Map<number, R[]>();
  for (const record of records) {
    const known = provinces.get(record.provinceCode);
    if (known === undefined) provinces.set(record.provinceCode, [record]);
    else known.push(record);
  }
  return [...provinces].sort(([one], [other]) => one - other);
}

/** The text of a leaf as shared/leaf.ts writes it, hashed by the database: only there the leaf before is known. */
function leafHash(at: RawBuilder<unknown>, payload: RawBuilder<unknown>, previous: RawBuilder<unknown>, records: RawBuilder<unknown>, seq: RawBuilder<unknown>): RawBuilder<string> {
  return sql`encode(sha256('\\x00'::bytea || convert_to('{"at":"' || to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || '+08:00","payload":"' || ${payload}
    || '","previous":"' || ${previous} || '","records":' || ${records} || ',"seq":' || ${seq} || '}', 'UTF8')), 'hex')`;
}

const later = sql`greatest(h.at, excluded.at)`;
const firstHash = leafHash(sql`l.at`, sql`l.payload`, sql.lit(logStart), sql`l.records`, sql`0`);
const nextHash = leafHash(later, sql`excluded.payload_hash`, sql`h.leaf_hash`, sql`excluded.records`, sql`h.size`);

/** The statement that writes them; the same text however many there are. */
export function auditKept(source: AuditSource, records: readonly AuditRecord[]): RawBuilder<unknown> {
  const logged = loggedRecords(source, records);
  const leaves = byProvince(logged).map(([province, covered]) => ({ province_code: province, at: source.at, records: covered.length, payload: payloadOf(covered) }));
  return sql`
    head as (
      insert into log_head as h (province_code, size, at, records, payload_hash, previous_hash, leaf_hash)
      select l.province_code, 1, l.at, l.records, l.payload, ${sql.lit(logStart)}, ${firstHash}
      from jsonb_to_recordset(${JSON.stringify(leaves)}::jsonb) as l(province_code smallint, at timestamptz, records integer, payload text)
      order by l.province_code
      on conflict (province_code) do update set
        size = h.size + 1, at = ${later}, records = excluded.records, payload_hash = excluded.payload_hash, previous_hash = h.leaf_hash, leaf_hash = ${nextHash}
      returning province_code, size - 1 as seq, at, records, payload_hash, previous_hash, leaf_hash
    ), leaf as (
      insert into log_leaf (province_code, seq, at, request_id, records, payload_hash, previous_hash, leaf_hash)
      select province_code, seq, at, ${source.requestId}, records, payload_hash, previous_hash, leaf_hash from head
    )
    insert into audit_event (province_code, at, account_id, account_name, request_id, action, unit_code, subject_kind, subject_id, before, after, basis, leaf)
    select head.province_code, ${source.at}::timestamptz, ${source.accountId}, ${source.accountName}, ${source.requestId}, r.action, r.unit_code, r.subject_kind, r.subject_id, r.before, r.after, r.basis, head.seq
    from head join ${recordsetOf(logged)} on r.province_code = head.province_code order by r.number`;
}

/** Records as rows named `r` of a statement. */
function recordsetOf(records: readonly LoggedRecord[]): RawBuilder<unknown> {
  const rows = records.map(({ provinceCode, action, unitCode, subjectKind, subjectId, before, after, basis }, number) => ({
    number, province_code: provinceCode, action, unit_code: unitCode, subject_kind: subjectKind, subject_id: subjectId, before, after, basis,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      number integer, province_code smallint, action text, unit_code text, subject_kind text, subject_id text, before jsonb, after jsonb, basis text)`;
}

/** For writes that end without a request key: each call is a leaf. */
export async function saveAudit(tx: Tx, source: AuditSource, records: readonly AuditRecord[]): Promise<void> {
  await sql`with ${auditKept(source, records)}`.execute(tx);
}
