// The difference explainer: what the rule explains, the screen adds up again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTotals, differenceOf, explainDifference } from '../../../modules/returns/rules.ts';
import { addsUp, type Difference, differenceIn, sumsByKind } from './difference.ts';

const cell = 'publicity.sessions';
const at = (day: number): string => `2023-07-0${day}T09:00:00.000+08:00`;

interface Child {
  readonly included: number | null;
  readonly now: number | null;
  readonly later: boolean;
}

/** As the server assembles it, from the same rule. */
function difference(own: number, children: readonly Child[]): Difference {
  const included = children.flatMap(({ included: value }, index) => (value === null ? [] : [{ unitCode: String(index), name: `单位${index}`, version: 1, total: { [cell]: value } }]));
  const now = children.map((child, index) => ({
    unitCode: String(index), name: `单位${index}`, submittedVersion: child.now === null ? null : child.included === null || child.included === child.now ? 1 : 2,
    submittedAt: child.now === null ? null : at(child.later ? 8 : 2), total: child.now === null ? null : { [cell]: child.now },
  }));
  const total = addTotals([{ [cell]: own }, ...included.map((one) => one.total)]);
  const childrenNow = addTotals(now.map((one) => one.total ?? {}));
  const terms = explainDifference({ own: { [cell]: own }, frozenAt: at(5), included, now });
  return { basis: 'own', total, childrenNow, terms: terms.map((term) => ({ ...term, amounts: { ...term.amounts } })), adjusted: { [cell]: 1 }, residual: differenceOf(total, addTotals([childrenNow, ...terms.map(({ amounts }) => amounts)])) };
}

describe('the difference of a cell', () => {
  it('explains own level, a late child, a correction and a missing child', () => {
    const shown = differenceIn(difference(12, [{ included: 10, now: 10, later: false }, { included: 5, now: 8, later: false }, { included: null, now: 30, later: true }, { included: null, now: null, later: false }]), cell);
    expect(shown.total).toBe(27);
    expect(shown.childrenNow).toBe(48);
    expect(shown.lines.map(({ kind, amount }) => [kind, amount])).toEqual([['own_level', 12], ['late', -30], ['corrected', -3], ['missing', 0]]);
    expect(addsUp(shown)).toBe(true);
  });

  it('says so when something is left over', () => {
    const whole = difference(12, []);
    expect(addsUp(differenceIn({ ...whole, total: { [cell]: 13 }, residual: { [cell]: 1 } }, cell))).toBe(false);
  });

  it('adds up whatever children do', () => {
    const one = fc.record({ included: fc.option(fc.nat(100), { nil: null }), now: fc.option(fc.nat(100), { nil: null }), later: fc.boolean() })
      // What was included has been submitted.
      .map((child): Child => (child.included !== null && child.now === null ? { ...child, now: child.included } : child));
    fc.assert(fc.property(fc.nat(50), fc.array(one, { maxLength: 12 }), (own, children) => {
      const shown = differenceIn(difference(own, children), cell);
      expect(addsUp(shown)).toBe(true);
      expect(sumsByKind(shown.lines).reduce((sum, { amount }) => sum + amount, 0)).toBe(shown.total - shown.childrenNow);
    }));
  });
});
