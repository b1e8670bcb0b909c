// Visits at a firm: recorded on a telephone without a line, with a picture; the browser dies, comes back, the line too: one visit, one
// picture. What is recorded here is taken back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchPersistent } from './browser.ts';
import { confirm, cookieOf, expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
const clerk = 'clerk 330110';
const base = '/2023/330110';
const visitsPath = '/api/editions/2023/units/330110/visits';

/** A photograph as a camera makes them: large, and saying where it was taken. */
const photograph = (shade: number): Promise<Buffer> =>
  sharp({ create: { width: 4000, height: 3000, channels: 3, background: { r: shade, g: 120, b: 200 } } }).withExif({ IFD0: { Make: 'Lantern' }, IFD3: { GPSLatitudeRef: 'N' } }).jpeg({ quality: 95 }).toBuffer();

interface Found {
  readonly id: string;
  readonly version: number;
  readonly content: { readonly evidence: readonly string[] } | null;
}

const madeOf = (page: Page, found: string): Promise<readonly Found[]> =>
  page.evaluate(async ([path, query]) => ((await (await fetch(`${path}?state=made&query=${encodeURIComponent(query ?? '')}&limit=200`)).json()) as { visits: Found[] }).visits, [visitsPath, found] as const);

const takeBack = (page: Page, visits: readonly Found[]): Promise<void> =>
  page.evaluate(async (all) => {
    for (const { id, version } of all) await fetch(`/api/visits/${id}/cancel`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID() }, body: JSON.stringify({ version }) });
  }, visits.map(({ id, version }) => ({ id, version })));

/** Fills in what a visit needs, with no more than one hand can hold. */
async function write(page: Page, said: { readonly enterprise: string; readonly found: string; readonly shade: number }): Promise<void> {
  await page.goto(`${base}/visits/new`);
  await page.getByRole('heading', { level: 1, name: '记录走访' }).waitFor();
  await page.getByLabel('拍照', { exact: true }).last().setInputFiles({ name: 'IMG_2023.jpg', mimeType: 'image/jpeg', buffer: await photograph(said.shade) });
  await page.getByRole('img', { name: '照片 1' }).waitFor();
  await page.getByRole('combobox', { name: '走访企业' }).fill(said.enterprise);
  await page.getByRole('option', { name: `添加「${said.enterprise}」` }).click();
  await page.getByLabel('没有代码的原因').selectOption('not_registered');
  await page.getByRole('button', { name: '加入名单' }).click();
  await page.getByRole('checkbox', { name: '涉密人员' }).check();
  await page.getByLabel(/^了解到的情况/).fill(said.found);
  // The clock of the demonstration stands after the month.
  await page.getByLabel('不在活动月内的原因').fill('企业六月停产检修，复工后补访');
}

const save = (page: Page): Promise<void> => page.getByRole('button', { name: '保存', exact: true }).click();

/** Dies at once: nothing is said to the page, nothing is put in order. */
async function killed({ context, page }: { readonly context: BrowserContext; readonly page: Page }): Promise<void> {
  const dead = new Promise((resolve) => context.once('close', resolve));
  const line = await context.newCDPSession(page);
  await Promise.race([line.send('Browser.crash').catch(() => undefined), dead]);
  await dead;
}

