// UKeys over the real API, with SM2 keys in software.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { newKeyPair } from '../../kernel/suites.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import { type Browser, browserOf, enrol } from '../../testing/sign-in.ts';
import { type SoftwareUkey, softwareUkey } from '../../testing/software-ukey.ts';
import { listAuditEvents } from '../audit/contract.ts';
import * as door from './contract.ts';
import * as ways from './contract/ways.ts';
import { readUkeyKey } from './ukeys.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ site: { publicUrl: 'https://fwy.example', ukeyService: 'http://127.0.0.1:9001' } });
});
afterAll(async () => world.close());

const clerk = 'clerk.of.990101';
const clerkId = '00000000-0000-4000-8000-000000990101';
const later = (minutes: number): string => instantOf(epochOf(monday) + minutes * 60_000);
type Here = Country & { readonly tx: Tx };

const keeper = (country: Here) => country.as('security_administrator of 990000');
const register = (country: Here, ukey: SoftwareUkey, name = '经办 UKey') => keeper(country).call(ways.registerUkey, { accountId: clerkId, name, key: ukey.publicKey });

async function proofOf(browser: Browser, ukey: SoftwareUkey, ticket: string | null, over: { readonly text?: string; readonly signature?: string } = {}) {
  const { body } = await browser.send(ways.askUkey, { ticket });
  const text = over.text ?? String(body['text']);
  return { kind: 'ukey' as const, challenge: String(body['challenge']), publicKey: ukey.publicKey, signature: over.signature ?? ukey.sign(text) };
}

describe('a UKey', () => {
  it('is registered by the security administrator above, seen by its holder, and is the second step', () =>
    world.rolledBack(async (country) => {
      const { password } = await enrol(country, clerkId);
      const ukey = softwareUkey();
      expect(await register(country, ukey)).toMatchObject({ name: '经办 UKey', subject: null, publicKey: ukey.publicKey, registeredByName: 'security_administrator of 990000' });
      const browser = browserOf(country);
      const { body: first } = await browser.send(door.signIn, { signInName: clerk, password });
      expect((first['kinds'] as string[]).toSorted()).toEqual(['totp', 'ukey']);
      const ticket = String(first['ticket']);
      const { body: asked } = await browser.send(ways.askUkey, { ticket });
      expect(String(asked['text']).split('\n')).toEqual(['fuwuyue/ukey/1', 'https://fwy.example', clerkId, expect.stringMatching(/^[\w-]{43}$/), monday]);
      expect(asked['publicKeys']).toEqual([ukey.publicKey]);
      const proof = await proofOf(browser, ukey, ticket);
      expect((await browser.send(door.signInSecondStep, { ticket, proof })).body['signInName']).toBe(clerk);
      expect((await browser.send(ways.listOwnWays, {})).body['ukeys']).toMatchObject([{ name: '经办 UKey', lastUsedAt: monday }]);
    })());

  it('proves nothing with another key, another text, twice, too late, or for another account', () =>
    world.rolledBack(async (country) => {
      const { browser } = await enrol(country, clerkId);
      const ukey = softwareUkey();
      const stranger = softwareUkey();
      await register(country, ukey);
      const prove = async (proof: Awaited<ReturnType<typeof proofOf>>) => (await browser.send(door.prove, { purpose: 'step_up', proof })).code;
      expect(await prove(await proofOf(browser, stranger, null))).toBe('sign_in_refused');
      expect(await prove({ ...(await proofOf(browser, ukey, null)), signature: stranger.sign('x') })).toBe('sign_in_refused');
      expect(await prove(await proofOf(browser, ukey, null, { text: 'another text' }))).toBe('sign_in_refused');
      const good = await proofOf(browser, ukey, null);
      expect(await prove(good)).toBe('');
      expect(await prove(good)).toBe('sign_in_refused');
      const old = await proofOf(browser, ukey, null);
      country.clock.set(later(5));
      expect(await prove(old)).toBe('sign_in_refused');
    })());

  it('counts no more once taken away, and what was open closes', () =>
    world.rolledBack(async (country) => {
      const { browser, password } = await enrol(country, clerkId);
      const { id } = await register(country, softwareUkey());
      await keeper(country).call(ways.removeUkey, { accountId: clerkId, id, reason: '出差途中遗失，已报备' });
      expect((await browser.send(door.whoAmI, {})).code).toBe('not_signed_in');
      const again = browserOf(country);
      expect((await again.send(door.signIn, { signInName: clerk, password })).body['kinds']).toEqual(['totp']);
    })());

  it('leaves no way in but a recovery when it was the last second factor', () =>
    world.rolledBack(async (country) => {
      const { password } = await enrol(country, clerkId);
      const { id } = await register(country, softwareUkey());
      await country.tx.deleteFrom('totp').execute();
      await keeper(country).call(ways.removeUkey, { accountId: clerkId, id, reason: '出差途中遗失，已报备' });
      expect((await browserOf(country).send(door.signIn, { signInName: clerk, password })).code).toBe('sign_in_refused');
    })());

  it('is nobody else\'s to register, never the own, and belongs to one account', () =>
    world.rolledBack(async (country) => {
      const ukey = softwareUkey();
      const input = { accountId: clerkId, name: 'UKey', key: ukey.publicKey };
      for (const person of ['system_administrator of 990000', 'security_administrator of 980000', 'auditor of 990000', 'head of 990101', 'clerk of 990101'] as const) {
        expect((await country.as(person).refusal(ways.registerUkey, input)).code, person).toBe('not_permitted');
      }
      const own = (await country.tx.selectFrom('account').select('id').where('signInName', '=', 'security_administrator.of.990000').executeTakeFirstOrThrow()).id;
      expect((await keeper(country).refusal(ways.registerUkey, { ...input, accountId: own })).details['rule']).toBe('own_keys');
      await register(country, ukey);
      expect((await keeper(country).refusal(ways.registerUkey, { ...input, accountId: '00000000-0000-4000-8000-000002990101' })).code).toBe('duplicate');
    })());
});

