// 「记一条」 as a county clerk does it. Every entry recorded here is taken back, so that other journeys find the ledger as it was.
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
const clerk = 'clerk 330110';
const own = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const answer = (await (await fetch('/api/editions/2023/units/330110/table')).json()) as { own: unknown };
    return JSON.stringify(answer.own);
  });
const title = (page: Page) => page.getByLabel('标题', { exact: true });
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true });
const undo = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '撤销', exact: true }).last().click();
  await page.getByText('已撤销').last().waitFor();
};
const openForm = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await title(page).waitFor();
};

/** The path of a file of 31 MiB. */
async function tooLarge(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'fuwuyue-large-')), '太大.pdf');
  const file = await open(path, 'w');
  await file.truncate(31 * 1024 * 1024);
  await file.close();
  return path;
}

describe('recording an entry', () => {
  it.each(widths)('shows what it changes in the table, saves, and is taken back without a trace, at %i px', async (width) => {
    const { page, context, base, faults } = await stage.visit(clerk, { width });
    await page.goto(base);
    await page.getByRole('link', { name: '记一条', exact: true }).click();
    await title(page).waitFor();
    const before = await own(page);
    expect(await save(page).isVisible()).toBe(true);
    await title(page).fill('商业秘密保护进园区');
    await page.getByLabel('参与人数', { exact: false }).first().fill('1.2万');
    await page.getByText('即 12,000人次').waitFor();
    await page.getByRole('region', { name: '保存后统计表的变化' }).getByText(/→ [\d,]+ 人次/).waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, `recording-${width}`);
    await save(page).click();
    await page.getByText('已记入台账：「商业秘密保护进园区」').waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`${base}/ledger`);
    expect(await own(page)).not.toBe(before);
    await undo(page);
    expect(await own(page)).toBe(before);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('needs the keyboard alone, and is ready for the next one with day and place kept', async () => {
    const { page, context, base } = await stage.visit(clerk);
    await page.goto(base);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('n');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('entry-title');
    const place = await page.getByLabel('地点').inputValue();
    await page.keyboard.insertText('进园区宣讲');
    for (let steps = 0; steps < 8 && (await page.evaluate(() => document.activeElement?.id)) !== 'entry-values-attendances'; steps += 1) await page.keyboard.press('Tab');
    await page.keyboard.type('120');
    await page.keyboard.press('Control+Enter');
    await page.getByText('已记入台账：「进园区宣讲」').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('entry-title');
    expect([await title(page).inputValue(), await page.getByLabel('参与人数').inputValue(), await page.getByLabel('地点').inputValue()]).toEqual(['', '', place]);
    await undo(page);
    await context.close();
  });

  it('lists what needs a change, leads there with the same words, and keeps what was typed', async () => {
    const { page, context, base } = await stage.visit(clerk);
    await openForm(page, `${base}/ledger/new?kind=publicity`);
    await page.getByLabel('日期').fill('2023-05-20');
    await page.getByLabel('参与人数').fill('12或13');
    await save(page).click();
    await page.getByRole('heading', { name: '错误：还有 3 处需要修改' }).waitFor();
    expect(await page.title()).toMatch(/^错误：/);
    for (const field of ['entry-title', 'entry-windowReason', 'entry-values-attendances']) {
      const link = page.locator(`a[href="#${field}"]`);
      const words = await link.innerText();
      await link.click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe(field);
      expect(await page.locator(`#${field}-error`).innerText()).toContain(words);
    }
    expect(await page.getByLabel('参与人数').inputValue()).toBe('12或13');
    await expectAccessible(page);
    await context.close();
  });

  it('finds a draft again after the tab was killed, and lets it go', async () => {
    const { page, context, base } = await stage.visit(clerk);
    await openForm(page, `${base}/ledger/new?kind=training`);
    await title(page).fill('没有保存的培训');
    await page.getByText('已存在本机').waitFor();
    await page.close();
    const again = await context.newPage();
    await openForm(again, `${base}/ledger/new`);
    expect(await title(again).inputValue()).toBe('没有保存的培训');
    await again.getByRole('button', { name: '放弃这份草稿' }).click();
    expect(await title(again).inputValue()).toBe('');
    await again.reload();
    await title(again).waitFor();
    expect(await title(again).inputValue()).toBe('');
    await context.close();
  });

  it('does nothing on Enter while an input method is composing, and nothing on Enter alone', async () => {
    const { page, context, base } = await stage.visit(clerk);
    await openForm(page, `${base}/ledger/new?kind=publicity`);
    const method = await context.newCDPSession(page);
    await title(page).focus();
    await method.send('Input.imeSetComposition', { text: 'xuanjiang', selectionStart: 9, selectionEnd: 9 });
    await title(page).dispatchEvent('keydown', { key: 'Enter', ctrlKey: true, isComposing: true, keyCode: 229, bubbles: true });
    await method.send('Input.insertText', { text: '宣讲' });
    await page.keyboard.press('Enter');
    expect(await title(page).inputValue()).toBe('宣讲');
    expect(await page.getByRole('alert').count()).toBe(0);
    await context.close();
  });

  it('takes enterprises from the register, typed and pasted, and a photo', async () => {
    const { page, context, base } = await stage.visit(clerk);
    await openForm(page, `${base}/ledger/new?kind=publicity`);
    const field = page.getByLabel('参与企业', { exact: true });
    await field.fill('演示');
    await page.getByRole('option', { name: /^演示/ }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('已列 1 家').waitFor();
    await field.fill('从没登记的某某厂');
    await page.getByText('添加「从没登记的某某厂」').click();
    await page.getByRole('button', { name: '加入名单' }).click();
    await page.getByText('没有代码的，请选一个原因。').waitFor();
    await page.getByLabel('没有代码的原因').selectOption('sole_trader');
    await page.getByRole('button', { name: '加入名单' }).click();
    await page.getByText('已列 2 家').waitFor();
    await field.evaluate((input) => {
      const pasted = new DataTransfer();
      pasted.setData('text/plain', '企业名称\t统一社会信用代码\n甲乙丙某某厂\t913301\n从没登记的某某厂\t');
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));
    });
    await page.getByText('已列 3 家').waitFor();
    await page.getByText('有 2 行请您看一下').waitFor();
    const photo = await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 3000;
      canvas.height = 2000;
      const paper = canvas.getContext('2d');
      paper?.fillRect(100, 100, 800, 600);
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    });
    await page.locator('input[capture="environment"]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: Buffer.from(photo, 'base64') });
    await page.getByRole('link', { name: /现场\.jpg/ }).waitFor();
    await page.locator('input[multiple]').setInputFiles(await tooLarge());
    await page.getByText('「太大.pdf」超过 30.0 兆，没有上传。').waitFor();
    await expectAccessible(page);
    await context.close();
  });
});

