import { describe, expect, it } from 'vitest';
import { addDays } from '../shared/instant.ts';
import { dueSince, scheduledName, superfluous } from './keeping.ts';

const every = (from: string, days: number): string[] => Array.from({ length: days }, (_, index) => scheduledName(`${addDays(from, index)}T02:30:00.000+08:00`, true));

describe('scheduled backups', () => {
  it('keep 35 days, the newest of 12 months and of 3 years', () => {
    const names = every('2021-01-01', 5 * 365);
    const gone = new Set(superfluous(names));
    const left = names.filter((name) => !gone.has(name));
    // 5 years end on 30 December 2025: 35 days; the ends of ten earlier months; the ends of 2024 and 2023.
    expect(left.length).toBe(35 + 10 + 2);
    expect(left.filter((name) => name.startsWith('fuwuyue-2024'))).toEqual(['fuwuyue-2024-12-31-023000.backup.age']);
    expect(left.filter((name) => name.startsWith('fuwuyue-2023'))).toEqual(['fuwuyue-2023-12-31-023000.backup.age']);
    expect(left.filter((name) => name < 'fuwuyue-2023')).toEqual([]);
  });

  it('go day by day as they would all at once, and never take what is not theirs', () => {
    let present: string[] = ['before-upgrade-2021.backup', 'notes.txt'];
    for (const name of every('2021-01-01', 900)) {
      present.push(name);
      const gone = new Set(superfluous(present));
      present = present.filter((one) => !gone.has(one));
    }
    expect(present.length).toBe(2 + 35 + 10 + 1);
    expect(present.slice(0, 2)).toEqual(['before-upgrade-2021.backup', 'notes.txt']);
  });

  it('keep the newest of a day with several', () => {
    expect(superfluous(['fuwuyue-2023-06-01-023000.backup', 'fuwuyue-2023-06-01-120000.backup'])).toEqual(['fuwuyue-2023-06-01-023000.backup']);
  });

  it.each([
    ['2023-06-02T02:29:59.999+08:00', '2023-06-01T02:30:00.000+08:00'],
    ['2023-06-02T02:30:00.000+08:00', '2023-06-02T02:30:00.000+08:00'],
    ['2023-06-02T23:59:00.000+08:00', '2023-06-02T02:30:00.000+08:00'],
  ])('at %s was due at %s', (now, due) => expect(dueSince(now, '02:30', (date) => addDays(date, -1))).toBe(due));
});
