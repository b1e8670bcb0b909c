// A clerk brings a sheet into the ledger, sees what it would do, takes it, and takes it back without a trace.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workbookBytes } from '../src/documents/workbook.ts';
import { expectAccessible, expectNoSideways, openStage, picture, widths } from './journey.ts';

const stage = openStage();
const clerk = 'clerk 330110';

async function sheet(): Promise<string> {
  const heads = ['序号', '培训时间', '培训名称', '培训地点', '形式', '参与人数（人次）', '参会企业', '统一社会信用代码'];
  const line = (number: number, people: string | number) => [number, { date: '2023-06-15' }, `从表格导入的培训第${number}场`, '会议室', '线下', people, '示例甲科技有限公司', '91990001000000019G'];
  const path = join(await mkdtemp(join(tmpdir(), 'fuwuyue-import-')), '培训台账.xlsx');
  await writeFile(path, await workbookBytes({ sheets: [{ name: '台账', columns: [], rows: [['培训台账'], heads, line(1, 20), line(2, '30人'), line(3, '很多')] }] }));
  return path;
}

describe('a sheet', () => {
  it.each(widths)('goes into the ledger and is taken back, at %i px', async (width) => {
    const { page, context, base, faults } = await stage.visit(clerk, { width });
    await page.goto(`${base}/ledger/import?kind=training`);
    await page.getByLabel('选择文件').setInputFiles(await sheet());
    await page.getByRole('button', { name: '上传', exact: true }).click();
    await page.getByRole('heading', { name: '核对各列的含义' }).waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await page.getByRole('button', { name: '确认，开始检查' }).click();
    await page.getByText('有问题的行（1）').waitFor();
    await expectAccessible(page);
    await expectNoSideways(page);
    await picture(page, `imports-check-${width}`);
    await page.getByRole('button', { name: '导入 2 行' }).click();
    await page.getByText('导入完成：新记录 2 条，修改 0 条。').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '撤销本次导入' }).click();
    await page.getByRole('button', { name: '撤销导入' }).click();
    await page.getByText('已撤销：2 条记录移到了回收站。').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });
});
