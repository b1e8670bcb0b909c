// Order, choice and status of the units below.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { returnState } from '../../../modules/returns/model.ts';
import { chosenRows, latenessOf, type MatrixOrder, matrixStatusOf, mayBeReminded, missingIn, orderAfter, orderedRows, statusCounts, valueIn } from './matrix-order.ts';

function row(code: string, given: Partial<MatrixRow> = {}): MatrixRow {
  return {
    unit: { code, name: `${code}市市场监管局`, shortName: `${code}市`, kind: 'prefecture', parentCode: '330000', depth: 2 },
    state: 'draft', late: false, submittedAt: null, live: {}, submitted: null, accepted: false, correctedAfterUs: false, distinct: {}, entries: 0,
    below: { units: 3, accepted: 0, submitted: 0, late: 0, missing: 3 }, lastReminderAt: null, ...given,
  };
}

const submitted = (code: string, sessions: number, given: Partial<MatrixRow> = {}): MatrixRow =>
  row(code, { state: 'submitted', submittedAt: '2023-07-05T10:00:00.000+08:00', submitted: { 'publicity.sessions': sessions }, ...given });

describe('the status of a unit below', () => {
  it.each([
    ['draft', 'missing'], ['in_review', 'in_review'], ['sealed', 'in_review'], ['submitted', 'submitted'], ['returned_by_upper', 'returned'], ['accepted', 'accepted'],
    ['correction_requested', 'correction'], ['reopened', 'correction'],
  ] as const)('%s is shown as %s', (state, status) => {
    expect(matrixStatusOf({ state, correctedAfterUs: false })).toBe(status);
  });

  it('keeps a corrected table apart from one accepted the first time', () => {
    expect(matrixStatusOf({ state: 'accepted', correctedAfterUs: true })).toBe('correction');
  });

  it('is late when submitted late, or when the time is over without a submission', () => {
    expect(latenessOf({ late: true, submittedAt: '2023-07-08T09:00:00.000+08:00' }, 10, 20)).toBe('submitted_late');
    expect(latenessOf({ late: false, submittedAt: '2023-07-05T09:00:00.000+08:00' }, 10, 20)).toBeNull();
    expect(latenessOf({ late: false, submittedAt: null }, 10, 9)).toBeNull();
    expect(latenessOf({ late: false, submittedAt: null }, 10, 10)).toBe('overdue');
    expect(latenessOf({ late: false, submittedAt: null }, null, 10)).toBeNull();
  });

  it('counts a unit that has submitted nothing among the missing of its branch', () => {
    expect(missingIn(row('330100'))).toBe(4);
    expect(missingIn(submitted('330100', 1))).toBe(3);
  });
});

describe('ordering the matrix', () => {
  const rows = [submitted('330200', 5), row('330100', { live: { 'publicity.sessions': 9 } }), submitted('330300', 12)];
  const codes = (order: MatrixOrder, basis: 'live' | 'submitted' = 'submitted'): string[] => orderedRows(rows, order, basis).map(({ unit }) => unit.code);

  it('puts units without a submission last, whichever way', () => {
    expect(codes({ by: 'publicity.sessions', descending: true })).toEqual(['330300', '330200', '330100']);
    expect(codes({ by: 'publicity.sessions', descending: false })).toEqual(['330200', '330300', '330100']);
    expect(valueIn(rows[1] ?? row('0'), 'publicity.sessions', 'live')).toBe(9);
  });

  it('orders by units missing in the branch', () => {
    expect(codes({ by: 'missing', descending: true })[0]).toBe('330100');
  });

  it('turns the order when a column is chosen again', () => {
    expect(orderAfter({ by: 'unit', descending: false }, 'unit')).toEqual({ by: 'unit', descending: true });
    expect(orderAfter({ by: 'unit', descending: false }, 'missing')).toEqual({ by: 'missing', descending: true });
  });

  it('loses and invents no row', () => {
    const some = fc.array(fc.record({ code: fc.integer({ min: 100000, max: 999999 }).map(String), state: fc.constantFrom(...returnState.options), sessions: fc.option(fc.nat(50), { nil: null }) }), { maxLength: 40 });
    fc.assert(fc.property(some, fc.constantFrom('unit', 'state', 'missing', 'publicity.sessions'), fc.boolean(), (units, by, descending) => {
      const all = units.map(({ code, state, sessions }) => row(code, { state, submitted: sessions === null ? null : { 'publicity.sessions': sessions } }));
      const sorted = orderedRows(all, { by, descending }, 'submitted');
      expect(sorted.map(({ unit }) => unit.code).toSorted()).toEqual(all.map(({ unit }) => unit.code).toSorted());
      const numbers = by === 'publicity.sessions' ? sorted.map((one) => valueIn(one, by, 'submitted')) : [];
      const known = numbers.filter((value) => value !== null);
      expect(known).toEqual(known.toSorted((a, b) => (descending ? b - a : a - b)));
    }));
  });
});

describe('choosing rows', () => {
  const rows = [row('330100'), submitted('330200', 5, { late: true }), submitted('330300', 5, { state: 'accepted' })];
  const isLate = ({ late }: MatrixRow): boolean => late;

  it('finds by status, lateness, name and code', () => {
    expect(chosenRows(rows, 'missing', '', isLate)).toHaveLength(1);
    expect(chosenRows(rows, 'late', '', isLate).map(({ unit }) => unit.code)).toEqual(['330200']);
    expect(chosenRows(rows, 'all', ' 330300 市 ', isLate).map(({ unit }) => unit.code)).toEqual(['330300']);
    expect(chosenRows(rows, 'accepted', '330200', isLate)).toEqual([]);
  });

  it('counts each status once', () => {
    expect(statusCounts(rows, isLate)).toEqual({ all: 3, late: 1, missing: 1, in_review: 0, submitted: 1, returned: 0, accepted: 1, correction: 0 });
  });

  it('reminds whoever still has to submit, and nobody else', () => {
    expect(rows.map(mayBeReminded)).toEqual([true, false, false]);
    expect(mayBeReminded(row('1', { state: 'reopened' }))).toBe(true);
  });
});
