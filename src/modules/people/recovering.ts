// Back into an account whose holder lost password or factor: one for the unit, one for security, and both are named to the holder.
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { saveNotice } from '../sign-in/notices.ts';
import { clearPassword, endOwnFactors } from '../sign-in/queries.ts';
import { endSessions } from '../sign-in/sessions.ts';
import * as contract from './contract.ts';
import type { Recovery } from './model.ts';
import { endBoundFactors, endSignInLinks, findDuty, findListed, lockAccount } from './queries.ts';
import { getAccount, getCurrentEdition, homeOf, personOf, placeUnits, unitsOf } from './reach.ts';
import { lockRecovery, saveNewRecovery, saveRecoveryDecided, type StoredRecovery } from './requests.ts';
import { decideRecovery, recoverySides } from './rules.ts';

export async function recoveryView(context: Pick<Context, 'tx' | 'actor'>, edition: string, stored: StoredRecovery): Promise<Recovery> {
  const { unitCode: _unit, state, ...shown } = stored;
  const units = await placeUnits(context, edition, unitsOf(await getAccount(context, stored.accountId)));
  const decision = decideRecovery({ caller: context.actor, state, accountId: stored.accountId, requestedBy: stored.requestedBy, requestedAs: stored.requestedAs, units });
  return { ...shown, mayDecide: decision.ok, mine: stored.requestedBy === context.actor.accountId };
}

const requestRecovery = implement(contract.requestRecovery, async (context, { accountId, reason }) => {
  const { tx, actor, now } = context;
  found(await lockAccount(tx, accountId), 'account', accountId);
  if ((await findDuty(tx, accountId)) === 'enterprise') raise(problem('not_found', { kind: 'account', id: accountId }));
  const account = await getAccount(context, accountId);
  const edition = await getCurrentEdition(context);
  const [side] = recoverySides(actor, await placeUnits(context, edition, unitsOf(account)));
  if (side === undefined) raise(problem('not_permitted', { verb: 'recover_accounts', unitCode: homeOf(account) }));
  if (actor.accountId === accountId) raise(problem('refused_by_rule', { rule: 'own_recovery' }));
  if (account.disabledAt !== null) raise(problem('refused_by_rule', { rule: 'account_disabled' }));
  if ((await findListed(tx, accountId, now))?.activated !== true) raise(problem('refused_by_rule', { rule: 'link_suffices' }));
  const id = await saveNewRecovery(tx, { accountId, unitCode: homeOf(account), reason, requestedAs: side }, personOf(context), now);
  context.record({
    action: 'people.request_recovery', unitCode: homeOf(account), subjectKind: 'account', subjectId: accountId, after: { recovery: id, signInName: account.signInName, as: side }, basis: reason,
  });
  return recoveryView(context, edition, found(await lockRecovery(tx, id), 'recovery', id));
});

const decide = implement(contract.decideRecovery, async (context, { requestId, approve }) => {
  const { tx, actor, now } = context;
  const recovery = found(await lockRecovery(tx, requestId), 'recovery', requestId);
  const { accountId, requestedBy, requestedAs, state } = recovery;
  const units = await placeUnits(context, await getCurrentEdition(context), unitsOf(await getAccount(context, accountId)));
  enforce(decideRecovery({ caller: actor, state, accountId, requestedBy, requestedAs, units }));
  await saveRecoveryDecided(tx, requestId, approve ? 'approved' : 'refused', personOf(context), now);
  if (approve) {
    await clearPassword(tx, accountId, now);
    await endOwnFactors(tx, accountId);
    await endBoundFactors(tx, accountId);
    await endSessions(tx, accountId, null, { why: 'recovered', now });
    await endSignInLinks(tx, accountId);
    forgetIdentity(accountId, now);
    await saveNotice(tx, accountId, 'recovered', { requestedBy: recovery.requestedByName, approvedBy: actor.name }, now);
  }
  context.record({
    action: approve ? 'people.approve_recovery' : 'people.refuse_recovery', unitCode: recovery.unitCode, subjectKind: 'account', subjectId: accountId,
    after: { recovery: requestId, signInName: recovery.signInName, requestedBy: recovery.requestedByName, decidedBy: actor.name }, basis: recovery.reason,
  });
  return { done: true as const };
});

export const recoveringActions: readonly Implementation[] = [requestRecovery, decide];
