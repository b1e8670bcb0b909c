// What a security administrator binds to other people's accounts: UKeys, and identities of the sign-in service. Never to the own account.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import type { SingleSignOn } from '../../kernel/site.ts';
import { problem } from '../../shared/problem.ts';
import { may } from '../access/rules.ts';
import type { Account } from '../people/model.ts';
import { authoriseAccount, getAccount, getCurrentEdition, placeUnits, unitsOf } from '../people/reach.ts';
import { homeOf } from './arriving.ts';
import * as contract from './contract/ways.ts';
import { deleteIdentity, deleteUkey, findIdentity, findLinkedAccount, isUkeyKnown, listUkeyViews, saveNewIdentity, saveNewUkey } from './factors.ts';
import type { IdentityView } from './model/ways.ts';
import { saveNotice } from './notices.ts';
import { clearPassword, listFactorKinds } from './queries.ts';
import { isValidAt } from './rules/ways.ts';
import { endSessions } from './sessions.ts';
import { readUkeyKey } from './ukeys.ts';
import { forgetIdentity } from './identity.ts';

/** Looking at another's ways to sign in is told of in the trail, though nothing changes. */
const listWaysOf = implementInStages(contract.listWaysOf, async (context, { accountId }) => {
  const actor = context.actor ?? raise(problem('not_signed_in'));
  await context.write(async (tx, record) => {
    const account = await authoriseLook({ tx, actor }, accountId);
    record({ action: 'sign_in.look_at_ways', unitCode: homeOf(account), subjectKind: 'account', subjectId: accountId, after: { signInName: account.signInName } });
  });
}, async (context, { accountId }) => {
  const { tx, site } = context;
  const { signInName, displayName } = await authoriseLook(context, accountId);
  return { signInName, displayName, ukeys: await listUkeyViews(tx, accountId), identity: site.singleSignOn === null ? null : ((await findIdentity(tx, accountId, site.singleSignOn.issuer)) ?? null) };
});

const registerUkey = implement(contract.registerUkey, async (context, { accountId, name, key }) => {
  const { tx, actor, now } = context;
  const account = await othersAccount(context, accountId);
  const read = readUkeyKey(key) ?? raise(problem('refused_by_rule', { rule: 'ukey_unreadable' }));
  if (!isValidAt(read, now)) raise(problem('refused_by_rule', { rule: 'ukey_expired' }));
  if (await isUkeyKnown(tx, read.fingerprint)) raise(problem('duplicate', { kind: 'ukey' }));
  const id = randomUUID();
  await saveNewUkey(tx, { ...read, id, accountId, name }, actor, now);
  await saveNotice(tx, accountId, 'factor_added', { kind: 'ukey', name }, now);
  context.record({ action: 'sign_in.register_ukey', unitCode: homeOf(account), subjectKind: 'account', subjectId: accountId, after: { name, fingerprint: read.fingerprint, subject: read.subject } });
  return found((await listUkeyViews(tx, accountId)).find((one) => one.id === id), 'factor', id);
});

const removeUkey = implement(contract.removeUkey, async (context, { accountId, id, reason }) => {
  const { tx, now } = context;
  const account = await othersAccount(context, accountId);
  const gone = found(await deleteUkey(tx, accountId, id), 'factor', id);
  // Lost, it may be in other hands: what was opened with it closes. Whoever has no other factor comes back by recovery, not by the
  // password alone.
  if ((await listFactorKinds(tx, accountId)).length === 0) await clearPassword(tx, accountId, now);
  await endSessions(tx, accountId, null, { why: 'account_changed', now });
  forgetIdentity(accountId, now);
  await saveNotice(tx, accountId, 'factor_removed', { kind: 'ukey', name: gone.name }, now);
  context.record({ action: 'sign_in.remove_ukey', unitCode: homeOf(account), subjectKind: 'account', subjectId: accountId, before: { ...gone }, basis: reason });
  return { done: true as const };
});

const linkIdentity = implement(contract.linkIdentity, async (context, { accountId, subject, label, reason }) => {
  const account = await othersAccount(context, accountId);
  return bindIdentity(context, { issuer: serviceOf(context).issuer, subject, label }, account, reason);
});

const unlinkIdentity = implement(contract.unlinkIdentity, async (context, { accountId, reason }) => {
  const account = await othersAccount(context, accountId);
  await releaseIdentity(context, account, reason);
  return { done: true as const };
});

/** From now on this identity opens this account. An identity opens one account, an account is opened by one identity. */
export async function bindIdentity(context: Context, identity: { readonly issuer: string; readonly subject: string; readonly label: string }, account: Pick<Account, 'id' | 'grants'>, reason: string | null): Promise<IdentityView> {
  const { tx, actor, now } = context;
  const taken = (await findLinkedAccount(tx, identity.issuer, identity.subject)) ?? (await findIdentity(tx, account.id, identity.issuer));
  if (taken !== undefined) raise(problem('duplicate', { kind: 'identity' }));
  await saveNewIdentity(tx, { ...identity, accountId: account.id }, actor, now);
  await saveNotice(tx, account.id, 'identity_linked', { name: identity.label }, now);
  context.record({ action: 'sign_in.link_identity', unitCode: homeOf(account), subjectKind: 'account', subjectId: account.id, after: { ...identity }, basis: reason });
  return found(await findIdentity(tx, account.id, identity.issuer), 'identity', account.id);
}

export async function releaseIdentity(context: Context, account: Pick<Account, 'id' | 'grants'>, reason: string | null): Promise<void> {
  const { tx, now } = context;
  const { issuer } = serviceOf(context);
  const gone = found(await deleteIdentity(tx, account.id, issuer), 'identity', account.id);
  await saveNotice(tx, account.id, 'identity_unlinked', { name: gone.label }, now);
  context.record({ action: 'sign_in.unlink_identity', unitCode: homeOf(account), subjectKind: 'account', subjectId: account.id, before: { issuer, ...gone }, basis: reason });
}

export function serviceOf({ site }: Pick<Context, 'site'>): SingleSignOn {
  return (site.publicUrl === null ? null : site.singleSignOn) ?? raise(problem('refused_by_rule', { rule: 'single_sign_on_off' }));
}

/** As `authoriseAccount`, without holding the account: a look locks nothing. */
async function authoriseLook(context: Pick<Context, 'tx' | 'actor'>, accountId: string): Promise<Account> {
  const account = await getAccount(context, accountId);
  for (const unit of await placeUnits(context, await getCurrentEdition(context), unitsOf(account))) {
    if (!may(context.actor, 'keep_keys', unit)) raise(problem('not_permitted', { verb: 'keep_keys', unitCode: unit.unitCode }));
  }
  return account;
}

async function othersAccount(context: Context, accountId: string): Promise<Account> {
  const account = await authoriseAccount(context, 'keep_keys', accountId);
  if (context.actor.accountId === accountId) raise(problem('refused_by_rule', { rule: 'own_keys' }));
  return account;
}

export const keyKeepingActions: readonly Implementation[] = [listWaysOf, registerUkey, removeUkey, linkIdentity, unlinkIdentity];
