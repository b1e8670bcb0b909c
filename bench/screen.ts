// bench screen: how soon the largest thing of a page stands (LCP) and how soon the screen answers a click or a key (interaction to
// next paint), in a real browser against a server with the demonstration, at full speed and slowed down by the browser (ux U4, U6).
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { packageRoot } from '../src/kernel/package-root.ts';
import { shareUsed } from './processes.ts';
import { machine, progress, round, summary } from './world.ts';

interface ScreenOptions {
  /** How often each page is loaded, each time with nothing in the browser's store. */
  readonly loads?: number;
  /** How often the interactions are gone through. */
  readonly rounds?: number;
}

const person = { role: 'clerk', unitCode: '330110' };
const base = `/2023/${person.unitCode}`;
const pages = { home: base, table: `${base}/table` };

/** A slow office machine on a county's line: processor four times slower, 1.6 Mbit/s, 150 ms. */
const slowProcessor = 4;
const slowLine = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

const targets = { loadLocal: 1_000, loadSlow: 2_500, interaction: 100, typing: 50 };

export async function run(options: ScreenOptions = {}): Promise<object> {
  const { loads = 5, rounds = 4 } = options;
  // Only here: without the packages of development the other benchmarks still run.
  const { launchBrowser } = await import('../e2e/browser.ts');
  progress('starting the demonstration');
  const server = await startDemonstration();
  try {
    const browser = await launchBrowser();
    try {
      const visits = { browser, address: server.address, cookie: server.cookie };
      const used = shareUsed();
      const local = await measureLoads(visits, loads, false);
      const slow = await measureLoads(visits, loads, true);
      const { interactions, typing } = await measureInteractions(visits, rounds);
      return {
        bench: 'screen', machine: machine(), browser: browser.version(), loads, rounds, processorsUsed: used(),
        largestPaint: { target: { local: targets.loadLocal, slow: targets.loadSlow }, local, slow },
        interaction: { target: targets.interaction, slowedBy: slowProcessor, ...spread(interactions) },
        typing: { target: targets.typing, slowedBy: slowProcessor, ...spread(typing) },
      };
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

interface Demonstration {
  readonly address: string;
  readonly cookie: string;
  close(): Promise<void>;
}

const announcement = z.object({ address: z.string(), links: z.array(z.object({ role: z.string(), unitCode: z.string(), url: z.string() })) });

async function startDemonstration(): Promise<Demonstration> {
  const { redeem } = await import('../e2e/session.ts');
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-bench-screen-'));
  await chmod(directory, 0o711);
  const server = spawn(process.execPath, [join(packageRoot, 'bin', 'fuwuyue.mjs'), 'serve', '--demonstration', '--json'], {
    env: { ...process.env, DATA_DIR: directory, PORT: '0', DATABASE_URL: '', PUBLIC_URL: '', DEMONSTRATION_CLOCK: '', LOG_LEVEL: 'warn' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const { address, links } = await new Promise<z.output<typeof announcement>>((resolve, reject) => {
    let said = '';
    server.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.endsWith('\n')) resolve(announcement.parse(JSON.parse(said)));
    });
  });
  const link = links.find(({ role, unitCode }) => role === person.role && unitCode === person.unitCode);
  return {
    address,
    cookie: await redeem(address, link?.url ?? ''),
    close: async () => {
      server.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Visits {
  readonly browser: Browser;
  readonly address: string;
  readonly cookie: string;
}

async function visit({ browser, address, cookie }: Visits): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await context.addCookies([{ name: 'fuwuyue', value: cookie, url: address }]);
  const page = await context.newPage();
  // What runs in the page is text: this side knows no browser.
  await page.addInitScript(`
    window.paints = []; window.events = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.paints.push(entry.startTime); }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => { for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) window.events.push({ id: interactionId, duration }); })
      .observe({ type: 'event', durationThreshold: 16, buffered: true });`);
  return { context, page };
}

async function slowDown(context: BrowserContext, page: Page, line: boolean): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowProcessor });
  if (!line) return;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slowLine);
}

async function measureLoads(visits: Visits, loads: number, slow: boolean): Promise<object> {
  const measured: Record<string, object> = {};
  for (const [name, path] of Object.entries(pages)) {
    progress(`loading ${name}${slow ? ', slowed down' : ''}`);
    const paints: number[] = [];
    for (let load = 0; load < loads; load += 1) {
      const { context, page } = await visit(visits);
      if (slow) await slowDown(context, page, true);
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      paints.push(Math.max(...(await page.evaluate<number[]>('window.paints'))));
      await context.close();
    }
    measured[name] = spread(paints);
  }
  return measured;
}

/** Clicks and keys of a clerk's day on a slowed-down processor; typing apart. */
async function measureInteractions(visits: Visits, rounds: number): Promise<{ interactions: number[]; typing: number[] }> {
  const interactions: number[] = [];
  const typing: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    progress(`interactions, round ${turn + 1}`);
    // A new one each time, so that no draft of the last is found.
    const { context, page } = await visit(visits);
    await slowDown(context, page, false);
    interactions.push(...(await onTable(page)), ...(await onForm(page)));
    const typed = await onGrid(page);
    typing.push(...typed);
    interactions.push(...typed);
    await context.close();
  }
  return { interactions, typing };
}

