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
import { endLeavers } from './stopping.ts';

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

const reason = '调离岗位，工作已交接';
const grantsOf = (country: Country & { readonly tx: Tx }, accountId: string) => country.tx.selectFrom('roleGrant').select(['role', 'unitCode']).where('accountId', '=', accountId).orderBy('role').execute();
const actionsOn = async (country: Country & { readonly tx: Tx }, accountId: string) => (await country.tx.selectFrom('auditEvent').select(['action', 'accountName']).where('subjectId', '=', accountId).orderBy('id').execute()).map(({ action, accountName }) => `${accountName}: ${action}`);

describe('an invited account', () => {
  const clerkAt = (unitCode: string) => ({ role: 'clerk' as const, unitCode });
  const zhang = { unitCode: '990101', signInName: 'zhang.san', displayName: '张三', roles: [clerkAt('990101')] };

  it('is in use once another has approved it: proposed by the coordinator above, approved by the head, linked by the coordinator', () =>
    world.rolledBack(async (country) => {
      const [inviter, head] = [country.as('coordinator of 990100'), country.as('head of 990101')];
      const request = await inviter.call(people.invite, zhang);
      expect(request).toMatchObject({ kind: 'invitation', accountName: '张三', mayDecide: false, mine: true });
      const { accountId } = request;
      expect(await grantsOf(country, accountId)).toEqual([]);
      expect((await inviter.refusal(people.createSignInLink, { accountId })).code).toBe('not_permitted');
      expect((await country.as('system_administrator of 000000').refusal(people.createSignInLink, { accountId })).details).toMatchObject({ rule: 'not_approved_yet' });
      expect((await country.as('system_administrator of 000000').refusal(people.setAccountState, { accountId, disabled: false, reason })).details).toMatchObject({ rule: 'not_approved_yet' });
      expect((await inviter.refusal(people.decideRequest, { requestId: request.id, approve: true })).details).toMatchObject({ rule: 'own_proposal' });
      for (const person of ['clerk of 990101', 'reviewer of 990101', 'head of 990102', 'system_administrator of 000000', 'auditor of 000000'] as const) {
        expect((await country.as(person).refusal(people.decideRequest, { requestId: request.id, approve: true })).code).toBe('not_permitted');
      }
      const waiting = await head.call(people.listAccounts, { unitCode: '990101' });
      expect(waiting.requests).toMatchObject([{ id: request.id, mayDecide: true, mine: false }]);
      expect(waiting.accounts.find(({ id }) => id === accountId)).toMatchObject({ invited: true, disabledAt: monday });
      await head.call(people.decideRequest, { requestId: request.id, approve: true });
      expect(await grantsOf(country, accountId)).toEqual([clerkAt('990101')]);
      expect((await head.refusal(people.decideRequest, { requestId: request.id, approve: true })).details).toMatchObject({ rule: 'already_decided' });

      const link = await inviter.call(people.createSignInLink, { accountId });
      expect(link.expiresAt).toBe(later(72 * 60));
      const token = link.signInPath.split('#')[1] ?? '';
      for (const table of ['requestKey', 'auditEvent', 'grantRequest'] as const) expect(JSON.stringify(await country.tx.selectFrom(table).selectAll().execute())).not.toContain(token);
      const { send } = browser(country);
      expect((await send(door.redeemSignInLink, { token })).status).toBe(200);
      expect((await send(door.whoAmI, {})).body).toMatchObject({ account: { signInName: 'zhang.san', hasPassword: false }, standingInFor: null });
      expect(await actionsOn(country, accountId)).toEqual([
        'coordinator of 990100: people.propose_roles', 'head of 990101: people.approve_roles', 'coordinator of 990100: people.create_sign_in_link', 'anonymous: people.use_sign_in_link',
      ]);
    })());

  it('is no account any more when it is refused or taken back, and its name is free', () =>
    world.rolledBack(async (country) => {
      for (const end of ['refused', 'withdrawn'] as const) {
        const request = await country.as('coordinator of 990100').call(people.invite, zhang);
        if (end === 'refused') await country.as('head of 990101').call(people.decideRequest, { requestId: request.id, approve: false, reason: '已由李四接手' });
        else await country.as('coordinator of 990100').call(people.withdrawRequest, { requestId: request.id });
        expect(await country.tx.selectFrom('account').select('id').where('signInName', '=', 'zhang.san').execute()).toEqual([]);
      }
      expect((await country.as('coordinator of 990100').refusal(people.withdrawRequest, { requestId: randomUUID() })).code).toBe('not_found');
    })());

  it('is proposed only where one keeps accounts, with roles that fit, under a name nobody has', () =>
    world.rolledBack(async (country) => {
      const { refusal, call } = country.as('coordinator of 990100');
      expect((await refusal(people.invite, { ...zhang, roles: [clerkAt('990201')] })).code).toBe('not_permitted');
      expect((await refusal(people.invite, { ...zhang, unitCode: '990000' })).code).toBe('not_permitted');
      expect((await refusal(people.invite, { ...zhang, roles: [clerkAt('123456')] })).code).toBe('not_found');
      expect((await refusal(people.invite, { ...zhang, roles: [{ role: 'national_office', unitCode: '990101' }] })).details).toMatchObject({ rule: 'role_not_at_unit' });
      expect((await refusal(people.invite, { ...zhang, roles: [clerkAt('990101'), { role: 'auditor', unitCode: '990101' }] })).details).toMatchObject({ rule: 'duties_exclusive' });
      expect((await refusal(people.invite, { ...zhang, roles: [{ role: 'auditor', unitCode: '990101' }] })).code).toBe('not_permitted');
      expect((await refusal(people.invite, { ...zhang, roles: [] })).code).toBe('invalid_input');
      expect((await refusal(people.invite, { ...zhang, signInName: clerk })).code).toBe('duplicate');
      expect((await country.as('clerk of 990101').refusal(people.invite, zhang)).code).toBe('not_permitted');
      await call(people.invite, { ...zhang, roles: [clerkAt('990101'), clerkAt('990100')] });
      expect((await country.as('clerk of 990101').refusal(people.listAccounts, { unitCode: '990101' })).code).toBe('not_permitted');
      const { accounts, may } = await country.as('head of 990101').call(people.listAccounts, { unitCode: '990101' });
      expect(accounts.map(({ signInName }) => signInName)).toContain('zhang.san');
      expect(may).toEqual(expect.arrayContaining(['manage_accounts', 'approve_grants', 'attest_accounts']));
    })());

  it('of an administrator is proposed and approved by two of whom one is for security', () =>
    world.rolledBack(async (country) => {
      const auditor = { unitCode: '990000', signInName: 'wang.wu', displayName: '王五', roles: [{ role: 'auditor' as const, unitCode: '990000' }] };
      expect((await country.as('coordinator of 990000').refusal(people.invite, auditor)).code).toBe('not_permitted');
      const request = await country.as('system_administrator of 000000').call(people.invite, auditor);
      expect((await country.as('coordinator of 990000').refusal(people.decideRequest, { requestId: request.id, approve: true })).code).toBe('not_permitted');
      await country.as('security_administrator of 990000').call(people.decideRequest, { requestId: request.id, approve: true });
      expect(await country.tx.selectFrom('account').select(['duty', 'disabledAt']).where('id', '=', request.accountId).execute()).toEqual([{ duty: 'audit', disabledAt: null }]);
      const own = await country.as('security_administrator of 990000').call(people.invite, { ...auditor, signInName: 'zhao.liu' });
      expect((await country.as('security_administrator of 990000').refusal(people.decideRequest, { requestId: own.id, approve: true })).details).toMatchObject({ rule: 'own_proposal' });
      expect((await country.as('head of 990000').refusal(people.setAccountState, { accountId: request.accountId, disabled: true, reason })).code).toBe('not_permitted');
      // The one who keeps accounts ends no duty of another: one of two auditors may go, the last may not.
      const system = country.as('system_administrator of 000000');
      await system.call(people.setAccountState, { accountId: request.accountId, disabled: true, reason });
      const last = { accountId: '00000000-0000-4000-8000-000007990000', reason };
      expect((await system.refusal(people.setAccountState, { ...last, disabled: true })).details).toMatchObject({ rule: 'last_administrator' });
      expect((await system.refusal(people.takeRole, { ...last, role: 'auditor', unitCode: '990000' })).details).toMatchObject({ rule: 'last_administrator' });
      expect((await system.refusal(people.handOver, { ...last, successorId: null, leavesOn: '2023-06-26' })).details).toMatchObject({ rule: 'last_administrator' });
    })());
});

