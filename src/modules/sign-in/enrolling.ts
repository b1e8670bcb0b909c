// Setting up and changing what an account signs in with: password, authenticator app, recovery codes.
import { type Actor, type Context, found, implement, implementInStages, type Implementation, type OutsideContext, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { epochOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { homeOf } from './arriving.ts';
import * as contract from './contract.ts';
import { forgetIdentity } from './identity.ts';
import type { NoticeKind } from './model.ts';
import { saveNotice } from './notices.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { type Credentials, findCredentials, listFactorKinds, listFactors, listPasswordsBefore, removeTotp, savePasswordAfter } from './queries.ts';
import { countRecoveryCodes, replaceRecoveryCodes } from './recovery.ts';
import { choosePassword } from './rules.ts';
import { confirmsOnly, isEnrolled, passwordDueAt, proofHoldsMinutes } from './rules/sessions.ts';
import { endSessions, renewSession } from './sessions.ts';
import { confirmNewTotp, saveNewTotp } from './totp.ts';
import { countTry, forgetTries } from './tries.ts';

const getFactors = implement(contract.getFactors, async ({ tx, actor }) => {
  const own = await ownCredentials(tx, actor);
  const factors = await listFactors(tx, actor.accountId);
  const held = { hasPassword: own.passwordHash !== null, kinds: factors.map(({ kind }) => kind) };
  return {
    hasPassword: held.hasPassword,
    passwordDueAt: passwordDueAt({ changedAt: own.passwordChangedAt, ...held }),
    factors,
    recoveryCodes: await countRecoveryCodes(tx, actor.accountId),
    confirms: confirmsOnly({ ...held, demonstration: own.demonstration }),
  };
});

const changePassword = implementInStages(
  contract.changePassword,
  async (context, { current, next }) => {
    const actor = context.actor ?? raise(problem('not_signed_in'));
    const own = await context.read((tx) => ownCredentials(tx, actor));
    enforce(choosePassword(next, [own.signInName, own.displayName]));
    await demandHolder(context, actor, own, current);
    const before = await context.read((tx) => listPasswordsBefore(tx, actor.accountId));
    for (const hash of own.passwordHash === null ? before : [own.passwordHash, ...before]) {
      if (await isPassword(hash, next)) raise(problem('refused_by_rule', { rule: 'password_used_before' }));
    }
    return { signInName: own.signInName, version: own.version, passwordHash: await hashPassword(next) };
  },
  async (context, _input, { signInName, version: seen, passwordHash }) => {
    const { tx, actor, now } = context;
    if (!(await savePasswordAfter(tx, actor.accountId, seen, passwordHash, now))) raise(problem('stale_version'));
    await endSessions(tx, actor.accountId, actor.sessionHash, { why: 'account_changed', now });
    await forgetTries(tx, signInName, 'password');
    await renewed(context, false);
    await told(context, 'people.change_password', 'password_changed', {});
    return { done: true as const };
  },
);

/** The password of before; without one, a factor proved lately: whoever finds an unlocked screen must not add a way in. */
async function demandHolder(context: OutsideContext, actor: Actor, own: Credentials, current: string | null): Promise<void> {
  if (own.passwordHash === null) {
    const lately = actor.provedAt !== null && epochOf(context.now) - epochOf(actor.provedAt) <= proofHoldsMinutes * 60_000;
    if (actor.standing === 'open' && !lately) raise(problem('proof_required'));
    return;
  }
  // Counted as at sign-in: nobody tries passwords here without end.
  await countTry(context, own.signInName, 'password');
  if (!(await isPassword(own.passwordHash, current ?? ''))) raise(problem('sign_in_refused'));
}

const beginTotp = implement(contract.beginTotp, async (context, { name }) => {
  const { tx, actor, now, secrets } = context;
  const own = await ownCredentials(tx, actor);
  if ((await listFactors(tx, actor.accountId)).length >= mostFactors) raise(problem('refused_by_rule', { rule: 'factors_full' }));
  const made = await saveNewTotp(tx, secrets, own, name, now);
  context.record({ action: 'sign_in.begin_totp', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId, after: { name } });
  return made;
});

/** More than anybody needs, so that a list stays a list. */
const mostFactors = 10;

const confirmTotp = implementInStages(
  contract.confirmTotp,
  async (context) => {
    const actor = context.actor ?? raise(problem('not_signed_in'));
    const own = await context.read((tx) => ownCredentials(tx, actor));
    await countTry(context, own.signInName, 'second_factor');
    return own.signInName;
  },
  async (context, { id, code }, signInName) => {
    const { tx, actor } = context;
    if (!(await confirmNewTotp(context, actor.accountId, id, code))) raise(problem('sign_in_refused', { step: 'second' }));
    await forgetTries(tx, signInName, 'second_factor');
    const factor = found((await listFactors(tx, actor.accountId)).find((one) => one.id === id), 'factor', id);
    await told(context, 'sign_in.add_totp', 'factor_added', { kind: 'totp', name: factor.name });
    return factor;
  },
);

const removeTotpFactor = implement(contract.removeTotp, async (context, { id }) => {
  const { tx, actor } = context;
  const own = await ownCredentials(tx, actor);
  const factors = await listFactors(tx, actor.accountId);
  const gone = found(factors.find((one) => one.id === id && one.kind === 'totp'), 'factor', id);
  const left = factors.filter((one) => one.id !== id).map(({ kind }) => kind);
  if (!own.demonstration && own.duty !== 'enterprise' && !isEnrolled({ hasPassword: own.passwordHash !== null, kinds: left })) raise(problem('refused_by_rule', { rule: 'last_factor' }));
  await removeTotp(tx, actor.accountId, id);
  await told(context, 'sign_in.remove_totp', 'factor_removed', { kind: 'totp', name: gone.name });
  return { done: true as const };
});

const makeRecoveryCodes = implement(contract.makeRecoveryCodes, async (context) => {
  const { tx, actor, now } = context;
  if ((await listFactorKinds(tx, actor.accountId)).length === 0) raise(problem('refused_by_rule', { rule: 'factor_first' }));
  const codes = await replaceRecoveryCodes(tx, actor.accountId, now);
  await told(context, 'sign_in.make_recovery_codes', 'recovery_codes_made', {});
  return { codes };
});

const finishEnrolment = implement(contract.finishEnrolment, async (context) => {
  const { tx, actor } = context;
  const own = await ownCredentials(tx, actor);
  const kinds = await listFactorKinds(tx, actor.accountId);
  const hasPassword = own.passwordHash !== null;
  if (!isEnrolled({ hasPassword, kinds })) raise(problem('refused_by_rule', { rule: hasPassword ? 'factor_first' : 'password_first' }));
  if ((await countRecoveryCodes(tx, actor.accountId)) === 0) raise(problem('refused_by_rule', { rule: 'recovery_codes_first' }));
  await renewed(context, true);
  context.record({ action: 'sign_in.finish_enrolment', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { done: true as const };
});

/** A new token for the session whose holder's ways in have just changed. */
async function renewed({ tx, actor, now, setSession }: Context, enrolled: boolean): Promise<void> {
  const token = await renewSession(tx, actor.sessionHash, { proved: enrolled, enrolled }, now);
  if (token === undefined) raise(problem('not_signed_in'));
  setSession(token);
  forgetIdentity(actor.accountId, now);
}

/** Recorded, and said to the holder: who did it knows, who did not must hear of it. */
async function told(context: Context, action: string, kind: NoticeKind, details: { readonly [name: string]: string }): Promise<void> {
  const { tx, actor, now } = context;
  if (actor.standing === 'open') await saveNotice(tx, actor.accountId, kind, details, now);
  context.record({ action, unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId, ...(Object.keys(details).length === 0 ? {} : { after: details }) });
}

async function ownCredentials(tx: Context['tx'], { accountId }: Actor): Promise<Credentials> {
  return found(await findCredentials(tx, { accountId }), 'account', accountId);
}

export const enrolmentActions: readonly Implementation[] = [getFactors, changePassword, beginTotp, confirmTotp, removeTotpFactor, makeRecoveryCodes, finishEnrolment];
