// Which tasks a person has: derived from roles, the state of the return, findings and children. Pure, in the order of the work.
import { epochOf, type Instant } from '../../shared/instant.ts';
import type { UnitPlacement, Verb } from '../access/model.ts';
import { type Granted, may } from '../access/rules.ts';
import { decideAct, type ReturnStatus } from '../returns/rules.ts';
import { reminderPauseMinutes, type Task, type TaskCode } from './model.ts';

export interface TaskFacts {
  /** The edition is over: nothing in it is left to do. */
  readonly closed: boolean;
  readonly unitCode: string;
  readonly unitName: string;
  readonly hasUpper: boolean;
  readonly accountId: string;
  readonly verbs: ReadonlySet<Verb>;
  readonly status: ReturnStatus;
  readonly entries: number;
  readonly openFindings: number;
  readonly hardFindings: number;
  readonly children: { readonly all: number; readonly submitted: number; readonly missing: number; readonly corrections: number };
  readonly unreadReminders: number;
  readonly deadlineForBelowSet: boolean;
  readonly deadlinePassed: boolean;
  /** What waits for this person to decide; whether the unit's accounts are to be confirmed, and of how many units below. */
  readonly accounts: { readonly waiting: number; readonly owesAttestation: boolean; readonly unattestedBelow: number };
}

type Draft = Pick<Task, 'code' | 'status' | 'count' | 'href'>;

/** The list; a person with nothing to do gets `all_done` or `wait_for_others`. */
export function tasksOf(facts: TaskFacts): Task[] {
  const drafts = facts.closed ? accountTasks(facts) : [...upperTasks(facts), ...clerkTasks(facts), ...deciderTasks(facts), ...accountTasks(facts)];
  const listed = drafts.some(({ status }) => status === 'to_do') ? drafts : [...drafts, closing(facts)];
  return listed.map((draft) => ({ ...draft, unitCode: facts.unitCode, unitName: facts.unitName }));
}

const underWay = new Set(['in_review', 'approved', 'signed', 'sealed', 'submitted']);
const editable = new Set(['draft', 'self_checked', 'returned', 'returned_by_upper', 'reopened']);

function closing(facts: TaskFacts): Draft {
  const waits = !facts.closed && (underWay.has(facts.status.state) || facts.status.state === 'correction_requested');
  return { code: waits ? 'wait_for_others' : 'all_done', status: waits ? 'waiting' : 'done', count: 0, href: '/return' };
}

function clerkTasks(facts: TaskFacts): Draft[] {
  if (!facts.verbs.has('write_ledger')) return [];
  const { state } = facts.status;
  const mayEdit = editable.has(state);
  const returned = state === 'returned' || state === 'returned_by_upper' || state === 'reopened';
  const tasks: Draft[] = [{ code: 'fill_ledger', status: mayEdit ? 'to_do' : 'done', count: facts.entries, href: '/ledger' }];
  if (returned) tasks.push({ code: 'correct_returned', status: 'to_do', count: facts.status.version, href: '/return' });
  tasks.push({ code: 'check_table', status: mayEdit ? (facts.openFindings === 0 ? 'done' : 'to_do') : 'done', count: facts.openFindings, href: '/table' });
  tasks.push(step('send_for_review', mayEdit, mayEdit && (facts.entries === 0 || facts.hardFindings > 0)));
  if (facts.hasUpper) tasks.push(step('submit_return', state === 'sealed', mayEdit || ['in_review', 'approved', 'signed'].includes(state)));
  return tasks;
}

function step(code: TaskCode, due: boolean, cannotStart: boolean): Draft {
  return { code, status: cannotStart ? 'cannot_start' : due ? 'to_do' : 'done', count: 0, href: '/return' };
}

