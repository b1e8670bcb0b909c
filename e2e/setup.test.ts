// Setting up, by those who do it: a province its own row and its units, accounts invited, approved and stood in for, a sheet of
// units, a city its deadline, the national office the end of the edition. What other journeys look at is put back.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

async function pick(page: Page, label: string, typed: string, name: RegExp): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(typed);
  await page.getByRole('option', { name }).first().click();
}

async function openUnit(page: Page, base: string, typed: string, name: RegExp): Promise<void> {
  await page.goto(`${base}/setup/units`);
  await pick(page, '查找单位', typed, name);
  await page.getByRole('heading', { level: 2, name }).waitFor();
}

const toast = (page: Page, text: string | RegExp) => page.locator('.toast').getByText(text).last().waitFor();

describe('a province', () => {
  it('adds a row that counts what is there, takes it out, and undoes that', async () => {
    const { page, context, base, faults } = await stage.visit('coordinator 330000');
    await page.goto(`${base}/setup/rows`);
    await press(page, '加上这一行');
    await page.getByText('请至少选一类记录。').waitFor();
    await page.getByLabel('名称', { exact: true }).fill('走访摸清专利数');
    // The 2023 table counts 件 as cases; the word decides the unit.
    await page.getByLabel('计量单位').fill('件');
    await page.getByLabel('调研走访').check();
    await page.getByRole('radio', { name: '把一个数相加' }).check();
    await page.getByLabel('加哪个数').selectOption({ label: '企业专利数' });
    await picture(page, 'setup-row');
    await press(page, '加上这一行');
    await toast(page, '已增加「走访摸清专利数」，已有台账已计数');
    await page.getByRole('cell', { name: '调研走访：企业专利数相加' }).waitFor();
    await page.goto(`${base}/table`);
    await page.getByText('走访摸清专利数').first().waitFor();
    await page.goto(`${base}/setup/rows`);
    await press(page, '去掉「走访摸清专利数」');
    await toast(page, '已去掉「走访摸清专利数」');
    await page.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await page.getByRole('cell', { name: '走访摸清专利数', exact: true }).waitFor();
    await press(page, '去掉「走访摸清专利数」');
    await page.getByRole('cell', { name: '走访摸清专利数', exact: true }).waitFor({ state: 'detached' });
    await page.goto(`${base}/setup/audit`);
    await page.getByRole('listitem').filter({ hasText: '去掉自设行〈走访摸清专利数〉' }).first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it.each(widths)('adds a zone below a city and sets whom it reports to, at %i px', async (width) => {
    const { page, context, base, faults } = await stage.visit('coordinator 330000', { width });
    const zone = `甬城第${width}产业园市场监管分局`;
    await openUnit(page, base, '宁波', /宁波市市场监督管理局/);
    const add = page.locator('.panel');
    await add.getByRole('button', { name: '增设功能区' }).click();
    await press(page, '增设');
    await page.getByText('请至少选一个区划。').waitFor();
    await page.getByLabel('名称').fill(zone);
    await pick(page, '所在行政区划', 'jbq', /江北区/);
    await page.getByText('不晚于 2023年7月7日 的，列入本届。').waitFor();
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `setup-zone-${width}`);
    await press(page, '增设');
    await toast(page, new RegExp(`已增设${zone}，代码 3302\\d\\d`));
    await page.getByRole('heading', { level: 2, name: zone }).waitFor();
    await press(page, '改报送关系');
    await pick(page, '改为报送给', '北仑', /北仑区/);
    await page.getByLabel('原因').fill('设在北仑区');
    await press(page, '改报送关系');
    await toast(page, new RegExp(`${zone}已改为报送给.*北仑区`));
    await page.getByRole('button', { name: /北仑区市场监督管理局/ }).click();
    await page.getByRole('heading', { level: 2, name: /北仑区/ }).waitFor();
    await page.locator('.panel .unit-list').getByText(zone.slice(0, 5)).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is told why a unit that has recorded something cannot end now, and keeps what was typed', async () => {
    const { page, context, base } = await stage.visit('coordinator 330000');
    await openUnit(page, base, '北仑', /北仑区/);
    await press(page, '撤并或更名');
    await pick(page, '由谁接续', '镇海', /镇海区/);
    await page.getByLabel('原因').fill('并入镇海区');
    await press(page, '登记撤并');
    await page.getByRole('dialog').getByText('这一步不能在页面上撤销').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '登记撤并' }).click();
    await page.getByText('这个单位在没有结束的届次里已有记录').waitFor();
    expect(await page.getByLabel('原因').inputValue()).toBe('并入镇海区');
    await context.close();
  });
});

/** Made-up people prove themselves by a plain confirmation; the dialog comes when a factor is asked for anew. */
async function confirmIfAsked(page: Page): Promise<void> {
  const confirm = page.getByRole('dialog').getByRole('button', { name: '确认', exact: true });
  await confirm.waitFor({ timeout: 3_000 }).then(() => confirm.click(), () => undefined);
}