describe('a telephone at a firm', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fuwuyue-telephone-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  const open = async (): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await launchPersistent(folder, { baseURL: inject('address'), viewport: { width: 360, height: 640 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: true, isMobile: true });
    context.setDefaultTimeout(20_000);
    return { context, page: context.pages()[0] ?? (await context.newPage()) };
  };

  it('keeps five visits with pictures without a line, through the death of the browser, and sends each once', async () => {
    const cookie = await cookieOf(clerk);
    await confirm(cookie);
    const first = await open();
    await first.context.addCookies([{ name: 'fuwuyue', value: cookie, url: inject('address') }]);
    await first.page.goto(`${base}/visits`);
    await first.page.getByText('本机已备好').waitFor();
    await first.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await expect.poll(() => first.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

    await first.context.setOffline(true);
    const firms = [1, 2, 3, 4, 5].map((number) => `示例断网工作室${number}`);
    for (const [index, enterprise] of firms.entries()) {
      await write(first.page, { enterprise, found: `断网记录${index + 1}`, shade: 40 * index });
      if (index === 0) {
        await picture(first.page, 'visit-offline-360');
        await expectNoSideways(first.page);
      }
      await save(first.page);
      await first.page.getByText(`没有网络，已存在本机：${enterprise}`).waitFor();
      await first.page.getByRole('link', { name: `${index + 1} 条待上传` }).waitFor();
    }
    const stored = await first.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open('fuwuyue-offline');
        asked.addEventListener('success', () => resolve(asked.result));
        asked.addEventListener('error', () => reject(new Error('no database')));
      });
      const all = (store: string): Promise<{ readonly sealed?: { readonly bytes: ArrayBuffer }; readonly bytes?: ArrayBuffer }[]> => new Promise((resolve) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.addEventListener('success', () => resolve(asked.result as never));
      });
      const texts = (await all('record')).map((one) => new TextDecoder().decode(one.sealed?.bytes));
      return { clear: texts.some((text) => text.includes('断网') || text.includes('occurredOn')), pictures: (await all('picture')).map((one) => one.bytes?.byteLength ?? 0) };
    });
    expect(stored.clear).toBe(false);
    expect(stored.pictures).toHaveLength(5);
    for (const bytes of stored.pictures) expect(bytes).toBeLessThanOrEqual(520 * 1024);
    await killed(first);

    const second = await open();
    await second.context.setOffline(true);
    await second.page.goto(`${base}/visits`);
    await second.page.getByRole('heading', { level: 1, name: '走访' }).waitFor();
    await second.page.getByRole('link', { name: '5 条待上传' }).click();
    await second.page.getByRole('heading', { level: 1, name: '待上传' }).waitFor();
    expect(await second.page.getByRole('list', { name: '待上传' }).getByRole('listitem').count()).toBe(5);
    await second.page.getByText('示例断网工作室3').waitFor();
    await expectNoSideways(second.page);
    await expectAccessible(second.page);
    await picture(second.page, 'outbox-offline-360');

    // The session is gone with the browser: whoever holds the telephone is asked to sign in, and nothing is lost.
    await second.context.clearCookies();
    await second.context.setOffline(false);
    await second.page.getByRole('dialog', { name: '登录已到期' }).waitFor({ timeout: 30_000 });
    expect(await second.page.getByRole('list', { name: '待上传', includeHidden: true }).getByRole('listitem', { includeHidden: true }).count()).toBe(5);
    // Signed in again, all goes by itself.
    await second.context.addCookies([{ name: 'fuwuyue', value: cookie, url: inject('address') }]);
    const began = performance.now();
    await second.page.reload();
    await second.page.getByText('没有待上传的记录').waitFor({ timeout: 30_000 });
    expect(performance.now() - began).toBeLessThan(30_000);
    const visits = await madeOf(second.page, '断网记录');
    expect(visits).toHaveLength(5);
    expect(visits.map(({ content }) => content?.evidence.length)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(visits.flatMap(({ content }) => content?.evidence ?? [])).size).toBe(5);
    expect(await second.page.getByRole('link', { name: /条待上传/ }).count()).toBe(0);
    await takeBack(second.page, visits);
    await second.context.close();
  }, 240_000);
});

describe.each(widths)('with a line, at %i px', (width) => {
  it('a visit is recorded from the plan, found in the ledger, corrected, and taken back', async () => {
    const { page, context, faults } = await stage.visit(clerk, { width });
    await page.goto(`${base}/visits`);
    await page.getByRole('heading', { level: 1, name: '走访' }).waitFor();
    await picture(page, `visits-day-${width}`);
    await page.getByRole('link', { name: '记录走访', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: '记录走访' }).waitFor();
    await save(page);
    await page.getByRole('heading', { name: /^错误/ }).waitFor();
    await page.getByLabel('不在活动月内的原因').fill('企业六月停产检修，复工后补访');
    await page.getByLabel(/^了解到的情况/).fill(`有网记录${width}`);
    await page.getByRole('button', { name: '加一条意见' }).click();
    await page.getByLabel('意见 1', { exact: true }).fill('希望组织专题培训');
    await page.getByLabel('企业提出了诉求或困难，需要本单位受理').check();
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, `visit-form-${width}`);
    await save(page);
    await page.getByText(/^走访已记入台账/).waitFor();
    const [made] = await madeOf(page, `有网记录${width}`);
    await page.goto(`${base}/visits/${made?.id ?? ''}`);
    await page.getByText('企业提出诉求，待受理').waitFor();
    await page.getByRole('link', { name: '希望组织专题培训' }).waitFor();
    await expectAccessible(page);
    await picture(page, `visit-${width}`);
    await page.getByRole('button', { name: '标记已办' }).click();
    await page.getByText('诉求已受理').waitFor();
    await page.getByRole('link', { name: '修改', exact: true }).click();
    await page.getByLabel('意见 1', { exact: true }).fill('希望组织专题培训和咨询');
    await save(page);
    await page.getByText('走访记录已修改').waitFor();
    await page.getByRole('link', { name: '希望组织专题培训和咨询' }).waitFor();
    await page.getByRole('button', { name: '取消这次走访' }).click();
    await page.getByText('已取消，台账同步更新').waitFor();
    await page.getByText('现在没有计入台账的记录').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
