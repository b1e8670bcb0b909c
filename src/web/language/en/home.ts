// Words of the home page, in English.
import type { home as zhHome } from '../zh/home.ts';

const tasks: typeof zhHome.tasks = {
  fill_ledger: (count) => `Keep the ledger (${count} entries so far)`,
  check_table: (count) => (count === '0' ? 'Check the table' : `Check the table (${count} findings)`),
  write_notes: (count) => `Write notes (${count})`,
  correct_returned: () => 'Correct what was returned',
  send_for_review: () => 'Send for review',
  review_return: () => 'Review the table',
  sign_return: () => 'Sign the table',
  seal_return: () => 'Seal',
  submit_return: () => 'Submit',
  accept_children: (count) => `Accept returns from below (${count} waiting)`,
  remind_children: (count) => `Remind units below (${count} missing)`,
  decide_corrections: (count) => `Answer requests for correction (${count})`,
  set_internal_deadline: () => 'Set the deadline for units below',
  wait_for_others: () => 'Others have to act first',
  read_reminders: (count) => `Read reminders (${count})`,
  manage_accounts: () => 'Manage accounts',
  decide_accounts: (count) => `Approve accounts and roles (${count})`,
  attest_accounts: () => 'Confirm the accounts of the unit',
  remind_attestation: (count) => `Units below that have not confirmed their accounts (${count})`,
  all_done: () => 'All your steps are done',
};

export const home: typeof zhHome = {
  title: 'To do in this edition',
  tasks,
  statuses: { to_do: 'To do', done: 'Done', waiting: 'Whenever needed', cannot_start: 'Cannot start yet' },
  reminders: 'Reminders',
  reminderFrom: (unit, who, when) => `${unit}, ${who}, ${when}`,
  read: 'Noted',
  latest: 'Latest entries',
  latestNone: 'No entries yet. After an activity press “New entry”; it takes about 30 seconds.',
  latestAll: 'Whole ledger',
  figures: 'Main figures',
  figuresHint: 'Live figures of the unit’s own level',
  toTable: 'Open the table',
  firstSteps: 'First time here',
  firstHints: ['Press N or “New entry” and record an activity once; the table fills itself.', 'Every number of the table opens to where it comes from.', 'Before the deadline: review, seal, submit; each step shows here when it is done.'],
  dismiss: 'Do not show again',
  due: (time) => `Submit by ${time}`,
};
