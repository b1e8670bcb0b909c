// What may be asked about accounts and sessions.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, plainText, unitCode } from '../../shared/wire.ts';
import { role } from '../access/model.ts';
import { account, newPassword, signInName } from './model.ts';

export const getInstallation = endpoint({
  name: 'people.get_installation',
  method: 'GET',
  path: '/api/installation',
  summary: 'What anyone may know before signing in: server time, whether this is a demonstration, the current edition.',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ serverTime: instant, demonstration: z.boolean(), currentEdition: z.string().nullable(), version: z.string() }),
});

export const signIn = endpoint({
  name: 'people.sign_in',
  method: 'POST',
  path: '/api/sign-in',
  summary: 'Opens a session. Unknown name and wrong password answer alike.',
  access: 'public',
  input: z.strictObject({ signInName: plainText(60), password: z.string().min(1, { error: 'text_missing' }).max(200, { error: 'text_too_long' }) }),
  output: account,
  problems: ['sign_in_refused', 'rate_limited'],
  secret: true,
});

export const redeemSignInLink = endpoint({
  name: 'people.use_sign_in_link',
  method: 'POST',
  path: '/api/sign-in-links/use',
  summary: 'Opens a session with a one-time link.',
  access: 'public',
  input: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,80}$/, { error: 'sign_in_link' }) }),
  output: account,
  problems: ['sign_in_refused'],
  secret: true,
});

export const signOut = endpoint({
  name: 'people.sign_out',
  method: 'POST',
  path: '/api/sign-out',
  summary: 'Ends this session.',
  input: z.strictObject({}),
  output: done,
});

export const whoAmI = endpoint({
  name: 'people.who_am_i',
  method: 'GET',
  path: '/api/me',
  summary: 'The caller and the roles held.',
  input: z.strictObject({}),
  output: z.object({ account, serverTime: instant, demonstration: z.boolean(), currentEdition: z.string().nullable() }),
});

export const changePassword = endpoint({
  name: 'people.change_password',
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Sets the password; the current one is needed where there is one. Other sessions end.',
  input: z.strictObject({ current: z.string().max(200).nullable(), next: newPassword }),
  output: done,
  problems: ['sign_in_refused', 'refused_by_rule', 'rate_limited'],
  secret: true,
});

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
