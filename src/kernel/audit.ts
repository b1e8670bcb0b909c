// Turns audit records into rows of audit_event. Never called after the fact: always inside the transaction of the act.
import { type Insertable, type RawBuilder, sql } from 'kysely';
import type { Instant } from '../shared/instant.ts';
import type { Json } from '../shared/problem.ts';
import { provinceOfUnit } from '../shared/province.ts';
import type { AuditRecord } from './context.ts';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

/** Who acts, when, and in which request. `accountId` is null for the machine itself and for people not signed in. */
export interface AuditSource {
  readonly accountId: string | null;
  readonly accountName: string;
  readonly requestId: string;
  readonly at: Instant;
}

export function auditRows(source: AuditSource, records: readonly AuditRecord[]): Insertable<Schema['auditEvent']>[] {
  return records.map((event) => ({
    ...source,
    provinceCode: provinceOfUnit(event.unitCode),
    action: event.action,
    unitCode: event.unitCode,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    before: json(event.before),
    after: json(event.after),
    basis: event.basis ?? null,
  }));
}

/** The statement that writes them; the same text however many there are. */
export function auditKept({ accountId, accountName, requestId, at }: AuditSource, records: readonly AuditRecord[]): RawBuilder<unknown> {
  const rows = records.map(({ unitCode, action, subjectKind, subjectId, before, after, basis }) => ({
    province_code: provinceOfUnit(unitCode), unit_code: unitCode, action, subject_kind: subjectKind, subject_id: subjectId, before, after, basis,
  }));
  return sql`
    insert into audit_event (province_code, at, account_id, account_name, request_id, action, unit_code, subject_kind, subject_id, before, after, basis)
    select province_code, ${at}::timestamptz, ${accountId}, ${accountName}, ${requestId}, action, unit_code, subject_kind, subject_id, before, after, basis
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      province_code smallint, action text, unit_code text, subject_kind text, subject_id text, before jsonb, after jsonb, basis text)`;
}

export async function saveAudit(tx: Tx, source: AuditSource, records: readonly AuditRecord[]): Promise<void> {
  await auditKept(source, records).execute(tx);
}

function json(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
