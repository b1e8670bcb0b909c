// Accounts: who has one, who may come in.
import { type Actor, type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { endSessions } from '../sign-in/queries.ts';
import { findPlacement } from '../units/queries.ts';
import * as contract from './contract.ts';
import type { Account } from './model.ts';
import { endSignInLinks, findAccount, listAccountsAt, listGrantableUnits, lockAccount, replaceSignInLink, saveDisabledAt } from './queries.ts';
import { changeState, grantRoles } from './rules.ts';
import { createAccountWithLink } from './seeding.ts';

const listAccounts = implement(contract.listAccounts, async (context, { unitCode }) => {
  await authorise(context, 'manage_accounts', await getCurrentEdition(context), unitCode);
  return { accounts: await listAccountsAt(context.tx, unitCode) };
});

const createAccount = implement(contract.createAccount, async (context, { unitCode, signInName, displayName, roles }) => {
  const { tx, now } = context;
  const edition = await getCurrentEdition(context);
  const unitCodes = [...new Set([unitCode, ...roles.map((role) => role.unitCode)])];
  for (const code of unitCodes) await authorise(context, 'manage_accounts', edition, code);
  const grants = enforce(grantRoles(roles, await listGrantableUnits(tx, edition, unitCodes)));
  const { accountId, ...link } = await createAccountWithLink(tx, { signInName, displayName, grants, demonstration: false }, now);
  context.record({
    action: 'people.create_account', unitCode, subjectKind: 'account', subjectId: accountId,
    after: { signInName, displayName, grants: grants.map((grant) => ({ ...grant })) },
  });
  return { account: await getAccount(tx, accountId), ...link };
});

const setAccountState = implement(contract.setAccountState, async (context, { accountId, disabled, reason }) => {
  const { tx, actor, now } = context;
  const before = await authoriseAccount(context, accountId);
  enforce(changeState(actor.accountId, accountId));
  await saveDisabledAt(tx, accountId, disabled ? (before.disabledAt ?? now) : null);
  if (disabled) {
    await endSessions(tx, accountId, null);
    await endSignInLinks(tx, accountId);
  }
  forgetIdentity(accountId, now);
  context.record({
    action: disabled ? 'people.disable_account' : 'people.enable_account', unitCode: homeOf(before), subjectKind: 'account', subjectId: accountId,
    before: { signInName: before.signInName, disabledAt: before.disabledAt }, basis: reason,
  });
  return getAccount(tx, accountId);
});

const createSignInLink = implement(contract.createSignInLink, async (context, { accountId }) => {
  const account = await authoriseAccount(context, accountId);
  if (account.disabledAt !== null) raise(problem('refused_by_rule', { rule: 'account_disabled' }));
  const link = await replaceSignInLink(context.tx, accountId, context.now);
  context.record({
    action: 'people.create_sign_in_link', unitCode: homeOf(account), subjectKind: 'account', subjectId: accountId, after: { signInName: account.signInName, expiresAt: link.expiresAt },
  });
  return link;
});

/** Locks an account, if the caller may manage accounts at every unit it has a role at. */
async function authoriseAccount(context: Context, accountId: string): Promise<Account> {
  const { tx } = context;
  found(await lockAccount(tx, accountId), 'account', accountId);
  const account = await getAccount(tx, accountId);
  const edition = await getCurrentEdition(context);
  const unitCodes = account.grants.length === 0 ? [nationUnit] : account.grants.map((grant) => grant.unitCode);
  for (const unitCode of new Set(unitCodes)) {
    // A unit that is no more stands nowhere: then only the nation's administrators reach its people.
    const unit = (await findPlacement(tx, edition, unitCode)) ?? { unitCode, parentCode: null, depth: 0, p1: null, p2: null, p3: null };
    if (!may(context.actor, 'manage_accounts', unit)) raise(notManaged(unitCode));
  }
  return account;
}

function notManaged(unitCode: string): Problem {
  return problem('not_permitted', { verb: 'manage_accounts', unitCode });
}

async function getAccount(tx: Context['tx'], accountId: string): Promise<Account> {
  return found(await findAccount(tx, accountId), 'account', accountId);
}

async function getCurrentEdition({ tx }: Context): Promise<string> {
  return found(await findCurrentEditionCode(tx), 'edition', 'current');
}

function homeOf({ grants }: Pick<Actor, 'grants'>): string {
  return grants[0]?.unitCode ?? nationUnit;
}

export const peopleActions: readonly Implementation[] = [
  listAccounts, createAccount, setAccountState, createSignInLink,
];