describe('an account', () => {
  it('is invited by the city, approved by the head on a phone with one press, opened by a link, and ends when it is disabled', async () => {
    const { page, context, base } = await stage.visit('coordinator 330100');
    await page.goto(`${base}/setup/accounts`);
    await pick(page, '单位', '余杭', /余杭区市场监督管理局/);
    await page.getByRole('heading', { level: 1, name: /余杭区市场监督管理局的账号/ }).waitFor();
    await press(page, '提出');
    await page.getByText('请至少选一个角色。').waitFor();
    await page.getByLabel('姓名').fill('周小舟');
    await page.getByLabel('用户名').fill('zhou xiaozhou');
    await page.getByRole('group', { name: '角色' }).getByLabel('填报人').check();
    expect(await page.getByLabel('总局经办').count()).toBe(0);
    expect(await page.getByLabel('审计员').count()).toBe(0);
    await press(page, '提出');
    await page.getByText('用户名只用文字、数字和 . _ @ -。').waitFor();
    await page.getByLabel('用户名').fill('zhou.xiaozhou');
    await press(page, '提出');
    await toast(page, '已提出，等待批准：周小舟');
    const row = page.getByRole('row', { name: /zhou\.xiaozhou/ });
    await row.getByText('待批准').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    // Whoever proposed is not asked to approve.
    expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await picture(page, 'setup-invited');

    const head = await stage.visit('head 330110', { width: 360 });
    await head.page.goto(head.base);
    await head.page.getByRole('link', { name: /批准账号和角色（1 项）/ }).click();
    await head.page.getByText('新账号：周小舟（zhou.xiaozhou）').waitFor();
    await expectNoSideways(head.page);
    await expectAccessible(head.page);
    await picture(head.page, 'setup-approve-360');
    await press(head.page, '批准');
    await confirmIfAsked(head.page);
    await toast(head.page, '已批准：周小舟');
    await head.context.close();

    await page.reload();
    await pick(page, '单位', '余杭', /余杭区市场监督管理局/);
    await row.getByText('等本人启用').waitFor();
    await row.getByRole('button', { name: '办理周小舟的账号' }).click();
    await press(page, '取一次性链接');
    await confirmIfAsked(page);
    const link = (await page.getByRole('dialog').locator('.link-once').innerText()).trim();
    await expectAccessible(page);
    await picture(page, 'setup-link');
    await press(page, '我已交给本人');
    const holder = await stage.stranger();
    await holder.goto(link);
    await press(holder, '登录');
    await expect.poll(() => new URL(holder.url()).pathname).not.toBe('/sign-in/link');

    await row.getByRole('button', { name: '办理周小舟的账号' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('不来了');
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
    await page.getByRole('dialog').getByText('请至少写 8 个字。').waitFor();
    await page.getByRole('dialog').getByLabel('原因').fill('调到别的科室，不再办理');
    await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
    await row.getByText('已停用').waitFor();
    await holder.goto('/2023/330110/table');
    await holder.getByRole('heading', { name: '登录' }).waitFor();
    await holder.context().close();
    await context.close();
  });
});

describe('a coordinator', () => {
  it('sets the deadline of its counties, not later than its own, and takes a change back', async () => {
    const { page: holder, context } = await stage.visit('coordinator 330200');
    await holder.goto('/2023/330200/setup/deadline');
    const late = '2023-07-08T09:00';
    await holder.getByLabel('截止日期和时间').fill(late);
    await press(holder, '定下来');
    await holder.getByText('给下级的截止时间晚于本单位的截止时间。').waitFor();
    expect(await holder.getByLabel('截止日期和时间').inputValue()).toBe(late);
    // On a slow line the page has not asked again when the next deadline is set: what was just set is what stood before.
    await holder.route(/\/editions\/2023\/for\/330200$/, async (route) => {
      await new Promise((done) => setTimeout(done, 1500));
      await route.continue();
    });
    await holder.getByLabel('截止日期和时间').fill('2023-07-06T09:30');
    await press(holder, '定下来');
    await toast(holder, '已定：下级 2023年7月6日(周四)09:30 截止');
    // What stood before has passed; it cannot be brought back.
    expect(await holder.locator('.toast').getByRole('button', { name: '撤销' }).count()).toBe(0);
    await holder.getByLabel('截止日期和时间').fill('2023-07-06T10:30');
    await press(holder, '定下来');
    await toast(holder, '已定：下级 2023年7月6日(周四)10:30 截止');
    await holder.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await toast(holder, '已撤销');
    await holder.getByRole('definition').filter({ hasText: '2023年7月6日(周四)09:30' }).waitFor();
    await picture(holder, 'setup-deadline');
    await context.close();
  });
});

describe('a substitute', () => {
  it.each(widths)('is named by whoever is away, changes over in the account menu, acts under both names, and is out when revoked, at %i px', async (width) => {
    const city = width === 360 ? '330300' : '330400';
    const reviewer = await stage.visit(`reviewer ${city}`, { width });
    const other = await stage.visit(`head ${city}`, { width });
    await reviewer.page.goto(`${reviewer.base}/substitutes`);
    await press(reviewer.page, '指定我的代办人');
    const dialog = reviewer.page.getByRole('dialog');
    await dialog.getByLabel('代办人').selectOption({ index: 1 });
    const name = await dialog.getByLabel('代办人').locator('option').allInnerTexts();
    await dialog.getByLabel('代办人').selectOption({ label: name.find((one) => one.startsWith('演示签发人')) ?? '' });
    await press(reviewer.page, '指定');
    await dialog.getByText('请填日期。').waitFor();
    await dialog.getByLabel('到', { exact: true }).fill('2023-07-07');
    await expectAccessible(reviewer.page);
    await picture(reviewer.page, `setup-substitute-${width}`);
    await dialog.getByRole('button', { name: '指定', exact: true }).click();
    await confirmIfAsked(reviewer.page);
    await toast(reviewer.page, /已指定演示签发人.*代办/);
    await reviewer.page.getByText('代办中').waitFor();

    const { page } = other;
    await page.goto(other.base);
    await page.getByRole('button', { name: '我的账号' }).click();
    await page.getByRole('button', { name: /^代演示审核人/ }).click();
    const line = page.locator('.standing-in');
    await line.getByText(/您正在代演示审核人.*办理，到2023年7月7日/).waitFor();
    await page.goto(`${other.base}/review`);
    await line.waitFor();
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `setup-standing-in-${width}`);
    const me = (await (await page.request.get('/api/me')).json()) as { account: { displayName: string; grants: { role: string }[] } };
    expect(me.account.displayName).toMatch(/^演示签发人.*（代演示审核人.*）$/);
    expect(me.account.grants.map(({ role }) => role)).toEqual(['reviewer']);

    await reviewer.page.getByRole('button', { name: '收回' }).click();
    await toast(reviewer.page, '已收回，立即生效');
    await page.goto(other.base);
    await page.getByRole('button', { name: '我的账号' }).waitFor();
    expect(await line.count()).toBe(0);
    await reviewer.context.close();
    await other.context.close();
  });
});

describe('a sheet of units', () => {
  const sheet = (...lines: string[]) => ({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(['代码,名称,类别,上级代码,启用日期', ...lines].join('\n')) });

  it.each(widths)('is tried first and told line by line; with a wrong line nothing is imported, at %i px', async (width) => {
    const { page, context, base } = await stage.visit('system_administrator 000000', { width });
    await page.goto(`${base}/setup/import`);
    await press(page, '试导入');
    await page.getByText('请先选择文件。').waitFor();
    const good = `3302${width === 360 ? 48 : 49},某某第${width}县市场监督管理局,县级,330200,2023-07-01`;
    await page.locator('input[type=file]').setInputFiles(sheet('33025,某某县市场监督管理局,县级,330200,2023-07-01', good, good));
    await press(page, '试导入');
    await page.getByText('有不能导入的行，一行也不会导入。请改好表再试。').waitFor();
    await page.getByText('代码：应为 6 位数字。').waitFor();
    await expect.poll(async () => page.getByText('代码：同一代码在表里出现不止一次。').count()).toBe(2);
    expect(await page.getByRole('button', { name: /^确认导入/ }).count()).toBe(0);
    await expectNoSideways(page);
    await expectAccessible(page);
    await picture(page, `setup-import-${width}`);
    await page.locator('input[type=file]').setInputFiles(sheet(good));
    await press(page, '试导入');
    await press(page, '确认导入 1 行');
    await toast(page, '已导入');
    await openUnit(page, base, `某某第${width}县`, /某某第/);
    await context.close();
  });
});

describe('the national office', () => {
  it('is asked before it closes the edition, refused before its own table is sealed, and can take a closing back', async () => {
    const { page, context, base } = await stage.visit('national_office 000000');
    const view = (await (await page.request.get('/api/editions/2023/units/000000/return')).json()) as { state: string };
    await page.goto(`${base}/setup/deadline`);
    await press(page, '结束本届');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('还没有报送的单位不能再报').waitFor();
    await dialog.getByLabel('原因').fill('结束');
    await dialog.getByRole('button', { name: '确认结束' }).click();
    await dialog.getByText('请至少写 8 个字。').waitFor();
    await dialog.getByLabel('原因').fill('全国统计表已盖章，本届工作结束');
    await expectAccessible(page);
    await picture(page, 'setup-closing');
    await dialog.getByRole('button', { name: '确认结束' }).click();
    // The journey of the whole month may have sealed the nation before this one.
    if (view.state === 'sealed') {
      await toast(page, '本届已结束');
      await page.getByText('本届已经结束，只能查看和导出').waitFor();
      // Nothing offers to write any more.
      await page.locator('.new-entry').waitFor({ state: 'detached' });
      await press(page, '重新开放');
      await dialog.getByLabel('原因').fill('演示里接着填报下去');
      await dialog.getByRole('button', { name: '确认开放' }).click();
      await toast(page, '本届已重新开放');
    } else {
      await dialog.getByText('全国统计表还没有盖章，本届还不能结束。').waitFor();
      await dialog.getByRole('button', { name: '取消' }).click();
    }
    await page.getByText('本届正在进行。').waitFor();
    await context.close();
  });
});
