// What may be asked about coming in, staying in and going out.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate, instant } from '../../shared/instant.ts';
import { done, plainText } from '../../shared/wire.ts';
import { account } from '../people/model.ts';
import { arrival, factorProof, factorView, givenPassword, newPassword, noticeView, sessionProof, sessionView, squares, ticket } from './model.ts';

export const getInstallation = endpoint({
  name: 'sign_in.get_installation',
  method: 'GET',
  path: '/api/installation',
  summary: 'What anyone may know before signing in: server time, whether this is a demonstration, the current edition.',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ serverTime: instant, demonstration: z.boolean(), /** Nothing is written now but coming and going (kernel/mode.ts). */ readOnly: z.boolean(), currentEdition: z.string().nullable(), version: z.string() }),
});

export const signIn = endpoint({
  name: 'sign_in.with_password',
  method: 'POST',
  path: '/api/sign-in',
  summary: 'First step: name and password. Opens a session where no second factor is due, else gives a ticket for the second step. Unknown name and wrong password answer alike.',
  access: 'public',
  input: z.strictObject({ signInName: plainText(60), password: givenPassword }),
  output: arrival,
  problems: ['sign_in_refused', 'rate_limited'],
  limit: 'sign_in',
  secret: true,
});

export const signInSecondStep = endpoint({
  name: 'sign_in.second_step',
  method: 'POST',
  path: '/api/sign-in/second-step',
  summary: 'Second step: a factor, with the ticket of the first. Opens a session.',
  access: 'public',
  input: z.strictObject({ ticket, proof: factorProof }),
  output: account,
  problems: ['sign_in_refused', 'rate_limited', 'wrong_state'],
  limit: 'sign_in',
  secret: true,
});

export const redeemSignInLink = endpoint({
  name: 'sign_in.use_link',
  method: 'POST',
  path: '/api/sign-in-links/use',
  summary: 'Opens a session with a one-time link. Password, factors and sessions of before end; the session sets new ones up before anything else.',
  access: 'public',
  input: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,80}$/, { error: 'sign_in_link' }) }),
  output: account,
  problems: ['sign_in_refused'],
  limit: 'sign_in',
  secret: true,
});

export const signOut = endpoint({
  name: 'sign_in.sign_out',
  method: 'POST',
  path: '/api/sign-out',
  summary: 'Ends this session.',
  admits: ['locked', 'enrolling'],
  input: z.strictObject({}),
  output: done,
});

export const whoAmI = endpoint({
  name: 'sign_in.who_am_i',
  method: 'GET',
  path: '/api/me',
  summary: 'The caller, the roles held, and how the session stands. Also of a locked session, so that its page can say whose it is.',
  admits: ['locked', 'enrolling'],
  input: z.strictObject({}),
  output: z.object({
    /** As it acts now: standing in for another it bears that in its name, and has the roles lent. */
    account, serverTime: instant, demonstration: z.boolean(), readOnly: z.boolean(), currentEdition: z.string().nullable(),
    standingInFor: z.object({ substitutionId: z.string(), holderName: z.string(), lastDay: calendarDate }).nullable(),
    standing: z.enum(['open', 'locked', 'enrolling']),
    /** The account of an enterprise: its pages are on the site. */
    ofEnterprise: z.boolean(),
    /** Minutes without a key or a pointer after which the session locks. */
    idleMinutes: z.number().int(),
  }),
});

export const prove = endpoint({
  name: 'sign_in.prove',
  method: 'POST',
  path: '/api/me/proof',
  summary: 'Proves a factor in this session: opens it when it is locked (`unlock`, by any factor), or lets what needs a proof through for ten minutes (`step_up`, by the second factor where there is one). The session gets a new token.',
  admits: ['locked'],
  input: z.strictObject({ purpose: z.enum(['unlock', 'step_up']), proof: sessionProof }),
  output: done,
  problems: ['sign_in_refused', 'rate_limited'],
  secret: true,
});

export const lockSession = endpoint({
  name: 'sign_in.lock',
  method: 'POST',
  path: '/api/me/lock',
  summary: 'Locks this session until a factor is proved: asked for by hand, or by a page nobody has touched for a while.',
  admits: ['locked'],
  input: z.strictObject({}),
  output: done,
});

