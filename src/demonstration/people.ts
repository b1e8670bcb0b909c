// The people of the demonstration: one account per role at every unit of the stage, without passwords. Who may look around
// gets one-time links; nobody here is a real person.
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { saveAudit } from '../kernel/audit.ts';
import type { Tx } from '../kernel/database.ts';
import type { Role } from '../modules/access/model.ts';
import { dutyOf } from '../modules/access/rules/duties.ts';
import { hashOfCode, newCode, saveCode } from '../modules/enterprise-accounts/queries.ts';
import { codeEnd, printedCode } from '../modules/enterprise-accounts/rules.ts';
import { replaceSignInLink } from '../modules/people/queries.ts';
import type { Instant } from '../shared/instant.ts';
import { nationUnit } from '../shared/wire.ts';
import { identifierOf } from './dice.ts';
import { leafOf, type Scene } from './scenes.ts';

export interface DemonstrationPerson {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly unitCode: string;
}

const roleWords: { readonly [R in Role]: string } = {
  clerk: '演示填报人', reviewer: '演示审核人', head: '演示签发人', coordinator: '演示统筹人', national_office: '演示总局经办', column_editor: '演示专栏编辑', column_publisher: '演示专栏审发',
  system_administrator: '演示系统管理员', security_administrator: '演示安全保密管理员', auditor: '演示审计员',
};

type Seat = Pick<Scene, 'unitCode' | 'shortName' | 'children'>;

export function personAt(seat: Seat, role: Role): DemonstrationPerson {
  const where = seat.unitCode === nationUnit ? '' : `（${seat.shortName}）`;
  return { accountId: identifierOf(`account ${role} ${seat.unitCode}`), name: `${roleWords[role]}${where}`, role, unitCode: seat.unitCode };
}

function rolesAt(seat: Seat): readonly Role[] {
  if (seat.unitCode === nationUnit) return ['national_office', 'reviewer', 'head', 'column_editor', 'column_publisher', 'system_administrator', 'security_administrator', 'auditor'];
  const column: readonly Role[] = seat.unitCode.endsWith('0000') ? ['column_editor', 'column_publisher'] : [];
  return [seat.children.length === 0 ? 'clerk' : 'coordinator', 'reviewer', 'head', ...column];
}

/** Who fills the unit's table and speaks for it towards the units below. */
export function fillerOf(scene: Scene): DemonstrationPerson {
  if (scene.unitCode === nationUnit) return personAt(scene, 'national_office');
  return personAt(scene, leafOf(scene) ? 'clerk' : 'coordinator');
}

/** Accounts with their roles, in two statements however many there are. */
export async function createPeople(tx: Tx, seats: readonly Scene[], now: Instant): Promise<number> {
  const people = seats.flatMap((seat) => rolesAt(seat).map((role) => personAt(seat, role)));
  const column = (of: (person: DemonstrationPerson) => string): string[] => people.map(of);
  await sql`
    insert into account (id, sign_in_name, display_name, duty, password_hash, disabled_at, demonstration, created_at)
    select id, sign_in_name, display_name, duty, null, null, true, ${now}::timestamptz
    from unnest(${column(({ accountId }) => accountId)}::text[], ${column(({ role, unitCode }) => `demonstration.${role}.${unitCode}`)}::text[], ${column(({ name }) => name)}::text[],
      ${column(({ role }) => dutyOf(role))}::text[]) as t(id, sign_in_name, display_name, duty)`.execute(tx);
  await sql`
    insert into role_grant (account_id, role, unit_code, duty)
    select * from unnest(${column(({ accountId }) => accountId)}::text[], ${column(({ role }) => role)}::text[], ${column(({ unitCode }) => unitCode)}::text[], ${column(({ role }) => dutyOf(role))}::text[])`.execute(tx);
  // Each head has gone through the accounts before June.
  const heads = people.filter(({ role }) => role === 'head');
  await sql`
    insert into attestation (id, unit_code, year, attested_by, attested_by_name, at)
    select 'attestation ' || account_id, unit_code, ${Number(now.slice(0, 4))}, account_id, name, ${`${now.slice(0, 4)}-05-22T10:00:00.000+08:00`}::timestamptz
    from unnest(${heads.map(({ accountId }) => accountId)}::text[], ${heads.map(({ name }) => name)}::text[], ${heads.map(({ unitCode }) => unitCode)}::text[]) as t(account_id, name, unit_code)`.execute(tx);
  return people.length;
}

export interface DemonstrationLink {
  readonly name: string;
  readonly role: Role | 'enterprise';
  readonly unitCode: string;
  /** Path with the token behind `#`. */
  readonly signInPath: string;
}

/**
 * A fresh one-time link for each role along one line of the tree: the county with the most people's eyes on it, every unit
 * above it, and the three administrators. Earlier unused links of these accounts end. Empty without demonstration accounts.
 */
export async function createDemonstrationLinks(tx: Tx, line: readonly string[], now: Instant): Promise<DemonstrationLink[]> {
  const { rows } = await sql<{ accountId: string; name: string; role: Role; unitCode: string }>`
    select a.id as account_id, a.display_name as name, g.role, g.unit_code
    from account a join role_grant g on g.account_id = a.id
    where a.demonstration and a.disabled_at is null and g.unit_code = any(${line}::text[])
    order by array_position(${line}::text[], g.unit_code), array_position(array['clerk', 'coordinator', 'national_office', 'reviewer', 'head', 'column_editor', 'column_publisher', 'system_administrator', 'security_administrator', 'auditor'], g.role), a.id`.execute(tx);
  const links: DemonstrationLink[] = [];
  for (const { accountId, ...person } of rows) {
    const { signInPath, expiresAt } = await replaceSignInLink(tx, accountId, now);
    const record = { action: 'people.create_sign_in_link', unitCode: person.unitCode, subjectKind: 'account', subjectId: accountId, after: { expiresAt }, basis: 'demonstration_start' };
    await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
    links.push({ ...person, signInPath });
  }
  return [...links, ...(await createFirmLinks(tx, line, now))];
}

/** Enterprises with an account at a unit of the line come in by a code, without a password. */
async function createFirmLinks(tx: Tx, line: readonly string[], now: Instant): Promise<DemonstrationLink[]> {
  const { rows } = await sql<{ accountId: string; name: string; uscc: string; unitCode: string }>`
    select a.id as account_id, a.display_name as name, a.sign_in_name as uscc, e.unit_code from account a join enterprise_account e on e.account_id = a.id
    where a.demonstration and a.disabled_at is null and e.unit_code = any(${line}::text[]) order by a.sign_in_name limit 2`.execute(tx);
  const links: DemonstrationLink[] = [];
  for (const { accountId, name, uscc, unitCode } of rows) {
    const plain = newCode();
    const expiresAt = codeEnd(now);
    await saveCode(tx, accountId, hashOfCode(plain), expiresAt);
    const record = { action: 'enterprise_accounts.make_code', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { expiresAt }, basis: 'demonstration_start' };
    await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
    links.push({ name, role: 'enterprise', unitCode, signInPath: `/firm/start?uscc=${uscc}#${printedCode(plain)}` });
  }
  return links;
}
