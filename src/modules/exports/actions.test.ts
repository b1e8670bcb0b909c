// Lists taken out as files: what they hold is what the list shows, whoever may see it may take it, and each time is recorded.
import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/universal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentInputOf } from '../../shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../../shared/request.ts';
import type { Person } from '../../testing/country.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { partsOf, xmlFault } from '../../testing/packages.ts';
import { attending, bringUp, edition, fillLedger, publicity, training } from '../../testing/steps.ts';
import { deleteActivity, listActivities, recordActivity } from '../activities/contract.ts';
import { listAuditEvents } from '../audit/contract.ts';
import { getCell, getMatrix } from '../figures/contract.ts';
import { makeExport } from './contract.ts';
import type { ExportSubject } from './model.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
const rolledBack: World['rolledBack'] = (run) => () => world.rolledBack(run)();

type Subject = SentInputOf<typeof makeExport>['subject'];
const clerk: Person = 'clerk of 990101';
const county = '990101';

async function take(country: Country, person: Person, unitCode: string, subject: Subject, more: object = {}): Promise<{ bytes: Uint8Array; name: string; rows: number }> {
  const shape = requestOf(makeExport, { edition, unitCode, format: 'csv', subject, ...more });
  const headers = { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID() };
  const response = await country.as(person).raw(shape.path, { method: 'POST', headers, body: shape.body ?? '' });
  if (!response.ok) throw new Error(await response.text());
  return {
    bytes: new Uint8Array(await response.arrayBuffer()), rows: Number(response.headers.get('x-rows')),
    name: decodeURIComponent(response.headers.get('content-disposition') ?? '').replace("attachment; filename*=UTF-8''", ''),
  };
}

async function takeCsv(country: Country, person: Person, unitCode: string, subject: Subject, more: object = {}): Promise<string[][]> {
  return parse(Buffer.from((await take(country, person, unitCode, subject, more)).bytes).toString(), { bom: true });
}

async function takeSheets(country: Country, person: Person, unitCode: string, subject: Subject): Promise<{ sheet: string; data: unknown[][] }[]> {
  const { bytes } = await take(country, person, unitCode, subject, { format: 'xlsx' });
  for (const [name, text] of partsOf(bytes)) expect([name, xmlFault(text)]).toEqual([name, null]);
  return readWorkbook(new Uint8Array(bytes).buffer);
}

/** The column of a sheet or of lines by its head. */
const column = (lines: readonly (readonly unknown[])[], head: string): unknown[] => {
  const at = (lines[0] ?? []).indexOf(head);
  if (at < 0) throw new Error(`no column ${head} in ${JSON.stringify(lines[0])}`);
  return lines.slice(1).map((line) => line[at]);
};

