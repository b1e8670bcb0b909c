// Tries at the two steps of signing in: counted before they are compared, forgotten when right. By name and step in the database; by
// address in memory, where only what was wrong counts: a whole bureau comes from one address.
import { sql } from 'kysely';
import { type OutsideContext, raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { saveNotice } from './notices.ts';
import { type Credentials, findCredentials } from './queries.ts';
import { addressTriesAllowed, addressWaitSeconds, addressWindow, closedForSeconds, triesAllowed } from './rules.ts';

export type Step = 'password' | 'second_factor';

/** The second factor tried in vain so often, somebody else may know the password: its holder is told. */
const triesTold = 3;

/**
 * Counts one try at a step of a name, known or not, and returns its account. The try stays when the request is refused, and is
 * taken back when it was right: counted first, a hundred tries at the same moment are five like any others.
 */
export async function countTry(context: OutsideContext, signInName: string, step: Step, beside?: (tx: Tx) => Promise<void>): Promise<Credentials | undefined> {
  const { now } = context;
  if (step === 'password') demandPatience(context.address, now);
  return context.write(async (tx, record) => {
    const tries = await lockTries(tx, signInName, step);
    const closed = closedForSeconds(tries, now);
    if (closed !== null) raise(problem('rate_limited', { retryAfterSeconds: closed }));
    const credentials = await findCredentials(tx, { signInName });
    await beside?.(tx);
    await saveTry(tx, { signInName, step }, now);
    if (step === 'second_factor' && credentials !== undefined && tries.filter((at) => epochOf(now) - epochOf(at) < addressWindow).length + 1 === triesTold) {
      await saveNotice(tx, credentials.accountId, 'second_step_failed', { tries: triesTold }, now);
    }
    // An unknown name is not written down: it may be a password typed into the wrong field.
    const subjectId = credentials?.accountId ?? 'unknown';
    const action = step === 'password' ? 'people.try_password' : 'sign_in.try_second_step';
    record({ action, unitCode: credentials?.homeUnit ?? nationUnit, subjectKind: 'account', subjectId });
    return credentials;
  });
}

/** When passwords from an address were wrong within the hour, the oldest first. Of this process alone, and never written down. */
const wrongFrom = new Map<string, Instant[]>();
const addressesKept = 20_000;

function demandPatience(address: string, now: Instant): void {
  const wrong = (wrongFrom.get(address) ?? []).filter((at) => epochOf(now) - epochOf(at) < addressWindow);
  const wait = addressWaitSeconds(wrong.length, wrong.at(-1) ?? null, now);
  if (wait !== null) raise(problem('rate_limited', { retryAfterSeconds: wait }));
}

/** A password from this address was wrong. Asked in process there is no address. */
export function noteWrong({ address, now }: Pick<OutsideContext, 'address' | 'now'>): void {
  if (address === '' || address === 'nowhere') return;
  const wrong = [...(wrongFrom.get(address) ?? []), now].slice(-(addressTriesAllowed + 10));
  // The one heard of longest ago goes first.
  wrongFrom.delete(address);
  if (wrongFrom.size >= addressesKept) for (const oldest of wrongFrom.keys()) { wrongFrom.delete(oldest); break; }
  wrongFrom.set(address, wrong);
}

/** The last tries at a step of a name, newest first. Holds others who try the same until the transaction ends. */
async function lockTries(tx: Tx, signInName: string, step: Step): Promise<Instant[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${step} ${signInName}`}, 0))`.execute(tx);
  const rows = await tx.selectFrom('signInAttempt').select('at').where('signInName', '=', signInName).where('step', '=', step).orderBy('at', 'desc').limit(triesAllowed).execute();
  return rows.map(({ at }) => at);
}

async function saveTry(tx: Tx, one: { readonly signInName: string; readonly step: Step }, now: Instant): Promise<void> {
  await tx.insertInto('signInAttempt').values({ ...one, at: now }).execute();
  // Old tries mean nothing any more; a few go with each new one, so that made-up names do not pile up.
  await sql`delete from sign_in_attempt where ctid = any(array(
    select ctid from sign_in_attempt where at < ${now}::timestamptz - interval '1 hour' order by at limit 20 for update skip locked))`.execute(tx);
}

export async function forgetTries(tx: Tx, signInName: string, step?: Step): Promise<void> {
  const all = tx.deleteFrom('signInAttempt').where('signInName', '=', signInName);
  await (step === undefined ? all : all.where('step', '=', step)).execute();
}

/** Wrong tries of the whole installation within the last hour. */
export async function countTries(tx: Tx, now: Instant): Promise<number> {
  const { count } = await tx.selectFrom('signInAttempt').select((eb) => eb.fn.countAll<number>().as('count')).where('at', '>', instantOf(epochOf(now) - addressWindow)).executeTakeFirstOrThrow();
  return count;
}

/** Deletes tries of before a moment, so many at most; how many. */
export async function deleteTriesBefore(tx: Tx, before: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from sign_in_attempt where ctid = any(array(select ctid from sign_in_attempt where at < ${before} order by at limit ${most} for update skip locked))`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
