// Turns audit records into rows of audit_event. Never called after the fact: always inside the transaction of the act.
import type { Insertable } from 'kysely';
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

export async function saveAudit(tx: Tx, source: AuditSource, records: readonly AuditRecord[]): Promise<void> {
  await tx.insertInto('auditEvent').values(auditRows(source, records)).execute();
}

function json(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
