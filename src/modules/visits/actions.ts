// What is done with visits: planned, moved, put in order, recorded, corrected, called off and brought back. The ledger follows in the
// same transaction: the visit is an entry of kind visit, each suggestion one of its own.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { type OpenLedger, openLedger, refuseIssues } from '../activities/actions.ts';
import { keepEntryOfWork } from '../activities/from-work.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { keepHandedOut } from '../questionnaires/actions/handed-out.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import type { Officer, Visit, VisitContent } from './model.ts';
import {
  findByRecordKey, findVisit, insertMade, insertPlanned, listDay, listEntriesOf, listOfficers, listStored, lockVisit, type NewVisit, nextPosition, saveOrder, saveVisit, type StoredVisit, sumHandedOut, type VisitAct,
} from './queries.ts';
import { canDo, dayIssues, decideOrder, entriesOf, followUpsOf, partsToKeep, verbsOfVisit, visitIssues, visitSourceKind } from './rules.ts';

type Caller = Parameters<typeof verbsOfVisit>[1];

function shown({ recordKey: _recordKey, ...visit }: StoredVisit, caller: Caller): Visit {
  return { ...visit, may: verbsOfVisit(visit, caller) };
}

const writing: Caller = { writes: true, editionClosed: false };

function keyOf({ provinceCode, unitCode }: Placement, editionCode: string): LedgerKey {
  return { provinceCode, editionCode, unitCode };
}

const actOf = ({ actor, now }: Context): VisitAct => ({ accountId: actor.accountId, accountName: actor.name, now });

/** A unit whose visits the caller may read, and what they may do there. */
async function openReading(context: Context, editionCode: string, unitCode: string): Promise<{ readonly ledger: LedgerKey; readonly caller: Caller }> {
  const unit = await authorise(context, 'read_ledger', editionCode, unitCode);
  const { closedAt } = await getEditionByCode(context.tx, editionCode);
  return { ledger: keyOf(unit, editionCode), caller: { writes: may(context.actor, 'write_ledger', unit), editionClosed: closedAt !== null } };
}

/** Authorises on the ledger a visit belongs to, then holds the visit. */
async function holdVisit(context: Context, id: string): Promise<{ readonly ledger: OpenLedger; readonly visit: StoredVisit }> {
  const { editionCode, unitCode } = found(await findVisit(context.tx, id), 'visit', id);
  const ledger = await openLedger(context, editionCode, unitCode);
  return { ledger, visit: found(await lockVisit(context.tx, id), 'visit', id) };
}

async function officersOf(context: Context, unitCode: string, ids: readonly string[]): Promise<Officer[]> {
  if (ids.length === 0) return [];
  const known = await listOfficers(context.tx, unitCode);
  const unknown = ids.flatMap((id, index) => (known.some((one) => one.id === id) ? [] : [{ path: `officers.${index}`, rule: 'unknown_officer' }]));
  refuseIssues(unknown);
  return known.filter(({ id }) => ids.includes(id));
}

/** The ledger says what the visit says: `content` null takes all its entries back. `said`: what it said until now. */
async function keepEntries(context: Context, { edition, key }: OpenLedger, visit: StoredVisit, content: VisitContent | null, said: VisitContent | null = null): Promise<void> {
  const entries = content === null ? new Map<string, never>() : entriesOf(edition.definition, content);
  const before = (await listEntriesOf(context.tx, visit)).map(({ part }) => part);
  for (const part of partsToKeep(before, entries)) {
    await keepEntryOfWork(context, { edition: key.editionCode, unitCode: key.unitCode, source: { kind: visitSourceKind, id: visit.id, part }, content: entries.get(part) ?? null });
  }
  const named = new Set([...(said?.questionnaires ?? []), ...(content?.questionnaires ?? [])].map(({ questionnaire }) => questionnaire));
  for (const id of named) if (id !== null) await keepHandedOut(context, key, id, await sumHandedOut(context.tx, key, id));
}

function recordAct(context: Context, action: string, visit: StoredVisit, before: Visit['version'] | null, more: { readonly basis?: string | null; readonly after?: object } = {}): void {
  const { id, unitCode, version, day, enterprise, state } = visit;
  context.record({
    action, unitCode, subjectKind: 'visit', subjectId: id, ...(before === null ? {} : { before: { version: before } }),
    after: { version, state, day, name: enterprise.name, ...more.after }, basis: more.basis ?? null,
  });
}

