// An installation for real use with a UKey service and a sign-in service, both of tests: a security administrator registers a key, its
// holder proves with it, links an identity, and comes in by it.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignInService, startSignInService } from '../src/testing/sign-in-service.ts';
import { type SoftwareMiddleware, softwareUkey, startSoftwareMiddleware } from '../src/testing/software-ukey.ts';
import { launchBrowser } from './browser.ts';
import { expectAccessible, expectNoSideways, picture } from './journey.ts';
import { codeOf } from './official.ts';

const password = 'Chabei-7-Shanlu';
const ukey = { ...softwareUkey(), name: '王五 签名证书' };

interface Installation {
  readonly address: string;
  readonly administrators: readonly { readonly role: string; readonly url: string }[];
}

let service: SignInService;
let middleware: SoftwareMiddleware;
let server: ChildProcess;
let directory: string;
let browser: Browser;
let here: Installation;

beforeAll(async () => {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  service = await startSignInService([`${address}/sign-in/single-sign-on`]);
  middleware = await startSoftwareMiddleware([ukey]);
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-keys-'));
  await chmod(directory, 0o711);
  await mkdir(join(directory, 'secrets'), { mode: 0o700 });
  await writeFile(join(directory, 'secrets', 'oidc-client-secret'), service.clientSecret, { mode: 0o400 });
  server = spawn(process.execPath, ['bin/fuwuyue.mjs', 'serve', '--json'], {
    env: {
      ...process.env, DATA_DIR: directory, PORT: String(port), DATABASE_URL: '', PUBLIC_URL: address, LOG_LEVEL: 'warn', LIMITS: 'anonymous=6000 sign_in=6000 session=600',
      OIDC_ISSUER: service.issuer, OIDC_CLIENT_ID: service.clientId, OIDC_NAME: '省统一身份认证', UKEY_SERVICE_URL: middleware.address,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  here = await announced(server);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await service.close();
  await middleware.close();
  await rm(directory, { recursive: true, force: true });
});

describe('keys bound to an account', () => {
  it('are registered, prove, and lead in', async () => {
    const system = await setUp('system_administrator');
    const security = await setUp('security_administrator');

    const keeper = await pageWith(1280, security.cookie);
    await keeper.goto(`/2023/000000/setup/accounts/${system.accountId}/keys`);
    await keeper.getByRole('button', { name: '登记 UKey' }).click();
    await keeper.getByLabel('名称', { exact: true }).fill('外壳编号 0007');
    await keeper.getByLabel('SM2 证书或公钥').fill('not a key');
    await keeper.getByRole('button', { name: '登记 UKey' }).click();
    await keeper.getByText('没有读出 SM2 证书或公钥').waitFor();
    await keeper.getByLabel('SM2 证书或公钥').fill(ukey.publicKey);
    await expectAccessible(keeper);
    await picture(keeper, 'account-keys-1280');
    await keeper.getByRole('button', { name: '登记 UKey' }).click();
    await keeper.getByText('SM3 指纹').waitFor();
    await keeper.setViewportSize({ width: 360, height: 640 });
    await expectNoSideways(keeper);
    await picture(keeper, 'account-keys-360');

    const page = await pageWith(360, null);
    await firstStep(page, system.signInName);
    await page.getByRole('button', { name: '改用UKey' }).click();
    await page.getByLabel('UKey 口令').fill('000000');
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, 'ukey-360');
    await page.getByRole('button', { name: '用 UKey 验证' }).click();
    await page.getByText('UKey 口令不对。还可以试 4 次。').waitFor();
    await page.getByLabel('UKey 口令').fill('123456');
    await page.getByRole('button', { name: '用 UKey 验证' }).click();
    await page.waitForURL('**/2023/000000');

    await page.goto('/2023/000000/security');
    await page.getByText('登记，遗失或更换请联系安全保密管理员').waitFor();
    service.person = { subject: 'wang-wu' };
    await page.getByRole('button', { name: '绑定统一身份' }).click();
    await page.getByText('已绑定：wang-wu@service').waitFor();
    expect(page.url()).not.toContain('code=');
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, 'linked-identity-360');

    await page.context().clearCookies();
    await page.goto('/2023/000000/security');
    await page.getByRole('button', { name: '用省统一身份认证登录' }).waitFor();
    await picture(page, 'single-sign-on-360');
    await page.getByRole('button', { name: '用省统一身份认证登录' }).click();
    await page.getByText('第二步验证').waitFor();
    await expectAccessible(page);
    await picture(page, 'single-sign-on-second-step-360');
    middleware.behaviour = 'garbage';
    await page.getByRole('button', { name: '改用UKey' }).click();
    await page.getByText('UKey 驱动程序的答复没有读懂').waitFor();
    middleware.behaviour = 'works';
    await page.getByRole('button', { name: '重新查找' }).click();
    await page.getByLabel('UKey 口令').fill('123456');
    await page.getByRole('button', { name: '用 UKey 验证' }).click();
    await page.getByRole('heading', { name: '登录与安全' }).waitFor();

    // A return nobody in this window set out for, such as a link somebody sent.
    await page.context().clearCookies();
    await page.goto('/sign-in/single-sign-on?code=somebody-elses&state=somebody-elses');
    await page.getByText('没有找到这次登录的记录').waitFor();
    expect(page.url()).not.toContain('code=');
    service.person = { subject: 'li-si' };
    await page.goto('/sign-in');
    await page.getByRole('button', { name: '用省统一身份认证登录' }).click();
    await page.getByText('还没有与本平台的账号绑定').waitFor();
    await picture(page, 'single-sign-on-not-linked-360');
  });
});

async function firstStep(page: Page, signInName: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(signInName);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('第二步验证').waitFor();
}

async function pageWith(width: number, cookie: string | null): Promise<Page> {
  const context = await browser.newContext({ baseURL: here.address, viewport: { width, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  context.setDefaultTimeout(15_000);
  if (cookie !== null) await context.addCookies([{ name: 'fuwuyue', value: cookie, url: here.address }]);
  return context.newPage();
}

/** Sets up a first administrator by the link the first run printed. */
async function setUp(role: string): Promise<{ cookie: string; accountId: string; signInName: string }> {
  const link = here.administrators.find((one) => one.role === role)?.url ?? '';
  let cookie = '';
  const send = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID(), cookie: `fuwuyue=${cookie}` };
    const response = await fetch(`${here.address}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
    cookie = /fuwuyue=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? cookie;
    return (await response.json()) as Record<string, unknown>;
  };
  const account = await send('POST', '/api/sign-in-links/use', { token: link.split('#')[1] });
  await send('PUT', '/api/me/password', { current: null, next: password });
  const { id, secret } = await send('POST', '/api/me/factors/totp', { name: '手机' });
  await send('POST', `/api/me/factors/totp/${String(id)}/confirm`, { code: codeOf(String(secret)) });
  await send('POST', '/api/me/recovery-codes', {});
  await send('POST', '/api/me/enrolment/finish', {});
  return { cookie, accountId: String(account['id']), signInName: String(account['signInName']) };
}

async function announced(from: ChildProcess): Promise<Installation> {
  return new Promise((resolve, reject) => {
    let text = '';
    from.once('exit', (code) => reject(new Error(`the server ended with ${code ?? 'a signal'} before it was ready`)));
    from.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('\n')) resolve(JSON.parse(text) as Installation);
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
