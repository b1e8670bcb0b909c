// What can go wrong, as data: a stable code, an HTTP status and typed details.
// Never holds prose: the sentences live with the interface languages (src/web/language).

/** Every problem code of the system with the HTTP status it is answered with. Retired codes stay listed. */
export const problemStatuses = {
  invalid_input: 400,
  not_signed_in: 401,
  sign_in_refused: 401,
  session_locked: 401,
  enrolment_required: 403,
  proof_required: 403,
  cross_site_refused: 403,
  not_permitted: 403,
  identity_not_linked: 403,
  provider_refused: 403,
  separation_of_duties: 403,
  not_found: 404,
  wrong_state: 409,
  stale_version: 409,
  duplicate: 409,
  request_in_progress: 409,
  already_sealed: 409,
  hard_findings: 409,
  notes_missing: 409,
  request_key_reused: 422,
  refused_by_rule: 422,
  too_large: 413,
  file_refused: 415,
  rate_limited: 429,
  internal_error: 500,
  database_unavailable: 503,
  provider_unavailable: 503,
  overloaded: 503,
  scan_unavailable: 503,
  read_only: 503,
  storage_full: 507,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Problem {
  readonly code: ProblemCode;
  readonly details: { readonly [key: string]: Json };
}

export function problem(code: ProblemCode, details: { readonly [key: string]: Json } = {}): Problem {
  return { code, details };
}

/** One thing wrong with one field of an input. `rule` is a stable snake_case name that the texts are keyed by. */
export interface InputIssue {
  readonly path: string;
  readonly rule: string;
  readonly [detail: string]: Json;
}

export function invalidInput(issues: readonly InputIssue[]): Problem {
  return problem('invalid_input', { issues });
}

/** Carries a problem out of an action, so that the transaction rolls back; rendered once by the kernel. */
export class ProblemRaised extends Error {
  readonly problem: Problem;
  constructor(raised: Problem) {
    super(raised.code);
    this.problem = raised;
  }
}
