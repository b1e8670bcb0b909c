// Accounts of enterprises over a real database: both ways in, the code, the password, what it sees, and that the bureau has no key to it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { databaseErrorConstraint } from '../../kernel/database.ts';
import { actorOf, usccOfUnit } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { browserOf } from '../../testing/sign-in.ts';
import { edition, publicity, syntheticUscc } from '../../testing/steps.ts';
import type { Endpoint, OutputOf, SentInputOf } from '../../shared/endpoint.ts';
import { recordActivity } from '../activities/contract.ts';
import { requestRecovery } from '../people/contract.ts';
import { changePassword, signIn, signOut, whoAmI } from '../sign-in/contract.ts';
import {
  askForAccount, changeOwnContact, decideAccountRequest, decideEnterpriseRecovery, findCompetentUnits, getOwnAccount, inviteEnterprise, listEnterpriseAccounts, listOwnServices, makeOpeningCode,
  requestEnterpriseRecovery, setEnterpriseAccountState, startAccount,
} from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Body = Parameters<World['rolledBack']>[0];
const rolledBack = (run: Body) => () => world.rolledBack(run)();

const unitCode = '990101';
const uscc = syntheticUscc(41);
const contact = { name: '周某', phone: '138 0000 0000' };
const password = 'Chabei-7-Shanlu';
const checked = '核对了营业执照和经办人身份证';
const invitation = { unitCode, uscc, name: '青石仪表厂', contact, checked };

interface Firm {
  call<E extends Endpoint>(endpoint: E, input: SentInputOf<E>): Promise<OutputOf<E>>;
  refusal<E extends Endpoint>(endpoint: E, input: SentInputOf<E>): Promise<{ readonly code: string; readonly details: unknown }>;
}

/** A browser that keeps its session. */
function firmAt(country: Country): Firm {
  const browser = browserOf(country);
  return {
    call: async (endpoint, input) => {
      const { status, body } = await browser.send(endpoint, input);
      if (status !== 200) throw new Error(`${endpoint.name} was refused: ${JSON.stringify(body)}`);
      return body as never;
    },
    refusal: async (endpoint, input) => {
      const { status, code, body } = await browser.send(endpoint, input);
      if (status === 200) throw new Error(`${endpoint.name} was not refused`);
      return { code, details: body.details };
    },
  };
}

