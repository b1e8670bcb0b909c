// What the table shows in each view, and what marks its cells.
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../modules/figures/model.ts';
import { returnState, type ReturnContent } from '../../../modules/returns/model.ts';
import type { NotedFinding } from '../../../modules/validation/model.ts';
import { checkedView, countsFrozen, findingsAt, firstView, readCell, sealOf, type TableSources, viewNamed, viewsOf } from './table-view.ts';

const figure = (value: number, adjustments = 0): Figure => ({ value, records: value - adjustments, adjustments, times: null, uncoded: null });
const frozen = { own: { 'publicity.sessions': figure(4, 1) }, total: { 'publicity.sessions': 9 } } as unknown as ReturnContent;
const seal = { number: 1, at: '2023-07-05T10:00:00.000+08:00', sha256: 'a', sm3: 'b', receiptCode: 'ABCD', previousHash: 'c', hash: 'd', signed: null };
const sources: TableSources = {
  table: { own: { 'publicity.sessions': figure(5, 2), 'x.patents': figure(3) }, jurisdiction: { 'publicity.sessions': figure(30, 6), 'x.patents': figure(7) } },
  view: {
    basis: 'own', state: 'sealed', seal, frozen, frozenExtension: null, findings: [],
    live: { own: { 'publicity.sessions': figure(5, 2) }, children: [], missing: [], total: { 'publicity.sessions': 12 }, ledgerNo: 3, entries: 2, forms: [] },
  },
};

describe('the views of a table', () => {
  it('are one for a unit without units below that has frozen nothing', () => {
    expect(viewsOf({ basis: 'own', frozen: null }, false)).toEqual(['own']);
    expect(viewsOf({ basis: 'own', frozen }, true)).toEqual(['own', 'live', 'report', 'frozen']);
  });

  it.each([
    ['own', 5, 2],
    ['live', 30, 6],
    ['report', 12, 2],
    ['frozen', 9, 1],
  ] as const)('%s has its own figure and its own adjustments', (view, value, adjustments) => {
    expect(readCell(sources, view, 'publicity.sessions', false)).toEqual({ value, adjustments, findings: [] });
  });

  it('show no figure for a province\'s own row that a frozen version lacks, rather than a zero', () => {
    expect(readCell(sources, 'frozen', 'x.patents', true).value).toBeNull();
    expect(readCell(sources, 'report', 'x.patents', true).value).toBe(7);
  });

  it('begin with the frozen version exactly while it counts', () => {
    const counting = returnState.options.filter((state) => countsFrozen({ basis: 'own', state, frozen }));
    expect(counting).toEqual(['in_review', 'approved', 'signed', 'sealed', 'submitted', 'accepted', 'correction_requested']);
    expect(firstView({ basis: 'own', state: 'in_review', frozen }, true)).toBe('frozen');
    expect(firstView({ basis: 'own', state: 'returned', frozen }, true)).toBe('live');
    expect(firstView({ basis: 'own', state: 'draft', frozen: null }, false)).toBe('own');
  });

  it('take a view from the address only where the unit has it', () => {
    expect(viewNamed('report', { basis: 'own', state: 'draft', frozen: null }, true)).toBe('report');
    expect(viewNamed('report', { basis: 'own', state: 'draft', frozen: null }, false)).toBe('own');
    expect(viewNamed('frozen', { basis: 'own', state: 'draft', frozen: null }, true)).toBe('live');
    expect(viewNamed(null, { basis: 'own', state: 'sealed', frozen }, true)).toBe('frozen');
  });

  it('from above are the live counts and what was submitted, whatever the unit is doing since; never what it would report', () => {
    const above = (state: TableSources['view']['state'], submitted: boolean) => ({ basis: 'submitted' as const, state, frozen: submitted ? frozen : null });
    expect(viewsOf(above('in_review', false), true)).toEqual(['own', 'live']);
    expect(viewsOf(above('returned_by_upper', true), true)).toEqual(['own', 'live', 'frozen']);
    for (const state of returnState.options) {
      expect(countsFrozen(above(state, true))).toBe(true);
      expect(checkedView(above(state, true), true)).toBe('frozen');
      expect(viewNamed('report', above(state, false), true)).toBe('live');
    }
  });

  it('are checked by what is reported', () => {
    expect(checkedView({ basis: 'own', state: 'draft', frozen: null }, true)).toBe('report');
    expect(checkedView({ basis: 'own', state: 'draft', frozen: null }, false)).toBe('own');
    expect(checkedView({ basis: 'own', state: 'approved', frozen }, true)).toBe('frozen');
  });

  it('bear a seal in the frozen version alone', () => {
    expect(sealOf(sources.view, 'frozen')).toBe(seal);
    for (const view of ['own', 'live', 'report'] as const) expect(sealOf(sources.view, view)).toBeNull();
    expect(sealOf({ seal: null, frozen }, 'frozen')).toBeNull();
  });
});

describe('marks', () => {
  it('stand at every cell a finding speaks of', () => {
    const share: NotedFinding = { check: 'adjustment_share', severity: 'soft', indicator: 'publicity.sessions', details: { indicators: ['publicity.sessions', 'media.total'], percent: 20 }, note: null };
    const central: NotedFinding = { check: 'media.central_within_total', severity: 'hard', indicator: 'media.central', details: { left: 3, right: 2 }, note: null };
    expect(findingsAt([share, central], 'media.total')).toEqual([share]);
    expect(findingsAt([share, central], 'media.central')).toEqual([central]);
    expect(findingsAt([share, central], 'visit.enterprises')).toEqual([]);
  });
});
