import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SingleSignOn } from '../../kernel/site.ts';
import { type SignInService, startSignInService } from '../../testing/sign-in-service.ts';
import { comeBackFrom, leaveFor, ProviderRefused, ProviderUnavailable } from './provider.ts';

const redirectUri = 'http://localhost:8080/sign-in/single-sign-on';
let service: SignInService;

beforeAll(async () => {
  service = await startSignInService([redirectUri]);
});
afterAll(async () => service.close());
afterEach(() => {
  service.fault = 'none';
  service.faultAt = /./;
});

/** Settings nobody has asked with before: discovery is done anew. */
const settings = (over: Partial<SingleSignOn> = {}): SingleSignOn => ({ issuer: service.issuer, clientId: service.clientId, secret: async () => service.clientSecret, name: null, twoFactors: [], ...over });

describe('a sign-in service', () => {
  it('lets somebody go, come back with a code, and be known by the subject', async () => {
    service.person = { subject: 'zhang-san', acr: 'urn:test:two', amr: ['pwd', 'mfa'] };
    const here = settings();
    const { address, ...leaving } = await leaveFor(here, redirectUri);
    const asked = new URL(address).searchParams;
    expect([asked.get('code_challenge_method'), asked.get('response_type'), asked.get('scope'), asked.get('state'), asked.get('nonce')]).toEqual(['S256', 'code', 'openid profile', leaving.state, leaving.nonce]);
    expect(address).not.toContain(leaving.verifier);
    const query = await service.walk(address, redirectUri);
    expect(await comeBackFrom(here, redirectUri, query, leaving)).toMatchObject({ issuer: service.issuer, subject: 'zhang-san', acr: 'urn:test:two', amr: ['pwd', 'mfa'] });
  });

  it.each([
    ['another state', (leaving) => ({ ...leaving, state: 'another' })],
    ['another nonce', (leaving) => ({ ...leaving, nonce: 'another' })],
    ['another verifier', (leaving) => ({ ...leaving, verifier: 'v'.repeat(43) })],
  ] satisfies [string, (leaving: { state: string; nonce: string; verifier: string }) => { state: string; nonce: string; verifier: string }][])('refuses %s', async (_what, change) => {
    const here = settings();
    const { address, ...leaving } = await leaveFor(here, redirectUri);
    const query = await service.walk(address, redirectUri);
    await expect(comeBackFrom(here, redirectUri, query, change(leaving))).rejects.toBeInstanceOf(ProviderRefused);
  });

  it('refuses a code used before', async () => {
    const here = settings();
    const { address, ...leaving } = await leaveFor(here, redirectUri);
    const query = await service.walk(address, redirectUri);
    await comeBackFrom(here, redirectUri, query, leaving);
    await expect(comeBackFrom(here, redirectUri, query, leaving)).rejects.toBeInstanceOf(ProviderRefused);
  });

  it.each(['error=access_denied&state=', 'state=', 'code=x&code=y&state=', `code=x&iss=${encodeURIComponent('https://elsewhere.example')}&state=`])('refuses %s', async (query) => {
    const here = settings();
    const { address: _address, ...leaving } = await leaveFor(here, redirectUri);
    await expect(comeBackFrom(here, redirectUri, `${query}${leaving.state}`, leaving)).rejects.toBeInstanceOf(ProviderRefused);
  });

  it('says that it is out of order when our own secret is wrong or missing', async () => {
    const wrong = settings({ secret: async () => 'wrong' });
    const { address, ...leaving } = await leaveFor(wrong, redirectUri);
    const query = await service.walk(address, redirectUri);
    await expect(comeBackFrom(wrong, redirectUri, query, leaving)).rejects.toBeInstanceOf(ProviderUnavailable);
    await expect(leaveFor(settings({ secret: async () => null }), redirectUri)).rejects.toBeInstanceOf(ProviderUnavailable);
  });

  it.each(['garbage', 'html', 'error_500', 'cut_off', 'endless', 'wrong_issuer'] as const)('asked at the start and answering %s is out of order', async (fault) => {
    service.fault = fault;
    await expect(leaveFor(settings(), redirectUri)).rejects.toBeInstanceOf(ProviderUnavailable);
  });

  it('is never asked at another host than its own', async () => {
    service.fault = 'elsewhere';
    service.faultAt = /well-known/;
    const here = settings();
    const { address: _address, ...leaving } = await leaveFor(here, redirectUri);
    await expect(comeBackFrom(here, redirectUri, `code=x&state=${leaving.state}`, leaving)).rejects.toBeInstanceOf(ProviderUnavailable);
  });

  it.each(['garbage', 'html', 'error_500', 'cut_off'] as const)('answering %s where the code is changed, or for its keys, is out of order', async (fault) => {
    for (const place of [/token/, /jwks/]) {
      service.fault = 'none';
      const here = settings();
      const { address, ...leaving } = await leaveFor(here, redirectUri);
      const query = await service.walk(address, redirectUri);
      service.fault = fault;
      service.faultAt = place;
      await expect(comeBackFrom(here, redirectUri, query, leaving)).rejects.toBeInstanceOf(ProviderUnavailable);
    }
  });

  it('is out of order when nobody listens there', async () => {
    await expect(leaveFor(settings({ issuer: 'http://127.0.0.1:9' }), redirectUri)).rejects.toBeInstanceOf(ProviderUnavailable);
  });
});
