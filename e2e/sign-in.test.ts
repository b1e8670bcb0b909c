// Coming in by two steps, setting them up, the lock over a page, the proof before what much hangs on, one's own sessions.
import type { Page } from 'playwright-core';
import { beforeAll, inject, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';
import { codeOf, inviteOfficial, type Invited } from './official.ts';

const stage = openStage();

describe('signing in', () => {
  it.each(widths)('shows the form, says what is missing and keeps the name, at %i px', async (width) => {
    const page = await stage.stranger(width);
    await page.goto('/2023/330110/table');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('请填用户名。').waitFor();
    await page.getByLabel('用户名').fill('nobody.here');
    await page.getByLabel('密码').fill('a password that is wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('没有登录：').waitFor();
    expect(await page.getByLabel('用户名').inputValue()).toBe('nobody.here');
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, `sign-in-${width}`);
    await page.context().close();
  });

  it('takes a one-time link, drops the token from the address, and refuses it the second time', async () => {
    const page = await stage.stranger();
    await page.goto(`${inject('address')}/sign-in/link#used-up-token-of-a-test`);
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
    await expect.poll(() => page.url()).not.toContain('#');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('链接已用过').waitFor();
    await page.context().close();
  });
});

const password = 'Chabei-7-Shanlu';

/** From the link to the home page: password, authenticator app, recovery codes. The secret, and the codes. */
async function setUp(page: Page, { signInPath }: Invited, look: (name: string) => Promise<void> = async () => undefined): Promise<{ secret: string; codes: string[] }> {
  await page.goto(signInPath);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '设置登录方式' }).waitFor();
  await look('enrol-password');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('密码至少 12 位。').waitFor();
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByLabel('再填一遍新密码').fill(password);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('密码已设好。').waitFor();
  await page.getByRole('button', { name: '开始设置' }).click();
  await page.locator('.totp-picture').waitFor();
  await look('enrol-factor');
  const secret = (await page.locator('.totp-secret').textContent()) ?? '';
  await page.getByLabel('动态验证码').fill(codeOf(secret));
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await page.getByRole('button', { name: '生成恢复码' }).click();
  await page.locator('.gate .recovery-codes li').first().waitFor();
  await look('enrol-codes');
  const codes = await page.locator('.gate .recovery-codes li').allTextContents();
  await page.getByRole('button', { name: '完成，进入系统' }).click();
  await page.getByText('请先打印或抄下恢复码').waitFor();
  await page.getByLabel('我已打印或抄下恢复码').check();
  await page.getByRole('button', { name: '完成，进入系统' }).click();
  await page.getByRole('heading', { name: '本届要做' }).waitFor();
  return { secret, codes };
}

async function firstStep(page: Page, signInName: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(signInName);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('第二步验证').waitFor();
}

describe('an official', () => {
  let invited: Invited;
  let codes: string[];
  beforeAll(async () => {
    invited = await inviteOfficial('clerk', '330110');
  });

  it('sets up password, authenticator and recovery codes on a telephone, and comes in', async () => {
    const page = await stage.stranger(360);
    ({ codes } = await setUp(page, invited, async (name) => {
      await expectAccessible(page);
      await expectNoSideways(page);
      await picture(page, `${name}-360`);
    }));
    expect(codes).toHaveLength(10);
    await page.context().close();
  });

  it('signs in by password and a second step, and is told how things stand', async () => {
    const page = await stage.stranger(1280);
    await firstStep(page, invited.signInName);
    await page.getByLabel('动态验证码').fill('000000');
    await page.getByRole('button', { name: '验证', exact: true }).click();
    await page.getByText('验证没有通过').waitFor();
    await expectAccessible(page);
    await picture(page, 'second-step-1280');
    await page.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
    await page.getByLabel('恢复码', { exact: true }).fill((codes[0] ?? '').toLowerCase());
    await page.getByRole('button', { name: '验证', exact: true }).click();
    await page.getByText('用过一个恢复码，还剩 9 个。').waitFor();
    await expectAccessible(page);
    await picture(page, 'account-notices-1280');
    await page.getByRole('region', { name: '账号安全提醒' }).getByRole('button', { name: '知道了' }).click();
    await page.getByText('用过一个恢复码').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('finds the page locked after half an hour, opens it by the password, and what was typed is there', async () => {
    const page = await stage.stranger(1280);
    await firstStep(page, invited.signInName);
    await page.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
    await page.getByLabel('恢复码', { exact: true }).fill(codes[1] ?? '');
    await page.getByRole('button', { name: '验证', exact: true }).click();
    await page.getByRole('heading', { name: '本届要做' }).waitFor();
    await page.clock.install();
    await page.goto('/2023/330110/ledger/new');
    const title = page.getByLabel('标题', { exact: true });
    await title.fill('进园区讲商业秘密保护');
    const other = await page.context().newPage();
    await other.goto('/2023/330110/security');
    await other.getByRole('heading', { name: '登录与安全' }).waitFor();
    await page.clock.fastForward('31:00');
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    await other.getByRole('heading', { name: '页面已锁定' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'locked-1280');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
    // It falls and stands up again between two frames.
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    await page.locator('dialog[open]').getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '验证', exact: true }).click();
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor({ state: 'detached' });
    await other.getByRole('heading', { name: '页面已锁定' }).waitFor({ state: 'detached' });
    expect(await title.inputValue()).toBe('进园区讲商业秘密保护');
    await page.context().close();
  });

  it('ends the session on the telephone from the desktop; the telephone says so', async () => {
    const [desktop, phone] = [await stage.stranger(1280), await stage.stranger(360, 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36')];
    for (const [page, code] of [[desktop, codes[2]], [phone, codes[3]]] as const) {
      await firstStep(page, invited.signInName);
      await page.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
      await page.getByLabel('恢复码', { exact: true }).fill(code ?? '');
      await page.getByRole('button', { name: '验证', exact: true }).click();
      await page.getByRole('heading', { name: '本届要做' }).waitFor();
    }
    await desktop.goto('/2023/330110/security');
    await desktop.getByText('本机').waitFor();
    await expectAccessible(desktop);
    await picture(desktop, 'security-1280');
    await desktop.getByRole('button', { name: '退出这台设备' }).click();
    await desktop.getByText('已退出那台设备').waitFor();
    await phone.getByRole('link', { name: '台账' }).first().click();
    await phone.getByText('这里的登录已从您的另一台设备上退出。').waitFor();
    await expectAccessible(phone);
    await picture(phone, 'ended-elsewhere-360');
    for (const page of [desktop, phone]) await page.context().close();
  });
});

describe('what much hangs on', () => {
  it('waits for a proof over the page and goes on with the same request', async () => {
    const { page } = await stage.visit('clerk 330110');
    const keys: string[] = [];
    // The server asks when the last proof is ten minutes old (module tests); here the first answer stands for that.
    await page.route('**/exports', async (route) => {
      keys.push(route.request().headers()['x-request-key'] ?? '');
      if (keys.length > 1) return route.continue();
      return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'proof_required', status: 403, details: {}, requestId: 'test' }) });
    });
    await page.goto('/2023/330110/ledger');
    await page.locator('.export').getByRole('button', { name: '导出' }).click();
    await page.getByRole('button', { name: '导出台账（当前查找结果），Excel' }).click();
    await page.getByRole('heading', { name: '再次验证身份' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'proof-1280');
    expect(await page.locator('dialog[open]').count()).toBe(1);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '确认是本人' }).click();
    await download;
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    await page.context().close();
  });
});
