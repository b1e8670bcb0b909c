// The real tree as data, placement without circles, lines and successions by date, finding by what was typed, sheets line by line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enforce } from '../../shared/decision.ts';
import { readCountryFile } from './files.ts';
import type { UnitKind } from './model.ts';
import { soundOf } from './pinyin.ts';
import { type DatedUnit, decideLine, decideSuccession, decideZoneCode, holdsOn, mayReportTo, type Named, rankOf, type ReportingLine, termsOf } from './rules.ts';
import { dateIn, judgeSheet, type KnownUnit, readLines, shortNameOf } from './rules/sheet.ts';
import { type Member, placeMembers } from './rules/tree.ts';

const { units, places } = await readCountryFile();
const unitOf = new Map(units.map((unit) => [unit.code, unit]));
const members: Member[] = units.map(({ code, parentCode }) => ({ code, parentCode, provinceCode: Number(code.slice(0, 2)) }));

describe('the real tree', () => {
  it('has the nation, 31 provinces, 兵团 with its 14 divisions, and every prefecture and county once', () => {
    const kinds = new Map<UnitKind, number>();
    for (const { kind } of units) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(kinds)).toEqual({ nation: 1, province: 31, xpcc: 1, prefecture: 333 + 14, county: 2836 });
    expect(unitOf.size).toBe(units.length);
    expect(units.filter(({ parentCode }) => parentCode === '660000')).toHaveLength(14);
  });

  it('puts each unit below one that may stand above it', () => {
    const wrong = units.filter(({ kind, parentCode }) => (parentCode === null ? kind !== 'nation' : !mayReportTo(kind, unitOf.get(parentCode)?.kind ?? kind)));
    expect(wrong).toEqual([]);
  });

  it('gives every place to exactly the units that report for it', () => {
    const known = new Set(places.map(({ code }) => code));
    expect(units.flatMap(({ placeCodes }) => placeCodes).filter((code) => !known.has(code))).toEqual([]);
    const reported = new Set(units.filter(({ code }) => !code.endsWith('0000')).flatMap(({ placeCodes }) => placeCodes));
    expect(places.map(({ code }) => code).filter((code) => !code.endsWith('0000') && !reported.has(code))).toEqual(['460302', '460303']);
  });

  it.each([
    ['110105', '北京市朝阳区市场监督管理局', '110000'],
    ['330110', '杭州市余杭区市场监督管理局', '330100'],
    ['330122', '桐庐县市场监督管理局', '330100'],
    ['500229', '城口县市场监督管理局', '500000'],
    ['429021', '神农架林区市场监督管理局', '420000'],
    ['441900', '东莞市市场监督管理局', '440000'],
    ['620200', '嘉峪关市市场监督管理局', '620000'],
    ['660800', '新疆生产建设兵团第八师石河子市市场监督管理局', '660000'],
    ['120000', '天津市市场监督管理委员会', '000000'],
  ])('%s is %s and reports to %s', (code, name, parentCode) => {
    expect(unitOf.get(code)).toMatchObject({ name, parentCode });
  });

  it.each(['110100', '310100', '500200', '659001', '460302', '810000', '820000', '710000'])('has no unit %s', (code) => expect(unitOf.has(code)).toBe(false));

  it.each([
    ['重庆市', 'chongqingshi', 'cqs'], ['六合区', 'luhequ', 'lhq'], ['蔚县', 'yuxian', 'yx'], ['喀什市', 'kashishi', 'kss'], ['吕梁市', 'lvliangshi', 'lls'], ['第八师石河子市', 'dibashishihezishi', 'dbsshzs'],
  ])('%s sounds %s', (name, pinyin, initials) => expect(soundOf(name)).toEqual({ pinyin, initials }));
});

