// Finds who holds a session token, and how the session stands. On the way of every request: one query, and none for a few seconds
// after it. A change of an account counts at once in this process and within four seconds in others; see forgetIdentity.
import { sql } from 'kysely';
import type { Actor } from '../../kernel/context.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { type EndedSession, hashToken, type Identity } from '../../kernel/session-cookie.ts';
import { dateOf, epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { reachOf } from '../access/queries.ts';
import { nameStandingIn } from '../people/rules.ts';
import { idleMinutesOf, isRenewedLately, isWorthNoting, standingOf } from './rules/sessions.ts';

const freshFor = 4_000;
/** Longer than any transaction may run: until then a change made may not be committed yet. */
const unsettledFor = 90_000;
const mostRemembered = 20_000;

interface Known {
  readonly actor: Omit<Actor, 'standing'>;
  readonly expiresAt: Instant;
  readonly enrolling: boolean;
  readonly idleMinutes: number;
  locked: boolean;
  lastSeenAt: Instant;
}

interface Remembered extends Known {
  readonly freshUntil: Instant;
}

// By database, so that two of them in one process (tests) never know each other's people.
const remembered = new WeakMap<Database, Map<string, Remembered>>();
const unsettled = new Map<string, Instant>();

export const identify: Identity = async (database, token, now, present) => {
  const tokenHash = hashToken(token);
  const known = rememberedBy(database);
  const before = known.get(tokenHash);
  if (before !== undefined && now < before.freshUntil && now < before.expiresAt && isSettled(before.actor.accountId, now)) return standing(database, before, now, present);
  const found = await database.read((tx) => findSession(tx, tokenHash, now));
  if (found === undefined || found === 'over' || 'ended' in found) {
    known.delete(tokenHash);
    // Gone for good, so that a clock set back does not bring it back.
    if (found === 'over') await noted(database, (tx) => tx.deleteFrom('session').where('tokenHash', '=', tokenHash).where('expiresAt', '<=', now).execute());
    return found === undefined || found === 'over' ? null : found;
  }
  const holder: Remembered = { ...found, freshUntil: instantOf(epochOf(now) + freshFor) };
  // Asked again after reading: a change begun meanwhile may have committed after what was read.
  if (isSettled(holder.actor.accountId, now)) remember(known, tokenHash, holder);
  return standing(database, holder, now, present);
};

/**
 * To be called in the transaction that ends a session or changes an account. For a while the account is read from the
 * database at every request: forgetting it only once would let a request before the commit remember the old state.
 */
export function forgetIdentity(accountId: string, now: Instant): void {
  for (const [id, until] of unsettled) if (until < now) unsettled.delete(id);
  unsettled.set(accountId, instantOf(epochOf(now) + unsettledFor));
}

function isSettled(accountId: string, now: Instant): boolean {
  const until = unsettled.get(accountId);
  return until === undefined || until < now;
}

function rememberedBy(database: Database): Map<string, Remembered> {
  const known = remembered.get(database) ?? new Map<string, Remembered>();
  remembered.set(database, known);
  return known;
}

function remember(known: Map<string, Remembered>, tokenHash: string, holder: Remembered): void {
  if (known.size >= mostRemembered) known.clear();
  known.set(tokenHash, holder);
}

/** The actor as the session stands now. What is seen of it is written down at most once a minute; that it locked, once. */
async function standing(database: Database, known: Known, now: Instant, present: boolean): Promise<Actor> {
  const standing = standingOf(known, now);
  const { sessionHash } = known.actor;
  if (standing === 'locked' && !known.locked) {
    // Written down, so that a clock set back does not open it again.
    known.locked = true;
    await noted(database, (tx) => tx.updateTable('session').set({ lockedAt: now }).where('tokenHash', '=', sessionHash).where('lockedAt', 'is', null).where('enrolling', '=', false)
      .where((eb) => eb.or([eb('lastSeenAt', 'is', null), eb('lastSeenAt', '<=', known.lastSeenAt)])).execute());
  } else if (standing === 'open' && present && isWorthNoting(known.lastSeenAt, now)) {
    known.lastSeenAt = now;
    await noted(database, (tx) => tx.updateTable('session').set({ lastSeenAt: now }).where('tokenHash', '=', sessionHash).where('lockedAt', 'is', null).execute());
  }
  return { ...known.actor, standing, provedAt: standing === 'enrolling' ? now : known.actor.provedAt };
}

/** A bookkeeping of the machine, no act: it leaves no record, and when it cannot be written (read-only), the session locks the sooner. */
async function noted(database: Database, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await database.write(work).catch(() => undefined);
}

interface Found {
  readonly accountId: string;
  readonly name: string;
  /** In whose place the session acts; null in its own. */
  readonly holderName: string | null;
  readonly sessionHash: string;
  readonly expiresAt: Instant;
  readonly lastSeenAt: Instant;
  readonly provedAt: Instant | null;
  readonly locked: boolean;
  readonly enrolling: boolean;
  readonly endedWhy: string | null;
  readonly renewedAt: Instant | null;
  readonly disabled: boolean;
  readonly grants: Actor['grants'];
  readonly enterpriseId: number | null;
  readonly enterpriseUnit: string | null;
}

/**
 * The session with a token, or with the one before it for half a minute. Standing in for another it has what was lent of that
 * one's roles and still has, and the name says so; four-eyes rules go by the account, which stays the substitute's. Grants in order of unit, so that the first is stable.
 */
async function findSession(tx: Tx, tokenHash: string, now: Instant): Promise<Known | EndedSession | 'over' | undefined> {
  const { rows } = await sql<Found>`
    select a.id as account_id, a.display_name as name, h.display_name as holder_name, s.token_hash as session_hash, s.expires_at, coalesce(s.last_seen_at, s.created_at) as last_seen_at, s.proved_at,
      s.locked_at is not null as locked, s.enrolling, s.ended_why, s.renewed_at, e.enterprise_id, e.unit_code as enterprise_unit, a.disabled_at is not null or a.ends_at <= ${now}::timestamptz as disabled, coalesce((
      select json_agg(json_build_object('role', g.role, 'unitCode', g.unit_code) order by g.unit_code, g.role) from role_grant g
      where g.account_id = coalesce(l.account_id, a.id)
        and (l.id is null or exists (select 1 from substituted_role r where r.substitution_id = l.id and r.role = g.role and r.unit_code = g.unit_code))), '[]') as grants
    from session s join account a on a.id = s.account_id
      left join enterprise_account e on e.account_id = a.id
      left join (substitution l join account h on h.id = l.account_id and h.disabled_at is null and (h.ends_at is null or h.ends_at > ${now}::timestamptz))
        on l.id = s.substitution_id and l.revoked_at is null and ${dateOf(now)}::date between l.first_day and l.last_day
    where (s.token_hash = ${tokenHash} or s.previous_hash = ${tokenHash})`.execute(tx);
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.expiresAt <= now) return 'over';
  if (row.disabled) return undefined;
  if (row.endedWhy !== null) return { ended: row.endedWhy };
  const { accountId, sessionHash, grants, enterpriseId, enterpriseUnit, expiresAt, lastSeenAt, locked, enrolling } = row;
  const current = sessionHash === tokenHash;
  if (!current && !isRenewedLately(row.renewedAt, now)) return undefined;
  // Whoever still has the token of before has not proved what the new one stands for.
  const provedAt = current ? row.provedAt : null;
  const name = row.holderName === null ? row.name : nameStandingIn(row.name, row.holderName);
  return { actor: { accountId, name, sessionHash, provedAt, grants, enterpriseId, enterpriseUnit, ...(await reachOf(tx, grants)) }, expiresAt, lastSeenAt, locked, enrolling, idleMinutes: idleMinutesOf(grants) };
}
