// Local plans (实施方案): goals, tasks with who and when (责任分工), planned activities; and the calendar of what happens where.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText, recordIdentifier, unitCode } from '../../shared/wire.ts';

export const planTaskState = z.enum(['to_do', 'under_way', 'done']);
export type PlanTaskState = z.output<typeof planTaskState>;

/** Made by whoever adds a line, unique within a plan. */
const lineId = z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'record_id' });

export const planTask = z.strictObject({
  id: lineId,
  title: plainText(200, 2),
  /** Whoever is answerable, by name. */
  person: plainText(40, 0).default(''),
  /** The department or body that takes the lead. */
  body: plainText(60, 0).default(''),
  dueOn: calendarDate.nullable().default(null),
  state: planTaskState.default('to_do'),
  /** The task of the upper unit's issued plan it was begun from. */
  from: z.strictObject({ unitCode, task: lineId }).nullable().default(null),
});
export type PlanTask = z.output<typeof planTask>;

export const plannedActivity = z.strictObject({
  id: lineId,
  /** A kind of the edition's ledger. */
  kind: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/, { error: 'unknown_kind' }),
  onDay: calendarDate,
  title: plainText(100, 2),
  place: plainText(100, 0).default(''),
  /** The ledger entry it became; set by `plans.finish_activity` alone. */
  entry: recordIdentifier.nullable().default(null),
});
export type PlannedActivity = z.output<typeof plannedActivity>;

const unique = (lines: readonly { readonly id: string }[]): boolean => new Set(lines.map(({ id }) => id)).size === lines.length;

export const planContent = z.strictObject({
  title: plainText(80, 4),
  goals: plainText(4_000, 0),
  tasks: z.array(planTask).max(100, { error: 'too_many' }).refine(unique, { error: 'record_id' }),
  activities: z.array(plannedActivity).max(200, { error: 'too_many' }).refine(unique, { error: 'record_id' }),
});
export type PlanContent = z.output<typeof planContent>;

export const issuedPlan = z.object({ unitCode, unitName: z.string(), version: z.number().int(), issuedAt: instant, issuedByName: z.string(), content: planContent });
export type IssuedPlan = z.output<typeof issuedPlan>;

/** A line whose day has passed and which is not done. */
export const behindLine = z.object({ of: z.enum(['task', 'activity']), id: z.string(), title: z.string(), day: calendarDate });
export type BehindLine = z.output<typeof behindLine>;

export const planView = z.object({
  /** What is being written; null from above, and before there is one. */
  draft: z.object({ version: z.number().int(), content: planContent, changedByName: z.string(), changedAt: instant, demonstration: z.boolean() }).nullable(),
  issued: issuedPlan.nullable(),
  /** What the unit above issued; for the unit itself only. */
  upper: issuedPlan.nullable(),
  behind: z.array(behindLine),
  mayWrite: z.boolean(),
  mayIssue: z.boolean(),
});
export type PlanView = z.output<typeof planView>;

/** A deadline has no title: it is the unit's day to report. */
export const calendarItem = z.object({ day: calendarDate, kind: z.enum(['activity', 'deadline', 'notice', 'training']), title: z.string(), place: z.string(), unitCode, unitName: z.string(), done: z.boolean() });
export type CalendarItem = z.output<typeof calendarItem>;
