// The column from a draft to the public and back, by two people; tables released with small numbers hidden; what the pages show.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivity } from '../activities/contract.ts';
import type { Tx } from '../../kernel/database.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { edition, fillLedger, publicity, training, visit } from '../../testing/steps.ts';
import { actOnArticle, approveColumnSettings, createArticle, decideArticle, decideRelease, freezeRelease, getArticle, getColumnHome, getPublished, getReleasedTable, listArticles, listPublished, listReleases, proposeColumnSettings, saveArticle } from './contract.ts';
import type { ArticleDocument } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const rolledBack = (run: (country: Country & { readonly tx: Tx }) => Promise<void>) => () => world.rolledBack(run)();

const unitCode = '990100';
const unit = { edition, unitCode };
const document: ArticleDocument = {
  title: '东湖市启动服务月', summary: '走进企业讲商业秘密保护', origin: '东湖市市场监督管理局', notBefore: null,
  blocks: [{ type: 'paragraph', runs: [{ text: '<b>启动</b>仪式在高新区举行，', bold: false, link: null }, { text: '详见通知', bold: true, link: 'https://example.gov.cn/notice' }] }],
};

const editor = (country: Country) => country.as(`column_editor of ${unitCode}`);
const publisher = (country: Country) => country.as(`column_publisher of ${unitCode}`);
const page = async (country: Country, path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; headers: Headers }> => {
  const response = await country.anyone().raw(path, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

async function published(country: Country, over: Partial<ArticleDocument> = {}): Promise<{ id: string; version: number }> {
  const { id, version } = await editor(country).call(createArticle, { ...unit, kind: 'news', document: { ...document, ...over } });
  const offered = await editor(country).call(actOnArticle, { id, version, act: 'offer' });
  return { id, version: (await publisher(country).call(decideArticle, { id, version: offered.version, act: 'publish' })).version };
}

describe('an article', () => {
  it('is read by everybody once a second person has published it, and by nobody before', rolledBack(async (country) => {
    const { id, version } = await editor(country).call(createArticle, { ...unit, kind: 'news', document });
    await country.anyone().refusal(getPublished, { id });
    expect((await publisher(country).refusal(decideArticle, { id, version, act: 'publish' })).code).toBe('wrong_state');
    const offered = await editor(country).call(actOnArticle, { id, version, act: 'offer' });
    expect((await editor(country).refusal(decideArticle, { id, version: offered.version, act: 'publish' })).code).toBe('not_permitted');
    expect((await country.as('column_publisher of 990200').refusal(decideArticle, { id, version: offered.version, act: 'publish' })).code).toBe('not_found');
    expect((await page(country, '/column/990100')).text).not.toContain('东湖市启动服务月');
    await publisher(country).call(decideArticle, { id, version: offered.version, act: 'publish' });
    for (const path of ['/column', '/column/990000', '/column/990100', '/column/990100/news', `/column/articles/${id}`, '/column/990100/feed.xml', '/column/000000/feed.xml']) {
      const shown = await page(country, path);
      expect(shown.status, path).toBe(200);
      expect(shown.text, path).toContain('东湖市启动服务月');
    }
    expect((await page(country, '/column/990200')).text).not.toContain('东湖市启动服务月');
    const { text } = await page(country, `/column/articles/${id}`);
    expect(text).toContain('&lt;b&gt;启动&lt;/b&gt;仪式');
    expect(text).toContain('href="https://example.gov.cn/notice"');
  }));

  it('goes back with a reason', rolledBack(async (country) => {
    const { id, version } = await editor(country).call(createArticle, { ...unit, kind: 'guide', document });
    const offered = await editor(country).call(actOnArticle, { id, version, act: 'offer' });
    const view = await publisher(country).call(getArticle, { id });
    expect(view.may).toEqual(expect.arrayContaining(['publish', 'send_back']));
    const back = await publisher(country).call(decideArticle, { id, version: offered.version, act: 'send_back', reason: '标题要写明是哪个区' });
    expect(back.state).toBe('draft');
    expect((await editor(country).call(getArticle, { id })).versions[0]).toMatchObject({ change: 'sent_back', reason: '标题要写明是哪个区' });
  }));

  it('waits for its day, is replaced by its next version, and taken down says so', rolledBack(async (country) => {
    const early = await published(country, { title: '明天才能看', notBefore: '2023-06-27T09:00:00.000+08:00' });
    expect((await page(country, `/column/articles/${early.id}`)).status).toBe(404);
    const { id, version } = await published(country);
    const saved = await editor(country).call(saveArticle, { id, version, document: { ...document, title: '改过的标题' } });
    expect((await page(country, `/column/articles/${id}`)).text).toContain('东湖市启动服务月');
    const offered = await editor(country).call(actOnArticle, { id, version: saved.version, act: 'offer' });
    const again = await publisher(country).call(decideArticle, { id, version: offered.version, act: 'publish' });
    const shown = await page(country, `/column/articles/${id}`);
    expect(shown.text).toContain('改过的标题');
    expect((await publisher(country).refusal(decideArticle, { id, version: again.version, act: 'take_down' })).details['rule']).toBe('reason_missing');
    await publisher(country).call(decideArticle, { id, version: again.version, act: 'take_down', reason: '文中企业名称未核实' });
    const gone = await page(country, `/column/articles/${id}`);
    expect(gone.status).toBe(410);
    expect(gone.text).toContain('文中企业名称未核实');
    expect(gone.headers.get('x-robots-tag')).toBe('noindex');
    expect((await page(country, '/column')).text).not.toContain('改过的标题');
    country.clock.set('2023-06-27T09:00:00.000+08:00');
    expect((await page(country, '/column/990100')).text).toContain('明天才能看');
  }));

  it('is found by words of its text, by two characters or one, and not by others', rolledBack(async (country) => {
    await published(country);
    const count = async (query: string): Promise<number> => (await country.anyone().call(listPublished, { unitCode: '000000', query })).total;
    expect(await Promise.all(['仪式在高新区', '高新', '商', '仪式 高新区', '不存在的词', '新高', '！？'].map(count))).toEqual([1, 1, 1, 1, 0, 0, 0]);
    const found = await page(country, '/column/990100/search?q=%E9%AB%98%E6%96%B0%E5%8C%BA');
    expect(found.text).toContain('共 1 条');
    expect((await page(country, `/column/990100/search?q=${'x'.repeat(80)}`)).status).toBe(422);
  }));
});

describe('a released table', () => {
  it('is frozen by one, released by another, and hides small numbers', rolledBack(async (country) => {
    await fillLedger(country, '990101');
    await fillLedger(country, '990201');
    for (const number of [11, 12, 13, 14, 15, 16]) await country.as('clerk of 990201').call(recordActivity, { edition, unitCode: '990201', content: visit(number) });
    await country.as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: publicity({ title: '第二场宣传', values: { mode: 'offline', attendances: 44, materials: 10 } }) });
    await country.as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: training({ title: '第二场培训' }) });
    const coordinator = country.as('coordinator of 990000');
    const at = { edition, unitCode: '990000' };
    expect((await coordinator.refusal(freezeRelease, { ...at, asOf: '2023-06-30', basis: 'ledger' })).details['rule']).toBe('release_of_the_future');
    const { id } = await coordinator.call(freezeRelease, { ...at, asOf: '2023-06-15', basis: 'ledger' });
    expect((await country.anyone().call(getReleasedTable, { unitCode: '990000' })).table).toBeNull();
    expect((await coordinator.refusal(decideRelease, { id, verdict: 'release' })).code).toBe('not_permitted');
    await country.as('column_publisher of 990000').call(decideRelease, { id, verdict: 'release' });
    const { table } = await country.anyone().call(getReleasedTable, { unitCode: '990000' });
    const shown = (unitAt: string, code: string): number | null | undefined => table?.rows.find((row) => row.unitCode === unitAt)?.values[table.indicators.findIndex((one) => one.code === code)];
    expect(table?.asOf).toBe('2023-06-15');
    // 1 and 7 visits: the one is hidden, and the other, or it could be computed.
    expect([shown('990100', 'visit.enterprises'), shown('990200', 'visit.enterprises'), table?.total[table.indicators.findIndex((one) => one.code === 'visit.enterprises')]]).toEqual([null, null, 8]);
    expect(shown('990100', 'publicity.attendances')).toBe(74);
    expect(shown('990071', 'visit.enterprises')).toBe(0);
    for (const path of ['/column/990000/progress', '/column/990000/progress?by=media.total', '/column/990100/progress', '/column/990000/progress.csv', '/column/990000/progress.json', '/column/990000/catalog.jsonld', '/column/990000/open-data', '/sitemap.xml', '/robots.txt', '/column/990000/help', '/column/accessibility']) {
      expect((await page(country, path)).status, path).toBe(200);
    }
    expect((await page(country, '/column/990000/progress')).text).toContain('＊');
    const data = JSON.parse((await page(country, '/column/990000/progress.json')).text) as { records: { indicator: string; hidden: boolean; value: number | null }[] };
    expect(data.records.some(({ hidden }) => hidden)).toBe(true);
    expect(data.records.every(({ hidden, value }) => hidden === (value === null) && (value === null || value === 0 || value >= 5))).toBe(true);
    expect((await page(country, '/column/990000/progress.csv')).text.split('\r\n')[0]).toBe('"unit_code","unit_name","level","as_of","indicator","label","unit","value","hidden"');
    await country.as('column_publisher of 990000').call(decideRelease, { id, verdict: 'withdraw', reason: '有一个县的数字报错了' });
    expect((await country.anyone().call(getReleasedTable, { unitCode: '990100' })).table).toBeNull();
    expect((await coordinator.call(listReleases, at)).releases[0]).toMatchObject({ state: 'withdrawn', may: [] });
  }));
});

