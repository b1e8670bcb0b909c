// What may be asked about the audit trail.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { plainText, queryInteger, unitCode } from '../../shared/wire.ts';

export const listAuditEvents = endpoint({
  name: 'audit.list',
  method: 'GET',
  path: '/api/units/:unitCode/audit-events',
  summary: 'Who did what at a unit, newest first; or to one record.',
  input: z.strictObject({
    unitCode,
    subjectKind: z.string().regex(/^[a-z_]{1,30}$/).optional(),
    subjectId: plainText(80).optional(),
    before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    limit: queryInteger(1, 200, 50),
  }),
  output: z.object({
    events: z.array(
      z.object({
        id: z.number().int(),
        at: instant,
        accountName: z.string(),
        action: z.string(),
        subjectKind: z.string(),
        subjectId: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        basis: z.string().nullable(),
      }),
    ),
  }),
});
