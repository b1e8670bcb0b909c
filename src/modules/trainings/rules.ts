// The life of a training, when somebody may sign up, and the ledger entry it counts as (row 7). Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { addDays, type CalendarDate, dateOf, daysBetween, type Instant } from '../../shared/instant.ts';
import { type InputIssue, problem } from '../../shared/problem.ts';
import { type EntryContent } from '../activities/model.ts';
import type { EditionDefinition } from '../editions/model.ts';
import { isOutsideWindow } from '../editions/rules.ts';
import type { Attendance } from '../enterprises/model.ts';
import type { ClosedFor, TrainingAct, TrainingContent, TrainingState, TrainingVerb } from './model.ts';

/** As ledger entries name the work they come from. */
export const trainingWork = 'trainings';

export interface StandingTraining {
  readonly state: TrainingState;
  readonly stateBefore: TrainingState | null;
  readonly version: number;
  readonly changedByName: string;
  readonly changedAt: Instant;
}

interface Caller {
  readonly writes: boolean;
  readonly opens: boolean;
  readonly editionClosed: boolean;
}

const statesOf: { readonly [V in TrainingVerb]: readonly TrainingState[] } = {
  edit: ['draft', 'open'], open: ['draft'], run: ['open'], end: ['open'], resume: ['held'], cancel: ['draft', 'open'], restore: ['cancelled'], correct: ['open', 'held'],
};

export function verbsOfTraining({ state }: Pick<StandingTraining, 'state'>, { writes, opens, editionClosed }: Caller): TrainingVerb[] {
  if (editionClosed) return [];
  return (Object.keys(statesOf) as TrainingVerb[]).filter((verb) => (verb === 'open' ? opens : writes) && statesOf[verb].includes(state));
}

/** Whether a verb fits a training as it stands; `seen` is the version the caller has read. */
export function canDo(verb: TrainingVerb, training: StandingTraining, seen: number | null): Decision<true> {
  const { state, version, changedByName, changedAt } = training;
  if (seen !== null && seen !== version) return refused(problem('stale_version', { version, changedByName, changedAt }));
  return statesOf[verb].includes(state) ? allowed(true) : refused(problem('refused_by_rule', { rule: 'training_wrong_state', name: changedByName, at: changedAt }));
}

/** The state an act leads to; a training that has not begun is not over, and one is called off with a reason that is shown. */
export function decideAct(act: TrainingAct, training: StandingTraining & { readonly startsAt: Instant }, seen: number, facts: { readonly reason: string; readonly now: Instant }): Decision<TrainingState> {
  const fits = canDo(act, training, seen);
  if (!fits.ok) return fits;
  const rule = act === 'end' && facts.now < training.startsAt ? 'training_not_begun' : act === 'cancel' && facts.reason === '' ? 'training_reason_missing' : null;
  if (rule !== null) return refused(problem('refused_by_rule', { rule, name: training.changedByName, at: training.changedAt }));
  return allowed(act === 'end' ? 'held' : act === 'resume' ? 'open' : act === 'cancel' ? 'cancelled' : (training.stateBefore ?? 'draft'));
}

const longest = 60;

export function trainingIssues({ startsAt, endsAt, signUpUntil, mode, place }: TrainingContent, { grace }: Pick<EditionDefinition, 'grace'>): InputIssue[] {
  const day = dateOf(startsAt);
  return [
    ...(endsAt <= startsAt || daysBetween(day, dateOf(endsAt)) >= longest ? [{ path: 'content.endsAt', rule: 'training_end' }] : []),
    ...(signUpUntil > endsAt ? [{ path: 'content.signUpUntil', rule: 'training_sign_up' }] : []),
    ...(mode !== 'online' && place === '' ? [{ path: 'content.place', rule: 'text_missing' }] : []),
    ...(day < grace.from || day > grace.to ? [{ path: 'content.startsAt', rule: 'date_outside_edition', from: grace.from, to: grace.to }] : []),
  ];
}

/** Why nobody can sign up; null while somebody can. */
export function closedForOf({ state, content }: { readonly state: TrainingState; readonly content: TrainingContent }, places: number, now: Instant): ClosedFor | null {
  if (state === 'cancelled') return 'cancelled';
  if (state === 'held' || now > content.endsAt) return 'held';
  if (now > content.signUpUntil) return 'late';
  return content.capacity !== null && places >= content.capacity ? 'full' : null;
}

/** The days on which somebody can be there. */
export function isDayOf({ startsAt, endsAt }: Pick<TrainingContent, 'startsAt' | 'endsAt'>, day: CalendarDate): boolean {
  return day >= dateOf(startsAt) && day <= dateOf(endsAt);
}

export function daysOf({ startsAt, endsAt }: Pick<TrainingContent, 'startsAt' | 'endsAt'>): CalendarDate[] {
  return Array.from({ length: Math.min(longest, daysBetween(dateOf(startsAt), dateOf(endsAt)) + 1) }, (_, index) => addDays(dateOf(startsAt), index));
}

/** Enterprises of one entry (activities/model.ts). */
export const mostEnterprises = 500;

export interface Was {
  readonly checkIns: number;
  readonly enterprises: readonly Attendance[];
}

/** Never less than nothing. */
export const attendancesOf = (checkIns: number, corrected: number): number => Math.max(0, checkIns + corrected);

/**
 * What a training counts as: one session, however many days. Null while nobody was there, and when it is called off. More enterprises than an
 * entry holds are not put into a second one, which would count a second session: the page says how many are left over.
 */
export function entryOf(
  training: { readonly state: TrainingState; readonly content: TrainingContent; readonly corrected: number }, was: Was,
  edition: Pick<EditionDefinition, 'kinds' | 'window'>, words: { readonly outside: string; readonly note: string },
): EntryContent | null {
  const { state, content, corrected } = training;
  const attendances = attendancesOf(was.checkIns, corrected);
  const kind = edition.kinds.find(({ code }) => code === 'training');
  if (kind === undefined || attendances === 0 || state === 'draft' || state === 'cancelled') return null;
  const known = new Set(kind.fields.map(({ code }) => code));
  const occurredOn = dateOf(content.startsAt);
  return {
    kind: 'training', occurredOn, title: content.title, place: content.place, coHosts: [], evidence: [],
    values: Object.fromEntries(Object.entries({ mode: content.mode, attendances, days: daysOf(content).length }).filter(([code]) => known.has(code))),
    enterprises: was.enterprises.slice(0, mostEnterprises), windowReason: isOutsideWindow(edition.window, occurredOn) ? words.outside : null, note: words.note,
  };
}

/** Shown from three on: fewer would tell who said what. */
export const fewestAnswers = 3;
