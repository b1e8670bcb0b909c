// Coming in, staying in and going out: over the real API, with real sessions and cookies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import { type Browser, browserOf, codeAt, enrol, phoneAgent } from '../../testing/sign-in.ts';
import type { Tx } from '../../kernel/database.ts';
import { hashToken } from '../../kernel/session-cookie.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { listAuditEvents } from '../audit/contract.ts';
import * as door from './contract.ts';
import { identify } from './identity.ts';
import { hashPassword } from './passwords.ts';

let world: World;
let stored: string;
beforeAll(async () => {
  world = await openWorld();
  stored = await hashPassword(password);
});
afterAll(async () => world.close());

const password = 'Chabei-7-Shanlu';
const clerk = 'clerk.of.990101';
const clerkId = '00000000-0000-4000-8000-000000990101';
const headId = '00000000-0000-4000-8000-000002990101';
const later = (minutes: number): string => instantOf(epochOf(monday) + minutes * 60_000);

/** A made-up person of the demonstration: a password, and no second factor. */
const withPassword = (tx: Tx, hash: string | null = stored, name = clerk) =>
  tx.updateTable('account').set({ passwordHash: hash, demonstration: true }).where('signInName', '=', name).execute();
const firstStep = (browser: Browser, given = password) => browser.send(door.signIn, { signInName: clerk, password: given });

describe('the first step', () => {
  it('of a demonstration account opens a session that every later request is known by, for 8 hours', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const { send, token } = browserOf(country);
      const answer = await send(door.signIn, { signInName: clerk, password });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ state: 'open', account: { signInName: clerk, hasPassword: true, grants: [{ role: 'clerk', unitCode: '990101', unitShortName: '望月县', unitKind: 'county' }] } });
      expect(answer.setCookie).toMatch(/HttpOnly/i);
      expect(answer.setCookie).toMatch(/SameSite=Lax/i);
      expect((await send(door.whoAmI, {})).body).toMatchObject({ account: { id: clerkId }, demonstration: false, currentEdition: '2023', serverTime: monday, standing: 'open', idleMinutes: 30 });
      const sessions = await country.tx.selectFrom('session').select(['tokenHash', 'device', 'browser', 'system']).execute();
      expect(sessions).toEqual([{ tokenHash: hashToken(token() ?? ''), device: 'desktop', browser: 'Chrome', system: 'Windows' }]);
      country.clock.set(later(8 * 60));
      expect((await send(door.whoAmI, {})).code).toBe('not_signed_in');
      // Nor does a clock set back bring it back.
      country.clock.set(later(1));
      expect((await send(door.whoAmI, {})).code).toBe('not_signed_in');
    })());

  it('leads an official to the second, and the session opens with a code; each code counts once', () =>
    world.rolledBack(async (country) => {
      const { secret } = await enrol(country, clerkId);
      const browser = browserOf(country);
      const first = await firstStep(browser);
      expect(first.body).toMatchObject({ state: 'second_step', kinds: ['totp'], recoveryCodes: 10 });
      expect(first.setCookie).toBeNull();
      const ticket = String(first.body['ticket']);
      expect((await browser.send(door.whoAmI, {})).code).toBe('not_signed_in');
      const second = await browser.send(door.signInSecondStep, { ticket, proof: { kind: 'totp', code: codeAt(secret, monday) } });
      expect([second.status, second.body['signInName']]).toEqual([200, clerk]);
      expect((await browser.send(door.whoAmI, {})).body['standing']).toBe('open');
      expect((await browserOf(country).send(door.signInSecondStep, { ticket, proof: { kind: 'totp', code: codeAt(secret, monday, 1) } })).code).toBe('wrong_state');
      const again = await firstStep(browserOf(country));
      expect((await browserOf(country).send(door.signInSecondStep, { ticket: String(again.body['ticket']), proof: { kind: 'totp', code: codeAt(secret, monday) } })).code).toBe('sign_in_refused');
    })());

  it('keeps a real account without a second factor at setting one up', () =>
    world.rolledBack(async (country) => {
      await country.tx.updateTable('account').set({ passwordHash: stored }).where('id', '=', clerkId).execute();
      const { send } = browserOf(country);
      expect((await send(door.signIn, { signInName: clerk, password })).body).toMatchObject({ state: 'enrolling' });
      expect((await send(door.listSessions, {})).code).toBe('enrolment_required');
      expect((await send(door.finishEnrolment, {})).rule).toBe('factor_first');
    })());

  it('answers alike to a wrong password, an unknown name, a name without a password and a disabled account', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      await withPassword(country.tx, stored, 'head.of.990101');
      await country.tx.updateTable('account').set({ disabledAt: monday }).where('signInName', '=', 'head.of.990101').execute();
      const attempts = [[clerk, 'Wrong-7-Shanlu'], ['nobody.here', password], ['reviewer.of.990101', password], ['head.of.990101', password]] as const;
      for (const [signInName, tried] of attempts) {
        const { status, code, body, setCookie } = await browserOf(country).send(door.signIn, { signInName, password: tried });
        expect({ status, code, details: body.details, setCookie }).toEqual({ status: 401, code: 'sign_in_refused', details: {}, setCookie: null });
      }
    })());

  it('leaves a record of every try, without a name nobody has', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const { send } = browserOf(country);
      await send(door.signIn, { signInName: 'Chabei-7-Shanlu', password: 'x' });
      await send(door.signIn, { signInName: clerk, password });
      const events = await country.tx.selectFrom('auditEvent').select(['action', 'subjectId', 'unitCode', 'accountName']).orderBy('id').execute();
      expect(events).toEqual([
        { action: 'people.try_password', subjectId: 'unknown', unitCode: '000000', accountName: 'anonymous' },
        { action: 'people.try_password', subjectId: clerkId, unitCode: '990101', accountName: 'anonymous' },
        { action: 'people.sign_in', subjectId: clerkId, unitCode: '990101', accountName: 'anonymous' },
      ]);
      const { events: seen } = await country.as('head of 990101').call(listAuditEvents, { unitCode: '990101', subjectKind: 'account', subjectId: clerkId });
      expect(seen.map((event) => event.action)).toEqual(['people.sign_in', 'people.try_password']);
    })());

  it('keeps neither password nor token with the request key', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const { send } = browserOf(country);
      await send(door.signIn, { signInName: clerk, password });
      const requestKey = randomUUID();
      expect((await send(door.changePassword, { current: password, next: 'Chuang-8-Shanlu' }, { requestKey })).status).toBe(200);
      expect((await send(door.changePassword, { current: 'Chuang-8-Shanlu', next: 'Hua-9-Shanlu-Ye' }, { requestKey })).code).toBe('request_key_reused');
      expect(await country.tx.selectFrom('requestKey').select(['inputDigest', 'answer']).execute()).toEqual([{ inputDigest: '', answer: null }]);
    })());
});

