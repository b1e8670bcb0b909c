// What is stored about what an account signs in with. Tokens are stored as hashes only.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { hashToken } from '../../kernel/session-cookie.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { FactorKind, FactorView } from './model.ts';

/** What signing in and changing a password need to know of an account. */
export interface Credentials {
  readonly accountId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly passwordChangedAt: Instant | null;
  readonly disabledAt: Instant | null;
  readonly version: number;
  readonly demonstration: boolean;
  readonly duty: string;
  /** Unit of the first role, or the one that keeps the enterprise's account: where the account's own acts are recorded. */
  readonly homeUnit: string;
}

export async function findCredentials(tx: Tx, by: { readonly signInName: string } | { readonly accountId: string }): Promise<Credentials | undefined> {
  const one = 'signInName' in by ? sql`a.sign_in_name = ${by.signInName}` : sql`a.id = ${by.accountId}`;
  const { rows } = await sql<Credentials>`
    select a.id as account_id, a.sign_in_name, a.display_name, a.password_hash, a.disabled_at, a.version, a.demonstration, a.duty, a.password_changed_at,
      coalesce((select min(g.unit_code) from role_grant g where g.account_id = a.id), (select e.unit_code from enterprise_account e where e.account_id = a.id), ${nationUnit}) as home_unit
    from account a where ${one}`.execute(tx);
  return rows[0];
}

/** Without a password from now on; those of before are still not to be taken again. */
export async function clearPassword(tx: Tx, accountId: string, now: Instant): Promise<void> {
  await keepPasswordBefore(tx, accountId, now);
  await tx.updateTable('account').set((eb) => ({ passwordHash: null, passwordChangedAt: null, version: eb('version', '+', 1) })).where('id', '=', accountId).execute();
}

/** Sets the password, unless the account was changed since `version` was read; whether it was set. */
export async function savePasswordAfter(tx: Tx, accountId: string, version: number, passwordHash: string, now: Instant): Promise<boolean> {
  await keepPasswordBefore(tx, accountId, now);
  const { numUpdatedRows } = await tx
    .updateTable('account')
    .set({ passwordHash, passwordChangedAt: now, version: version + 1 })
    .where('id', '=', accountId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** With the present one these are the last five. */
const passwordsKept = 4;

async function keepPasswordBefore(tx: Tx, accountId: string, now: Instant): Promise<void> {
  await sql`insert into password_before (account_id, password_hash, at) select id, password_hash, ${now}::timestamptz from account where id = ${accountId} and password_hash is not null`.execute(tx);
  await sql`delete from password_before where account_id = ${accountId} and ctid not in (
    select ctid from password_before where account_id = ${accountId} order by at desc limit ${passwordsKept})`.execute(tx);
}

export async function listPasswordsBefore(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx.selectFrom('passwordBefore').select('passwordHash').where('accountId', '=', accountId).orderBy('at', 'desc').limit(passwordsKept).execute();
  return rows.map(({ passwordHash }) => passwordHash);
}

/** Second factors of every kind, oldest first. A key whose certificate has run out is listed, and refused when used. */
export async function listFactors(tx: Tx, accountId: string): Promise<FactorView[]> {
  const { rows } = await sql<FactorView>`
    select id, 'totp' as kind, name, created_at, last_used_at from totp where account_id = ${accountId} and confirmed_at is not null
    union all select credential_id, 'passkey', name, created_at, last_used_at from passkey where account_id = ${accountId}
    union all select id, 'ukey', name, registered_at, last_used_at from ukey where account_id = ${accountId}
    order by created_at, id`.execute(tx);
  return rows;
}

export async function listFactorKinds(tx: Tx, accountId: string): Promise<FactorKind[]> {
  return [...new Set((await listFactors(tx, accountId)).map(({ kind }) => kind))];
}

/** What a person sets up alone goes; a UKey and an identity of a sign-in service were bound by an administrator and stay. */
export async function endOwnFactors(tx: Tx, accountId: string): Promise<void> {
  for (const table of ['totp', 'passkey', 'recoveryCode'] as const) await tx.deleteFrom(table).where('accountId', '=', accountId).execute();
}

export async function removeTotp(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('totp').where('id', '=', id).where('accountId', '=', accountId).where('confirmedAt', 'is not', null).executeTakeFirst();
  return numDeletedRows === 1n;
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
