// The page that travels in every package, opened from a folder without a server: it says of sound and of broken packages what
// the command line says, asks no network, and a nation of 3,233 units takes under ten seconds.
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { madeUpEdition, packNation, sealNation, type Shape } from '../bench/sealed-nation.ts';
import { partsOf, writePackage } from '../src/modules/packages/building.ts';
import { bytesReader, nodeTools } from '../src/modules/packages/reading.ts';
import { faultSentence } from '../src/modules/packages/rules/faults.ts';
import { verifyPackage } from '../src/modules/packages/rules/verifying.ts';
import type { SealSuite } from '../src/shared/signature.ts';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
let folder: string;
let small: Buffer;
let broken: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuwuyue-verifier-'));
  await copyFile('dist/verifier/verifier.html', join(folder, 'verifier.html'));
  small = await packageOf([2, 2, 1]);
  await writeFile(join(folder, 'sound.zip'), small);
  broken = Buffer.from(small);
  const at = broken.indexOf('"publicity.attendances":', broken.indexOf('data/returns/110101.json{'));
  broken.writeUInt8(broken.readUInt8(at + 40) ^ 1, at + 40);
  await writeFile(join(folder, 'broken.zip'), broken);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function packageOf(shape: Shape, suite?: SealSuite): Promise<Buffer> {
  const edition = madeUpEdition();
  const contents = packNation(edition, sealNation(edition, shape, (unit, indicator) => (Number(unit) * 7 + indicator.length * 13) % 900, suite), new Uint8Array(40_000));
  const pieces: Uint8Array[] = [];
  await writePackage(contents.description, partsOf(contents), async (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

async function opened(width: (typeof widths)[number]): Promise<{ page: Page; asked: string[]; faults: string[] }> {
  const page = await stage.stranger(width);
  const [asked, faults]: [string[], string[]] = [[], []];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(pathToFileURL(join(folder, 'verifier.html')).href);
  return { page, asked, faults };
}

async function verdictOf(page: Page, file: string): Promise<string> {
  await page.setInputFiles('#file', join(folder, file));
  await page.locator('#verdict').waitFor({ timeout: 60_000 });
  return page.locator('.verdict').innerText();
}

describe('the page in the package', () => {
  it.each(widths)('says at %i px what the command line says, and asks no network', async (width) => {
    const { page, asked, faults } = await opened(width);
    await picture(page, `verifier-empty-${width}`);
    expect(await verdictOf(page, 'sound.zip')).toContain('核对无误');
    await page.locator('summary').click();
    const { total, units } = await verifyPackage(bytesReader(small), nodeTools);
    await expect.poll(async () => page.locator('details tbody tr').count()).toBe(units.length);
    expect(await page.locator('.panel td.number').first().innerText()).toContain((total['publicity.sessions'] ?? 0).toLocaleString('en-US'));
    await picture(page, `verifier-sound-${width}`);
    await expectNoSideways(page);
    await expectAccessible(page);
    const { firstFault } = await verifyPackage(bytesReader(broken), nodeTools);
    if (firstFault === null) throw new Error('the broken package holds');
    const said = await verdictOf(page, 'broken.zip');
    expect(said).toContain('核对有误');
    expect(said).toContain(faultSentence(firstFault).chinese);
    expect(said).toContain('data/returns/110101.json');
    await picture(page, `verifier-broken-${width}`);
    await expectNoSideways(page);
    await expectAccessible(page);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:'))).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('finds flips anywhere, as the command line does', async () => {
    const { page } = await opened(1280);
    for (let nth = 0; nth < 20; nth += 1) {
      const at = Math.floor(((nth + 0.5) * small.length) / 20);
      const flipped = Buffer.from(small);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
      await writeFile(join(folder, 'flipped.zip'), flipped);
      const { firstFault } = await verifyPackage(bytesReader(flipped), nodeTools);
      if (firstFault === null) throw new Error(`a flip at ${at} was not found`);
      expect(await verdictOf(page, 'flipped.zip')).toContain(faultSentence(firstFault).chinese);
    }
    await page.context().close();
  });

  it('adds a nation of 3,233 units up again, and the page goes on drawing meanwhile', async () => {
    // P-256: SM2 would take the test itself a minute to sign.
    await writeFile(join(folder, 'nation.zip'), await packageOf([32, 10, 9], 'P256-SHA256'));
    const { page } = await opened(1280);
    const drawn = page.evaluate(() => new Promise<number>((resolve) => {
      let frames = 0;
      const draw = (): void => {
        frames += 1;
        if (document.getElementById('verdict') === null) requestAnimationFrame(draw);
        else resolve(frames);
      };
      requestAnimationFrame(draw);
    }));
    const said = await verdictOf(page, 'nation.zip');
    expect(said).toContain('核对无误');
    expect(await drawn).toBeGreaterThan(10);
    expect(await page.locator('summary').innerText()).toContain('3233');
    // bench package measures; this is for whoever looks.
    await picture(page, 'verifier-nation-1280');
    await page.context().close();
  });

  it('is served too, under its own policy', async () => {
    const answer = await fetch(new URL('/verifier.html', inject('address')));
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('worker-src blob:');
    expect(policy).toContain("frame-ancestors 'none'");
    const page = await stage.stranger();
    await page.goto('/verifier.html');
    expect(await verdictOf(page, 'sound.zip')).toContain('核对无误');
    await page.context().close();
  });
});
