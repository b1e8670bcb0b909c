// Units over the real API: found, added, moved, ended and imported; and whatever happens to the tree, past figures stay what they were.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { type Country, openWorld, type World } from '../../testing/harness.ts';
import { act, attending, bringUp, edition, fillLedger, fillerOf, publicity, upperOf } from '../../testing/steps.ts';
import { type Cell, storedPackage, workbookOf } from '../../testing/workbook.ts';
import { recordActivity } from '../activities/contract.ts';
import { getMatrix, getTable } from '../figures/contract.ts';
import { rebuildFigures } from '../figures/queries.ts';
import { getReturnVersion } from '../returns/contract.ts';
import { addZone, findUnits, getUnit, importUnits, setReportingLine, succeedUnits } from './contract.ts';
import { refreshPlacements } from './queries.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type InTest = Country & { readonly tx: Tx };
const rolledBack = (run: (country: InTest) => Promise<void>) => async () => world.rolledBack(run)();

const codesOf = (units: readonly { readonly code: string }[]): string[] => units.map(({ code }) => code);
const childrenOf = async (country: Country, unitCode: string, of = edition) => codesOf((await country.as('clerk of 990101').call(getUnit, { edition: of, unitCode })).children);
const auditOf = async (tx: Tx, action: string) => tx.selectFrom('auditEvent').select(['unitCode', 'subjectId', 'before', 'after', 'basis', 'accountName']).where('action', '=', action).orderBy('subjectId').execute();
const tableOf = async (country: Country, unitCode: string, of = edition) => {
  const { own, jurisdiction, distinct } = await country.as(fillerOf(unitCode)).call(getTable, { edition: of, unitCode });
  return { own, jurisdiction, distinct };
};

/** A second edition, a year later. */
async function openNextYear({ tx }: InTest): Promise<string> {
  const code = '2024';
  const definition = JSON.stringify({ ...world.edition, code, window: { from: '2024-06-01', to: '2024-06-30' }, grace: { from: '2024-05-20', to: '2024-07-05' }, deadline: '2024-07-05T17:00:00.000+08:00' });
  await tx.insertInto('edition').values({ code, definition, digest: `test ${code}`, treeDate: '2024-06-30', closedAt: null, loadedAt: '2023-06-26T09:00:00.000+08:00' }).execute();
  await refreshPlacements(tx, code);
  return code;
}

describe('finding units', () => {
  it('answers names, short names and codes, the best first and upper ones before lower ones', rolledBack(async (country) => {
    const find = async (query: string, within?: string) => codesOf((await country.as('clerk of 990101').call(findUnits, { edition, query, ...(within === undefined ? {} : { within }) })).units);
    expect(await find('望月')).toEqual(['990101']);
    expect(await find('9901')).toEqual(['990100', '990101', '990102']);
    expect(await find('晴川')).toEqual(['990000', '990071']);
    expect(await find('晴川 望月')).toEqual(['990101']);
    expect(await find('东湖望月')).toEqual(['990101']);
    expect(await find('听', '990000')).toEqual(['990102']);
    expect(await find('听', '980000')).toEqual(['980101']);
    // Of two as good as each other the one in one's own province comes first.
    expect(await find('听', '000000')).toEqual(['990102', '980101']);
  }));

  it.each(['%', '_', '望%', "' or true --", '\\'])('takes %s for what it is', (query) => rolledBack(async (country) => {
    expect((await country.as('clerk of 990101').call(findUnits, { edition, query })).units).toEqual([]);
  })());

  it('tells nobody without a session', rolledBack(async (country) => {
    expect((await country.anyone().refusal(findUnits, { edition, query: '望月' })).code).toBe('not_signed_in');
  }));

  it('shows a unit with its line, what is below it and what one may do there', rolledBack(async (country) => {
    const city = await country.as('coordinator of 990000').call(getUnit, { edition, unitCode: '990100' });
    expect(city).toMatchObject({ unit: { name: '东湖市市场监督管理局', parentCode: '990000', depth: 2, validTo: null, successorCodes: [] } });
    expect([codesOf(city.line), codesOf(city.children)]).toEqual([['000000', '990000', '990100'], ['990101', '990102']]);
    expect(city.may).toContain('change_units');
    expect((await country.as('clerk of 980101').call(getUnit, { edition, unitCode: '990100' })).may).toEqual([]);
    expect((await country.as('clerk of 980101').refusal(getUnit, { edition, unitCode: '999999' })).code).toBe('not_found');
  }));
});

