// What one person has to do in one edition, and reminders between units.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';

export const taskCode = z.enum([
  'fill_ledger', 'check_table', 'write_notes', 'correct_returned', 'send_for_review', 'review_return', 'sign_return', 'seal_return', 'submit_return',
  'accept_children', 'remind_children', 'decide_corrections', 'set_internal_deadline', 'wait_for_others', 'read_reminders', 'manage_accounts', 'decide_accounts', 'attest_accounts', 'remind_attestation', 'all_done',
]);
export type TaskCode = z.output<typeof taskCode>;

export const task = z.object({
  code: taskCode,
  /** `cannot_start`: something else comes first. */
  status: z.enum(['to_do', 'done', 'waiting', 'cannot_start']),
  unitCode: z.string(),
  unitName: z.string(),
  /** Entries, findings or children the task speaks of. */
  count: z.number().int(),
  /** Path in the staff application. */
  href: z.string(),
});
export type Task = z.output<typeof task>;

/** The same unit is not reminded again by the same unit before this many minutes have passed. */
export const reminderPauseMinutes = 60;

export const reminderView = z.object({ id: z.string(), fromUnitCode: z.string(), fromUnitName: z.string(), accountName: z.string(), text: z.string(), at: instant, read: z.boolean() });
export type ReminderView = z.output<typeof reminderView>;
