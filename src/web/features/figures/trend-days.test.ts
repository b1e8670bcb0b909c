import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendDays } from './trend-days.ts';

const june = { from: '2023-06-01', to: '2023-06-30' };

describe('the days of a trend', () => {
  it('fills the month and keeps days outside it', () => {
    const days = trendDays([{ date: '2023-05-20', value: 2 }, { date: '2023-06-03', value: 5 }], june, '2023-08-01');
    expect(days).toHaveLength(31);
    expect(days[0]).toEqual({ date: '2023-05-20', value: 2, running: 2, outside: true });
    expect(days[3]).toEqual({ date: '2023-06-03', value: 5, running: 7, outside: false });
    expect(days.at(-1)).toEqual({ date: '2023-06-30', value: 0, running: 7, outside: false });
  });

  it('draws no day to come', () => {
    expect(trendDays([{ date: '2023-06-02', value: 1 }], june, '2023-06-05').map(({ date }) => date)).toEqual(['2023-06-01', '2023-06-02', '2023-06-03', '2023-06-04', '2023-06-05']);
    expect(trendDays([], june, '2023-05-01')).toEqual([]);
  });

  it('runs up to the sum of what was given', () => {
    const day = fc.record({ date: fc.integer({ min: 1, max: 30 }).map((number) => `2023-06-${String(number).padStart(2, '0')}`), value: fc.integer({ min: -50, max: 500 }) });
    fc.assert(fc.property(fc.array(day, { maxLength: 30 }), (days) => {
      expect(trendDays(days, june, '2023-07-01').at(-1)?.running).toBe(days.reduce((sum, { value }) => sum + value, 0));
    }));
  });
});
