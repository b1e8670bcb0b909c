// Recovery codes: printed once, kept as hashes, each counts once. 120 bits of chance, so that a plain hash keeps them (ASVS V6.5.2).
import { randomBytes } from 'node:crypto';
import { hashToken } from '../../kernel/session-cookie.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { FactorContext } from './verify-factor.ts';
import type { RecoveryProof } from './model.ts';

const codesAtOnce = 10;
/** Without I, L, O and U: read aloud and copied by hand they stay what they are. 32 signs, five bits each. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten new codes; the ones before end. */
export async function replaceRecoveryCodes(tx: Tx, accountId: string, now: Instant): Promise<string[]> {
  await endRecoveryCodes(tx, accountId);
  const codes = Array.from({ length: codesAtOnce }, newCode);
  await tx.insertInto('recoveryCode').values(codes.map((code) => ({ codeHash: hashOf(accountId, code), accountId, createdAt: now }))).execute();
  return codes;
}

export async function endRecoveryCodes(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('recoveryCode').where('accountId', '=', accountId).execute();
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
  const { count } = await tx.selectFrom('recoveryCode').select((eb) => eb.fn.countAll<number>().as('count')).where('accountId', '=', accountId).where('usedAt', 'is', null).executeTakeFirstOrThrow();
  return count;
}

/** Whether it is a code of this account that was not used. It is used then. */
export async function verifyRecoveryCode({ tx, now }: FactorContext, accountId: string, { code }: RecoveryProof): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recoveryCode')
    .set({ usedAt: now })
    .where('codeHash', '=', hashOf(accountId, code))
    .where('accountId', '=', accountId)
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** `8Q2K-MN4T-7XPA-W3RB-5DHC-9VFE` */
function newCode(): string {
  const drawn = [...randomBytes(24)].map((byte) => signs[byte % signs.length] ?? '');
  return [0, 4, 8, 12, 16, 20].map((from) => drawn.slice(from, from + 4).join('')).join('-');
}

/** What looks alike is alike, as nobody knows which it was when reading one's own print. */
function hashOf(accountId: string, code: string): string {
  const plain = code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return hashToken(`recovery ${accountId} ${plain}`);
}
