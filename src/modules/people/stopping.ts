// Ending what an account can do, from one moment to the next; and writing down those whose day has come.
import { randomUUID } from 'node:crypto';
import { saveAudit } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { disableEnded, endSignInLinks, saveDisabledAt } from './queries.ts';
import { getAccount, personOf } from './reach.ts';
import { withdrawPendingOf } from './requests.ts';
import { revokeAllOf } from './substitutions.ts';

/** Everything an account could still do ends at once: sessions, links, substitutions, what is proposed for it. */
export async function stopAccount(context: Pick<Context, 'tx' | 'actor' | 'now'>, accountId: string): Promise<void> {
  const { tx, now } = context;
  const account = await getAccount(context, accountId);
  await saveDisabledAt(tx, accountId, account.disabledAt ?? now);
  await endSessions(tx, accountId, null, { why: 'account_changed', now });
  await endSignInLinks(tx, accountId);
  await withdrawPendingOf(tx, accountId, personOf(context), now);
  for (const substituteId of await revokeAllOf(tx, accountId, personOf(context), now)) forgetIdentity(substituteId, now);
  forgetIdentity(accountId, now);
}

/** Leavers whose day has come are disabled for good, each with its record; nobody could come in with them since. So many at most; how many. */
export async function endLeavers(tx: Tx, now: Instant, most: number): Promise<number> {
  const ended = await disableEnded(tx, now, most);
  const records = ended.map(({ accountId, unitCode }) => ({ action: 'people.disable_account', unitCode, subjectKind: 'account', subjectId: accountId, basis: 'left' }));
  if (records.length > 0) await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, records);
  for (const { accountId } of ended) forgetIdentity(accountId, now);
  return ended.length;
}
