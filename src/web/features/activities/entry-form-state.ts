// The form of one entry as typed text, and what it says once it is read. Pure: nothing here knows screen, server or clock.
import type { EntryContent } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind, KindField } from '../../../modules/editions/model.ts';
import { contentIssues, isOutsideWindow } from '../../../modules/editions/rules.ts';
import type { Attendance } from '../../../modules/enterprises/model.ts';
import { fieldOf } from '../../../modules/imports/rules.ts';
import type { Evidence } from '../../../modules/evidence/model.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import { readNumber } from '../../../shared/number-text.ts';

/** Drafts kept from before know nothing of `checked`. */
export type KeptFile = Pick<Evidence, 'id' | 'name' | 'mediaType' | 'bytes'> & { readonly checked?: Evidence['checked'] | undefined };

export interface CoHost {
  readonly code: string;
  /** Empty when only the code is known; the form looks the name up. */
  readonly name: string;
}

export interface EntryForm {
  readonly kind: string;
  readonly occurredOn: string;
  readonly title: string;
  readonly place: string;
  /** Numbers too are kept as they were typed. */
  readonly values: { readonly [field: string]: string };
  readonly enterprises: readonly Attendance[];
  readonly coHosts: readonly CoHost[];
  readonly windowReason: string;
  readonly evidence: readonly KeptFile[];
  readonly note: string;
}

/** The date a new entry starts with: today, or the last day of the month once it is over. A date to come is never proposed. */
export function initialDate(window: EditionDefinition['window'], today: string): string {
  return today > window.to ? window.to : today;
}

/** The place an entry of this kind was at last, else any entry. One enterprise is visited where it is: nothing is proposed. */
export function placeFor(kind: EntryKind, last: { readonly lastPlace: string; readonly lastByKind: { readonly [kind: string]: Pick<EntryContent, 'place'> } }): string {
  return kind.enterprises === 'single' ? '' : (last.lastByKind[kind.code]?.place ?? last.lastPlace);
}

export function newForm(kind: EntryKind, occurredOn: string, place: string): EntryForm {
  return {
    kind: kind.code, occurredOn, title: '', place: kind.place === 'none' ? '' : place, values: valuesFor(kind, {}),
    enterprises: [], coHosts: [], windowReason: '', evidence: [], note: '',
  };
}

/** Typed values under another kind: what fits stays, the rest starts with the kind's own. */
export function valuesFor(kind: EntryKind, values: EntryForm['values']): EntryForm['values'] {
  return Object.fromEntries(kind.fields.map((field) => {
    const typed = values[field.code];
    const fits = typed !== undefined && (field.type !== 'choice' || (field.options ?? []).some(({ code }) => code === typed));
    return [field.code, fits ? typed : initialOf(field)];
  }));
}

function initialOf(field: KindField): string {
  return field.initial === undefined ? '' : String(field.initial);
}

/** What was typed, seen as another kind of entry. */
export function asKind(form: EntryForm, kind: EntryKind): EntryForm {
  return { ...form, kind: kind.code, values: valuesFor(kind, form.values) };
}

/** An entry back in the form, to be edited or copied. Names of co-hosts and files are looked up by whoever shows them. */
export function formOf(kind: EntryKind, content: EntryContent, evidence: readonly KeptFile[]): EntryForm {
  const typed = Object.fromEntries(Object.entries(content.values).map(([code, value]) => [code, value === null ? '' : String(value)]));
  return {
    kind: content.kind, occurredOn: content.occurredOn, title: content.title, place: content.place,
    values: { ...Object.fromEntries(kind.fields.map(({ code }) => [code, ''])), ...typed },
    enterprises: content.enterprises, coHosts: content.coHosts.map((code) => ({ code, name: '' })),
    windowReason: content.windowReason ?? '', evidence, note: content.note ?? '',
  };
}

/** A copy of an earlier entry for another day: pictures and a reason belong to one activity only. */
export function copyOf(kind: EntryKind, content: EntryContent, occurredOn: string): EntryForm {
  return { ...formOf(kind, content, []), occurredOn, windowReason: '' };
}

/** The form for the next entry of the same day: day, place and choices stay, everything that was counted is empty. */
export function nextForm(kind: EntryKind, form: EntryForm): EntryForm {
  const choices = Object.fromEntries(kind.fields.filter(({ type, folded }) => type === 'choice' && !folded).map(({ code }) => [code, form.values[code] ?? '']));
  return { ...newForm(kind, form.occurredOn, form.place), values: valuesFor(kind, choices), windowReason: form.windowReason };
}

