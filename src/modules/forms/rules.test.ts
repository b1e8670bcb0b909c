// The annex as data: the words of the printed notice, its dates and brackets, and how it fits a page.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../editions/model.ts';
import { datedLine, figureText, footLines, formFileName, formMeasuresOf, formPage, formSheetOf, linesOf, verifyPlace } from './rules.ts';

const read = (path: string) => editionDefinition.parse(JSON.parse(readFileSync(path, 'utf8')));
const edition = read('data/editions/2023.json');
const madeUp = read('src/testing/editions/made-up.json');
const asOf = '2023-07-05T10:00:00.000+08:00';
const receipt = { code: '2023-990101-1-7F3A-90C2', version: 1, sealedAt: asOf, address: 'https://fuwuyue.example/verify/2023-990101-1-7F3A-90C2' };
const filling = { unitName: '望月县市场监督管理局', figures: {}, receipt: null, demonstration: false, asOf };

describe('formSheetOf', () => {
  it('numbers ten rows of 17 cells as printed, the number once per row', () => {
    const { lines } = formSheetOf(edition, filling);
    expect(lines.filter(({ span }) => span > 0).map(({ row, span }) => [row, span])).toEqual([[1, 4], [2, 2], [3, 1], [4, 1], [5, 1], [6, 1], [7, 3], [8, 1], [9, 1], [10, 2]]);
    expect(lines.reduce((sum, { span }) => sum + span, 0)).toBe(17);
  });

  it('leaves the date blank in a draft and takes it from the seal after', () => {
    expect(formSheetOf(edition, filling).dateLine).toBe('年 月 日');
    expect(formSheetOf(edition, { ...filling, receipt }).dateLine).toBe('2023年7月5日');
    expect(datedLine('填报日期：', asOf)).toBe('填报日期：2023年7月5日');
  });

  it('says of a draft, of demonstration data and of a made-up edition what they are', () => {
    expect(footLines(formSheetOf(edition, filling))).toEqual(['草稿，未盖章，不作报送依据。']);
    expect(footLines(formSheetOf(edition, { ...filling, receipt }))).toEqual(['回执码 2023-990101-1-7F3A-90C2　第1版', '扫描二维码，或在 fuwuyue.example/verify 输入回执码，可核对本表是否为本系统中已盖章的版本。']);
    expect(formSheetOf(madeUp, { ...filling, demonstration: true }).marks).toEqual(['demonstration', 'unofficial']);
    expect(formSheetOf(edition, filling).marks).toEqual([]);
  });

  it('never holds a cell that the edition does not have: a province\'s own rows stay at home', () => {
    const { lines } = formSheetOf(edition, { ...filling, figures: { 'x.patents': 7, 'visit.enterprises': 3 } });
    expect(lines.map(({ code }) => code)).toEqual(edition.indicators.map(({ code }) => code));
    expect(lines.find(({ code }) => code === 'visit.enterprises')?.figure).toBe(3);
  });

  it('keeps the lines of every table in order, with spans that add up', () => {
    const rows = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(rows, (numbers) => {
      const indicators = numbers.map((row, index) => ({ code: `a.c${index}`, row, label: '项', unitWord: '个' }));
      const lines = linesOf(indicators, {});
      expect(lines.map(({ row }) => row)).toEqual(numbers);
      expect(lines.reduce((sum, { span }) => sum + span, 0)).toBe(numbers.length);
      for (const [index, { span, row }] of lines.entries()) expect(lines.slice(index, index + span).every((one) => one.row === row)).toBe(true);
    }));
  });
});

describe('what is printed', () => {
  it('has the figure inside the brackets, and nothing while blank', () => {
    expect(figureText({ figure: 1234567, unitWord: '人次' })).toBe('(1234567)人次');
    expect(figureText({ figure: 0, unitWord: '家' })).toBe('(0)家');
    expect(figureText({ figure: null, unitWord: '场次' })).toBe('()场次');
  });

  it('fits every shorter table on one page with room for the seal, and sets a long one over several', () => {
    const sheetOf = (count: number, label: string) => formSheetOf({ ...edition, indicators: Array.from({ length: count }, (_, index) => ({ ...edition.indicators[0], code: `a.c${index}`, row: index + 1, label })) as typeof edition.indicators }, filling);
    expect(formMeasuresOf(formSheetOf(edition, filling))).toMatchObject({ size: 14, onePage: true });
    expect(formMeasuresOf(formSheetOf(edition, filling)).sealRoom).toBeGreaterThan(30);
    expect(formMeasuresOf(sheetOf(22, '项目'))).toMatchObject({ size: 12, onePage: true });
    expect(formMeasuresOf(sheetOf(60, '项目')).onePage).toBe(false);
    expect(formMeasuresOf(sheetOf(17, '很长的项目名称'.repeat(8))).size).toBeLessThan(14);
  });

  it('names files after table, unit and version, without what a file system refuses', () => {
    expect(formFileName(formSheetOf(edition, { ...filling, receipt }), 'pdf')).toBe('首届“服务月”活动开展情况统计表_望月县市场监督管理局_第1版.pdf');
    expect(formFileName(formSheetOf(madeUp, { ...filling, unitName: 'a/b:c', demonstration: true }), 'docx')).toBe('示例活动情况表_a_b_c_草稿（演示）.docx');
  });

  it('prints where a receipt is typed in without its scheme and code', () => {
    expect(verifyPlace('https://fuwuyue.example:8443/verify/2023-1')).toBe('fuwuyue.example:8443/verify');
    expect(formPage.left + formPage.textWidth + formPage.right).toBe(formPage.width);
    expect(formPage.top + formPage.textHeight + formPage.bottom).toBe(formPage.height);
  });
});
