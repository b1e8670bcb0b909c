// What journeys stand on: a browser, pages signed in as a person, checks that hold on every page.
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from './browser.ts';
import { redeem } from './session.ts';

/** The two widths every page must hold at: an office screen and a phone. */
export const widths = [1280, 360] as const;
export type Width = (typeof widths)[number];

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** `/2023/330110` */
  readonly base: string;
  /** Errors the page threw or logged, those of refused requests aside. */
  readonly faults: readonly string[];
}

export interface Stage {
  /** A new browser context, signed in as `clerk 330110`. */
  visit(person: string, options?: { readonly width?: Width; readonly preferences?: object }): Promise<Visitor>;
  /** Not signed in. */
  stranger(width?: Width, agent?: string): Promise<Page>;
}

/** Opens one browser for a file of journeys. */
export function openStage(): Stage {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  const contextOf = async (width: Width, agent?: string): Promise<BrowserContext> => {
    if (browser === null) throw new Error('the browser is not open yet');
    const context = await browser.newContext({
      baseURL: inject('address'), viewport: { width, height: width === 360 ? 640 : 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...(width === 360 ? { hasTouch: true, isMobile: true } : {}), ...(agent === undefined ? {} : { userAgent: agent }),
    });
    context.setDefaultTimeout(15_000);
    return context;
  };
  return {
    visit: async (person, { width = 1280, preferences = {} } = {}) => {
      const context = await contextOf(width);
      const cookie = await cookieOf(person);
      await confirm(cookie);
      await context.addCookies([{ name: 'fuwuyue', value: cookie, url: inject('address') }]);
      await context.addInitScript((stored) => localStorage.setItem('fuwuyue.preferences', stored), JSON.stringify(preferences));
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
      });
      return { page, context, base: `/2023/${person.split(' ')[1] ?? ''}`, faults };
    },
    stranger: async (width = 1280, agent) => (await contextOf(width, agent)).newPage(),
  };
}

/** Journeys together take longer than a proof holds; of made-up people it is a confirmation, and keeps the session's token. */
export async function confirm(cookie: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID(), cookie: `fuwuyue=${cookie}` };
  await fetch(`${inject('address')}/api/me/proof`, { method: 'POST', headers, body: JSON.stringify({ purpose: 'step_up', proof: { kind: 'confirmation' } }) });
}

const made = new Map<string, Promise<string>>();

/** The session of anybody in the demonstration: whose link was printed, or by a link the administrator makes. */
export async function cookieOf(person: string): Promise<string> {
  const printed = inject('sessions').find((one) => one.person === person);
  if (printed !== undefined) return printed.cookie;
  const session = made.get(person) ?? makeSession(person);
  made.set(person, session);
  return session;
}

async function makeSession(person: string): Promise<string> {
  const [role = '', unitCode = ''] = person.split(' ');
  const administrator = await cookieOf('system_administrator 000000');
  await confirm(administrator);
  const headers = { 'content-type': 'application/json', 'x-request-key': crypto.randomUUID(), cookie: `fuwuyue=${administrator}` };
  const listed = await fetch(`${inject('address')}/api/units/${unitCode}/accounts`, { headers });
  const { accounts } = (await listed.json()) as { accounts: { id: string; disabledAt: string | null; grants: { role: string; unitCode: string }[] }[] };
  const account = accounts.find(({ grants, disabledAt }) => disabledAt === null && grants.some((grant) => grant.role === role && grant.unitCode === unitCode));
  if (account === undefined) throw new Error(`nobody in the demonstration is ${person}`);
  const link = await fetch(`${inject('address')}/api/accounts/${account.id}/sign-in-links`, { method: 'POST', headers, body: '{}' });
  const { signInPath } = (await link.json()) as { signInPath: string };
  return redeem(inject('address'), signInPath);
}

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** Accessibility findings of weight: none may stand. */
export async function expectAccessible(page: Page): Promise<void> {
  // The policy of the page forbids foreign scripts; this one is added from outside of it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await (await import('node:fs/promises')).readFile(axeSource, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: AxeViolation[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join('; ')}`)).toEqual([]);
}

/** The page itself never scrolls sideways. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > limit + 1 && element.closest('.table-scroll') === null).slice(0, 5).map((element) => `${element.tagName}.${element.className}`);
  });
  expect(wider).toEqual([]);
}

/** A picture for whoever wants to look: only where FUWUYUE_PICTURES names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['FUWUYUE_PICTURES'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
