// Coming in and going out: over the real API, with real sessions and cookies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import type { Tx } from '../../kernel/database.ts';
import { hashToken } from '../../kernel/session-cookie.ts';
import type { Endpoint, SentInputOf } from '../../shared/endpoint.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { requestKeyHeader, requestOf } from '../../shared/request.ts';
import { listAuditEvents } from '../audit/contract.ts';
import * as door from './contract.ts';
import { identify } from './identity.ts';
import { hashPassword } from './passwords.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => world.close());

const password = 'Chabei-7-Shanlu';
const clerk = 'clerk.of.990101';
const clerkId = '00000000-0000-4000-8000-000000990101';
const later = (minutes: number): string => instantOf(epochOf(monday) + minutes * 60_000);

/** A browser: keeps the session cookie between requests. */
function browser({ app }: Pick<Country, 'app'>) {
  let cookie: string | null = null;
  return {
    token: () => cookie?.split('=')[1] ?? null,
    async send<E extends Endpoint>(endpoint: E, input: SentInputOf<E>, requestKey: string = randomUUID()) {
      const shape = requestOf(endpoint, input);
      const headers = new Headers({ [requestKeyHeader]: requestKey, 'content-type': 'application/json', ...(cookie === null ? {} : { cookie }) });
      const response = await app.request(shape.path, { method: shape.method, headers, ...(shape.body === null ? {} : { body: shape.body }) });
      const set = response.headers.get('set-cookie');
      if (set !== null) cookie = /max-age=0/i.test(set) ? null : (set.split(';')[0] ?? null);
      const body = (await response.json()) as Record<string, unknown> & { code?: string; details?: Record<string, unknown> };
      return { status: response.status, code: body.code ?? '', rule: body.details?.['rule'], body, setCookie: set };
    },
  };
}

const withPassword = (tx: Tx, hash: string | null, name = clerk) => tx.updateTable('account').set({ passwordHash: hash }).where('signInName', '=', name).execute();
let stored: string;
beforeAll(async () => {
  stored = await hashPassword(password);
});

describe('signing in', () => {
  it('opens a session that every later request is known by, for 8 hours', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send, token } = browser(country);
      const answer = await send(door.signIn, { signInName: clerk, password });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ signInName: clerk, hasPassword: true, grants: [{ role: 'clerk', unitCode: '990101', unitShortName: '望月县', unitKind: 'county' }] });
      expect(answer.setCookie).toMatch(/HttpOnly/i);
      expect(answer.setCookie).toMatch(/SameSite=Lax/i);
      expect((await send(door.whoAmI, {})).body).toMatchObject({ account: { id: clerkId }, demonstration: false, currentEdition: '2023', serverTime: monday });
      const sessions = await country.tx.selectFrom('session').select('tokenHash').execute();
      expect(sessions.map((row) => row.tokenHash)).toEqual([hashToken(token() ?? '')]);
      country.clock.set(later(8 * 60 - 1));
      expect((await send(door.whoAmI, {})).status).toBe(200);
      country.clock.set(later(8 * 60));
      expect((await send(door.whoAmI, {})).code).toBe('not_signed_in');
    })());

  it('answers alike to a wrong password, an unknown name, a name without a password and a disabled account', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      await withPassword(country.tx, stored, 'head.of.990101');
      await country.tx.updateTable('account').set({ disabledAt: monday }).where('signInName', '=', 'head.of.990101').execute();
      const attempts = [[clerk, 'Wrong-7-Shanlu'], ['nobody.here', password], ['reviewer.of.990101', password], ['head.of.990101', password]] as const;
      for (const [signInName, tried] of attempts) {
        const { status, code, body, setCookie } = await browser(country).send(door.signIn, { signInName, password: tried });
        expect({ status, code, details: body.details, setCookie }).toEqual({ status: 401, code: 'sign_in_refused', details: {}, setCookie: null });
      }
    })());

  it('closes a name for 15 minutes after five wrong passwords, known or not, and leaves the others open', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      for (const signInName of [clerk, 'nobody.here']) {
        for (let number = 1; number <= 5; number += 1) expect((await send(door.signIn, { signInName, password: 'x' })).code).toBe('sign_in_refused');
        const closed = await send(door.signIn, { signInName, password });
        expect([closed.status, closed.code, closed.body.details]).toEqual([429, 'rate_limited', { retryAfterSeconds: 900 }]);
      }
      await withPassword(country.tx, stored, 'head.of.990101');
      expect((await send(door.signIn, { signInName: 'head.of.990101', password })).status).toBe(200);
      country.clock.set(later(15));
      expect((await send(door.signIn, { signInName: clerk, password })).status).toBe(200);
    })());

  it('forgets the wrong ones once the right one came', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      for (let round = 0; round < 2; round += 1) {
        for (let number = 1; number <= 4; number += 1) await send(door.signIn, { signInName: clerk, password: 'x' });
        expect((await send(door.signIn, { signInName: clerk, password })).status).toBe(200);
      }
    })());

  it('leaves a record of every try, without a name nobody has', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      await send(door.signIn, { signInName: clerk, password: 'x' });
      await send(door.signIn, { signInName: 'Chabei-7-Shanlu', password: 'x' });
      await send(door.signIn, { signInName: clerk, password });
      const events = await country.tx.selectFrom('auditEvent').select(['action', 'subjectId', 'unitCode', 'accountName']).orderBy('id').execute();
      expect(events).toEqual([
        { action: 'people.try_password', subjectId: clerkId, unitCode: '990101', accountName: 'anonymous' },
        { action: 'people.try_password', subjectId: 'unknown', unitCode: '000000', accountName: 'anonymous' },
        { action: 'people.try_password', subjectId: clerkId, unitCode: '990101', accountName: 'anonymous' },
        { action: 'people.sign_in', subjectId: clerkId, unitCode: '990101', accountName: 'anonymous' },
      ]);
      const { events: seen } = await country.as('head of 990101').call(listAuditEvents, { unitCode: '990101', subjectKind: 'account', subjectId: clerkId });
      expect(seen.map((event) => event.action)).toEqual(['people.sign_in', 'people.try_password', 'people.try_password']);
    })());

  it('again in the same browser ends the earlier session', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send, token } = browser(country);
      await send(door.signIn, { signInName: clerk, password });
      const first = token();
      await send(door.signIn, { signInName: clerk, password });
      expect(token()).not.toBe(first);
      expect(await country.tx.selectFrom('session').select('tokenHash').execute()).toHaveLength(1);
    })());

  it('keeps neither password nor token with the request key', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      await send(door.signIn, { signInName: clerk, password });
      const key = randomUUID();
      expect((await send(door.changePassword, { current: password, next: 'Chuang-8-Shanlu' }, key)).status).toBe(200);
      expect((await send(door.changePassword, { current: 'Chuang-8-Shanlu', next: 'Hua-9-Shanlu-Ye' }, key)).code).toBe('request_key_reused');
      expect(await country.tx.selectFrom('requestKey').select(['inputDigest', 'answer']).execute()).toEqual([{ inputDigest: '', answer: null }]);
    })());
});