describe('the ledger taken out', () => {
  it('holds what the list shows for the same search, in the same order, dates as dates and numbers as numbers', rolledBack(async (country) => {
    await fillLedger(country, county);
    const injected = publicity({ title: '=HYPERLINK("http://example.cn","点我")', place: '@地点', note: '+1+1', occurredOn: '2023-06-20', coHosts: ['990102'], enterprises: [...attending(7), { uscc: null, name: '-无码企业', reason: 'sole_trader' }] });
    await country.as(clerk).call(recordActivity, { edition, unitCode: county, content: injected });
    for (const filter of [{}, { kind: 'publicity' }, { from: '2023-06-16' }, { query: '测试企业1' }]) {
      const { activities } = await country.as(clerk).call(listActivities, { edition, unitCode: county, ...filter });
      const [info, sheet] = await takeSheets(country, clerk, county, { kind: 'ledger', filter });
      expect(column(sheet?.data ?? [], '记录编号')).toEqual(activities.map(({ id }) => id));
      expect(new Map(info?.data.slice(1) as [string, string][]).get('行数')).toBe(String(activities.length));
    }
    const [, sheet] = await takeSheets(country, clerk, county, { kind: 'ledger' });
    const lines = sheet?.data ?? [];
    const at = column(lines, '标题').indexOf(injected.title);
    const cell = (head: string): unknown => column(lines, head)[at];
    expect(JSON.stringify(cell('日期'))).toBe('"2023-06-20T00:00:00.000Z"');
    expect([cell('企业数'), cell('地点'), cell('备注'), cell('联合举办单位'), cell('企业')]).toEqual([2, '@地点', '+1+1', '听松县', expect.stringMatching(/^测试企业7（9199.{14}）；-无码企业（个体或个人）$/)]);
    const csv = await takeCsv(country, clerk, county, { kind: 'ledger' });
    expect(column(csv, '标题')).toContain(`'${injected.title}`);
    expect(column(csv, '企业数')).toContain('2');
  }));

  it('says on its first sheet who took what when, and is named so that it is found again', rolledBack(async (country) => {
    await fillLedger(country, county);
    const taken = await take(country, clerk, county, { kind: 'ledger', filter: { kind: 'publicity', query: '宣传' } }, { format: 'xlsx' });
    expect([taken.name, taken.rows]).toEqual(['望月县-2023-台账-20230626.xlsx', 1]);
    const [info] = await readWorkbook(new Uint8Array(taken.bytes).buffer);
    const said = new Map(info?.data.slice(1) as [string, string][]);
    expect([said.get('单位'), said.get('届次'), said.get('查找条件'), said.get('行数'), said.get('导出人'), said.get('导出时间'), said.get('数据类别')]).toEqual([
      '望月县市场监督管理局 990101', '首届 2023', expect.stringMatching(/^类别 .+；关键词 宣传$/), '1', clerk, '2023-06-26 09:00:00', '内部工作数据，含企业信息',
    ]);
    const english = await take(country, clerk, county, { kind: 'ledger' }, { language: 'en' });
    expect(Buffer.from(english.bytes).toString()).toContain('"No.","Date","Kind","Title"');
  }));

  it('is recorded with what was asked for and how many rows it had', rolledBack(async (country) => {
    await fillLedger(country, county);
    await take(country, clerk, county, { kind: 'ledger', filter: { kind: 'visit' } });
    const { events } = await country.as(clerk).call(listAuditEvents, { unitCode: county, subjectKind: 'export' });
    expect(events.map(({ action, subjectId, accountName, after }) => ({ action, subjectId, accountName, after }))).toEqual([
      { action: 'exports.make', subjectId: 'ledger', accountName: clerk, after: { format: 'csv', rows: 1, filter: { kind: 'visit' } } },
    ]);
  }));

  it('goes with the recycle bin and the enterprises served', rolledBack(async (country) => {
    await fillLedger(country, county);
    const { id } = await country.as(clerk).call(recordActivity, { edition, unitCode: county, content: training({ title: '将被删去', enterprises: attending(9) }) });
    await country.as(clerk).call(deleteActivity, { id, version: 1 });
    const bin = await takeCsv(country, clerk, county, { kind: 'bin' });
    expect([column(bin, '标题'), column(bin, '删除时间')]).toEqual([['将被删去'], ['2023-06-26 09:00:00']]);
    const enterprises = await takeCsv(country, clerk, county, { kind: 'enterprises' });
    expect(column(enterprises, '企业名称')).toEqual(['测试企业1', '测试企业2', '测试企业3', '测试企业4']);
    expect(column(enterprises, '服务次数')).toEqual(['3', '2', '1', '1']);
  }));
});

