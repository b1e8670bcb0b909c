// Decisions of a review and the next child.
import { describe, expect, it } from 'vitest';
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import type { ReturnActName, ReturnState } from '../../../modules/returns/model.ts';
import { decisionsOf, placeAfter, reviewKeyOf, waitingChildren } from './review.ts';

const decisions = (state: ReturnState, may: ReturnActName[], mayNot: { act: ReturnActName; rule: string; roles: string[] }[] = []) => decisionsOf({ state, may, mayNot });

describe('the decisions of a review', () => {
  it('are approve and return inside a unit, accept and return from above', () => {
    expect(decisions('in_review', ['return_for_correction', 'approve'])).toEqual({ onward: 'approve', back: 'return_for_correction' });
    expect(decisions('submitted', ['accept', 'return_by_upper'])).toEqual({ onward: 'accept', back: 'return_by_upper' });
    expect(decisions('correction_requested', ['decline_correction', 'reopen'])).toEqual({ onward: 'reopen', back: 'decline_correction' });
  });

  it('stay where separation of duties forbids them, and go where the role does', () => {
    expect(decisions('in_review', [], [{ act: 'approve', rule: 'separation_of_duties', roles: ['reviewer'] }])).toEqual({ onward: 'approve', back: null });
    expect(decisions('in_review', ['withdraw'], [{ act: 'approve', rule: 'not_permitted', roles: ['reviewer'] }])).toEqual({ onward: null, back: null });
  });

  it('do not offer to reopen what nobody asked to correct', () => {
    expect(decisions('accepted', ['reopen'])).toEqual({ onward: null, back: null });
  });
});

describe('moving through changes', () => {
  it('begins at the first and stays inside', () => {
    expect([placeAfter(null, 1, 3), placeAfter(null, -1, 3), placeAfter(0, -1, 3), placeAfter(0, 1, 3), placeAfter(2, 1, 3), placeAfter(null, 1, 0)]).toEqual([0, 0, 0, 1, 2, null]);
  });

  it('knows four keys, whatever their case', () => {
    expect(['J', 'k', 'a', 'R', 'n'].map(reviewKeyOf)).toEqual(['next', 'previous', 'onward', 'back', null]);
  });
});

describe('the next child', () => {
  const row = (code: string, state: ReturnState): Pick<MatrixRow, 'unit' | 'state'> => ({ unit: { code } as MatrixRow['unit'], state });

  it('is the next by code that waits, then from the beginning', () => {
    const rows = [row('990103', 'submitted'), row('990101', 'submitted'), row('990102', 'accepted'), row('990104', 'draft'), row('990105', 'submitted')];
    expect(waitingChildren(rows, '990102').map(({ code }) => code)).toEqual(['990103', '990105', '990101']);
    expect(waitingChildren(rows, '990103').map(({ code }) => code)).toEqual(['990105', '990101']);
  });
});
