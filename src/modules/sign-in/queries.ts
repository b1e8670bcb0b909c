// What is stored about sessions, passwords and wrong tries. Tokens are stored as hashes only.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { hashToken, newToken } from '../../kernel/session-cookie.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import { sessionEnd, triesAllowed } from './rules.ts';

/** What signing in and changing a password need to know of an account. */
export interface Credentials {
  readonly accountId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly disabledAt: Instant | null;
  readonly version: number;
  /** Unit of the first role: where the account's own acts are recorded. */
  readonly homeUnit: string;
}

export async function findCredentials(tx: Tx, by: { readonly signInName: string } | { readonly accountId: string }): Promise<Credentials | undefined> {
  const one = 'signInName' in by ? sql`a.sign_in_name = ${by.signInName}` : sql`a.id = ${by.accountId}`;
  const { rows } = await sql<Credentials>`
    select a.id as account_id, a.sign_in_name, a.display_name, a.password_hash, a.disabled_at, a.version,
      coalesce((select min(g.unit_code) from role_grant g where g.account_id = a.id), ${nationUnit}) as home_unit
    from account a where ${one}`.execute(tx);
  return rows[0];
}

export async function savePassword(tx: Tx, accountId: string, passwordHash: string | null): Promise<void> {
  await tx.updateTable('account').set((eb) => ({ passwordHash, version: eb('version', '+', 1) })).where('id', '=', accountId).execute();
}

/** As savePassword, unless the account was changed since `version` was read. */
export async function savePasswordAfter(tx: Tx, accountId: string, version: number, passwordHash: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('account')
    .set({ passwordHash, version: version + 1 })
    .where('id', '=', accountId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Opens a session and returns its token, which is stored nowhere. The account's expired sessions go. */
export async function openSession(tx: Tx, accountId: string, now: Instant): Promise<string> {
  await tx.deleteFrom('session').where('accountId', '=', accountId).where('expiresAt', '<=', now).execute();
  const token = newToken();
  await tx.insertInto('session').values({ tokenHash: hashToken(token), accountId, createdAt: now, expiresAt: sessionEnd(now) }).execute();
  return token;
}

export async function endSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('session').where('tokenHash', '=', tokenHash).execute();
}

/** Ends all sessions of an account, but the one kept. */
export async function endSessions(tx: Tx, accountId: string, keptTokenHash: string | null): Promise<void> {
  const all = tx.deleteFrom('session').where('accountId', '=', accountId);
  await (keptTokenHash === null ? all : all.where('tokenHash', '<>', keptTokenHash)).execute();
}

/** Uses a link up; the account it was for, or undefined when it is unknown, used or too old. */
export async function takeSignInLink(tx: Tx, token: string, now: Instant): Promise<string | undefined> {
  const used = await tx
    .updateTable('signInLink')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning('accountId')
    .executeTakeFirst();
  return used?.accountId;
}

/** The last tries at a name, newest first. Holds others who try the same name until the transaction ends. */
export async function lockTries(tx: Tx, signInName: string): Promise<Instant[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${signInName}`}, 0))`.execute(tx);
  const rows = await tx.selectFrom('signInAttempt').select('at').where('signInName', '=', signInName).orderBy('at', 'desc').limit(triesAllowed).execute();
  return rows.map(({ at }) => at);
}

export async function saveTry(tx: Tx, signInName: string, now: Instant): Promise<void> {
  await tx.insertInto('signInAttempt').values({ signInName, at: now }).execute();
  // Old tries mean nothing any more; a few go with each new one, so that made-up names do not pile up.
  await sql`delete from sign_in_attempt where ctid = any(array(
    select ctid from sign_in_attempt where at < ${now}::timestamptz - interval '1 hour' order by at limit 20 for update skip locked))`.execute(tx);
}

export async function forgetTries(tx: Tx, signInName: string): Promise<void> {
  await tx.deleteFrom('signInAttempt').where('signInName', '=', signInName).execute();
}

/** Deletes sessions that have ended by themselves, so many at most; how many. */
export async function deleteEndedSessions(tx: Tx, now: Instant, most: number): Promise<number> {
  return deletedBy(tx, sql`delete from session where token_hash = any(array(select token_hash from session where expires_at <= ${now} limit ${most} for update skip locked))`);
}

/** As `deleteEndedSessions`, wrong passwords of before a moment. */
export async function deleteTriesBefore(tx: Tx, before: Instant, most: number): Promise<number> {
  return deletedBy(tx, sql`delete from sign_in_attempt where ctid = any(array(select ctid from sign_in_attempt where at < ${before} order by at limit ${most} for update skip locked))`);
}

async function deletedBy(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(tx);
  return Number(numAffectedRows ?? 0);
}
