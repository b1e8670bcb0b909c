// Who was faster: what the rule refuses with is what the page reads.
import { describe, expect, it } from 'vitest';
import { decideAct, statusAfter, untouched } from '../../../modules/returns/rules.ts';
import { fasterOf } from './faster.ts';

const at = '2023-07-05T09:00:00.000+08:00';
const sent = statusAfter(untouched, { number: 1, act: 'send_for_review', returnVersion: 1, accountId: '1', accountName: '甲', at, payload: {} });

describe('somebody faster', () => {
  it.each([
    ['the same state, another act seen', { act: 'approve', accountId: '2', hasUpper: true, seenVersion: 0 }],
    ['another state', { act: 'seal', accountId: '2', hasUpper: true, seenVersion: 0 }],
  ] as const)('is named: %s', (_case, wanted) => {
    const decision = decideAct(sent, wanted);
    expect(decision.ok).toBe(false);
    if (!decision.ok) expect(fasterOf({ code: decision.problem.code, details: decision.problem.details })).toEqual({ by: '甲', act: 'send_for_review', at });
  });

  it('is nobody when another rule forbids', () => {
    expect(fasterOf({ code: 'hard_findings', details: {} })).toBeNull();
    expect(fasterOf(null)).toBeNull();
  });

  it('stays unnamed when nobody has acted yet', () => {
    expect(fasterOf({ code: 'wrong_state', details: { by: null, at: null, lastAct: null } })).toEqual({ by: null, act: null, at: null });
  });
});
