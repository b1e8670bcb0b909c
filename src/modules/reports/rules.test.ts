// Reports: rounding, numbering, blanks, and that a text shows exactly the numbers it is bound to.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../editions/model.ts';
import { type Block, type BoundFigure, type FigureTable, type ReportDocument, reportDocument, type Run } from './model.ts';
import { blanksOf, changesOf, chineseNumber, dateText, figureText, keyOf, normalRuns, numbersOf, numberOf, roundedText, shownBy, textOf, unknownNumber } from './rules.ts';
import { type DraftInput, draftOf, type LedgerFacts } from './rules/drafting.ts';
import { resolveReport } from './rules/resolved.ts';

const edition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const codes = edition.indicators.map(({ code }) => code);

describe('a rounded number', () => {
  it.each([
    [0, '0'], [7, '7'], [99, '99'], [100, '100'], [101, '100余'], [237, '230余'], [240, '240'], [999, '990余'], [1000, '1000'], [1237, '1200余'], [1200, '1200'], [9999, '9900余'],
    [10_000, '1万'], [10_001, '1万余'], [12_370, '1.2万余'], [12_000, '1.2万'], [99_999, '9.9万余'], [100_000, '10万'], [123_456, '12万余'], [120_000, '12万'],
    [1_234_567, '123万余'], [99_999_999, '9999万余'], [100_000_000, '1亿'], [123_456_789, '1.2亿余'],
  ])('of %d reads %s', (value, text) => expect(roundedText(value)).toBe(text));

  it('is never more than the number, never a tenth below it, and has 余 exactly when digits are left out', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (value) => {
      const text = roundedText(value);
      const [, digits = '', unit = '', more = ''] = /^([\d.]+)(万|亿)?(余)?$/.exec(text) ?? [];
      const said = Math.round(Number(digits) * ({ 万: 10_000, 亿: 100_000_000 }[unit] ?? 1));
      expect(said).toBeLessThanOrEqual(value);
      expect(value - said).toBeLessThanOrEqual(value / 10);
      expect(more === '余').toBe(said !== value);
    }));
  });
});

describe('numbering', () => {
  const heading = (level: 1 | 2 | 3 | 4): Block => ({ type: 'heading', level, runs: [] });

  it('counts each level within the one above', () => {
    expect(numbersOf([heading(1), heading(2), heading(3), heading(4), heading(4), heading(3), heading(2), heading(1), heading(2)])).toEqual(
      ['一、', '（一）', '1.', '（1）', '（2）', '2.', '（二）', '二、', '（一）'],
    );
  });

  it('numbers pictures and tables that have a caption', () => {
    expect(numbersOf([{ type: 'picture', evidence: '99-1', caption: '' }, { type: 'own_table', caption: '', rows: [['a']] }, { type: 'annex_table', caption: '统计表' }, { type: 'picture', evidence: '99-2', caption: '' }])).toEqual(['图1', '', '表1', '图2']);
  });

  it.each([[1, '一'], [10, '十'], [11, '十一'], [20, '二十'], [21, '二十一'], [99, '九十九'], [100, '100']])('%d is %s', (value, text) => expect(chineseNumber(value)).toBe(text));

  it('writes dates without leading zeros', () => expect(dateText('2023-07-05')).toBe('2023年7月5日'));
});

const cell = fc.record({ value: fc.nat(3_000_000), times: fc.option(fc.nat(3_000_000)) });
const tables: fc.Arbitrary<FigureTable> = fc.record({
  basis: fc.constantFrom('sealed' as const, 'live' as const), version: fc.constant(1),
  own: fc.dictionary(fc.constantFrom(...codes), cell), jurisdiction: fc.dictionary(fc.constantFrom(...codes), cell), units: fc.constant([]),
});
const figures: fc.Arbitrary<BoundFigure> = fc.record({ indicator: fc.constantFrom(...codes), scope: fc.constantFrom('own' as const, 'jurisdiction' as const), form: fc.constantFrom('exact' as const, 'rounded' as const, 'times' as const) });
/** Letters only, so that every digit in the text comes from a figure. */
const words = fc.stringMatching(/^[甲乙丙丁，。]{0,6}$/);
const runs: fc.Arbitrary<Run[]> = fc.array(fc.oneof(fc.record({ text: words, bold: fc.boolean() }), fc.record({ figure: figures, bold: fc.boolean() })), { maxLength: 8 });
const documents: fc.Arbitrary<ReportDocument> = fc.record({
  title: words, addressee: words, blocks: fc.array(runs.map((made): Block => ({ type: 'paragraph', runs: made })), { maxLength: 5 }), attachments: fc.constant([]), signature: words, date: fc.constant(null),
});

