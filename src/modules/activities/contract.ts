// What may be asked of the ledger.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate } from '../../shared/instant.ts';
import { editionCode, plainText, queryFlag, queryInteger, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { activity, activityVersion, entryContent, twin } from './model.ts';

const ledger = { edition: editionCode, unitCode };
const one = { id: recordIdentifier };
const version = z.number().int().min(1);
const mostAtOnce = 200;
const eachOnce = (entries: readonly { readonly id: string }[]): boolean => new Set(entries.map(({ id }) => id)).size === entries.length;

export const listActivities = endpoint({
  name: 'activities.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/activities',
  summary: 'The ledger of one unit, newest first.',
  input: z.strictObject({
    ...ledger,
    kind: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/, { error: 'unknown_kind' }).optional(),
    from: calendarDate.optional(),
    to: calendarDate.optional(),
    query: plainText(60).optional(),
    deleted: queryFlag,
    offset: queryInteger(0, 1_000_000, 0),
    limit: queryInteger(1, 200, 50),
  }),
  output: z.object({ activities: z.array(activity), total: z.number().int() }),
});

export const getActivity = endpoint({
  name: 'activities.get',
  method: 'GET',
  path: '/api/activities/:id',
  summary: 'One entry with all its versions; from above the one version that was submitted.',
  input: z.strictObject(one),
  output: z.object({ activity, versions: z.array(activityVersion) }),
});

export const recordActivity = endpoint({
  name: 'activities.record',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/activities',
  summary: 'Records one activity; the figures of the unit change with it.',
  input: z.strictObject({ ...ledger, content: entryContent }),
  output: activity,
  problems: ['refused_by_rule'],
});

export const recordActivities = endpoint({
  name: 'activities.record_many',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/activities/batch',
  summary: 'Records up to 200 activities, all or none; issues name the row.',
  input: z.strictObject({ ...ledger, contents: z.array(entryContent).min(1).max(mostAtOnce) }),
  output: z.object({ activities: z.array(activity) }),
  problems: ['refused_by_rule'],
});

export const editActivity = endpoint({
  name: 'activities.edit',
  method: 'PUT',
  path: '/api/activities/:id',
  summary: 'A new version of an entry; `version` is the one that was read.',
  input: z.strictObject({ ...one, version, content: entryContent, reason: plainText(200).nullable().default(null) }),
  output: activity,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const deleteActivity = endpoint({
  name: 'activities.delete',
  method: 'POST',
  path: '/api/activities/:id/delete',
  summary: 'Moves an entry to the recycle bin; its counts leave the table.',
  input: z.strictObject({ ...one, version }),
  output: activity,
  problems: ['stale_version', 'wrong_state'],
});

export const deleteActivities = endpoint({
  name: 'activities.delete_many',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/activities/batch/delete',
  summary: 'Moves up to 200 entries of one ledger to the recycle bin, all or none; `version` is the one that was read.',
  input: z.strictObject({ ...ledger, entries: z.array(z.strictObject({ ...one, version })).min(1).max(mostAtOnce).refine(eachOnce, { error: 'given_twice' }) }),
  output: z.object({ deleted: z.number().int(), ledgerNo: z.number().int() }),
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const restoreActivity = endpoint({
  name: 'activities.restore',
  method: 'POST',
  path: '/api/activities/:id/restore',
  summary: 'Brings an entry back: from the recycle bin, or to the content of an earlier version (undo).',
  input: z.strictObject({ ...one, version, toVersion: version }),
  output: activity,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const findTwins = endpoint({
  name: 'activities.find_twins',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/activities/twins',
  summary: 'Entries that look like the same activity: same date with same title or place, or the same picture.',
  input: z.strictObject({
    ...ledger,
    occurredOn: calendarDate,
    title: plainText(100),
    place: plainText(100, 0).default(''),
    /** Comma-separated evidence ids. */
    evidence: z.string().max(1000).regex(/^[0-9a-f,-]*$/).default(''),
    except: recordIdentifier.optional(),
  }),
  output: z.object({ twins: z.array(twin) }),
});

export const getRecordingDefaults = endpoint({
  name: 'activities.get_recording_defaults',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/activities/defaults',
  summary: 'Last used place and content per kind, for a new entry and for 「复制上一条」.',
  input: z.strictObject(ledger),
  output: z.object({ lastByKind: z.record(z.string(), entryContent), lastPlace: z.string() }),
});
