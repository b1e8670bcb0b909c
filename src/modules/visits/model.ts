// Visits (调研走访): planned for a day with officers, then recorded at the firm. One visit counts in several rows of the table.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { editionCode, plainText, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { entryValues } from '../activities/model.ts';
import { attendance } from '../enterprises/model.ts';

/** What was talked about; wording in language/visits. */
export const visitTopic = z.enum(['law', 'system', 'staff', 'carriers', 'technology', 'remedy', 'policy', 'other']);
export type VisitTopic = z.output<typeof visitTopic>;

export const mostSuggestions = 10;
export const mostPictures = 20;

/** One suggestion the firm made. Its number stays with it through all changes, and names its entry: `suggestion-2`. */
export const visitSuggestion = z.strictObject({
  number: z.number().int().min(1).max(999),
  title: plainText(100, 2),
  /** A choice of the field `topic` of the edition's kind suggestion. */
  topic: z.string().regex(/^[a-z_]{2,40}$/, { error: 'unknown_choice' }).nullable().default(null),
});
export type VisitSuggestion = z.output<typeof visitSuggestion>;

/** Copies handed out. Null: of no questionnaire kept here, so the visit itself counts them in row 4; else that questionnaire counts them, by its channel visit. */
export const handedOut = z.strictObject({ questionnaire: recordIdentifier.nullable(), copies: z.number().int({ error: 'whole_number' }).min(1, { error: 'too_few' }).max(1_000, { error: 'too_many' }) });
export type HandedOut = z.output<typeof handedOut>;

/** What is recorded at the firm. Class D1 throughout: posts instead of names, that there is a grievance and not which. */
export const visitContent = z.strictObject({
  occurredOn: calendarDate,
  enterprise: attendance,
  place: plainText(100, 0).default(''),
  /** Values of the fields of the edition's kind visit, such as its manner. */
  values: entryValues.default({}),
  /** Posts of whom they met, not names: 法务负责人. */
  met: z.array(plainText(40)).max(10, { error: 'too_many' }).default([]),
  topics: z.array(visitTopic).max(8, { error: 'too_many' }).default([]),
  found: plainText(500, 0).default(''),
  tags: z.array(plainText(20)).max(10, { error: 'too_many' }).default([]),
  suggestions: z.array(visitSuggestion).max(mostSuggestions, { error: 'too_many' }).default([]),
  /** The firm raised a grievance or a difficulty: the unit must take it up. What it is, is not written here. */
  grievance: z.boolean().default(false),
  /** A self-assessment is to be done with the firm. */
  assessment: z.boolean().default(false),
  questionnaires: z.array(handedOut).max(10, { error: 'too_many' }).default([]),
  /** Needed when the date lies outside the window. */
  windowReason: reasonText.nullable().default(null),
  evidence: z.array(recordIdentifier).max(mostPictures, { error: 'too_many' }).default([]),
});
export type VisitContent = z.output<typeof visitContent>;

/** What a visit leaves to be done. */
export const followUpKind = z.enum(['grievance', 'assessment']);
export type FollowUpKind = z.output<typeof followUpKind>;
export const followUp = z.object({ done: z.boolean(), byName: z.string().nullable(), at: instant.nullable() });
export type FollowUp = z.output<typeof followUp>;
export const followUps = z.partialRecord(followUpKind, followUp);
export type FollowUps = z.output<typeof followUps>;

export const officer = z.object({ id: z.string(), name: z.string() });
export type Officer = z.output<typeof officer>;

export const visitState = z.enum(['planned', 'made']);
export type VisitState = z.output<typeof visitState>;

export const visitVerb = z.enum(['record', 'replan', 'edit', 'cancel', 'restore', 'settle']);
export type VisitVerb = z.output<typeof visitVerb>;

export const visit = z.object({
  id: z.string(),
  editionCode,
  unitCode,
  state: visitState,
  day: calendarDate,
  position: z.number().int(),
  enterprise: attendance,
  officers: z.array(officer),
  /** What for, written with the plan. */
  purpose: z.string(),
  content: visitContent.nullable(),
  followUps,
  madeByName: z.string().nullable(),
  madeAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  version: z.number().int(),
  demonstration: z.boolean(),
  createdByName: z.string(),
  changedByName: z.string(),
  changedAt: instant,
  may: z.array(visitVerb),
});
export type Visit = z.output<typeof visit>;

/** A ledger entry that a visit counts as. */
export const visitEntry = z.object({ id: z.string(), part: z.string(), kind: z.string(), title: z.string(), deleted: z.boolean() });
export type VisitEntry = z.output<typeof visitEntry>;
