// What stands in the form of a visit, as typed, and the visit it says. Pure.
import type { Attendance } from '../../../modules/enterprises/model.ts';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import { isOutsideWindow } from '../../../modules/editions/rules.ts';
import type { HandedOut, Visit, VisitTopic } from '../../../modules/visits/model.ts';
import { bearsTelephone } from '../../../modules/visits/rules.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import { type NumberReading, readNumber } from '../../../shared/number-text.ts';
import type { RecordedVisit } from '../../offline/outbox-rules.ts';

export interface TypedSuggestion {
  readonly number: number;
  readonly title: string;
  readonly topic: string;
}

export interface VisitForm {
  readonly occurredOn: string;
  readonly enterprise: readonly Attendance[];
  /** Typed into the field of the enterprise and not chosen yet. */
  readonly typed: string;
  readonly place: string;
  readonly values: { readonly [field: string]: string };
  readonly met: string;
  readonly topics: readonly VisitTopic[];
  readonly found: string;
  readonly tags: string;
  readonly suggestions: readonly TypedSuggestion[];
  readonly grievance: boolean;
  readonly assessment: boolean;
  /** Copies of no questionnaire kept here. */
  readonly copies: string;
  /** Of questionnaires kept here; chosen elsewhere, and kept as they are. */
  readonly named: readonly HandedOut[];
  readonly windowReason: string;
}

type Year = Pick<EditionDefinition, 'kinds' | 'window' | 'grace'>;

export function visitKind({ kinds }: Pick<EditionDefinition, 'kinds'>): EntryKind | undefined {
  return kinds.find(({ code }) => code === 'visit');
}

/** Topics a suggestion may have in this edition. */
export function suggestionTopics({ kinds }: Pick<EditionDefinition, 'kinds'>) {
  return kinds.find(({ code }) => code === 'suggestion')?.fields.find(({ code }) => code === 'topic')?.options ?? [];
}

export function newVisitForm(year: Year, date: string, planned: Pick<Visit, 'enterprise'> | null): VisitForm {
  const values = Object.fromEntries((visitKind(year)?.fields ?? []).flatMap(({ code, initial }) => (initial === undefined ? [] : [[code, String(initial)]])));
  return {
    occurredOn: date, enterprise: planned === null ? [] : [planned.enterprise], typed: '', place: '', values, met: '', topics: [], found: '', tags: '', suggestions: [], grievance: false, assessment: false, copies: '', named: [], windowReason: '',
  };
}

export function formOfVisit(year: Year, content: NonNullable<Visit['content']>): VisitForm {
  const copies = content.questionnaires.find(({ questionnaire }) => questionnaire === null)?.copies;
  return {
    ...newVisitForm(year, content.occurredOn, null),
    enterprise: [content.enterprise], place: content.place, values: Object.fromEntries(Object.entries(content.values).map(([code, value]) => [code, value === null ? '' : String(value)])),
    met: content.met.join('、'), topics: content.topics, found: content.found, tags: content.tags.join('、'), suggestions: content.suggestions.map(({ number, title, topic }) => ({ number, title, topic: topic ?? '' })),
    grievance: content.grievance, assessment: content.assessment, copies: copies === undefined ? '' : String(copies), named: content.questionnaires.filter(({ questionnaire }) => questionnaire !== null), windowReason: content.windowReason ?? '',
  };
}

/** A list as people write one: 法务负责人、研发主管. */
export function listed(text: string): string[] {
  return [...new Set(text.split(/[、，,；;\n]/).map((one) => one.trim()).filter((one) => one !== ''))];
}

export type VisitReading = { readonly ok: true; readonly content: RecordedVisit } | { readonly ok: false; readonly issues: readonly InputIssue[] };

