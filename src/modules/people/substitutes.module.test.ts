// Standing in for another over the real API, with real sessions: the name on the act, four-eyes by account, an end by itself; and the yearly list.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Endpoint, SentInputOf } from '../../shared/endpoint.ts';
import { epochOf, instantOf } from '../../shared/instant.ts';
import { requestKeyHeader, requestOf } from '../../shared/request.ts';
import { act, fillLedger, writeNotes } from '../../testing/steps.ts';
import { getReturn, takeReturnAct } from '../returns/contract.ts';
import * as door from '../sign-in/contract.ts';
import { listTasks } from '../tasks/contract.ts';
import * as people from './contract.ts';
import { replaceSignInLink } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => world.close());

type Rolled = Country & { readonly tx: Tx };
const idOf = (role: number, unitCode: string): string => `00000000-0000-4000-8000-00000${role}${unitCode}`;
const [clerkId, reviewerId, headId] = [idOf(0, '990101'), idOf(1, '990101'), idOf(2, '990101')];
const reviewing = [{ role: 'reviewer' as const, unitCode: '990101' }];
const days = { firstDay: '2023-06-26', lastDay: '2023-06-28' };
const later = (hours: number): string => instantOf(epochOf(monday) + hours * 3_600_000);

/** Signed in by a link, as people of the demonstration are: in without further steps. */
async function signedIn(country: Rolled, accountId: string) {
  await country.tx.updateTable('account').set({ demonstration: true }).where('id', '=', accountId).execute();
  const { signInPath } = await replaceSignInLink(country.tx, accountId, monday);
  let cookie: string | null = null;
  const send = async <E extends Endpoint>(endpoint: E, input: SentInputOf<E>) => {
    const shape = requestOf(endpoint, input);
    const headers = new Headers({ [requestKeyHeader]: randomUUID(), 'content-type': 'application/json', ...(cookie === null ? {} : { cookie }) });
    const response = await country.app.request(shape.path, { method: shape.method, headers, ...(shape.body === null ? {} : { body: shape.body }) });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? null;
    const body = (await response.json()) as Record<string, unknown> & { code?: string; details?: Record<string, unknown> };
    return { status: response.status, code: body.code ?? '', body };
  };
  await send(door.redeemSignInLink, { token: signInPath.split('#')[1] ?? '' });
  return send;
}

