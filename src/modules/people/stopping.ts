// Ending what an account can do, from one moment to the next.
import type { Context } from '../../kernel/context.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { endSessions } from '../sign-in/sessions.ts';
import { endSignInLinks, saveDisabledAt } from './queries.ts';
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
