// The statistics table as people use it: every figure opens to its records, by keyboard alone; one printed page.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();

async function openTable(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('.sheet .cell').first().waitFor();
}

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('the statistics table', () => {
  it('opens each of its 17 cells onto records that add up to it, and gives the focus back', async () => {
    const { page, base, context, faults } = await stage.visit('clerk 330110');
    await openTable(page, `${base}/table`);
    const cells = page.locator('.sheet .cell');
    await expect.poll(async () => cells.count()).toBe(17);
    for (const cell of await cells.all()) {
      const printed = /\((\d+)\)/.exec((await cell.textContent()) ?? '')?.[1] ?? 'none';
      const figure = Number(printed).toLocaleString('en-US');
      await cell.click();
      const sum = page.locator('.drawer .cell-sum');
      await sum.waitFor();
      expect(await sum.textContent()).toMatch(new RegExp(`^记录与调整合计 ${figure}\\D+，等于本级 ${figure}\\D+$`));
      const added = await page.locator('.drawer .records tbody tr').evaluateAll((rows) => rows.map((row) => Number((row.children[2]?.textContent ?? '').replace(/[+,]/g, '').replace('−', '-'))));
      expect(added.reduce((total, one) => total + one, 0)).toBe(Number(figure.replaceAll(',', '')));
      await page.keyboard.press('Escape');
      await sum.waitFor({ state: 'detached' });
      expect(await focused(page)).toContain(`(${printed})`);
    }
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is one Tab stop; arrows move, Enter opens, Esc and back return to the cell', async () => {
    const { page, base, context } = await stage.visit('clerk 330110');
    await openTable(page, `${base}/table`);
    await expect.poll(async () => page.locator('.cell[tabindex="0"]').count()).toBe(1);
    await page.locator('.sheet .cell').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    expect(await focused(page)).toContain('发放各类宣传材料');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('等于本级').waitFor();
    expect(page.url()).toContain('cell=publicity.materials');
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toContain('发放各类宣传材料');
    await context.close();
  });

  it('leads from a province\'s figure through a city to a county\'s submitted records, and back', async () => {
    const { page, base, context } = await stage.visit('coordinator 330000');
    await openTable(page, `${base}/table?cell=publicity.enterprises`);
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('link', { name: '打开杭州市的这一格' }).click();
    await drawer.getByRole('link', { name: '打开上城区的这一格' }).click();
    await drawer.getByText('等于已报送第').waitFor();
    await drawer.getByRole('button', { name: '返回杭州市' }).click();
    await drawer.getByRole('button', { name: '返回浙江省' }).click();
    await drawer.getByRole('link', { name: '打开杭州市的这一格' }).waitFor();
    expect(page.url()).not.toContain('unit=');
    await context.close();
  });

  it('counts an adjustment with its reason, and takes it back', async () => {
    const { page, base, context } = await stage.visit('coordinator 330100');
    await openTable(page, `${base}/table?view=own&cell=questionnaire.issued`);
    const drawer = page.getByRole('dialog');
    const sum = drawer.locator('.cell-sum');
    await sum.waitFor();
    const before = await sum.textContent();
    await drawer.getByRole('button', { name: '增加调整数' }).click();
    await drawer.getByRole('button', { name: '计入' }).click();
    await drawer.getByText('请填不是 0 的整数。').waitFor();
    await drawer.getByLabel('增减数量（份）').fill('１，２００份');
    await drawer.getByLabel('原因').fill('某协会代发，名单由协会留存');
    await drawer.getByRole('button', { name: '计入' }).click();
    await page.getByText('已计入调整数 +1,200份').waitFor();
    await expect.poll(() => sum.textContent()).not.toBe(before);
    await page.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await page.getByText('已撤销').waitFor();
    await expect.poll(() => sum.textContent()).toBe(before);
    await drawer.getByText('已撤回：刚刚计入，随即撤销').waitFor();
    await context.close();
  });

  it('saves the note to a finding by itself', async () => {
    const { page, base, context } = await stage.visit('coordinator 330100');
    await openTable(page, `${base}/table`);
    const finding = page.locator('.finding').first();
    const note = finding.getByLabel('说明');
    await note.fill('催报中');
    await note.blur();
    await finding.getByText('还差 5 个字。').waitFor();
    await note.fill('各区县正在办理，预计按时报送');
    await finding.getByText('已保存').waitFor();
    await page.reload();
    await note.waitFor();
    expect(await note.inputValue()).toBe('各区县正在办理，预计按时报送');
    await note.fill('');
    await finding.getByText('尚未填写').waitFor();
    await context.close();
  });

  it('prints one A4 page: 草稿 across a draft, the receipt code under a sealed table', async () => {
    const { page, base, context } = await stage.visit('coordinator 330100');
    for (const [query, sealed] of [['', false], ['?unit=330102', true]] as const) {
      await openTable(page, `${base}/table${query}`);
      const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(/\/Type \/Pages[^>]*?\/Count (\d+)/.exec(paper)?.[1]).toBe('1');
      const box = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper);
      expect([Number(box?.[1]), Number(box?.[2])].map(Math.round)).toEqual([595, 842]);
      await page.emulateMedia({ media: 'print' });
      const sheet = await page.locator('.sheet').boundingBox();
      expect(Math.round(((sheet?.width ?? 0) * 25.4) / 96)).toBe(156);
      // 225 mm of text and 17 of the upper margin, where marks stand.
      expect(Math.round(((sheet?.height ?? 0) * 25.4) / 96)).toBe(242);
      const overflowing = await page.locator('.sheet').evaluate((element) => element.scrollHeight - element.clientHeight);
      if (sealed) expect(overflowing).toBe(0);
      await expect.poll(async () => page.locator('.sheet-watermark').count()).toBe(sealed ? 0 : 1);
      expect(await page.locator('.top, .menu, .foot, .table-aside').evaluateAll((parts) => parts.filter((part) => getComputedStyle(part).display !== 'none').length)).toBe(0);
      await page.emulateMedia({ media: null });
      if (sealed) await page.getByText(/回执码 2023-330102-1-/).waitFor();
      await expect.poll(async () => page.locator('.sheet-code svg').count()).toBe(sealed ? 1 : 0);
    }
    await context.close();
  });

  it.each(widths)('is readable and accessible at %i px, open or closed', async (width) => {
    const { page, base, context } = await stage.visit('coordinator 330100', { width });
    await openTable(page, `${base}/table`);
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `table-${width}`);
    await page.locator('.sheet .cell').nth(1).click();
    await page.getByRole('dialog').getByText('等于本级').waitFor();
    await page.getByRole('button', { name: '全月走势' }).click();
    await page.locator('.trend-chart canvas').waitFor();
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `table-cell-${width}`);
    await context.close();
  });
});
