// The pages of enterprises and the self-assessment, as a browser without script meets them: signed in or not, sent twice, sent wrong.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteEnterprise } from '../modules/enterprise-accounts/contract.ts';
import { recordActivity } from '../modules/activities/contract.ts';
import { openSharedAssessment, listSharedAssessments, getItemBank } from '../modules/assessments/contract.ts';
import { usccOfUnit } from '../testing/country.ts';
import { type Country, openWorld, type World } from '../testing/harness.ts';
import { edition, publicity, syntheticUscc } from '../testing/steps.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Body = Parameters<World['rolledBack']>[0];
const rolledBack = (run: Body) => () => world.rolledBack(run)();

interface Page {
  readonly status: number;
  readonly html: string;
  readonly to: string | null;
  readonly headers: Headers;
}

interface Visitor {
  get(path: string): Promise<Page>;
  post(path: string, fields: { readonly [name: string]: string }): Promise<Page>;
}

/** A browser without script; `person` one of the country's, else it keeps the cookie it gets. */
function visitorTo(country: Country, person?: string): Visitor {
  let cookie = person === undefined ? '' : `fuwuyue=person.${person.replaceAll(' ', '-')}`;
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await country.app.request(path, { ...init, headers });
    const set = response.headers.get('set-cookie');
    if (set !== null && person === undefined) cookie = /^[^;]*/.exec(set)?.[0] ?? '';
    return { status: response.status, html: await response.text(), to: response.headers.get('location'), headers: response.headers };
  };
  return {
    get: (path) => ask(path, {}),
    post: async (path, fields) => {
      const { html } = await ask(path, {});
      const key = /name="request_key" value="([^"]+)"/.exec(html)?.[1];
      const version = /name="version" value="([^"]+)"/.exec(html)?.[1];
      const body = new URLSearchParams({ ...(key === undefined ? {} : { request_key: key }), ...(version === undefined ? {} : { version }), ...fields });
      return ask(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' } });
    },
  };
}

const own = '/firm /firm/services /firm/views /firm/account /firm/assessments /firm/assessments/draft'.split(' ');
const uscc = syntheticUscc(61);
const password = 'Chabei-7-Shanlu';
const contact = { name: '周某', phone: '138 0000 0000' };

async function everything(country: Country, status: string): Promise<{ [name: string]: string }> {
  const { bank } = await country.anyone().call(getItemBank, {});
  return { size: 'small', ...Object.fromEntries(bank.dimensions.flatMap(({ items }) => items.map(({ code }) => [`a-${code}`, status]))) };
}

describe('without an account', () => {
  it('anybody finds the way in, and sees nothing of an enterprise', rolledBack(async (country) => {
    const visitor = visitorTo(country);
    expect((await visitor.get('/firm')).html).toContain('/firm/ask');
    for (const path of own.slice(1)) expect(await visitor.get(path), path).toMatchObject({ status: 303, to: '/firm/sign-in' });
    expect((await visitorTo(country, 'clerk of 990101').get('/firm/account')).to).toBe('/firm/sign-in');
  }));

  it('the assessment shows its result, as a file too, and leaves nothing behind', rolledBack(async (country) => {
    const traces = async (): Promise<unknown> => Promise.all((['assessment', 'auditEvent', 'requestKey'] as const).map((table) => country.tx.selectFrom(table).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()));
    const before = await traces();
    const visitor = visitorTo(country);
    const blank = await visitor.get('/assessment');
    expect(blank.html).toContain('权重为本系统建议，不是官方评分');
    expect(blank.html.length).toBeLessThan(60_000);
    const some = await visitor.post('/assessment', { act: 'finish', 'a-A1': 'met', 's-D4a': '-3' });
    expect(some.status).toBe(422);
    expect(some.html).toContain('还有 36 题没有回答');
    expect(some.html).toContain('value="met" checked');
    const fields = { ...(await everything(country, 'partly')), 's-C1c': '2', note: '<script>' };
    const result = await visitor.post('/assessment', { ...fields, act: 'finish' });
    expect(result.status).toBe(200);
    expect(result.html).toMatch(/<svg class="radar" role="img"/);
    expect(result.html).toContain('改进建议');
    expect(result.headers.get('cache-control')).toBe('no-store');
    const file = await visitor.post('/assessment', { ...fields, act: 'download' });
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.html).toContain('雷达图');
    expect(await traces()).toEqual(before);
  }));
});

