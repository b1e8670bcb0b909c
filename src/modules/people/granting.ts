// Roles: proposed by one, approved by another. An invited account is not in use until then. Somebody leaves and somebody follows.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf, parseInstant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { dutyOf } from '../access/rules/duties.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import * as contract from './contract.ts';
import type { GrantRequest } from './model.ts';
import { deleteAccount, findDuty, listGrantableUnits, lockAccount, saveDisabledAt, saveEndsAt, saveGrants, saveNewAccount } from './queries.ts';
import { authoriseAccount, enforceEnding, getAccount, getCurrentEdition, homeOf, personOf, placeRoles } from './reach.ts';
import { grantsOfRequest, lockRequest, type NewGrantRequest, saveNewRequest, saveRequestDecided, type StoredRequest } from './requests.ts';
import { changeState, decideGrant, type Grant, grantRoles, mayPropose } from './rules.ts';
import { stopAccount } from './stopping.ts';

/** A request as one person sees it: with whether that person may decide it. */
export async function requestView(context: Pick<Context, 'tx' | 'actor'>, edition: string, stored: StoredRequest): Promise<GrantRequest> {
  const { unitCode: _unit, state, ...shown } = stored;
  const placed = await placeRoles(context, edition, grantsOfRequest(stored));
  const decision = decideGrant({ caller: context.actor, state, accountId: stored.accountId, proposedBy: stored.proposedBy, roles: placed });
  return { ...shown, mayDecide: decision.ok, mine: stored.proposedBy === context.actor.accountId };
}

/** The roles wanted, if they fit and the caller may propose each of them. */
async function enforceProposal(context: Context, edition: string, wanted: readonly Grant[]): Promise<readonly Grant[]> {
  const unitCodes = [...new Set(wanted.map(({ unitCode }) => unitCode))];
  const grants = enforce(grantRoles(wanted, await listGrantableUnits(context.tx, edition, unitCodes)));
  const blocked = (await placeRoles(context, edition, grants)).find((one) => !mayPropose(context.actor, one));
  if (blocked !== undefined) raise(problem('not_permitted', { verb: 'manage_accounts', unitCode: blocked.unit.unitCode }));
  return grants;
}

async function propose(context: Context, edition: string, request: NewGrantRequest): Promise<GrantRequest> {
  const id = await saveNewRequest(context.tx, request, personOf(context), context.now);
  const stored = found(await lockRequest(context.tx, id), 'role_request', id);
  context.record({
    action: 'people.propose_roles', unitCode: request.unitCode, subjectKind: 'account', subjectId: request.accountId,
    after: { request: id, signInName: stored.signInName, displayName: stored.accountName, roles: request.roles.map((one) => ({ ...one })) }, basis: request.reason,
  });
  return requestView(context, edition, stored);
}

const invite = implement(contract.invite, async (context, { unitCode, signInName, displayName, roles, reason }) => {
  const { tx, now } = context;
  const edition = await getCurrentEdition(context);
  // The three administrators' roles may also be proposed by a security administrator, who keeps no accounts otherwise.
  const verb = roles.every(({ role }) => dutyOf(role) === 'business') || !context.actor.grants.some(({ role }) => role === 'security_administrator') ? 'manage_accounts' : 'approve_grants';
  await authorise(context, verb, edition, unitCode);
  const grants = await enforceProposal(context, edition, roles);
  const id = randomUUID();
  const [first] = grants;
  await saveNewAccount(tx, { id, signInName, displayName, duty: first === undefined ? 'business' : dutyOf(first.role), demonstration: false, disabledAt: now }, now);
  return propose(context, edition, { accountId: id, kind: 'invitation', unitCode, reason, roles: grants });
});

const proposeRoles = implement(contract.proposeRoles, async (context, { accountId, roles, reason }) => {
  const edition = await getCurrentEdition(context);
  found(await lockAccount(context.tx, accountId), 'account', accountId);
  const grants = await enforceProposal(context, edition, roles);
  return proposeChange(context, edition, accountId, grants, reason);
});

async function proposeChange(context: Context, edition: string, accountId: string, grants: readonly Grant[], reason: string): Promise<GrantRequest> {
  const account = await getAccount(context, accountId);
  if (account.disabledAt !== null) raise(problem('refused_by_rule', { rule: 'account_disabled' }));
  const duty = await findDuty(context.tx, accountId);
  if (grants.some(({ role }) => dutyOf(role) !== duty)) raise(problem('refused_by_rule', { rule: 'duties_exclusive' }));
  const further = grants.filter((one) => !account.grants.some(({ role, unitCode }) => role === one.role && unitCode === one.unitCode));
  const [first] = further;
  if (first === undefined) raise(problem('refused_by_rule', { rule: 'roles_held' }));
  return propose(context, edition, { accountId, kind: 'change', unitCode: first.unitCode, reason, roles: further });
}

