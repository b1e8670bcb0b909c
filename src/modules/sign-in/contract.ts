// What may be asked about coming in, staying in and going out.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, plainText } from '../../shared/wire.ts';
import { account } from '../people/model.ts';
import { newPassword } from './model.ts';

export const getInstallation = endpoint({
  name: 'sign_in.get_installation',
  method: 'GET',
  path: '/api/installation',
  summary: 'What anyone may know before signing in: server time, whether this is a demonstration, the current edition.',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ serverTime: instant, demonstration: z.boolean(), currentEdition: z.string().nullable(), version: z.string() }),
});

export const signIn = endpoint({
  name: 'sign_in.with_password',
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
  name: 'sign_in.use_link',
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
  name: 'sign_in.sign_out',
  method: 'POST',
  path: '/api/sign-out',
  summary: 'Ends this session.',
  input: z.strictObject({}),
  output: done,
});

export const whoAmI = endpoint({
  name: 'sign_in.who_am_i',
  method: 'GET',
  path: '/api/me',
  summary: 'The caller and the roles held.',
  input: z.strictObject({}),
  output: z.object({ account, serverTime: instant, demonstration: z.boolean(), currentEdition: z.string().nullable() }),
});

export const changePassword = endpoint({
  name: 'sign_in.change_password',
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Sets the password; the current one is needed where there is one. Other sessions end.',
  input: z.strictObject({ current: z.string().max(200).nullable(), next: newPassword }),
  output: done,
  problems: ['sign_in_refused', 'refused_by_rule', 'rate_limited'],
  secret: true,
});
