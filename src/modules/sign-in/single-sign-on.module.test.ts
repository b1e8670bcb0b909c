// Single sign-on over the real API, against a real provider.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import { type Answer, type Browser, browserOf, codeAt, enrol, type Enrolled } from '../../testing/sign-in.ts';
import { type SignInService, startSignInService } from '../../testing/sign-in-service.ts';
import * as door from './contract.ts';
import * as ways from './contract/ways.ts';

const publicUrl = 'https://fwy.example';
const redirectUri = `${publicUrl}/sign-in/single-sign-on`;
let service: SignInService;
let world: World;
let trusting: World;
beforeAll(async () => {
  service = await startSignInService([redirectUri]);
  const { issuer, clientId, clientSecret } = service;
  const singleSignOn = { issuer, clientId, secret: async () => clientSecret, name: '省统一身份认证', twoFactors: [] };
  world = await openWorld({ site: { publicUrl, singleSignOn } });
  trusting = await openWorld({ site: { publicUrl, singleSignOn: { ...singleSignOn, twoFactors: ['mfa', 'urn:test:two'] } } });
});
afterAll(async () => {
  await world.close();
  await trusting.close();
  await service.close();
});
afterEach(() => {
  service.fault = 'none';
  service.person = { subject: 'nobody' };
});

const clerkId = '00000000-0000-4000-8000-000000990101';
const later = (minutes: number): string => instantOf(epochOf(monday) + minutes * 60_000);
type Here = Country & { readonly tx: Tx };

/** Goes to the service and comes back with its query. */
async function wentAndCame(begun: Answer): Promise<{ challenge: string; query: string }> {
  expect(begun.status, JSON.stringify(begun.body)).toBe(200);
  return { challenge: String(begun.body['challenge']), query: await service.walk(String(begun.body['address']), redirectUri) };
}

async function linked(country: Here): Promise<Enrolled> {
  const enrolled = await enrol(country, clerkId);
  service.person = { subject: 'zhang-san' };
  const back = await wentAndCame(await enrolled.browser.send(ways.beginLinking, {}));
  expect((await enrolled.browser.send(ways.linkOwnIdentity, back)).body).toMatchObject({ issuer: service.issuer, subject: 'zhang-san', linkedByName: 'clerk of 990101' });
  return enrolled;
}

async function signsIn(browser: Browser): Promise<Answer> {
  return browser.send(ways.finishSingleSignOn, await wentAndCame(await browser.send(ways.beginSingleSignOn, {})));
}

