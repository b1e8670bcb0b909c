// What may be asked about accounts of enterprises: by the public, by the enterprise itself, by the unit that keeps them.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, plainText, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { uscc } from '../enterprises/model.ts';
import { newPassword } from '../sign-in/model.ts';
import { accountRequest, competentUnit, contact, handedCode, keptAccount, openingCode, ownService, ownView } from './model.ts';

export const findCompetentUnits = endpoint({
  name: 'enterprise_accounts.find_units',
  method: 'GET',
  path: '/api/firm/units',
  summary: 'Bureaus an enterprise may ask for an account: those of the place in its code, or whose name contains the query. Twelve at most.',
  access: 'public',
  limit: 'visitor',
  input: z.strictObject({ uscc: plainText(40, 0).default(''), query: plainText(40, 0).default('') }),
  output: z.object({ units: z.array(competentUnit) }),
});

export const askForAccount = endpoint({
  name: 'enterprise_accounts.ask',
  method: 'POST',
  path: '/api/firm/requests',
  summary: 'An enterprise asks a bureau for an account. The answer is the same whether there is one already; the code opens the account once it is approved.',
  access: 'public',
  limit: 'sign_in',
  input: z.strictObject({ uscc, name: plainText(100, 2), contact, unitCode }),
  output: z.object({ code: z.string() }),
  problems: ['refused_by_rule', 'rate_limited'],
  secret: true,
});

export const startAccount = endpoint({
  name: 'enterprise_accounts.start',
  method: 'POST',
  path: '/api/firm/start',
  summary: 'Opens an account with its code and a first password, and signs in. Without a password only in a demonstration.',
  access: 'public',
  limit: 'sign_in',
  input: z.strictObject({ uscc, code: openingCode, password: newPassword.nullable() }),
  output: done,
  problems: ['sign_in_refused', 'refused_by_rule', 'rate_limited'],
  secret: true,
});

export const getOwnAccount = endpoint({
  name: 'enterprise_accounts.get_own',
  method: 'GET',
  path: '/api/firm/account',
  summary: 'The enterprise of the caller, the unit that keeps its account, and its holder.',
  input: z.strictObject({}),
  output: z.object({ uscc: z.string(), name: z.string(), unitName: z.string(), contact, openedAt: instant }),
});

export const changeOwnContact = endpoint({
  name: 'enterprise_accounts.change_contact',
  method: 'PUT',
  path: '/api/firm/account/contact',
  summary: 'Corrects name and telephone of the holder.',
  input: z.strictObject({ contact }),
  output: done,
});

export const listOwnServices = endpoint({
  name: 'enterprise_accounts.list_own_services',
  method: 'GET',
  path: '/api/firm/services',
  summary: 'What the ledgers say of the caller\'s enterprise: day, unit, kind and title of each activity it took part in, newest first; 200 at most.',
  input: z.strictObject({}),
  output: z.object({ services: z.array(ownService) }),
});

export const listOwnViews = endpoint({
  name: 'enterprise_accounts.list_own_views',
  method: 'GET',
  path: '/api/firm/views',
  summary: 'Who looked at what the enterprise keeps here: day, unit and post, without names; from the audit trail.',
  input: z.strictObject({}),
  output: z.object({ views: z.array(ownView) }),
});

export const listEnterpriseAccounts = endpoint({
  name: 'enterprise_accounts.list',
  method: 'GET',
  path: '/api/units/:unitCode/enterprise-accounts',
  summary: 'Accounts of enterprises the unit keeps, and what waits for it.',
  input: z.strictObject({ unitCode }),
  output: z.object({ accounts: z.array(keptAccount), requests: z.array(accountRequest) }),
});

export const inviteEnterprise = endpoint({
  name: 'enterprise_accounts.invite',
  method: 'POST',
  path: '/api/units/:unitCode/enterprise-accounts',
  summary: 'Opens an account for an enterprise and gives a code to hand over. One account for each enterprise.',
  input: z.strictObject({ unitCode, uscc, name: plainText(100, 2), contact, checked: reasonText }),
  output: handedCode,
  problems: ['refused_by_rule'],
  stepUp: true,
  secret: true,
});

export const decideAccountRequest = endpoint({
  name: 'enterprise_accounts.decide_request',
  method: 'POST',
  path: '/api/enterprise-account-requests/:id/decision',
  summary: 'Approves or refuses what an enterprise asked for. The code is the enterprise\'s own: nobody else has seen it.',
  input: z.strictObject({ id: recordIdentifier, approve: z.boolean(), checked: reasonText }),
  output: done,
  problems: ['refused_by_rule', 'wrong_state'],
  stepUp: true,
});

const ofAccount = { accountId: z.uuid({ error: 'account_id' }) };

export const makeOpeningCode = endpoint({
  name: 'enterprise_accounts.make_code',
  method: 'POST',
  path: '/api/enterprise-accounts/:accountId/code',
  summary: 'A new code for an account nobody has opened yet; the one before ends.',
  input: z.strictObject(ofAccount),
  output: handedCode,
  problems: ['refused_by_rule'],
  stepUp: true,
  secret: true,
});

export const setEnterpriseAccountState = endpoint({
  name: 'enterprise_accounts.set_state',
  method: 'POST',
  path: '/api/enterprise-accounts/:accountId/state',
  summary: 'Disables an account, or lets it be used again.',
  input: z.strictObject({ ...ofAccount, disabled: z.boolean(), reason: reasonText }),
  output: done,
  stepUp: true,
});

export const requestEnterpriseRecovery = endpoint({
  name: 'enterprise_accounts.request_recovery',
  method: 'POST',
  path: '/api/enterprise-accounts/:accountId/recovery',
  summary: 'Asks to open an account anew, for a holder who lost the password or for another holder. Another official decides.',
  input: z.strictObject({ ...ofAccount, contact, reason: reasonText }),
  output: done,
  problems: ['refused_by_rule', 'wrong_state'],
  stepUp: true,
});

export const decideEnterpriseRecovery = endpoint({
  name: 'enterprise_accounts.decide_recovery',
  method: 'POST',
  path: '/api/enterprise-accounts/:accountId/recovery/decision',
  summary: 'Decides whether an account is opened anew: never who asked. Password, factors and sessions of before end, and the enterprise is told both names.',
  input: z.strictObject({ ...ofAccount, approve: z.boolean() }),
  output: z.object({ handed: handedCode.nullable() }),
  problems: ['refused_by_rule', 'wrong_state'],
  stepUp: true,
  secret: true,
});
