// How much the first page weighs (ux C5 U7), how still it stands while it loads (U5): counted in bytes, requests and shifts, never in time.
import { describe, expect, it } from 'vitest';
import { openStage, widths } from './journey.ts';

const stage = openStage();
const kilobyte = 1024;

describe('the first load of a clerk', () => {
  it('keeps its budget of bytes and requests, and asks nobody else', async () => {
    const { page, base, context } = await stage.visit('clerk 330110');
    const loaded: { readonly url: string; readonly kind: string; readonly bytes: number }[] = [];
    page.on('requestfinished', async (request) => {
      loaded.push({ url: request.url(), kind: request.resourceType(), bytes: (await request.sizes()).responseBodySize });
    });
    await page.goto(base);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const weight = (kind: string): number => loaded.filter((one) => one.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(loaded.filter(({ url }) => new URL(url).origin !== new URL(page.url()).origin)).toEqual([]);
    expect(weight('script')).toBeGreaterThan(0);
    expect(weight('script')).toBeLessThanOrEqual(150 * kilobyte);
    expect(weight('stylesheet')).toBeLessThanOrEqual(30 * kilobyte);
    expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(250 * kilobyte);
    expect(loaded.filter(({ kind }) => kind !== 'fetch').map(({ url }) => new URL(url).pathname).length).toBeLessThanOrEqual(15);
    await context.close();
  });
});

const still: readonly (readonly [person: string, path: string])[] = [['clerk 330110', ''], ['clerk 330110', '/ledger/new'], ['clerk 330110', '/table'], ['clerk 330110', '/return'], ['coordinator 330000', '/matrix']];

describe.each(widths)('at %i px', (width) => {
  it.each(still)('%s %s stands still while it loads', async (person, path) => {
    const { page, base, context } = await stage.visit(person, { width });
    await page.addInitScript(() => {
      const shifts = { sum: 0, worst: '' };
      Reflect.set(window, 'shifts', shifts);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Element | null }[] })[]) {
          if (entry.hadRecentInput) continue;
          shifts.sum += entry.value;
          shifts.worst += ` ${entry.value.toFixed(3)} ${entry.sources.map(({ node }) => node?.className ?? node?.nodeName).join(',')}`;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${base}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const shifts = await page.evaluate(() => Reflect.get(window, 'shifts') as { sum: number; worst: string });
    expect(shifts.sum, shifts.worst).toBeLessThanOrEqual(0.01);
    await context.close();
  });
});
