// Coming in, staying in, going out. A refusal never says whether a name exists; a wrong password is counted before it is compared.
import { type Actor, type Context, found, implement, implementInStages, type Implementation, type OutsideContext, raise } from '../../kernel/context.ts';
import { version } from '../../kernel/package-root.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import type { Account } from '../people/model.ts';
import { findAccount } from '../people/queries.ts';
import * as contract from './contract.ts';
import { forgetIdentity } from './identity.ts';
import { hashPassword, isPassword } from './passwords.ts';
import {
  type Credentials, endSession, endSessions, findCredentials, forgetTries, lockTries, openSession, savePassword, savePasswordAfter, saveTry, takeSignInLink,
} from './queries.ts';
import { choosePassword, closedForSeconds } from './rules.ts';

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
  standing: actor.standing,
  idleMinutes: 30,
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
    return { state: 'open' as const, account: await admit(context, credentials, 'people.sign_in') };
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

async function getAccount(tx: Context['tx'], accountId: string): Promise<Account> {
  return found(await findAccount(tx, accountId), 'account', accountId);
}

function homeOf({ grants }: Pick<Actor, 'grants'>): string {
  return grants[0]?.unitCode ?? nationUnit;
}

export const signInActions: readonly Implementation[] = [getInstallation, signIn, redeemSignInLink, signOut, whoAmI, changePassword];
