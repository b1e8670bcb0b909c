// Being let in: over the real API, with real sessions and cookies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Endpoint, SentInputOf } from '../../shared/endpoint.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { requestKeyHeader, requestOf } from '../../shared/request.ts';
import * as door from '../sign-in/contract.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import * as people from './contract.ts';
import { seedAdministrators } from './seeding.ts';

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

describe('a new account', () => {
  const zhang = { unitCode: '990101', signInName: 'zhang.san', displayName: '张三', roles: [{ role: 'clerk' as const, unitCode: '990101' }] };

  it('comes in once by its link, within 72 hours, and sets its password', () =>
    world.rolledBack(async (country) => {
      const created = await country.as('system_administrator of 990000').call(people.createAccount, zhang);
      expect(created.account).toMatchObject({ signInName: 'zhang.san', hasPassword: false, disabledAt: null, grants: [{ role: 'clerk', unitCode: '990101' }] });
      expect(created.expiresAt).toBe(later(72 * 60));
      expect(created.signInPath).toMatch(/^\/sign-in\/link#[A-Za-z0-9_-]{43}$/);
      const token = created.signInPath.split('#')[1] ?? '';
      expect(JSON.stringify(await country.tx.selectFrom('requestKey').selectAll().execute())).not.toContain(token);
      expect(JSON.stringify(await country.tx.selectFrom('auditEvent').selectAll().execute())).not.toContain(token);

      const { send } = browser(country);
      expect((await send(door.redeemSignInLink, { token })).body).toMatchObject({ signInName: 'zhang.san', hasPassword: false });
      expect((await browser(country).send(door.redeemSignInLink, { token })).code).toBe('sign_in_refused');
      expect((await send(door.changePassword, { current: null, next: 'Zhang.San-12345' })).rule).toBe('password_contains_name');
      expect((await send(door.changePassword, { current: null, next: 'short' })).code).toBe('invalid_input');
      expect((await send(door.changePassword, { current: null, next: password })).status).toBe(200);
      expect((await send(door.whoAmI, {})).body['account']).toMatchObject({ hasPassword: true });
      expect((await browser(country).send(door.signIn, { signInName: 'zhang.san', password })).status).toBe(200);
    })());

  it('cannot come in by a link too old, or made up, or replaced', () =>
    world.rolledBack(async (country) => {
      const administrator = country.as('system_administrator of 990100');
      const first = await administrator.call(people.createAccount, zhang);
      const second = await administrator.call(people.createSignInLink, { accountId: first.account.id });
      const use = async (path: string): Promise<string> => (await browser(country).send(door.redeemSignInLink, { token: path.split('#')[1] ?? '' })).code;
      expect(await use(first.signInPath)).toBe('sign_in_refused');
      expect(await use(`#${'a'.repeat(43)}`)).toBe('sign_in_refused');
      country.clock.set(later(72 * 60));
      expect(await use(second.signInPath)).toBe('sign_in_refused');
      country.clock.set(later(72 * 60 - 1));
      expect(await use(second.signInPath)).toBe('');
    })());

  it('is made only where the administrator may, with roles that fit, under a name nobody has', () =>
    world.rolledBack(async (country) => {
      const { refusal, call } = country.as('system_administrator of 990100');
      const clerkAt = (unitCode: string) => ({ role: 'clerk' as const, unitCode });
      expect((await refusal(people.createAccount, { ...zhang, roles: [clerkAt('990201')] })).code).toBe('not_permitted');
      expect((await refusal(people.createAccount, { ...zhang, unitCode: '990000' })).code).toBe('not_permitted');
      expect((await refusal(people.createAccount, { ...zhang, roles: [clerkAt('123456')] })).code).toBe('not_found');
      expect((await refusal(people.createAccount, { ...zhang, roles: [{ role: 'national_office', unitCode: '990101' }] })).details).toMatchObject({ rule: 'role_not_at_unit' });
      expect((await refusal(people.createAccount, { ...zhang, roles: [clerkAt('990101'), { role: 'system_administrator', unitCode: '990101' }] })).details).toMatchObject({ rule: 'duties_exclusive' });
      expect((await refusal(people.createAccount, { ...zhang, roles: [] })).code).toBe('invalid_input');
      expect((await refusal(people.createAccount, { ...zhang, signInName: clerk })).code).toBe('duplicate');
      expect((await country.as('coordinator of 990100').refusal(people.createAccount, zhang)).code).toBe('not_permitted');
      await call(people.createAccount, { ...zhang, roles: [clerkAt('990101'), { role: 'coordinator', unitCode: '990100' }] });
      const { accounts } = await call(people.listAccounts, { unitCode: '990101' });
      expect(accounts.map((account) => account.signInName)).toEqual(['system_administrator.of.990101', clerk, 'coordinator.of.990101', 'head.of.990101', 'national_office.of.990101', 'reviewer.of.990101', 'zhang.san']);
      expect((await country.as('head of 990101').refusal(people.listAccounts, { unitCode: '990101' })).code).toBe('not_permitted');
    })());
});

describe('an account', () => {
  const reason = '调离岗位';

  it('disabled is out at once, and cannot come back in by any way', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      const administrator = country.as('system_administrator of 990000');
      await send(door.signIn, { signInName: clerk, password });
      expect((await send(door.whoAmI, {})).status).toBe(200);
      const link = await administrator.call(people.createSignInLink, { accountId: clerkId });
      expect((await administrator.call(people.setAccountState, { accountId: clerkId, disabled: true, reason })).disabledAt).toBe(monday);
      expect((await send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await send(door.signIn, { signInName: clerk, password })).code).toBe('sign_in_refused');
      expect((await send(door.redeemSignInLink, { token: link.signInPath.split('#')[1] ?? '' })).code).toBe('sign_in_refused');
      expect((await administrator.refusal(people.createSignInLink, { accountId: clerkId })).details).toMatchObject({ rule: 'account_disabled' });
      expect((await administrator.call(people.setAccountState, { accountId: clerkId, disabled: false, reason })).disabledAt).toBeNull();
      expect((await send(door.signIn, { signInName: clerk, password })).status).toBe(200);
      const events = await country.tx.selectFrom('auditEvent').select(['action', 'basis']).where('basis', 'is not', null).orderBy('id').execute();
      expect(events).toEqual([{ action: 'people.disable_account', basis: reason }, { action: 'people.enable_account', basis: reason }]);
    })());

  it('is changed by nobody who does not manage all its units, and by nobody of the own one', () =>
    world.rolledBack(async (country) => {
      const change = { accountId: clerkId, disabled: true, reason };
      await country.tx.insertInto('roleGrant').values({ accountId: clerkId, role: 'reviewer', unitCode: '990201' }).execute();
      expect((await country.as('system_administrator of 990101').refusal(people.setAccountState, change)).code).toBe('not_permitted');
      expect((await country.as('head of 990101').refusal(people.setAccountState, change)).code).toBe('not_permitted');
      expect((await country.as('system_administrator of 990000').call(people.setAccountState, change)).disabledAt).toBe(monday);
      const own = { accountId: '00000000-0000-4000-8000-000005990000', disabled: true, reason };
      expect((await country.as('system_administrator of 990000').refusal(people.setAccountState, own)).details).toMatchObject({ rule: 'own_account' });
      expect((await country.as('system_administrator of 990000').refusal(people.setAccountState, { ...change, accountId: randomUUID() })).code).toBe('not_found');
    })());

  it('of a unit that is no more is still reached by the administrators of the nation', () =>
    world.rolledBack(async (country) => {
      await country.tx.deleteFrom('placement').where('unitCode', '=', '990101').execute();
      const change = { accountId: clerkId, disabled: true, reason };
      expect((await country.as('system_administrator of 990000').refusal(people.setAccountState, change)).code).toBe('not_permitted');
      expect((await country.as('system_administrator of 000000').call(people.setAccountState, change)).disabledAt).toBe(monday);
    })());

  it('with a link used loses its password and its other sessions', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const old = browser(country);
      await old.send(door.signIn, { signInName: clerk, password });
      await old.send(door.whoAmI, {});
      const link = await country.as('system_administrator of 990101').call(people.createSignInLink, { accountId: clerkId });
      expect((await old.send(door.whoAmI, {})).status).toBe(200);
      const { send } = browser(country);
      expect((await send(door.redeemSignInLink, { token: link.signInPath.split('#')[1] ?? '' })).body).toMatchObject({ hasPassword: false });
      expect((await old.send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await send(door.signIn, { signInName: clerk, password })).code).toBe('sign_in_refused');
    })());

  it('with a new password ends its other sessions, and asks for the old one, five times at most', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const [here, there] = [browser(country), browser(country)];
      for (const one of [here, there]) await one.send(door.signIn, { signInName: clerk, password });
      await there.send(door.whoAmI, {});
      expect((await here.send(door.changePassword, { current: null, next: 'Chuang-8-Shanlu' })).code).toBe('sign_in_refused');
      expect((await here.send(door.changePassword, { current: password, next: 'Chuang-8-Shanlu' })).status).toBe(200);
      expect((await here.send(door.whoAmI, {})).status).toBe(200);
      expect((await there.send(door.whoAmI, {})).code).toBe('not_signed_in');
      expect((await there.send(door.signIn, { signInName: clerk, password })).code).toBe('sign_in_refused');
      for (let number = 2; number <= 5; number += 1) await here.send(door.changePassword, { current: 'x', next: 'Hua-9-Shanlu-Ye' });
      expect((await here.send(door.changePassword, { current: 'Chuang-8-Shanlu', next: 'Hua-9-Shanlu-Ye' })).code).toBe('rate_limited');
    })());
});

