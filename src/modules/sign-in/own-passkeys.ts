// Passkeys: made, named and taken away by their holder, and the way in with one alone.
import { type Context, found, implement, implementInStages, type Implementation, type OutsideContext, raise } from '../../kernel/context.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { admit, homeOf } from './arriving.ts';
import { partyOf } from './asking.ts';
import { saveChallenge, takeChallenge } from './challenges.ts';
import * as contract from './contract/ways.ts';
import { deletePasskey, findHolder, findIdentity, findPasskey, listPasskeys, listPasskeyViews, listUkeyViews, saveNewPasskey, savePasskeyName } from './factors.ts';
import type { PasskeyUsed } from './model/ways.ts';
import { saveNotice } from './notices.ts';
import { madePasskey, passkeyToMake } from './passkeys.ts';
import { findCredentials, listFactorKinds, listFactors } from './queries.ts';
import { isEnrolled } from './rules/sessions.ts';
import { mostPasskeys } from './rules/ways.ts';
import { countedUse, textOf } from './verify-keys.ts';

/** As the device shows it beside the passkey. */
const siteName = '商业秘密保护服务月';

const listOwnWays = implement(contract.listOwnWays, async ({ tx, actor, site }) => ({
  passkeys: await listPasskeyViews(tx, actor.accountId),
  ukeys: await listUkeyViews(tx, actor.accountId),
  identity: site.singleSignOn === null ? null : ((await findIdentity(tx, actor.accountId, site.singleSignOn.issuer)) ?? null),
}));

const beginPasskey = implement(contract.beginPasskey, async (context) => {
  const { tx, actor, now, site } = context;
  const party = partyOf(site);
  const known = await listPasskeys(tx, actor.accountId);
  if (known.length >= mostPasskeys) raise(problem('refused_by_rule', { rule: 'too_many_passkeys' }));
  const holder = found(await findHolder(tx, actor.accountId), 'account', actor.accountId);
  const options = await passkeyToMake(party, siteName, holder, known);
  const challenge = await saveChallenge(tx, { purpose: 'passkey_enrolment', accountId: actor.accountId, content: { challenge: options.challenge } }, now);
  context.record({ action: 'sign_in.begin_passkey', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId });
  return { challenge, options: { ...options } };
});

const addPasskey = implement(contract.addPasskey, async (context, { challenge: handle, name, answer }) => {
  const { tx, actor, now, site } = context;
  const challenge = await takeChallenge(tx, handle, 'passkey_enrolment', now);
  const made = challenge?.accountId === actor.accountId ? await madePasskey(partyOf(site), textOf(challenge, 'challenge'), answer) : null;
  if (made === null) raise(problem('sign_in_refused', { step: 'passkey' }));
  if ((await listPasskeys(tx, actor.accountId)).length >= mostPasskeys) raise(problem('refused_by_rule', { rule: 'too_many_passkeys' }));
  if ((await findPasskey(tx, made.credentialId)) !== undefined) raise(problem('duplicate', { kind: 'passkey' }));
  await saveNewPasskey(tx, actor.accountId, name, made, now);
  await told(context, 'sign_in.add_passkey', 'factor_added', { kind: 'passkey', name });
  return { id: made.credentialId, name, synced: made.synced, createdAt: now, lastUsedAt: null };
});

const renamePasskey = implement(contract.renamePasskey, async (context, { id, name }) => {
  const { tx, actor } = context;
  if (!(await savePasskeyName(tx, actor.accountId, id, name))) raise(problem('not_found', { kind: 'factor', id }));
  context.record({ action: 'sign_in.rename_passkey', unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId, after: { name } });
  return { done: true as const };
});

const removePasskey = implement(contract.removePasskey, async (context, { id }) => {
  const { tx, actor } = context;
  const own = found(await findCredentials(tx, { accountId: actor.accountId }), 'account', actor.accountId);
  const gone = found(await deletePasskey(tx, actor.accountId, id), 'factor', id);
  const left = (await listFactors(tx, actor.accountId)).map(({ kind }) => kind);
  if (!own.demonstration && !isEnrolled({ hasPassword: own.passwordHash !== null, kinds: left })) raise(problem('refused_by_rule', { rule: 'last_factor' }));
  await told(context, 'sign_in.remove_passkey', 'factor_removed', { kind: 'passkey', name: gone.name });
  return { done: true as const };
});

const signInWithPasskey = implementInStages(
  contract.signInWithPasskey,
  async (context, { challenge, answer }) => (await holderOf(context, challenge, answer)) ?? raise(problem('sign_in_refused', { step: 'passkey' })),
  async (context, _input, accountId) => {
    const credentials = await findCredentials(context.tx, { accountId });
    if (credentials === undefined || credentials.disabledAt !== null) raise(problem('sign_in_refused', { step: 'passkey' }));
    const held = { hasPassword: credentials.passwordHash !== null, kinds: await listFactorKinds(context.tx, accountId) };
    return admit(context, credentials, { action: 'people.sign_in', by: 'passkey', enrolling: !credentials.demonstration && !isEnrolled(held), proved: true });
  },
);

/** Whose passkey answered. The challenge is used up and the try recorded, also when it is refused. */
async function holderOf(context: OutsideContext, handle: string, answer: PasskeyUsed): Promise<string | null> {
  const { now, site } = context;
  return context.write(async (tx, record) => {
    const challenge = await takeChallenge(tx, handle, 'passkey', now);
    const known = await findPasskey(tx, answer.id);
    // One that was made for somebody at the second step, or signed in, opens nothing from here.
    const holds = challenge?.accountId === null && known !== undefined && (await countedUse({ tx, now, site }, challenge, known, answer));
    const credentials = known === undefined ? undefined : await findCredentials(tx, { accountId: known.accountId });
    record({ action: holds ? 'sign_in.use_passkey' : 'sign_in.try_passkey', unitCode: credentials?.homeUnit ?? nationUnit, subjectKind: 'account', subjectId: credentials?.accountId ?? 'unknown' });
    return holds ? known.accountId : null;
  });
}

/** Recorded, and said to the holder: who did it knows, who did not must hear of it. */
async function told(context: Context, action: string, kind: 'factor_added' | 'factor_removed', details: { readonly kind: string; readonly name: string }): Promise<void> {
  const { tx, actor, now } = context;
  if (actor.standing === 'open') await saveNotice(tx, actor.accountId, kind, details, now);
  context.record({ action, unitCode: homeOf(actor), subjectKind: 'account', subjectId: actor.accountId, after: details });
}

export const passkeyActions: readonly Implementation[] = [listOwnWays, beginPasskey, addPasskey, renamePasskey, removePasskey, signInWithPasskey];