describe('placement', () => {
  const placed = enforce(placeMembers(members, '000000'));

  it('puts every unit at its depth, behind its parent, with those above it', () => {
    expect(placed).toHaveLength(units.length);
    expect(placed.find(({ unitCode }) => unitCode === '330110')).toMatchObject({ depth: 3, p1: '330000', p2: '330100', p3: '330110' });
    expect(placed.find(({ unitCode }) => unitCode === '310115')).toMatchObject({ depth: 2, p1: '310000', p2: '310115', p3: null });
    expect(placed[0]).toMatchObject({ unitCode: '000000', depth: 0, p1: null });
    const order = new Map(placed.map(({ unitCode }, index) => [unitCode, index]));
    expect(placed.filter(({ unitCode, parentCode }) => parentCode !== null && (order.get(parentCode) ?? 0) >= (order.get(unitCode) ?? 0))).toEqual([]);
  });

  it.each([
    ['a circle', [{ code: '330100', parentCode: '330110' }], 'reporting_circle'],
    ['a unit above the nation', [{ code: '000000', parentCode: '330000' }], 'reporting_circle'],
    ['a unit that reports to nobody', [{ code: '330110', parentCode: null }], 'parent_not_in_tree'],
    ['a unit of another province', [{ code: '330110', parentCode: '310000' }], 'other_province'],
    ['a fifth level', [{ code: '330122', parentCode: '330110' }, { code: '330182', parentCode: '330122' }], 'too_deep'],
  ])('refuses %s', (_what, changes, rule) => {
    const changed = new Map<string, string | null>(changes.map(({ code, parentCode }) => [code, parentCode]));
    const decision = placeMembers(members.map((member) => (changed.has(member.code) ? { ...member, parentCode: changed.get(member.code) ?? null } : member)), '000000');
    expect(decision).toMatchObject({ ok: false, problem: { details: { rule } } });
  });

  it('never loops and never invents a line, whatever reports to whom', () => {
    const codes = ['000000', '990000', '990100', '990101', '990102', '990200'];
    fc.assert(
      fc.property(fc.array(fc.option(fc.constantFrom(...codes)), { minLength: 6, maxLength: 6 }), (parents) => {
        const tree = codes.map((code, index): Member => ({ code, provinceCode: Number(code.slice(0, 2)), parentCode: parents[index] ?? null }));
        const decision = placeMembers(tree, '000000');
        if (!decision.ok) return;
        const byCode = new Map(decision.value.map((unit) => [unit.unitCode, unit]));
        for (const unit of decision.value) {
          const parent = unit.parentCode === null ? undefined : byCode.get(unit.parentCode);
          expect(unit.depth).toBe(parent === undefined ? 0 : parent.depth + 1);
          expect(unit.sort.startsWith(parent === undefined || parent.depth === 0 ? '' : parent.sort)).toBe(true);
        }
      }),
    );
  });
});

const dated = (code: string, kind: UnitKind, over: Partial<DatedUnit> = {}): DatedUnit => ({ code, kind, provinceCode: Number(code.slice(0, 2)), validFrom: '2000-01-01', validTo: null, ...over });
const county = dated('990101', 'county');
const city = dated('990200', 'prefecture');
const line = (parentCode: string, validFrom: string, validTo: string | null = null): ReportingLine => ({ parentCode, validFrom, validTo });
const since2000 = [line('990100', '2000-01-01')];

describe('a reporting line', () => {
  const facts = { unit: county, parent: city, lines: since2000, from: '2024-01-01', underWay: null };

  it('ends one day and begins another, without a gap and without both', () => {
    expect(decideLine(facts)).toEqual({ ok: true, value: [line('990100', '2000-01-01', '2024-01-01'), line('990200', '2024-01-01')] });
  });

  it.each([
    ['two at once', { parent: dated('990100', 'prefecture') }, 'line_unchanged'],
    ['to itself', { parent: county }, 'parent_not_above'],
    ['to a unit of its own level', { parent: dated('990102', 'county') }, 'parent_not_above'],
    ['into another province', { parent: dated('980100', 'prefecture') }, 'other_province'],
    ['to a unit that has ended', { parent: { ...city, validTo: '2023-01-01' } }, 'parent_not_valid'],
    ['to a unit that will end', { parent: { ...city, validTo: '2030-01-01' } }, 'parent_not_valid'],
    ['before the parent began', { parent: { ...city, validFrom: '2025-01-01' } }, 'parent_not_valid'],
    ['after its own end', { unit: { ...county, validTo: '2023-01-01' } }, 'unit_not_valid'],
    ['while its return is on its way', { underWay: '2023' }, 'return_under_way'],
    ['of the nation', { unit: dated('000000', 'nation') }, 'nation_reports_to_nobody'],
  ])('is not drawn %s', (_what, over, rule) => {
    expect(decideLine({ ...facts, ...over })).toMatchObject({ ok: false, problem: { code: 'refused_by_rule', details: { rule } } });
  });

  it('holds for exactly one parent on every day, however often it is set, and never changes the days before', () => {
    const parents = [city, dated('990100', 'prefecture'), dated('990000', 'province')];
    const day = fc.integer({ min: 2001, max: 2040 }).map((year) => `${year}-03-01`);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...parents), day), { maxLength: 12 }), (changes) => {
        let lines: readonly ReportingLine[] = since2000;
        const on = (date: string) => lines.filter((one) => holdsOn(one, date)).map(({ parentCode }) => parentCode);
        for (const [parent, from] of changes) {
          const before = Array.from({ length: 41 }, (_, index) => `${2000 + index}-02-01`).filter((date) => date < from).map((date) => [date, on(date)] as const);
          const decision = decideLine({ unit: county, parent, lines, from, underWay: null });
          if (!decision.ok) continue;
          lines = decision.value;
          for (const [date, holding] of before) expect(on(date)).toEqual(holding);
          expect(on(from)).toEqual([parent.code]);
          expect(on('2099-01-01')).toEqual([parent.code]);
        }
        for (let year = 2000; year < 2045; year += 1) expect(on(`${year}-06-01`)).toHaveLength(1);
        expect(new Set(lines.map(({ validFrom }) => validFrom)).size).toBe(lines.length);
      }),
    );
  });
});

