// What may be asked about accounts.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { plainText, unitCode } from '../../shared/wire.ts';
import { role } from '../access/model.ts';
import { account, signInName } from './model.ts';

export const listAccounts = endpoint({
  name: 'people.list_accounts',
  method: 'GET',
  path: '/api/units/:unitCode/accounts',
  summary: 'Accounts with a role at a unit.',
  input: z.strictObject({ unitCode }),
  output: z.object({ accounts: z.array(account) }),
});

const roles = z.array(z.strictObject({ role, unitCode })).min(1, { error: 'role_missing' }).max(10, { error: 'too_many' });

export const createAccount = endpoint({
  name: 'people.create_account',
  method: 'POST',
  path: '/api/units/:unitCode/accounts',
  summary: 'Creates an account without a password and its first one-time link.',
  input: z.strictObject({ unitCode, signInName, displayName: plainText(30), roles }),
  output: z.object({ account, signInPath: z.string(), expiresAt: instant }),
  problems: ['duplicate', 'refused_by_rule'],
  secret: true,
});

const accountId = z.uuid({ error: 'account_id' });

export const setAccountState = endpoint({
  name: 'people.set_account_state',
  method: 'PUT',
  path: '/api/accounts/:accountId/state',
  summary: 'Disables or enables an account; disabling ends its sessions.',
  input: z.strictObject({ accountId, disabled: z.boolean(), reason: plainText(200) }),
  output: account,
  problems: ['refused_by_rule'],
});

export const createSignInLink = endpoint({
  name: 'people.create_sign_in_link',
  method: 'POST',
  path: '/api/accounts/:accountId/sign-in-links',
  summary: 'A new one-time link, valid 72 hours; earlier unused links end.',
  input: z.strictObject({ accountId }),
  output: z.object({ signInPath: z.string(), expiresAt: instant }),
  secret: true,
});
