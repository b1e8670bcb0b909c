import { inject, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

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
