// 汇总 and 概览: a province sees its cities, moves by keyboard, reminds those that are missing; the nation goes down by tiles.
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();

describe('the matrix', () => {
  it.each(widths)('shows every city with its standing, at %i px', async (width) => {
    const { page, base, faults } = await stage.visit('coordinator 330000', { width });
    await page.goto(`${base}/matrix`);
    await page.getByRole('link', { name: '杭州市', exact: true }).waitFor();
    await expect.poll(async () => page.locator(width === 360 ? '.matrix-card' : '.matrix tbody:last-child tr').count()).toBe(11);
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, `matrix-${width}`);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is one Tab stop, moves by arrows and opens the cell it stands on', async () => {
    const { page, base } = await stage.visit('coordinator 330000');
    await page.goto(`${base}/matrix`);
    await page.getByRole('link', { name: '杭州市', exact: true }).waitFor();
    await expect.poll(async () => page.locator('.matrix [tabindex="0"]').count()).toBe(1);
    await page.getByRole('link', { name: '杭州市', exact: true }).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).search).toBe('?unit=330200&view=live&cell=publicity.sessions');
    await page.goBack();
    await page.getByRole('link', { name: '杭州市', exact: true }).waitFor();
    await page.context().close();
  });

  it('asks for a choice first, then reminds whoever is missing and names whoever is not disturbed', async () => {
    const { page, base } = await stage.visit('coordinator 330000');
    await page.goto(`${base}/matrix?sort=-missing`);
    await page.getByRole('button', { name: '催报', exact: true }).click();
    await page.getByText('请先在表里选中要催报的单位').waitFor();
    await page.getByRole('button', { name: '选中可催报的' }).click();
    await page.getByLabel('选中宁波市').check();
    await page.getByRole('button', { name: /^催报 \d+ 个单位$/ }).click();
    await page.getByRole('dialog').getByText('宁波市已经报送，不会收到消息。').waitFor();
    await page.getByRole('button', { name: /^发给 \d+ 个单位$/ }).click();
    await page.getByText(/^已催报 \d+ 个单位；宁波市已经报送，没有打扰$/).waitFor();
    await expect.poll(() => page.locator('.matrix tr', { hasText: '催报过' }).count()).toBeGreaterThan(0);
    await page.context().close();
  });
});

describe('the overview', () => {
  it.each(widths)('has a tile for each provincial unit and leads down to a province and back, at %i px', async (width) => {
    const { page, base, faults } = await stage.visit('national_office 000000', { width });
    await page.goto(`${base}/overview`);
    await page.getByRole('heading', { name: '全国概览' }).waitFor();
    await expect.poll(async () => page.locator('.tile-row .tile').count()).toBe(32);
    await page.getByText('示意图，非地图').waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, `overview-${width}`);
    await page.locator('.tile-row').getByRole('link', { name: /^浙江省/ }).click();
    await page.getByRole('heading', { name: '浙江省概览' }).waitFor();
    await page.getByRole('navigation', { name: '单位层级' }).getByRole('link', { name: '全国' }).click();
    await page.getByRole('heading', { name: '全国概览' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
