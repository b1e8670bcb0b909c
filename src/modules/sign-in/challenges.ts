// Challenges that wait for their answer: made by the server, kept as the hash of a handle, taken once, minutes long.
import type { Tx } from '../../kernel/database.ts';
import { hashToken, newToken } from '../../kernel/session-cookie.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Json } from '../../shared/problem.ts';
import { type ChallengePurpose, challengeEnd } from './rules/ways.ts';

export interface Challenge {
  readonly purpose: ChallengePurpose;
  /** Whose answer it waits for; null: anybody's, who is known by the answer. */
  readonly accountId: string | null;
  readonly content: { readonly [key: string]: Json };
}

/** Keeps a challenge and returns its handle, which is stored nowhere. */
export async function saveChallenge(tx: Tx, { purpose, accountId, content }: Challenge, now: Instant): Promise<string> {
  const handle = newToken();
  await tx.insertInto('signInChallenge').values({ handleHash: hashToken(handle), purpose, accountId, content: JSON.stringify(content), expiresAt: challengeEnd(purpose, now) }).execute();
  return handle;
}

/** Takes a challenge away for good; undefined when it is unknown, taken, too old or for something else. */
export async function takeChallenge(tx: Tx, handle: string, purpose: ChallengePurpose, now: Instant): Promise<Challenge | undefined> {
  const taken = await tx.deleteFrom('signInChallenge').where('handleHash', '=', hashToken(handle)).where('purpose', '=', purpose).returning(['accountId', 'content', 'expiresAt']).executeTakeFirst();
  if (taken === undefined || taken.expiresAt <= now) return undefined;
  return { purpose, accountId: taken.accountId, content: taken.content };
}

/** Deletes challenges nobody answered in time, so many at most; how many. */
export async function deleteEndedChallenges(tx: Tx, now: Instant, most: number): Promise<number> {
  const ended = tx.selectFrom('signInChallenge').select('handleHash').where('expiresAt', '<=', now).limit(most).forUpdate().skipLocked();
  const { numDeletedRows } = await tx.deleteFrom('signInChallenge').where('handleHash', 'in', ended).executeTakeFirst();
  return Number(numDeletedRows);
}