it('is looked up in a read of its own, by who keeps keys and nobody else', async () => {
  const { as } = world.committed;
  expect(await as('security_administrator of 990000').call(ways.listWaysOf, { accountId: clerkId })).toEqual({ signInName: clerk, displayName: 'clerk of 990101', ukeys: [], identity: null });
  const { events } = await as('auditor of 990000').call(listAuditEvents, { unitCode: '990101', reads: 'true' });
  expect(events).toMatchObject([{ action: 'sign_in.look_at_ways', subjectId: clerkId, accountName: 'security_administrator of 990000' }]);
  for (const person of ['system_administrator of 990000', 'clerk of 990101', 'security_administrator of 980000'] as const) expect((await as(person).refusal(ways.listWaysOf, { accountId: clerkId })).code, person).toBe('not_permitted');
});

// Made with: openssl req -x509 -new -key … -sm3 -sigopt distid:1234567812345678 -utf8 -subj /C=CN/CN=张三 -days 30
const certificate = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgICEjQwCgYIKoEcz1UBg3UwHjELMAkGA1UEBhMCQ04xDzAN
BgNVBAMMBuW8oOS4iTAeFw0yNjExMjQyMzI1MDlaFw0yNjEyMjQyMzI1MDlaMB4x
CzAJBgNVBAYTAkNOMQ8wDQYDVQQDDAblvKDkuIkwWTATBgcqhkjOPQIBBggqgRzP
VQGCLQNCAAQ0zdEx/+19J8+o8ry3xZK0gq0ZcxAiudocOky+rReQz88+tQgKj/v7
eT3cDzhpaCxoeSu0mn4bY4pm2SQU0dYCo1MwUTAdBgNVHQ4EFgQUJMA0cXOgduF0
/hWaq7rs2XW4kY4wHwYDVR0jBBgwFoAUJMA0cXOgduF0/hWaq7rs2XW4kY4wDwYD
VR0TAQH/BAUwAwEB/zAKBggqgRzPVQGDdQNIADBFAiEA1D2R8wWdsBPuL01QS4Yd
+Q/5O1VfmLpmPCJdpqrXIEUCIBjauX3qLbQnZwJVHU/Oi6220mzpYpGhvGbgZ2TC
vxGY
-----END CERTIFICATE-----`;

describe('the key of a UKey', () => {
  it('is read from a certificate with its dates and holder, or as digits with or without 04', () => {
    const publicKey = '0434cdd131ffed7d27cfa8f2bcb7c592b482ad19731022b9da1c3a4cbead1790cfcf3eb5080a8ffbfb793ddc0f3869682c68792bb49a7e1b638a66d92414d1d602';
    const read = readUkeyKey(certificate);
    expect(read).toMatchObject({ publicKey, subject: '张三', serial: '1234', validFrom: '2026-11-25T07:25:09.000+08:00', validUntil: '2026-12-25T07:25:09.000+08:00', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(readUkeyKey(certificate.replaceAll(/-----[A-Z ]+-----/g, ''))).toEqual(read);
    for (const digits of [publicKey, publicKey.slice(2), publicKey.toUpperCase(), ` ${publicKey}\n`]) {
      expect(readUkeyKey(digits)).toEqual({ publicKey, fingerprint: read?.fingerprint, subject: null, serial: null, validFrom: null, validUntil: null });
    }
  });

  it.each([
    ['words', 'not a key'],
    ['nothing', ''],
    ['a point beside the curve', `04${'1'.repeat(128)}`],
    ['a key of another curve', newKeyPair('P256-SHA256').publicKey.toString('hex')],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----'],
  ])('is not read from %s', (_what, text) => {
    expect(readUkeyKey(text)).toBeNull();
  });
});
