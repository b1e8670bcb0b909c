// The pages of enterprises and the self-assessment in a real browser, at both widths: no serious finding of axe, no sideways scroll, no
// fault in the console; and the whole way without script.
import { describe, expect, inject, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
const forAnybody = ['/firm', '/firm/sign-in', '/firm/start', '/firm/ask', '/assessment'];
const own = ['/firm', '/firm/services', '/firm/views', '/firm/account', '/firm/assessments', '/firm/assessments/draft'];
const nameOf = (path: string): string => `site${path.replaceAll('/', '-')}`;

describe.each(widths)('at %i px', (width) => {
  it('the pages for anybody are sound', async () => {
    const page = await stage.stranger(width);
    for (const path of forAnybody) {
      await page.goto(path);
      await picture(page, `${nameOf(path)}-${width}`);
      await expectNoSideways(page);
      await expectAccessible(page);
    }
    await page.context().close();
  });

  it('the pages of an enterprise are sound, a result too', async () => {
    const { page, faults, context } = await stage.visit('enterprise 330110', { width });
    for (const path of own) {
      await page.goto(path);
      await picture(page, `${nameOf(path)}-own-${width}`);
      await expectNoSideways(page);
      await expectAccessible(page);
    }
    await page.goto('/firm/assessments');
    await page.locator('tbody a').first().click();
    await page.locator('svg.radar').waitFor();
    await picture(page, `site-result-${width}`);
    await expectNoSideways(page);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
});

it('an assessment without account and without script: answered, counted, taken along', async () => {
  const browser = (await stage.stranger()).context().browser();
  if (browser === null) throw new Error('the browser is not open');
  const context = await browser.newContext({ baseURL: inject('address'), javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.goto('/assessment');
  for (const group of await page.locator('fieldset.question').all()) await group.locator('input[type=radio]').first().check();
  await page.locator('button[value=finish]').click();
  await page.locator('svg.radar').waitFor();
  expect(await page.locator('.score').innerText()).toContain('100');
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('button[value=download]').click()]);
  expect(file.suggestedFilename()).toMatch(/\.html$/);
  await context.close();
});
