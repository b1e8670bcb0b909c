// A list taken out in a browser: the file that arrives is the list on the page; a line that breaks gives a sentence and no file.
import { readFile } from 'node:fs/promises';
import readWorkbook from 'read-excel-file/universal';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, widths } from './journey.ts';

const stage = openStage();

describe('taking the ledger out', () => {
  it.each(widths)('saves what the search found under a telling name, at %i px', async (width) => {
    const { page, base, context, faults } = await stage.visit('clerk 330110', { width });
    await page.goto(`${base}/ledger?kind=training`);
    const found = Number(/\d+/.exec(await page.getByText(/^查到 \d+ 条$/).innerText())?.[0]);
    await page.locator('.export').getByRole('button', { name: '导出' }).click();
    await expectAccessible(page);
    await expectNoSideways(page);
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出台账（当前查找结果），Excel' }).click();
    const download = await arriving;
    expect(download.suggestedFilename()).toMatch(/^演示-余杭区-2023-台账-2023\d{4}\.xlsx$/);
    const bytes = await readFile(await download.path());
    const [info, sheet] = await readWorkbook(new Uint8Array(bytes).buffer);
    expect(info?.data[1]).toEqual(['演示', '演示数据，单位、人员和数据都是虚构的。']);
    expect(sheet?.data.length).toBe(found + 1);
    expect(new Set(sheet?.data.slice(1).map((row) => row[2])).size).toBe(1);
    await page.getByText(/^已导出 \d+ 行：演示-余杭区/).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('says so when the line breaks, and goes again', async () => {
    const { page, base, context } = await stage.visit('coordinator 330100');
    await page.goto(`${base}/matrix`);
    await page.route('**/exports', (route) => route.abort('connectionreset'), { times: 1 });
    const take = async (): Promise<void> => {
      await page.locator('.export').getByRole('button', { name: '导出' }).click();
      await page.getByRole('button', { name: '导出汇总表，CSV' }).click();
    };
    await take();
    await page.getByRole('alert').waitFor();
    const arriving = page.waitForEvent('download');
    await take();
    expect((await readFile(await (await arriving).path(), 'utf8')).slice(0, 7)).toBe('\ufeff"单位代码"');
    expect(await page.getByRole('alert').count()).toBe(0);
    await context.close();
  });
});