describe('a zone', () => {
  const zone = { name: '东湖经济技术开发区市场监管分局', placeCodes: ['990101', '990102'], validFrom: '2023-01-01' };

  it('is added below a city with a code, a place in the edition and a record; the province then says to whom it reports', rolledBack(async (country) => {
    const added = await country.as('coordinator of 990000').call(addZone, { unitCode: '990100', ...zone });
    expect(added).toMatchObject({ code: '990171', shortName: '东湖经济技术开发区', kind: 'zone', parentCode: '990100', depth: 3, placeCodes: ['990101', '990102'], demonstration: false });
    expect(await childrenOf(country, '990100')).toContain('990171');
    expect(codesOf((await country.as('clerk of 990101').call(findUnits, { edition, query: 'dhjj' })).units)).toEqual(['990171']);
    expect(await auditOf(country.tx, 'units.add_zone')).toMatchObject([{ unitCode: '990100', subjectId: '990171', accountName: 'coordinator of 990000' }]);
    const moved = await country.as('coordinator of 990000').call(setReportingLine, { unitCode: '990171', parentCode: '990000', validFrom: '2023-03-01', reason: '由省局直接管理' });
    expect(moved).toMatchObject({ parentCode: '990000', depth: 2 });
    expect(await childrenOf(country, '990100')).not.toContain('990171');
  }));

  it('begins with a later edition when it begins later, and can be seen until then', rolledBack(async (country) => {
    const added = await country.as('coordinator of 990000').call(addZone, { unitCode: '990000', ...zone, validFrom: '2023-07-01' });
    expect(added).toMatchObject({ code: '990072', parentCode: '990000', depth: 2 });
    expect(await childrenOf(country, '990000')).not.toContain('990072');
    expect(await country.as('coordinator of 990000').call(getUnit, { edition, unitCode: '990072' })).toMatchObject({ unit: { validFrom: '2023-07-01' } });
    expect(await childrenOf(country, '990000', await openNextYear(country))).toContain('990072');
  }));

  it.each([
    ['a coordinator of another province', 'coordinator of 980000', '990100', zone, 'not_permitted'],
    ['a clerk', 'clerk of 990100', '990100', zone, 'not_permitted'],
    ['a place nobody knows', 'coordinator of 990000', '990100', { ...zone, placeCodes: ['995555'] }, 'unknown_place'],
    ['a place in another province', 'coordinator of 990000', '990100', { ...zone, placeCodes: ['980101'] }, 'place_elsewhere'],
    ['a name that is taken', 'coordinator of 990000', '990100', { ...zone, name: '望月县市场监督管理局' }, 'duplicate'],
    ['a zone below a zone', 'coordinator of 990000', '990071', zone, 'zone_has_no_place_here'],
  ] as const)('is not added by or with %s', (_what, person, unitCode, input, expected) => rolledBack(async (country) => {
    const { code, details } = await country.as(person).refusal(addZone, { unitCode, ...input, placeCodes: [...input.placeCodes] });
    expect([code, details['rule']]).toContain(expected);
  })());
});

