// Passkeys with an authenticator of the browser's own making: set up, alone, as second step, over a locked page; and where they cannot be.
import type { Page } from 'playwright-core';
import { inject, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture } from './journey.ts';
import { inviteOfficial } from './official.ts';

const stage = openStage();
const password = 'Chabei-7-Shanlu';

/** A device with a fingerprint reader, and whoever may use it beside it. */
async function addAuthenticator(page: Page): Promise<{ lookAway(away: boolean): Promise<void> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { lookAway: async (away) => void (await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: !away })) };
}

describe('a passkey', () => {
  it('is set up instead of an authenticator app, opens the platform alone, after a password, and a locked page', async () => {
    const invited = await inviteOfficial('clerk', '330110');
    const address = inject('address').replace('127.0.0.1', 'localhost');
    const page = await stage.stranger(360);
    const device = await addAuthenticator(page);
    await page.goto(`${address}${invited.signInPath}`);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByLabel('新密码', { exact: true }).fill(password);
    await page.getByLabel('再填一遍新密码').fill(password);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '按设备提示添加' }).waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, 'passkey-set-up-360');
    await page.getByLabel('给这个通行密钥起个名字').fill('我的手机');
    await page.getByRole('button', { name: '按设备提示添加' }).click();
    await page.getByText('已设好：通行密钥（我的手机）').waitFor();
    await page.getByRole('button', { name: '生成恢复码' }).click();
    await page.getByLabel('我已打印或抄下恢复码').check();
    await page.getByRole('button', { name: '完成，进入系统' }).click();
    await page.getByRole('heading', { name: '本届要做' }).waitFor();

    await page.context().clearCookies();
    await page.goto(`${address}/2023/330110/security`);
    await page.getByRole('button', { name: '用通行密钥登录' }).waitFor();
    await picture(page, 'passkey-sign-in-360');
    await device.lookAway(true);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.getByText('没有完成。您取消了验证').waitFor();
    await device.lookAway(false);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.getByRole('heading', { name: '登录与安全' }).waitFor();
    await page.getByText('只在一台设备上').waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, 'passkey-security-360');

    await page.getByRole('button', { name: '改名' }).click();
    await page.getByLabel('给这个通行密钥起个名字').fill('办公手机');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('（办公手机）').waitFor();

    await page.evaluate(async () => fetch('/api/me/lock', { method: 'POST', headers: { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID() }, body: '{}' }));
    await page.reload();
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor();
    await page.getByRole('button', { name: '改用通行密钥' }).click();
    await page.getByRole('button', { name: '使用通行密钥' }).click();
    await page.getByText('（办公手机）').waitFor();
    await page.getByRole('heading', { name: '页面已锁定' }).waitFor({ state: 'detached' });

    await page.context().clearCookies();
    await page.goto(`${address}/sign-in`);
    await page.getByLabel('用户名').fill(invited.signInName);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('第二步验证').waitFor();
    await expectAccessible(page);
    await picture(page, 'passkey-second-step-360');
    await page.getByRole('button', { name: '使用通行密钥' }).click();
    await page.getByRole('heading', { name: '本届要做' }).waitFor();
    await page.context().close();
  });

  it('is not offered at an address by number, and the page says why', async () => {
    const invited = await inviteOfficial('clerk', '330110');
    const page = await stage.stranger(1280);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: '用通行密钥登录' }).count()).toBe(0);
    await page.goto(invited.signInPath);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByLabel('新密码', { exact: true }).fill(password);
    await page.getByLabel('再填一遍新密码').fill(password);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '改用通行密钥' }).click();
    await page.getByText('当前访问地址不能使用通行密钥').waitFor();
    await expectAccessible(page);
    await picture(page, 'passkey-impossible-1280');
    await page.context().close();
  });
});
