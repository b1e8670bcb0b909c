// Reasons as typed, against the limits of the server's own schema.
import { describe, expect, it } from 'vitest';
import { returnCommand } from '../../../modules/returns/model.ts';
import { cellReasonLimits, firstDrafts, reasonLimits, reasonProblem, reasonsOf, withNextDraft, withPhrase } from './reasons.ts';

describe('reasons', () => {
  it.each(['', '   ', '请核对', '请核对数', ' 请核对数据与台账 ', '漏'.repeat(200), '漏'.repeat(201)])('are refused exactly when the server refuses them: %s', (text) => {
    const single = returnCommand.safeParse({ act: 'request_correction', reason: text }).success;
    const perCell = returnCommand.safeParse({ act: 'return_by_upper', reasons: [{ indicator: null, text }] }).success;
    expect([reasonProblem(text, reasonLimits) === null, reasonProblem(text, cellReasonLimits) === null]).toEqual([single, perCell]);
  });

  it('begin with the marked cells, or with the whole table', () => {
    expect(firstDrafts(['visit.visits', 'case.cases']).map(({ indicator }) => indicator)).toEqual(['visit.visits', 'case.cases']);
    expect(reasonsOf(firstDrafts([]))).toEqual([{ indicator: null, text: '' }]);
  });

  it('go on with a cell that has none yet', () => {
    const drafts = withNextDraft(withNextDraft(firstDrafts(['visit.visits']), ['visit.visits', 'case.cases']), ['visit.visits', 'case.cases']);
    expect(drafts.map(({ indicator }) => indicator)).toEqual(['visit.visits', 'case.cases', '']);
    expect(new Set(drafts.map(({ key }) => key)).size).toBe(3);
  });

  it('take a phrase once, after what is typed', () => {
    expect(withPhrase('', '请核对。')).toBe('请核对。');
    expect(withPhrase('第三条有误。', '请核对。')).toBe('第三条有误。请核对。');
    expect(withPhrase('第三条有误。请核对。', '请核对。')).toBe('第三条有误。请核对。');
  });
});
