// Names of the form's fields and sentences of what is wrong with them: the same words beside the field and in the summary.
import type { EntryContent } from '../../../modules/activities/model.ts';
import type { EntryKind } from '../../../modules/editions/model.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import type { entry } from '../../language/zh/entry.ts';
import { type Text, wordsOf } from '../../language/text.tsx';
import type { SummaryLine } from '../../ui/notice.tsx';
import { fieldOf } from '../../../modules/imports/rules.ts';
import { fieldId } from './entry-form-state.ts';

export type EntryWords = typeof entry;

export interface Speech {
  readonly text: Text;
  readonly words: EntryWords;
  readonly kind: EntryKind;
}

export function labelOf(field: string, { text, words, kind }: Speech): string {
  if (field.startsWith('values.')) {
    const own = kind.fields.find(({ code }) => `values.${code}` === field);
    return own === undefined ? field : wordsOf(text, own.name);
  }
  const labels: { readonly [field: string]: string } = {
    kind: words.kind, occurredOn: words.occurredOn, title: words.title, place: words.place, coHosts: words.coHosts, windowReason: words.windowReason, evidence: words.evidence, note: words.note,
    enterprises: kind.enterprises === 'single' ? words.oneEnterprise : words.enterprises,
  };
  return labels[field] ?? field;
}

/** One sentence per field, beginning with its name. */
export function errorsOf(issues: readonly InputIssue[], speech: Speech): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const issue of issues) {
    const field = fieldOf(issue.path);
    if (!errors.has(field)) errors.set(field, speech.words.labelled(labelOf(field, speech), sentenceOf(issue, speech)));
  }
  return errors;
}

function sentenceOf(issue: InputIssue, { text, words }: Speech): string {
  switch (issue.rule) {
    case 'not_number':
      return text.kit.notNumber;
    case 'upload_failed':
      return words.uploadFailed;
    case 'upload_pending':
      return words.uploadPending;
    case 'enterprise_pending':
      return words.enterprisePending(typeof issue['typed'] === 'string' ? issue['typed'] : '');
    default:
      return text.problems.issue(issue.rule, issue);
  }
}

/** Lines of the summary in the order of the form. */
export function summaryOf(errors: ReadonlyMap<string, string>, kind: EntryKind): SummaryLine[] {
  const folded = kind.fields.filter((field) => field.folded).map(({ code }) => `values.${code}`);
  const plain = kind.fields.filter((field) => !field.folded).map(({ code }) => `values.${code}`);
  const order = ['kind', 'title', 'occurredOn', 'place', 'windowReason', ...plain, 'enterprises', 'evidence', ...folded, 'coHosts', 'note'];
  const rank = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length);
  return [...errors].sort(([a], [b]) => rank(a) - rank(b)).map(([field, message]) => ({ field: fieldId(field), message }));
}

/** A field's content as words, to be compared by people. */
export function shownValue(field: string, content: EntryContent, { text, words, kind }: Speech): string {
  const { title, place, note, windowReason, occurredOn, enterprises, coHosts, evidence } = content;
  const plain: { readonly [field: string]: () => string } = {
    kind: () => wordsOf(text, kind.name), occurredOn: () => text.format.date(occurredOn), title: () => title, place: () => place, note: () => note ?? '', windowReason: () => windowReason ?? '',
    enterprises: () => (enterprises.length > 3 ? words.conflict.enterprises(enterprises.length) : text.format.list(enterprises.map(({ name }) => name))),
    coHosts: () => text.format.list(coHosts), evidence: () => (evidence.length === 0 ? '' : words.conflict.files(evidence.length)),
  };
  const shown = field.startsWith('values.') ? shownKindValue(field.replace('values.', ''), content, text, kind) : (plain[field]?.() ?? '');
  return shown === '' ? words.conflict.empty : shown;
}

function shownKindValue(code: string, content: EntryContent, text: Text, kind: EntryKind): string {
  const value = content.values[code] ?? null;
  if (value === null) return '';
  const field = kind.fields.find((one) => one.code === code);
  const option = field?.options?.find((one) => one.code === value);
  if (option !== undefined) return wordsOf(text, option.name);
  return typeof value === 'number' ? `${text.format.number(value)}${field?.unitWord ?? ''}` : value;
}
