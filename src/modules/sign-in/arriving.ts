// The last part of every way in: how far it leads, and the session it opens. Passwords, links, passkeys and sign-in services end here.
import { type Actor, type Context, found } from '../../kernel/context.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Account } from '../people/model.ts';
import { findAccount } from '../people/queries.ts';
import { forgetIdentity } from './identity.ts';
import type { Arrival, ProofKind } from './model.ts';
import { saveNotice } from './notices.ts';
import { type Credentials, listFactorKinds } from './queries.ts';
import { countRecoveryCodes } from './recovery.ts';
import { deviceOf } from './rules/devices.ts';
import { endSession, openSession, openTicket, rememberDevice, replaceSessionOf } from './sessions.ts';

/** After a right password (or its like at a sign-in service): in, or to the second step, or in to set up what is missing. */
export async function arrive(context: Context, credentials: Credentials, action: string): Promise<Arrival> {
  const { tx, now } = context;
  const { accountId, homeUnit, signInName, version } = credentials;
  const kinds = await listFactorKinds(tx, accountId);
  if (kinds.length > 0) {
    context.record({ action: 'sign_in.first_step', unitCode: homeUnit, subjectKind: 'account', subjectId: accountId, after: { signInName } });
    return { state: 'second_step', ticket: await openTicket(tx, accountId, version, now), kinds, recoveryCodes: await countRecoveryCodes(tx, accountId) };
  }
  // An enterprise's account has one factor, and a second when it wants one (security A7).
  const enrolling = !credentials.demonstration && credentials.duty !== 'enterprise';
  const account = await admit(context, credentials, { action, by: 'password', enrolling, proved: !enrolling });
  return { state: enrolling ? 'enrolling' : 'open', account };
}

export interface Admission {
  /** As it is recorded. */
  readonly action: string;
  readonly by: 'password' | 'link' | ProofKind | 'single_sign_on';
  /** Has still to set up password and factors: nothing else is open to it. */
  readonly enrolling: boolean;
  /** A second factor was proved on the way in: for ten minutes nothing asks for it again. */
  readonly proved: boolean;
}

/** Opens a session for whoever proved to be the holder; one that was open in the same browser ends. */
export async function admit(context: Context, { accountId, homeUnit, signInName }: Credentials, { action, by, enrolling, proved }: Admission): Promise<Account> {
  const { tx, actor, now } = context;
  const kind = deviceOf(context.agent);
  if (actor.sessionHash !== '') {
    await endSession(tx, actor.sessionHash);
    forgetIdentity(actor.accountId, now);
  }
  const replaced = await replaceSessionOf(tx, accountId, kind.device, now);
  if (replaced !== undefined) await saveNotice(tx, accountId, 'session_replaced', { device: kind.device, ...replaced }, now);
  if ((await rememberDevice(tx, accountId, kind, now)) === false) await saveNotice(tx, accountId, 'new_device', { ...kind }, now);
  context.setSession(await openSession(tx, { accountId, ...kind, enrolling, proved }, now));
  await tx.updateTable('account').set({ lastSignedInAt: now }).where('id', '=', accountId).execute();
  forgetIdentity(accountId, now);
  context.record({ action, unitCode: homeUnit, subjectKind: 'account', subjectId: accountId, after: { signInName, by } });
  return found(await findAccount(tx, accountId), 'account', accountId);
}

/** Where somebody's own bookkeeping is recorded: the unit of the first role, or the one that keeps the enterprise's account. */
export function homeOf({ grants, enterpriseUnit }: Pick<Actor, 'grants'> & Partial<Pick<Actor, 'enterpriseUnit'>>): string {
  return grants[0]?.unitCode ?? enterpriseUnit ?? nationUnit;
}
