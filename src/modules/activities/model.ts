// Ledger entries (活动台账) as they are sent and stored.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { count, editionCode, plainText, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { attendance } from '../enterprises/model.ts';

/** Values of the kind's own fields: whole numbers for integers, option codes for choices, text otherwise. */
export const entryValues = z.record(z.string().regex(/^[a-z][a-z0-9_]{0,40}$/), z.union([count, plainText(500, 0), z.null()]));

/** What a clerk says about one activity. Kind, fields and demands come from the edition. */
export const entryContent = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/, { error: 'unknown_kind' }),
  occurredOn: calendarDate,
  title: plainText(100, 2),
  place: plainText(100, 0).default(''),
  values: entryValues.default({}),
  enterprises: z.array(attendance).max(500, { error: 'too_many' }).default([]),
  /** Units that took part; they count nothing (domain 9, question 3). */
  coHosts: z.array(unitCode).max(20, { error: 'too_many' }).default([]),
  /** Needed when the date lies outside the window. */
  windowReason: reasonText.nullable().default(null),
  evidence: z.array(recordIdentifier).max(20, { error: 'too_many' }).default([]),
  note: plainText(500).nullable().default(null),
});
export type EntryContent = z.output<typeof entryContent>;

export const entryChange = z.enum(['recorded', 'edited', 'deleted', 'restored']);
export type EntryChange = z.output<typeof entryChange>;

/** The work an entry counts as: `kind` names the module, `part` what of the work (docs/decisions/0031). */
export const workSource = z.object({ kind: z.string().regex(/^[a-z_]{2,40}$/), id: z.string().max(60), part: z.string().max(60) });
export type WorkSource = z.output<typeof workSource>;

export const activity = z.object({
  id: z.string(),
  editionCode,
  unitCode,
  content: entryContent,
  version: z.number().int(),
  ledgerNo: z.number().int(),
  deletedAt: instant.nullable(),
  demonstration: z.boolean(),
  createdByName: z.string(),
  createdAt: instant,
  changedAt: instant,
  /** Recorded after the deadline of the edition: 补录. */
  recordedLate: z.boolean(),
  /** Null for an entry typed in the ledger. One of work changes with the work only. */
  source: workSource.nullable(),
  may: z.array(z.enum(['edit', 'delete', 'restore'])),
});
export type Activity = z.output<typeof activity>;

export const activityVersion = z.object({
  version: z.number().int(),
  change: entryChange,
  content: entryContent,
  accountName: z.string(),
  at: instant,
  reason: z.string().nullable(),
});
export type ActivityVersion = z.output<typeof activityVersion>;

/** Why two entries look like the same activity. */
export const twinSign = z.enum(['same_date_and_title', 'same_date_and_place', 'same_picture', 'similar_picture']);
export type TwinSign = z.output<typeof twinSign>;
export const twin = z.object({
  id: z.string().nullable(),
  unitCode,
  unitName: z.string(),
  occurredOn: calendarDate,
  /** Null: of another unit and not what was asked for. */
  title: z.string().nullable(),
  signs: z.array(twinSign),
});
export type Twin = z.output<typeof twin>;
