// Passkeys over the real API, with an authenticator in software.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import { type Browser, browserOf, type Enrolled, enrol } from '../../testing/sign-in.ts';
import { type Asked, type Departures, softwarePasskey, type SoftwarePasskey } from '../../testing/software-passkey.ts';
import * as door from './contract.ts';
import * as ways from './contract/ways.ts';

const origin = 'https://fwy.example';
const rpId = 'fwy.example';
let world: World;
let elsewhere: World;
beforeAll(async () => {
  world = await openWorld({ site: { publicUrl: origin } });
  elsewhere = await openWorld({ site: { publicUrl: 'http://10.0.3.7:8080' } });
});
afterAll(async () => {
  await world.close();
  await elsewhere.close();
});

const clerk = 'clerk.of.990101';
const clerkId = '00000000-0000-4000-8000-000000990101';
const headId = '00000000-0000-4000-8000-000002990101';
const later = (minutes: number): string => instantOf(epochOf(monday) + minutes * 60_000);
type Here = Country & { readonly tx: Tx };

/** What the server asks for, as the browser understands it. */
const askedOf = (body: Record<string, unknown>, over: Partial<Asked> = {}): Asked => ({ challenge: (body['options'] as { challenge: string }).challenge, origin, rpId, ...over });

async function addPasskey(browser: Browser, passkey: SoftwarePasskey, name = '办公电脑'): Promise<void> {
  const { body } = await browser.send(ways.beginPasskey, {});
  const added = await browser.send(ways.addPasskey, { challenge: String(body['challenge']), name, answer: passkey.made(askedOf(body)) });
  expect(added.status, JSON.stringify(added.body)).toBe(200);
}

/** An official with a password, an authenticator app, and a passkey. */
async function withPasskey(country: Here): Promise<Enrolled & { readonly passkey: SoftwarePasskey }> {
  const enrolled = await enrol(country, clerkId);
  const passkey = softwarePasskey();
  await addPasskey(enrolled.browser, passkey);
  return { ...enrolled, passkey };
}