describe('a substitute', () => {
  it('acts with the roles lent and in the other\'s name, and is still the same account to the rule of four eyes', () =>
    world.rolledBack(async (country) => {
      const send = await signedIn(country, clerkId);
      const named = await country.as('reviewer of 990101').call(people.nameOwnSubstitute, { substituteId: clerkId, roles: reviewing, ...days });
      expect(named).toMatchObject({ accountName: 'reviewer of 990101', substituteName: 'clerk of 990101', running: true });
      expect((await send(people.listOwn, {})).body).toMatchObject({ standingInFor: null, substitutions: [{ id: named.id }] });
      expect((await send(people.standIn, { substitutionId: named.id })).status).toBe(200);
      expect((await send(door.whoAmI, {})).body).toMatchObject({
        account: { id: clerkId, displayName: 'clerk of 990101（代reviewer of 990101）', grants: [{ role: 'reviewer', unitCode: '990101' }] },
        standingInFor: { holderName: 'reviewer of 990101', lastDay: '2023-06-28' },
      });
      const records = await country.tx.selectFrom('auditEvent').select(['action', 'accountId']).where('action', '=', 'people.stand_in').execute();
      expect(records).toEqual([{ action: 'people.stand_in', accountId: clerkId }]);
      // What it has lent to it cannot be lent on: only own roles are.
      expect((await send(people.nameOwnSubstitute, { substituteId: headId, roles: reviewing, ...days })).body.details).toMatchObject({ rule: 'role_not_held' });
      const view = await send(getReturn, { edition: '2023', unitCode: '990101' });
      expect(view.status).toBe(200);
      expect((view.body as { may: string[] }).may).not.toContain('self_check');
      expect((await send(people.standIn, { substitutionId: null })).status).toBe(200);
      expect((await send(door.whoAmI, {})).body).toMatchObject({ account: { displayName: 'clerk of 990101', grants: [{ role: 'clerk' }] }, standingInFor: null });
    })());

  it('acts on the return: the act bears both names; whoever sent it for review approves it in nobody\'s place', () =>
    world.rolledBack(async (country) => {
      const [clerk, head] = [await signedIn(country, clerkId), await signedIn(country, headId)];
      const approve = async (send: typeof head) => {
        const { version } = (await send(getReturn, { edition: '2023', unitCode: '990101' })).body as { version: number };
        return send(takeReturnAct, { edition: '2023', unitCode: '990101', version, command: { act: 'approve' } });
      };
      await fillLedger(country, '990101');
      await writeNotes(country, '990101');
      await act(country, 'clerk of 990101', '990101', { act: 'self_check' });
      await act(country, 'clerk of 990101', '990101', { act: 'send_for_review' });
      for (const [send, substituteId] of [[clerk, clerkId], [head, headId]] as const) {
        const { id } = await country.as('reviewer of 990101').call(people.nameOwnSubstitute, { substituteId, roles: reviewing, ...days });
        await send(people.standIn, { substitutionId: id });
      }
      expect((await approve(clerk)).code).toBe('separation_of_duties');
      expect((await approve(head)).body).toMatchObject({ state: 'approved' });
      const acts = await country.tx.selectFrom('returnAct').select(['act', 'accountId', 'accountName']).orderBy('number', 'desc').limit(1).execute();
      expect(acts).toEqual([{ act: 'approve', accountId: headId, accountName: 'head of 990101（代reviewer of 990101）' }]);
    })());

  it('stops at the end of the last day, when revoked, and when the other loses the role or leaves', () =>
    world.rolledBack(async (country) => {
      const send = await signedIn(country, clerkId);
      const roles = async (): Promise<string[]> => ((await send(door.whoAmI, {})).body['account'] as { grants: { role: string }[] }).grants.map(({ role }) => role);
      const name = () => country.as('reviewer of 990101').call(people.nameOwnSubstitute, { substituteId: clerkId, roles: reviewing, firstDay: '2023-06-26', lastDay: '2023-06-26' });
      const first = await name();
      await send(people.standIn, { substitutionId: first.id });
      expect(await roles()).toEqual(['reviewer']);
      await country.as('head of 990101').call(people.revokeSubstitution, { requestId: first.id });
      expect(await roles()).toEqual(['clerk']);
      const second = await name();
      await send(people.standIn, { substitutionId: second.id });
      await country.as('head of 990101').call(people.takeRole, { accountId: reviewerId, role: 'reviewer', unitCode: '990101', reason: '岗位调整' });
      expect(await roles()).toEqual([]);
      await country.tx.insertInto('roleGrant').values({ accountId: reviewerId, role: 'reviewer', unitCode: '990101' }).execute();
      country.clock.set(later(6));
      expect(await roles()).toEqual(['reviewer']);
      const lastHour = later(14.9);
      country.clock.set(lastHour);
      const fresh = await signedIn(country, clerkId);
      await country.tx.updateTable('session').set({ substitutionId: second.id, expiresAt: later(30), lastSeenAt: lastHour }).where('accountId', '=', clerkId).execute();
      expect((await fresh(door.whoAmI, {})).body).toMatchObject({ standingInFor: { substitutionId: second.id } });
      country.clock.set(later(15));
      expect((await fresh(door.whoAmI, {})).body).toMatchObject({ standingInFor: null });
      expect((await fresh(people.standIn, { substitutionId: second.id })).body.details).toMatchObject({ rule: 'substitution_not_running' });
    })());

  it('is named by the head for somebody who is away, by nobody else, and revoked by either of the two', () =>
    world.rolledBack(async (country) => {
      const naming = { accountId: reviewerId, substituteId: clerkId, roles: reviewing, ...days };
      for (const person of ['clerk of 990101', 'head of 990102', 'system_administrator of 990000', 'security_administrator of 990000'] as const) {
        expect((await country.as(person).refusal(people.nameSubstitute, naming)).code).toBe('not_permitted');
      }
      const named = await country.as('head of 990101').call(people.nameSubstitute, naming);
      expect(named).toMatchObject({ namedByName: 'head of 990101' });
      expect((await country.as('head of 990101').refusal(people.revokeOwnSubstitution, { requestId: named.id })).code).toBe('not_found');
      await country.as('clerk of 990101').call(people.revokeOwnSubstitution, { requestId: named.id });
      expect((await country.as('reviewer of 990101').refusal(people.revokeOwnSubstitution, { requestId: named.id })).details).toMatchObject({ rule: 'substitution_not_running' });
      expect((await country.as('head of 990101').call(people.listAccounts, { unitCode: '990101' })).substitutions).toMatchObject([{ id: named.id, running: false, revokedAt: monday }]);
    })());
});

