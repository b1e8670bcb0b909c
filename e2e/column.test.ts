// The public column as anybody meets it: without script, at 400 % zoom, in 长者模式 and high contrast, fast and light; and an
// article from the editor's page to the public.
import { describe, expect, inject, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, widths } from './journey.ts';

const stage = openStage();
const pages = ['/column', '/column/330000', '/column/000000/progress', '/column/000000/guide', '/column/000000/search?q=%E5%9F%B9%E8%AE%AD', '/column/000000/help', '/column/000000/open-data', '/column/accessibility'];

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
    for (const path of ['/column', '/column/000000/progress', '/column/000000/help']) {
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
      console.info(`LCP of ${path}: ${Math.round(painted)} ms, ${weight} bytes`);
      expect(painted).toBeLessThan(1_000);
      expect(weight).toBeLessThan(60_000);
    }
    await context.close();
  });
});

it('an article goes from the editor to the public', async () => {
  const editor = await stage.visit('column_editor 000000', { width: 1280 });
  await editor.page.goto(`${editor.base}/column/new`);
  await editor.page.getByLabel('标题').fill('浏览器里写的一篇');
  await editor.page.getByLabel(/^正文/).fill('## 小标题\n\n第一段，**要紧**。');
  await editor.page.getByRole('button', { name: '保存' }).click();
  await editor.page.getByRole('button', { name: '送审发' }).click();
  await editor.page.getByText('待审发').first().waitFor();
  await expectAccessible(editor.page);
  const address = editor.page.url().split('/').at(-1) ?? '';
  expect((await editor.page.goto(`/column/articles/${address}`))?.status()).toBe(404);
  expect(editor.faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  await editor.context.close();
});
