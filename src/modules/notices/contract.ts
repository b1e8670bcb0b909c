// What may be asked about notices.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate } from '../../shared/instant.ts';
import { done, editionCode, plainText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { receivedNotice, sentNotice } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
const path = '/api/editions/:edition/units/:unitCode/notices';

export const listNotices = endpoint({
  name: 'notices.list', method: 'GET', path, summary: 'Notices the unit received, and those it sent with who has read them; at most fifty of each, the latest first.',
  input: z.strictObject(ofUnit), output: z.object({ received: z.array(receivedNotice), sent: z.array(sentNotice), below: z.array(z.object({ code: unitCode, name: z.string() })), maySend: z.boolean() }),
});

export const sendNotice = endpoint({
  name: 'notices.send', method: 'POST', path, summary: 'Sends a notice to units below: those named, or with none named all that report to the unit directly.',
  input: z.strictObject({ ...ofUnit, title: plainText(80, 2), text: plainText(4_000, 2), onDay: calendarDate.nullable().default(null), unitCodes: z.array(unitCode).max(400, { error: 'too_many' }) }),
  output: z.object({ id: z.string(), units: z.number().int() }), problems: ['refused_by_rule'],
});

export const readNotice = endpoint({
  name: 'notices.read', method: 'POST', path: `${path}/:id/read`, summary: 'Says that the caller has read a notice the unit received.',
  input: z.strictObject({ ...ofUnit, id: recordIdentifier }), output: done,
});

export const remindNotice = endpoint({
  name: 'notices.remind', method: 'POST', path: `${path}/:id/remind`, summary: 'Reminds the units that have not read a notice; each at most once an hour.',
  input: z.strictObject({ ...ofUnit, id: recordIdentifier }), output: z.object({ reminded: z.number().int() }),
});
