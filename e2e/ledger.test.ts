// The ledger in a browser: finding, opening, deleting and bringing back; a batch pasted from a sheet, saved and taken back.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, type Visitor, widths } from './journey.ts';

const stage = openStage();
const block = ['序号\t培训名称\t日期\t参与人数（人次）', '1\t成批培训甲\t6月6日\t1,200人', '2\t成批培训乙\t上周\t30', '3\t成批培训丙\t2023.6.8\t很多'].join('\n');

/** Pastes as a sheet would, wherever one stands. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData('text/plain', content);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

function cell(page: Page, row: number, column: number) {
  return page.locator('.batch tbody tr').nth(row).locator('td').nth(column);
}

async function end({ context, faults }: Visitor): Promise<void> {
  expect(faults).toEqual([]);
  await context.close();
}

describe('the ledger', () => {
  it.each(widths)('is found, opened and closed, at %i px', async (width) => {
    const visitor = await stage.visit('clerk 330110', { width });
    const { page, base } = visitor;
    await page.goto(`${base}/ledger`);
    await page.getByRole('table', { name: '台账记录' }).waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await page.getByLabel('关键词').fill('培训');
    await page.keyboard.press('Enter');
    // While the answer is under way the lines of the question before still stand, paler.
    await page.locator('p.strong').filter({ hasText: /^查到 \d+ 条$/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('培训');
    const title = page.locator('.ledger-title a').first();
    await title.click();
    await page.getByRole('dialog').getByText('修改记录').waitFor();
    await expectAccessible(page);
    await picture(page, `ledger-${width}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => title.evaluate((link) => link === document.activeElement)).toBe(true);
    await end(visitor);
  });

  it('gives a deleted entry back, from the notice and from the recycle bin', async () => {
    const visitor = await stage.visit('clerk 330110');
    const { page, base } = visitor;
    await page.goto(`${base}/ledger?kind=media_item`);
    const title = await page.locator('.ledger-title a').first().innerText();
    const line = page.getByRole('link', { name: title, exact: true });
    const remove = async (): Promise<void> => {
      await line.click();
      await page.getByRole('button', { name: '删除', exact: true }).click();
      await line.waitFor({ state: 'detached' });
    };
    await remove();
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await line.waitFor();
    await remove();
    await page.goto(`${base}/ledger/bin`);
    await expectAccessible(page);
    await page.getByRole('button', { name: `恢复「${title}」` }).click();
    await page.getByText(`已恢复：「${title}」`).waitFor();
    await page.goto(`${base}/ledger?kind=media_item`);
    await line.click();
    await page.getByText('第 5 版 · 恢复').waitFor();
    await end(visitor);
  });

  it('shows readers no button that writes', async () => {
    const visitor = await stage.visit('reviewer 330110');
    const { page, base } = visitor;
    await page.goto(`${base}/ledger`);
    await page.locator('.ledger-title a').first().click();
    await page.getByRole('dialog').getByText('修改记录').waitFor();
    expect(await page.getByRole('button', { name: /^(?:修改|删除)$/ }).count()).toBe(0);
    expect(await page.getByRole('link', { name: /记一条|成批录入/ }).count()).toBe(0);
    await page.goto(`${base}/ledger/batch`);
    await page.getByText('您的角色只能查看台账。').waitFor();
    await end(visitor);
  });
});

describe('a batch', () => {
  it('is pasted from a sheet, mended, survives a reload, is saved as one and taken back', async () => {
    const visitor = await stage.visit('clerk 330110');
    const { page, base } = visitor;
    await page.goto(`${base}/ledger/batch?kind=training`);
    await cell(page, 0, 0).click();
    await paste(page, block);
    await page.getByText('已按表头粘贴 3 行').waitFor();
    await page.getByText('这些列没有用上：序号').waitFor();
    await page.getByRole('button', { name: '保存全部 3 条' }).click();
    await page.getByText('还有 2 处需要修改').waitFor();
    await expectAccessible(page);
    await picture(page, 'batch-wrong');
    await page.getByRole('link', { name: /^第 2 行 日期/ }).click();
    await page.keyboard.type('6/7');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /^第 3 行 参与人数/ }).click();
    await page.keyboard.type('40');
    await page.keyboard.press('Tab');
    await page.getByText('已存在本机').waitFor();
    await page.reload();
    await page.getByText(/没有保存的内容。$/).waitFor();
    await page.getByRole('button', { name: '保存全部 3 条' }).click();
    await page.getByText('已记入台账 3 条').waitFor();
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByText('已撤销').waitFor();
    await page.getByRole('button', { name: '保存全部 3 条' }).waitFor();
    await page.goto(`${base}/ledger?q=${encodeURIComponent('成批培训')}`);
    await page.getByText('查到 0 条').waitFor();
    await end(visitor);
  });

  it('moves by keys, and gives an old text back with Esc', async () => {
    const visitor = await stage.visit('clerk 330110');
    const { page, base } = visitor;
    const standing = () => page.evaluate(() => `${document.activeElement?.getAttribute('aria-label') ?? ''} ${(document.activeElement as HTMLInputElement).value}`);
    await page.goto(`${base}/ledger/batch?kind=visit`);
    // The first press may be on any cell; what is typed goes there, and not to the keys of the page.
    await cell(page, 1, 2).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('第 2 行 地点');
    await cell(page, 0, 0).click();
    await page.keyboard.type('6月5日');
    await page.keyboard.press('Tab');
    await page.keyboard.type('走访一');
    await page.keyboard.press('Enter');
    expect(await standing()).toBe('第 2 行 标题 ');
    await page.keyboard.press('Control+d');
    expect(await standing()).toBe('第 2 行 标题 走访一');
    await page.keyboard.press('F2');
    await page.keyboard.type('（二）');
    await page.keyboard.press('Escape');
    expect(await standing()).toBe('第 2 行 标题 走访一');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    expect(await standing()).toBe('第 1 行 日期 6月5日');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('保存全部');
    await end(visitor);
  });

  it('fits a phone', async () => {
    const visitor = await stage.visit('clerk 330110', { width: 360 });
    await visitor.page.goto(`${visitor.base}/ledger/batch`);
    await visitor.page.getByRole('table', { name: /录入表$/ }).waitFor();
    await expectAccessible(visitor.page);
    await expectNoSideways(visitor.page);
    await end(visitor);
  });
});