describe('a passkey', () => {
  it('is added, listed, renamed and removed by its holder, who is told', () =>
    world.rolledBack(async (country) => {
      const { browser, passkey } = await withPasskey(country);
      expect((await browser.send(ways.renamePasskey, { id: passkey.id, name: '家里的手机' })).status).toBe(200);
      expect((await browser.send(ways.listOwnWays, {})).body['passkeys']).toEqual([{ id: passkey.id, name: '家里的手机', synced: false, createdAt: monday, lastUsedAt: null }]);
      expect((await browser.send(door.getFactors, {})).body['factors']).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'totp' }), expect.objectContaining({ kind: 'passkey', name: '家里的手机' })]));
      const { browser: other } = await enrol(country, headId);
      expect((await other.send(ways.renamePasskey, { id: passkey.id, name: '我的' })).code).toBe('not_found');
      expect((await other.send(ways.removePasskey, { id: passkey.id })).code).toBe('not_found');
      expect((await browser.send(ways.removePasskey, { id: passkey.id })).status).toBe(200);
      expect((await browser.send(door.listNotices, {})).body['notices']).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'factor_removed' }), expect.objectContaining({ kind: 'factor_added' })]));
    })());

  it('opens a session alone, as two factors', () =>
    world.rolledBack(async (country) => {
      const { passkey } = await withPasskey(country);
      const browser = browserOf(country);
      const { body } = await browser.send(ways.askPasskey, { ticket: null });
      expect((body['options'] as { allowCredentials: unknown[]; userVerification: string })).toMatchObject({ allowCredentials: [], userVerification: 'required', rpId });
      const entered = await browser.send(ways.signInWithPasskey, { challenge: String(body['challenge']), answer: passkey.used(askedOf(body)) });
      expect([entered.status, entered.body['signInName']]).toEqual([200, clerk]);
      expect((await browser.send(door.whoAmI, {})).body['standing']).toBe('open');
      // Proved just now: what asks for a factor anew goes through.
      expect((await browser.send(ways.beginPasskey, {})).status).toBe(200);
    })());

  it('is the second step after a password', () =>
    world.rolledBack(async (country) => {
      const { passkey, password } = await withPasskey(country);
      const browser = browserOf(country);
      const { body: first } = await browser.send(door.signIn, { signInName: clerk, password });
      const ticket = String(first['ticket']);
      expect((first['kinds'] as string[]).toSorted()).toEqual(['passkey', 'totp']);
      const { body } = await browser.send(ways.askPasskey, { ticket });
      expect((body['options'] as { allowCredentials: { id: string }[] }).allowCredentials.map(({ id }) => id)).toEqual([passkey.id]);
      const proof = { kind: 'passkey' as const, challenge: String(body['challenge']), answer: passkey.used(askedOf(body)) };
      expect((await browserOf(country).send(ways.signInWithPasskey, { challenge: proof.challenge, answer: proof.answer })).code).toBe('sign_in_refused');
      const again = await browser.send(ways.askPasskey, { ticket });
      const second = await browser.send(door.signInSecondStep, { ticket, proof: { ...proof, challenge: String(again.body['challenge']), answer: passkey.used(askedOf(again.body)) } });
      expect([second.status, second.body['signInName']]).toEqual([200, clerk]);
    })());

  it('unlocks a locked session and proves its holder anew', () =>
    world.rolledBack(async (country) => {
      const { browser, passkey } = await withPasskey(country);
      await browser.send(door.lockSession, {});
      expect((await browser.send(ways.beginPasskey, {})).code).toBe('session_locked');
      const prove = async (purpose: 'unlock' | 'step_up') => {
        const { body } = await browser.send(ways.askPasskey, { ticket: null });
        return browser.send(door.prove, { purpose, proof: { kind: 'passkey', challenge: String(body['challenge']), answer: passkey.used(askedOf(body)) } });
      };
      expect((await prove('unlock')).status).toBe(200);
      country.clock.set(later(15));
      expect((await browser.send(ways.removePasskey, { id: passkey.id })).code).toBe('proof_required');
      expect((await prove('step_up')).status).toBe(200);
      expect((await browser.send(ways.removePasskey, { id: passkey.id })).status).toBe(200);
    })());

  it('is refused from elsewhere, unchecked, broken, or copied; the challenge goes with the refusal', () =>
    world.rolledBack(async (country) => {
      const { passkey } = await withPasskey(country);
      const departures: readonly [string, { readonly asked?: Partial<Asked>; readonly departures?: Departures }][] = [
        ['another site', { asked: { origin: 'https://fwy.example.evil.example' } }],
        ['another port', { asked: { origin: 'https://fwy.example:8443' } }],
        ['no TLS', { asked: { origin: 'http://fwy.example' } }],
        ['another domain', { asked: { rpId: 'evil.example' } }],
        ['another challenge', { asked: { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } }],
        ['nobody checked by the device', { departures: { unverified: true } }],
        ['a broken signature', { departures: { brokenSignature: true } }],
        ['an answer of another kind', { departures: { type: 'webauthn.create' } }],
        ['a counter that stands', { departures: { counter: 1 } }],
        ['a counter that went back', { departures: { counter: 0 } }],
      ];
      for (const [what, given] of departures) {
        const browser = browserOf(country);
        const { body } = await browser.send(ways.askPasskey, { ticket: null });
        const challenge = String(body['challenge']);
        expect((await browser.send(ways.signInWithPasskey, { challenge, answer: passkey.used(askedOf(body, given.asked), given.departures) })).code, what).toBe('sign_in_refused');
        expect((await browser.send(ways.signInWithPasskey, { challenge, answer: passkey.used(askedOf(body), { counter: 100 }) })).code, `${what}, again`).toBe('sign_in_refused');
        expect(browser.token()).toBeNull();
      }
    })());

  it('counts once, within five minutes, and only while its account may sign in', () =>
    world.rolledBack(async (country) => {
      const { passkey } = await withPasskey(country);
      const browser = browserOf(country);
      const ask = async () => (await browser.send(ways.askPasskey, { ticket: null })).body;
      const first = await ask();
      const answer = passkey.used(askedOf(first));
      expect((await browser.send(ways.signInWithPasskey, { challenge: String(first['challenge']), answer })).status).toBe(200);
      expect((await browserOf(country).send(ways.signInWithPasskey, { challenge: String(first['challenge']), answer })).code).toBe('sign_in_refused');
      browser.take(null);
      const old = await ask();
      country.clock.set(later(5));
      expect((await browser.send(ways.signInWithPasskey, { challenge: String(old['challenge']), answer: passkey.used(askedOf(old)) })).code).toBe('sign_in_refused');
      const fresh = await ask();
      await country.tx.updateTable('account').set({ disabledAt: monday }).where('id', '=', clerkId).execute();
      expect((await browser.send(ways.signInWithPasskey, { challenge: String(fresh['challenge']), answer: passkey.used(askedOf(fresh)) })).code).toBe('sign_in_refused');
    })());

  it('of one account proves nothing for another', () =>
    world.rolledBack(async (country) => {
      const { passkey } = await withPasskey(country);
      const { browser: head } = await enrol(country, headId);
      const { body } = await head.send(ways.askPasskey, { ticket: null });
      const proof = { kind: 'passkey' as const, challenge: String(body['challenge']), answer: passkey.used(askedOf(body)) };
      expect((await head.send(door.prove, { purpose: 'step_up', proof })).code).toBe('sign_in_refused');
      await addPasskey(head, softwarePasskey());
      const asked = await head.send(ways.askPasskey, { ticket: null });
      expect((await head.send(door.prove, { purpose: 'step_up', proof: { ...proof, challenge: String(asked.body['challenge']), answer: passkey.used(askedOf(asked.body)) } })).code).toBe('sign_in_refused');
    })());

  it('is not made twice, nor with a challenge that was somebody else\'s or for something else', () =>
    world.rolledBack(async (country) => {
      const { browser, passkey } = await withPasskey(country);
      const { browser: head } = await enrol(country, headId);
      const { body } = await head.send(ways.beginPasskey, {});
      expect((await browser.send(ways.addPasskey, { challenge: String(body['challenge']), name: '别人的', answer: softwarePasskey().made(askedOf(body)) })).code).toBe('sign_in_refused');
      const { body: used } = await browser.send(ways.askPasskey, { ticket: null });
      expect((await browser.send(ways.addPasskey, { challenge: String(used['challenge']), name: '别用', answer: softwarePasskey().made(askedOf(used)) })).code).toBe('sign_in_refused');
      const { body: again } = await browser.send(ways.beginPasskey, {});
      expect((await browser.send(ways.addPasskey, { challenge: String(again['challenge']), name: '同一个', answer: passkey.made(askedOf(again)) })).code).toBe('duplicate');
      const { body: unverified } = await browser.send(ways.beginPasskey, {});
      expect((await browser.send(ways.addPasskey, { challenge: String(unverified['challenge']), name: '未核验', answer: softwarePasskey().made(askedOf(unverified), { unverified: true }) })).code).toBe('sign_in_refused');
    })());

  it('stays when it is all a real account has', () =>
    world.rolledBack(async (country) => {
      const { browser, passkey } = await withPasskey(country);
      await country.tx.deleteFrom('totp').execute();
      await country.tx.updateTable('account').set({ passwordHash: null }).where('id', '=', clerkId).execute();
      expect((await browser.send(ways.removePasskey, { id: passkey.id })).rule).toBe('last_factor');
      await addPasskey(browser, softwarePasskey(), '备用');
      expect((await browser.send(ways.removePasskey, { id: passkey.id })).status).toBe(200);
    })());

  it('cannot be used where the site is reached by number, and that is said', () =>
    elsewhere.rolledBack(async (country) => {
      const { browser } = await enrol(country, clerkId);
      expect((await browser.send(ways.listWays, {})).body).toEqual({ passkeys: null, singleSignOn: null, ukeyService: null });
      expect((await browser.send(ways.beginPasskey, {})).rule).toBe('passkeys_unavailable');
      expect((await browser.send(ways.askPasskey, { ticket: null })).rule).toBe('passkeys_unavailable');
    })());
});
