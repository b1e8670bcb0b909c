// What may be asked about passkeys, UKeys and the identity at a sign-in service.
import { z } from 'zod';
import { endpoint } from '../../../shared/endpoint.ts';
import { done, plainText, reasonText } from '../../../shared/wire.ts';
import { account } from '../../people/model.ts';
import { arrival, ticket } from '../model.ts';
import { challengeHandle, factorName, identityView, passkeyMade, passkeyUsed, passkeyView, ukeyView } from '../model/ways.ts';

const accountId = z.uuid({ error: 'account_id' });
/** Public-key options of WebAuthn, as the browser takes them. */
const browserOptions = z.looseObject({ challenge: z.string() });
const asked = z.object({ challenge: z.string(), options: browserOptions });

export const listWays = endpoint({
  name: 'sign_in.list_ways',
  method: 'GET',
  path: '/api/sign-in/ways',
  summary: 'Which ways in this installation offers beside a password: passkeys need a domain over TLS, single sign-on and UKeys a setting.',
  access: 'public',
  input: z.strictObject({}),
  /** `passkeys`: the domain they are bound to; null where there is none. */
  output: z.object({ passkeys: z.string().nullable(), singleSignOn: z.object({ name: z.string().nullable() }).nullable(), ukeyService: z.string().nullable() }),
});

export const listOwnWays = endpoint({
  name: 'sign_in.list_own_ways',
  method: 'GET',
  path: '/api/me/ways',
  summary: 'The passkeys, UKeys and linked identity of the caller.',
  admits: ['locked', 'enrolling'],
  input: z.strictObject({}),
  output: z.object({ passkeys: z.array(passkeyView), ukeys: z.array(ukeyView), identity: identityView.nullable() }),
});

export const beginPasskey = endpoint({
  name: 'sign_in.begin_passkey',
  method: 'POST',
  path: '/api/me/passkeys/challenge',
  summary: 'What the browser is asked to make a passkey from. Holds five minutes, for one answer.',
  admits: ['enrolling'],
  stepUp: true,
  input: z.strictObject({}),
  output: asked,
  problems: ['refused_by_rule'],
  secret: true,
});

export const addPasskey = endpoint({
  name: 'sign_in.add_passkey',
  method: 'POST',
  path: '/api/me/passkeys',
  summary: 'Keeps the passkey a browser made. It is a second factor from now on, and alone a way in.',
  admits: ['enrolling'],
  input: z.strictObject({ challenge: challengeHandle, name: factorName, answer: passkeyMade }),
  output: passkeyView,
  problems: ['sign_in_refused', 'refused_by_rule', 'duplicate'],
  secret: true,
});

const passkeyId = z.string().max(1400, { error: 'text_too_long' }).regex(/^[A-Za-z0-9_-]+$/, { error: 'passkey_answer' });

export const renamePasskey = endpoint({
  name: 'sign_in.rename_passkey',
  method: 'PUT',
  path: '/api/me/passkeys/:id',
  summary: 'Another name for a passkey, for its holder only.',
  admits: ['enrolling'],
  input: z.strictObject({ id: passkeyId, name: factorName }),
  output: done,
});

export const removePasskey = endpoint({
  name: 'sign_in.remove_passkey',
  method: 'DELETE',
  path: '/api/me/passkeys/:id',
  summary: 'Takes a passkey away. The last second factor stays, except of a demonstration account.',
  stepUp: true,
  input: z.strictObject({ id: passkeyId }),
  output: done,
  problems: ['refused_by_rule'],
});

export const askPasskey = endpoint({
  name: 'sign_in.ask_passkey',
  method: 'POST',
  path: '/api/sign-in/passkey-challenge',
  summary: 'What the browser is asked to sign with a passkey: any of this site, or one of the account that is at the second step or signed in. Holds five minutes, for one answer.',
  access: 'public',
  limit: 'sign_in',
  admits: ['locked'],
  input: z.strictObject({ ticket: ticket.nullable() }),
  output: asked,
  problems: ['sign_in_refused', 'refused_by_rule', 'wrong_state'],
  secret: true,
});

export const signInWithPasskey = endpoint({
  name: 'sign_in.with_passkey',
  method: 'POST',
  path: '/api/sign-in/passkey',
  summary: 'Opens a session with a passkey alone: it checked its holder itself, so that it counts as two factors.',
  access: 'public',
  limit: 'sign_in',
  input: z.strictObject({ challenge: challengeHandle, answer: passkeyUsed }),
  output: account,
  problems: ['sign_in_refused', 'refused_by_rule'],
  secret: true,
});

export const askUkey = endpoint({
  name: 'sign_in.ask_ukey',
  method: 'POST',
  path: '/api/sign-in/ukey-challenge',
  summary: 'The text a UKey of the account at the second step, or signed in, is to sign. Holds five minutes, for one answer.',
  access: 'public',
  limit: 'sign_in',
  admits: ['locked'],
  input: z.strictObject({ ticket: ticket.nullable() }),
  output: z.object({ challenge: z.string(), text: z.string(), publicKeys: z.array(z.string()) }),
  problems: ['sign_in_refused', 'refused_by_rule', 'wrong_state'],
  secret: true,
});