const list = implement(contract.listVisits, async (context, { edition, unitCode, offset, limit, open, cancelled, ...filter }) => {
  const { ledger, caller } = await openReading(context, edition, unitCode);
  const { visits, total } = await listStored(context.tx, ledger, { state: filter.state ?? null, from: filter.from ?? null, to: filter.to ?? null, query: filter.query ?? null, open, cancelled }, { offset, limit });
  return { visits: visits.map((visit) => shown(visit, caller)), total, mayWrite: caller.writes && !caller.editionClosed };
});

const getDay = implement(contract.getVisitDay, async (context, { edition, unitCode, day }) => {
  const { ledger, caller } = await openReading(context, edition, unitCode);
  const visits = await listDay(context.tx, ledger, day);
  return { day, visits: visits.map((visit) => shown(visit, caller)), mayWrite: caller.writes && !caller.editionClosed };
});

const officers = implement(contract.listVisitOfficers, async (context, { edition, unitCode }) => {
  await authorise(context, 'read_ledger', edition, unitCode);
  return { officers: await listOfficers(context.tx, unitCode) };
});

const get = implement(contract.getVisit, async (context, { id }) => {
  const visit = found(await findVisit(context.tx, id), 'visit', id);
  const { caller } = await openReading(context, visit.editionCode, visit.unitCode);
  return { visit: shown(visit, caller), entries: await listEntriesOf(context.tx, visit) };
});

const plan = implement(contract.planVisits, async (context, { edition, unitCode, day, officers: ids, enterprises, purpose }) => {
  const ledger = await openLedger(context, edition, unitCode);
  refuseIssues(dayIssues(ledger.edition.definition, day));
  const sent = await officersOf(context, unitCode, ids);
  const first = await nextPosition(context.tx, ledger.key, day);
  const planned = enterprises.map((enterprise, index): NewVisit => ({ id: recordId(ledger.key.provinceCode, randomUUID()), day, position: first + index, enterprise, officers: sent, purpose }));
  await insertPlanned(context.tx, ledger.key, actOf(context), planned);
  const added = new Set(planned.map(({ id }) => id));
  const visits = (await listDay(context.tx, ledger.key, day)).filter(({ id }) => added.has(id));
  for (const visit of visits) recordAct(context, 'visit_planned', visit, null);
  return { visits: visits.map((visit) => shown(visit, writing)) };
});

const replan = implement(contract.replanVisit, async (context, { id, version, day, officers: ids, purpose }) => {
  const { ledger, visit } = await holdVisit(context, id);
  enforce(canDo('replan', visit, version));
  refuseIssues(dayIssues(ledger.edition.definition, day));
  const sent = await officersOf(context, visit.unitCode, ids);
  const position = day === visit.day ? visit.position : await nextPosition(context.tx, ledger.key, day);
  const saved = await saveVisit(context.tx, visit, actOf(context), { day, position, officers: sent, purpose });
  recordAct(context, 'visit_replanned', saved, visit.version, { after: { from: visit.day } });
  return shown(saved, writing);
});

const order = implement(contract.orderVisits, async (context, { edition, unitCode, day, ids }) => {
  const ledger = await openLedger(context, edition, unitCode);
  const present = await listDay(context.tx, ledger.key, day, true);
  await saveOrder(context.tx, ledger.key, enforce(decideOrder(present.map(({ id }) => id), ids)));
  context.record({ action: 'visits_ordered', unitCode, subjectKind: 'visit_day', subjectId: `${edition}/${unitCode}/${day}`, after: { day, count: ids.length } });
  return { visits: (await listDay(context.tx, ledger.key, day)).map((visit) => shown(visit, writing)) };
});