describe('setting up', () => {
  it('by a link goes password, factor, recovery codes, and then opens; each of them is demanded', () =>
    world.rolledBack(async (country) => {
      const { browser, secret, recoveryCodes } = await enrol(country, clerkId);
      expect((await browser.send(door.whoAmI, {})).body['standing']).toBe('open');
      expect(recoveryCodes).toHaveLength(10);
      // Six groups of four signs of five bits: 120 bits, which a plain hash may keep.
      for (const one of recoveryCodes) expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect((await browser.send(door.getFactors, {})).body).toMatchObject({ hasPassword: true, recoveryCodes: 10, confirms: false, passwordDueAt: later(90 * 24 * 60), factors: [{ kind: 'totp', name: '手机' }] });
      const everything = JSON.stringify([await country.tx.selectFrom('totp').selectAll().execute(), await country.tx.selectFrom('recoveryCode').selectAll().execute(), await country.tx.selectFrom('auditEvent').selectAll().execute()]);
      for (const hidden of [secret, ...recoveryCodes]) expect(everything).not.toContain(hidden);
    })());

  it('ends the factors of before when a new link is used', () =>
    world.rolledBack(async (country) => {
      const { browser } = await enrol(country, clerkId);
      const again = await enrol(country, clerkId, { password: 'Chuang-8-Shanlu' });
      expect((await browser.send(door.whoAmI, {})).body.details).toEqual({ reason: 'recovered' });
      expect((await again.browser.send(door.getFactors, {})).body).toMatchObject({ factors: [{ kind: 'totp' }] });
    })());

  it('lets nobody take away the last factor, and takes none of the last five passwords again', () =>
    world.rolledBack(async (country) => {
      const { browser } = await enrol(country, clerkId);
      const { factors } = (await browser.send(door.getFactors, {})).body as unknown as { factors: { id: string }[] };
      expect((await browser.send(door.removeTotp, { id: factors[0]?.id ?? '' })).rule).toBe('last_factor');
      expect((await browser.send(door.changePassword, { current: password, next: 'Chuang-8-Shanlu' })).status).toBe(200);
      expect((await browser.send(door.changePassword, { current: 'Chuang-8-Shanlu', next: password })).rule).toBe('password_used_before');
    })());
});

