// The package made in the browser: chosen, made, downloaded, and found sound by the page that lies in it, at both widths.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeTools, withFileReader } from '../src/modules/packages/reading.ts';
import { verifyPackage } from '../src/modules/packages/rules/verifying.ts';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuwuyue-package-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// A city whose return was sealed and accepted in the demonstration.
const person = 'coordinator 330200';

describe('报送包', () => {
  it('is made and downloaded, and holds', async () => {
    const { page, base, faults, context } = await stage.visit(person);
    await page.goto(`${base}/package`);
    await page.getByRole('heading', { name: '包里有什么' }).waitFor();
    const coming = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: '生成并下载' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^fuwuyue-2023-330200-\d+-demonstration\.zip$/);
    const file = join(folder, 'package.zip');
    await download.saveAs(file);
    const { firstFault, units } = await withFileReader(file, (reader) => verifyPackage(reader, nodeTools));
    expect(firstFault).toBeNull();
    await page.getByRole('heading', { name: '已生成的报送包' }).waitFor();
    await page.locator('.package-digest').first().waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
    const stranger = await stage.stranger();
    await stranger.goto(pathToFileURL('dist/verifier/verifier.html').href);
    await stranger.setInputFiles('#file', file);
    await stranger.locator('#verdict').waitFor();
    expect(await stranger.locator('.verdict').innerText()).toContain('核对无误');
    expect(await stranger.locator('.verdict').innerText()).toContain('演示数据');
    expect(await stranger.locator('summary').innerText()).toContain(String(units.length));
    await stranger.context().close();
  });

  it('takes the answer of the exchange system, and a correction with its reason', async () => {
    const { page, base, context } = await stage.visit(person);
    await page.goto(`${base}/package`);
    const section = page.locator('section', { has: page.getByRole('heading', { name: '公文交换回执' }) });
    await section.getByRole('button', { name: '保存' }).click();
    await section.getByText('请填写回执号。').waitFor();
    await section.getByLabel('回执号').fill('甬市监交换〔2023〕118');
    await section.getByLabel('接收时间').fill('2023-07-05T08:30');
    await section.getByRole('button', { name: '保存' }).click();
    await section.getByText('现行').waitFor();
    await section.getByRole('button', { name: '更正' }).click();
    await section.getByLabel('回执号').fill('甬市监交换〔2023〕181');
    await section.getByLabel('更正原因').fill('录入时两位数字颠倒');
    await section.getByRole('button', { name: '保存' }).click();
    await section.getByText('已更正', { exact: true }).waitFor();
    await expect.poll(async () => section.getByRole('row').count()).toBe(3);
    await page.goto(`${base}/return`);
    await page.getByText('甬市监交换〔2023〕181').waitFor();
    await context.close();
  });

  it.each(widths)('is sound at %i px', async (width) => {
    const { page, base, faults, context } = await stage.visit(person, { width });
    await page.goto(`${base}/package`);
    await page.getByRole('heading', { name: '照片和材料' }).waitFor();
    await page.waitForLoadState('networkidle');
    await picture(page, `package-${width}`);
    await expectNoSideways(page);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
});