export const getFactors = endpoint({
  name: 'sign_in.get_factors',
  method: 'GET',
  path: '/api/me/factors',
  summary: 'What the caller can prove: password, second factors, recovery codes left, and when the password is due to be changed.',
  admits: ['locked', 'enrolling'],
  input: z.strictObject({}),
  output: z.object({
    hasPassword: z.boolean(), passwordDueAt: instant.nullable(), factors: z.array(factorView), recoveryCodes: z.number().int(),
    /** A demonstration account without factors confirms instead of proving. */
    confirms: z.boolean(),
  }),
});

export const changePassword = endpoint({
  name: 'sign_in.change_password',
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Sets the password; the current one is needed where there is one. Other sessions end.',
  admits: ['enrolling'],
  input: z.strictObject({ current: z.string().max(200).nullable(), next: newPassword }),
  output: done,
  problems: ['sign_in_refused', 'refused_by_rule', 'rate_limited'],
  secret: true,
});

export const beginTotp = endpoint({
  name: 'sign_in.begin_totp',
  method: 'POST',
  path: '/api/me/factors/totp',
  summary: 'A new secret for an authenticator app, shown once. It counts when a first code has confirmed it.',
  admits: ['enrolling'],
  stepUp: true,
  input: z.strictObject({ name: plainText(30) }),
  output: z.object({ id: z.string(), secret: z.string(), address: z.string(), squares }),
  problems: ['refused_by_rule'],
  secret: true,
});

export const confirmTotp = endpoint({
  name: 'sign_in.confirm_totp',
  method: 'POST',
  path: '/api/me/factors/totp/:id/confirm',
  summary: 'The first code of a new secret: from now on it is a second factor.',
  admits: ['enrolling'],
  input: z.strictObject({ id: z.uuid({ error: 'factor_id' }), code: z.string().regex(/^\d{6}$/, { error: 'totp_code' }) }),
  output: factorView,
  problems: ['sign_in_refused', 'wrong_state', 'rate_limited'],
  secret: true,
});

export const removeTotp = endpoint({
  name: 'sign_in.remove_totp',
  method: 'DELETE',
  path: '/api/me/factors/totp/:id',
  summary: 'Takes a factor away. The last one stays, except of a demonstration account.',
  stepUp: true,
  input: z.strictObject({ id: z.uuid({ error: 'factor_id' }) }),
  output: done,
  problems: ['refused_by_rule'],
});

export const makeRecoveryCodes = endpoint({
  name: 'sign_in.make_recovery_codes',
  method: 'POST',
  path: '/api/me/recovery-codes',
  summary: 'Ten new recovery codes, shown once; the ones before end.',
  admits: ['enrolling'],
  stepUp: true,
  input: z.strictObject({}),
  output: z.object({ codes: z.array(z.string()) }),
  problems: ['refused_by_rule'],
  secret: true,
});

export const finishEnrolment = endpoint({
  name: 'sign_in.finish_enrolment',
  method: 'POST',
  path: '/api/me/enrolment/finish',
  summary: 'Password, second factor and recovery codes are there: the session opens, with a new token.',
  admits: ['enrolling'],
  input: z.strictObject({}),
  output: done,
  problems: ['refused_by_rule'],
});

export const listSessions = endpoint({
  name: 'sign_in.list_sessions',
  method: 'GET',
  path: '/api/me/sessions',
  summary: 'Where the caller is signed in: since when, with what, last seen when.',
  input: z.strictObject({}),
  output: z.object({ sessions: z.array(sessionView) }),
});

export const endOwnSession = endpoint({
  name: 'sign_in.end_session',
  method: 'DELETE',
  path: '/api/me/sessions/:id',
  summary: 'Ends one other session of the caller.',
  stepUp: true,
  input: z.strictObject({ id: z.uuid({ error: 'session_id' }) }),
  output: done,
});

export const endOtherSessions = endpoint({
  name: 'sign_in.end_other_sessions',
  method: 'POST',
  path: '/api/me/sessions/end-others',
  summary: 'Ends all sessions of the caller but this one.',
  stepUp: true,
  input: z.strictObject({}),
  output: z.object({ ended: z.number().int() }),
});

export const listNotices = endpoint({
  name: 'sign_in.list_notices',
  method: 'GET',
  path: '/api/me/notices',
  summary: 'What happened to the account and the caller has not yet seen, newest first.',
  input: z.strictObject({}),
  output: z.object({ notices: z.array(noticeView), passwordDueAt: instant.nullable() }),
});

export const markNoticesSeen = endpoint({
  name: 'sign_in.mark_notices_seen',
  method: 'POST',
  path: '/api/me/notices/seen',
  summary: 'The caller has seen what happened up to a moment.',
  input: z.strictObject({ until: instant }),
  output: done,
});
