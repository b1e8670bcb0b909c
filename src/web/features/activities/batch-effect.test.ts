import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../../../modules/editions/model.ts';
import { type CountedEntry, layoutOf, ownFigures } from '../../../modules/figures/rules.ts';
import { batchEffectOf } from './batch-effect.ts';

const { indicators, kinds } = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const layout = layoutOf(indicators);
const entry: fc.Arbitrary<CountedEntry> = fc.record({
  kind: fc.constantFrom(...kinds.map(({ code }) => code)),
  values: fc.record({ attendances: fc.nat(500), materials: fc.nat(500), issued: fc.nat(50), items: fc.nat(9), outcome: fc.constantFrom('resolved', 'unresolved'), level: fc.constantFrom('own', 'central'), origin: fc.constantFrom('original', 'repost'), publication: fc.constantFrom('first', 'repost') }),
  enterprises: fc.array(fc.record({ uscc: fc.constantFrom(null, 'A', 'B', 'C', 'D') }), { maxLength: 4 }),
});

describe('the effect of many entries', () => {
  it('of an empty ledger is its whole table', () =>
    fc.assert(fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
      const figures = ownFigures(indicators, layout, entries);
      const effect = batchEffectOf({ indicators, layout, own: {}, entries });
      const told = new Map(effect.map((line) => [line.indicator, line.kind === 'exact' ? line.to : line.from + line.added]));
      for (const { code } of indicators) expect([code, told.get(code) ?? 0]).toEqual([code, figures[code]?.value]);
    })));

  it('counts an enterprise of several rows once, and starts from the table as it is', () => {
    const visit = (uscc: string | null): CountedEntry => ({ kind: 'visit', values: {}, enterprises: [{ uscc }] });
    const own = ownFigures(indicators, layout, [visit('A')]);
    const effect = batchEffectOf({ indicators, layout, own, entries: [visit('B'), visit('B'), visit(null)] });
    expect(effect.map((line) => (line.kind === 'enterprises' ? [line.from, line.added] : null))).toEqual([[1, 2]]);
  });

  it('takes no number from text', () => expect(batchEffectOf({ indicators, layout, own: {}, entries: [{ kind: 'questionnaire_issue', values: { issued: '很多' }, enterprises: [] }] })).toEqual([]));
});
