// What may be asked about tasks and reminders (催报).
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, editionCode, plainText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { reminderView, task } from './model.ts';

export const listTasks = endpoint({
  name: 'tasks.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/tasks',
  summary: 'The caller\'s task list at a unit, in the order of the work; with the deadline and steps left.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: z.object({ tasks: z.array(task), due: instant, editionDeadline: instant, stepsLeft: z.number().int(), reminders: z.array(reminderView) }),
});

export const remindUnits = endpoint({
  name: 'tasks.remind',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/reminders',
  summary: '催报: reminds units below that have not submitted. Those that have are left out and listed, as are those that the same unit reminded within the last hour.',
  input: z.strictObject({ edition: editionCode, unitCode, unitCodes: z.array(unitCode).min(1).max(400), text: plainText(300, 4) }),
  output: z.object({ reminded: z.array(z.string()), leftOut: z.array(z.string()), tooSoon: z.array(z.string()) }),
  problems: ['refused_by_rule'],
});

export const readReminder = endpoint({
  name: 'tasks.read_reminder',
  method: 'POST',
  path: '/api/reminders/:id/read',
  summary: 'Marks a reminder as read.',
  input: z.strictObject({ id: recordIdentifier }),
  output: done,
});
