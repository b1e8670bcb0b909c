// A/B 角: somebody names who acts in his place on which days; the substitute changes over in the account menu and back again.
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { saveNotice } from '../sign-in/notices.ts';
import * as contract from './contract.ts';
import type { Substitution } from './model.ts';
import { lockAccount } from './queries.ts';
import { getAccount, getCurrentEdition, homeOf, personOf } from './reach.ts';
import { decideStandingIn, decideSubstitute, type Grant } from './rules.ts';
import { findStandingIn, findSubstitution, listColleagues, listOwnSubstitutions, lockSubstitution, saveNewSubstitution, saveRevoked, saveStandingIn } from './substitutions.ts';

interface Naming {
  readonly accountId: string;
  readonly substituteId: string;
  readonly roles: readonly Grant[];
  readonly firstDay: string;
  readonly lastDay: string;
}

async function name(context: Context, { accountId, substituteId, roles, firstDay, lastDay }: Naming): Promise<Substitution> {
  const { tx, now } = context;
  found(await lockAccount(tx, accountId), 'account', accountId);
  const holder = await getAccount(context, accountId);
  const substitute = await getAccount(context, substituteId);
  const lent = enforce(decideSubstitute({
    today: dateOf(now), accountId, grants: holder.grants, roles, firstDay, lastDay,
    substitute: { accountId: substituteId, grants: substitute.grants, inUse: substitute.disabledAt === null },
  }));
  const unitCode = lent[0]?.unitCode ?? homeOf(holder);
  const id = await saveNewSubstitution(tx, { accountId, substituteId, unitCode, firstDay, lastDay, roles: lent }, personOf(context), now);
  await saveNotice(tx, substituteId, 'substitute_named', { holder: holder.displayName, firstDay, lastDay }, now);
  context.record({
    action: 'people.name_substitute', unitCode, subjectKind: 'account', subjectId: accountId,
    after: { substitution: id, holder: holder.displayName, substitute: substitute.displayName, firstDay, lastDay, roles: lent.map((one) => ({ ...one })) },
  });
  return found(await findSubstitution(tx, id, now), 'substitution', id);
}

const nameSubstitute = implement(contract.nameSubstitute, async (context, input) => {
  const edition = await getCurrentEdition(context);
  // Who is at home elsewhere too lends only what the caller is responsible for.
  for (const { unitCode } of input.roles) await authorise(context, 'name_substitutes', edition, unitCode);
  return name(context, input);
});

const nameOwn = implement(contract.nameOwnSubstitute, (context, input) => name(context, { ...input, accountId: context.actor.accountId }));

async function revoke(context: Context, substitution: Substitution): Promise<{ done: true }> {
  const { tx, now } = context;
  if (substitution.revokedAt !== null || substitution.lastDay < dateOf(now)) raise(problem('refused_by_rule', { rule: 'substitution_not_running' }));
  await saveRevoked(tx, substitution.id, personOf(context), now);
  forgetIdentity(substitution.substituteId, now);
  context.record({
    action: 'people.revoke_substitution', unitCode: homeOf({ grants: substitution.roles }), subjectKind: 'account', subjectId: substitution.accountId,
    before: { substitution: substitution.id, holder: substitution.accountName, substitute: substitution.substituteName },
  });
  return { done: true };
}

const revokeSubstitution = implement(contract.revokeSubstitution, async (context, { requestId }) => {
  const substitution = found(await lockSubstitution(context.tx, requestId, context.now), 'substitution', requestId);
  const edition = await getCurrentEdition(context);
  for (const { unitCode } of substitution.roles) await authorise(context, 'name_substitutes', edition, unitCode);
  return revoke(context, substitution);
});

const revokeOwn = implement(contract.revokeOwnSubstitution, async (context, { requestId }) => {
  const substitution = await lockSubstitution(context.tx, requestId, context.now);
  const concerned = substitution !== undefined && [substitution.accountId, substitution.substituteId].includes(context.actor.accountId);
  return revoke(context, found(concerned ? substitution : undefined, 'substitution', requestId));
});

const listOwn = implement(contract.listOwn, async ({ tx, actor, now }) => {
  const own = await getAccount({ tx }, actor.accountId);
  return {
    own: own.grants,
    standingInFor: (await findStandingIn(tx, actor.sessionHash, now)) ?? null,
    substitutions: await listOwnSubstitutions(tx, actor.accountId, now),
    colleagues: await listColleagues(tx, actor.accountId, own.grants.map(({ unitCode }) => unitCode)),
  };
});

const standIn = implement(contract.standIn, async (context, { substitutionId }) => {
  const { tx, actor, now } = context;
  const substitution = substitutionId === null ? null : found(await findSubstitution(tx, substitutionId, now), 'substitution', substitutionId);
  if (substitution !== null) {
    const { substituteId, firstDay, lastDay, revokedAt } = substitution;
    enforce(decideStandingIn({ today: dateOf(now), substituteId, callerId: actor.accountId, firstDay, lastDay, revoked: revokedAt !== null }));
  }
  await saveStandingIn(tx, actor.sessionHash, substitutionId);
  forgetIdentity(actor.accountId, now);
  context.record({
    action: substitution === null ? 'people.stop_standing_in' : 'people.stand_in', unitCode: substitution === null ? homeOf(actor) : homeOf({ grants: substitution.roles }),
    subjectKind: 'account', subjectId: substitution?.accountId ?? actor.accountId, after: { holder: substitution?.accountName ?? null, substitution: substitutionId },
  });
  return { done: true as const };
});

export const substitutingActions: readonly Implementation[] = [nameSubstitute, nameOwn, revokeSubstitution, revokeOwn, listOwn, standIn];
