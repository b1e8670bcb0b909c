// The matrix page's address and totals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixStatuses } from './matrix-order.ts';
import { dueBelow, firstOrder, type MatrixView, matrixViewOf, parametersAfter, submittedBelow, sumOf } from './matrix-view.ts';

const columns = ['unit', 'state', 'missing', 'visit.enterprises'];

describe('the address of the matrix', () => {
  it('says nothing while everything is as at first', () => {
    const view = matrixViewOf(new URLSearchParams(), columns);
    expect(view).toEqual({ basis: 'live', filter: 'all', order: firstOrder });
    expect(parametersAfter(new URLSearchParams('unit=330100'), view).toString()).toBe('unit=330100');
  });

  it('takes unknown words as not said', () => {
    expect(matrixViewOf(new URLSearchParams('basis=x&state=x&sort=-x'), columns)).toEqual({ basis: 'live', filter: 'all', order: firstOrder });
  });

  it('gives back every view it was given', () => {
    const view = fc.record<MatrixView>({
      basis: fc.constantFrom('live', 'submitted'), filter: fc.constantFrom('all', 'late', ...matrixStatuses),
      order: fc.record({ by: fc.constantFrom(...columns), descending: fc.boolean() }),
    });
    fc.assert(fc.property(view, (given) => {
      expect(matrixViewOf(parametersAfter(new URLSearchParams('unit=330100'), given), columns)).toEqual(given);
    }));
  });
});

describe('totals and standing', () => {
  const rows = [{ live: { a: 3 }, submitted: { a: 2 } }, { live: { a: 4 }, submitted: null }];

  it('adds the numbers that are there', () => {
    expect(sumOf(rows, 'a', 'live')).toBe(7);
    expect(sumOf(rows, 'a', 'submitted')).toBe(2);
    expect(sumOf(rows, 'b', 'live')).toBe(0);
  });

  it('takes the time set for the units below before the unit\'s own', () => {
    const due = '2023-07-07T17:00:00.000+08:00';
    expect(dueBelow({ due, forBelow: null })).toBe(Date.parse(due));
    expect(dueBelow({ due, forBelow: '2023-07-03T17:00:00.000+08:00' })).toBe(Date.parse('2023-07-03T17:00:00.000+08:00'));
  });

  it('counts whoever has submitted once, accepted or not', () => {
    expect(submittedBelow({ below: { units: 13, accepted: 4, submitted: 8, late: 1, missing: 1 } })).toEqual({ submitted: 12, units: 13 });
  });
});
