// Reading the audit trail of a unit, by those who may.
import { found, implement, type Implementation } from '../../kernel/context.ts';
import { authorise } from '../access/queries.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import * as contract from './contract.ts';
import { listEvents } from './queries.ts';

const listAuditEvents = implement(contract.listAuditEvents, async (context, { unitCode, subjectKind, subjectId, before, limit }) => {
  const { tx } = context;
  const edition = found(await findCurrentEditionCode(tx), 'edition', 'current');
  await authorise(context, 'read_audit', edition, unitCode);
  return { events: await listEvents(tx, { unitCode, subjectKind: subjectKind ?? null, subjectId: subjectId ?? null, before: before ?? null, limit }) };
});

export const auditActions: readonly Implementation[] = [listAuditEvents];
