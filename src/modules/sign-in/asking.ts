// Challenges asked for on the way in, or by somebody who is in: for a passkey of this site, or a UKey of the account.
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { newToken } from '../../kernel/session-cookie.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { saveChallenge } from './challenges.ts';
import * as contract from './contract/ways.ts';
import { listPasskeys, listUsableUkeys } from './factors.ts';
import { passkeyToUse } from './passkeys.ts';
import { type Credentials, findCredentials } from './queries.ts';
import { relyingPartyOf, type RelyingParty, ukeyText } from './rules/ways.ts';
import { lockTicket } from './sessions.ts';

const listWays = implement(contract.listWays, async ({ site }) => ({
  passkeys: relyingPartyOf(site.publicUrl)?.id ?? null,
  singleSignOn: site.singleSignOn === null || site.publicUrl === null ? null : { name: site.singleSignOn.name },
  ukeyService: site.ukeyService,
}));

const askPasskey = implement(contract.askPasskey, async (context, { ticket }) => {
  const { tx, now, site } = context;
  const party = partyOf(site);
  const asker = await askerOf(context, ticket);
  const options = await passkeyToUse(party, asker === null ? [] : await listPasskeys(tx, asker.accountId));
  const challenge = await saveChallenge(tx, { purpose: 'passkey', accountId: asker?.accountId ?? null, content: { challenge: options.challenge } }, now);
  context.record({ action: 'sign_in.ask_passkey', unitCode: asker?.homeUnit ?? nationUnit, subjectKind: 'account', subjectId: asker?.accountId ?? 'unknown' });
  return { challenge, options: { ...options } };
});

const askUkey = implement(contract.askUkey, async (context, { ticket }) => {
  const { tx, now, site } = context;
  const asker = (await askerOf(context, ticket)) ?? raise(problem('sign_in_refused'));
  const ukeys = await listUsableUkeys(tx, asker.accountId, now);
  if (ukeys.length === 0) raise(problem('refused_by_rule', { rule: 'no_ukey' }));
  const text = ukeyText({ site: site.publicUrl ?? 'localhost', accountId: asker.accountId, nonce: newToken(), at: now });
  const challenge = await saveChallenge(tx, { purpose: 'ukey', accountId: asker.accountId, content: { text } }, now);
  context.record({ action: 'sign_in.ask_ukey', unitCode: asker.homeUnit, subjectKind: 'account', subjectId: asker.accountId });
  return { challenge, text, publicKeys: ukeys.map(({ publicKey }) => publicKey) };
});

/** Who asks: the holder of a ticket, else whoever is signed in, else nobody yet known. */
async function askerOf({ tx, now, actor }: Context, ticket: string | null): Promise<Credentials | null> {
  if (ticket === null) return actor.accountId === '' ? null : found(await findCredentials(tx, { accountId: actor.accountId }), 'account', actor.accountId);
  const held = await lockTicket(tx, ticket, now);
  const credentials = held === undefined ? undefined : await findCredentials(tx, { accountId: held.accountId });
  return credentials ?? raise(problem('wrong_state', { state: 'ticket_ended' }));
}

/** Who asks for passkeys here; where nobody can, it is said and not tried. */
export function partyOf({ publicUrl }: Pick<Context['site'], 'publicUrl'>): RelyingParty {
  return relyingPartyOf(publicUrl) ?? raise(problem('refused_by_rule', { rule: 'passkeys_unavailable' }));
}

export const askingActions: readonly Implementation[] = [listWays, askPasskey, askUkey];
