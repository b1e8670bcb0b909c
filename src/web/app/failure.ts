// What can go wrong between the browser and the server, as one typed error. Holds no sentences: those are in language/.
import type { InputIssue, ProblemCode } from '../../shared/problem.ts';
import type { ProblemAnswer } from '../../shared/request.ts';

/** The server's codes, and the two that only the browser knows. */
export type FailureCode = ProblemCode | 'no_connection' | 'unreadable_answer';

export interface Details {
  readonly [key: string]: unknown;
}

export class Failure extends Error {
  readonly code: FailureCode;
  readonly details: Details;
  /** Number to quote to whoever runs the installation; null when the server was not reached. */
  readonly requestId: string | null;

  constructor(code: FailureCode, details: Details = {}, requestId: string | null = null) {
    super(code);
    this.name = 'Failure';
    this.code = code;
    this.details = details;
    this.requestId = requestId;
  }
}

/** Problems whose outcome on the server is unknown or temporary: the same command may be sent again with the same request key. */
export function mayTryAgain(failure: Failure): boolean {
  // Told to wait for seconds, not minutes.
  if (failure.code === 'rate_limited') return waitOf(failure) <= 5;
  return failure.code === 'no_connection' || failure.code === 'overloaded' || failure.code === 'unreadable_answer' || failure.code === 'database_unavailable' || failure.code === 'request_in_progress';
}

/** Seconds the server asked to wait; 0 when it did not. */
export function waitOf({ details }: Failure): number {
  return Number(details['retryAfterSeconds'] ?? 0);
}

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('unreadable_answer', { cause: error instanceof Error ? error.message : String(error) });
}

/** The failure in an answer that is not 2xx. */
export function failureOfAnswer(answer: unknown, status: number): Failure {
  if (typeof answer === 'object' && answer !== null && 'code' in answer && 'requestId' in answer) {
    const { code, details, requestId } = answer as ProblemAnswer;
    return new Failure(code as FailureCode, details, requestId);
  }
  return new Failure(status === 502 || status === 503 || status === 504 ? 'database_unavailable' : 'unreadable_answer', { status });
}

/** Issues of an invalid_input, else none. */
export function issuesOf(failure: Failure | null): readonly InputIssue[] {
  const issues = failure?.code === 'invalid_input' ? failure.details['issues'] : undefined;
  return Array.isArray(issues) ? (issues as InputIssue[]) : [];
}
