// What is stored about accounts and one-time links. Tokens are stored as hashes only.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { hashToken, newToken } from '../../kernel/session-cookie.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Instant } from '../../shared/instant.ts';
import { dutyOf, type Role } from '../access/model.ts';
import type { UnitKind } from '../units/model.ts';
import type { Account, GrantView } from './model.ts';
import { type GrantableUnit, linkEnd } from './rules.ts';

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
  const [first] = grants;
  await tx.insertInto('account').values({ ...columns, duty: first === undefined ? 'business' : dutyOf(first.role), passwordHash: null, disabledAt: null, createdAt: now }).execute();
  await tx.insertInto('roleGrant').values(grants.map((grant) => ({ accountId: account.id, duty: dutyOf(grant.role), ...grant }))).execute();
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

/** Who holds one of the three administrators' roles for the whole installation, and whether one can sign in with a password. */
export async function findNationalAdministrator(tx: Tx, role: Role): Promise<{ id: string; hasPassword: boolean } | undefined> {
  const { rows } = await sql<{ id: string; hasPassword: boolean }>`
    select a.id, a.password_hash is not null as has_password from account a join role_grant g on g.account_id = a.id
    where g.role = ${role} and g.unit_code = ${nationUnit} and a.disabled_at is null
    order by has_password desc, a.created_at, a.id limit 1`.execute(tx);
  return rows[0];
}