it('five tries at the same moment leave no sixth, on a database with many hands', async () => {
  const { committed } = world;
  await committed.database.write((tx) => withPassword(tx, stored, 'clerk.of.980101'));
  const tries = Array.from({ length: 12 }, () => browser(committed).send(door.signIn, { signInName: 'clerk.of.980101', password: 'x' }));
  const codes = (await Promise.all(tries)).map(({ code }) => code).toSorted();
  expect(codes).toEqual([...Array<string>(7).fill('rate_limited'), ...Array<string>(5).fill('sign_in_refused')]);
});

describe('signing out', () => {
  it('ends the session at once', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send, token } = browser(country);
      await send(door.signIn, { signInName: clerk, password });
      const held = token() ?? '';
      expect((await identify(country.database, held, monday))?.accountId).toBe(clerkId);
      expect((await send(door.signOut, {})).body).toEqual({ done: true });
      expect(token()).toBeNull();
      expect(await identify(country.database, held, monday)).toBeNull();
    })());
});

describe('the caller', () => {
  it('is remembered four seconds and no longer', () =>
    world.rolledBack(async (country) => {
      const { tx, database } = country;
      await tx.insertInto('session').values({ tokenHash: hashToken('a token'), accountId: '00000000-0000-4000-8000-000003990000', createdAt: monday, expiresAt: later(480) }).execute();
      const after = (milliseconds: number): string => instantOf(epochOf(monday) + milliseconds);
      const actor = await identify(database, 'a token', monday);
      expect(actor).toMatchObject({ name: 'coordinator of 990000', grants: [{ role: 'coordinator', unitCode: '990000' }] });
      // Taken away by another process, which this one cannot be told by.
      await tx.deleteFrom('session').execute();
      expect(await identify(database, 'a token', after(3_999))).toBe(actor);
      expect(await identify(database, 'a token', after(4_000))).toBeNull();
    })());

  it('is nobody with a token nobody gave out', () =>
    world.rolledBack(async (country) => {
      expect(await identify(country.database, 'made up', monday)).toBeNull();
      expect((await browser(country).send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await browser(country).send(door.getInstallation, {})).body).toMatchObject({ currentEdition: '2023', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    })());
});
