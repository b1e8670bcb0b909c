// What is stored about accounts of enterprises. Holders are wrapped, codes are hashes.
import { randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { unwrapJson, wrapJson } from '../../kernel/wrapped-json.ts';
import { hashToken } from '../../kernel/session-cookie.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import type { CompetentUnit, Contact, OwnService, OwnView } from './model.ts';
import { contact as contactSchema } from './model.ts';
import { codeSigns, type Standing } from './rules.ts';

/** Hours of an account's holder, in or out of the wrapping. */
export const bound = {
  account: (accountId: string): string => `enterprise_account/${accountId}`,
  recovery: (accountId: string): string => `enterprise_account/recovery/${accountId}`,
  request: (id: string): string => `enterprise_account_request/${id}`,
} as const;

export function wrapContact(secrets: Secrets, contact: Contact, to: string): Promise<string> {
  return wrapJson(secrets, contact, to);
}

export function unwrapContact(secrets: Secrets, wrapped: string, to: string): Promise<Contact> {
  return unwrapJson(secrets, contactSchema, wrapped, to);
}

/** Twenty signs of chance: 100 bits. */
export function newCode(): string {
  return [...randomBytes(20)].map((byte) => codeSigns[byte % codeSigns.length] ?? '').join('');
}

/** What a code opens by: never mistaken for a link of an official, which holds no blank. */
export const tokenOfCode = (plain: string): string => `enterprise ${plain}`;

export async function saveCode(tx: Tx, accountId: string, codeHash: string, expiresAt: Instant): Promise<void> {
  await tx.deleteFrom('signInLink').where('accountId', '=', accountId).where('usedAt', 'is', null).execute();
  await tx.insertInto('signInLink').values({ tokenHash: codeHash, accountId, expiresAt, usedAt: null }).execute();
}

export const hashOfCode = (plain: string): string => hashToken(tokenOfCode(plain));

const activated = sql<boolean>`(a.password_hash is not null or exists (select from passkey k where k.account_id = a.id) or (a.demonstration and a.last_signed_in_at is not null))`;

export interface StoredAccount extends Standing {
  readonly accountId: string;
  readonly unitCode: string;
  readonly uscc: string;
  readonly name: string;
  readonly contact: string;
  readonly checked: string;
  readonly openedByName: string;
  readonly openedAt: Instant;
  readonly lastSignedInAt: Instant | null;
  readonly recoveryReason: string | null;
  readonly recoveryContact: string | null;
  readonly recoveryBy: string | null;
  readonly recoveryByName: string | null;
  readonly recoveryAt: Instant | null;
}

async function listWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<StoredAccount[]> {
  const { rows } = await sql<StoredAccount>`
    select e.account_id, e.unit_code, n.uscc, n.name, e.contact, e.checked, e.opened_by_name, e.opened_at, a.last_signed_in_at, a.disabled_at, ${activated} as activated,
      e.recovery_reason, e.recovery_contact, e.recovery_by, e.recovery_by_name, e.recovery_at
    from enterprise_account e join account a on a.id = e.account_id join enterprise n on n.id = e.enterprise_id
    where ${condition} order by n.name, n.uscc limit 1000`.execute(tx);
  return rows;
}

export function listAccountsOf(tx: Tx, unitCode: string): Promise<StoredAccount[]> {
  return listWhere(tx, sql`e.unit_code = ${unitCode}`);
}

export async function findOwn(tx: Tx, accountId: string): Promise<StoredAccount | undefined> {
  return (await listWhere(tx, sql`e.account_id = ${accountId}`))[0];
}

/** Locks an account against everybody else's change until the transaction ends. */
export async function lockEnterpriseAccount(tx: Tx, accountId: string): Promise<StoredAccount | undefined> {
  await tx.selectFrom('enterpriseAccount').select('accountId').where('accountId', '=', accountId).forUpdate().execute();
  return findOwn(tx, accountId);
}

export async function hasAccount(tx: Tx, enterpriseId: number): Promise<boolean> {
  return (await tx.selectFrom('enterpriseAccount').select('accountId').where('enterpriseId', '=', enterpriseId).executeTakeFirst()) !== undefined;
}

export interface NewEnterpriseAccount {
  readonly accountId: string;
  readonly enterpriseId: number;
  readonly unitCode: string;
  readonly contact: string;
  readonly checked: string;
  readonly openedBy: string;
  readonly openedByName: string;
}

export async function saveEnterpriseAccount(tx: Tx, account: NewEnterpriseAccount, now: Instant): Promise<void> {
  await tx.insertInto('enterpriseAccount').values({ ...account, openedAt: now }).execute();
}

export async function saveContact(tx: Tx, accountId: string, contact: string): Promise<void> {
  await tx.updateTable('enterpriseAccount').set({ contact }).where('accountId', '=', accountId).execute();
}

export async function saveRecovery(tx: Tx, accountId: string, recovery: { readonly reason: string; readonly contact: string; readonly by: string; readonly byName: string } | null, now: Instant): Promise<void> {
  await tx.updateTable('enterpriseAccount').set({
    recoveryReason: recovery?.reason ?? null, recoveryContact: recovery?.contact ?? null, recoveryBy: recovery?.by ?? null, recoveryByName: recovery?.byName ?? null, recoveryAt: recovery === null ? null : now,
  }).where('accountId', '=', accountId).execute();
}

export interface StoredAsking {
  readonly provinceCode: number;
  readonly id: string;
  readonly unitCode: string;
  readonly uscc: string;
  readonly name: string;
  readonly contact: string;
  readonly codeHash: string;
  readonly askedAt: Instant;
}

export async function saveAsking(tx: Tx, asking: StoredAsking): Promise<void> {
  await tx.insertInto('enterpriseAccountRequest').values(asking).execute();
}

export async function countWaiting(tx: Tx, unitCode: string, uscc: string): Promise<{ unit: number; enterprise: number }> {
  const { rows } = await sql<{ unit: number; enterprise: number }>`
    select count(*)::int as unit, (count(*) filter (where uscc = ${uscc}))::int as enterprise from enterprise_account_request
    where province_code = ${provinceOfUnit(unitCode)} and unit_code = ${unitCode} and state = 'pending'`.execute(tx);
  return rows[0] ?? { unit: 0, enterprise: 0 };
}

export async function listWaiting(tx: Tx, unitCode: string): Promise<(StoredAsking & { readonly registeredName: string | null })[]> {
  const { rows } = await sql<StoredAsking & { readonly registeredName: string | null }>`
    select r.province_code, r.id, r.unit_code, r.uscc, r.name, r.contact, r.code_hash, r.asked_at, n.name as registered_name
    from enterprise_account_request r left join enterprise n on n.uscc = r.uscc
    where r.province_code = ${provinceOfUnit(unitCode)} and r.unit_code = ${unitCode} and r.state = 'pending' order by r.asked_at, r.id`.execute(tx);
  return rows;
}

/** A request, held until the transaction ends. */
export async function lockAsking(tx: Tx, provinceCode: number, id: string): Promise<(Omit<StoredAsking, 'contact'> & { /** Null once it is decided. */ readonly contact: string | null }) | undefined> {
  return tx.selectFrom('enterpriseAccountRequest').select(['provinceCode', 'id', 'unitCode', 'uscc', 'name', 'contact', 'codeHash', 'askedAt']).where('provinceCode', '=', provinceCode).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Who asked is not kept beside what was decided. */
export async function saveAskingDecided(
  tx: Tx, { provinceCode, id }: Pick<StoredAsking, 'provinceCode' | 'id'>, decided: { readonly state: 'approved' | 'refused'; readonly by: string; readonly byName: string; readonly checked: string }, now: Instant,
): Promise<void> {
  await tx.updateTable('enterpriseAccountRequest').set({ state: decided.state, contact: null, decidedBy: decided.by, decidedByName: decided.byName, decidedAt: now, checked: decided.checked })
    .where('provinceCode', '=', provinceCode).where('id', '=', id).execute();
}

/** Units of an edition at a place, the county before the city; provinces and the nation keep no accounts of enterprises. */
export async function listUnitsAt(tx: Tx, editionCode: string, place: string): Promise<CompetentUnit[]> {
  const { rows } = await sql<CompetentUnit>`
    select u.code, u.name from placement p join unit u on u.code = p.unit_code
    where p.edition_code = ${editionCode} and p.depth > 1 and (u.code = ${place} or u.place_codes @> array[${place}]::text[] or u.code = ${`${place.slice(0, 4)}00`})
    order by p.depth desc, p.sort limit 12`.execute(tx);
  return rows;
}

/** As the ledgers tell it, newest first. Asked beyond the wall: the entries are the units'. */
export async function listServicesOf(tx: Tx, enterpriseId: number): Promise<OwnService[]> {
  const { rows } = await sql<OwnService>`
    select a.occurred_on, a.title, u.name as unit_name,
      coalesce((select k->'name' from edition d cross join jsonb_array_elements(d.definition->'kinds') k where d.code = a.edition_code and k->>'code' = a.kind), jsonb_build_object('zh', a.kind, 'en', a.kind)) as kind
    from participation p join activity a on a.province_code = p.province_code and a.id = p.activity_id and a.deleted_at is null join unit u on u.code = a.unit_code
    where p.enterprise_id = ${enterpriseId} order by a.occurred_on desc, a.id limit 200`.execute(tx);
  return rows;
}

/** Acts that are a look at what an enterprise keeps here, and what was looked at. */
const looks: { readonly [action: string]: OwnView['what'] } = { 'assessments.open': 'assessment', 'contacts.read': 'contacts' };

/** By day, unit and post, never by name; the post is the one held now, or none. */
export async function listViewsOf(tx: Tx, uscc: string): Promise<OwnView[]> {
  const { rows } = await sql<Omit<OwnView, 'what'> & { readonly action: string }>`
    select to_char(e.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, u.name as unit_name, e.action, count(*)::int as times,
      coalesce((select min(g.role) from role_grant g where g.account_id = e.account_id and g.unit_code = e.unit_code), '') as post
    from (select distinct province_code from unit) p join audit_event e on e.province_code = p.province_code join unit u on u.code = e.unit_code
    where e.subject_kind = 'enterprise' and e.subject_id = ${uscc} and e.action = any(${Object.keys(looks)}::text[])
    group by 1, 2, 3, 5 order by 1 desc, 2, 5 limit 200`.execute(tx);
  return rows.flatMap(({ action, ...row }) => {
    const what = looks[action];
    return what === undefined ? [] : [{ ...row, what }];
  });
}
