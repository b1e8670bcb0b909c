// How entries become figures, by hand: what each measure adds, where counters lie, and sums of levels.
import { describe, expect, it } from 'vitest';
import type { Counting, EditionDefinition, ExtensionIndicator } from '../editions/model.ts';
import { counterLimit } from './model.ts';
import { adjustmentCounter, allCounters, contributionOf, counts, distinctOf, figuresOf, layoutOf, layoutWith, ownFigures, sumOfFigures, valuesOf } from './rules.ts';

const row = (code: string, counting: Counting) => ({ code, counting });
const indicators = [
  row('a.entries', { measure: 'entries', kinds: ['visit'] }),
  row('b.people', { measure: 'sum', kinds: ['training'], field: 'attendances' }),
  row('c.firms', { measure: 'enterprises', kinds: ['training', 'visit'], where: { mode: ['online'] } }),
];
const layout = layoutOf(indicators);
const one = { uscc: '91330106MA0000001X' };
const other = { uscc: '91330106MA0000002X' };
const unnamed = { uscc: null };
const entry = (kind: string, values: { readonly [field: string]: string | number | null }, enterprises: readonly { readonly uscc: string | null }[] = []) => ({ kind, values, enterprises });
const nothing = { value: 0, records: 0, adjustments: 0, times: null, uncoded: null };

describe('counters', () => {
  it('lie in order of declaration: one for a sum, seven for enterprises', () => {
    expect([...layout.places]).toEqual([['a.entries', { kind: 'sum', sum: 1 }], ['b.people', { kind: 'sum', sum: 2 }], ['c.firms', { kind: 'enterprises', times: 3, uncoded: 4, distinct: 5 }]]);
    expect(layout.next).toBe(10);
    expect(allCounters(layout)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...layout.places.values()].map(adjustmentCounter)).toEqual([1, 2, 4]);
  });

  it('are no more than there is room for', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => row(`r.${index}`, { measure: 'entries', kinds: ['visit'] }));
    expect(layoutOf(rows(counterLimit)).next).toBe(counterLimit + 1);
    expect(() => layoutOf(rows(counterLimit + 1))).toThrow(RangeError);
  });

  it('of a province\'s own rows lie where they were given, whatever the order', () => {
    const own = (code: string, measure: 'entries' | 'enterprises', baseSlot: number) => ({ definition: { code, counting: { measure, kinds: ['visit'] } } as unknown as ExtensionIndicator, baseSlot });
    const whole = layoutWith({ indicators } as unknown as EditionDefinition, [own('x.late', 'enterprises', 20), own('x.early', 'entries', 12)]);
    expect(whole.places.get('x.early')).toEqual({ kind: 'sum', sum: 12 });
    expect(whole.next).toBe(27);
  });
});

describe('an entry', () => {
  it.each([
    ['another kind', entry('seminar', { mode: 'online' }), false],
    ['the kind and the value', entry('visit', { mode: 'online' }), true],
    ['another value', entry('visit', { mode: 'offline' }), false],
    ['no value', entry('visit', {}), false],
    ['a value left empty', entry('visit', { mode: null }), false],
  ])('counts by kind and condition: %s', (_what, given, counted) => {
    expect(counts({ measure: 'enterprises', kinds: ['training', 'visit'], where: { mode: ['online'] } }, given)).toBe(counted);
  });

  it('adds one, its sum, or its enterprises, and no zeros', () => {
    expect(contributionOf(indicators, layout, entry('training', { mode: 'online', attendances: 7 }, [one, unnamed, other]))).toEqual({ amounts: new Map([[2, 7], [3, 3], [4, 1]]), distinct: [5] });
    expect(contributionOf(indicators, layout, entry('training', { attendances: null }))).toEqual({ amounts: new Map(), distinct: [] });
    expect(contributionOf([row('z.unknown', { measure: 'entries', kinds: ['visit'] })], layout, entry('visit', {}))).toEqual({ amounts: new Map(), distinct: [] });
    expect(contributionOf([row('b.people', { measure: 'sum', kinds: ['training'] })], layout, entry('training', { attendances: 7 })).amounts.size).toBe(0);
  });
});

describe('a ledger', () => {
  const ledger = [entry('visit', { mode: 'online' }, [one]), entry('training', { mode: 'online', attendances: 5 }, [one, other, unnamed]), entry('training', { mode: 'offline', attendances: 2 }, [other])];
  const figures = ownFigures(indicators, layout, ledger, [{ indicator: 'c.firms', delta: 2 }, { indicator: 'b.people', delta: -1 }, { indicator: 'b.people', delta: -1 }, { indicator: 'z.unknown', delta: 9 }]);

  it('counts an enterprise once, those without a code each time, and adjustments beside', () => {
    expect(figures).toEqual({
      'a.entries': { ...nothing, value: 1, records: 1 },
      'b.people': { ...nothing, value: 5, records: 7, adjustments: -2 },
      'c.firms': { value: 5, records: 3, adjustments: 2, times: 4, uncoded: 1 },
    });
    expect(valuesOf(figures)).toEqual({ 'a.entries': 1, 'b.people': 5, 'c.firms': 5 });
  });

  it('has no figure for a row it has no counters for', () => {
    const strange = [row('z.unknown', { measure: 'entries', kinds: ['visit'] })];
    expect(ownFigures(strange, layout, ledger)).toEqual({});
    expect(figuresOf(strange, layout, { records: [], adjustments: [] })).toEqual({});
    expect(distinctOf([...strange, ...indicators], layout, [], 'own')).toEqual({ 'c.firms': 0 });
  });

  it('is what its row of counters says; counters not there are 0', () => {
    expect(figuresOf(indicators, layout, { records: [4, 0, 9, 1, 3], adjustments: [] })).toMatchObject({ 'a.entries': { value: 4 }, 'b.people': { value: 0 }, 'c.firms': { value: 4, times: 9, uncoded: 1 } });
    expect(figuresOf(indicators, layout, { records: [], adjustments: [] })['c.firms']).toEqual({ value: 0, records: 0, adjustments: 0, times: 0, uncoded: 0 });
  });

  it('has its distinct enterprises of each depth in a counter of its own', () => {
    const rows = [{ records: [0, 0, 0, 1, 10, 20, 30, 40, 50], adjustments: [0, 0, 0, 2] }, { records: [], adjustments: [] }];
    expect((['own', 3, 2, 1, 0] as const).map((scope) => distinctOf(indicators, layout, rows, scope)['c.firms'])).toEqual([13, 23, 33, 43, 53]);
  });

  it('is added to others part by part; what no part has is nothing', () => {
    const told = { value: 3, records: 2, adjustments: 1, times: 4, uncoded: 1 };
    expect(sumOfFigures([{ 'c.firms': told }, {}, { 'c.firms': told }], indicators)).toEqual({ 'a.entries': nothing, 'b.people': nothing, 'c.firms': { value: 6, records: 4, adjustments: 2, times: 8, uncoded: 2 } });
    expect(sumOfFigures([{ 'a.entries': { ...nothing, times: 1 } }, { 'a.entries': { ...nothing, uncoded: 2 } }, { 'a.entries': nothing }], indicators)['a.entries']).toEqual({ ...nothing, times: 1, uncoded: 2 });
  });
});