async function onTable(page: Page): Promise<number[]> {
  await settled(page, pages.table, '.sheet .cell');
  return counted(page, async (done) => {
    const cells = page.locator('.sheet .cell');
    for (const index of [0, 3, 6]) {
      await done(() => cells.nth(index).click());
      await page.getByRole('dialog').waitFor();
      await done(() => page.keyboard.press('Escape'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await done(() => cells.first().focus(), 0);
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'Home', 'End']) await done(() => page.keyboard.press(key));
    await done(() => page.keyboard.press('Control+k'));
    await page.getByRole('dialog').waitFor();
    await done(() => page.keyboard.type('taizhang', { delay: 60 }), 8);
    await done(() => page.keyboard.press('Escape'));
  });
}

async function onForm(page: Page): Promise<number[]> {
  await settled(page, `${base}/ledger/new?kind=training`, '#entry-title');
  return counted(page, async (done) => {
    await done(() => page.locator('#entry-title').click());
    await done(() => page.keyboard.type('business secrets training', { delay: 60 }), 25);
    await done(() => page.locator('#entry-values-attendances').click());
    await done(() => page.keyboard.type('1234', { delay: 60 }), 4);
  });
}

/** Typing in the table of many entries. */
async function onGrid(page: Page): Promise<number[]> {
  await settled(page, `${base}/ledger/batch?kind=training`, '.batch tbody td');
  return counted(page, async (done) => {
    for (const row of [0, 1, 2]) {
      await done(() => page.locator('.batch tbody tr').nth(row).locator('td').nth(1).click());
      await done(() => page.keyboard.type('business secrets training', { delay: 60 }), 25);
      await done(() => page.keyboard.press('Enter'));
    }
  });
}

async function settled(page: Page, path: string, wanted: string): Promise<void> {
  await page.goto(path);
  await page.locator(wanted).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate('window.events.length = 0');
}

type Done = (act: () => Promise<unknown>, interactions?: number) => Promise<void>;

/** The duration of each interaction. The browser tells of those from 16 ms on; the others count as that. */
async function counted(page: Page, acts: (done: Done) => Promise<void>): Promise<number[]> {
  let expected = 0;
  await acts(async (act, interactions = 1) => {
    expected += interactions;
    await act();
    await page.waitForTimeout(60);
  });
  await page.waitForTimeout(300);
  const events = await page.evaluate<{ id: number; duration: number }[]>('window.events');
  const longest = new Map<number, number>();
  for (const { id, duration } of events) longest.set(id, Math.max(longest.get(id) ?? 0, duration));
  return [...longest.values(), ...Array.from({ length: Math.max(0, expected - longest.size) }, () => 16)];
}

function spread(durations: readonly number[]): object {
  const { p50, p95, max, count } = summary(durations);
  const sorted = [...durations].sort((a, b) => a - b);
  return { p50, p95, p98: round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.98))] ?? 0), max, count };
}