describe('the roles of an account in use', () => {
  const wanted = { accountId: clerkId, roles: [{ role: 'reviewer' as const, unitCode: '990101' }], reason: '县局只有两个人，兼任审核' };
  it('change by one who proposes and another who approves, and go at once', () =>
    world.rolledBack(async (country) => {
      const coordinator = country.as('coordinator of 990100');
      const request = await coordinator.call(people.proposeRoles, wanted);
      expect((await coordinator.refusal(people.proposeRoles, wanted)).code).toBe('duplicate');
      await country.as('security_administrator of 000000').call(people.decideRequest, { requestId: request.id, approve: true });
      expect(await grantsOf(country, clerkId)).toEqual([{ role: 'clerk', unitCode: '990101' }, { role: 'reviewer', unitCode: '990101' }]);
      expect((await coordinator.refusal(people.proposeRoles, wanted)).details).toMatchObject({ rule: 'roles_held' });
      expect((await country.as('head of 990102').refusal(people.takeRole, { accountId: clerkId, role: 'reviewer', unitCode: '990101', reason })).code).toBe('not_permitted');
      await country.as('head of 990101').call(people.takeRole, { accountId: clerkId, role: 'reviewer', unitCode: '990101', reason });
      expect(await grantsOf(country, clerkId)).toEqual([{ role: 'clerk', unitCode: '990101' }]);
      expect((await country.as('system_administrator of 000000').refusal(people.proposeRoles, { ...wanted, roles: [{ role: 'auditor', unitCode: '990101' }] })).details).toMatchObject({ rule: 'duties_exclusive' });
    })());
});

