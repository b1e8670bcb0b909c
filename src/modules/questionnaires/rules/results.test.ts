// Sums of answers, and that no small group can be told from what is shown: property over all partitions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../../testing/answering.ts';
import { issueEntryOf, wayOf } from './channels.ts';
import { columnsOf, spssNames, spssSyntax } from './files.ts';
import { isWithheld, openGroups, percentOf, periodsOf, rangesOf } from './results.ts';

describe('groups that may be told', () => {
  it('never leave a rest below five that is not nothing, and hide none without need', () => {
    fc.assert(fc.property(fc.array(fc.nat(30), { maxLength: 12 }), (sizes) => {
      const groups = new Map(sizes.map((size, index) => [`g${String(index)}`, size]));
      const open = openGroups(groups, 5);
      const hidden = [...groups].filter(([key]) => !open.has(key)).map(([, size]) => size);
      for (const [key, size] of groups) if (size > 0 && size < 5) expect(open.has(key)).toBe(false);
      const rest = hidden.reduce((sum, size) => sum + size, 0);
      // Everything hidden: there is nothing left to hide it behind.
      expect(rest === 0 || rest >= 5 || open.size === [...groups.values()].filter((size) => size === 0).length).toBe(true);
      if (sizes.every((size) => size === 0 || size >= 5)) expect(hidden).toEqual([]);
    }));
  });

  it('are periods of whole days with five or more each', () => {
    const days = [['2023-06-01', 3], ['2023-06-02', 1], ['2023-06-04', 2], ['2023-06-05', 9], ['2023-06-06', 4]].map(([day, answers]) => ({ day: String(day), answers: Number(answers) }));
    expect(periodsOf(days, 5)).toEqual([{ from: '2023-06-01', to: '2023-06-04', answers: 6, open: true }, { from: '2023-06-05', to: '2023-06-06', answers: 13, open: true }]);
    expect(periodsOf(days.slice(0, 1), 5)).toEqual([{ from: '2023-06-01', to: '2023-06-01', answers: 3, open: false }]);
    expect(isWithheld(3, 10, 5)).toBe(true);
    expect(isWithheld(8, 10, 5)).toBe(true);
    expect(isWithheld(5, 10, 5)).toBe(false);
  });
});

it('puts numbers into ranges that hold each of them once', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -10_000, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (numbers) => {
    const ranges = rangesOf(numbers);
    expect(ranges.reduce((sum, { count }) => sum + count, 0)).toBe(numbers.length);
    expect(ranges.length).toBeLessThanOrEqual(10);
  }));
  expect(percentOf(1, 3)).toBe('33.3');
  expect(percentOf(0, 0)).toBeNull();
});

it('counts issued by the way it went out', () => {
  const edition = { window: { from: '2023-06-01', to: '2023-06-30' }, grace: { from: '2023-05-01', to: '2023-07-31' } };
  const channels = [{ kind: 'open', handedOut: 0, invitations: 0, answers: 12 }, { kind: 'invited', handedOut: 0, invitations: 30, answers: 4 }, { kind: 'paper', handedOut: 600, invitations: 0, answers: 520 }] as const;
  const entry = issueEntryOf({ title: '发放问卷：一', firstDay: '2023-05-20', outside: '原因写在这里', note: '说明' }, channels, edition);
  expect(entry).toMatchObject({ occurredOn: '2023-05-20', windowReason: '原因写在这里', values: { channel: 'mixed', issued: 642, returned: 536 } });
  expect(issueEntryOf({ title: '一', firstDay: '2023-06-02', outside: '', note: '' }, [{ kind: 'open', handedOut: 0, invitations: 0, answers: 0 }], edition)).toBeNull();
  expect(wayOf(channels.slice(0, 2))).toBe('online');
});

it('names variables as SPSS takes them and doubles apostrophes', () => {
  expect(spssNames(['size', 'SIZE', 'all', 'x'.repeat(80)])).toEqual(['size', 'SIZE_2', 'all_2', 'x'.repeat(60)]);
  const columns = columnsOf(sampleDefinition({ sections: [{ code: 's', title: { zh: '' }, when: null, questions: [{ kind: 'text', code: 'a', title: { zh: "it's" }, hint: { zh: '' }, when: null, required: false, demand: null, long: false, least: null, most: 10, pattern: 'none', initial: null }] }] }), 'codes', 'zh', { yes: '选', no: '未选', beside: '补充' });
  expect(spssSyntax('a.csv', [], columns)).toContain("  a 'it''s'.");
});
