// What may be asked about local plans, and the calendar.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { calendarItem, planContent, planView } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
const version = z.number().int().min(1).max(1_000_000);
const path = '/api/editions/:edition/units/:unitCode/plan';
const saved = z.object({ version: z.number().int() });

export const getPlan = endpoint({
  name: 'plans.get', method: 'GET', path, summary: 'The local plan of a unit: for its own people also the draft and what the unit above issued, from above what was issued.',
  input: z.strictObject(ofUnit), output: planView,
});

export const draftPlan = endpoint({
  name: 'plans.draft', method: 'POST', path, summary: 'Begins the plan from what the unit above issued, or from an outline of our own.',
  input: z.strictObject({ ...ofUnit, from: z.enum(['upper', 'outline']) }), output: saved, problems: ['refused_by_rule'],
});

export const savePlan = endpoint({
  name: 'plans.save', method: 'PUT', path, summary: 'A new state of the plan; `version` is the one that was read. What was issued stays as it is until issued again.',
  input: z.strictObject({ ...ofUnit, version, content: planContent }), output: saved, problems: ['stale_version', 'refused_by_rule'],
});

export const issuePlan = endpoint({
  name: 'plans.issue', method: 'POST', path: `${path}/issue`, summary: 'Issues the plan (印发): units right below and above see it as it stands.',
  input: z.strictObject({ ...ofUnit, version }), output: saved, problems: ['stale_version', 'refused_by_rule'],
});

export const finishActivity = endpoint({
  name: 'plans.finish_activity', method: 'POST', path: `${path}/activities`, summary: 'Says which ledger entry a planned activity became, or takes that back.',
  input: z.strictObject({ ...ofUnit, version, activity: z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'record_id' }), entry: recordIdentifier.nullable() }), output: saved, problems: ['stale_version', 'refused_by_rule'],
});

export const readPlanFile = endpoint({
  name: 'plans.file', method: 'GET', path: `${path}/file`, summary: 'The plan as a Word file: for its own people as it is being written, else as issued.',
  input: z.strictObject(ofUnit), output: z.unknown(), answer: 'bytes', limit: 'file',
});

export const readCalendar = endpoint({
  name: 'plans.calendar', method: 'GET', path: '/api/editions/:edition/units/:unitCode/calendar', summary: 'What happens where in a month: planned activities of the unit and of issued plans below, deadlines, days of notices.',
  input: z.strictObject({ ...ofUnit, month: z.string().regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, { error: 'calendar_date' }) }), output: z.object({ items: z.array(calendarItem) }),
});
