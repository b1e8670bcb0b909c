// Trainings (能力提升培训): what is announced, who takes a place, who was there. Names of people are class D4: wrapped, for the unit only.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { editionCode, plainText, unitCode } from '../../shared/wire.ts';
import { attendance } from '../enterprises/model.ts';

export const trainingMode = z.enum(['offline', 'online', 'mixed']);
export type TrainingMode = z.output<typeof trainingMode>;

export const trainingState = z.enum(['draft', 'open', 'held', 'cancelled']);
export type TrainingState = z.output<typeof trainingState>;

/** Steps of an officer, opening to the public apart (open_trainings). */
export const trainingAct = z.enum(['end', 'resume', 'cancel', 'restore']);
export type TrainingAct = z.output<typeof trainingAct>;
export type TrainingVerb = TrainingAct | 'edit' | 'open' | 'run' | 'correct';

/** A page with materials; shown to whoever has a ticket. */
export const trainingLink = z.strictObject({ name: plainText(60), address: z.string().max(500).regex(/^https?:\/\/[^\s"<>]+$/, { error: 'link' }) });

export const trainingContent = z.strictObject({
  title: plainText(80, 2),
  startsAt: instant,
  endsAt: instant,
  mode: trainingMode,
  place: plainText(100, 0).default(''),
  /** Null: as many as come. */
  capacity: z.number().int().min(1).max(100_000, { error: 'too_many' }).nullable().default(null),
  audience: plainText(100, 0).default(''),
  description: plainText(2_000, 0).default(''),
  signUpUntil: instant,
  links: z.array(trainingLink).max(10, { error: 'too_many' }).default([]),
});
export type TrainingContent = z.output<typeof trainingContent>;

export const trainingCounts = z.object({
  /** Places taken and not given back. */
  places: z.number().int(),
  /** One for each person and day. */
  checkIns: z.number().int(),
  enterprises: z.number().int(),
  /** What the ledger says: check-ins and what was counted by hand. */
  attendances: z.number().int(),
});
export type TrainingCounts = z.output<typeof trainingCounts>;

export const training = z.object({
  id: z.string(),
  editionCode,
  unitCode,
  content: trainingContent,
  state: trainingState,
  reason: z.string().nullable(),
  corrected: z.number().int(),
  correctedFor: z.string().nullable(),
  version: z.number().int(),
  demonstration: z.boolean(),
  changedByName: z.string(),
  changedAt: instant,
  counts: trainingCounts,
  may: z.array(z.enum(['edit', 'open', 'run', 'correct', ...trainingAct.options])),
});
export type Training = z.output<typeof training>;

/** Why nobody can sign up now. */
export const closedFor = z.enum(['full', 'late', 'held', 'cancelled']);
export type ClosedFor = z.output<typeof closedFor>;

export const publicTraining = z.object({
  id: z.string(), unitCode, unitName: z.string(), content: trainingContent.omit({ links: true }), left: z.number().int().nullable(), closed: closedFor.nullable(), reason: z.string().nullable(), demonstration: z.boolean(),
});
export type PublicTraining = z.output<typeof publicTraining>;

export const personName = plainText(30);

/** `33` and ten letters that do not look alike. Blanks, dashes and capitals come from typing. */
export const ticketCode = z.string().max(40).overwrite((text) => text.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase()).regex(/^\d{2}[a-hjkmnp-z2-9]{10}$/, { error: 'ticket_code' });
export const venueCode = z.string().regex(/^[0-9a-z]{1,10}\.[A-Za-z0-9_-]{22}$/, { error: 'venue_code' });
export const venuePass = z.string().max(120).regex(/^[0-9a-z]{1,11}\.[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$/, { error: 'venue_code' });

export const checkInWay = z.enum(['officer', 'venue']);
export const checkedIn = z.object({ outcome: z.enum(['counted', 'before']), enterprise: z.string(), day: calendarDate });

/** Somebody who has taken a place, as the officers of the unit see it. `name` null: erased. */
export const attendee = z.object({ id: z.string(), name: z.string().nullable(), enterprise: attendance, origin: z.enum(['site', 'officer', 'venue']), days: z.array(calendarDate) });
export type Attendee = z.output<typeof attendee>;

export const ticket = z.object({
  training: publicTraining, edition: editionCode, name: z.string().nullable(), enterprise: z.string(), withdrawn: z.boolean(), days: z.array(calendarDate), links: z.array(trainingLink),
  /** May say now what it was like: was there, and has not. */
  asksFeedback: z.boolean(),
  /** Where a telephone of the office goes by the code. */
  qr: z.object({ size: z.number().int(), path: z.string() }),
});
export type Ticket = z.output<typeof ticket>;

export const feedbackResult = z.object({ count: z.number().int(), stars: z.array(z.number().int()), texts: z.array(z.string()) });
export type FeedbackResult = z.output<typeof feedbackResult>;
