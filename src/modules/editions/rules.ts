// What an edition demands of ledger entries, deadlines and a province's own rows. Pure: the browser asks the same questions
// before sending that the server asks before saving. Whether a definition itself is sound: rules/definition.ts.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { addDays, type CalendarDate, dateOf, type Instant } from '../../shared/instant.ts';
import { type InputIssue, problem } from '../../shared/problem.ts';
import type { ReturnState } from '../returns/model.ts';
import type { EditionDefinition, EntryKind, KindField } from './model.ts';

/** The parts of an entry's content that an edition has a say in. */
export interface CheckedContent {
  readonly kind: string;
  readonly occurredOn: CalendarDate;
  readonly place: string;
  readonly values: { readonly [field: string]: string | number | null };
  readonly enterprises: readonly { readonly uscc: string | null }[];
  readonly windowReason: string | null;
}

type Entries = Pick<EditionDefinition, 'kinds' | 'window' | 'grace'>;

/** Everything that keeps an entry out of this edition; paths start at `content`. Nothing is changed or guessed. */
export function contentIssues(definition: Entries, content: CheckedContent, now: Instant): InputIssue[] {
  const kind = definition.kinds.find(({ code }) => code === content.kind);
  const ofKind = kind === undefined ? [{ path: 'content.kind', rule: 'unknown_kind' }] : kindIssues(kind, content);
  return [...ofKind, ...dateIssues(definition, content, now)];
}

function kindIssues(kind: EntryKind, content: CheckedContent): InputIssue[] {
  const known = new Set(kind.fields.map(({ code }) => code));
  const unknown = Object.keys(content.values)
    .filter((code) => !known.has(code))
    .map((code): InputIssue => ({ path: `content.values.${code}`, rule: 'unknown_field' }));
  return [...unknown, ...kind.fields.flatMap((field) => valueIssues(field, content.values[field.code] ?? null)), ...enterpriseIssues(kind, content), ...placeIssues(kind, content)];
}

function valueIssues(field: KindField, value: string | number | null): InputIssue[] {
  const path = `content.values.${field.code}`;
  if (value === null || value === '') return field.required ? [{ path, rule: 'value_missing' }] : [];
  switch (field.type) {
    case 'integer':
      return integerIssues(field, value, path);
    case 'choice':
      return (field.options ?? []).some(({ code }) => code === value) ? [] : [{ path, rule: 'unknown_choice' }];
    case 'link':
      return typeof value === 'string' && /^https?:\/\/[^\s/]+\S*$/i.test(value) ? [] : [{ path, rule: 'link' }];
    case 'text':
      return typeof value === 'string' ? [] : [{ path, rule: 'text_expected' }];
  }
}

function integerIssues(field: KindField, value: string | number, path: string): InputIssue[] {
  if (typeof value !== 'number' || !Number.isInteger(value)) return [{ path, rule: 'whole_number' }];
  const minimum = field.minimum ?? 0;
  if (value < 0) return [{ path, rule: 'not_negative' }];
  if (value < minimum) return [{ path, rule: 'too_few', minimum }];
  if (field.maximum !== undefined && value > field.maximum) return [{ path, rule: 'too_many', maximum: field.maximum }];
  return [];
}

function enterpriseIssues(kind: EntryKind, { enterprises }: CheckedContent): InputIssue[] {
  const path = 'content.enterprises';
  if (kind.enterprises === 'none') return enterprises.length === 0 ? [] : [{ path, rule: 'enterprises_not_asked' }];
  if (kind.enterprises === 'single' && enterprises.length !== 1) return [{ path, rule: 'one_enterprise' }];
  if (kind.enterprises === 'required' && enterprises.length === 0) return [{ path, rule: 'enterprises_missing' }];
  // Two enterprises without a code may well have the same name; the same code is the same enterprise.
  const first = new Map<string, number>();
  return enterprises.flatMap(({ uscc }, index): InputIssue[] => {
    if (uscc === null) return [];
    const earlier = first.get(uscc);
    if (earlier === undefined) first.set(uscc, index);
    return earlier === undefined ? [] : [{ path: `${path}.${index}`, rule: 'enterprise_twice', earlier }];
  });
}

function placeIssues(kind: EntryKind, { place }: CheckedContent): InputIssue[] {
  if (kind.place === 'required' && place === '') return [{ path: 'content.place', rule: 'place_missing' }];
  if (kind.place === 'none' && place !== '') return [{ path: 'content.place', rule: 'place_not_asked' }];
  return [];
}

function dateIssues({ window, grace }: Entries, { occurredOn, windowReason }: CheckedContent, now: Instant): InputIssue[] {
  const path = 'content.occurredOn';
  if (occurredOn < grace.from || occurredOn > grace.to) return [{ path, rule: 'date_outside_edition', from: grace.from, to: grace.to }];
  const issues: InputIssue[] = occurredOn > dateOf(now) ? [{ path, rule: 'date_in_future', today: dateOf(now) }] : [];
  if (isOutsideWindow(window, occurredOn) && (windowReason ?? '') === '') {
    issues.push({ path: 'content.windowReason', rule: 'window_reason_missing', from: window.from, to: window.to });
  }
  return issues;
}

