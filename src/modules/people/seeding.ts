// Accounts made by the installation itself: the first administrator, and the people of a demonstration.
// There is no default password: whoever is made gets a one-time link.
import { randomUUID } from 'node:crypto';
import { saveAudit } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import { findNationalAdministrator, type NewAccount, replaceSignInLink, saveNewAccount } from './queries.ts';

export interface LinkedAccount {
  readonly accountId: string;
  /** Path with the token behind `#`; prefix the address of the installation. */
  readonly signInPath: string;
  readonly expiresAt: Instant;
}

/** An account without a password and its first one-time link. The caller checks the roles and leaves the audit record. */
export async function createAccountWithLink(tx: Tx, account: Omit<NewAccount, 'id'>, now: Instant): Promise<LinkedAccount> {
  const id = randomUUID();
  await saveNewAccount(tx, { ...account, id }, now);
  return { accountId: id, ...(await replaceSignInLink(tx, id, now)) };
}

/**
 * The way into a new installation: an administrator of the nation with a one-time link, to be printed where only the
 * operator reads. Called again before that person has set a password it gives a new link; afterwards null.
 */
export async function seedAdministrator(tx: Tx, now: Instant): Promise<LinkedAccount | null> {
  const existing = await findNationalAdministrator(tx);
  if (existing?.hasPassword === true) return null;
  const administrator =
    existing === undefined
      ? await createAccountWithLink(
          tx,
          { signInName: 'administrator', displayName: '系统管理员', grants: [{ role: 'administrator', unitCode: nationUnit }], demonstration: false },
          now,
        )
      : { accountId: existing.id, ...(await replaceSignInLink(tx, existing.id, now)) };
  const record = {
    action: existing === undefined ? 'people.create_account' : 'people.create_sign_in_link',
    unitCode: nationUnit,
    subjectKind: 'account',
    subjectId: administrator.accountId,
    after: { expiresAt: administrator.expiresAt },
    basis: 'first_run',
  };
  await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  return administrator;
}
