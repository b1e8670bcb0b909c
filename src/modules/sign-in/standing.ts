// Staying in: proving to be there, locking, one's own sessions, and what one should know of the account.
import { type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { problem } from '../../shared/problem.ts';
import { homeOf } from './arriving.ts';
import * as contract from './contract.ts';
import { forgetIdentity } from './identity.ts';
import type { SessionProof } from './model.ts';
import { listNotices, markSeen, saveNotice } from './notices.ts';
import { isPassword } from './passwords.ts';
import { findCredentials, listFactorKinds } from './queries.ts';
import { countRecoveryCodes } from './recovery.ts';
import { accepts, passwordDueAt } from './rules/sessions.ts';
import { confirmSession, endOneSession, endSessions, listOpenSessions, lockSession, renewSession } from './sessions.ts';
import { countTry, forgetTries, type Step } from './tries.ts';
import { verifyFactor } from './verify-factor.ts';

const prove = implementInStages(
  contract.prove,
  async (context, { purpose, proof }) => {
    const { accountId } = context.actor ?? raise(problem('not_signed_in'));
    const { own, kinds } = await context.read(async (tx) => ({ own: found(await findCredentials(tx, { accountId }), 'account', accountId), kinds: await listFactorKinds(tx, accountId) }));
    if (!accepts(purpose, { hasPassword: own.passwordHash !== null, kinds, demonstration: own.demonstration }, proof.kind)) raise(problem('sign_in_refused', { step: 'second' }));
    const step = stepOf(proof);
    if (step === null) return { signInName: own.signInName, version: own.version };
    await countTry(context, own.signInName, step);
    if (proof.kind === 'password' && !(await isPassword(own.passwordHash, proof.password))) raise(problem('sign_in_refused'));
    return { signInName: own.signInName, version: own.version };
  },
  async (context, { purpose, proof }, { signInName, version }) => {
    const { tx, actor, now } = context;
    const own = found(await findCredentials(tx, { accountId: actor.accountId }), 'account', actor.accountId);
    if (own.version !== version) raise(problem('sign_in_refused'));
    if (proof.kind !== 'password' && proof.kind !== 'confirmation' && !(await verifyFactor(context, actor.accountId, proof))) raise(problem('sign_in_refused', { step: 'second' }));
    const step = stepOf(proof);
    if (step !== null) await forgetTries(tx, signInName, step);
    // A password opens a lock; where there is a second factor it does not stand for it.
    if (proof.kind === 'confirmation') await confirmSession(tx, actor.sessionHash, now);
    else {
      const token = await renewSession(tx, actor.sessionHash, { proved: purpose === 'step_up' || proof.kind !== 'password', enrolled: false }, now);
      if (token === undefined) raise(problem('not_signed_in'));
      context.setSession(token);
    }
    forgetIdentity(actor.accountId, now);
    if (proof.kind === 'recovery') await tellOfRecoveryCode(context, actor.accountId, proof);
    context.record({ action: purpose === 'unlock' ? 'sign_in.unlock' : 'sign_in.prove', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId, after: { by: proof.kind } });
    return { done: true as const };
  },
);

function stepOf({ kind }: SessionProof): Step | null {
  if (kind === 'confirmation') return null;
  return kind === 'password' ? 'password' : 'second_factor';
}

/** A code used is a code gone: how many are left, and that it was used at all. */
export async function tellOfRecoveryCode({ tx, now }: Context, accountId: string, { kind }: { readonly kind: string }): Promise<void> {
  if (kind === 'recovery') await saveNotice(tx, accountId, 'recovery_code_used', { left: await countRecoveryCodes(tx, accountId) }, now);
}

const lock = implement(contract.lockSession, async (context) => {
  const { tx, actor, now } = context;
  await lockSession(tx, actor.sessionHash, now);
  forgetIdentity(actor.accountId, now);
  context.record({ action: 'sign_in.lock', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { done: true as const };
});

const listSessions = implement(contract.listSessions, async ({ tx, actor, now }) => ({
  sessions: (await listOpenSessions(tx, actor.accountId, now)).map(({ tokenHash, lockedAt, lastSeenAt, ...session }) => ({
    ...session, current: tokenHash === actor.sessionHash, locked: lockedAt !== null, lastSeenAt: lastSeenAt ?? session.createdAt,
  })),
}));

const endSession = implement(contract.endOwnSession, async (context, { id }) => {
  const { tx, actor, now } = context;
  if (!(await endOneSession(tx, actor.accountId, id, actor.sessionHash, now))) raise(problem('not_found', { kind: 'session', id }));
  forgetIdentity(actor.accountId, now);
  context.record({ action: 'sign_in.end_session', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { done: true as const };
});

const endOthers = implement(contract.endOtherSessions, async (context) => {
  const { tx, actor, now } = context;
  const ended = await endSessions(tx, actor.accountId, actor.sessionHash, { why: 'ended_elsewhere', now });
  forgetIdentity(actor.accountId, now);
  context.record({ action: 'sign_in.end_other_sessions', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId, after: { ended } });
  return { ended };
});

const notices = implement(contract.listNotices, async ({ tx, actor }) => {
  const own = found(await findCredentials(tx, { accountId: actor.accountId }), 'account', actor.accountId);
  const kinds = await listFactorKinds(tx, actor.accountId);
  return { notices: await listNotices(tx, actor.accountId), passwordDueAt: passwordDueAt({ changedAt: own.passwordChangedAt, hasPassword: own.passwordHash !== null, kinds }) };
});

const seen = implement(contract.markNoticesSeen, async (context, { until }) => {
  const { tx, actor, now } = context;
  await markSeen(tx, actor.accountId, until, now);
  context.record({ action: 'sign_in.mark_notices_seen', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { done: true as const };
});

export const sessionActions: readonly Implementation[] = [prove, lock, listSessions, endSession, endOthers, notices, seen];