describe('a bound figure', () => {
  it('is in the text as its cell says, and nothing else is', () => {
    fc.assert(fc.property(documents, tables, (document, table) => {
      const bound = document.blocks.flatMap((block) => ('runs' in block ? block.runs.flatMap((run) => ('figure' in run ? [figureText(table, run.figure)] : [])) : []));
      const shown = textOf(document, table).replaceAll(/[甲乙丙丁，。：\n]/g, '');
      expect(shown).toBe(bound.join(''));
    }));
  });

  it('changes the text when its number changes, and is told once', () => {
    fc.assert(fc.property(figures, tables, fc.integer({ min: 1, max: 5_000_000 }), (figure, table, more) => {
      const before = numberOf(table, figure) ?? 0;
      const moved: FigureTable = { ...table, [figure.scope]: { ...table[figure.scope], [figure.indicator]: { value: before + more, times: before + more } } };
      const document: ReportDocument = { title: '', addressee: '', blocks: [{ type: 'paragraph', runs: [{ figure, bold: false }, { figure, bold: true }] }], attachments: [], signature: '', date: null };
      const shown = shownBy(document, table);
      expect(changesOf(document, shown, table)).toEqual([]);
      expect(changesOf(document, shown, moved)).toEqual([{ key: keyOf(figure), figure, from: numberOf(table, figure), to: before + more }]);
      if (figure.form !== 'rounded') expect(textOf(document, moved)).toBe(`${before + more}${before + more}`);
    }));
  });

  it('of an unknown cell is shown as missing and to be filled', () => {
    const none: FigureTable = { basis: 'sealed', version: 1, own: {}, jurisdiction: { 'visit.enterprises': { value: 3, times: null } }, units: [] };
    const document: ReportDocument = { title: '题', addressee: '', blocks: [{ type: 'paragraph', runs: [{ figure: { indicator: 'visit.enterprises', scope: 'jurisdiction', form: 'times' }, bold: false }] }], attachments: [], signature: '某局', date: '2023-07-05' };
    expect(textOf(document, none)).toContain(unknownNumber);
    expect(blanksOf(document, none)).toEqual([{ block: 0, kind: 'number', what: unknownNumber }]);
  });
});

it('joins runs without changing what they say', () => {
  fc.assert(fc.property(runs, tables, (made, table) => {
    const joined = normalRuns(made);
    expect(joined.map((run) => ('text' in run ? run.text : figureText(table, run.figure))).join('')).toBe(made.map((run) => ('text' in run ? run.text : figureText(table, run.figure))).join(''));
    expect(normalRuns(joined)).toEqual(joined);
  }));
});

const ledger: LedgerFacts = {
  entries: 21, firstOn: '2023-06-02', lastOn: '2023-06-29',
  events: [{ kind: 'publicity', title: '商业秘密保护进园区', occurredOn: '2023-06-08', attendances: 320, pictures: ['99-00000000-0000-4000-8000-000000000000'] }],
  choices: [{ kind: 'visit', field: 'focus', option: 'knowledge', count: 12 }, { kind: 'suggestion', field: 'topic', option: 'legislation', count: 3 }],
  sums: [], media: [{ title: '服务月启动', outlet: '本部门网站' }], cases: [], suggestions: [],
};
const empty: LedgerFacts = { entries: 0, firstOn: null, lastOn: null, events: [], choices: [], sums: [], media: [], cases: [], suggestions: [] };
const full: FigureTable = {
  basis: 'sealed', version: 2, units: [], own: {},
  jurisdiction: Object.fromEntries(codes.map((code, index) => [code, { value: 1000 + index * 37, times: null }])),
};
const zeros: FigureTable = { ...full, basis: 'live', jurisdiction: Object.fromEntries(codes.map((code) => [code, { value: 0, times: null }])) };
const input = (over: Partial<DraftInput> = {}): DraftInput => ({
  kind: 'summary', edition, unit: { name: '望月县市场监督管理局', depth: 3, upperName: '东湖市市场监督管理局', hasUnitsBelow: false }, figures: full, ledger, ...over,
});

