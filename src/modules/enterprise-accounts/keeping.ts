// What the unit does that keeps accounts of enterprises: opens them, hands over codes, stops them, opens them anew by two.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import type { Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { ensureEnterprises, listByCodes } from '../enterprises/queries.ts';
import { endSignInLinks, saveDisabledAt, saveNewAccount } from '../people/queries.ts';
import { getCurrentEdition } from '../people/reach.ts';
import { forgetIdentity } from '../sign-in/identity.ts';
import { saveNotice } from '../sign-in/notices.ts';
import { clearPassword, endOwnFactors } from '../sign-in/queries.ts';
import { endSessions } from '../sign-in/sessions.ts';
import * as contract from './contract.ts';
import type { Contact, HandedCode, KeptAccount } from './model.ts';
import {
  bound, hasAccount, hashOfCode, listAccountsOf, listWaiting, lockAsking, lockEnterpriseAccount, newCode, saveAskingDecided, saveCode, saveContact, saveEnterpriseAccount, saveRecovery, type StoredAccount,
  unwrapContact, wrapContact,
} from './queries.ts';
import { askedCodeEnd, codeEnd, decideRecovery, mayHandCode, mayRequestRecovery, printedCode, stateOf } from './rules.ts';

const verb = 'keep_enterprise_accounts';

const list = implement(contract.listEnterpriseAccounts, async (context, { unitCode }) => {
  const { tx, secrets } = context;
  await authorise(context, verb, await getCurrentEdition(context), unitCode);
  const accounts = await listAccountsOf(tx, unitCode);
  const requests = await listWaiting(tx, unitCode);
  return {
    accounts: await Promise.all(accounts.map((one) => shown(context, one))),
    requests: await Promise.all(requests.map(async ({ id, uscc, name, contact, askedAt, registeredName }) => ({ id, uscc, name, askedAt, registeredName, contact: await unwrapContact(secrets, contact, bound.request(id)) }))),
  };
});

async function shown({ secrets, actor }: Context, stored: StoredAccount): Promise<KeptAccount> {
  const { accountId, uscc, name, checked, openedByName, openedAt, lastSignedInAt, recoveryReason, recoveryContact, recoveryBy, recoveryByName, recoveryAt } = stored;
  const recovery = recoveryReason === null || recoveryContact === null || recoveryByName === null || recoveryAt === null ? null : {
    reason: recoveryReason, contact: await unwrapContact(secrets, recoveryContact, bound.recovery(accountId)), byName: recoveryByName, at: recoveryAt, mayDecide: recoveryBy !== actor.accountId,
  };
  return { accountId, uscc, name, contact: await unwrapContact(secrets, stored.contact, bound.account(accountId)), state: stateOf(stored), checked, openedByName, openedAt, lastSignedInAt, recovery };
}

interface Opening {
  readonly unitCode: string;
  readonly uscc: string;
  readonly name: string;
  readonly contact: Contact;
  readonly checked: string;
  readonly codeHash: string;
  readonly expiresAt: Instant;
}

/** The account of an enterprise, which goes into the register with it; refused where it has one. Its id. */
async function open(context: Context, { unitCode, uscc, name, contact, checked, codeHash, expiresAt }: Opening): Promise<string> {
  const { tx, actor, now, secrets } = context;
  const enterpriseId = found((await ensureEnterprises(tx, [{ uscc, name }], { accountId: actor.accountId, now })).get(uscc), 'enterprise', uscc);
  if (await hasAccount(tx, enterpriseId)) raise(problem('refused_by_rule', { rule: 'enterprise_has_account' }));
  const [registered] = await listByCodes(tx, [uscc]);
  const accountId = randomUUID();
  await saveNewAccount(tx, { id: accountId, signInName: uscc, displayName: registered?.name ?? name, duty: 'enterprise', demonstration: false, disabledAt: null }, now);
  await saveEnterpriseAccount(tx, { accountId, enterpriseId, unitCode, contact: await wrapContact(secrets, contact, bound.account(accountId)), checked, openedBy: actor.accountId, openedByName: actor.name }, now);
  await saveCode(tx, accountId, codeHash, expiresAt);
  return accountId;
}

/** Behind the number sign, so that it never reaches a server's or proxy's log; on paper it is typed. */
const handed = (accountId: string, plain: string, expiresAt: Instant): HandedCode => ({ accountId, code: printedCode(plain), path: `/firm/start#${printedCode(plain)}`, expiresAt });

const invite = implement(contract.inviteEnterprise, async (context, { unitCode, uscc, name, contact, checked }) => {
  const unit = await authorise(context, verb, await getCurrentEdition(context), unitCode);
  if (unit.depth < 2) raise(problem('refused_by_rule', { rule: 'unit_keeps_no_accounts' }));
  const code = newCode();
  const expiresAt = codeEnd(context.now);
  const accountId = await open(context, { unitCode, uscc, name, contact, checked, codeHash: hashOfCode(code), expiresAt });
  context.record({ action: 'enterprise_accounts.invite', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, account: accountId, expiresAt }, basis: checked });
  return handed(accountId, code, expiresAt);
});

