// What may be asked about the audit trail.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText, queryFlag, queryInteger, unitCode } from '../../shared/wire.ts';
import { entryContent } from '../activities/model.ts';

const question = z.strictObject({
  unitCode,
  /** Of the units below it too. */
  below: queryFlag,
  subjectKind: z.string().regex(/^[a-z_]{1,30}$/).optional(),
  subjectId: plainText(80).optional(),
  action: z.string().regex(/^[a-z_.]{1,60}$/).optional(),
  /** Only what was looked at or taken out. */
  reads: queryFlag,
  /** Part of the name of who did it. */
  person: plainText(40).optional(),
  /** Part of what the subject is called, or of its number. */
  query: plainText(60).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: queryInteger(1, 200, 50),
});

export const auditEvent = z.object({
  id: z.number().int(),
  at: instant,
  unitCode: z.string(),
  /** Null when the unit is not known any more. */
  unitName: z.string().nullable(),
  accountName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  /** Whose account it is; null for other subjects. */
  subjectName: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  basis: z.string().nullable(),
  /** Where the record lies in the proof log; null for records older than the log. */
  log: z.object({ provinceCode: z.number().int(), leaf: z.number().int() }).nullable(),
  /** What a ledger entry said before and after; null for other subjects, and for whoever does not read this ledger. */
  entry: z.object({ before: entryContent.nullable(), after: entryContent }).nullable(),
});
const answer = z.object({ events: z.array(auditEvent) });

export const listAuditEvents = endpoint({
  name: 'audit.list',
  method: 'GET',
  path: '/api/units/:unitCode/audit-events',
  summary: 'Who did what at a unit, newest first; or to one record, by one person, in some days.',
  input: question,
  output: answer,
});

export const listAuditorActs = endpoint({
  name: 'audit.list_auditors',
  method: 'GET',
  path: '/api/units/:unitCode/auditor-acts',
  summary: 'What auditors did: their own trail, for the security administrator.',
  input: question,
  output: answer,
});
