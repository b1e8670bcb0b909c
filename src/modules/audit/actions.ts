// Reading the audit trail of a unit, by those who may: the auditor everybody's, the security administrator the auditors'.
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import type { InputOf, OutputOf } from '../../shared/endpoint.ts';
import { problem } from '../../shared/problem.ts';
import type { Verb } from '../access/model.ts';
import { authorise } from '../access/queries.ts';
import { may, relationOf } from '../access/rules.ts';
import { gives } from '../access/rules/policy.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { type AuditEvent, findEntries, listEvents } from './queries.ts';

type Question = InputOf<typeof contract.listAuditEvents>;

/** Whether what may be read here may be read at all units below it too. */
function readsBelow({ grants }: Context['actor'], verb: Verb, unit: Placement): boolean {
  return grants.some(({ role, unitCode }) => relationOf(unitCode, unit) !== 'elsewhere' && gives(role, verb, 'child') && gives(role, verb, 'below'));
}

async function read(context: Context, verb: 'read_audit' | 'read_auditor_acts', { unitCode, below, ...asked }: Question): Promise<OutputOf<typeof contract.listAuditEvents>> {
  const { tx, actor } = context;
  const edition = found(await findCurrentEditionCode(tx), 'edition', 'current');
  const unit = await authorise(context, verb, edition, unitCode);
  if (below && !readsBelow(actor, verb, unit)) raise(problem('not_permitted', { verb, unitCode }));
  const { subjectKind = null, subjectId = null, action = null, reads, person = null, query = null, from = null, to = null, before = null, limit } = asked;
  const events = await listEvents(tx, {
    unitCode, belowIn: below ? edition : null, duty: verb === 'read_audit' ? null : 'audit', subjectKind, subjectId, action, reads, person, query, from, to, before, limit,
  });
  // The ledger's content is no part of the trail: whoever reads the trail alone is told which fields changed, not what they say.
  const entries = may(actor, 'read_ledger', unit) ? await findEntries(tx, events.filter((event) => event.unitCode === unitCode)) : new Map<number, never>();
  return { events: events.map((event) => ({ ...shown(event), entry: entries.get(event.id) ?? null })) };
}

function shown({ provinceCode, leaf, ...event }: AuditEvent): Omit<AuditEvent, 'provinceCode' | 'leaf'> & { readonly log: { readonly provinceCode: number; readonly leaf: number } | null } {
  return { ...event, log: leaf === null ? null : { provinceCode, leaf } };
}

const listAuditEvents = implement(contract.listAuditEvents, (context, input) => read(context, 'read_audit', input));

const listAuditorActs = implement(contract.listAuditorActs, (context, input) => read(context, 'read_auditor_acts', input));

export const auditActions: readonly Implementation[] = [listAuditEvents, listAuditorActs];
