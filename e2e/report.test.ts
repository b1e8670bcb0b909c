// A report in a browser: drafted, a paragraph changed, a number of the table put in and written another way, saved, opened again,
// an earlier state brought back, and taken home as Word and PDF.
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();

describe('a report', () => {
  it('is drafted, changed, saved, opened again, restored and exported', async () => {
    const { page, base, faults, context } = await stage.visit('clerk 330110');
    await page.goto(`${base}/report`);
    await page.getByRole('radio', { name: '信息' }).check();
    await page.getByRole('button', { name: '起草信息' }).click();
    const text = page.getByRole('textbox', { name: '正文' });
    await text.waitFor();
    expect(await text.innerText()).toContain('围绕“商业秘密保护进企业”主题');
    const figures = await page.locator('.report-typed .report-figure').count();
    expect(figures).toBeGreaterThan(5);

    await text.locator('p').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('共培训');
    await page.getByRole('button', { name: '插入数据' }).click();
    const dialog = page.getByRole('dialog', { name: '插入数据' });
    await dialog.getByLabel('查找指标').fill('参与人数');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /开展各类能力提升培训活动·参与人数$/ }).click();
    await page.keyboard.type('。');
    await expect.poll(async () => page.locator('.report-typed .report-figure').count()).toBe(figures + 1);
    const exact = await page.locator('.report-typed .report-figure').last().innerText();
    await page.locator('.report-typed .report-figure').last().click();
    await page.getByRole('group', { name: '选中的内容' }).getByRole('radio', { name: '概数（余）' }).check();
    await expect.poll(() => page.locator('.report-typed .report-figure').last().innerText()).toMatch(/^\d+余?$/);
    expect(Number(exact)).toBeGreaterThan(0);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存', { exact: true }).waitFor();
    await expectAccessible(page);
    await picture(page, 'report-1280');

    await page.reload();
    await text.waitFor();
    expect(await text.innerText()).toMatch(/共培训\d+余?人次。/);
    await expect.poll(async () => page.locator('.report-typed .report-figure').count()).toBe(figures + 1);

    for (const [format, start] of [['Word', 'PK'], ['PDF', '%PDF-']] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `导出 ${format}` }).click()]);
      expect(download.suggestedFilename()).toContain('演示');
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).subarray(0, start.length).toString()).toBe(start);
    }

    await page.getByRole('button', { name: '历史' }).click();
    await page.getByRole('button', { name: /查看 第 1 版/ }).click();
    await page.getByRole('button', { name: '恢复这一版' }).click();
    await page.getByText('已恢复', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.report-typed .report-figure').count()).toBe(figures);

    await page.getByRole('button', { name: '删除报告' }).click();
    await page.getByRole('button', { name: '起草信息' }).or(page.getByText('起草一份')).first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each(widths)('stands on the screen without a serious finding, at %i px', async (width) => {
    const { page, base, faults, context } = await stage.visit('clerk 330110', { width });
    await page.goto(`${base}/report`);
    await page.locator('.report-list').getByRole('link').first().click();
    await page.getByRole('textbox', { name: '正文' }).waitFor();
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `report-summary-${width}`);
    await page.getByRole('button', { name: '插入图片' }).click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await picture(page, `report-pictures-${width}`);
    expect(faults).toEqual([]);
    await context.close();
  });
});
