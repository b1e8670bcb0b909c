// Numbers of the overview.
import { describe, expect, it } from 'vitest';
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { byState, downFrom, isBare, percentSubmitted, progressOf, rankedBy } from './overview-view.ts';

function row(code: string, given: Partial<MatrixRow> = {}): MatrixRow {
  return {
    unit: { code, name: `${code}市市场监管局`, shortName: `${code}市`, kind: 'prefecture', parentCode: '330000', depth: 2 },
    state: 'draft', late: false, submittedAt: null, live: {}, submitted: null, accepted: false, correctedAfterUs: false, distinct: {}, entries: 0,
    below: { units: 3, accepted: 0, submitted: 0, late: 0, missing: 3 }, lastReminderAt: null, ...given,
  };
}

const rows = [
  row('330100', { live: { visits: 5 }, submitted: { visits: 4 }, accepted: true, below: { units: 3, accepted: 2, submitted: 1, late: 0, missing: 0 } }),
  row('330200', { live: { visits: 9 }, below: { units: 2, accepted: 0, submitted: 1, late: 1, missing: 1 } }),
  row('330300', { live: { visits: 5 }, submitted: { visits: 5 }, late: true, below: { units: 0, accepted: 0, submitted: 0, late: 0, missing: 0 } }),
];

describe('progress', () => {
  it('counts children and all units below, whoever submitted being counted once', () => {
    expect(progressOf(rows, ({ late }) => late)).toEqual({ children: 3, submitted: 2, accepted: 1, late: 1, missing: 1, units: 8, unitsSubmitted: 6 });
  });

  it('is 100 percent only when every unit of the branch has submitted', () => {
    expect(rows.map(percentSubmitted)).toEqual([100, 33, 100]);
    expect(percentSubmitted(row('1', { submitted: {}, below: { units: 999, accepted: 0, submitted: 998, late: 0, missing: 1 } }))).toBe(99);
  });
});

describe('ranking', () => {
  const shown = (show: string, basis: 'live' | 'submitted'): [string, number, number][] => rankedBy(rows, show, basis).map((one) => [one.row.unit.code, one.value, one.share]);

  it('has the largest first, equal ones by code, bars against the longest', () => {
    expect(shown('visits', 'live')).toEqual([['330200', 9, 1], ['330100', 5, 5 / 9], ['330300', 5, 5 / 9]]);
  });

  it('leaves out units without a submission', () => {
    expect(shown('visits', 'submitted')).toEqual([['330300', 5, 1], ['330100', 4, 0.8]]);
  });

  it('by state shows percent of a hundred', () => {
    expect(shown(byState, 'live')).toEqual([['330100', 100, 1], ['330300', 100, 1], ['330200', 33, 0.33]]);
  });

  it('has bars of no length where everything is 0', () => {
    expect(rankedBy([row('330100')], 'visits', 'live')[0]?.share).toBe(0);
  });
});

it('is bare only while nothing is recorded or submitted', () => {
  expect(isBare([row('330100')], false)).toBe(true);
  expect(isBare([row('330100')], true)).toBe(false);
  expect(isBare([row('330100', { entries: 1 })], false)).toBe(false);
  expect(isBare(rows, false)).toBe(false);
});

describe('going down', () => {
  it('leads to the units below with the same choice, and where there are none to the table and its cell', () => {
    expect(downFrom(row('330100'), 'visits')).toEqual({ page: '/overview', more: { show: 'visits' } });
    expect(downFrom(row('330100'), null)).toEqual({ page: '/overview', more: { show: byState } });
    const county = { below: { units: 0, accepted: 0, submitted: 0, late: 0, missing: 0 } };
    expect(downFrom(county, 'visits')).toEqual({ page: '/table', more: { cell: 'visits' } });
    expect(downFrom(county, null)).toEqual({ page: '/table', more: {} });
  });
});
