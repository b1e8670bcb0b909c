// What is stored of who did what. Only ever read here; records are written by the kernel with the act they tell of.
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Json } from '../../shared/problem.ts';
import { provinceOfUnit } from '../../shared/province.ts';

export interface AuditEvent {
  readonly id: number;
  readonly at: Instant;
  readonly accountName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before: Json;
  readonly after: Json;
  readonly basis: string | null;
}

export interface AuditQuestion {
  readonly unitCode: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  /** Only events with a smaller id: the next page. */
  readonly before: number | null;
  readonly limit: number;
}

/** Events at a unit, newest first. */
export async function listEvents(tx: Tx, { unitCode, subjectKind, subjectId, before, limit }: AuditQuestion): Promise<AuditEvent[]> {
  let events = tx
    .selectFrom('auditEvent')
    .select(['id', 'at', 'accountName', 'action', 'subjectKind', 'subjectId', 'before', 'after', 'basis'])
    .where('provinceCode', '=', provinceOfUnit(unitCode))
    .where('unitCode', '=', unitCode);
  if (subjectKind !== null) events = events.where('subjectKind', '=', subjectKind);
  if (subjectId !== null) events = events.where('subjectId', '=', subjectId);
  if (before !== null) events = events.where('id', '<', before);
  return events.orderBy('id', 'desc').limit(limit).execute();
}
