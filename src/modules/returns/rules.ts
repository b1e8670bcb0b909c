// The life of a return: its state is a fold over its acts; what may come next is one table. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import type { Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import type { UnitPlacement, Verb } from '../access/model.ts';
import { type Granted, may } from '../access/rules.ts';
import type { UnitSignature } from '../keys/model.ts';
import type { ReturnActName, ReturnBasis, ReturnState } from './model.ts';

/** An act as stored. */
export interface ReturnAct {
  readonly number: number;
  readonly act: ReturnActName;
  readonly returnVersion: number;
  readonly accountId: string;
  readonly accountName: string;
  readonly at: Instant;
  readonly payload: ActPayload;
}

export interface ActPayload {
  readonly reasons?: readonly { readonly indicator: string | null; readonly text: string }[];
  readonly reason?: string;
  readonly late?: boolean;
  readonly due?: Instant;
  readonly receiptCode?: string;
  /** Of a submission by the unit's key, of a taking by the upper unit's. */
  readonly signed?: UnitSignature;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

export interface ReturnStatus {
  readonly state: ReturnState;
  /** Number of acts. */
  readonly version: number;
  /** Number of the last frozen version; 0 before the first. */
  readonly frozenVersion: number;
  /** The last sealed one: where nobody stands above, this is what counts. */
  readonly sealedVersion: number | null;
  readonly submittedVersion: number | null;
  readonly acceptedVersion: number | null;
  readonly preparedBy: Person | null;
  readonly approvedBy: Person | null;
  readonly signedBy: Person | null;
  /** Why it was reopened; becomes the reason of the correction. */
  readonly correctionReason: string | null;
  readonly firstSubmittedAt: Instant | null;
  readonly submittedAt: Instant | null;
  readonly late: boolean;
  readonly last: { readonly by: string; readonly at: Instant; readonly act: ReturnActName } | null;
}

export const untouched: ReturnStatus = {
  state: 'draft', version: 0, frozenVersion: 0, sealedVersion: null, submittedVersion: null, acceptedVersion: null, preparedBy: null, approvedBy: null, signedBy: null,
  correctionReason: null, firstSubmittedAt: null, submittedAt: null, late: false, last: null,
};

const open: readonly ReturnState[] = ['draft', 'self_checked', 'returned', 'returned_by_upper', 'reopened'];

/** From which states an act may come, and where it leads. */
export const transitions: { readonly [A in ReturnActName]: { readonly from: readonly ReturnState[]; readonly to: ReturnState } } = {
  self_check: { from: open, to: 'self_checked' },
  send_for_review: { from: open, to: 'in_review' },
  withdraw: { from: ['in_review'], to: 'draft' },
  return_for_correction: { from: ['in_review', 'approved', 'signed', 'sealed'], to: 'returned' },
  approve: { from: ['in_review'], to: 'approved' },
  sign: { from: ['approved'], to: 'signed' },
  seal: { from: ['signed'], to: 'sealed' },
  submit: { from: ['sealed'], to: 'submitted' },
  accept: { from: ['submitted'], to: 'accepted' },
  return_by_upper: { from: ['submitted'], to: 'returned_by_upper' },
  request_correction: { from: ['accepted'], to: 'correction_requested' },
  decline_correction: { from: ['correction_requested'], to: 'accepted' },
  reopen: { from: ['correction_requested', 'accepted'], to: 'reopened' },
};

/** Acts of the unit above; all others are the unit's own. */
export const upperActs: ReadonlySet<ReturnActName> = new Set(['accept', 'return_by_upper', 'decline_correction', 'reopen']);

export function verbOf(act: ReturnActName): Verb {
  return act === 'decline_correction' ? 'reopen' : act;
}

/** The nation has nobody above: it ends sealed, and reopens its own return. */
export function acceptableFrom(act: ReturnActName, hasUpper: boolean): readonly ReturnState[] {
  if (hasUpper) return transitions[act].from;
  if (act === 'reopen') return ['sealed'];
  if (act === 'return_for_correction') return ['in_review', 'approved', 'signed'];
  return act === 'submit' || act === 'request_correction' || upperActs.has(act) ? [] : transitions[act].from;
}

export function statusAfter(status: ReturnStatus, act: ReturnAct): ReturnStatus {
  const person = { id: act.accountId, name: act.accountName };
  const next: ReturnStatus = { ...status, state: transitions[act.act].to, version: act.number, last: { by: act.accountName, at: act.at, act: act.act } };
  switch (act.act) {
    case 'send_for_review':
      return { ...next, frozenVersion: act.returnVersion, preparedBy: person, approvedBy: null, signedBy: null };
    case 'approve':
      return { ...next, approvedBy: person };
    case 'sign':
      return { ...next, signedBy: person };
    case 'seal':
      return { ...next, sealedVersion: act.returnVersion };
    case 'submit':
      return { ...next, ...submissionOf(status, act) };
    case 'accept':
      return { ...next, acceptedVersion: act.returnVersion, correctionReason: null };
    case 'request_correction':
    case 'reopen':
      return { ...next, correctionReason: act.payload.reason ?? status.correctionReason };
    case 'decline_correction':
      return { ...next, correctionReason: null };
    case 'self_check':
    case 'withdraw':
    case 'return_for_correction':
    case 'return_by_upper':
      return next;
  }
}

function submissionOf(before: ReturnStatus, act: ReturnAct): Pick<ReturnStatus, 'submittedVersion' | 'submittedAt' | 'firstSubmittedAt' | 'late'> {
  return { submittedVersion: act.returnVersion, submittedAt: act.at, firstSubmittedAt: before.firstSubmittedAt ?? act.at, late: act.payload.late ?? false };
}

/** State = fold over the acts. */
export function statusOf(acts: readonly ReturnAct[]): ReturnStatus {
  return acts.reduce(statusAfter, untouched);
}

/** What a caller sees of a return: who may read the unit's ledger sees the work, everybody else what came of it. */
export function basisFor(caller: Granted, unit: UnitPlacement): ReturnBasis {
  return may(caller, 'read_ledger', unit) ? 'own' : 'submitted';
}

/** Acts by which a version becomes one that can be submitted: they stand on the sheet. */
const onTheSheet: ReadonlySet<ReturnActName> = new Set(['send_for_review', 'approve', 'sign', 'seal']);
/** Acts that pass between a unit and the one above it. */
const betweenUnits: ReadonlySet<ReturnActName> = new Set(['submit', 'request_correction', ...upperActs]);

/** The numbers of the versions that were ever submitted. */
export function submittedVersionsOf(acts: readonly ReturnAct[]): ReadonlySet<number> {
  return new Set(acts.filter(({ act }) => act === 'submit').map(({ returnVersion }) => returnVersion));
}

/** The acts a caller sees. From above: what passed between the units, and who prepared, approved, signed and sealed what was submitted. */
export function actsSeen(acts: readonly ReturnAct[], basis: ReturnBasis): readonly ReturnAct[] {
  if (basis === 'own') return acts;
  const submitted = submittedVersionsOf(acts);
  return acts.filter(({ act, returnVersion }) => betweenUnits.has(act) || (onTheSheet.has(act) && submitted.has(returnVersion)));
}

/** Where a return stands as a caller sees it: the state is told to all, but from above the frozen version is the submitted one, and the names are its. */
export function statusSeen(acts: readonly ReturnAct[], basis: ReturnBasis): ReturnStatus {
  const { state, version } = statusOf(acts);
  return { ...statusOf(actsSeen(acts, basis)), state, version };
}

/** What stood at an instant. */
export function statusAt(acts: readonly ReturnAct[], at: Instant): ReturnStatus {
  return statusOf(acts.filter((act) => act.at <= at));
}

/**
 * Whether an act may be done now: state, the number of acts the caller has seen, and that who prepared is never who
 * approved, signed or sealed (domain 4.1, security A6.1.6). Permission is the policy's matter, findings the action's.
 */
export function decideAct(
  status: ReturnStatus,
  wanted: { readonly act: ReturnActName; readonly accountId: string; readonly hasUpper: boolean; readonly seenVersion: number | null },
): Decision<ReturnState> {
  const last = { state: status.state, by: status.last?.by ?? null, at: status.last?.at ?? null, lastAct: status.last?.act ?? null };
  if (!acceptableFrom(wanted.act, wanted.hasUpper).includes(status.state)) return refused(problem('wrong_state', { act: wanted.act, ...last }));
  if (wanted.seenVersion !== null && wanted.seenVersion !== status.version) {
    return refused(problem('stale_version', { seen: wanted.seenVersion, version: status.version, ...last }));
  }
  if (separated.has(wanted.act) && status.preparedBy?.id === wanted.accountId) {
    return refused(problem('separation_of_duties', { act: wanted.act, preparedBy: status.preparedBy.name }));
  }
  return allowed(transitions[wanted.act].to);
}

const separated: ReadonlySet<ReturnActName> = new Set(['approve', 'sign', 'seal']);

/** The unit's own steps in order of the work, for 「还差几步」. */
export function stepsLeft(state: ReturnState, hasUpper: boolean): number {
  const order: readonly ReturnState[] = ['in_review', 'approved', 'signed', 'sealed', ...(hasUpper ? (['submitted'] as const) : [])];
  if (state === 'accepted' || state === 'correction_requested') return 0;
  const reached = order.indexOf(state);
  return order.length - 1 - reached;
}

export type Totals = { readonly [indicator: string]: number };

export function addTotals(parts: readonly Totals[]): Totals {
  const sum: Record<string, number> = {};
  for (const part of parts) for (const [code, value] of Object.entries(part)) sum[code] = (sum[code] ?? 0) + value;
  return sum;
}

/** to − from, for every indicator of either. */
export function differenceOf(to: Totals, from: Totals): Totals {
  return Object.fromEntries([...new Set([...Object.keys(to), ...Object.keys(from)])].map((code) => [code, (to[code] ?? 0) - (from[code] ?? 0)]));
}

/** Every changed cell, from → to: the delta a correction signs. */
export function deltaOf(from: Totals, to: Totals): { readonly [indicator: string]: { readonly from: number; readonly to: number } } {
  const codes = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(codes.filter((code) => (from[code] ?? 0) !== (to[code] ?? 0)).map((code) => [code, { from: from[code] ?? 0, to: to[code] ?? 0 }]));
}

export interface DifferenceInput {
  /** The parent's own level and what it included. */
  readonly own: Totals;
  readonly frozenAt: Instant | null;
  readonly included: readonly { readonly unitCode: string; readonly name: string; readonly version: number; readonly total: Totals }[];
  /** Every child as it stands now. */
  readonly now: readonly { readonly unitCode: string; readonly name: string; readonly submittedVersion: number | null; readonly submittedAt: Instant | null; readonly total: Totals | null }[];
}

export interface DifferenceTerm {
  readonly kind: 'own_level' | 'missing' | 'late' | 'corrected' | 'not_yet_accepted';
  readonly unitCode: string | null;
  readonly unitName: string | null;
  readonly amounts: Totals;
}

/**
 * Why a parent's total is not the sum of what its children show now. total − Σ children = Σ terms, exactly:
 * own level adds; a child that came after the freeze (late) or is not accepted yet subtracts what it shows now;
 * a child corrected since contributes the difference; a child that has submitted nothing is listed with nothing.
 */
export function explainDifference(input: DifferenceInput): DifferenceTerm[] {
  const included = new Map(input.included.map((child) => [child.unitCode, child]));
  const terms: DifferenceTerm[] = [{ kind: 'own_level', unitCode: null, unitName: null, amounts: input.own }];
  for (const child of input.now) {
    const before = included.get(child.unitCode);
    const named = { unitCode: child.unitCode, unitName: child.name };
    if (before !== undefined) {
      if (before.version !== child.submittedVersion) terms.push({ kind: 'corrected', ...named, amounts: differenceOf(before.total, child.total ?? {}) });
    } else if (child.total === null) {
      terms.push({ kind: 'missing', ...named, amounts: {} });
    } else {
      const kind = input.frozenAt !== null && child.submittedAt !== null && child.submittedAt > input.frozenAt ? 'late' : 'not_yet_accepted';
      terms.push({ kind, ...named, amounts: differenceOf({}, child.total) });
    }
  }
  const present = new Set(input.now.map((child) => child.unitCode));
  for (const gone of input.included.filter((child) => !present.has(child.unitCode))) {
    terms.push({ kind: 'corrected', unitCode: gone.unitCode, unitName: gone.name, amounts: gone.total });
  }
  return terms;
}
