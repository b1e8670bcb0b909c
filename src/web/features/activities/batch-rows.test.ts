import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionDefinition, type EntryKind } from '../../../modules/editions/model.ts';
import { columnsOf, headerOf } from '../../../modules/imports/rules.ts';
import { type BatchRow, emptyRows, isBlank, mostRows, pasteAt, readRow, serverIssuesOf } from './batch-rows.ts';
import { readTsv } from './tsv.ts';

const definition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
function kindOf(code: string): EntryKind {
  const kind = definition.kinds.find((one) => one.code === code);
  if (kind === undefined) throw new Error(code);
  return kind;
}
const training = kindOf('training');
const visit = kindOf('visit');
const question = { definition, kind: training, register: new Map<string, string>(), now: '2023-06-20T23:59:59.999+08:00' };
const row = (cells: BatchRow['cells']): BatchRow => ({ key: 'r0', cells });

describe('a row', () => {
  it('is read as the entry form would read it', () => {
    const { content, issues } = readRow(row({ occurredOn: '6月5日', title: '商业秘密保护培训', place: '会议室', 'values.attendances': '1,200人', 'values.mode': '线上' }), question);
    expect(issues).toEqual([]);
    expect(content).toMatchObject({ kind: 'training', occurredOn: '2023-06-05', title: '商业秘密保护培训', values: { attendances: 1200, mode: 'online', days: 1 }, windowReason: null, evidence: [] });
  });

  it('takes what a new entry begins with where nothing is typed', () => expect(readRow(row({ title: '培训' }), question).content.values).toMatchObject({ mode: 'offline', days: 1 }));

  it('names the column of everything the server would refuse', () => {
    const { issues } = readRow(row({ occurredOn: '7月3日', 'values.attendances': '很多', 'values.mode': '现场' }), question);
    expect(issues.map(({ column, issue }) => [column, issue.rule])).toEqual([
      ['title', 'text_missing'], ['values.mode', 'unknown_choice'], ['values.attendances', 'not_number'], ['occurredOn', 'date_in_future'], ['windowReason', 'window_reason_missing'],
    ]);
  });

  it('says so when the date cannot be read', () => expect(readRow(row({ occurredOn: '上周', title: '培训', 'values.attendances': '1' }), question).issues).toEqual([{ column: 'occurredOn', issue: { path: 'content.occurredOn', rule: 'calendar_date' } }]));

  it('of a visit wants one enterprise', () => {
    const ofVisit = { ...question, kind: visit };
    expect(readRow(row({ occurredOn: '6/5', title: '走访', enterprises: '甲公司；乙公司' }), ofVisit).issues.map(({ column, issue }) => [column, issue.rule])).toEqual([['enterprises', 'one_enterprise']]);
    expect(readRow(row({ occurredOn: '6/5', title: '走访', enterprises: '甲公司' }), ofVisit)).toMatchObject({ issues: [], uncoded: 1 });
  });

  it('is blank with blanks only', () => expect([isBlank(row({ title: ' \u200b' })), isBlank(row({ title: '甲' }))]).toEqual([true, false]));
});

describe('a header row', () => {
  const columns = columnsOf(training, true);
  const found = (text: string) => headerOf(text.split('|'), columns)?.map((column) => column?.name ?? null) ?? null;
  it('finds columns by their words, whatever their order', () => expect(found('序号|培训名称|参与人数（人次）|日期|备注')).toEqual([null, 'title', 'values.attendances', 'occurredOn', 'note']));
  it('in English too', () => expect(found('Date|Title|Attendances')).toEqual(['occurredOn', 'title', 'values.attendances']));
  it('is not every row with one such word', () => expect([found('6月5日|培训|会议室'), found('名称|6月5日')]).toEqual([null, null]));
});

describe('a paste', () => {
  it('fills across and down from where one stands, and adds rows', () => {
    const pasted = pasteAt(emptyRows(2), { row: 1, column: 0 }, readTsv('6月5日\t甲\n6月6日\t乙'), training, false);
    expect(pasted.rows.map(({ cells }) => cells)).toEqual([{}, { occurredOn: '6月5日', title: '甲' }, { occurredOn: '6月6日', title: '乙' }]);
    expect(pasted).toMatchObject({ headed: false, cellsLost: 0, linesLost: 0, linesTaken: 2 });
    expect(new Set(pasted.rows.map(({ key }) => key)).size).toBe(3);
  });

  it('goes by its header, wherever one stands', () => {
    const pasted = pasteAt(emptyRows(1), { row: 0, column: 3 }, readTsv('序号\t活动名称\t日期\t观看量\n1\t甲\t6月5日\t300'), training, false);
    expect(pasted.rows.map(({ cells }) => cells)).toEqual([{ title: '甲', occurredOn: '6月5日', 'values.views': '300' }]);
    expect(pasted).toMatchObject({ headed: true, ignored: ['序号'], needsFolded: true, linesTaken: 1 });
  });

  it('says what found no place', () => {
    const last = columnsOf(training, false).length - 1;
    expect(pasteAt(emptyRows(1), { row: 0, column: last }, [['原因', '多', '']], training, false).cellsLost).toBe(1);
    const lines = Array.from({ length: mostRows + 5 }, (_, index) => [`6月${(index % 30) + 1}日`, '培训']);
    const pasted = pasteAt(emptyRows(10), { row: 0, column: 0 }, lines, training, false);
    expect([pasted.rows.length, pasted.linesLost]).toEqual([mostRows, 5]);
  });

  it('keeps the lines of a list of enterprises apart', () => {
    const columns = columnsOf(visit, false).map(({ name }) => name);
    const pasted = pasteAt(emptyRows(1), { row: 0, column: columns.indexOf('enterprises') }, readTsv('"甲公司\n乙公司"\tx'), visit, false);
    expect(readRow(pasted.rows[0] ?? row({}), { ...question, kind: visit }).content.enterprises).toHaveLength(2);
  });
});

describe('what the server says', () => {
  it('stands in the row that was sent', () => {
    const found = serverIssuesOf([{ path: 'contents.1.values.attendances', rule: 'too_many' }, { path: 'contents.1', rule: 'x' }, { path: 'edition', rule: 'y' }], ['r0', 'r4'], training);
    expect([...found]).toEqual([['r4', [
      { column: 'values.attendances', issue: { path: 'content.values.attendances', rule: 'too_many' } },
      { column: 'title', issue: { path: 'content', rule: 'x' } },
    ]]]);
  });
});