/** What was typed into the title while the last entry was on its way belongs to the next one. */
export function typedMeanwhile(saved: EntryForm, now: EntryForm): string {
  return now.title.startsWith(saved.title) ? now.title.slice(saved.title.length).trimStart() : '';
}

export function isSameForm(one: EntryForm, other: EntryForm): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted({ values, ...rest }: EntryForm): unknown {
  const typed = Object.entries(values).filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  return [typed, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))];
}

/** What the form says, as it is sent. A number that cannot be read stays text, which the rules then point at. */
export function contentOf(definition: Pick<EditionDefinition, 'window'>, kind: EntryKind, form: EntryForm): EntryContent {
  const note = clean(form.note);
  return {
    kind: form.kind,
    occurredOn: form.occurredOn,
    title: clean(form.title),
    place: kind.place === 'none' ? '' : clean(form.place),
    values: Object.fromEntries(kind.fields.flatMap((field) => valueOf(field, form.values[field.code] ?? ''))),
    enterprises: kind.enterprises === 'none' ? [] : [...form.enterprises],
    coHosts: form.coHosts.map(({ code }) => code),
    windowReason: isOutsideWindow(definition.window, form.occurredOn) && clean(form.windowReason) !== '' ? clean(form.windowReason) : null,
    evidence: form.evidence.map(({ id }) => id),
    note: note === '' ? null : note,
  };
}

function clean(text: string): string {
  return text.normalize('NFC').trim();
}

function valueOf(field: KindField, typed: string): [string, string | number][] {
  const text = clean(typed);
  if (text === '') return [];
  if (field.type !== 'integer') return [[field.code, text]];
  const reading = readNumber(text);
  return [[field.code, reading.kind === 'number' ? reading.value : text]];
}

// The limits of activities/model.ts, whose schemas do not come to the browser.
const limits = { title: [2, 100], place: [0, 100], note: [0, 500], windowReason: [8, 200] } as const;
const longestValue = 500;
const largestCount = 1_000_000_000;

/** Everything that keeps the form from being saved, by the server's own rules; `now` is an instant of today. Paths start at `content`. */
export function formIssues(definition: EditionDefinition, kind: EntryKind, form: EntryForm, now: string): InputIssue[] {
  const content = contentOf(definition, kind, form);
  const dated = form.occurredOn !== '';
  const ofEdition = contentIssues(definition, content, now)
    .filter(({ path }) => dated || (path !== 'content.occurredOn' && path !== 'content.windowReason'))
    .map((issue) => asNumberIssue(issue, form));
  const undated: InputIssue[] = dated ? [] : [{ path: 'content.occurredOn', rule: 'calendar_date' }];
  return firstOfEach([...titleIssues(content.title), ...undated, ...ofEdition, ...lengthIssues(content)]);
}

function titleIssues(title: string): InputIssue[] {
  return title === '' ? [{ path: 'content.title', rule: 'text_missing' }] : [];
}

/** «12 or 13» is no number at all; «1.5» is one, but not a whole one. */
function asNumberIssue(issue: InputIssue, form: EntryForm): InputIssue {
  if (issue.rule !== 'whole_number') return issue;
  const typed = form.values[issue.path.replace('content.values.', '')] ?? '';
  return readNumber(typed).kind === 'not_number' ? { ...issue, rule: 'not_number' } : issue;
}

function lengthIssues(content: EntryContent): InputIssue[] {
  const texts = (['title', 'place', 'note', 'windowReason'] as const).flatMap((field): InputIssue[] => {
    const length = (content[field] ?? '').length;
    const [minimum, maximum] = limits[field];
    if (length > maximum) return [{ path: `content.${field}`, rule: 'text_too_long', maximum }];
    return length > 0 && length < minimum ? [{ path: `content.${field}`, rule: 'text_too_short', minimum }] : [];
  });
  const values = Object.entries(content.values).flatMap(([code, value]): InputIssue[] => {
    const path = `content.values.${code}`;
    if (typeof value === 'string' && value.length > longestValue) return [{ path, rule: 'text_too_long', maximum: longestValue }];
    return typeof value === 'number' && value > largestCount ? [{ path, rule: 'too_many', maximum: largestCount }] : [];
  });
  return [...texts, ...values];
}

function firstOfEach(issues: readonly InputIssue[]): InputIssue[] {
  const seen = new Set<string>();
  return issues.filter(({ path }) => {
    const field = fieldOf(path);
    if (seen.has(field)) return false;
    seen.add(field);
    return true;
  });
}

/** The id of a field's control on the page. */
export function fieldId(field: string): string {
  return `entry-${field.replace('.', '-')}`;
}
