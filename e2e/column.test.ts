// The public column as anybody meets it: without script, at 400 % zoom, in 长者模式 and high contrast, fast and light; and an
// article from the editor's page to the public.
import sharp from 'sharp';
import { describe, expect, inject, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, widths } from './journey.ts';

const stage = openStage();
const pages = ['/column', '/column/330000', '/column/000000/progress', '/column/000000/guide', '/column/000000/search?q=%E5%9F%B9%E8%AE%AD', '/column/000000/help', '/column/000000/open-data', '/column/accessibility', '/column/330000/progress', '/points', '/assessment'];

describe('a page of the column', () => {
  it.each(widths)('is sound at %i px, plain, large and in high contrast', async (width) => {
    const { page, faults, context } = await stage.visit('clerk 330110', { width });
    await context.clearCookies();
    for (const path of pages) {
      await page.goto(path);
      await expectNoSideways(page);
      await expectAccessible(page);
    }
    await page.goto('/column');
    await page.getByRole('button', { name: '长者模式' }).click();
    await page.getByRole('button', { name: '高对比' }).click();
    for (const path of ['/column', '/column/000000/progress', '/column/330000/progress', '/column/000000/help', '/points', '/assessment']) {
      await page.goto(path);
      expect(await page.locator('body').evaluate((body) => Number.parseFloat(getComputedStyle(body).fontSize))).toBeGreaterThanOrEqual(24);
      const small = await page.locator('.switches button, .sections a, main .button, .site-foot a').evaluateAll((all) => all.map((one) => [one.textContent, one.getBoundingClientRect().height] as const).filter(([, height]) => height < 60));
      expect(small, path).toEqual([]);
      await expectNoSideways(page);
      await expectAccessible(page);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is read and searched with script off, at 320 CSS pixels (400 % zoom)', async () => {
    const context = (await stage.stranger(360)).context();
    const browser = context.browser();
    if (browser === null) throw new Error('the context has no browser');
    const bare = await browser.newContext({ baseURL: inject('address'), javaScriptEnabled: false, viewport: { width: 320, height: 256 } });
    const reader = await bare.newPage();
    let bytes = 0;
    reader.on('response', (response) => void response.body().then((body) => (bytes += body.length), () => undefined));
    await reader.goto('/column');
    await expect(reader.locator('h1').textContent()).resolves.toContain('专栏');
    await reader.getByLabel('搜索专栏').fill('八个步骤');
    await reader.getByRole('button', { name: '搜索' }).click();
    await reader.getByRole('link', { name: '企业保护商业秘密的八个步骤' }).click();
    await reader.getByText('盘点哪些信息是商业秘密').waitFor();
    expect(await reader.evaluate(() => document.documentElement.scrollWidth).catch(() => 320)).toBeLessThanOrEqual(320);
    await reader.getByRole('link', { name: '活动进展' }).first().click();
    await reader.getByText('5,467').first().waitFor();
    expect(bytes).toBeLessThan(4 * 60_000);
    await bare.close();
    await context.close();
  });

  it('paints its largest part within a second and weighs less than 60 KB', async () => {
    const { page, context } = await stage.visit('clerk 330110', { width: 1280 });
    await context.clearCookies();
    for (const path of ['/column', '/column/000000/progress']) {
      await page.goto(path);
      await page.goto(path, { waitUntil: 'networkidle' });
      const { painted, weight } = await page.evaluate(() => new Promise<{ painted: number; weight: number }>((resolve) => {
        new PerformanceObserver((list) => {
          const entries = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')) as PerformanceResourceTiming[];
          resolve({ painted: list.getEntries().at(-1)?.startTime ?? Infinity, weight: entries.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0) });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }));
      expect(painted, path).toBeLessThan(1_000);
      expect(weight).toBeLessThan(60_000);
    }
    await context.close();
  });
});

it('an article with a picture goes from the editor by the publisher to the public, and is taken down', async () => {
  const editor = await stage.visit('column_editor 000000', { width: 1280 });
  const { page } = editor;
  await page.goto(`${editor.base}/column/new`);
  await page.getByLabel('标题').fill('浏览器里写的一篇');
  await page.getByLabel(/^正文/).fill('## 小标题\n\n第一段，**要紧**。');
  await page.getByLabel(/^图片说明/).fill('红色的样图');
  await page.locator('input[type=file]').setInputFiles({ name: '样图.png', mimeType: 'image/png', buffer: await sharp({ create: { width: 320, height: 200, channels: 3, background: '#aa2211' } }).png().toBuffer() });
  await page.getByRole('img', { name: '红色的样图' }).waitFor();
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '送审发' }).click();
  await page.getByText('待审发').first().waitFor();
  await expectAccessible(page);
  const id = page.url().split('/').at(-1) ?? '';
  const reader = await stage.stranger(360);
  expect((await reader.goto(`/column/articles/${id}`))?.status()).toBe(404);

  const publisher = await stage.visit('column_publisher 000000', { width: 1280 });
  await publisher.page.goto(`${publisher.base}/column/${id}`);
  await publisher.page.getByRole('button', { name: '发布', exact: true }).click();
  await publisher.page.getByText('已发布').first().waitFor();
  await reader.goto(`/column/articles/${id}`);
  await reader.getByRole('heading', { name: '浏览器里写的一篇' }).waitFor();
  expect(await reader.getByRole('img', { name: '红色的样图' }).evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(320);
  await expectNoSideways(reader);
  await expectAccessible(reader);

  await publisher.page.getByRole('button', { name: '撤下' }).click();
  await publisher.page.getByRole('textbox', { name: '理由' }).fill('照片需要先征得企业同意');
  await publisher.page.getByRole('button', { name: '确定' }).click();
  await publisher.page.getByText('已撤下').first().waitFor();
  // Whoever has just read it may have it from the browser for half a minute (0037); anybody else learns of it within seconds.
  await expect.poll(async () => (await fetch(`${inject('address')}/column/articles/${id}`)).status).toBe(410);
  const later = await stage.stranger(360);
  expect((await later.goto(`/column/articles/${id}`))?.status()).toBe(410);
  await later.getByText('照片需要先征得企业同意').waitFor();
  await later.context().close();
  expect([...editor.faults, ...publisher.faults]).toEqual([]);
  await Promise.all([editor.context.close(), publisher.context.close(), reader.context().close()]);
});

it('a table is frozen by one, released by another unless it would reveal something, and read with its marks', async () => {
  const coordinator = await stage.visit('coordinator 330000', { width: 1280 });
  await coordinator.page.goto(`${coordinator.base}/column`);
  await coordinator.page.getByLabel('截至日期').fill('2023-06-30');
  await coordinator.page.getByRole('button', { name: '冻结数据' }).click();
  await coordinator.page.getByText('待公布').first().waitFor();
  await expect(coordinator.page.getByRole('button', { name: '公布', exact: true }).count()).resolves.toBe(0);
  const publisher = await stage.visit('column_publisher 330000', { width: 1280 });
  await publisher.page.goto(`${publisher.base}/column`);
  await publisher.page.getByRole('button', { name: '公布', exact: true }).first().click();
  // Other journeys may have moved a small number since the demonstration's table came out: then it is refused, and says so.
  await publisher.page.getByText('已公布').or(publisher.page.getByText('没有公布：和以前公布过的数字一比，就能算出很小的数。')).first().waitFor();
  expect([...coordinator.faults, ...publisher.faults]).toEqual([]);
  const reader = await stage.stranger(1280);
  await reader.goto('/column/330000/progress');
  await reader.getByText('＊表示数字很小').waitFor();
  expect(await reader.locator('td').filter({ hasText: /^＊$/ }).count()).toBeGreaterThan(0);
  await Promise.all([coordinator.context.close(), publisher.context.close(), reader.context().close()]);
});