function deciderTasks(facts: TaskFacts): Draft[] {
  const own = (verb: 'approve' | 'sign' | 'seal'): boolean =>
    facts.verbs.has(verb) && decideAct(facts.status, { act: verb, accountId: facts.accountId, hasUpper: facts.hasUpper, seenVersion: null }).ok;
  const tasks: Draft[] = [];
  if (own('approve')) tasks.push({ code: 'review_return', status: 'to_do', count: 1, href: '/review' });
  if (own('sign')) tasks.push({ code: 'sign_return', status: 'to_do', count: 1, href: '/return' });
  if (own('seal')) tasks.push({ code: 'seal_return', status: 'to_do', count: 1, href: '/return' });
  if (facts.verbs.has('submit') && !facts.verbs.has('write_ledger') && facts.hasUpper && facts.status.state === 'sealed') {
    tasks.push({ code: 'submit_return', status: 'to_do', count: 1, href: '/return' });
  }
  return tasks;
}

function accountTasks(facts: TaskFacts): Draft[] {
  const href = '/setup/accounts';
  const tasks: Draft[] = [];
  if (facts.accounts.waiting > 0) tasks.push({ code: 'decide_accounts', status: 'to_do', count: facts.accounts.waiting, href });
  if (facts.verbs.has('attest_accounts') && facts.accounts.owesAttestation) tasks.push({ code: 'attest_accounts', status: 'to_do', count: 0, href });
  if (facts.verbs.has('set_deadline') && facts.accounts.unattestedBelow > 0) tasks.push({ code: 'remind_attestation', status: 'waiting', count: facts.accounts.unattestedBelow, href });
  // Whoever does nothing else is led to the accounts; others find them in the settings.
  if (facts.verbs.has('manage_accounts') && !facts.verbs.has('read_return')) tasks.push({ code: 'manage_accounts', status: 'waiting', count: 0, href });
  return tasks;
}

function upperTasks(facts: TaskFacts): Draft[] {
  const tasks: Draft[] = [];
  if (facts.unreadReminders > 0) tasks.push({ code: 'read_reminders', status: 'to_do', count: facts.unreadReminders, href: '/' });
  if (facts.children.all === 0 || !facts.verbs.has('write_ledger')) return tasks;
  if (facts.verbs.has('set_deadline') && !facts.deadlineForBelowSet && !facts.deadlinePassed) {
    tasks.push({ code: 'set_internal_deadline', status: 'to_do', count: 0, href: '/setup/deadline' });
  }
  if (facts.children.submitted > 0) tasks.push({ code: 'accept_children', status: 'to_do', count: facts.children.submitted, href: '/matrix' });
  if (facts.children.corrections > 0) tasks.push({ code: 'decide_corrections', status: 'to_do', count: facts.children.corrections, href: '/matrix' });
  if (facts.children.missing > 0) tasks.push({ code: 'remind_children', status: 'to_do', count: facts.children.missing, href: '/matrix' });
  return tasks;
}

/** A unit below as a reminder finds it. */
export interface Remindable extends UnitPlacement {
  /** What it had to hand in lies with the unit above it. */
  readonly submitted: boolean;
  /** When the unit that reminds reminded it last. */
  readonly remindedAt: Instant | null;
}

/** Whether one may remind another unit in the name of one's own: by the roles held there, and only from above. */
export function mayRemind(caller: Granted, from: string, unit: UnitPlacement): boolean {
  return may({ grants: caller.grants.filter(({ unitCode }) => unitCode === from) }, 'remind', unit);
}

/** Who is reminded now. Left out are those that have submitted, and those that the same unit reminded just before: a message too many is read as noise. */
export function decideReminders<U extends Remindable>(units: readonly U[], now: Instant): { readonly due: U[]; readonly submitted: U[]; readonly tooSoon: U[] } {
  const waiting = units.filter(({ submitted }) => !submitted);
  const tooSoon = waiting.filter(({ remindedAt }) => remindedAt !== null && epochOf(now) - epochOf(remindedAt) < reminderPauseMinutes * 60_000);
  return { due: waiting.filter((unit) => !tooSoon.includes(unit)), submitted: units.filter(({ submitted }) => submitted), tooSoon };
}