describe('the way in', () => {
  it('by invitation: a code on paper, a first password, and a session that is the enterprise\'s', rolledBack(async (country) => {
    const { code, accountId } = await country.as('clerk of 990101').call(inviteEnterprise, invitation);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    const firm = firmAt(country);
    expect((await firm.refusal(startAccount, { uscc, code: 'AAAA-AAAA-AAAA-AAAA-AAAA', password })).code).toBe('sign_in_refused');
    expect((await firm.refusal(startAccount, { uscc: syntheticUscc(42), code, password })).code).toBe('sign_in_refused');
    expect((await firm.refusal(startAccount, { uscc, code, password: null })).details).toMatchObject({ rule: 'password_first' });
    expect((await firm.refusal(startAccount, { uscc, code, password: `${uscc}aA-` })).details).toMatchObject({ rule: 'password_contains_name' });
    // As somebody reads it aloud.
    await firm.call(startAccount, { uscc: uscc.toLowerCase(), code: code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'), password });
    expect(await firm.call(getOwnAccount, {})).toMatchObject({ uscc, name: '青石仪表厂', unitName: '望月县市场监督管理局', contact });
    expect((await firm.call(whoAmI, {})).account).toMatchObject({ id: accountId, grants: [] });
    // Once only; then by password, as officials, but without a second factor.
    expect((await firmAt(country).refusal(startAccount, { uscc, code, password })).code).toBe('sign_in_refused');
    await firm.call(signOut, {});
    expect(await firm.call(signIn, { signInName: uscc, password })).toMatchObject({ state: 'open' });
    await firm.call(changePassword, { current: password, next: 'Lanhua-9-Qiaotou' });
    expect((await firmAt(country).refusal(signIn, { signInName: uscc, password })).code).toBe('sign_in_refused');
  }));

  it('by asking: a bureau is found, an official decides, and the code is the enterprise\'s own', rolledBack(async (country) => {
    const firm = firmAt(country);
    expect((await firm.call(findCompetentUnits, { query: '望月' })).units).toEqual([{ code: unitCode, name: '望月县市场监督管理局' }]);
    const { code } = await firm.call(askForAccount, { uscc, name: '青石仪表厂', contact, unitCode });
    expect((await firm.refusal(startAccount, { uscc, code, password })).code).toBe('sign_in_refused');
    expect((await firm.refusal(askForAccount, { uscc, name: '青石仪表厂', contact, unitCode: '990000' })).details).toMatchObject({ rule: 'unit_keeps_no_accounts' });
    const clerk = country.as('clerk of 990101');
    const { requests } = await clerk.call(listEnterpriseAccounts, { unitCode });
    expect(requests).toMatchObject([{ uscc, name: '青石仪表厂', contact, registeredName: null }]);
    const id = requests[0]?.id ?? '';
    expect((await country.as('clerk of 990102').refusal(decideAccountRequest, { id, approve: true, checked })).code).toBe('not_found');
    await clerk.call(decideAccountRequest, { id, approve: true, checked });
    expect((await clerk.refusal(decideAccountRequest, { id, approve: true, checked })).code).toBe('wrong_state');
    await firm.call(startAccount, { uscc, code, password });
    expect((await firm.call(getOwnAccount, {})).contact).toEqual(contact);
    // Asked again, the answer is the same; three at most wait.
    for (let times = 0; times < 3; times += 1) await firm.call(askForAccount, { uscc, name: '另一个名字', contact, unitCode });
    expect((await firm.refusal(askForAccount, { uscc, name: '另一个名字', contact, unitCode })).details).toMatchObject({ rule: 'requests_waiting' });
    const again = (await clerk.call(listEnterpriseAccounts, { unitCode })).requests[0]?.id ?? '';
    expect((await clerk.refusal(decideAccountRequest, { id: again, approve: true, checked })).details).toMatchObject({ rule: 'enterprise_has_account' });
    await clerk.call(decideAccountRequest, { id: again, approve: false, checked });
  }));

  it('is closed after five wrong tries, like everybody\'s', rolledBack(async (country) => {
    const firm = firmAt(country);
    const own = { signInName: usccOfUnit('990101'), password: 'not-the-right-1A' };
    for (let times = 0; times < 5; times += 1) expect((await firm.refusal(signIn, own)).code).toBe('sign_in_refused');
    expect((await firm.refusal(signIn, own)).code).toBe('rate_limited');
  }));
});

describe('the bureau', () => {
  it('opens one account for an enterprise, and hands a code only until it is opened', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { accountId } = await clerk.call(inviteEnterprise, invitation);
    expect((await clerk.refusal(inviteEnterprise, invitation)).details).toMatchObject({ rule: 'enterprise_has_account' });
    expect((await country.as('clerk of 990102').refusal(inviteEnterprise, { ...invitation, unitCode: '990102' })).details).toMatchObject({ rule: 'enterprise_has_account' });
    expect((await country.as('clerk of 990102').refusal(makeOpeningCode, { accountId })).code).toBe('not_found');
    const { code } = await clerk.call(makeOpeningCode, { accountId });
    await firmAt(country).call(startAccount, { uscc, code, password });
    expect((await clerk.refusal(makeOpeningCode, { accountId })).details).toMatchObject({ rule: 'account_activated' });
    // Nor does anybody else make a way in: for those who keep officials' accounts it is not there.
    expect((await country.as('security_administrator of 000000').refusal(requestRecovery, { accountId, reason: '企业忘记密码，申请重设' })).code).toBe('not_found');
  }));

  it('opens an account anew by two, and the enterprise is told both names', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { accountId, code } = await clerk.call(inviteEnterprise, invitation);
    const other = { name: '吴某', phone: '0571-8888 0000' };
    const asked = { accountId, contact: other, reason: '经办人离职，新经办人持授权书来局办理' };
    expect((await clerk.refusal(requestEnterpriseRecovery, asked)).details).toMatchObject({ rule: 'link_suffices' });
    const firm = firmAt(country);
    await firm.call(startAccount, { uscc, code, password });
    await clerk.call(requestEnterpriseRecovery, asked);
    expect((await clerk.refusal(decideEnterpriseRecovery, { accountId, approve: true })).details).toMatchObject({ rule: 'own_proposal' });
    const head = country.as('head of 990101');
    expect((await head.call(listEnterpriseAccounts, { unitCode })).accounts.find((one) => one.accountId === accountId)).toMatchObject({ state: 'in_use', recovery: { contact: other, mayDecide: true } });
    const { handed } = await head.call(decideEnterpriseRecovery, { accountId, approve: true });
    expect((await firm.refusal(getOwnAccount, {})).code).toBe('not_signed_in');
    expect((await firmAt(country).refusal(signIn, { signInName: uscc, password })).code).toBe('sign_in_refused');
    await firm.call(startAccount, { uscc, code: handed?.code ?? '', password: 'Lanhua-9-Qiaotou' });
    expect((await firm.call(getOwnAccount, {})).contact).toEqual(other);
    const notices = await country.tx.selectFrom('accountNotice').select(['kind', 'details']).where('accountId', '=', accountId).execute();
    expect(notices).toContainEqual({ kind: 'recovered', details: { requestedBy: 'clerk of 990101', approvedBy: 'head of 990101' } });
  }));

  it('stops an account at once', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    const { accountId, code } = await clerk.call(inviteEnterprise, invitation);
    const firm = firmAt(country);
    await firm.call(startAccount, { uscc, code, password });
    await clerk.call(setEnterpriseAccountState, { accountId, disabled: true, reason: '企业已注销，不再使用' });
    expect((await firm.refusal(getOwnAccount, {})).code).toBe('not_signed_in');
    expect((await firm.refusal(signIn, { signInName: uscc, password })).code).toBe('sign_in_refused');
    await clerk.call(setEnterpriseAccountState, { accountId, disabled: false, reason: '企业恢复经营，继续使用' });
    expect(await firm.call(signIn, { signInName: uscc, password })).toMatchObject({ state: 'open' });
  }));
});

