// Accounts of a unit: the list with all that waits at it, stopping and restoring, one-time links, roles taken away.
import { found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { verbsAt } from '../access/rules.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { attestingActions } from './attesting.ts';
import * as contract from './contract.ts';
import { grantingActions } from './granting.ts';
import { deleteGrant, findListed, listListedAt, replaceSignInLink, saveDisabledAt } from './queries.ts';
import { authoriseAccount, enforceEnding, getAccount, getCurrentEdition, homeOf } from './reach.ts';
import { recoveringActions } from './recovering.ts';
import { attestationDue, changeState, mayPropose, yearOf } from './rules.ts';
import { stopAccount } from './stopping.ts';
import { substitutingActions } from './substituting.ts';
import { findAttestation, listSubstitutionsAt, listUnattested } from './substitutions.ts';
import { listWaiting } from './waiting.ts';

const listAccounts = implement(contract.listAccounts, async (context, { unitCode }) => {
  const { tx, actor, now } = context;
  const edition = await getCurrentEdition(context);
  const unit = await authorise(context, 'read_accounts', edition, unitCode);
  const today = dateOf(now);
  return {
    accounts: await listListedAt(tx, unitCode, now),
    ...(await listWaiting(context, edition, unitCode)),
    substitutions: await listSubstitutionsAt(tx, unitCode, now),
    attestation: (await findAttestation(tx, unitCode, yearOf(today))) ?? null,
    attestationDue: attestationDue(today),
    unattestedBelow: await listUnattested(tx, edition, unitCode, yearOf(today)),
    may: verbsAt(actor, unit),
  };
});

const setAccountState = implement(contract.setAccountState, async (context, { accountId, disabled, reason }) => {
  const { tx, actor, now } = context;
  const before = await authoriseAccount(context, 'manage_accounts', accountId);
  enforce(changeState(actor.accountId, accountId));
  const listed = found(await findListed(tx, accountId, now), 'account', accountId);
  // Enabling would put an invitation into use that nobody has approved.
  if (!disabled && listed.invited) raise(problem('refused_by_rule', { rule: 'not_approved_yet' }));
  if (disabled) await enforceEnding(context, accountId, before.grants);
  if (disabled) await stopAccount(context, accountId);
  else await saveDisabledAt(tx, accountId, null);
  forgetIdentity(accountId, now);
  context.record({
    action: disabled ? 'people.disable_account' : 'people.enable_account', unitCode: homeOf(before), subjectKind: 'account', subjectId: accountId,
    before: { signInName: before.signInName, disabledAt: before.disabledAt }, basis: reason,
  });
  return found(await findListed(tx, accountId, now), 'account', accountId);
});

const createSignInLink = implement(contract.createSignInLink, async (context, { accountId }) => {
  const account = await authoriseAccount(context, 'manage_accounts', accountId);
  const listed = found(await findListed(context.tx, accountId, context.now), 'account', accountId);
  if (listed.invited) raise(problem('refused_by_rule', { rule: 'not_approved_yet' }));
  if (account.disabledAt !== null) raise(problem('refused_by_rule', { rule: 'account_disabled' }));
  // A link to an account in use would let one person in as another: that takes two (recovery).
  if (listed.activated) raise(problem('refused_by_rule', { rule: 'account_activated' }));
  const link = await replaceSignInLink(context.tx, accountId, context.now);
  context.record({
    action: 'people.create_sign_in_link', unitCode: homeOf(account), subjectKind: 'account', subjectId: accountId, after: { signInName: account.signInName, expiresAt: link.expiresAt },
  });
  return link;
});

const takeRole = implement(contract.takeRole, async (context, { accountId, role, unitCode, reason }) => {
  const { tx, actor, now } = context;
  const unit = await authorise(context, 'manage_accounts', await getCurrentEdition(context), unitCode);
  if (!mayPropose(actor, { role, unit })) raise(problem('not_permitted', { verb: 'manage_accounts', unitCode }));
  enforce(changeState(actor.accountId, accountId));
  await enforceEnding(context, accountId, [{ role, unitCode }]);
  const account = await getAccount(context, accountId);
  if (!(await deleteGrant(tx, accountId, { role, unitCode }))) raise(problem('not_found', { kind: 'role', id: role }));
  forgetIdentity(accountId, now);
  context.record({ action: 'people.take_role', unitCode, subjectKind: 'account', subjectId: accountId, before: { signInName: account.signInName, role, unitCode }, basis: reason });
  return { done: true as const };
});

export const peopleActions: readonly Implementation[] = [
  listAccounts, setAccountState, createSignInLink, takeRole, ...grantingActions, ...recoveringActions, ...substitutingActions, ...attestingActions,
];