describe('an enterprise', () => {
  it('opens its account with a code, goes out, and comes in by password', rolledBack(async (country) => {
    const { code } = await country.as('clerk of 990101').call(inviteEnterprise, { unitCode: '990101', uscc, name: '青石<仪表>厂', contact, checked: '核对了营业执照和身份证' });
    const firm = visitorTo(country);
    const weak = await firm.post('/firm/start', { uscc, code, password: 'short', act: 'start' });
    expect(weak.status).toBe(422);
    expect(weak.html).toContain('密码至少 12 位');
    expect((await firm.post('/firm/start', { uscc, code: 'wrong code', password, act: 'start' })).html).toContain('开通码不对');
    expect(await firm.post('/firm/start', { uscc, code, password, act: 'start' })).toMatchObject({ status: 303, to: '/firm' });
    for (const path of own) {
      const page = await firm.get(path);
      expect(page.status, path).toBe(200);
      expect(page.html).not.toContain('<仪表>');
    }
    expect((await firm.post('/firm/account', { act: 'contact', 'contact-name': '吴某', 'contact-phone': 'x' })).html).toContain('电话号码不对');
    expect((await firm.post('/firm/account', { act: 'contact', 'contact-name': '吴某', 'contact-phone': '0571-88880000' })).to).toBe('/firm/account?done=contact');
    expect((await firm.post('/firm/account', { act: 'password', current: 'x', next: 'Lanhua-9-Qiaotou' })).html).toContain('现在的密码不对');
    expect((await firm.post('/firm/account', { act: 'password', current: password, next: 'Lanhua-9-Qiaotou' })).to).toBe('/firm/account?done=password');
    expect((await firm.post('/firm/account', { act: 'add' })).html).toMatch(/<svg class="squares"/);
    expect((await firm.post('/firm/account', { act: 'sign-out' })).to).toBe('/firm');
    expect((await firm.get('/firm/services')).to).toBe('/firm/sign-in');
    expect((await firm.post('/firm/sign-in', { signInName: uscc, password })).html).toContain('代码或密码不对');
    expect((await firm.post('/firm/sign-in', { signInName: ` ${uscc.toLowerCase()}`, password: 'Lanhua-9-Qiaotou' })).to).toBe('/firm');
  }));

  it('asks for an account of a bureau it finds, and is shown its code once', rolledBack(async (country) => {
    const firm = visitorTo(country);
    const typed = { uscc, name: '青石仪表厂', 'contact-name': '周某', 'contact-phone': '0571-88880000', query: '望月' };
    expect((await firm.post('/firm/ask', { ...typed, act: 'find' })).html).toContain('望月县市场监督管理局');
    const wrong = await firm.post('/firm/ask', { ...typed, uscc: '123', unitCode: '990101', act: 'ask' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('请对照营业执照检查');
    expect((await firm.post('/firm/ask', { ...typed, unitCode: '990101', act: 'ask' })).html).toMatch(/class="code">[0-9A-Z]{4}-/);
  }));

  it('sees its services, keeps a draft, finishes, shares and deletes an assessment', rolledBack(async (country) => {
    const clerk = country.as('clerk of 990101');
    await clerk.call(recordActivity, { edition, unitCode: '990101', content: publicity({ title: '送法进企业', enterprises: [{ uscc: usccOfUnit('990101'), name: '样板器材厂（990101）', reason: null }] }) });
    const firm = visitorTo(country, 'enterprise of 990101');
    expect((await firm.get('/firm/services')).html).toContain('送法进企业');
    const draft = '/firm/assessments/draft';
    expect((await firm.post(draft, { act: 'save', 'a-A1': 'unmet', 'n-A1': '<b>没有任命</b>' })).to).toBe(`${draft}?done=saved`);
    const again = await firm.get(draft);
    expect(again.html).toContain('&lt;b&gt;没有任命&lt;/b&gt;');
    expect((await firm.post(draft, { act: 'finish', 'a-A1': 'unmet' })).status).toBe(422);
    const done = await firm.post(draft, { ...(await everything(country, 'met')), act: 'finish' });
    expect(done.to).toMatch(/^\/firm\/assessments\/99-/);
    const path = done.to ?? '';
    const result = await firm.get(path);
    expect(result.html).toContain('市场监管局看不到这份自测');
    expect(result.html).toContain('同类企业不足十家');
    expect((await firm.post(path, { act: 'share' })).to).toBe(path);
    const [shared] = (await clerk.call(listSharedAssessments, { edition, unitCode: '990101' })).assessments;
    await clerk.call(openSharedAssessment, { id: shared?.id ?? '' });
    expect((await firm.get('/firm/views')).html).toMatch(/望月县市场监督管理局<\/td><td>填报人/);
    expect((await firm.get(path)).html).toContain('已于 2023-06-26 共享');
    expect((await visitorTo(country, 'enterprise of 990102').get(path)).status).toBe(404);
    expect((await firm.post(path, { act: 'nonsense' })).status).toBe(400);
    expect((await firm.post(path, { act: 'remove' })).to).toBe('/firm/assessments');
  }));
});

describe('whatever is sent', () => {
  const names = ['act', 'request_key', 'uscc', 'code', 'password', 'signInName', 'ticket', 'name', 'contact-name', 'contact-phone', 'query', 'unitCode', 'size', 'version', 'id', 'current', 'next', 'a-A1', 'a-D5', 's-D4a', 's-C1a', 'n-A1', '__proto__', 'constructor'];
  const texts = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('', 'finish', 'save', 'ask', 'find', 'download', 'share', 'remove', 'confirm', 'not_applicable', 'met', '-1', '1e9', 'NaN', '990101', '\u0000', '\ud800', '%', "'; drop table account; --", '<svg onload=alert(1)>'));
  const fields = fc.dictionary(fc.constantFrom(...names), texts, { maxKeys: 8 });

  it('is answered and never fails, by anybody and by an enterprise', rolledBack(async (country) => {
    const paths = { nobody: ['/assessment', '/firm/start', '/firm/ask', '/firm/sign-in', '/firm/account'], own: ['/firm/account', '/firm/assessments/draft', '/firm/assessments/x', '/firm/assessments/99-00000000-0000-4000-8000-000000000000'] };
    await fc.assert(fc.asyncProperty(fc.boolean(), fc.nat(4), fields, async (own, at, typed) => {
      const list = own ? paths.own : paths.nobody;
      const path = list[at % list.length] ?? '/firm';
      const visitor = own ? visitorTo(country, 'enterprise of 990101') : visitorTo(country);
      const { status, html } = await visitor.post(path, typed);
      expect(status, path).toBeLessThan(500);
      expect(html).not.toContain('<svg onload');
    }), { numRuns: 120 });
  }));
});