describe('a session', () => {
  it('locks after 30 minutes without anybody there, whatever the page asks by itself, and opens by any factor', () =>
    world.rolledBack(async (country) => {
      const { browser, secret } = await enrol(country, clerkId);
      country.clock.set(later(20));
      expect((await browser.send(door.listSessions, {}, { unattended: true })).status).toBe(200);
      country.clock.set(later(30));
      expect((await browser.send(door.listSessions, {}, { unattended: true })).code).toBe('session_locked');
      expect((await browser.send(door.listSessions, {})).code).toBe('session_locked');
      // A clock set back opens nothing.
      country.clock.set(later(10));
      expect((await browser.send(door.whoAmI, {})).body['standing']).toBe('locked');
      country.clock.set(later(31));
      expect((await browser.send(door.prove, { purpose: 'unlock', proof: { kind: 'password', password: 'x' } })).code).toBe('sign_in_refused');
      expect((await browser.send(door.prove, { purpose: 'unlock', proof: { kind: 'confirmation' } })).code).toBe('sign_in_refused');
      expect((await browser.send(door.prove, { purpose: 'unlock', proof: { kind: 'password', password } })).status).toBe(200);
      expect((await browser.send(door.listSessions, {})).status).toBe(200);
      // A password opens the lock; what much hangs on wants the second factor.
      expect((await browser.send(door.beginTotp, { name: '平板' })).code).toBe('proof_required');
      expect((await browser.send(door.prove, { purpose: 'step_up', proof: { kind: 'password', password } })).code).toBe('sign_in_refused');
      const before = browser.token();
      expect((await browser.send(door.prove, { purpose: 'step_up', proof: { kind: 'totp', code: codeAt(secret, later(31)) } })).status).toBe(200);
      expect(browser.token()).not.toBe(before);
      expect((await browser.send(door.beginTotp, { name: '平板' })).status).toBe(200);
    })());

  it('stays open while somebody is there', () =>
    world.rolledBack(async (country) => {
      const { browser } = await enrol(country, clerkId);
      for (const minute of [20, 40, 60, 80]) {
        country.clock.set(later(minute));
        expect((await browser.send(door.whoAmI, {})).body['standing']).toBe('open');
      }
      expect(await country.tx.selectFrom('session').select('lastSeenAt').execute()).toEqual([{ lastSeenAt: later(80) }]);
    })());

  it('with a token renewed takes the one of before for half a minute, without what was proved since', () =>
    world.rolledBack(async (country) => {
      const { browser, secret } = await enrol(country, clerkId);
      const thief = browserOf(country);
      thief.take(browser.token());
      country.clock.set(later(11));
      await browser.send(door.prove, { purpose: 'step_up', proof: { kind: 'totp', code: codeAt(secret, later(11)) } });
      expect((await thief.send(door.whoAmI, {})).status).toBe(200);
      expect((await thief.send(door.makeRecoveryCodes, {})).code).toBe('proof_required');
      country.clock.set(later(11.5));
      expect((await thief.send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await browser.send(door.whoAmI, {})).status).toBe(200);
    })());

  it('on a second desktop replaces the first, which is told; a telephone stands beside', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const [desktop, phone, other] = [browserOf(country), browserOf(country, phoneAgent), browserOf(country, 'Firefox/128.0 (X11; Linux)')];
      for (const browser of [desktop, phone, other]) expect((await firstStep(browser)).status).toBe(200);
      expect((await desktop.send(door.whoAmI, {})).body.details).toEqual({ reason: 'replaced' });
      expect((await phone.send(door.listSessions, {})).body['sessions']).toEqual(expect.arrayContaining([expect.objectContaining({ device: 'desktop', current: false, browser: 'Firefox', system: 'Linux' }), expect.objectContaining({ device: 'phone', current: true })]));
      const { notices } = (await other.send(door.listNotices, {})).body as unknown as { notices: { kind: string; details: object }[] };
      expect(notices.map(({ kind }) => kind).toSorted()).toEqual(['new_device', 'new_device', 'session_replaced']);
      await other.send(door.markNoticesSeen, { until: monday });
      expect((await other.send(door.listNotices, {})).body['notices']).toEqual([]);
    })());

  it('is listed without an address, ended from another one, and all others at once', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const [desktop, phone] = [browserOf(country), browserOf(country, phoneAgent)];
      for (const browser of [desktop, phone]) await firstStep(browser);
      const { sessions } = (await desktop.send(door.listSessions, {})).body as unknown as { sessions: { id: string; current: boolean }[] };
      const own = sessions.find(({ current }) => current)?.id ?? '';
      const foreign = sessions.find(({ current }) => !current)?.id ?? '';
      expect((await desktop.send(door.endOwnSession, { id: own })).code).toBe('not_found');
      expect((await desktop.send(door.endOwnSession, { id: foreign })).status).toBe(200);
      expect((await phone.send(door.whoAmI, {})).body.details).toEqual({ reason: 'ended_elsewhere' });
      await firstStep(phone);
      expect((await desktop.send(door.endOtherSessions, {})).body).toEqual({ ended: 1 });
      expect((await phone.send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await desktop.send(door.whoAmI, {})).status).toBe(200);
      // Whoever finds an unlocked screen does not put its holder out elsewhere.
      country.clock.set(later(11));
      expect((await desktop.send(door.endOtherSessions, {})).code).toBe('proof_required');
      expect((await desktop.send(door.endOwnSession, { id: foreign })).code).toBe('proof_required');
    })());

  it('of somebody else cannot be ended', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      await withPassword(country.tx, stored, 'head.of.990101');
      const [own, other] = [browserOf(country), browserOf(country)];
      await firstStep(own);
      await other.send(door.signIn, { signInName: 'head.of.990101', password });
      const foreign = await country.tx.selectFrom('session').select('id').where('accountId', '=', headId).executeTakeFirstOrThrow();
      expect((await own.send(door.endOwnSession, { id: foreign.id })).code).toBe('not_found');
      expect((await other.send(door.whoAmI, {})).status).toBe(200);
    })());

  it('is locked by hand, and a demonstration account without factors opens it by a confirmation', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const { send } = browserOf(country);
      await send(door.signIn, { signInName: clerk, password });
      await country.tx.updateTable('account').set({ passwordHash: null }).where('id', '=', clerkId).execute();
      expect((await send(door.lockSession, {})).status).toBe(200);
      expect((await send(door.listNotices, {})).code).toBe('session_locked');
      expect((await send(door.prove, { purpose: 'unlock', proof: { kind: 'confirmation' } })).status).toBe(200);
      expect((await send(door.listNotices, {})).status).toBe(200);
    })());

  it('again in the same browser ends the earlier one, and signing out ends it at once', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx);
      const { send, token } = browserOf(country);
      await send(door.signIn, { signInName: clerk, password });
      const first = token();
      await send(door.signIn, { signInName: clerk, password });
      expect(token()).not.toBe(first);
      expect(await country.tx.selectFrom('session').select('tokenHash').execute()).toHaveLength(1);
      const held = token() ?? '';
      expect(await identify(country.database, held, monday, true)).toMatchObject({ accountId: clerkId });
      expect((await send(door.signOut, {})).body).toEqual({ done: true });
      expect(token()).toBeNull();
      expect(await identify(country.database, held, monday, true)).toBeNull();
    })());
});

describe('the caller', () => {
  it('is remembered four seconds and no longer', () =>
    world.rolledBack(async (country) => {
      const { tx, database } = country;
      await tx.insertInto('session').values({ tokenHash: hashToken('a token'), accountId: '00000000-0000-4000-8000-000003990000', createdAt: monday, expiresAt: later(480) }).execute();
      const after = (milliseconds: number): string => instantOf(epochOf(monday) + milliseconds);
      expect(await identify(database, 'a token', monday, true)).toMatchObject({ name: 'coordinator of 990000', standing: 'open', provedAt: null, grants: [{ role: 'coordinator', unitCode: '990000' }] });
      // Taken away by another process, which this one cannot be told by.
      await tx.deleteFrom('session').execute();
      expect(await identify(database, 'a token', after(3_999), true)).toMatchObject({ name: 'coordinator of 990000' });
      expect(await identify(database, 'a token', after(4_000), true)).toBeNull();
    })());

  it('is nobody with a token nobody gave out', () =>
    world.rolledBack(async (country: Country) => {
      expect(await identify(country.database, 'made up', monday, true)).toBeNull();
      expect((await browserOf(country).send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await browserOf(country).send(door.getInstallation, {})).body).toMatchObject({ currentEdition: '2023', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    })());
});
