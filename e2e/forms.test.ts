// The official form taken along in each format and many at once, and the receipt verified by somebody who is not signed in.
import { readFile } from 'node:fs/promises';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
const submitted = '330109';

describe('the form of a unit', () => {
  it('is downloaded as Word, Excel and PDF, and the panel says which fonts are replaced', async () => {
    const { page, base, context, faults } = await stage.visit('coordinator 330100');
    await page.goto(`${base}/table?unit=${submitted}`);
    await page.getByRole('button', { name: '按附件样式下载' }).click();
    expect(await page.getByLabel('哪一版').locator('option').allTextContents()).toEqual([expect.stringMatching(/^第 1 版，2023年\d+月\d+日盖章$/)]);
    for (const [format, beginning] of [['Word', 'PK'], ['Excel', 'PK'], ['PDF', '%PDF']] as const) {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: `下载 ${format}` }).click();
      const download = await coming;
      expect(download.suggestedFilename()).toMatch(/萧山区市场监督管理局_第1版（演示）\.(docx|xlsx|pdf)$/);
      expect((await readFile(await download.path())).toString('latin1').startsWith(beginning)).toBe(true);
    }
    await page.getByText('服务器没有以下公文字体').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is a draft for its own people, on a phone too', async () => {
    const { page, base, context } = await stage.visit('clerk 330110', { width: 360 });
    await page.goto(`${base}/return`);
    await page.getByRole('button', { name: '按附件样式下载' }).click();
    expect(await page.getByLabel('哪一版').locator('option').last().textContent()).toBe('当前草稿（带水印）');
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, 'form-download-360');
    await context.close();
  });
});

describe('the forms of all units below', () => {
  it('come as one file, counted while they come; stopping leaves nothing behind', async () => {
    const { page, base, context, faults } = await stage.visit('coordinator 330100');
    await page.goto(`${base}/matrix`);
    await page.getByRole('button', { name: '下载下级统计表' }).click();
    const dialog = page.getByRole('dialog');
    const count = Number(/已报送 (\d+) 个/.exec((await dialog.getByText(/已报送 \d+ 个/).textContent()) ?? '')?.[1]);
    await expectAccessible(page);
    const coming = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '开始下载' }).click();
    const archive = await readFile(await (await coming).path());
    const entries = await new ZipReader(new BlobReader(new Blob([new Uint8Array(archive)]))).getEntries();
    expect(entries).toHaveLength(count);
    expect(entries.map(({ filename }) => filename)).toContain(`${submitted} 杭州市萧山区市场监督管理局.pdf`);
    // The second time a form does not come until it has been stopped.
    await page.route('**/form?*', (route) => new Promise((resolve) => setTimeout(() => resolve(route.continue().catch(() => undefined)), 2000)));
    await dialog.getByRole('button', { name: '开始下载' }).click();
    await dialog.getByText(`已生成 0 / ${count}`).waitFor();
    await dialog.getByRole('button', { name: '停止' }).click();
    await page.getByText('已停止，没有保存文件。').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('a receipt', () => {
  it.each(widths)('is verified without signing in at %i px', async (width) => {
    const { page: office, base, context } = await stage.visit('coordinator 330100');
    await office.goto(`${base}/table?unit=${submitted}`);
    const code = /2023-\d{6}-\d-[0-9A-F]{4}-[0-9A-F]{4}/.exec((await office.getByText(/回执码 2023-/).textContent()) ?? '')?.[0] ?? '';
    await context.close();
    const page = await stage.stranger(width);
    await page.goto('/verify');
    await page.getByRole('button', { name: '核验' }).click();
    await page.getByText('请填回执码。').waitFor();
    await page.getByLabel('回执码', { exact: true }).fill(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}`);
    await page.getByLabel('回执码', { exact: true }).press('Enter');
    await page.getByText('回执码属实').waitFor();
    await page.getByText('杭州市萧山区市场监督管理局').waitFor();
    expect(await page.getByText(/场次|人次/).count()).toBe(0);
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `verify-${width}`);
    await page.goto('/verify/2023-330109-1-0000-0000');
    await page.getByText('没有查到这个回执码').waitFor();
    await page.context().close();
  });
});
