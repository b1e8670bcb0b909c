// Finds a Chromium and starts it: CHROME_PATH, one of the system's, else the one from npm that needs no system packages.
// Brings Chinese glyphs along, because a bare machine has none and would draw empty boxes.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type LaunchOptions } from 'playwright-core';

const systemBrowsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'];

/** Chromium refuses its sandbox to root; then, and where the kernel forbids it, it runs without. */
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export async function launchBrowser(): Promise<Browser> {
  return watched(await chromium.launch(await launching()));
}

/** A browser whose data stay in a folder, as those of a telephone do: opened again on it, it is the same device. */
export async function launchPersistent(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...(await launching()), ...options });
}

async function launching(): Promise<LaunchOptions> {
  const environment = { ...process.env, FONTCONFIG_FILE: await fontSettings() };
  const wanted = process.env['CHROME_PATH'];
  const found = wanted ?? systemBrowsers.find((path) => existsSync(path));
  if (found !== undefined) return { executablePath: found, args: [...sandbox, ...quiet], env: environment };
  // Makes the package unpack the libraries it brings.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium').catch(() => {
    throw new Error('No Chromium: set CHROME_PATH, install the package chromium, or run npm ci on a machine with x64 Linux.');
  });
  const executablePath = await packed.executablePath();
  return { executablePath, args: ['--no-sandbox', ...quiet], env: { ...environment, LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] ?? '' } };
}

const broken = /Content Security Policy|TrustedHTML|TrustedScript|Trusted Type|Permissions[- ]Policy|Cross-Origin-Embedder-Policy/;

/** Journeys end with no report of a page that broke its policy (security B-S5): closing the browser fails where there was one. */
function watched(browser: Browser): Browser {
  const reports: string[] = [];
  browser.on('context', (context) => {
    context.on('console', (message) => {
      if (broken.test(message.text())) reports.push(`${message.page()?.url() ?? ''}: ${message.text()}`);
    });
  });
  const close = browser.close.bind(browser);
  browser.close = async (options) => {
    await close(options);
    if (reports.length > 0) throw new Error(`pages broke their policy:\n${[...new Set(reports)].join('\n')}`);
  };
  return browser;
}

/** A font configuration with the glyphs of the npm package and those of the system. Its path. */
async function fontSettings(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-fonts-'));
  const fonts = join(directory, 'fonts');
  await mkdir(fonts);
  const root = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  for (const file of await fontFiles(root)) await copyFile(file, join(fonts, file.split('/').pop() ?? 'font.ttf'));
  const settings = join(directory, 'fonts.conf');
  await writeFile(settings, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${join(directory, 'cache')}</cachedir></fontconfig>`);
  return settings;
}

/** The two weights the interface uses. */
async function fontFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && /(?:400Regular|600SemiBold)\.ttf$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
}
