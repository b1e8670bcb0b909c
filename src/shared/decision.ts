// The answer of a pure rule: either the new value, or the problem that forbids it. Rules never throw.
import { type Problem, ProblemRaised } from './problem.ts';

export type Decision<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function allowed<T>(value: T): Decision<T> {
  return { ok: true, value };
}

export function refused<T = never>(problem: Problem): Decision<T> {
  return { ok: false, problem };
}

/** Unwraps a decision inside an action; a refusal rolls the transaction back. */
export function enforce<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new ProblemRaised(decision.problem);
  return decision.value;
}
