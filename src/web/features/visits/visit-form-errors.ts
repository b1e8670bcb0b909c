// Sentences beside the fields of a visit, and the same in the summary above.
import type { InputIssue } from '../../../shared/problem.ts';
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import type { visits } from '../../language/zh/visits.ts';
import { type Text, wordsOf } from '../../language/text.tsx';
import type { SummaryLine } from '../../ui/notice.tsx';
import { visitFieldId, visitKind } from './visit-form-state.ts';

/** One sentence a field. */
export function visitErrors(issues: readonly InputIssue[], text: Text, words: typeof visits): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  for (const issue of issues) {
    if (errors.has(issue.path)) continue;
    errors.set(issue.path, issue.rule === 'enterprise_pending' ? words.form.enterprisePending(typeof issue['typed'] === 'string' ? issue['typed'] : '') : issue.rule === 'not_number' ? text.kit.notNumber : text.problems.issue(issue.rule, issue));
  }
  return errors;
}

export function visitSummary(errors: ReadonlyMap<string, string>, text: Text, words: typeof visits, year: Pick<EditionDefinition, 'kinds'>): SummaryLine[] {
  const names: { readonly [field: string]: string } = {
    enterprise: words.form.enterprise, occurredOn: words.form.date, windowReason: words.form.windowReason, met: words.form.met, tags: words.form.tags, copies: words.form.copies, found: words.form.found, place: words.form.place,
    evidence: words.form.pictures, suggestions: words.form.suggestions, topics: words.form.topics,
  };
  const fieldName = (field: string): string => {
    const own = visitKind(year)?.fields.find(({ code }) => `values.${code}` === field);
    if (own !== undefined) return wordsOf(text, own.name);
    return field.startsWith('suggestion-') ? words.form.suggestions : (names[field] ?? words.title);
  };
  const idOf = (field: string): string => (field.startsWith('values.') ? `entry-${field.replaceAll('.', '-')}` : visitFieldId(field));
  return [...errors].map(([field, message]) => ({ field: idOf(field), message: `${fieldName(field)}${text.code === 'en' ? ': ' : '：'}${message}` }));
}