describe('the column', () => {
  it('says of itself what a second person approved', rolledBack(async (country) => {
    const settings = { office: '东湖市市场监督管理局', telephone: '0000-12345678', address: '', hours: '', help: '先保存证据。\n再来电。', licence: 'cc_by_4' as const };
    await editor(country).call(proposeColumnSettings, { ...unit, settings });
    expect((await page(country, '/column/990100/help')).text).not.toContain('0000-12345678');
    await publisher(country).call(approveColumnSettings, unit);
    expect((await country.anyone().call(getColumnHome, { unitCode })).settings?.licence).toBe('cc_by_4');
    expect((await page(country, '/column/990100/help')).text).toContain('0000-12345678');
    expect((await page(country, '/column/990100/catalog.jsonld')).text).toContain('creativecommons.org');
  }));

  it('is the same for whoever has it already, small, and different by language and mode', rolledBack(async (country) => {
    await published(country);
    const first = await page(country, '/column/990100?utm=1');
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    expect(first.headers.get('vary')).toContain('cookie');
    expect((await page(country, '/column/990100', { 'if-none-match': etag })).status).toBe(304);
    const packed = await page(country, '/column/990100', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(20_000);
    expect((await page(country, '/column/990100', { cookie: 'site-language=en' })).text).toContain('<html lang="en"');
    expect((await page(country, '/column/990100', { cookie: 'site-text=large; site-contrast=high' })).text).toContain('class="large contrast"');
    expect(first.text).not.toMatch(/<script|style=|onclick/);
    expect(first.text.length).toBeLessThan(60_000);
  }));

  it('shows drafts to those who write it and to nobody else', rolledBack(async (country) => {
    await editor(country).call(createArticle, { ...unit, kind: 'policy', document });
    expect((await editor(country).call(listArticles, unit)).articles).toHaveLength(1);
    for (const person of ['clerk of 990100', 'column_editor of 990101', 'column_editor of 990000', 'auditor of 990100'] as const) expect((await country.as(person).refusal(listArticles, unit)).code, person).toBe('not_permitted');
  }));
});