describe('a reporting line', () => {
  const move = { unitCode: '990101', parentCode: '990200', validFrom: '2023-01-01', reason: '行政区划调整' };

  it('takes a county with its figures to another city; the province and the nation count what they counted', rolledBack(async (country) => {
    for (const unitCode of ['990101', '990102', '990201']) await fillLedger(country, unitCode);
    const province = await tableOf(country, '990000');
    const nation = await tableOf(country, '000000');
    const county = await tableOf(country, '990101');
    await country.as('coordinator of 990000').call(setReportingLine, move);
    expect(await tableOf(country, '990000')).toEqual(province);
    expect(await tableOf(country, '000000')).toEqual(nation);
    expect(await tableOf(country, '990101')).toEqual(county);
    expect((await tableOf(country, '990100')).jurisdiction['publicity.sessions']).toMatchObject({ value: 1 });
    expect((await tableOf(country, '990200')).jurisdiction['publicity.sessions']).toMatchObject({ value: 2 });
    expect((await tableOf(country, '990200')).distinct).toMatchObject({ 'publicity.enterprises': 2 });
    const matrix = await country.as('coordinator of 990200').call(getMatrix, { edition, unitCode: '990200' });
    expect(codesOf(matrix.rows.map(({ unit }) => unit))).toEqual(['990101', '990201']);
    // What is kept is what a count from nothing gives.
    const kept = await country.tx.selectFrom('presence').selectAll().orderBy('enterpriseId').orderBy('slot').orderBy('unitCode').execute();
    await rebuildFigures(country.tx, edition);
    expect(await country.tx.selectFrom('presence').selectAll().orderBy('enterpriseId').orderBy('slot').orderBy('unitCode').execute()).toEqual(kept);
    // Whoever records from now on counts for the new city, and the new city's people see it.
    await country.as('clerk of 990101').call(recordActivity, { edition, unitCode: '990101', content: publicity({ title: '调整后', enterprises: attending(9) }) });
    expect((await tableOf(country, '990200')).jurisdiction['publicity.sessions']).toMatchObject({ value: 3 });
    expect(await auditOf(country.tx, 'units.set_reporting_line')).toMatchObject([
      { unitCode: '990101', basis: '行政区划调整', before: { lines: [{ parentCode: '990100', validTo: null }] }, after: { lines: [{ parentCode: '990100', validTo: '2023-01-01' }, { parentCode: '990200', validTo: null }] } },
    ]);
  }));

  it('waits while a return is on its way to whom the unit reports to now', rolledBack(async (country) => {
    await fillLedger(country, '990101');
    await bringUp(country, '990101');
    expect(await country.as('coordinator of 990000').refusal(setReportingLine, move)).toMatchObject({ code: 'refused_by_rule', details: { rule: 'return_under_way', edition } });
    // From a day behind the edition it is free, and changes nothing in it.
    await country.as('coordinator of 990000').call(setReportingLine, { ...move, validFrom: '2023-07-01' });
    expect(await childrenOf(country, '990100')).toContain('990101');
    await act(country, upperOf('990101'), '990101', { act: 'accept' });
  }));

  it.each([
    ['a city over its own county, since it is not over the other end', 'coordinator of 990100', move, 'not_permitted'],
    ['an administrator of another province', 'system_administrator of 980000', move, 'not_permitted'],
    ['a line across provinces', 'system_administrator of 000000', { ...move, parentCode: '980100' }, 'other_province'],
    ['a city below its county', 'coordinator of 990000', { ...move, unitCode: '990100', parentCode: '990101' }, 'parent_not_above'],
    ['the line there is', 'coordinator of 990000', { ...move, parentCode: '990100' }, 'line_unchanged'],
  ] as const)('is refused to %s', (_what, person, input, expected) => rolledBack(async (country) => {
    const { code, details } = await country.as(person).refusal(setReportingLine, input);
    expect([code, details['rule']]).toContain(expected);
    expect(await auditOf(country.tx, 'units.set_reporting_line')).toEqual([]);
  })());

  it('that makes a circle behind the rules is refused when the edition is placed', rolledBack(async (country) => {
    await country.tx.updateTable('unitLine').set({ parentCode: '990101' }).where('unitCode', '=', '990100').execute();
    await expect(refreshPlacements(country.tx, edition)).rejects.toMatchObject({ problem: { code: 'refused_by_rule', details: { rule: 'reporting_circle' } } });
  }));
});