describe('editing an entry', () => {
  it('shows what somebody else changed meanwhile, and keeps what one wants to keep', async () => {
    const { page, context, base } = await stage.visit(clerk);
    await openForm(page, `${base}/ledger/new?kind=gov_report`);
    await title(page).fill('关于服务月情况的报告');
    await save(page).click();
    await page.getByText('已记入台账').waitFor();
    const { activities } = await page.evaluate(async () => (await (await fetch('/api/editions/2023/units/330110/activities?kind=gov_report&limit=200')).json()) as { activities: { id: string; version: number; content: { title: string } }[] });
    const entry = activities.find(({ content }) => content.title === '关于服务月情况的报告');
    if (entry === undefined) throw new Error('the entry is not in the ledger');
    await openForm(page, `${base}/ledger/${entry.id}/edit`);
    await title(page).fill('我改的报告');
    const other = { version: entry.version, content: { ...entry.content, title: '对方改的报告' } };
    await page.evaluate(async ([id, body]) => fetch(`/api/activities/${id ?? ''}`, { method: 'PUT', headers: { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID() }, body: body ?? '' }), [entry.id, JSON.stringify(other)]);
    await save(page).click();
    await page.getByRole('heading', { name: '有冲突：别人刚刚改过这一条' }).waitFor();
    expect(await page.getByRole('row', { name: /^标题/ }).innerText()).toMatch(/我改的报告\s+对方改的报告/);
    expect(await title(page).inputValue()).toBe('我改的报告');
    await expectAccessible(page);
    await page.getByRole('button', { name: '保留我的' }).click();
    await page.getByText('已保存修改：「我改的报告」').waitFor();
    await undo(page);
    await page.evaluate(async (id) => {
      const { activity } = (await (await fetch(`/api/activities/${id}`)).json()) as { activity: { version: number; content: { title: string } } };
      if (activity.content.title !== '对方改的报告') throw new Error(`undone to ${activity.content.title}`);
      await fetch(`/api/activities/${id}/delete`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID() }, body: JSON.stringify({ version: activity.version }) });
    }, entry.id);
    await context.close();
  });
});