describe('the list of accounts', () => {
  const said = async (country: Rolled, change: { readonly [id: string]: 'take_role' | 'disable' }) => {
    const { accounts } = await country.as('head of 990101').call(people.listAccounts, { unitCode: '990101' });
    return accounts.filter(({ grants }) => grants.some(({ role }) => !/administrator|auditor/.test(role))).map(({ id }) => ({ accountId: id, verdict: change[id] ?? ('keep' as const) }));
  };
  const codes = async (country: Rolled, person: Parameters<Rolled['as']>[0], unitCode: string) => (await country.as(person).call(listTasks, { edition: '2023', unitCode })).tasks.map(({ code }) => code);

  it('is confirmed by the head: who stays, who loses the role, who is disabled; until then it is a task, and the city sees who has not', () =>
    world.rolledBack(async (country) => {
      await country.tx.deleteFrom('attestation').where('unitCode', '=', '990101').execute();
      expect(await codes(country, 'head of 990101', '990101')).toContain('attest_accounts');
      expect(await codes(country, 'coordinator of 990100', '990100')).toContain('remind_attestation');
      expect((await country.as('coordinator of 990100').call(people.listAccounts, { unitCode: '990100' })).unattestedBelow).toEqual([{ unitCode: '990101', unitName: '望月县市场监督管理局' }]);
      const accounts = await said(country, { [reviewerId]: 'take_role', [clerkId]: 'disable' });
      expect((await country.as('coordinator of 990100').refusal(people.attest, { unitCode: '990101', accounts })).code).toBe('not_permitted');
      expect((await country.as('head of 990101').refusal(people.attest, { unitCode: '990101', accounts: accounts.slice(1) })).code).toBe('stale_version');
      expect(await country.as('head of 990101').call(people.attest, { unitCode: '990101', accounts })).toMatchObject({ year: 2023, attestedByName: 'head of 990101' });
      expect(await codes(country, 'head of 990101', '990101')).not.toContain('attest_accounts');
      const kept = await country.tx.selectFrom('account').leftJoin('roleGrant', 'roleGrant.accountId', 'account.id').select(['account.id', 'role', 'disabledAt']).where('account.id', 'in', [clerkId, reviewerId]).orderBy('account.id').execute();
      expect(kept).toEqual([{ id: clerkId, role: null, disabledAt: monday }, { id: reviewerId, role: null, disabledAt: null }]);
    })());

  it('says to whom something waits: the one who may approve it, at the unit and from above', () =>
    world.rolledBack(async (country) => {
      await country.as('coordinator of 990100').call(people.invite, { unitCode: '990101', signInName: 'zhang.san', displayName: '张三', roles: [{ role: 'clerk', unitCode: '990101' }] });
      expect(await codes(country, 'head of 990101', '990101')).toContain('decide_accounts');
      expect(await codes(country, 'security_administrator of 990000', '990000')).toContain('decide_accounts');
      expect(await codes(country, 'coordinator of 990000', '990000')).toContain('decide_accounts');
      for (const [person, unit] of [['coordinator of 990100', '990100'], ['head of 990102', '990102'], ['security_administrator of 980000', '980000']] as const) expect(await codes(country, person, unit)).not.toContain('decide_accounts');
    })());
});