const decideRequest = implement(contract.decideAccountRequest, async (context, { id, approve, checked }) => {
  const { tx, actor, now, secrets } = context;
  const provinceCode = provinceOfRecord(id);
  const asking = found(await lockAsking(tx, provinceCode, id), 'account_request', id);
  const { unitCode, uscc, name, codeHash, contact } = asking;
  await authorise(context, verb, await getCurrentEdition(context), unitCode);
  if (contact === null) raise(problem('wrong_state', { state: 'decided' }));
  await saveAskingDecided(tx, asking, { state: approve ? 'approved' : 'refused', by: actor.accountId, byName: actor.name, checked }, now);
  if (approve) await open(context, { unitCode, uscc, name, contact: await unwrapContact(secrets, contact, bound.request(id)), checked, codeHash, expiresAt: askedCodeEnd(now) });
  context.record({ action: approve ? 'enterprise_accounts.approve' : 'enterprise_accounts.refuse', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, request: id }, basis: checked });
  return { done: true as const };
});

/** An account held against everybody else's change, for an official of the unit that keeps it. Elsewhere it is not there. */
async function keptAccount(context: Context, accountId: string): Promise<StoredAccount> {
  const account = found(await lockEnterpriseAccount(context.tx, accountId), 'account', accountId);
  if (!context.actor.grants.some(({ unitCode }) => unitCode === account.unitCode)) raise(problem('not_found', { kind: 'account', id: accountId }));
  await authorise(context, verb, await getCurrentEdition(context), account.unitCode);
  return account;
}

const makeCode = implement(contract.makeOpeningCode, async (context, { accountId }) => {
  const account = await keptAccount(context, accountId);
  enforce(mayHandCode(account));
  return handOver(context, account, 'enterprise_accounts.make_code');
});

async function handOver(context: Context, { accountId, unitCode, uscc, name }: StoredAccount, action: string): Promise<HandedCode> {
  const code = newCode();
  const expiresAt = codeEnd(context.now);
  await saveCode(context.tx, accountId, hashOfCode(code), expiresAt);
  context.record({ action, unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, account: accountId, expiresAt } });
  return handed(accountId, code, expiresAt);
}

const setState = implement(contract.setEnterpriseAccountState, async (context, { accountId, disabled, reason }) => {
  const { tx, now } = context;
  const { unitCode, uscc, name, disabledAt } = await keptAccount(context, accountId);
  await saveDisabledAt(tx, accountId, disabled ? disabledAt ?? now : null);
  if (disabled) {
    await endSessions(tx, accountId, null, { why: 'account_changed', now });
    await endSignInLinks(tx, accountId);
    await saveRecovery(tx, accountId, null, now);
  }
  forgetIdentity(accountId, now);
  context.record({ action: disabled ? 'enterprise_accounts.disable' : 'enterprise_accounts.enable', unitCode, subjectKind: 'enterprise', subjectId: uscc, before: { disabledAt }, after: { name }, basis: reason });
  return { done: true as const };
});

const requestRecovery = implement(contract.requestEnterpriseRecovery, async (context, { accountId, contact, reason }) => {
  const { tx, actor, now, secrets } = context;
  const account = await keptAccount(context, accountId);
  enforce(mayRequestRecovery(account, account.recoveryBy !== null));
  await saveRecovery(tx, accountId, { reason, contact: await wrapContact(secrets, contact, bound.recovery(accountId)), by: actor.accountId, byName: actor.name }, now);
  context.record({ action: 'enterprise_accounts.request_recovery', unitCode: account.unitCode, subjectKind: 'enterprise', subjectId: account.uscc, after: { name: account.name }, basis: reason });
  return { done: true as const };
});

const decide = implement(contract.decideEnterpriseRecovery, async (context, { accountId, approve }) => {
  const { tx, actor, now, secrets } = context;
  const account = await keptAccount(context, accountId);
  const { unitCode, uscc, name, recoveryBy, recoveryByName, recoveryContact } = account;
  enforce(decideRecovery({ askedBy: recoveryBy, callerId: actor.accountId }));
  await saveRecovery(tx, accountId, null, now);
  if (!approve) {
    context.record({ action: 'enterprise_accounts.refuse_recovery', unitCode, subjectKind: 'enterprise', subjectId: uscc, after: { name, requestedBy: recoveryByName } });
    return { handed: null };
  }
  await clearPassword(tx, accountId, now);
  await endOwnFactors(tx, accountId);
  await endSessions(tx, accountId, null, { why: 'recovered', now });
  if (recoveryContact !== null) await saveContact(tx, accountId, await wrapContact(secrets, await unwrapContact(secrets, recoveryContact, bound.recovery(accountId)), bound.account(accountId)));
  await saveNotice(tx, accountId, 'recovered', { requestedBy: recoveryByName ?? '', approvedBy: actor.name }, now);
  forgetIdentity(accountId, now);
  return { handed: await handOver(context, account, 'enterprise_accounts.approve_recovery') };
});

export const keepingActions: readonly Implementation[] = [list, invite, decideRequest, makeCode, setState, requestRecovery, decide];