describe('a draft', () => {
  it('is a report by the model, whatever there is to say', () => {
    for (const kind of ['summary', 'research', 'information'] as const) {
      for (const facts of [ledger, empty]) for (const table of [full, zeros]) {
        const made = draftOf(input({ kind, ledger: facts, figures: table }));
        expect(reportDocument.parse(made)).toEqual(made);
      }
    }
  });

  it('follows the outline and binds every cell of the table', () => {
    const made = draftOf(input());
    const text = textOf(made, full);
    for (const part of ['一、总体情况', '二、主要做法', '（一）密切政企沟通', '（四）强化执法办案', '三、成效与典型做法', '四、存在的问题和困难', '五、意见建议', '六、下一步工作']) expect(text).toContain(part);
    expect(made.addressee).toBe('东湖市市场监督管理局');
    const bound = new Set(made.blocks.flatMap((block) => ('runs' in block ? block.runs.flatMap((run) => ('figure' in run ? [run.figure.indicator] : [])) : [])));
    expect([...bound].sort()).toEqual([...codes].sort());
    expect(text).toContain('6月8日“商业秘密保护进园区”（320人次）');
    expect(text).toContain('其中中央媒体报道');
  });

  it('types no number of the table: with other figures only the bound ones differ', () => {
    const other: FigureTable = { ...full, jurisdiction: Object.fromEntries(codes.map((code) => [code, { value: 5, times: null }])) };
    expect(draftOf(input({ figures: other }))).toEqual(draftOf(input()));
  });

  it('says what a person must write, and asks why where nothing was counted', () => {
    const blanks = blanksOf(draftOf(input({ ledger: empty, figures: zeros })), zeros).map(({ what }) => what);
    expect(blanks).toContain('成文日期');
    expect(blanks.some((what) => what.startsWith('没有培训的原因'))).toBe(true);
    expect(blanksOf(draftOf(input()), full).some(({ what }) => what.startsWith('没有'))).toBe(false);
  });

  it('of an upper unit lists the units below', () => {
    const made = draftOf(input({ unit: { name: '晴川省市场监督管理局', depth: 1, upperName: null, hasUnitsBelow: true } }));
    expect(made.blocks.some(({ type }) => type === 'units_table')).toBe(true);
    expect(made.addressee).toBe(edition.addressee);
  });

  it('resolved is a draft while nothing is sealed or something is to be filled', () => {
    const given = { kind: 'summary' as const, indicators: edition.indicators, columns: edition.table.columns, images: new Map(), demonstration: false };
    const done: ReportDocument = { title: '题', addressee: '', blocks: [{ type: 'annex_table', caption: '统计表' }], attachments: [], signature: '某局', date: '2023-07-05' };
    expect(resolveReport(done, { ...given, figures: full }).draft).toBe(false);
    expect(resolveReport(done, { ...given, figures: zeros }).draft).toBe(true);
    expect(resolveReport(draftOf(input()), { ...given, figures: full }).draft).toBe(true);
    const [table] = resolveReport(done, { ...given, figures: full }).blocks;
    expect(table).toMatchObject({ type: 'table', caption: '表1　统计表' });
    if (table?.type !== 'table') throw new Error('no table');
    expect(table.rows).toHaveLength(17);
    expect(table.rows[0]?.map(({ text }) => text)).toEqual(['1', '开展线上线下专题宣传活动', '（1000）场次']);
    expect(table.rows[0]?.[0]?.rowSpan).toBe(4);
    expect(table.rows[1]).toHaveLength(2);
  });
});
