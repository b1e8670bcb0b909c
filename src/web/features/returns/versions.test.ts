// Versions of a return, and what the unit above may see of them.
import { describe, expect, it } from 'vitest';
import type { ActView, ReturnActName, ReturnView } from '../../../modules/returns/model.ts';
import { standsSubmitted, versionsOf } from './versions.ts';

const act = (number: number, name: ReturnActName, returnVersion: number, more: Partial<ActView> = {}): ActView =>
  ({ number, act: name, returnVersion, accountName: '甲', actingUnitCode: '990101', at: `2023-07-0${number}T09:00:00.000+08:00`, reasons: [], late: null, receiptCode: null, signed: null, ...more });

/** Version 1 was returned inside, 2 submitted late and returned from above, 3 is under review. */
const view: Pick<ReturnView, 'frozen' | 'submittedVersion' | 'acts'> = {
  frozen: { number: 3 } as ReturnView['frozen'],
  submittedVersion: 2,
  acts: [
    act(1, 'send_for_review', 1), act(2, 'return_for_correction', 1), act(3, 'send_for_review', 2), act(4, 'seal', 2, { receiptCode: 'AB12' }),
    act(5, 'submit', 2, { late: true, receiptCode: 'AB12' }), act(6, 'return_by_upper', 2), act(7, 'send_for_review', 3),
  ],
};

describe('versions', () => {
  it('are listed newest first with what became of each', () => {
    expect(versionsOf(view, true)).toEqual([
      { number: 3, sealed: false, submittedAt: null, late: false, accepted: false, receiptCode: null },
      { number: 2, sealed: true, submittedAt: '2023-07-05T09:00:00.000+08:00', late: true, accepted: false, receiptCode: 'AB12' },
      { number: 1, sealed: false, submittedAt: null, late: false, accepted: false, receiptCode: null },
    ]);
  });

  it('are seen from above only once submitted', () => {
    expect(versionsOf(view, false).map(({ number }) => number)).toEqual([2]);
    expect(versionsOf({ ...view, submittedVersion: null }, false)).toEqual([]);
  });

  it('stand submitted only between submission and reopening', () => {
    expect(standsSubmitted({ state: 'submitted' })).toBe(true);
    expect(standsSubmitted({ state: 'in_review' })).toBe(false);
    expect(standsSubmitted({ state: 'reopened' })).toBe(false);
  });
});
