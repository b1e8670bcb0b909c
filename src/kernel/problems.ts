// Turns whatever was thrown into a problem. Database constraints are mapped by name, in one table.
import { type Problem, ProblemRaised, problem } from '../shared/problem.ts';
import { databaseErrorCode, databaseErrorConstraint } from './database.ts';

const constraintProblems: { readonly [constraint: string]: Problem } = {
  enterprise_uscc_unique: problem('duplicate', { kind: 'enterprise' }),
  account_sign_in_name_unique: problem('duplicate', { kind: 'account' }),
  grant_request_pending: problem('duplicate', { kind: 'role_request' }),
  recovery_pending: problem('duplicate', { kind: 'recovery' }),
  unit_pkey: problem('duplicate', { kind: 'unit' }),
  extension_row_pkey: problem('duplicate', { kind: 'extension_row' }),
};

const unavailable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03', '53300', '55P03', '57014']);

/** The problem behind a thrown error, or null when it is a fault of ours. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof ProblemRaised) return error.problem;
  const code = databaseErrorCode(error);
  if (code === null) return connectionLost(error) ? problem('database_unavailable') : null;
  const constraint = databaseErrorConstraint(error);
  if (constraint !== null && constraintProblems[constraint] !== undefined) return constraintProblems[constraint];
  if (code === 'ENOSPC' || code === '53100') return problem('storage_full');
  if (code === 'FW001') return problem('refused_by_rule', { rule: 'unit_not_in_edition' });
  if (unavailable.has(code) || code.startsWith('08')) return problem('database_unavailable');
  return null;
}

function connectionLost(error: unknown): boolean {
  return error instanceof Error && /connection (terminated|timeout|error)|not queryable|query read timeout|timeout exceeded when trying to connect/i.test(error.message);
}