const record = implement(contract.recordVisit, async (context, { edition, unitCode, key, by, plan: planned, content }) => {
  const ledger = await openLedger(context, edition, unitCode);
  // A telephone keeps records of whoever made them, also when somebody else is signed in when the line comes back.
  if (by !== context.actor.accountId) raise(problem('refused_by_rule', { rule: 'record_of_other_account' }));
  const before = await findByRecordKey(context.tx, ledger.key, key);
  if (before !== undefined) {
    recordAct(context, 'visit_told_again', before, before.version);
    return shown(before, writing);
  }
  refuseIssues(visitIssues(ledger.edition.definition, content));
  const made = { content, followUps: followUpsOf(content, {}), recordKey: key };
  const visit = planned === null ? await recordUnplanned(context, ledger, made) : await recordPlanned(context, planned, ledger, made);
  await keepEntries(context, ledger, visit, content);
  recordAct(context, 'visit_recorded', visit, null, { after: { suggestions: content.suggestions.length, pictures: content.evidence.length } });
  return shown(visit, writing);
});

type Made = Parameters<typeof insertMade>[4];

async function recordUnplanned(context: Context, { key }: OpenLedger, made: Made): Promise<StoredVisit> {
  const { occurredOn: day, enterprise } = made.content;
  const id = recordId(key.provinceCode, randomUUID());
  const act = actOf(context);
  await insertMade(context.tx, key, act, { id, day, position: await nextPosition(context.tx, key, day), enterprise, officers: [{ id: act.accountId, name: act.accountName }], purpose: '' }, made);
  return found(await findVisit(context.tx, id), 'visit', id);
}

/** Somebody may have recorded it, or called it off, while this record waited for a line: then whoever made it is asked. */
async function recordPlanned(context: Context, id: string, { key }: OpenLedger, made: Made): Promise<StoredVisit> {
  const visit = found(await lockVisit(context.tx, id), 'visit', id);
  if (visit.unitCode !== key.unitCode || visit.editionCode !== key.editionCode) raise(invalidInput([{ path: 'plan', rule: 'plan_of_other_unit' }]));
  enforce(canDo('record', visit, null));
  return saveVisit(context.tx, visit, actOf(context), { made });
}

const edit = implement(contract.editVisit, async (context, { id, version, content }) => {
  const { ledger, visit } = await holdVisit(context, id);
  enforce(canDo('edit', visit, version));
  refuseIssues(visitIssues(ledger.edition.definition, content));
  const saved = await saveVisit(context.tx, visit, actOf(context), { content, followUps: followUpsOf(content, visit.followUps) });
  await keepEntries(context, ledger, saved, content, visit.content);
  recordAct(context, 'visit_edited', saved, visit.version);
  return shown(saved, writing);
});

const cancel = implement(contract.cancelVisit, async (context, { id, version, reason }) => {
  const { ledger, visit } = await holdVisit(context, id);
  enforce(canDo('cancel', visit, version));
  const saved = await saveVisit(context.tx, visit, actOf(context), { cancelled: { at: context.now, reason } });
  await keepEntries(context, ledger, saved, null, visit.content);
  recordAct(context, 'visit_cancelled', saved, visit.version, { basis: reason });
  return shown(saved, writing);
});

const restore = implement(contract.restoreVisit, async (context, { id, version }) => {
  const { ledger, visit } = await holdVisit(context, id);
  enforce(canDo('restore', visit, version));
  const saved = await saveVisit(context.tx, visit, actOf(context), { cancelled: null });
  await keepEntries(context, ledger, saved, visit.content);
  recordAct(context, 'visit_restored', saved, visit.version);
  return shown(saved, writing);
});

const settle = implement(contract.settleFollowUp, async (context, { id, version, followUp, done }) => {
  const { visit } = await holdVisit(context, id);
  enforce(canDo('settle', visit, version));
  if (visit.followUps[followUp] === undefined) raise(problem('refused_by_rule', { rule: 'nothing_to_follow_up' }));
  const standing = done ? { done, byName: context.actor.name, at: context.now } : { done, byName: null, at: null };
  const saved = await saveVisit(context.tx, visit, actOf(context), { followUps: { ...visit.followUps, [followUp]: standing } });
  recordAct(context, 'visit_settled', saved, visit.version, { after: { followUp, done } });
  return shown(saved, writing);
});

export const visitActions: readonly Implementation[] = [list, getDay, officers, get, plan, replan, order, record, edit, cancel, restore, settle];