describe('single sign-on', () => {
  it('is said to be there, links by an act of the holder, and leads to the second step', () =>
    world.rolledBack(async (country) => {
      const { secret, browser: own } = await linked(country);
      expect((await own.send(ways.listWays, {})).body['singleSignOn']).toEqual({ name: '省统一身份认证' });
      const browser = browserOf(country);
      service.person = { subject: 'zhang-san', amr: ['mfa'] };
      const arrived = await signsIn(browser);
      expect(arrived.body).toMatchObject({ state: 'second_step', kinds: ['totp'] });
      expect(browser.token()).toBeNull();
      const second = await browser.send(door.signInSecondStep, { ticket: String(arrived.body['ticket']), proof: { kind: 'totp', code: codeAt(secret, monday) } });
      expect(second.body['id']).toBe(clerkId);
    })());

  it('opens at once where two factors were proved and the settings accept it', () =>
    trusting.rolledBack(async (country) => {
      await linked(country);
      for (const [person, state] of [[{ amr: ['pwd', 'mfa'] }, 'open'], [{ acr: 'urn:test:two' }, 'open'], [{ amr: ['pwd'], acr: 'urn:test:one' }, 'second_step']] as const) {
        service.person = { subject: 'zhang-san', ...('acr' in person ? { acr: person.acr } : {}), ...('amr' in person ? { amr: [...person.amr] } : {}) };
        expect((await signsIn(browserOf(country))).body['state'], JSON.stringify(person)).toBe(state);
      }
    })());

  it('lets nobody in whom no account is linked to, whatever the name', () =>
    world.rolledBack(async (country) => {
      await linked(country);
      for (const subject of ['li-si', 'clerk.of.990101', 'zhang-san ', 'ZHANG-SAN']) {
        service.person = { subject };
        const browser = browserOf(country);
        expect((await signsIn(browser)).code, subject).toBe('identity_not_linked');
        expect(browser.token()).toBeNull();
      }
    })());

  it('takes a return once, in ten minutes, with its own challenge, for what it was begun for', () =>
    world.rolledBack(async (country) => {
      const { browser: own } = await linked(country);
      const browser = browserOf(country);
      const back = await wentAndCame(await browser.send(ways.beginSingleSignOn, {}));
      const other = await wentAndCame(await browser.send(ways.beginSingleSignOn, {}));
      expect((await browser.send(ways.finishSingleSignOn, { challenge: other.challenge, query: back.query })).code).toBe('provider_refused');
      expect((await browser.send(ways.finishSingleSignOn, back)).body['state']).toBe('second_step');
      expect((await browser.send(ways.finishSingleSignOn, back)).code).toBe('provider_refused');
      const forSignIn = await wentAndCame(await browser.send(ways.beginSingleSignOn, {}));
      expect((await own.send(ways.linkOwnIdentity, forSignIn)).code).toBe('provider_refused');
      const late = await wentAndCame(await browser.send(ways.beginSingleSignOn, {}));
      country.clock.set(later(10));
      expect((await browser.send(ways.finishSingleSignOn, late)).code).toBe('provider_refused');
    })());

  it('links an identity to one account only, and by who keeps keys with a reason', () =>
    world.rolledBack(async (country) => {
      const { browser } = await linked(country);
      const keeper = country.as('security_administrator of 990000');
      const headId = '00000000-0000-4000-8000-000002990101';
      const reason = '按省局身份台账统一绑定';
      expect((await keeper.refusal(ways.linkIdentity, { accountId: headId, subject: 'zhang-san', label: '张三', reason })).code).toBe('duplicate');
      expect((await keeper.refusal(ways.linkIdentity, { accountId: clerkId, subject: 'li-si', label: '李四', reason })).code).toBe('duplicate');
      expect(await keeper.call(ways.linkIdentity, { accountId: headId, subject: 'li-si', label: '李四', reason })).toMatchObject({ subject: 'li-si', label: '李四' });
      expect((await country.as('system_administrator of 990000').refusal(ways.linkIdentity, { accountId: headId, subject: 'wang-wu', label: '王五', reason })).code).toBe('not_permitted');
      await keeper.call(ways.unlinkIdentity, { accountId: headId, reason });
      service.person = { subject: 'li-si' };
      expect((await signsIn(browserOf(country))).code).toBe('identity_not_linked');
      expect((await browser.send(ways.unlinkOwnIdentity, {})).status).toBe(200);
      service.person = { subject: 'zhang-san' };
      expect((await signsIn(browserOf(country))).code).toBe('identity_not_linked');
    })());

  it('lets in nobody whose account is disabled, and an account without a second factor only to set one up', () =>
    world.rolledBack(async (country) => {
      await linked(country);
      await country.tx.deleteFrom('totp').execute();
      const browser = browserOf(country);
      expect((await signsIn(browser)).body['state']).toBe('enrolling');
      expect((await browser.send(door.listSessions, {})).code).toBe('enrolment_required');
      await country.tx.updateTable('account').set({ passwordHash: null }).where('id', '=', clerkId).execute();
      expect((await signsIn(browserOf(country))).rule).toBe('link_first');
      await country.tx.updateTable('account').set({ disabledAt: monday }).where('id', '=', clerkId).execute();
      expect((await signsIn(browserOf(country))).code).toBe('sign_in_refused');
    })());

  it('says that the service does not answer, and everything else goes on', () =>
    world.rolledBack(async (country) => {
      const { password } = await linked(country);
      const browser = browserOf(country);
      const back = await wentAndCame(await browser.send(ways.beginSingleSignOn, {}));
      service.fault = 'error_500';
      expect((await browser.send(ways.finishSingleSignOn, back)).code).toBe('provider_unavailable');
      expect((await browser.send(door.signIn, { signInName: 'clerk.of.990101', password })).body['state']).toBe('second_step');
    })());
});