it('a new installation is entered by three administrators, each with a link until that person has a password', () =>
  world.rolledBack(async (country) => {
    const { tx } = country;
    await tx.deleteFrom('account').execute();
    const first = await seedAdministrators(tx, monday);
    expect(first.map(({ role }) => role)).toEqual(['system_administrator', 'security_administrator', 'auditor']);
    const again = await seedAdministrators(tx, later(1));
    expect(again.map(({ accountId }) => accountId)).toEqual(first.map(({ accountId }) => accountId));
    const { send } = browser(country);
    const tokenOf = (linked: readonly { signInPath: string }[]) => linked[0]?.signInPath.split('#')[1] ?? '';
    expect((await send(door.redeemSignInLink, { token: tokenOf(first) })).code).toBe('sign_in_refused');
    expect((await send(door.redeemSignInLink, { token: tokenOf(again) })).body).toMatchObject({ grants: [{ role: 'system_administrator', unitCode: '000000' }] });
    expect((await send(door.changePassword, { current: null, next: password })).status).toBe(200);
    expect((await seedAdministrators(tx, later(2))).map(({ role }) => role)).toEqual(['security_administrator', 'auditor']);
    const events = await tx.selectFrom('auditEvent').select(['action', 'accountName']).where('basis', '=', 'first_run').orderBy('id').execute();
    expect(events.map(({ action }) => action)).toEqual([...Array(3).fill('people.create_account'), ...Array(5).fill('people.create_sign_in_link')]);
    expect(new Set(events.map(({ accountName }) => accountName))).toEqual(new Set(['system']));
  })());

describe('the database itself', () => {
  const grant = (tx: Tx, accountId: string, role: string, duty: string) => tx.insertInto('roleGrant').values({ accountId, role, unitCode: '990101', duty }).execute();
  it.each([
    ['two of the three administrators', 'system', 'system_administrator', 'auditor', 'audit'],
    ['an administrator who fills', 'security', 'security_administrator', 'clerk', 'business'],
    ['a clerk who reads the trail', 'business', 'clerk', 'auditor', 'audit'],
    ['a duty that is not the role\'s', 'business', 'clerk', 'auditor', 'business'],
  ])('refuses %s in one account', (_case, duty, first, second, secondDuty) =>
    world.rolledBack(async (country) => {
      await country.tx.insertInto('account').values({ id: 'one', signInName: 'one', displayName: '某人', duty, passwordHash: null, disabledAt: null, createdAt: monday }).execute();
      await grant(country.tx, 'one', first, duty);
      await expect(grant(country.tx, 'one', second, secondDuty)).rejects.toThrow(/role_grant_duty/);
    })());
});
