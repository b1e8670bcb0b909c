// Value bands.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandCount, bandOf, bandsOf, strengthOf } from './bands.ts';

describe('value bands', () => {
  it('hold about as many units each', () => {
    expect(bandsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([{ from: 1, to: 2 }, { from: 3, to: 4 }, { from: 5, to: 6 }, { from: 7, to: 8 }, { from: 9, to: 10 }]);
  });

  it('keep equal values together and are fewer when values are', () => {
    expect(bandsOf([3, 3, 3, 3, 3, 3, 3, 7])).toEqual([{ from: 3, to: 3 }, { from: 7, to: 7 }]);
    expect(bandsOf([4])).toEqual([{ from: 4, to: 4 }]);
    expect(bandsOf([])).toEqual([]);
  });

  it('have one band for every value, higher for higher values', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 60 }), (values) => {
      const bands = bandsOf(values);
      expect(bands.length).toBeLessThanOrEqual(bandCount);
      const numbers = [...values].sort((a, b) => a - b).map((value) => bandOf(bands, value));
      expect(numbers.every((number) => number >= 1)).toBe(true);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      for (const value of values) expect(bands.filter(({ from, to }) => value >= from && value <= to)).toHaveLength(1);
    }));
  });

  it('have no band for a unit without a number or with nothing done', () => {
    const bands = bandsOf([0, 0, 0, 1, 2]);
    expect(bands).toEqual([{ from: 1, to: 1 }, { from: 2, to: 2 }]);
    expect([null, 0].map((value) => bandOf(bands, value))).toEqual([0, 0]);
  });

  it('look strongest at the top, also when they are few', () => {
    const few = bandsOf([1, 2]);
    expect([0, 1, 2].map((band) => strengthOf(band, few))).toEqual([0, 4, 5]);
    const five = bandsOf([1, 2, 3, 4, 5]);
    expect([1, 5].map((band) => strengthOf(band, five))).toEqual([1, 5]);
  });
});
