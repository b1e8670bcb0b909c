// What is stored about accounts and one-time links. Tokens are stored as hashes only.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { hashToken, newToken } from '../../kernel/session-cookie.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Instant } from '../../shared/instant.ts';
import { type Duty, duty, type Role } from '../access/model.ts';
import { dutyOf } from '../access/rules/duties.ts';
import type { UnitKind } from '../units/model.ts';
import type { Account, GrantView, ListedAccount } from './model.ts';
import { type Grant, type GrantableUnit, isDormant, linkEnd } from './rules.ts';

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

/** Whether somebody has set the account up: only then it is no longer opened by a link handed over, but recovered by two people. */
const activated = sql<boolean>`(a.password_hash is not null
  or exists (select 1 from passkey k where k.account_id = a.id)
  or exists (select 1 from linked_identity l where l.account_id = a.id)
  or exists (select 1 from ukey u where u.account_id = a.id and u.last_used_at is not null))`;

type StoredListed = Omit<ListedAccount, 'dormant'> & { readonly createdAt: Instant };

/** The list of a unit: whoever has a role there, and whoever is invited to one. */
export async function listListedAt(tx: Tx, unitCode: string, now: Instant): Promise<ListedAccount[]> {
  return listListedWhere(tx, now, sql`a.id in (
    select account_id from role_grant where unit_code = ${unitCode}
    union select q.account_id from grant_request q join requested_role r on r.request_id = q.id where q.state = 'pending' and q.kind = 'invitation' and r.unit_code = ${unitCode})`);
}

export async function findListed(tx: Tx, accountId: string, now: Instant): Promise<ListedAccount | undefined> {
  const [one] = await listListedWhere(tx, now, sql`a.id = ${accountId}`);
  return one;
}

async function listListedWhere(tx: Tx, now: Instant, condition: RawBuilder<unknown>): Promise<ListedAccount[]> {
  const { rows } = await sql<StoredListed>`
    select a.id, a.sign_in_name, a.display_name, a.disabled_at, a.password_hash is not null as has_password, ${grantsOf(sql`a.id`)} as grants, ${activated} as activated,
      exists (select 1 from grant_request q where q.account_id = a.id and q.state = 'pending' and q.kind = 'invitation') as invited, a.ends_at, a.last_signed_in_at, a.created_at
    from account a where ${condition} order by a.display_name, a.id`.execute(tx);
  return rows.map(({ createdAt, ...row }) => ({ ...row, dormant: row.disabledAt === null && isDormant(row.lastSignedInAt ?? createdAt, now) }));
}

/** Also what an administrator bound to the account: whoever lost one key may have lost all, and each is bound anew. */
export async function endBoundFactors(tx: Tx, accountId: string): Promise<void> {
  for (const table of ['ukey', 'linkedIdentity'] as const) await tx.deleteFrom(table).where('accountId', '=', accountId).execute();
}

/** Locks an account against everybody else's change until the transaction ends. */
export async function lockAccount(tx: Tx, accountId: string): Promise<{ disabledAt: Instant | null } | undefined> {
  return tx.selectFrom('account').select('disabledAt').where('id', '=', accountId).forUpdate().executeTakeFirst();
}

export interface NewAccount {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly duty: Duty;
  readonly demonstration: boolean;
  /** Set: not in use until its first roles are approved. */
  readonly disabledAt: Instant | null;
}

export async function saveNewAccount(tx: Tx, account: NewAccount, now: Instant): Promise<void> {
  await tx.insertInto('account').values({ ...account, passwordHash: null, createdAt: now }).execute();
}

export async function deleteAccount(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('account').where('id', '=', accountId).execute();
}

/** What an account is for, which never changes. */
export async function findDuty(tx: Tx, accountId: string): Promise<Duty | undefined> {
  const row = await tx.selectFrom('account').select('duty').where('id', '=', accountId).executeTakeFirst();
  return row === undefined ? undefined : duty.parse(row.duty);
}

/** Grants held already stay as they are. */
export async function saveGrants(tx: Tx, accountId: string, grants: readonly Grant[]): Promise<void> {
  const rows = grants.map(({ role, unitCode }) => ({ accountId, role, unitCode, duty: dutyOf(role) }));
  if (rows.length > 0) await tx.insertInto('roleGrant').values(rows).onConflict((conflict) => conflict.doNothing()).execute();
}

export async function deleteGrant(tx: Tx, accountId: string, { role, unitCode }: Grant): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('roleGrant').where('accountId', '=', accountId).where('role', '=', role).where('unitCode', '=', unitCode).executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function saveEndsAt(tx: Tx, accountId: string, endsAt: Instant | null): Promise<void> {
  await tx.updateTable('account').set((eb) => ({ endsAt, version: eb('version', '+', 1) })).where('id', '=', accountId).execute();
}

export async function saveDisabledAt(tx: Tx, accountId: string, disabledAt: Instant | null): Promise<void> {
  await tx.updateTable('account').set((eb) => ({ disabledAt, version: eb('version', '+', 1) })).where('id', '=', accountId).execute();
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

/** Deletes one-time links that are too old to be used; used ones go when they would have ended. So many at most; how many. */
export async function deleteEndedSignInLinks(tx: Tx, now: Instant, most: number): Promise<number> {
  return deletedBy(tx, sql`delete from sign_in_link where token_hash = any(array(select token_hash from sign_in_link where expires_at <= ${now} limit ${most} for update skip locked))`);
}

async function deletedBy(tx: Tx, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Leavers whose day has come: disabled, their sessions gone. So many at most; whose. */
export async function disableEnded(tx: Tx, now: Instant, most: number): Promise<{ accountId: string; unitCode: string }[]> {
  const { rows } = await sql<{ accountId: string; unitCode: string }>`
    with ended as (
      update account a set disabled_at = a.ends_at, version = a.version + 1
      where a.id in (select id from account where disabled_at is null and ends_at <= ${now}::timestamptz order by ends_at limit ${most} for update skip locked) returning a.id),
    gone as (delete from session where account_id in (select id from ended))
    select id as account_id, coalesce((select min(g.unit_code) from role_grant g where g.account_id = ended.id), ${nationUnit}) as unit_code from ended`.execute(tx);
  return rows;
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

/** How many others in use hold a role at a unit. */
export async function countOthersWith(tx: Tx, { role, unitCode }: Grant, accountId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from role_grant g join account a on a.id = g.account_id
    where g.role = ${role} and g.unit_code = ${unitCode} and a.id <> ${accountId} and a.disabled_at is null and a.ends_at is null`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Whether a sign-in name is somebody's, in use or not. */
export async function isNameTaken(tx: Tx, signInName: string): Promise<boolean> {
  return (await tx.selectFrom('account').select('id').where('signInName', '=', signInName).executeTakeFirst()) !== undefined;
}

/** Who holds one of the three administrators' roles for the whole installation, and whether one can sign in with a password. */
export async function findNationalAdministrator(tx: Tx, role: Role): Promise<{ id: string; hasPassword: boolean } | undefined> {
  const { rows } = await sql<{ id: string; hasPassword: boolean }>`
    select a.id, a.password_hash is not null as has_password from account a join role_grant g on g.account_id = a.id
    where g.role = ${role} and g.unit_code = ${nationUnit} and a.disabled_at is null
    order by has_password desc, a.created_at, a.id limit 1`.execute(tx);
  return rows[0];
}
