// What an identity token must be to let anybody in (ASVS V9, V10.5): signed by a key of the issuer with an algorithm of its, for us, for this
// very question, in its time. A service of forty lines that says whatever the test wants said.
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SingleSignOn } from '../../kernel/site.ts';
import { epochOf } from '../../shared/instant.ts';
import { systemClock } from '../../kernel/clock.ts';
import { comeBackFrom, leaveFor, ProviderRefused, ProviderUnavailable } from './provider.ts';

const redirectUri = 'https://fwy.example/sign-in/single-sign-on';
const clientId = 'fuwuyue';
const clientSecret = 'a secret of the test that is long enough 0123456789';
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });

let server: Server;
let issuer: string;
let token = '';
let whereTo: string | null = null;
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const answer = path.startsWith('/.well-known/')
      ? { issuer, authorization_endpoint: whereTo ?? `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'] }
      : path === '/jwks' ? { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }] } : { access_token: 'x', token_type: 'Bearer', id_token: token };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

type Claims = Readonly<Record<string, unknown>>;
type Signer = (text: string) => string;

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const rsa = (key: KeyObject): Signer => (text) => sign('sha256', Buffer.from(text), key).toString('base64url');
const tokenOf = (claims: Claims, signer: Signer = rsa(own.privateKey), head: object = { alg: 'RS256', kid: 'own' }): string => {
  const text = `${encoded(head)}.${encoded(claims)}`;
  return `${text}.${signer(text)}`;
};

/** Goes there and comes back with the token that is made of the claims of a right one. */
async function cameBack(made: (right: Claims) => string): Promise<unknown> {
  const service: SingleSignOn = { issuer, clientId, secret: async () => clientSecret, name: null, twoFactors: [] };
  const { address: _address, ...leaving } = await leaveFor(service, redirectUri);
  const seconds = Math.floor(epochOf(systemClock.now()) / 1000);
  token = made({ iss: issuer, sub: 'zhang-san', aud: clientId, nonce: leaving.nonce, iat: seconds, exp: seconds + 60 });
  return comeBackFrom(service, redirectUri, `code=x&state=${leaving.state}`, leaving).then(({ subject }) => subject, (error: unknown) => error);
}

it('a right one lets its subject in', async () => {
  expect(await cameBack((right) => tokenOf(right))).toBe('zhang-san');
});

it.each<readonly [what: string, made: (right: Claims) => string]>([
  ['signed by another key', (right) => tokenOf(right, rsa(foreign.privateKey))],
  ['changed after it was signed', (right) => tokenOf(right).replace(/\.[^.]+\./, `.${encoded({ ...right, sub: 'li-si' })}.`)],
  ['that brings its own key along', (right) => tokenOf(right, rsa(foreign.privateKey), { alg: 'RS256', jwk: foreign.publicKey.export({ format: 'jwk' }), jku: 'https://evil.example/jwks' })],
  ['not signed at all', (right) => tokenOf(right, () => '', { alg: 'none' })],
  ['signed with our shared secret', (right) => tokenOf(right, (text) => createHmac('sha256', clientSecret).update(text).digest('base64url'), { alg: 'HS256' })],
  ['signed with the public key as a secret', (right) => tokenOf(right, (text) => createHmac('sha256', own.publicKey.export({ format: 'pem', type: 'spki' })).update(text).digest('base64url'), { alg: 'HS256', kid: 'own' })],
  ['for somebody else', (right) => tokenOf({ ...right, aud: 'another' })],
  ['of another issuer', (right) => tokenOf({ ...right, iss: 'https://elsewhere.example' })],
  ['of another question', (right) => tokenOf({ ...right, nonce: 'another' })],
  ['of no question', ({ nonce: _nonce, ...right }) => tokenOf(right)],
  ['past its time', (right) => tokenOf({ ...right, iat: Number(right['iat']) - 600, exp: Number(right['exp']) - 600 })],
  ['before its time', (right) => tokenOf({ ...right, nbf: Number(right['iat']) + 600 })],
  ['of nobody', ({ sub: _sub, ...right }) => tokenOf(right)],
])('one %s lets nobody in', async (_what, made) => {
  const refused = await cameBack(made);
  expect(refused instanceof ProviderRefused || refused instanceof ProviderUnavailable, String(refused)).toBe(true);
});

it('nobody is led to a place to sign in that has no TLS', async () => {
  whereTo = 'http://elsewhere.example/auth';
  const service: SingleSignOn = { issuer, clientId, secret: async () => clientSecret, name: null, twoFactors: [] };
  await expect(leaveFor(service, redirectUri)).rejects.toBeInstanceOf(ProviderUnavailable);
});