const decideRequest = implement(contract.decideRequest, async (context, { requestId, approve, reason }) => {
  const { tx, actor, now } = context;
  const edition = await getCurrentEdition(context);
  const request = found(await lockRequest(tx, requestId), 'role_request', requestId);
  const grants = grantsOfRequest(request);
  enforce(decideGrant({ caller: actor, state: request.state, accountId: request.accountId, proposedBy: request.proposedBy, roles: await placeRoles(context, edition, grants) }));
  await saveRequestDecided(tx, requestId, approve ? 'approved' : 'refused', personOf(context), reason, now);
  if (approve) {
    await saveGrants(tx, request.accountId, grants);
    if (request.kind === 'invitation') await saveDisabledAt(tx, request.accountId, null);
  } else if (request.kind === 'invitation') await deleteAccount(tx, request.accountId);
  forgetIdentity(request.accountId, now);
  context.record({
    action: approve ? 'people.approve_roles' : 'people.refuse_roles', unitCode: request.unitCode, subjectKind: 'account', subjectId: request.accountId,
    after: { request: requestId, signInName: request.signInName, displayName: request.accountName, proposedBy: request.proposedByName, roles: grants.map((one) => ({ ...one })) }, basis: reason ?? request.reason,
  });
  return { done: true as const };
});

const withdrawRequest = implement(contract.withdrawRequest, async (context, { requestId }) => {
  const { tx, actor, now } = context;
  const request = found(await lockRequest(tx, requestId), 'role_request', requestId);
  const placed = await placeRoles(context, await getCurrentEdition(context), grantsOfRequest(request));
  if (request.proposedBy !== actor.accountId && placed.some((one) => !mayPropose(actor, one))) raise(problem('not_permitted', { verb: 'manage_accounts', unitCode: request.unitCode }));
  if (request.state !== 'pending') raise(problem('refused_by_rule', { rule: 'already_decided' }));
  await saveRequestDecided(tx, requestId, 'withdrawn', personOf(context), null, now);
  if (request.kind === 'invitation') await deleteAccount(tx, request.accountId);
  context.record({ action: 'people.withdraw_roles', unitCode: request.unitCode, subjectKind: 'account', subjectId: request.accountId, before: { request: requestId, signInName: request.signInName } });
  return { done: true as const };
});

const handOver = implement(contract.handOver, async (context, { accountId, successorId, leavesOn, reason }) => {
  const { tx, actor, now } = context;
  const leaver = await authoriseAccount(context, 'manage_accounts', accountId);
  enforce(changeState(actor.accountId, accountId));
  if (leaver.disabledAt !== null) raise(problem('refused_by_rule', { rule: 'account_disabled' }));
  if (successorId === accountId) raise(problem('refused_by_rule', { rule: 'substitute_self' }));
  await enforceEnding(context, accountId, leaver.grants);
  const edition = await getCurrentEdition(context);
  let request: GrantRequest | null = null;
  if (successorId !== null) {
    found(await lockAccount(tx, successorId), 'account', successorId);
    const grants = await enforceProposal(context, edition, leaver.grants);
    const successor = await getAccount(context, successorId);
    const lacks = grants.some((one) => !successor.grants.some(({ role, unitCode }) => role === one.role && unitCode === one.unitCode));
    request = lacks ? await proposeChange(context, edition, successorId, grants, reason) : null;
  }
  const endsAt = leavesOn <= dateOf(now) ? now : parseInstant(`${leavesOn}T00:00:00.000+08:00`);
  await saveEndsAt(tx, accountId, endsAt);
  if (endsAt === now) await stopAccount(context, accountId);
  forgetIdentity(accountId, now);
  context.record({
    action: 'people.hand_over', unitCode: homeOf(leaver), subjectKind: 'account', subjectId: accountId,
    before: { signInName: leaver.signInName, grants: leaver.grants.map(({ role, unitCode }) => ({ role, unitCode })) }, after: { endsAt, successor: request?.accountName ?? null }, basis: reason,
  });
  return { request, endsAt };
});

export const grantingActions: readonly Implementation[] = [invite, proposeRoles, decideRequest, withdrawRequest, handOver];