describe('the database', () => {
  it('holds the duties apart: an account of an enterprise holds no role, and an official\'s is of no enterprise', rolledBack(async (country) => {
    const refusalOf = async (statement: string): Promise<string | null> => {
      await sql`savepoint one`.execute(country.tx);
      const constraint = await sql.raw(statement).execute(country.tx).then(() => null, databaseErrorConstraint);
      await sql`rollback to savepoint one`.execute(country.tx);
      return constraint;
    };
    const firm = actorOf('enterprise of 990101').accountId;
    const clerk = actorOf('clerk of 990101').accountId;
    expect(await refusalOf(`insert into role_grant (account_id, role, unit_code, duty) values ('${firm}', 'clerk', '990101', 'business')`)).toBe('role_grant_duty');
    expect(await refusalOf(`insert into role_grant (account_id, role, unit_code, duty) values ('${firm}', 'clerk', '990101', 'enterprise')`)).toBe('role_grant_duty_fits');
    expect(await refusalOf(`update enterprise_account set account_id = '${clerk}' where account_id = '${firm}'`)).toBe('enterprise_account_of_account');
    expect(await refusalOf(`update account set duty = 'business' where id = '${firm}'`)).toBe('enterprise_account_of_account');
    expect(await refusalOf(`update enterprise_account set enterprise_id = 990102 where account_id = '${firm}'`)).toBe('enterprise_account_one');
  }));
});

describe('what an enterprise sees', () => {
  it('the services it took part in, of whatever unit, and nothing of other participants', rolledBack(async (country) => {
    const firm = country.as('enterprise of 990101');
    const enterprises = [{ uscc: usccOfUnit('990101'), name: '样板器材厂（990101）', reason: null }, { uscc: syntheticUscc(2), name: '别家企业', reason: null }] as const;
    await country.as('clerk of 990101').call(recordActivity, { edition, unitCode, content: publicity({ title: '本县宣讲', enterprises: [...enterprises] }) });
    await country.as('clerk of 980101').call(recordActivity, { edition, unitCode: '980101', content: publicity({ title: '外省论坛', occurredOn: '2023-06-18', enterprises: [...enterprises] }) });
    await country.as('clerk of 990101').call(recordActivity, { edition, unitCode, content: publicity({ title: '与它无关' }) });
    const { services } = await firm.call(listOwnServices, {});
    expect(services.map(({ title, unitName, occurredOn, kind }) => [title, unitName, occurredOn, kind.en])).toEqual([
      ['外省论坛', '听涛县市场监督管理局', '2023-06-18', 'Publicity activity'], ['本县宣讲', '望月县市场监督管理局', '2023-06-15', 'Publicity activity'],
    ]);
    expect(JSON.stringify(services)).not.toContain('别家企业');
    expect((await country.as('enterprise of 990102').call(listOwnServices, {})).services).toEqual([]);
  }));

  it('keeps its own holder, who is wrapped in the database and not in the log', rolledBack(async (country) => {
    const firm = country.as('enterprise of 990101');
    await firm.call(changeOwnContact, { contact: { name: '郑某某', phone: '139 1111 1111' } });
    expect((await firm.call(getOwnAccount, {})).contact.name).toBe('郑某某');
    const { rows } = await sql<{ text: string }>`select contact as text from enterprise_account union all select coalesce(after::text, '') from audit_event`.execute(country.tx);
    expect(rows.map(({ text }) => text).join(' ')).not.toMatch(/郑某某|1111/);
  }));
});