/** Whether an entry of this date needs a reason (统计口径第12问). */
export function isOutsideWindow(window: EditionDefinition['window'], date: CalendarDate): boolean {
  return date < window.from || date > window.to;
}

/** A deadline that a unit has set for those below it. */
export interface SetDeadline {
  readonly unitCode: string;
  readonly dueAt: Instant;
}

/** When a unit must have submitted: the earliest deadline set above it, else the edition's. Of equal ones the first given, the edition's before all. */
export function dueOf(edition: Instant, setAbove: readonly SetDeadline[]): { readonly due: Instant; readonly setBy: string | null } {
  return setAbove.reduce<{ due: Instant; setBy: string | null }>(
    (earliest, { unitCode, dueAt }) => (dueAt < earliest.due ? { due: dueAt, setBy: unitCode } : earliest),
    { due: edition, setBy: null },
  );
}

/** 「17时前」: the millisecond of the deadline itself is late. */
export function isLate(at: Instant, due: Instant): boolean {
  return at >= due;
}

/** Whether a unit may set this deadline for those below it. */
export function decideInternalDeadline(wanted: Instant, facts: { readonly ownDue: Instant; readonly now: Instant; readonly closed: boolean; readonly hasUnitsBelow: boolean }): Decision<Instant> {
  const refusal = (rule: string): Decision<Instant> => refused(problem('refused_by_rule', { rule, ownDue: facts.ownDue }));
  if (facts.closed) return refusal('edition_closed');
  if (!facts.hasUnitsBelow) return refusal('no_units_below');
  if (wanted > facts.ownDue) return refusal('deadline_after_own');
  if (wanted <= facts.now) return refusal('deadline_in_past');
  return allowed(wanted);
}

/** Whether the nation may close an edition: its own table stands sealed, so that nothing is closed half done. */
export function decideClosing(facts: { readonly closed: boolean; readonly nationState: ReturnState }): Decision<true> {
  if (facts.closed) return refused(problem('refused_by_rule', { rule: 'edition_closed' }));
  return facts.nationState === 'sealed' ? allowed(true) : refused(problem('refused_by_rule', { rule: 'nation_not_sealed', state: facts.nationState }));
}

/** Whether a closing may be taken back. */
export function decideOpeningAgain(facts: { readonly closed: boolean }): Decision<true> {
  return facts.closed ? allowed(true) : refused(problem('refused_by_rule', { rule: 'edition_open' }));
}

/** Whether people work on a date, and whether the holiday calendar of that year is known. */
export interface WorkingDayCalendar {
  isWorkingDay(date: CalendarDate): boolean;
  isKnown(date: CalendarDate): boolean;
}

// Working days before the edition's deadline that those below must be done: provinces, their units, all further down (features 58).
const cascade = [1, 3, 5] as const;

export interface DeadlineSuggestion {
  readonly dueAt: Instant;
  /** Working days from the suggestion to the unit's own deadline. */
  readonly workingDaysBefore: number;
  /** A year of the stretch has no published holiday calendar yet: weekends only were taken out. */
  readonly provisional: boolean;
}

/** A deadline for those below a unit at this depth, always before the unit's own, at the same time of day. */
export function suggestDeadline(edition: Instant, ownDue: Instant, depth: number, calendar: WorkingDayCalendar): DeadlineSuggestion {
  const total = cascade[Math.min(depth, cascade.length - 1)] ?? 1;
  const step = depth === 0 ? 1 : 2;
  const fromEdition = workingDaysBefore(dateOf(edition), total, calendar);
  const fromOwn = workingDaysBefore(dateOf(ownDue), step, calendar);
  const date = fromEdition < fromOwn ? fromEdition : fromOwn;
  const stretch = datesBetween(date, dateOf(ownDue));
  return {
    dueAt: `${date}${edition.slice(10)}`,
    workingDaysBefore: stretch.filter((day) => calendar.isWorkingDay(day)).length,
    provisional: [date, ...stretch, dateOf(edition)].some((day) => !calendar.isKnown(day)),
  };
}

/** The date so many working days before another. */
export function workingDaysBefore(date: CalendarDate, days: number, calendar: WorkingDayCalendar): CalendarDate {
  let current = date;
  for (let left = days; left > 0; ) {
    current = addDays(current, -1);
    if (calendar.isWorkingDay(current)) left -= 1;
  }
  return current;
}

/** Dates after the first up to and with the second. */
function datesBetween(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (let current = from; current < to; ) {
    current = addDays(current, 1);
    dates.push(current);
  }
  return dates;
}
