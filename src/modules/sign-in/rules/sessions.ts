// How long a session holds, when it locks, what it may do, and what is asked of its holder. Pure.
import type { Standing } from '../../../shared/endpoint.ts';
import { epochOf, type Instant, instantOf } from '../../../shared/instant.ts';
import { type Role, role as roles } from '../../access/model.ts';
import { dutyOf } from '../../access/rules/duties.ts';
import type { FactorKind, SessionProof } from '../model.ts';

const minute = 60_000;

/** A session ends 8 hours after it began, whatever happens (security A7). */
export function sessionEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 8 * 60 * minute);
}

/** Setting up takes minutes; what is left open longer begins anew. */
export function enrolmentEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 60 * minute);
}

/** Between the two steps of signing in: long enough to find the telephone. */
export function ticketEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 5 * minute);
}

/** Minutes without a key or a pointer until a session locks: fewer for the three administrators (security A7). */
export function idleMinutesOf(grants: readonly { readonly role: string }[]): number {
  const administers = grants.some(({ role }) => roles.safeParse(role).success && dutyOf(role as Role) !== 'business');
  return administers ? 15 : 30;
}

export function isIdle(lastSeenAt: Instant, idleMinutes: number, now: Instant): boolean {
  return epochOf(now) - epochOf(lastSeenAt) >= idleMinutes * minute;
}

/** How long a factor proved counts for what asks for it anew; the kernel holds to it too. */
export const proofHoldsMinutes = 10;

/** Being there is written down at most once a minute. */
export function isWorthNoting(lastSeenAt: Instant, now: Instant): boolean {
  return epochOf(now) - epochOf(lastSeenAt) >= minute;
}

/** A request under way with the token before the last renewal still counts for half a minute. */
export function isRenewedLately(renewedAt: Instant | null, now: Instant): boolean {
  return renewedAt !== null && epochOf(now) - epochOf(renewedAt) < minute / 2;
}

/** What a session was last known to be. */
export interface SessionFacts {
  readonly enrolling: boolean;
  readonly locked: boolean;
  readonly lastSeenAt: Instant;
  readonly idleMinutes: number;
}

/** Whoever is still setting up has nothing yet to open a lock with: such a session ends after an hour instead. */
export function standingOf({ enrolling, locked, lastSeenAt, idleMinutes }: SessionFacts, now: Instant): Standing {
  if (enrolling) return 'enrolling';
  return locked || isIdle(lastSeenAt, idleMinutes, now) ? 'locked' : 'open';
}

/** What an account has to prove itself with. */
export interface Provable {
  readonly hasPassword: boolean;
  readonly kinds: readonly FactorKind[];
  readonly demonstration: boolean;
}

/** Officials always have two: a password and a second factor, or a key that checks its holder itself (passkey, UKey). */
export function isEnrolled({ hasPassword, kinds }: Omit<Provable, 'demonstration'>): boolean {
  return (hasPassword && kinds.length > 0) || kinds.some((kind) => kind !== 'totp');
}

/** Made-up people need no second factor, and where they have none, no proof of it. */
export function confirmsOnly({ hasPassword, kinds, demonstration }: Provable): boolean {
  return demonstration && !hasPassword && kinds.length === 0;
}

/**
 * What is accepted. A lock opens by any one factor, for who was there has proved two. What much hangs on wants the second factor: the
 * password is often kept by the browser, and so in the hands of whoever sits at it.
 */
export function accepts(purpose: 'unlock' | 'step_up', provable: Provable, kind: SessionProof['kind']): boolean {
  if (kind === 'confirmation') return confirmsOnly(provable);
  if (kind === 'password') return provable.hasPassword && (purpose === 'unlock' || provable.kinds.length === 0);
  return kind === 'recovery' ? provable.kinds.length > 0 : provable.kinds.includes(kind);
}

/** The profile of 等保: a password is due after 90 days; who has none, or a key beside it that asks for none, is left in peace. */
const rotationDays = 90;

export function passwordDueAt({ changedAt, hasPassword, kinds }: { readonly changedAt: Instant | null; readonly hasPassword: boolean; readonly kinds: readonly FactorKind[] }): Instant | null {
  if (!hasPassword || changedAt === null || kinds.some((kind) => kind !== 'totp')) return null;
  return instantOf(epochOf(changedAt) + rotationDays * 24 * 60 * minute);
}
