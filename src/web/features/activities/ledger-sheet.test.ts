import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../modules/activities/model.ts';
import { editionDefinition } from '../../../modules/editions/model.ts';
import { activities as words } from '../../language/zh/activities.ts';
import { zh } from '../../language/zh.ts';
import { numbersOf } from './ledger-rows.ts';
import { sheetOf } from './ledger-sheet.ts';

const definition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const speech = { text: zh, words, units: new Map([['330100', '杭州市市场监督管理局']]) };

function entry(content: Partial<Activity['content']>): Activity {
  return {
    id: '33-1', editionCode: '2023', unitCode: '330110', version: 1, ledgerNo: 1, deletedAt: null, demonstration: false, createdByName: '张三', createdAt: '2023-07-08T09:30:00.000+08:00',
    changedAt: '2023-07-08T09:30:00.000+08:00', recordedLate: true, may: [],
    content: { kind: 'training', occurredOn: '2023-05-20', title: '培训', place: '', values: {}, enterprises: [], coHosts: [], windowReason: null, evidence: [], note: null, ...content },
  };
}

function asRecord(sheet: ReturnType<typeof sheetOf>, line: number): { readonly [column: string]: string | number } {
  return Object.fromEntries((sheet[0] ?? []).map((head, index) => [String(head), sheet[line]?.[index] ?? '']));
}

describe('the ledger as a sheet', () => {
  it('has the words of the edition, enterprises with codes, and its marks', () => {
    const sheet = sheetOf(definition, [entry({
      values: { attendances: 56, mode: 'online' }, coHosts: ['330100', '330200'],
      enterprises: [{ uscc: '91993202800032019Y', name: '甲公司', reason: null }, { uscc: null, name: '乙商户', reason: 'sole_trader' }],
    })], speech);
    expect(asRecord(sheet, 1)).toMatchObject({
      序号: 1, 日期: '2023-05-20', 类别: '能力提升培训', 形式: '线上', '参与人数（人次）': 56, 企业数: 2, 企业: '甲公司（91993202800032019Y）；乙商户（个体或个人）',
      联合举办单位: '杭州市市场监督管理局；330200', 录入时间: '2023-07-08 09:30:00', 标记: '补录；窗口外',
    });
  });

  it('has one column for what several kinds call the same, and none for kinds that are not on it', () => {
    const sheet = sheetOf(definition, [entry({ values: { mode: 'offline' } }), entry({ kind: 'symposium', values: { mode: 'mixed', attendances: 3 } })], speech);
    const heads = (sheet[0] ?? []).map(String);
    expect(heads.filter((head) => head === '形式' || head === '参与人数（人次）')).toEqual(['形式', '参与人数（人次）']);
    expect(heads.some((head) => head.startsWith('发放份数'))).toBe(false);
    expect(asRecord(sheet, 2)).toMatchObject({ 序号: 2, 类别: '座谈会', 形式: '线上线下结合', '参与人数（人次）': 3 });
    expect(new Set(sheet.map((line) => line.length)).size).toBe(1);
  });
});

describe('the numbers of a line', () => {
  it('are those of its kind that were filled in, without what the form folds away', () => {
    const training = definition.kinds.find(({ code }) => code === 'training');
    expect(numbersOf(training, { values: { attendances: 5, views: 9, mode: 'online' } }).map(({ field, value }) => [field.code, value])).toEqual([['attendances', 5]]);
    expect(numbersOf(undefined, { values: { attendances: 5 } })).toEqual([]);
  });
});
