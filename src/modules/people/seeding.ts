// Accounts made by the installation itself: the first three administrators, and the people of a demonstration.
// There is no default password: whoever is made gets a one-time link.
import { randomUUID } from 'node:crypto';
import { saveAudit } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Role } from '../access/model.ts';
import { dutyOf } from '../access/rules/duties.ts';
import { findNationalAdministrator, isNameTaken, replaceSignInLink, saveGrants, saveNewAccount } from './queries.ts';

export interface LinkedAccount {
  readonly accountId: string;
  /** Path with the token behind `#`; prefix the address of the installation. */
  readonly signInPath: string;
  readonly expiresAt: Instant;
}

/** 三员: whoever else works here is invited. */
const three = [
  { role: 'system_administrator', displayName: '系统管理员' },
  { role: 'security_administrator', displayName: '安全保密管理员' },
  { role: 'auditor', displayName: '审计员' },
] as const;

export interface LinkedAdministrator extends LinkedAccount {
  readonly role: Role;
  readonly displayName: string;
}

/**
 * The way into a new installation: the nation's three administrators, each with a one-time link, to be printed where only
 * the operator reads. Called again it gives a new link to those who have not set a password yet, and to nobody else.
 */
export async function seedAdministrators(tx: Tx, now: Instant): Promise<LinkedAdministrator[]> {
  const linked: LinkedAdministrator[] = [];
  for (const { role, displayName } of three) {
    const account = await seedAdministrator(tx, role, displayName, now);
    if (account !== null) linked.push({ role, displayName, ...account });
  }
  return linked;
}

async function seedAdministrator(tx: Tx, role: Role, displayName: string, now: Instant): Promise<LinkedAccount | null> {
  const existing = await findNationalAdministrator(tx, role);
  if (existing?.hasPassword === true) return null;
  // Somebody disabled the first one and named nobody after: whoever restarts the server does not become one of the three by that.
  if (existing === undefined && (await isNameTaken(tx, role))) return null;
  const account =
    existing === undefined
      ? await createAdministrator(tx, role, displayName, now)
      : { accountId: existing.id, ...(await replaceSignInLink(tx, existing.id, now)) };
  const record = {
    action: existing === undefined ? 'people.create_account' : 'people.create_sign_in_link',
    unitCode: nationUnit, subjectKind: 'account', subjectId: account.accountId, after: { role, expiresAt: account.expiresAt }, basis: 'first_run',
  };
  await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  return account;
}

async function createAdministrator(tx: Tx, role: Role, displayName: string, now: Instant): Promise<LinkedAccount> {
  const id = randomUUID();
  await saveNewAccount(tx, { id, signInName: role, displayName, duty: dutyOf(role), demonstration: false, disabledAt: null }, now);
  await saveGrants(tx, id, [{ role, unitCode: nationUnit }]);
  return { accountId: id, ...(await replaceSignInLink(tx, id, now)) };
}
