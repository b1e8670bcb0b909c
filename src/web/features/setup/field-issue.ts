// The server's issues beside the fields they are about; what is about no field stays a notice. Pure.
import type { Text } from '../../language/text.tsx';
import { type Failure, issuesOf } from '../../app/failure.ts';

const isAt = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);

/** The sentence of the first issue at a field, or inside of it. */
export function fieldIssue(failure: Failure | null, field: string, problems: Pick<Text['problems'], 'issue'>): string | null {
  const issue = issuesOf(failure).find(({ path }) => isAt(path, field));
  return issue === undefined ? null : problems.issue(issue.rule, issue);
}

/** The failure, unless all of it stands beside these fields. */
export function restOf(failure: Failure | null, fields: readonly string[]): Failure | null {
  const issues = issuesOf(failure);
  return issues.length > 0 && issues.every(({ path }) => fields.some((field) => isAt(path, field))) ? null : failure;
}
