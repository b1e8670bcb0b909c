// What is stored about substitutes, and about the yearly confirmation of a unit's accounts.
import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { type CalendarDate, dateOf, type Instant } from '../../shared/instant.ts';
import type { Account, Attestation, Substitution, Verdict } from './model.ts';
import type { Person } from './requests.ts';
import type { Grant } from './rules.ts';

export interface NewSubstitution {
  readonly accountId: string;
  readonly substituteId: string;
  readonly unitCode: string;
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  readonly roles: readonly Grant[];
}

export async function saveNewSubstitution(tx: Tx, substitution: NewSubstitution, by: Person, now: Instant): Promise<string> {
  const { roles, ...columns } = substitution;
  const id = randomUUID();
  await tx.insertInto('substitution').values({ ...columns, id, namedBy: by.accountId, namedByName: by.name, namedAt: now }).execute();
  await tx.insertInto('substitutedRole').values(roles.map(({ role, unitCode }) => ({ substitutionId: id, role, unitCode }))).execute();
  return id;
}

const substitutedRoles = sql`coalesce((
  select json_agg(json_build_object('role', r.role, 'unitCode', r.unit_code, 'unitName', u.name, 'unitShortName', u.short_name, 'unitKind', u.kind) order by r.unit_code, r.role)
  from substituted_role r join unit u on u.code = r.unit_code where r.substitution_id = s.id), '[]')`;

async function listWhere(tx: Tx, now: Instant, condition: RawBuilder<unknown>): Promise<Substitution[]> {
  const today = dateOf(now);
  const { rows } = await sql<Substitution>`
    select s.id, s.account_id, a.display_name as account_name, s.substitute_id, b.display_name as substitute_name, ${substitutedRoles} as roles, s.first_day, s.last_day,
      s.named_by_name, s.named_at, s.revoked_at, (s.revoked_at is null and s.first_day <= ${today}::date and s.last_day >= ${today}::date) as running
    from substitution s join account a on a.id = s.account_id join account b on b.id = s.substitute_id
    where ${condition} order by s.first_day desc, s.id`.execute(tx);
  return rows;
}

/** Substitutions at a unit that run, will run, or ended within the last month. */
export async function listSubstitutionsAt(tx: Tx, unitCode: string, now: Instant): Promise<Substitution[]> {
  return listWhere(tx, now, sql`s.last_day > ${dateOf(now)}::date - 31 and (s.unit_code = ${unitCode} or exists (select 1 from substituted_role r where r.substitution_id = s.id and r.unit_code = ${unitCode}))`);
}

/** Substitutions not over yet in which an account has a part, on either side. */
export async function listOwnSubstitutions(tx: Tx, accountId: string, now: Instant): Promise<Substitution[]> {
  return listWhere(tx, now, sql`s.revoked_at is null and s.last_day >= ${dateOf(now)}::date and ${accountId} in (s.account_id, s.substitute_id)`);
}

export async function findSubstitution(tx: Tx, id: string, now: Instant): Promise<Substitution | undefined> {
  const [one] = await listWhere(tx, now, sql`s.id = ${id}`);
  return one;
}

export async function lockSubstitution(tx: Tx, id: string, now: Instant): Promise<Substitution | undefined> {
  await tx.selectFrom('substitution').select('id').where('id', '=', id).forUpdate().execute();
  return findSubstitution(tx, id, now);
}

export async function saveRevoked(tx: Tx, id: string, by: Person, now: Instant): Promise<void> {
  await tx.updateTable('substitution').set({ revokedAt: now, revokedByName: by.name }).where('id', '=', id).execute();
}

/** All substitutions an account has a part in end; whose sessions change by it. */
export async function revokeAllOf(tx: Tx, accountId: string, by: Person, now: Instant): Promise<string[]> {
  const ended = await tx
    .updateTable('substitution')
    .set({ revokedAt: now, revokedByName: by.name })
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('substituteId', '=', accountId)]))
    .returning('substituteId')
    .execute();
  return [...new Set(ended.map(({ substituteId }) => substituteId))];
}

