// A filled form, read in by a clerk: its one question answered, confirmed, seen on the table, taken back. The table is as before.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
const { indicators } = JSON.parse(readFileSync('data/editions/2023.json', 'utf8')) as { indicators: { row: number; label: string; unitWord: string; code: string }[] };

/** A form that says more than any ledger of the demonstration, and in one cell «about». */
function filled(): { name: string; mimeType: string; buffer: Buffer } {
  const figures = (code: string, at: number): string => (code === 'training.enterprises' ? '约 91386' : code === 'media.central' ? '91001' : String(91_000 + at * 10));
  const lines = indicators.map(({ row, label, unitWord, code }, at) => `${row},"${label}",（${figures(code, at)}）${unitWord}`);
  return { name: '统计表.csv', mimeType: 'text/csv', buffer: Buffer.from(`序号,具体内容,数据\n${lines.join('\n')}\n`) };
}

it.each(widths)('is read, asked about, confirmed and taken back, at %i px', async (width) => {
  const { page, base, faults, context } = await stage.visit('clerk 330110', { width });
  await page.goto(`${base}/table`);
  const cell = page.locator('.annex').first().getByText('(91000)');
  await page.locator('.annex').first().waitFor();
  expect(await cell.count()).toBe(0);
  await page.goto(`${base}/form-reading`);
  await page.locator('input[type=file]').setInputFiles(filled());
  await page.getByText('还有 1 项要您确认。').waitFor();
  await page.getByRole('button', { name: '确认读入' }).click();
  await page.getByText('还有 1 项要您确认。').waitFor();
  await expectAccessible(page);
  await expectNoSideways(page);
  await picture(page, `form-reading-${width}`);
  await page.getByLabel('91,386', { exact: true }).check();
  await page.getByRole('button', { name: '确认读入' }).click();
  await page.locator('.toast').getByText('已读入《统计表.csv》').waitFor();
  await cell.waitFor();
  await page.locator('.toast').getByRole('button', { name: '撤销' }).click();
  await cell.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await context.close();
});