describe('figures taken out', () => {
  it('are those of the matrix, live and as submitted', rolledBack(async (country) => {
    await fillLedger(country, '990101');
    await fillLedger(country, '990102');
    await bringUp(country, '990101');
    const person: Person = 'coordinator of 990100';
    const { rows } = await country.as(person).call(getMatrix, { edition, unitCode: '990100' });
    const live = await takeCsv(country, person, '990100', { kind: 'matrix', basis: 'live' });
    const submitted = await takeCsv(country, person, '990100', { kind: 'matrix', basis: 'submitted' });
    expect(column(live, '单位')).toEqual(['望月县', '听松县', '本级', '辖区合计']);
    expect(column(live, '状态').slice(0, 2)).toEqual(['已报送', '填报中']);
    const codes = Object.keys(rows[0]?.live ?? {});
    const first = live[0]?.indexOf('台账记录数') ?? 0;
    for (const [index, row] of rows.entries()) {
      expect(live[index + 1]?.slice(first + 1).map(Number)).toEqual(world.edition.indicators.map(({ code }) => row.live[code] ?? 0));
      expect(submitted[index + 1]?.slice(first + 1)).toEqual(world.edition.indicators.map(({ code }) => (row.submitted === null ? '' : String(row.submitted[code] ?? 0))));
    }
    expect(codes.length).toBeGreaterThan(0);
    const ranking = await takeCsv(country, person, '990100', { kind: 'overview', basis: 'submitted', indicator: 'training.sessions' });
    expect([column(ranking, '单位'), column(ranking, '名次'), column(ranking, '已报单位占比（%）')]).toEqual([['望月县', '听松县'], ['1', ''], ['100', '0']]);
  }));

  it('go with the records behind a cell, whose adds sum to it', rolledBack(async (country) => {
    await fillLedger(country, county);
    await country.as(clerk).call(recordActivity, { edition, unitCode: county, content: publicity({ enterprises: attending(1, 5) }) });
    const indicator = 'publicity.enterprises';
    const cell = await country.as(clerk).call(getCell, { edition, unitCode: county, indicator });
    const lines = await takeCsv(country, clerk, county, { kind: 'cell', indicator });
    expect(column(lines, '计入').reduce<number>((sum, adds) => sum + Number(adds), 0)).toBe(cell.own.value);
    expect(column(lines, '记录编号')).toEqual(cell.records.map(({ id }) => id));
  }));
});

describe('lists taken out', () => {
  it('are the units below, the accounts of a unit, and its audit trail', rolledBack(async (country) => {
    expect(column(await takeCsv(country, 'system_administrator of 990100', '990100', { kind: 'units' }), '代码')).toEqual(['990100', '990101', '990102']);
    const accounts = await takeCsv(country, 'system_administrator of 990101', county, { kind: 'accounts' });
    expect(column(accounts, '角色')).toContain('审核人（望月县）');
    await fillLedger(country, county);
    const audit = await takeCsv(country, clerk, county, { kind: 'audit' });
    expect([...new Set(column(audit, '操作'))]).toEqual(['导出', '记入台账']);
  }));
});

describe('who may see a list may take it out, and nobody else', () => {
  const subjects: readonly ExportSubject[] = [
    { kind: 'ledger', filter: {} }, { kind: 'bin' }, { kind: 'enterprises' }, { kind: 'matrix', basis: 'live' }, { kind: 'overview', basis: 'live', indicator: null }, { kind: 'cell', indicator: 'training.sessions' },
    { kind: 'units' }, { kind: 'accounts' }, { kind: 'audit' },
  ];
  it.each<readonly [Person, string]>([
    ['clerk of 990101', 'ledger bin enterprises matrix overview cell units audit'], ['reviewer of 990101', 'ledger bin enterprises matrix overview cell units audit'], ['system_administrator of 990101', 'units accounts'],
    ['coordinator of 990100', 'matrix overview cell units accounts'], ['head of 990000', 'matrix overview cell units'], ['system_administrator of 990000', 'units accounts'], ['clerk of 990102', ''], ['coordinator of 980000', ''],
  ])('%s: %s', async (person, expected) => {
    await world.rolledBack(async (country) => {
      const taken: string[] = [];
      for (const subject of subjects) {
        const allowed = await take(country, person, county, subject).then(() => true, (error: Error) => {
          if (!error.message.includes('not_permitted')) throw error;
          return false;
        });
        if (allowed) taken.push(subject.kind);
      }
      expect(taken.join(' ')).toBe(expected);
      const { total } = await country.tx.selectFrom('auditEvent').select((of) => of.fn.countAll<number>().as('total')).where('action', '=', 'exports.make').executeTakeFirstOrThrow();
      expect(total).toBe(taken.length);
    })();
  });

  it('not without a session', rolledBack(async (country) => {
    expect((await country.anyone().refusal(makeExport, { edition, unitCode: county, format: 'csv', subject: { kind: 'units' } })).code).toBe('not_signed_in');
  }));
});