describe('a zone', () => {
  it('gets four digits of its parent and 71 to 80 first, never a code that was taken', () => {
    const parent = dated('990100', 'prefecture');
    expect(decideZoneCode(parent, '2024-01-01', new Set())).toEqual({ ok: true, value: '990171' });
    const taken = new Set(Array.from({ length: 10 }, (_, index) => `9901${71 + index}`));
    expect(decideZoneCode(parent, '2024-01-01', taken)).toEqual({ ok: true, value: '990190' });
    const all = new Set(Array.from({ length: 29 }, (_, index) => `9901${71 + index}`));
    expect(decideZoneCode(parent, '2024-01-01', all)).toMatchObject({ problem: { details: { rule: 'no_zone_codes_left' } } });
  });

  it.each(['nation', 'zone'] as const)('has no place below a %s', (kind) => {
    expect(decideZoneCode(dated('990071', kind), '2024-01-01', new Set())).toMatchObject({ problem: { details: { rule: 'zone_has_no_place_here' } } });
  });
});

describe('a succession', () => {
  const facts = { unit: county, successors: [dated('990102', 'county')], below: [], endsOn: '2024-01-01', recordedIn: null };

  it.each([
    ['a merger', {}, { follow: null }],
    ['a split', { successors: [dated('990102', 'county'), dated('990103', 'county')] }, { follow: null }],
    ['a city whose counties go along', { unit: dated('990100', 'prefecture'), successors: [city], below: [county] }, { follow: '990200' }],
  ])('may be %s', (_what, over, value) => expect(decideSuccession({ ...facts, ...over })).toEqual({ ok: true, value }));

  it.each([
    ['itself', { successors: [county] }, 'successor_is_itself'],
    ['one twice', { successors: [city, city] }, 'successor_twice'],
    ['a unit of another province', { successors: [dated('980101', 'county')] }, 'other_province'],
    ['a unit that does not exist yet', { successors: [dated('990102', 'county', { validFrom: '2024-06-01' })] }, 'successor_not_valid'],
    ['a unit that ends itself', { successors: [dated('990102', 'county', { validTo: '2025-01-01' })] }, 'successor_not_valid'],
    ['anybody while an edition counts it', { recordedIn: '2023' }, 'edition_under_way'],
    ['several while units report to it', { unit: dated('990100', 'prefecture'), successors: [city, dated('990300', 'prefecture')], below: [county] }, 'units_below'],
    ['a unit that reports to it', { unit: dated('990100', 'prefecture'), successors: [county], below: [county] }, 'units_below'],
    ['anybody before it began', { endsOn: '2000-01-01' }, 'unit_not_valid'],
    ['anybody, being the nation', { unit: dated('000000', 'nation') }, 'nation_has_no_successor'],
  ])('is not given to %s', (_what, over, rule) => {
    expect(decideSuccession({ ...facts, ...over })).toMatchObject({ ok: false, problem: { details: { rule } } });
  });

  it('comes once', () => expect(decideSuccession({ ...facts, unit: { ...county, validTo: '2023-01-01' } })).toMatchObject({ problem: { details: { rule: 'unit_ended' } } }));
});

