// Who comes in and who may. A refusal never says whether a name exists; a wrong password is counted before it is compared.
import { type Actor, type Context, found, implement, implementInStages, type Implementation, type OutsideContext, raise } from '../../kernel/context.ts';
import { version } from '../../kernel/package-root.ts';
import { enforce } from '../../shared/decision.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { findPlacement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { forgetIdentity } from './identity.ts';
import type { Account } from './model.ts';
import { hashPassword, isPassword } from './passwords.ts';
import {
  type Credentials, endSession, endSessions, endSignInLinks, findAccount, findCredentials, forgetTries, listAccountsAt, listGrantableUnits, lockAccount,
  lockTries, openSession, replaceSignInLink, saveDisabledAt, savePassword, savePasswordAfter, saveTry, takeSignInLink,
} from './queries.ts';
import { changeState, choosePassword, closedForSeconds, grantRoles } from './rules.ts';
import { createAccountWithLink } from './seeding.ts';

const getInstallation = implement(contract.getInstallation, async ({ tx, now, demonstration }) => ({
  serverTime: now,
  demonstration,
  currentEdition: (await findCurrentEditionCode(tx)) ?? null,
  version,
}));

const whoAmI = implement(contract.whoAmI, async ({ tx, actor, now, demonstration }) => ({
  account: await getAccount(tx, actor.accountId),
  serverTime: now,
  demonstration,
  currentEdition: (await findCurrentEditionCode(tx)) ?? null,
}));

const signIn = implementInStages(
  contract.signIn,
  async (context, { signInName, password }) => {
    const credentials = await countTry(context, signInName);
    const right = await isPassword(credentials?.passwordHash ?? null, password);
    if (credentials === undefined || !right || credentials.disabledAt !== null) raise(problem('sign_in_refused'));
    return credentials;
  },
  async (context, _input, { accountId, signInName, version: seen }) => {
    const credentials = await findCredentials(context.tx, { accountId });
    // Disabled, or given another password, between the comparison and now.
    if (credentials === undefined || credentials.disabledAt !== null || credentials.version !== seen) raise(problem('sign_in_refused'));
    await forgetTries(context.tx, signInName);
    return admit(context, credentials, 'people.sign_in');
  },
);

const redeemSignInLink = implement(contract.redeemSignInLink, async (context, { token }) => {
  const { tx, now } = context;
  const accountId = await takeSignInLink(tx, token, now);
  const credentials = accountId === undefined ? undefined : await findCredentials(tx, { accountId });
  if (credentials === undefined || credentials.disabledAt !== null) raise(problem('sign_in_refused'));
  // A link is the way back for who forgot the password, or fears that another knows it: nothing from before stays valid.
  await savePassword(tx, credentials.accountId, null);
  await endSessions(tx, credentials.accountId, null);
  forgetIdentity(credentials.accountId, now);
  await forgetTries(tx, credentials.signInName);
  return admit(context, credentials, 'people.use_sign_in_link');
});

const signOut = implement(contract.signOut, async (context) => {
  const { tx, actor, now } = context;
  await endSession(tx, actor.sessionHash);
  forgetIdentity(actor.accountId, now);
  context.setSession(null);
  context.record({ action: 'people.sign_out', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { done: true as const };
});

const changePassword = implementInStages(
  contract.changePassword,
  async (context, { current, next }) => {
    const accountId = context.actor?.accountId ?? raise(problem('not_signed_in'));
    const own = found(await context.read((tx) => findCredentials(tx, { accountId })), 'account', accountId);
    enforce(choosePassword(next, [own.signInName, own.displayName]));
    if (own.passwordHash !== null) {
      // Counted as at sign-in: whoever finds an unlocked screen must not try passwords without end.
      await countTry(context, own.signInName);
      if (!(await isPassword(own.passwordHash, current ?? ''))) raise(problem('sign_in_refused'));
    }
    return { signInName: own.signInName, version: own.version, passwordHash: await hashPassword(next) };
  },
  async (context, _input, { signInName, version: seen, passwordHash }) => {
    const { tx, actor, now } = context;
    if (!(await savePasswordAfter(tx, actor.accountId, seen, passwordHash))) raise(problem('stale_version'));
    await endSessions(tx, actor.accountId, actor.sessionHash);
    await forgetTries(tx, signInName);
    forgetIdentity(actor.accountId, now);
    context.record({ action: 'people.change_password', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
    return { done: true as const };
  },
);

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

/**
 * Counts one try at a name, known or not, and returns its account. The try stays when the request is refused, and is taken
 * back when the password was right: counted first, a hundred tries at the same moment are five like any others.
 */
async function countTry(context: OutsideContext, signInName: string): Promise<Credentials | undefined> {
  const { now } = context;
  return context.write(async (tx, record) => {
    const tries = await lockTries(tx, signInName);
    const closed = closedForSeconds(tries, now);
    if (closed !== null) raise(problem('rate_limited', { retryAfterSeconds: closed }));
    const credentials = await findCredentials(tx, { signInName });
    await saveTry(tx, signInName, now);
    // An unknown name is not written down: it may be a password typed into the wrong field.
    const subjectId = credentials?.accountId ?? 'unknown';
    record({ action: 'people.try_password', unitCode: credentials?.homeUnit ?? nationUnit, subjectKind: 'account', subjectId });
    return credentials;
  });
}

/** Opens a session for whoever proved to be the holder; one that was open in the same browser ends. */
async function admit(context: Context, { accountId, homeUnit, signInName }: Credentials, action: string): Promise<Account> {
  const { tx, actor, now } = context;
  if (actor.sessionHash !== '') {
    await endSession(tx, actor.sessionHash);
    forgetIdentity(actor.accountId, now);
  }
  context.setSession(await openSession(tx, accountId, now));
  context.record({ action, unitCode: homeUnit, subjectKind: 'account', subjectId: accountId, after: { signInName } });
  return getAccount(tx, accountId);
}

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
  getInstallation, signIn, redeemSignInLink, signOut, whoAmI, changePassword, listAccounts, createAccount, setAccountState, createSignInLink,
];
