// What may be asked about visits.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate } from '../../shared/instant.ts';
import { editionCode, plainText, queryFlag, queryInteger, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { attendance } from '../enterprises/model.ts';
import { followUpKind, officer, visit, visitContent, visitEntry, visitState } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
const one = { id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const accountId = z.string().regex(/^[0-9a-f-]{36}$/, { error: 'account_id' });
const officers = z.array(accountId).max(10, { error: 'too_many' });
const eachOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const listVisits = endpoint({
  name: 'visits.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/visits',
  summary: 'Visits of a unit, the latest day first; `open`: only those that left something to be done.',
  input: z.strictObject({
    ...ofUnit, state: visitState.optional(), from: calendarDate.optional(), to: calendarDate.optional(), query: plainText(60).optional(), open: queryFlag, cancelled: queryFlag,
    offset: queryInteger(0, 1_000_000, 0), limit: queryInteger(1, 200, 50),
  }),
  output: z.object({ visits: z.array(visit), total: z.number().int(), mayWrite: z.boolean() }),
});

export const getVisitDay = endpoint({
  name: 'visits.get_day',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/visits/days/:day',
  summary: 'All visits of one day, planned and made, in the order of the route; what a telephone takes along for a day without a line.',
  input: z.strictObject({ ...ofUnit, day: calendarDate }),
  output: z.object({ day: calendarDate, visits: z.array(visit), mayWrite: z.boolean() }),
});

export const listVisitOfficers = endpoint({
  name: 'visits.list_officers',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/visits/officers',
  summary: 'People with an account at the unit, who may be sent to visits.',
  input: z.strictObject(ofUnit),
  output: z.object({ officers: z.array(officer) }),
});

export const getVisit = endpoint({
  name: 'visits.get',
  method: 'GET',
  path: '/api/visits/:id',
  summary: 'One visit with the ledger entries it counts as.',
  input: z.strictObject(one),
  output: z.object({ visit, entries: z.array(visitEntry) }),
});

export const planVisits = endpoint({
  name: 'visits.plan',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/visits/planned',
  summary: 'Plans visits to up to 50 enterprises on one day, behind those that are planned already.',
  input: z.strictObject({ ...ofUnit, day: calendarDate, officers, enterprises: z.array(attendance).min(1, { error: 'enterprise_missing' }).max(50, { error: 'too_many' }), purpose: plainText(200, 0).default('') }),
  output: z.object({ visits: z.array(visit) }),
  problems: ['refused_by_rule'],
});

export const replanVisit = endpoint({
  name: 'visits.replan',
  method: 'PUT',
  path: '/api/visits/:id/plan',
  summary: 'Moves a planned visit to another day, or to other officers; `version` is the one that was read.',
  input: z.strictObject({ ...one, version, day: calendarDate, officers, purpose: plainText(200, 0).default('') }),
  output: visit,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const orderVisits = endpoint({
  name: 'visits.order',
  method: 'PUT',
  path: '/api/editions/:edition/units/:unitCode/visits/days/:day/order',
  summary: 'The route of one day: all its visits in their new order. Refused as stale when somebody has added or taken away one meanwhile.',
  input: z.strictObject({ ...ofUnit, day: calendarDate, ids: z.array(recordIdentifier).min(1).max(500).refine(eachOnce, { error: 'given_twice' }) }),
  output: z.object({ visits: z.array(visit) }),
  problems: ['stale_version', 'refused_by_rule'],
});

export const recordVisit = endpoint({
  name: 'visits.record',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/visits',
  summary: 'Records a visit, planned (`plan`) or not; it and what it gave rise to become ledger entries. `key` names the record for ever: told again it does nothing and answers the visit it became.',
  input: z.strictObject({
    ...ofUnit,
    key: z.string().regex(/^[0-9a-f-]{32,36}$/, { error: 'record_key' }),
    /** Whose record it is; refused when somebody else sends it. */
    by: accountId,
    plan: recordIdentifier.nullable().default(null),
    content: visitContent,
  }),
  output: visit,
  problems: ['refused_by_rule', 'wrong_state'],
});

export const editVisit = endpoint({
  name: 'visits.edit',
  method: 'PUT',
  path: '/api/visits/:id',
  summary: 'What was recorded, corrected; its ledger entries follow. `version` is the one that was read.',
  input: z.strictObject({ ...one, version, content: visitContent }),
  output: visit,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const cancelVisit = endpoint({
  name: 'visits.cancel',
  method: 'POST',
  path: '/api/visits/:id/cancel',
  summary: 'Calls a planned visit off, or takes a recorded one back with all its ledger entries.',
  input: z.strictObject({ ...one, version, reason: plainText(200).nullable().default(null) }),
  output: visit,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const restoreVisit = endpoint({
  name: 'visits.restore',
  method: 'POST',
  path: '/api/visits/:id/restore',
  summary: 'Brings a visit back that was called off or taken back, with its ledger entries.',
  input: z.strictObject({ ...one, version }),
  output: visit,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const settleFollowUp = endpoint({
  name: 'visits.settle',
  method: 'POST',
  path: '/api/visits/:id/follow-ups/:followUp',
  summary: 'Says that what a visit left to be done has been taken up, or not yet after all.',
  input: z.strictObject({ ...one, version, followUp: followUpKind, done: z.boolean() }),
  output: visit,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});
