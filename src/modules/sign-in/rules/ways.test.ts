import { describe, expect, it } from 'vitest';
import { challengeEnd, expectedOriginOf, isValidAt, provedTwoFactors, relyingPartyOf, ukeyText } from './ways.ts';

const now = '2026-06-26T09:00:00.000+08:00';

describe('who asks for a passkey', () => {
  it.each([
    ['https://fwy.example.gov.cn', { id: 'fwy.example.gov.cn', origin: 'https://fwy.example.gov.cn' }],
    ['https://FWY.Example.gov.cn:443/', { id: 'fwy.example.gov.cn', origin: 'https://fwy.example.gov.cn' }],
    ['https://fwy.example.gov.cn:8443/path', { id: 'fwy.example.gov.cn', origin: 'https://fwy.example.gov.cn:8443' }],
    ['http://localhost:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
    [null, { id: 'localhost', origin: null }],
  ])('is the domain of %s', (publicUrl, party) => {
    expect(relyingPartyOf(publicUrl)).toEqual(party);
  });

  it.each(['http://10.0.3.7:8080', 'https://10.0.3.7', 'http://fwy.example.gov.cn', 'https://[2001:db8::1]/', 'ftp://x', 'https://user@evil.example', 'http://localhost.evil.example'])('is nobody at %s', (publicUrl) => {
    expect(relyingPartyOf(publicUrl)).toBeNull();
  });

  it('takes answers from its own origin only, and in development from any port of localhost', () => {
    expect(expectedOriginOf({ id: 'a.example', origin: 'https://a.example' }, 'https://evil.example')).toBe('https://a.example');
    expect(expectedOriginOf({ id: 'localhost', origin: null }, 'http://localhost:5173')).toBe('http://localhost:5173');
    for (const claimed of ['https://evil.example', 'http://localhost.evil.example', 'http://localhost:80@evil.example', 'http://127.0.0.1:8080']) {
      expect(expectedOriginOf({ id: 'localhost', origin: null }, claimed)).toBe('http://localhost');
    }
  });
});

describe('a challenge', () => {
  it('waits some minutes', () => {
    expect(challengeEnd('passkey', now)).toBe('2026-06-26T09:05:00.000+08:00');
    expect(challengeEnd('single_sign_on', now)).toBe('2026-06-26T09:10:00.000+08:00');
  });

  it('for a UKey names use, site, account and moment, each in a line of its own', () => {
    expect(ukeyText({ site: 'https://a.example', accountId: 'x', nonce: 'n', at: now })).toBe(`fuwuyue/ukey/1\nhttps://a.example\nx\nn\n${now}`);
  });
});

describe('a key with dates', () => {
  it('holds from its first moment to before its last, and for ever without dates', () => {
    expect(isValidAt({ validFrom: now, validUntil: null }, now)).toBe(true);
    expect(isValidAt({ validFrom: null, validUntil: now }, now)).toBe(false);
    expect(isValidAt({ validFrom: '2026-06-26T09:00:00.001+08:00', validUntil: null }, now)).toBe(false);
    expect(isValidAt({ validFrom: null, validUntil: null }, now)).toBe(true);
  });
});

describe('what a sign-in service says of factors', () => {
  it.each([
    [{ amr: ['pwd', 'mfa'] }, ['mfa'], true],
    [{ acr: 'urn:two' }, ['urn:two'], true],
    [{ amr: ['pwd', 'mfa'] }, [], false],
    [{ amr: 'mfa' }, ['mfa'], false],
    [{ acr: ['mfa'], amr: [['mfa']] }, ['mfa'], false],
    [{}, ['mfa'], false],
  ])('%j with %j accepted counts as two: %s', (claims, accepted, two) => {
    expect(provedTwoFactors(claims, accepted)).toBe(two);
  });
});
