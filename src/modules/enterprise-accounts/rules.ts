// What may happen to accounts of enterprises. The bureau opens the door and has no key: who could come in as the enterprise could read what
// it has not shared. So there is one account for each enterprise, and opening it anew takes two officials. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import type { AccountState } from './model.ts';

const hour = 3_600_000;

/** A code handed over holds 72 hours, as one-time links do. */
export function codeEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 72 * hour);
}

/** The code of an enterprise that asked itself, from the approval: nobody tells it on which day that was. */
export function askedCodeEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 14 * 24 * hour);
}

/** Requests that wait at a unit, and of one enterprise; whoever asks once more is told to wait. */
export const mostWaiting = { unit: 200, enterprise: 3 } as const;

export function mayAsk(waiting: { readonly unit: number; readonly enterprise: number }): Decision<true> {
  return waiting.unit >= mostWaiting.unit || waiting.enterprise >= mostWaiting.enterprise ? refused(problem('refused_by_rule', { rule: 'requests_waiting' })) : allowed(true);
}

/** Without I, L, O and U, as recovery codes are. */
export const codeSigns = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `8Q2KMN4T7XPAW3RB5DHC` as it is printed. */
export function printedCode(plain: string): string {
  return plain.replaceAll(/.{4}(?=.)/g, '$&-');
}

/** As it is kept and compared: what looks alike is alike, and blanks and hyphens mean nothing. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

export interface Standing {
  readonly disabledAt: Instant | null;
  readonly activated: boolean;
}

export function stateOf({ disabledAt, activated }: Standing): AccountState {
  if (disabledAt !== null) return 'disabled';
  return activated ? 'in_use' : 'waiting';
}

/** A code opens what nobody has opened yet; afterwards it takes two (recovery). */
export function mayHandCode(standing: Standing): Decision<true> {
  const state = stateOf(standing);
  if (state === 'disabled') return refused(problem('refused_by_rule', { rule: 'account_disabled' }));
  return state === 'waiting' ? allowed(true) : refused(problem('refused_by_rule', { rule: 'account_activated' }));
}

export function mayRequestRecovery(standing: Standing, pending: boolean): Decision<true> {
  const state = stateOf(standing);
  if (state === 'disabled') return refused(problem('refused_by_rule', { rule: 'account_disabled' }));
  if (state === 'waiting') return refused(problem('refused_by_rule', { rule: 'link_suffices' }));
  return pending ? refused(problem('wrong_state', { state: 'recovery_pending' })) : allowed(true);
}

export function decideRecovery({ askedBy, callerId }: { readonly askedBy: string | null; readonly callerId: string }): Decision<true> {
  if (askedBy === null) return refused(problem('wrong_state', { state: 'no_recovery' }));
  return askedBy === callerId ? refused(problem('refused_by_rule', { rule: 'own_proposal' })) : allowed(true);
}

/** The place an enterprise is registered at, by its code (GB 32100): six digits from the third. */
export function placeOfCode(uscc: string): string | null {
  return /^[0-9A-Z]{2}(\d{6})/.exec(uscc)?.[1] ?? null;
}