describe('past figures', () => {
  it('stay what they were after a split, a merger and a move: tables, sealed versions and the tree of the closed edition', rolledBack(async (country) => {
    for (const unitCode of ['990101', '990102', '990201']) {
      await fillLedger(country, unitCode);
      await bringUp(country, unitCode);
      await act(country, upperOf(unitCode), unitCode, { act: 'accept' });
    }
    await bringUp(country, '990100');
    const units = ['000000', '990000', '990100', '990200', '990101', '990102', '990201'];
    const past = async () => ({
      tables: await Promise.all(units.map((unitCode) => tableOf(country, unitCode))),
      placements: await country.tx.selectFrom('placement').selectAll().where('editionCode', '=', edition).orderBy('unitCode').execute(),
      versions: await Promise.all(['990100', '990101', '990102'].map((unitCode) => country.as(fillerOf(unitCode)).call(getReturnVersion, { edition, unitCode, number: 1 }))),
    });
    const before = await past();
    expect(before.tables[2]?.jurisdiction['publicity.sessions']).toMatchObject({ value: 2 });
    await country.tx.updateTable('edition').set({ closedAt: '2023-07-08T00:00:00.000+08:00' }).where('code', '=', edition).execute();
    const next = await openNextYear(country);

    const upper = country.as('system_administrator of 000000');
    const coordinator = country.as('coordinator of 990000');
    const csv = '代码,名称,类别,上级代码,启用日期\n990103,望月北县市场监督管理局,县级,990100,2024-01-01\n990104,望月南县市场监督管理局,县级,990100,2024-01-01\n';
    expect((await upper.call(importUnits, { unitCode: '000000', fileName: '单位.csv' }, { bytes: Buffer.from(csv) })).applied).toBe(true);
    // A split, a move, and a city that goes with its counties into the other.
    const split = await coordinator.call(succeedUnits, { unitCode: '990101', successorCodes: ['990103', '990104'], endsOn: '2024-01-01', reason: '撤县分设' });
    expect(split).toMatchObject({ validTo: '2024-01-01', successorCodes: ['990103', '990104'] });
    await coordinator.call(setReportingLine, { unitCode: '990102', parentCode: '990000', validFrom: '2024-02-01', reason: '改为省直管县' });
    // Told late: it held before the closed edition was over, and yet changes nothing in it.
    await coordinator.call(setReportingLine, { unitCode: '990201', parentCode: '990100', validFrom: '2023-01-01', reason: '补登的调整' });
    await coordinator.call(succeedUnits, { unitCode: '990200', successorCodes: ['990100'], endsOn: '2024-03-01', reason: '两市合并' });

    expect(await refreshPlacements(country.tx, edition)).toEqual({ moved: [], added: [], removed: [] });
    expect(await past()).toEqual(before);
    expect(await childrenOf(country, '990100')).toEqual(['990101', '990102']);
    expect(await childrenOf(country, '990100', next)).toEqual(['990103', '990104', '990201']);
    expect(await childrenOf(country, '990000', next)).toEqual(['990071', '990100', '990102']);
    expect((await coordinator.call(getUnit, { edition: next, unitCode: '990101' })).unit).toMatchObject({ validTo: '2024-01-01', parentCode: '990100' });
    await rebuildFigures(country.tx, edition);
    expect(await past()).toEqual(before);
    expect((await auditOf(country.tx, 'units.succeed')).map(({ subjectId, basis }) => [subjectId, basis])).toEqual([['990101', '撤县分设'], ['990200', '两市合并']]);
    expect((await country.tx.selectFrom('activity').select('unitCode').where('unitCode', '=', '990101').execute()).length).toBeGreaterThan(0);
  }));

  it('keep their unit: nobody is ended in an edition that is open and has recorded something', rolledBack(async (country) => {
    const merge = { unitCode: '990101', successorCodes: ['990102'], endsOn: '2023-06-01', reason: '并入听松县' };
    await fillLedger(country, '990101');
    expect(await country.as('coordinator of 990000').refusal(succeedUnits, merge)).toMatchObject({ code: 'refused_by_rule', details: { rule: 'edition_under_way', edition } });
    await country.as('coordinator of 990000').call(succeedUnits, { ...merge, endsOn: '2023-07-01' });
    expect(await childrenOf(country, '990100')).toContain('990101');
    expect((await country.as('coordinator of 990000').refusal(succeedUnits, { ...merge, endsOn: '2023-07-01' })).details).toMatchObject({ rule: 'unit_ended' });
    expect((await country.as('coordinator of 990100').refusal(succeedUnits, { unitCode: '990100', successorCodes: ['990200'], endsOn: '2024-01-01', reason: '自行并入' })).code).toBe('not_permitted');
  }));
});