describe('an account', () => {
  it('disabled is out at once, and cannot come back in by any way', () =>
    world.rolledBack(async (country) => {
      const administrator = country.as('system_administrator of 990000');
      const link = await administrator.call(people.createSignInLink, { accountId: clerkId });
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      await send(door.signIn, { signInName: clerk, password });
      expect((await send(door.whoAmI, {})).status).toBe(200);
      expect((await administrator.call(people.setAccountState, { accountId: clerkId, disabled: true, reason })).disabledAt).toBe(monday);
      expect((await send(door.whoAmI, {})).status).toBe(401);
      expect((await send(door.signIn, { signInName: clerk, password })).code).toBe('sign_in_refused');
      expect((await send(door.redeemSignInLink, { token: link.signInPath.split('#')[1] ?? '' })).code).toBe('sign_in_refused');
      expect((await administrator.refusal(people.createSignInLink, { accountId: clerkId })).details).toMatchObject({ rule: 'account_disabled' });
      expect((await administrator.call(people.setAccountState, { accountId: clerkId, disabled: false, reason })).disabledAt).toBeNull();
      expect((await send(door.signIn, { signInName: clerk, password })).status).toBe(200);
      // In use, it is opened by nobody's link any more.
      expect((await administrator.refusal(people.createSignInLink, { accountId: clerkId })).details).toMatchObject({ rule: 'account_activated' });
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

  it('of a leaver ends on its day, and whoever follows gets the roles when another approves', () =>
    world.rolledBack(async (country) => {
      await withPassword(country.tx, stored);
      const { send } = browser(country);
      await send(door.signIn, { signInName: clerk, password });
      const successorId = '00000000-0000-4000-8000-000001990101';
      const coordinator = country.as('coordinator of 990100');
      const answer = await coordinator.call(people.handOver, { accountId: clerkId, successorId, leavesOn: '2023-06-27', reason });
      expect(answer).toMatchObject({ endsAt: '2023-06-27T00:00:00.000+08:00', request: { kind: 'change', accountName: 'reviewer of 990101', roles: [{ role: 'clerk', unitCode: '990101' }] } });
      expect((await send(door.whoAmI, {})).status).toBe(200);
      await country.as('head of 990101').call(people.decideRequest, { requestId: answer.request?.id ?? '', approve: true });
      expect(await grantsOf(country, successorId)).toEqual([{ role: 'clerk', unitCode: '990101' }, { role: 'reviewer', unitCode: '990101' }]);
      country.clock.set(later(15 * 60 - 1));
      await send(door.signIn, { signInName: clerk, password });
      expect((await send(door.whoAmI, {})).status).toBe(200);
      country.clock.set(later(15 * 60));
      expect((await send(door.whoAmI, {})).status).toBe(401);
      expect(await endLeavers(country.tx, later(15 * 60), 100)).toBe(1);
      expect(await endLeavers(country.tx, later(15 * 60), 100)).toBe(0);
      expect(await actionsOn(country, clerkId)).toContain('system: people.disable_account');
      await coordinator.call(people.handOver, { accountId: successorId, successorId: null, leavesOn: '2023-06-26', reason });
      expect((await coordinator.call(people.listAccounts, { unitCode: '990101' })).accounts.find(({ id }) => id === successorId)?.disabledAt).not.toBeNull();
    })());
});

describe('a recovery', () => {
  it('ends password, factors and sessions once the unit and security have agreed, and tells the holder of both', () =>
    world.rolledBack(async (country) => {
      const [head, security] = [country.as('head of 990101'), country.as('security_administrator of 990000')];
      const asked = { accountId: clerkId, reason: '手机丢失，验证器无法使用' };
      expect((await head.refusal(people.requestRecovery, asked)).details).toMatchObject({ rule: 'link_suffices' });
      await withPassword(country.tx, stored);
      await country.tx.insertInto('totp').values({ id: 't', accountId: clerkId, name: '手机', secret: 'x', lastStep: 0, createdAt: monday, confirmedAt: monday }).execute();
      for (const person of ['clerk of 990101', 'reviewer of 990101', 'head of 990102', 'system_administrator of 000000'] as const) {
        expect((await country.as(person).refusal(people.requestRecovery, asked)).code).toBe('not_permitted');
      }
      const recovery = await head.call(people.requestRecovery, asked);
      expect(recovery).toMatchObject({ requestedAs: 'unit', mayDecide: false, mine: true });
      expect((await head.refusal(people.decideRecovery, { requestId: recovery.id, approve: true })).code).toBe('not_permitted');
      expect((await country.as('coordinator of 990100').refusal(people.decideRecovery, { requestId: recovery.id, approve: true })).code).toBe('not_permitted');
      expect((await head.refusal(people.requestRecovery, asked)).code).toBe('duplicate');
      expect((await security.call(people.listAccounts, { unitCode: '990101' })).recoveries).toMatchObject([{ id: recovery.id, mayDecide: true }]);
      await security.call(people.decideRecovery, { requestId: recovery.id, approve: true });
      expect(await country.tx.selectFrom('totp').select('id').where('accountId', '=', clerkId).execute()).toEqual([]);
      const link = await head.call(people.createSignInLink, { accountId: clerkId });
      const { send } = browser(country);
      expect((await send(door.signIn, { signInName: clerk, password })).code).toBe('sign_in_refused');
      expect((await send(door.redeemSignInLink, { token: link.signInPath.split('#')[1] ?? '' })).status).toBe(200);
      const told = await country.tx.selectFrom('accountNotice').select(['kind', 'details']).where('accountId', '=', clerkId).where('kind', '=', 'recovered').execute();
      expect(told).toEqual([{ kind: 'recovered', details: { requestedBy: 'head of 990101', approvedBy: 'security_administrator of 990000' } }]);
      expect(await actionsOn(country, clerkId)).toEqual(expect.arrayContaining(['head of 990101: people.request_recovery', 'security_administrator of 990000: people.approve_recovery']));
    })());

  it('is nobody\'s own', () =>
    world.rolledBack(async (country) => {
      const headId = '00000000-0000-4000-8000-000002990101';
      expect((await country.as('head of 990101').refusal(people.requestRecovery, { accountId: headId, reason: '本人手机丢失，无法登录' })).details).toMatchObject({ rule: 'own_recovery' });
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
    // Whoever can restart the server does not become one of the three by disabling another.
    await tx.updateTable('account').set({ disabledAt: later(2) }).where('signInName', '=', 'security_administrator').execute();
    expect((await seedAdministrators(tx, later(3))).map(({ role }) => role)).toEqual(['auditor']);
    const events = await tx.selectFrom('auditEvent').select(['action', 'accountName']).where('basis', '=', 'first_run').orderBy('id').execute();
    expect(events.map(({ action }) => action)).toEqual([...Array(3).fill('people.create_account'), ...Array(6).fill('people.create_sign_in_link')]);
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