/** The visit a form says, or all that wants a change, by the form's own fields. */
export function readVisitForm(year: Year, form: VisitForm, today: string): VisitReading {
  const kind = visitKind(year);
  const values = valuesOf(kind, form);
  const suggestions = form.suggestions.filter(({ title }) => title.trim() !== '');
  const copies = readNumber(form.copies);
  const [enterprise] = form.enterprise;
  const outside = isOutsideWindow(year.window, form.occurredOn);
  const met = listed(form.met);
  const issues: InputIssue[] = [
    ...enterpriseIssues(form),
    ...dateIssues(year, form.occurredOn, today),
    ...(outside && form.windowReason.trim().length < 8 ? [{ path: 'windowReason', rule: 'window_reason_missing' }] : []),
    ...values.issues,
    ...(met.some(bearsTelephone) ? [{ path: 'met', rule: 'telephone_number' }] : []),
    ...longer(met, 40, 10, 'met'),
    ...longer(listed(form.tags), 20, 10, 'tags'),
    ...suggestions.flatMap(({ number, title }) => (title.trim().length < 2 ? [{ path: `suggestion-${number}`, rule: 'text_too_short', minimum: 2 }] : [])),
    ...copiesIssues(copies),
  ];
  if (issues.length > 0 || enterprise === undefined) return { ok: false, issues };
  const handed = copies.kind === 'number' && copies.value > 0 ? [{ questionnaire: null, copies: copies.value }] : [];
  return {
    ok: true,
    content: {
      occurredOn: form.occurredOn, enterprise, place: form.place.trim(), values: values.values, met, topics: [...form.topics], found: form.found.trim(), tags: listed(form.tags),
      suggestions: suggestions.map(({ number, title, topic }) => ({ number, title: title.trim(), topic: topic === '' ? null : topic })), grievance: form.grievance, assessment: form.assessment,
      questionnaires: [...handed, ...form.named], windowReason: outside ? form.windowReason.trim() : null,
    },
  };
}

function enterpriseIssues({ enterprise, typed }: VisitForm): InputIssue[] {
  if (typed.trim() !== '') return [{ path: 'enterprise', rule: 'enterprise_pending', typed: typed.trim() }];
  return enterprise.length === 0 ? [{ path: 'enterprise', rule: 'one_enterprise' }] : [];
}

function copiesIssues(copies: NumberReading): InputIssue[] {
  if (copies.kind === 'empty') return [];
  if (copies.kind !== 'number') return [{ path: 'copies', rule: 'not_number' }];
  return copies.value <= 1000 ? [] : [{ path: 'copies', rule: 'too_many', maximum: 1000 }];
}

function dateIssues({ grace }: Year, date: string, today: string): InputIssue[] {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return [{ path: 'occurredOn', rule: 'calendar_date' }];
  if (date < grace.from || date > grace.to) return [{ path: 'occurredOn', rule: 'date_outside_edition', from: grace.from, to: grace.to }];
  return date > today ? [{ path: 'occurredOn', rule: 'date_in_future' }] : [];
}

function longer(list: readonly string[], most: number, count: number, path: string): InputIssue[] {
  if (list.length > count) return [{ path, rule: 'too_many', maximum: count }];
  return list.some((one) => one.length > most) ? [{ path, rule: 'text_too_long', maximum: most }] : [];
}

function valuesOf(kind: EntryKind | undefined, form: VisitForm): { readonly values: { [code: string]: string | number }; readonly issues: readonly InputIssue[] } {
  const values: { [code: string]: string | number } = {};
  const issues: InputIssue[] = [];
  for (const field of kind?.fields ?? []) {
    const typed = (form.values[field.code] ?? '').trim();
    const path = `values.${field.code}`;
    const read = field.type === 'integer' ? readNumber(typed) : null;
    if (typed === '') {
      if (field.required) issues.push({ path, rule: 'value_missing' });
    } else if (read === null) values[field.code] = typed;
    else if (read.kind === 'number') values[field.code] = read.value;
    else issues.push({ path, rule: read.kind === 'not_whole' ? 'whole_number' : 'not_number' });
  }
  return { values, issues };
}

/** The next number of a suggestion: numbers of those taken out are not given again. */
export function nextNumber(suggestions: readonly TypedSuggestion[], used: number): number {
  return Math.max(used, ...suggestions.map(({ number }) => number)) + 1;
}

/** The field of the form that an issue of the server is about. */
export function fieldOfIssue(path: string): string {
  const [, first = '', second = ''] = path.split('.');
  if (first === 'values') return `values.${second}`;
  if (first === 'enterprises') return 'enterprise';
  if (first === 'questionnaires') return 'copies';
  return first === 'suggestions' ? 'suggestions' : first;
}

export const visitFieldId = (field: string): string => `visit-${field.replaceAll('.', '-')}`;

/** Whether something was typed or chosen that would be missed. */
export function isTouched(form: VisitForm, first: VisitForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(first);
}