describe('importing', () => {
  const head = '代码,名称,类别,上级代码,启用日期';
  const fresh = '990103,龙门县市场监督管理局,县级,990100,2023-01-01';
  const send = (country: Country, bytes: Uint8Array, fileName = '单位.csv', dryRun: 'true' | 'false' = 'false') => country.as('system_administrator of 990000').call(importUnits, { unitCode: '990000', fileName, dryRun }, { bytes });
  const csv = (...lines: string[]) => Buffer.from([head, ...lines].join('\r\n'));
  const gbk = Buffer.from('b4fac2eb2cc3fbb3c62cc0e0b1f02cc9cfbcb6b4fac2eb2cc6f4d3c3c8d5c6da0d0a3939303130332cc1fac3c5cfd8cad0b3a1bce0b6bdb9dcc0edbed62ccfd8bcb62c3939303130302c323032332d30312d30310d0a', 'hex');
  const sheet: readonly (readonly Cell[])[] = [['代码', '名称', '类别', '上级代码', '启用日期'], [990103, '龙门县市场监督管理局', '县级', 990100, { xml: '<c s="1"><v>44927</v></c>' }]];

  it.each([
    ['CSV in UTF-8', csv(fresh), '单位.csv'],
    ['CSV in UTF-8 with its mark', Buffer.concat([Buffer.from('\ufeff'), csv(fresh)]), '单位.csv'],
    ['CSV in GBK', gbk, '单位.CSV'],
    ['text with tabs in UTF-16', Buffer.from(`\ufeff${csv(fresh).toString().replaceAll(',', '\t')}`, 'utf16le'), '单位.txt'],
    ['XLSX with numbers and a date', workbookOf(sheet), '单位.xlsx'],
  ])('takes %s', (_what, bytes, fileName) => rolledBack(async (country) => {
    const tried = await send(country, bytes, fileName, 'true');
    expect(tried).toMatchObject({ applied: false, counts: { new: 1, refused: 0 }, lines: [{ line: 2, code: '990103', name: '龙门县市场监督管理局', verdict: 'new', issues: [] }] });
    expect(await childrenOf(country, '990100')).not.toContain('990103');
    expect((await send(country, bytes, fileName)).applied).toBe(true);
    expect((await country.as('clerk of 990101').call(getUnit, { edition, unitCode: '990103' })).unit).toMatchObject({ shortName: '龙门县', kind: 'county', parentCode: '990100', validFrom: '2023-01-01' });
    expect(await send(country, bytes, fileName)).toMatchObject({ applied: false, counts: { same: 1 } });
    expect([(await auditOf(country.tx, 'units.try_import')).length, (await auditOf(country.tx, 'units.import')).length, (await auditOf(country.tx, 'units.add')).length]).toEqual([2, 1, 1]);
  })());

  it('changes names and lines of known units, with a record of each', rolledBack(async (country) => {
    const done = await send(country, csv('990101,望月市市场监督管理局,县级,990200,2023-01-01', '990102,听松县市场监督管理局,县级,990100,'));
    expect(done).toMatchObject({ applied: true, counts: { changed: 1, same: 1 } });
    expect((await country.as('clerk of 990101').call(getUnit, { edition, unitCode: '990101' })).unit).toMatchObject({ shortName: '望月市', parentCode: '990200' });
    expect(await auditOf(country.tx, 'units.rename')).toMatchObject([{ before: { name: '望月县市场监督管理局' }, after: { name: '望月市市场监督管理局' } }]);
    expect(await auditOf(country.tx, 'units.set_reporting_line')).toMatchObject([{ subjectId: '990101', basis: 'import' }]);
  }));

  it('changes nothing when one line of the sheet is refused', rolledBack(async (country) => {
    const before = await country.tx.selectFrom('unit').selectAll().orderBy('code').execute();
    const done = await send(country, csv(fresh, '990101,望月市市场监督管理局,县级,990200,2023-01-01', '990104,某县市场监督管理局,县级,980100,2023-01-01'));
    expect(done).toMatchObject({ applied: false, counts: { new: 1, changed: 1, refused: 1 }, lines: [{}, {}, { line: 4, verdict: 'refused', issues: [{ field: 'parentCode', rule: 'other_province' }] }] });
    expect(await country.tx.selectFrom('unit').selectAll().orderBy('code').execute()).toEqual(before);
    expect(await auditOf(country.tx, 'units.import')).toEqual([]);
  }));

  it('keeps what looks like a formula as the text it is', rolledBack(async (country) => {
    const name = '=HYPERLINK("http://a.example","望月")';
    const quoted = `990103,"${name.replaceAll('"', '""')}",县级,990100,2023-01-01`;
    expect((await send(country, csv(quoted))).applied).toBe(true);
    expect((await country.as('clerk of 990101').call(getUnit, { edition, unitCode: '990103' })).unit.name).toBe(name);
    const inSheet = workbookOf([sheet[0] ?? [], [990104, { xml: '<c t="str"><f>1+1</f><v>新河县市场监督管理局</v></c>' }, '县级', 990100, '2023-01-01']]);
    expect((await send(country, inSheet, '单位.xlsx')).lines).toMatchObject([{ verdict: 'new', name: '新河县市场监督管理局' }]);
  }));

  it('belongs to the administrator of the branch', rolledBack(async (country) => {
    for (const person of ['coordinator of 990000', 'system_administrator of 980000', 'system_administrator of 000000'] as const) {
      expect((await country.as(person).refusal(importUnits, { unitCode: '990000', fileName: '单位.csv' }, { bytes: csv(fresh) })).code).toBe('not_permitted');
    }
  }));

  // The directory says the last part unpacks to 2 GB.
  const swollen = Buffer.from(workbookOf(sheet));
  swollen.writeUInt32LE(2_000_000_000, swollen.lastIndexOf('PK\u0001\u0002', undefined, 'latin1') + 24);

  it.each([
    ['nothing', new Uint8Array(), '单位.csv', 'empty'],
    ['another kind of file', Buffer.from(head), '单位.pdf', 'type_not_allowed'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '单位.xls', 'type_not_allowed'],
    ['a workbook called CSV', workbookOf(sheet), '单位.csv', 'type_and_name_differ'],
    ['a CSV called workbook', csv(fresh), '单位.xlsx', 'type_and_name_differ'],
    ['bytes that are no text', Buffer.from([0x41, 0xff, 0xff, 0x00]), '单位.csv', 'file_unreadable'],
    ['a package that is no workbook', storedPackage({ 'a.xml': Buffer.from('<a/>') }), '单位.xlsx', 'file_unreadable'],
    ['a workbook that unpacks to gigabytes', swollen, '单位.xlsx', 'unpacks_too_large'],
    ['a workbook with macros', workbookOf(sheet, { 'xl/vbaProject.bin': new Uint8Array(4) }), '单位.xlsx', 'macros'],
  ])('refuses %s', (_what, bytes, fileName, reason) => rolledBack(async (country) => {
    expect(await country.as('system_administrator of 990000').refusal(importUnits, { unitCode: '990000', fileName }, { bytes })).toMatchObject({ code: 'file_refused', details: { reason } });
  })());

  it('refuses what is too large, and says when columns are missing', rolledBack(async (country) => {
    const large = Buffer.alloc(5 * 1024 * 1024 + 1, 0x61);
    expect((await country.as('system_administrator of 990000').refusal(importUnits, { unitCode: '990000', fileName: '单位.csv' }, { bytes: large })).code).toBe('too_large');
    expect(await send(country, Buffer.from('代码,名称\n990103,龙门县\n'))).toMatchObject({ applied: false, counts: { refused: 1 }, lines: [{ line: 1, issues: [{ rule: 'column_missing' }, {}, {}] }] });
  }));
});
