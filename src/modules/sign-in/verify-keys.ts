// Whether a passkey or a UKey proves that the holder of an account is there. Its challenge goes with the act it was given for: once.
import { listPasskeys, findUkey, savePasskeyUse, saveUkeyUse } from './factors.ts';
import { type Challenge, takeChallenge } from './challenges.ts';
import type { PasskeyProof, UkeyProof } from './model/ways.ts';
import { usedPasskey } from './passkeys.ts';
import { isValidAt, relyingPartyOf } from './rules/ways.ts';
import { isSignedBy } from './ukeys.ts';
import type { FactorContext, FactorVerifier } from './verify-factor.ts';

export const verifyPasskey: FactorVerifier<PasskeyProof> = async (context, accountId, { challenge: handle, answer }) => {
  const challenge = await takeChallenge(context.tx, handle, 'passkey', context.now);
  if (challenge?.accountId !== accountId) return false;
  const known = (await listPasskeys(context.tx, accountId)).find(({ credentialId }) => credentialId === answer.id);
  return known !== undefined && countedUse(context, challenge, known, answer);
};

export const verifyUkey: FactorVerifier<UkeyProof> = async ({ tx, now }, accountId, { challenge: handle, publicKey, signature }) => {
  const challenge = await takeChallenge(tx, handle, 'ukey', now);
  if (challenge?.accountId !== accountId) return false;
  const known = await findUkey(tx, accountId, publicKey);
  if (known === undefined || !isValidAt(known, now)) return false;
  if (!isSignedBy(known.publicKey, textOf(challenge, 'text'), signature)) return false;
  await saveUkeyUse(tx, known.id, now);
  return true;
};

/** Whether a passkey answers a challenge, and its counter has grown; the use is counted. */
export async function countedUse({ tx, now, site }: Pick<FactorContext, 'tx' | 'now' | 'site'>, challenge: Challenge, known: Parameters<typeof usedPasskey>[2], answer: PasskeyProof['answer']): Promise<boolean> {
  const party = relyingPartyOf(site.publicUrl);
  if (party === null) return false;
  const counter = await usedPasskey(party, textOf(challenge, 'challenge'), known, answer);
  return counter !== null && savePasskeyUse(tx, known, counter, now);
}

export function textOf({ content }: Challenge, name: string): string {
  const value = content[name];
  if (typeof value !== 'string') throw new Error(`a challenge without ${name}`);
  return value;
}