/** In whose place a session acts; null: in its own. */
export async function saveStandingIn(tx: Tx, tokenHash: string, substitutionId: string | null): Promise<void> {
  await tx.updateTable('session').set({ substitutionId }).where((eb) => eb.or([eb('tokenHash', '=', tokenHash), eb('previousHash', '=', tokenHash)])).execute();
}

/** The substitution a session acts by, while it runs. */
export async function findStandingIn(tx: Tx, tokenHash: string, now: Instant): Promise<Substitution | undefined> {
  const [one] = await listWhere(tx, now, sql`s.id = (select substitution_id from session where ${tokenHash} in (token_hash, previous_hash) limit 1)`);
  return one?.running ? one : undefined;
}

/** An account as its session acts: in its own place, or with another's name and the roles lent. */
export async function findActingAs(
  tx: Tx, account: Account, actor: Pick<Actor, 'name' | 'sessionHash' | 'grants'>, now: Instant,
): Promise<{ account: Account; standingInFor: { substitutionId: string; holderName: string; lastDay: CalendarDate } | null }> {
  const lent = await findStandingIn(tx, actor.sessionHash, now);
  if (lent === undefined) return { account, standingInFor: null };
  const grants = lent.roles.filter((one) => actor.grants.some(({ role, unitCode }) => role === one.role && unitCode === one.unitCode));
  return { account: { ...account, displayName: actor.name, grants }, standingInFor: { substitutionId: lent.id, holderName: lent.accountName, lastDay: lent.lastDay } };
}

/** Colleagues: accounts in use with a role at one of the units. */
export async function listColleagues(tx: Tx, accountId: string, unitCodes: readonly string[]): Promise<{ id: string; displayName: string; unitShortName: string }[]> {
  const { rows } = await sql<{ id: string; displayName: string; unitShortName: string }>`
    select a.id, a.display_name, min(u.short_name) as unit_short_name
    from account a join role_grant g on g.account_id = a.id join unit u on u.code = g.unit_code
    where g.unit_code = any(${[...unitCodes]}::text[]) and a.id <> ${accountId} and a.disabled_at is null
      and a.duty = (select duty from account where id = ${accountId})
    group by a.id, a.display_name order by a.display_name, a.id limit 100`.execute(tx);
  return rows;
}

export async function findAttestation(tx: Tx, unitCode: string, year: number): Promise<Attestation | undefined> {
  return tx.selectFrom('attestation').select(['year', 'attestedByName', 'at']).where('unitCode', '=', unitCode).where('year', '=', year).orderBy('at', 'desc').limit(1).executeTakeFirst();
}

/** The units that report to this one, have accounts, and have not confirmed them this year. */
export async function listUnattested(tx: Tx, editionCode: string, unitCode: string, year: number): Promise<{ unitCode: string; unitName: string }[]> {
  const { rows } = await sql<{ unitCode: string; unitName: string }>`
    select p.unit_code, u.name as unit_name from placement p join unit u on u.code = p.unit_code
    where p.edition_code = ${editionCode} and p.parent_code = ${unitCode}
      and exists (select 1 from role_grant g join account a on a.id = g.account_id where g.unit_code = p.unit_code and a.disabled_at is null)
      and not exists (select 1 from attestation t where t.unit_code = p.unit_code and t.year = ${year})
    order by p.sort`.execute(tx);
  return rows;
}

export interface NewAttestation {
  readonly unitCode: string;
  readonly year: number;
  readonly accounts: readonly { readonly accountId: string; readonly accountName: string; readonly verdict: Verdict }[];
}

export async function saveAttestation(tx: Tx, { unitCode, year, accounts }: NewAttestation, by: Person, now: Instant): Promise<void> {
  const id = randomUUID();
  await tx.insertInto('attestation').values({ id, unitCode, year, attestedBy: by.accountId, attestedByName: by.name, at: now }).execute();
  if (accounts.length > 0) await tx.insertInto('attestedAccount').values(accounts.map((one) => ({ ...one, attestationId: id }))).execute();
}
