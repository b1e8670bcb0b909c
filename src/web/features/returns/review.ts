// What a reviewer decides and by which key, and which child comes next. Knows no DOM.
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import type { ReturnActName, ReturnView } from '../../../modules/returns/model.ts';

/** J/K next and previous change, A onward, R back (ux C2.6). */
export type ReviewKey = 'next' | 'previous' | 'onward' | 'back';
const keys: { readonly [key: string]: ReviewKey } = { j: 'next', k: 'previous', a: 'onward', r: 'back' };

export function reviewKeyOf(key: string): ReviewKey | null {
  return keys[key.toLowerCase()] ?? null;
}

export interface Decisions {
  /** 通过, 签发, 接收 or 同意重开. */
  readonly onward: ReturnActName | null;
  /** 退回, 退回下级 or 不同意更正. */
  readonly back: ReturnActName | null;
}

const onwardActs: readonly ReturnActName[] = ['approve', 'sign', 'accept', 'reopen'];
const backActs: readonly ReturnActName[] = ['return_for_correction', 'return_by_upper', 'decline_correction'];

/** The decisions open now. One that only separation of duties forbids stays, so that pressing it says why. */
export function decisionsOf(view: Pick<ReturnView, 'state' | 'may' | 'mayNot'>): Decisions {
  const open = (act: ReturnActName): boolean => view.may.includes(act) || view.mayNot.some((one) => one.act === act && one.rule !== 'not_permitted');
  // Reopening an accepted return unasked is no part of a review.
  const onward = onwardActs.find((act) => open(act) && (act !== 'reopen' || view.state === 'correction_requested'));
  return { onward: onward ?? null, back: backActs.find(open) ?? null };
}

/** The place after `by` steps from one, staying inside; from nowhere the first. */
export function placeAfter(place: number | null, by: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  return place === null ? 0 : Math.min(count - 1, Math.max(0, place + by));
}

/** Children whose submitted return waits, in the order of codes, beginning after the one just looked at. */
export function waitingChildren(rows: readonly Pick<MatrixRow, 'unit' | 'state'>[], current: string): MatrixRow['unit'][] {
  const waiting = rows.filter(({ unit, state }) => state === 'submitted' && unit.code !== current).map(({ unit }) => unit).sort((a, b) => a.code.localeCompare(b.code));
  return [...waiting.filter(({ code }) => code > current), ...waiting.filter(({ code }) => code <= current)];
}
