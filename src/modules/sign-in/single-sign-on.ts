// Signing in at a sign-in service, and linking the identity shown there to the own account. Network is asked before any transaction opens;
// what comes back is taken once, with the half of the challenge that never left the browser.
import { type Context, found, implement, implementInStages, type Implementation, type OutsideContext, raise } from '../../kernel/context.ts';
import type { SingleSignOn } from '../../kernel/site.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { findAccount } from '../people/queries.ts';
import { admit, arrive, homeOf } from './arriving.ts';
import { saveChallenge, takeChallenge } from './challenges.ts';
import * as contract from './contract/ways.ts';
import { findLinkedAccount, saveIdentityUse } from './factors.ts';
import { bindIdentity, releaseIdentity, serviceOf } from './keeping-keys.ts';
import { comeBackFrom, leaveFor, type Leaving, type ProvedIdentity, ProviderRefused, ProviderUnavailable } from './provider.ts';
import { findCredentials, listFactorKinds } from './queries.ts';
import { isEnrolled } from './rules/sessions.ts';
import { provedTwoFactors } from './rules/ways.ts';
import { textOf } from './verify-keys.ts';

type Left = Leaving & { readonly address: string };

const beginSingleSignOn = implementInStages(contract.beginSingleSignOn, leave, async (context, _input, left) => remember(context, left, null));

const finishSingleSignOn = implementInStages(
  contract.finishSingleSignOn,
  async (context, back) => comeBack(context, back, null),
  async (context, _input, identity) => {
    const { tx, now } = context;
    const accountId = await findLinkedAccount(tx, identity.issuer, identity.subject);
    if (accountId === undefined) raise(problem('identity_not_linked'));
    const credentials = await findCredentials(tx, { accountId });
    if (credentials === undefined || credentials.disabledAt !== null) raise(problem('sign_in_refused', { step: 'service' }));
    const held = { hasPassword: credentials.passwordHash !== null, kinds: await listFactorKinds(tx, accountId) };
    // Nothing set up yet, or all of it taken away: the way in is a link, which two people gave.
    if (!credentials.demonstration && !held.hasPassword && held.kinds.length === 0) raise(problem('refused_by_rule', { rule: 'link_first' }));
    await saveIdentityUse(tx, identity.issuer, identity.subject, now);
    if (!provedTwoFactors(identity, serviceOf(context).twoFactors)) return arrive(context, credentials, 'people.sign_in');
    // Two factors were proved there, so this is the way in; but what seals and grants are proved with here must exist all the same.
    const enrolling = !credentials.demonstration && !isEnrolled(held);
    const account = await admit(context, credentials, { action: 'people.sign_in', by: 'single_sign_on', enrolling, proved: !enrolling });
    return { state: enrolling ? 'enrolling' as const : 'open' as const, account };
  },
);

const beginLinking = implementInStages(contract.beginLinking, leave, async (context, _input, left) => remember(context, left, context.actor.accountId));

const linkOwnIdentity = implementInStages(
  contract.linkOwnIdentity,
  async (context, back) => comeBack(context, back, (context.actor ?? raise(problem('not_signed_in'))).accountId),
  async (context, _input, { issuer, subject, label }) => bindIdentity(context, { issuer, subject, label }, await ownAccount(context), null),
);

const unlinkOwnIdentity = implement(contract.unlinkOwnIdentity, async (context) => {
  await releaseIdentity(context, await ownAccount(context), null);
  return { done: true as const };
});

async function leave(context: OutsideContext): Promise<Left> {
  return asked(() => leaveFor(serviceOf(context), redirectUriOf(context)));
}

async function remember(context: Context, { address, ...leaving }: Left, accountId: string | null): Promise<{ challenge: string; address: string }> {
  const challenge = await saveChallenge(context.tx, { purpose: 'single_sign_on', accountId, content: { ...leaving } }, context.now);
  context.record({ action: 'sign_in.leave_for_service', unitCode: accountId === null ? nationUnit : homeOf(context.actor), subjectKind: 'account', subjectId: accountId ?? 'unknown' });
  return { challenge, address };
}

/** Who came back. What was kept for it is used up first: a second return with the same code finds nothing. */
async function comeBack(context: OutsideContext, back: { readonly challenge: string; readonly query: string }, accountId: string | null): Promise<ProvedIdentity> {
  const service: SingleSignOn = serviceOf(context);
  const challenge = await context.write(async (tx, record) => {
    record({ action: 'sign_in.back_from_service', unitCode: accountId === null ? nationUnit : homeOf({ grants: context.actor?.grants ?? [], enterpriseUnit: context.actor?.enterpriseUnit ?? null }), subjectKind: 'account', subjectId: accountId ?? 'unknown' });
    return takeChallenge(tx, back.challenge, 'single_sign_on', context.now);
  });
  // A return meant for signing in links nothing, and the other way round; nor does one somebody else set out for.
  if (challenge === undefined || challenge.accountId !== accountId) raise(problem('provider_refused'));
  const leaving = { state: textOf(challenge, 'state'), nonce: textOf(challenge, 'nonce'), verifier: textOf(challenge, 'verifier') };
  return asked(() => comeBackFrom(service, redirectUriOf(context), back.query, leaving));
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderUnavailable) raise(problem('provider_unavailable'));
    if (error instanceof ProviderRefused) raise(problem('provider_refused'));
    throw error;
  }
}

/** Registered at the service as it stands; a page of ours, which posts what it was led to with. */
function redirectUriOf({ site }: Pick<Context, 'site'>): string {
  return `${(site.publicUrl ?? '').replace(/\/+$/, '')}/sign-in/single-sign-on`;
}

async function ownAccount({ tx, actor }: Context) {
  return found(await findAccount(tx, actor.accountId), 'account', actor.accountId);
}

export const singleSignOnActions: readonly Implementation[] = [beginSingleSignOn, finishSingleSignOn, beginLinking, linkOwnIdentity, unlinkOwnIdentity];