export const listWaysOf = endpoint({
  name: 'sign_in.list_ways_of',
  method: 'GET',
  path: '/api/accounts/:accountId/ways',
  summary: 'The UKeys and the linked identity of an account, for who keeps keys.',
  input: z.strictObject({ accountId }),
  output: z.object({ signInName: z.string(), displayName: z.string(), ukeys: z.array(ukeyView), identity: identityView.nullable() }),
});

export const registerUkey = endpoint({
  name: 'sign_in.register_ukey',
  method: 'POST',
  path: '/api/accounts/:accountId/ukeys',
  summary: 'Registers the SM2 key of a UKey for an account, from its certificate or as a public key.',
  stepUp: true,
  input: z.strictObject({ accountId, name: factorName, key: z.string().max(20_000, { error: 'text_too_long' }) }),
  output: ukeyView,
  problems: ['refused_by_rule', 'duplicate'],
});

export const removeUkey = endpoint({
  name: 'sign_in.remove_ukey',
  method: 'DELETE',
  path: '/api/accounts/:accountId/ukeys/:id',
  summary: 'Takes a UKey away, lost or handed back. It counts no more at once.',
  stepUp: true,
  input: z.strictObject({ accountId, id: z.uuid({ error: 'factor_id' }), reason: reasonText }),
  output: done,
  problems: ['refused_by_rule'],
});

/** What the sign-in service sent back in the address, and the half of the challenge that never left this browser. */
const returned = {
  challenge: challengeHandle,
  /** The query of the page the sign-in service led back to, as it stands. */
  query: z.string().min(1, { error: 'text_missing' }).max(8000, { error: 'text_too_long' }),
};
const leading = z.object({ challenge: z.string(), address: z.string() });

export const beginSingleSignOn = endpoint({
  name: 'sign_in.begin_single_sign_on',
  method: 'POST',
  path: '/api/sign-in/single-sign-on/challenge',
  summary: 'Where to go to sign in at the sign-in service. Holds ten minutes, for one return.',
  access: 'public',
  limit: 'sign_in',
  input: z.strictObject({}),
  output: leading,
  problems: ['refused_by_rule', 'provider_unavailable'],
  secret: true,
});

export const finishSingleSignOn = endpoint({
  name: 'sign_in.with_single_sign_on',
  method: 'POST',
  path: '/api/sign-in/single-sign-on',
  summary: 'First step: back from the sign-in service. Leads where a password would; to the second step unless two factors were proved there and the settings accept that.',
  access: 'public',
  limit: 'sign_in',
  input: z.strictObject(returned),
  output: arrival,
  problems: ['sign_in_refused', 'identity_not_linked', 'refused_by_rule', 'provider_unavailable', 'provider_refused'],
  secret: true,
});

export const beginLinking = endpoint({
  name: 'sign_in.begin_linking',
  method: 'POST',
  path: '/api/me/identity/challenge',
  summary: 'Where to go to show the identity that is to open the own account.',
  admits: ['enrolling'],
  stepUp: true,
  input: z.strictObject({}),
  output: leading,
  problems: ['refused_by_rule', 'provider_unavailable'],
  secret: true,
});

export const linkOwnIdentity = endpoint({
  name: 'sign_in.link_own_identity',
  method: 'POST',
  path: '/api/me/identity',
  summary: 'Back from the sign-in service: from now on the identity shown there opens the own account.',
  admits: ['enrolling'],
  input: z.strictObject(returned),
  output: identityView,
  problems: ['refused_by_rule', 'duplicate', 'provider_unavailable', 'provider_refused'],
  secret: true,
});

export const unlinkOwnIdentity = endpoint({
  name: 'sign_in.unlink_own_identity',
  method: 'DELETE',
  path: '/api/me/identity',
  summary: 'The identity at the sign-in service opens the own account no more.',
  stepUp: true,
  input: z.strictObject({}),
  output: done,
  problems: ['refused_by_rule'],
});

export const linkIdentity = endpoint({
  name: 'sign_in.link_identity',
  method: 'PUT',
  path: '/api/accounts/:accountId/identity',
  summary: 'Links an identity at the sign-in service, by the subject the service knows it by, to an account. The second factor is still asked for.',
  stepUp: true,
  input: z.strictObject({ accountId, subject: plainText(255), label: plainText(60), reason: reasonText }),
  output: identityView,
  problems: ['refused_by_rule', 'duplicate'],
});

export const unlinkIdentity = endpoint({
  name: 'sign_in.unlink_identity',
  method: 'DELETE',
  path: '/api/accounts/:accountId/identity',
  summary: 'The identity at the sign-in service opens this account no more.',
  stepUp: true,
  input: z.strictObject({ accountId, reason: reasonText }),
  output: done,
});
