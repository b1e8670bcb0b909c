// Finds who holds a session token. On the way of every request: one query, and none for a few seconds after it.
// A change of an account counts at once in this process and within four seconds in others; see forgetIdentity.
import { sql } from 'kysely';
import type { Actor } from '../../kernel/context.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { hashToken, type Identity } from '../../kernel/session-cookie.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';

const freshFor = 4_000;
/** Longer than any transaction may run: until then a change made may not be committed yet. */
const unsettledFor = 90_000;
const mostRemembered = 20_000;

interface Known {
  readonly actor: Actor;
  readonly expiresAt: Instant;
}

interface Remembered extends Known {
  readonly freshUntil: Instant;
}

// By database, so that two of them in one process (tests) never know each other's people.
const remembered = new WeakMap<Database, Map<string, Remembered>>();
const unsettled = new Map<string, Instant>();

export const identify: Identity = async (database, token, now) => {
  const tokenHash = hashToken(token);
  const known = rememberedBy(database);
  const before = known.get(tokenHash);
  if (before !== undefined && now < before.freshUntil && now < before.expiresAt && isSettled(before.actor.accountId, now)) return before.actor;
  const found = await database.read((tx) => findSessionHolder(tx, tokenHash, now));
  if (found === undefined) known.delete(tokenHash);
  // Asked again after reading: a change begun meanwhile may have committed after what was read.
  else if (isSettled(found.actor.accountId, now)) remember(known, tokenHash, { ...found, freshUntil: instantOf(epochOf(now) + freshFor) });
  return found?.actor ?? null;
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

/** The holder of an open session whose account is not disabled. Grants in order of unit, so that the first is stable. */
async function findSessionHolder(tx: Tx, tokenHash: string, now: Instant): Promise<Known | undefined> {
  const { rows } = await sql<{ accountId: string; name: string; expiresAt: Instant; provedAt: Instant; grants: Actor['grants'] }>`
    select a.id as account_id, a.display_name as name, s.expires_at, s.created_at as proved_at, coalesce((
      select json_agg(json_build_object('role', g.role, 'unitCode', g.unit_code) order by g.unit_code, g.role) from role_grant g where g.account_id = a.id), '[]') as grants
    from session s join account a on a.id = s.account_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now}::timestamptz and a.disabled_at is null`.execute(tx);
  const row = rows[0];
  if (row === undefined) return undefined;
  const { accountId, name, expiresAt, provedAt, grants } = row;
  return { actor: { accountId, name, sessionHash: tokenHash, standing: 'open', provedAt, grants }, expiresAt };
}
