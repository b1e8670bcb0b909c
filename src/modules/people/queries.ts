// What is stored about accounts, sessions, one-time links and wrong passwords. Tokens are stored as hashes only.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { hashToken, newToken } from '../../kernel/session-cookie.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Role } from '../access/model.ts';
import type { UnitKind } from '../units/model.ts';
import type { Account, GrantView } from './model.ts';
import { type GrantableUnit, linkEnd, sessionEnd, triesAllowed } from './rules.ts';

const grantsOf = (account: RawBuilder<unknown>): RawBuilder<GrantView[]> => sql<GrantView[]>`coalesce((
  select json_agg(json_build_object('role', g.role, 'unitCode', g.unit_code, 'unitName', u.name, 'unitShortName', u.short_name, 'unitKind', u.kind) order by g.unit_code, g.role)
  from role_grant g join unit u on u.code = g.unit_code where g.account_id = ${account}), '[]')`;

/** An account with its roles, as others see it. */
export async function findAccount(tx: Tx, accountId: string): Promise<Account | undefined> {
  const accounts = await listAccountsWhere(tx, sql`a.id = ${accountId}`);
  return accounts[0];
}

/** Accounts with a role at exactly this unit. */
export async function listAccountsAt(tx: Tx, unitCode: string): Promise<Account[]> {
  return listAccountsWhere(tx, sql`a.id in (select account_id from role_grant where unit_code = ${unitCode})`);
}

async function listAccountsWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select a.id, a.sign_in_name, a.display_name, a.disabled_at, a.password_hash is not null as has_password, ${grantsOf(sql`a.id`)} as grants
    from account a where ${condition} order by a.display_name, a.id`.execute(tx);
  return rows;
}

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

/** Locks an account against everybody else's change until the transaction ends. */
export async function lockAccount(tx: Tx, accountId: string): Promise<{ disabledAt: Instant | null } | undefined> {
  return tx.selectFrom('account').select('disabledAt').where('id', '=', accountId).forUpdate().executeTakeFirst();
}

export interface NewAccount {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly grants: readonly { readonly role: Role; readonly unitCode: string }[];
  readonly demonstration: boolean;
}

export async function saveNewAccount(tx: Tx, account: NewAccount, now: Instant): Promise<void> {
  const { grants, ...columns } = account;
  await tx.insertInto('account').values({ ...columns, passwordHash: null, disabledAt: null, createdAt: now }).execute();
  await tx.insertInto('roleGrant').values(grants.map((grant) => ({ accountId: account.id, ...grant }))).execute();
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

export async function saveDisabledAt(tx: Tx, accountId: string, disabledAt: Instant | null): Promise<void> {
  await tx.updateTable('account').set((eb) => ({ disabledAt, version: eb('version', '+', 1) })).where('id', '=', accountId).execute();
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

/** A new one-time link for an account; its earlier unused links end. */
export async function replaceSignInLink(tx: Tx, accountId: string, now: Instant): Promise<{ signInPath: string; expiresAt: Instant }> {
  await endSignInLinks(tx, accountId);
  const token = newToken();
  const expiresAt = linkEnd(now);
  await tx.insertInto('signInLink').values({ tokenHash: hashToken(token), accountId, expiresAt, usedAt: null }).execute();
  // Behind the number sign, so that the token never reaches a server's or proxy's log.
  return { signInPath: `/sign-in/link#${token}`, expiresAt };
}

export async function endSignInLinks(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('signInLink').where('accountId', '=', accountId).where('usedAt', 'is', null).execute();
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

/** As `deleteEndedSessions`, one-time links that are too old to be used; used ones go when they would have ended. */
export async function deleteEndedSignInLinks(tx: Tx, now: Instant, most: number): Promise<number> {
  return deletedBy(tx, sql`delete from sign_in_link where token_hash = any(array(select token_hash from sign_in_link where expires_at <= ${now} limit ${most} for update skip locked))`);
}

/** As `deleteEndedSessions`, wrong passwords of before a moment. */
export async function deleteTriesBefore(tx: Tx, before: Instant, most: number): Promise<number> {
  return deletedBy(tx, sql`delete from sign_in_attempt where ctid = any(array(select ctid from sign_in_attempt where at < ${before} order by at limit ${most} for update skip locked))`);
}

async function deletedBy(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Units of an edition as roles see them. */
export async function listGrantableUnits(tx: Tx, editionCode: string, unitCodes: readonly string[]): Promise<GrantableUnit[]> {
  const rows = await tx
    .selectFrom('placement')
    .innerJoin('unit', 'unit.code', 'placement.unitCode')
    .select((eb) => [
      'unit.code',
      'unit.kind',
      eb.exists(eb.selectFrom('placement as child').select('child.unitCode').where('child.editionCode', '=', editionCode).whereRef('child.parentCode', '=', 'unit.code')).as('hasChildren'),
    ])
    .where('placement.editionCode', '=', editionCode)
    .where('unit.code', 'in', [...unitCodes])
    .execute();
  return rows.map(({ code, kind, hasChildren }) => ({ code, kind: kind as UnitKind, hasChildren: Boolean(hasChildren) }));
}

/** Administrators of the whole installation: id and whether one can sign in with a password. */
export async function findNationalAdministrator(tx: Tx): Promise<{ id: string; hasPassword: boolean } | undefined> {
  const { rows } = await sql<{ id: string; hasPassword: boolean }>`
    select a.id, a.password_hash is not null as has_password from account a join role_grant g on g.account_id = a.id
    where g.role = 'administrator' and g.unit_code = ${nationUnit} and a.disabled_at is null
    order by has_password desc, a.created_at, a.id limit 1`.execute(tx);
  return rows[0];
}
