// Coming in and going out. A refusal never says whether a name exists; a wrong password is counted before it is compared.
import { found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { version } from '../../kernel/package-root.ts';
import { problem } from '../../shared/problem.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import { findAccount } from '../people/queries.ts';
import { findActingAs } from '../people/substitutions.ts';
import { admit, arrive, homeOf } from './arriving.ts';
import { askingActions } from './asking.ts';
import * as contract from './contract.ts';
import { enrolmentActions } from './enrolling.ts';
import { forgetIdentity } from './identity.ts';
import { saveNotice } from './notices.ts';
import { keyKeepingActions } from './keeping-keys.ts';
import { passkeyActions } from './own-passkeys.ts';
import { isPassword } from './passwords.ts';
import { clearPassword, endOwnFactors, findCredentials, takeSignInLink } from './queries.ts';
import { triesAllowed } from './rules.ts';
import { idleMinutesOf } from './rules/sessions.ts';
import { countTryOfTicket, endSession, endSessions, endTicket, findTicketHolder, lockTicket } from './sessions.ts';
import { singleSignOnActions } from './single-sign-on.ts';
import { sessionActions, tellOfRecoveryCode } from './standing.ts';
import { countTry, forgetTries, noteWrong } from './tries.ts';
import { verifyFactor } from './verify-factor.ts';

const getInstallation = implement(contract.getInstallation, async ({ tx, now, demonstration, readOnly }) => ({
  serverTime: now,
  demonstration,
  readOnly,
  currentEdition: (await findCurrentEditionCode(tx)) ?? null,
  version,
}));

const whoAmI = implement(contract.whoAmI, async ({ tx, actor, now, demonstration, readOnly }) => ({
  ...(await findActingAs(tx, found(await findAccount(tx, actor.accountId), 'account', actor.accountId), actor, now)),
  serverTime: now,
  demonstration,
  readOnly,
  currentEdition: (await findCurrentEditionCode(tx)) ?? null,
  standing: actor.standing,
  ofEnterprise: actor.enterpriseId !== null,
  idleMinutes: idleMinutesOf(actor.grants),
}));

const signIn = implementInStages(
  contract.signIn,
  async (context, { signInName, password }) => {
    const credentials = await countTry(context, signInName, 'password');
    const right = await isPassword(credentials?.passwordHash ?? null, password);
    if (credentials === undefined || !right || credentials.disabledAt !== null) {
      noteWrong(context);
      raise(problem('sign_in_refused'));
    }
    return credentials;
  },
  async (context, _input, { accountId, signInName, version: seen }) => {
    const credentials = await findCredentials(context.tx, { accountId });
    // Disabled, or given another password, between the comparison and now.
    if (credentials === undefined || credentials.disabledAt !== null || credentials.version !== seen) raise(problem('sign_in_refused'));
    await forgetTries(context.tx, signInName, 'password');
    return arrive(context, credentials, 'people.sign_in');
  },
);

const signInSecondStep = implementInStages(
  contract.signInSecondStep,
  async (context, { ticket }) => {
    const holder = await context.read((tx) => findTicketHolder(tx, ticket, context.now));
    if (holder === undefined) raise(problem('wrong_state', { state: 'ticket_ended' }));
    // On the name too: whoever knows the password must not begin anew with five tries each time.
    await countTry(context, holder.signInName, 'second_factor', (tx) => countTryOfTicket(tx, ticket));
  },
  async (context, { ticket, proof }) => {
    const { tx, now } = context;
    const held = await lockTicket(tx, ticket, now);
    if (held === undefined || held.tries > triesAllowed) raise(problem('wrong_state', { state: 'ticket_ended' }));
    const credentials = await findCredentials(tx, { accountId: held.accountId });
    if (credentials === undefined || credentials.disabledAt !== null || credentials.version !== held.accountVersion) raise(problem('sign_in_refused'));
    if (!(await verifyFactor(context, held.accountId, proof))) raise(problem('sign_in_refused', { step: 'second' }));
    await endTicket(tx, ticket);
    await forgetTries(tx, credentials.signInName, 'second_factor');
    await tellOfRecoveryCode(context, held.accountId, proof);
    return admit(context, credentials, { action: 'people.sign_in', by: proof.kind, enrolling: false, proved: true });
  },
);

const redeemSignInLink = implement(contract.redeemSignInLink, async (context, { token }) => {
  const { tx, now } = context;
  const accountId = await takeSignInLink(tx, token, now);
  const credentials = accountId === undefined ? undefined : await findCredentials(tx, { accountId });
  // An enterprise opens its account with its code and a password, on the site (enterprise-accounts).
  if (credentials === undefined || credentials.disabledAt !== null || credentials.duty === 'enterprise') raise(problem('sign_in_refused'));
  // A link is the way back for who lost password or factor, or fears that another has it: nothing from before stays valid.
  await clearPassword(tx, credentials.accountId, now);
  await endOwnFactors(tx, credentials.accountId);
  await endSessions(tx, credentials.accountId, null, { why: 'recovered', now });
  await forgetTries(tx, credentials.signInName);
  if (credentials.passwordHash !== null) await saveNotice(tx, credentials.accountId, 'link_used', {}, now);
  return admit(context, credentials, { action: 'people.use_sign_in_link', by: 'link', enrolling: !credentials.demonstration, proved: credentials.demonstration });
});

const signOut = implement(contract.signOut, async (context) => {
  const { tx, actor, now } = context;
  await endSession(tx, actor.sessionHash);
  forgetIdentity(actor.accountId, now);
  context.setSession(null);
  context.record({ action: 'people.sign_out', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { done: true as const };
});

export const signInActions: readonly Implementation[] = [
  getInstallation, whoAmI, signIn, signInSecondStep, redeemSignInLink, signOut, ...enrolmentActions, ...sessionActions, ...askingActions, ...passkeyActions, ...keyKeepingActions, ...singleSignOnActions,
];
