// Codes of an authenticator app (RFC 6238): one step of 30 seconds to either side, each step once. The secret lies wrapped.
import { randomBytes, randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';
import { systemClock } from '../../kernel/clock.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import type { Tx } from '../../kernel/database.ts';
import { epochOf, type Instant } from '../../shared/instant.ts';
import type { FactorContext } from './verify-factor.ts';
import type { TotpProof } from './model.ts';

/** What every authenticator app knows; others are read by few, and an app that takes SHA-256 for SHA-1 says nothing. */
const period = 30;
const shape = { algorithm: 'SHA1', digits: 6, period } as const;
const issuer = '商业秘密保护服务月';

const boundOf = (accountId: string, id: string): string => `totp/${accountId}/${id}`;

export interface NewTotp {
  readonly id: string;
  /** For typing, in base32. */
  readonly secret: string;
  /** `otpauth://…` */
  readonly address: string;
  /** The address as a code to be photographed. */
  readonly squares: string[];
}

/** Keeps a new secret; it counts nothing until confirmed. Unconfirmed ones of before go. */
export async function saveNewTotp(tx: Tx, secrets: Secrets, holder: { readonly accountId: string; readonly signInName: string }, name: string, now: Instant): Promise<NewTotp> {
  const { accountId, signInName } = holder;
  await tx.deleteFrom('totp').where('accountId', '=', accountId).where('confirmedAt', 'is', null).execute();
  const id = randomUUID();
  const bytes = randomBytes(20);
  const wrapped = await secrets.wrap(bytes, boundOf(accountId, id));
  await tx.insertInto('totp').values({ id, accountId, name, secret: wrapped, lastStep: 0, createdAt: now, confirmedAt: null }).execute();
  const totp = new TOTP({ ...shape, issuer, label: signInName, secret: new Secret({ buffer: new Uint8Array(bytes).buffer }) });
  const address = totp.toString();
  return { id, secret: totp.secret.base32, address, squares: squaresOf(address) };
}

/** The first code of a new secret; whether it was right. */
export async function confirmNewTotp(context: FactorContext, accountId: string, id: string, code: string): Promise<boolean> {
  const kept = await context.tx.selectFrom('totp').select(['id', 'secret', 'lastStep']).where('id', '=', id).where('accountId', '=', accountId).where('confirmedAt', 'is', null).forUpdate().executeTakeFirst();
  if (kept === undefined || !(await useStep(context, accountId, kept, code))) return false;
  await context.tx.updateTable('totp').set({ confirmedAt: context.now }).where('id', '=', id).execute();
  return true;
}

/** Whether a code is right for one of the account's secrets, and of a step that was not used. It is used then. */
export async function verifyTotp(context: FactorContext, accountId: string, { code }: TotpProof): Promise<boolean> {
  const kept = await context.tx.selectFrom('totp').select(['id', 'secret', 'lastStep']).where('accountId', '=', accountId).where('confirmedAt', 'is not', null).orderBy('id').forUpdate().execute();
  for (const one of kept) if (await useStep(context, accountId, one, code)) return true;
  return false;
}

interface Kept {
  readonly id: string;
  readonly secret: string;
  readonly lastStep: number;
}

async function useStep({ tx, secrets, now, demonstration }: FactorContext, accountId: string, { id, secret, lastStep }: Kept, code: string): Promise<boolean> {
  const bytes = await secrets.unwrap(secret, boundOf(accountId, id));
  // A telephone keeps today's time, also where a demonstration keeps another.
  const timestamp = epochOf(demonstration ? systemClock.now() : now);
  const delta = new TOTP({ ...shape, secret: new Secret({ buffer: new Uint8Array(bytes).buffer }) }).validate({ token: code, window: 1, timestamp });
  if (delta === null) return false;
  const step = Math.floor(timestamp / 1000 / period) + delta;
  if (step <= lastStep) return false;
  await tx.updateTable('totp').set({ lastStep: step, lastUsedAt: now }).where('id', '=', id).execute();
  return true;
}

function squaresOf(text: string): string[] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  return Array.from({ length: modules.size }, (_row, y) => Array.from({ length: modules.size }, (_square, x) => (modules.get(y, x) ? '1' : '0')).join(''));
}