describe('finding', () => {
  const named: Named[] = units.map(({ code, name, shortName, parentCode }) => {
    const parent = parentCode === null ? undefined : unitOf.get(parentCode);
    const above = [parent?.parentCode === '000000' || parent === undefined ? '' : (unitOf.get(parent.parentCode ?? '')?.shortName ?? ''), parentCode === '000000' ? '' : (parent?.shortName ?? '')].join('');
    return { code, name, shortName, ...soundOf(shortName), above };
  });
  const best = (query: string): string[] => {
    const ranked = named.flatMap((unit) => {
      const rank = rankOf(termsOf(query), unit);
      return rank === null ? [] : [{ unit, rank }];
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ unit }) => unit.code);
  };

  it.each([
    ['余杭', '330110'], ['余杭区', '330110'], ['330110', '330110'], ['33011', '330110'], ['yuhang', '330110'], ['YuHang', '330110'], ['yhq', '330110'], ['杭州余杭', '330110'], ['浙江 余杭', '330110'],
    ['杭州市余杭区市场监督管理局', '330110'], ['３３０１１０', '330110'], ['长春 朝阳', '220104'], ['长春朝阳', '220104'], ['石河子', '660800'], ['浙江', '330000'], ['zjs', '330000'], ['全国', '000000'],
  ])('%s leads to %s', (query, code) => expect(best(query).slice(0, 6)).toContain(code));

  it.each(['%', '_', '杭%', 'zzzz', '\\', "'", '浙江 zzzz', '火星'])('%s finds nothing', (query) => expect(best(query)).toEqual([]));

  it('finds every unit by its code, its name and its sound', () => {
    fc.assert(
      fc.property(fc.constantFrom(...named), (unit) => {
        expect(best(unit.code)[0]).toBe(unit.code);
        for (const query of [unit.name, unit.shortName, unit.pinyin]) expect(best(query)).toContain(unit.code);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a sheet', () => {
  const known = (unit: DatedUnit, name: string, lines: readonly ReportingLine[]): [string, KnownUnit] => [unit.code, { ...unit, name: `${name}市场监督管理局`, shortName: name, lines }];
  const tree = new Map([
    known(dated('000000', 'nation'), '全国', []), known(dated('990000', 'province'), '晴川省', [line('000000', '2000-01-01')]), known(dated('990100', 'prefecture'), '东湖市', [line('990000', '2000-01-01')]),
    known(city, '西岭市', [line('990000', '2000-01-01')]), known(county, '望月县', since2000), known(dated('980000', 'province'), '远海省', [line('000000', '2000-01-01')]),
    known(dated('990109', 'county', { validTo: '2020-01-01' }), '旧县', [line('990100', '2000-01-01', '2020-01-01')]),
  ]);
  const head = ['代码', '名称', '类别', '上级代码', '启用日期'];
  const judge = (...rows: string[][]) => judgeSheet(readLines([head, ...rows]).lines, { units: tree, root: '990000', underWay: (code) => (code === '990101' ? null : '2023') });

  it('adds, renames, moves and leaves alone', () => {
    const plan = judge(
      ['990103', '东湖市新城区市场监督管理局', '县级', '990100', '2024/1/5'],
      ['990171', '东湖高新区管委会市场监管分局', '功能区', '990103', '2024-02-01'],
      ['990101', '望月市市场监督管理局', '县级', '990200', '2024年1月1日'],
      ['990200', '西岭市市场监督管理局', '地级', '990000', ''],
    );
    expect(plan.lines.map(({ verdict, issues }) => [verdict, issues])).toEqual([['new', []], ['new', []], ['changed', []], ['same', []]]);
    expect(plan.added).toMatchObject([{ code: '990103', shortName: '新城区', validFrom: '2024-01-05' }, { code: '990171', kind: 'zone', parentCode: '990103' }]);
    expect(plan.lines[2]?.changes).toEqual([{ field: 'name', from: '望月县市场监督管理局', to: '望月市市场监督管理局' }, { field: 'parentCode', from: '990100', to: '990200' }]);
    expect(plan.moved).toEqual([{ code: '990101', lines: [line('990100', '2000-01-01', '2024-01-01'), line('990200', '2024-01-01')] }]);
  });

  it.each([
    ['a code that is no code', ['99010', '某县市场监督管理局', '县级', '990100', '2024-01-01'], 'code', 'unit_code'],
    ['a kind nobody knows', ['990103', '某县市场监督管理局', '乡级', '990100', '2024-01-01'], 'kind', 'unknown_unit_kind'],
    ['a parent nobody knows', ['990103', '某县市场监督管理局', '县级', '999900', '2024-01-01'], 'parentCode', 'unknown_unit'],
    ['a parent of the same level', ['990103', '某县市场监督管理局', '县级', '990101', '2024-01-01'], 'parentCode', 'parent_not_above'],
    ['a parent in another province', ['990103', '某县市场监督管理局', '县级', '980000', '2024-01-01'], 'parentCode', 'other_province'],
    ['a branch that is not the caller\'s', ['980300', '某市市场监督管理局', '地级', '980000', '2024-01-01'], 'parentCode', 'outside_branch'],
    ['no date for a new unit', ['990103', '某县市场监督管理局', '县级', '990100', ''], 'validFrom', 'calendar_date'],
    ['a day that does not exist', ['990103', '某县市场监督管理局', '县级', '990100', '2023-02-30'], 'validFrom', 'calendar_date'],
    ['a date before the parent began', ['990103', '某县市场监督管理局', '县级', '990100', '1999-01-01'], 'validFrom', 'parent_not_valid'],
    ['a code of another level', ['990300', '某县市场监督管理局', '县级', '990100', '2024-01-01'], 'code', 'code_not_of_kind'],
    ['a code that has ended', ['990109', '旧县市场监督管理局', '县级', '990100', '2024-01-01'], 'code', 'code_ended'],
    ['another kind for a known unit', ['990101', '望月县市场监督管理局', '功能区', '990100', '2024-01-01'], 'kind', 'kind_fixed'],
    ['a move without a date', ['990101', '望月县市场监督管理局', '县级', '990200', ''], 'validFrom', 'calendar_date'],
    ['a name too short', ['990103', '县', '县级', '990100', '2024-01-01'], 'name', 'text_too_short'],
    ['a name that writes backwards', ['990103', '某县\u202e市场监督管理局', '县级', '990100', '2024-01-01'], 'name', 'unprintable_characters'],
    ['itself', ['990000', '晴川新省市场监督管理局', '省级', '000000', ''], 'code', 'outside_branch'],
  ])('refuses %s', (_what, row, field, rule) => {
    const plan = judge(row);
    expect(plan.lines).toMatchObject([{ line: 2, verdict: 'refused', issues: [{ field, rule }] }]);
    expect([...plan.added, ...plan.renamed, ...plan.moved]).toEqual([]);
  });

  it('refuses a code that stands twice, both times', () => {
    const row = ['990103', '某县市场监督管理局', '县级', '990100', '2024-01-01'];
    expect(judge(row, row).lines.map(({ issues }) => issues)).toEqual([[{ field: 'code', rule: 'code_twice' }], [{ field: 'code', rule: 'code_twice' }]]);
  });

  it('finds its columns by their heads, and says which are missing', () => {
    expect(readLines([[], ['启用日期', '上级代码', '备注', '名称', '类别', '代码'], ['2024.1.2', '990100', 'x', '某县市场监督管理局', '县级', '990103']]).lines).toEqual([
      { line: 3, code: '990103', name: '某县市场监督管理局', kind: '县级', parentCode: '990100', validFrom: '2024-01-02' },
    ]);
    expect(readLines([['代码', '名称']]).fault?.issues.map(({ field, rule }) => [field, rule])).toEqual([['kind', 'column_missing'], ['parentCode', 'column_missing'], ['validFrom', 'column_missing']]);
    expect(readLines([head]).fault?.issues[0]?.rule).toBe('sheet_without_lines');
    expect(readLines([head, ...Array.from({ length: 4001 }, () => ['1'])]).fault).toMatchObject({ line: 4002, issues: [{ rule: 'too_many_lines' }] });
  });

  it.each([['2024-1-5', '2024-01-05'], ['2024/01/05', '2024-01-05'], ['2024.1.5', '2024-01-05'], ['2024年1月5日', '2024-01-05'], ['20240105', '2024-01-05'], ['明年', '明年']])('reads %s as %s', (text, date) => expect(dateIn(text)).toBe(date));

  it.each([
    ['杭州市余杭区市场监督管理局', '杭州市', '余杭区'], ['桐庐县市场监督管理局', '杭州市', '桐庐县'], ['某某经济技术开发区市场监管分局', '杭州市', '某某经济技术开发区'], ['市场监督管理局', '杭州市', '市场监督管理局'],
  ])('calls %s below %s shortly %s', (name, parent, short) => expect(shortNameOf(name, parent)).toBe(short));
});
