// What saving will do to the table, compared with adding the whole ledger up.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../../../modules/editions/model.ts';
import { type CountedEntry, layoutOf, ownFigures } from '../../../modules/figures/rules.ts';
import { effectLinesOf } from './effect-lines.ts';

const { indicators } = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const layout = layoutOf(indicators);
const publicity = (values: CountedEntry['values'], codes: readonly (string | null)[] = []): CountedEntry => ({ kind: 'publicity', values: { mode: 'offline', ...values }, enterprises: codes.map((uscc) => ({ uscc })) });
const effect = (ledger: readonly CountedEntry[], before: CountedEntry | null, after: CountedEntry) => effectLinesOf({ indicators, layout, own: ownFigures(indicators, layout, ledger), before, after });

describe('the effect of an entry', () => {
  it('shows each cell that changes, from and to, in the order of the table', () => {
    const ledger = [publicity({ attendances: 80, materials: 100 })];
    expect(effect(ledger, null, publicity({ attendances: 1200, materials: 300 }))).toEqual([
      { kind: 'exact', indicator: 'publicity.sessions', from: 1, to: 2 },
      { kind: 'exact', indicator: 'publicity.attendances', from: 80, to: 1280 },
      { kind: 'exact', indicator: 'publicity.materials', from: 100, to: 400 },
    ]);
  });

  it('counts nothing for a number that is half typed', () => {
    expect(effect([], null, publicity({ attendances: '12或', materials: null }))).toEqual([{ kind: 'exact', indicator: 'publicity.sessions', from: 0, to: 1 }]);
  });

  it('says how many enterprises at most, those without a code among them', () => {
    const [, enterprises] = effect([publicity({}, ['A'])], null, publicity({}, ['A', 'B', null]));
    expect(enterprises).toEqual({ kind: 'enterprises', indicator: 'publicity.enterprises', from: 1, added: 3, removed: 0 });
  });

  it('is exact where only enterprises without a code are named', () => {
    const before = publicity({}, ['A']);
    expect(effect([before], before, publicity({}, ['A', null]))).toEqual([{ kind: 'exact', indicator: 'publicity.enterprises', from: 1, to: 2 }]);
  });

  it('of an edit is only the difference', () => {
    const before = publicity({ attendances: 80, materials: 100 }, ['A']);
    expect(effect([before], before, before)).toEqual([]);
    expect(effect([before], before, publicity({ attendances: 70, materials: 100 }, ['B']))).toEqual([
      { kind: 'enterprises', indicator: 'publicity.enterprises', from: 1, added: 1, removed: 1 },
      { kind: 'exact', indicator: 'publicity.attendances', from: 80, to: 70 },
    ]);
  });

  it('of another kind leaves the one row and enters the other', () => {
    const before = publicity({ attendances: 80, materials: 0 });
    expect(effect([before], before, { ...before, kind: 'training' }).map((line) => line.indicator)).toEqual(['publicity.sessions', 'publicity.attendances', 'training.sessions', 'training.attendances']);
  });

  it('agrees with the whole ledger: sums exactly, 家 never by more than it says', () => {
    const code = fc.constantFrom('A', 'B', 'C', null);
    const entry = fc.record({ kind: fc.constantFrom('publicity', 'training', 'visit'), attendances: fc.nat(500), materials: fc.nat(500), codes: fc.array(code, { maxLength: 4 }) })
      .map(({ kind, attendances, materials, codes }): CountedEntry => ({ kind, values: { attendances, materials }, enterprises: [...new Set(codes.filter((one) => one !== null)), ...codes.filter((one) => one === null)].map((uscc) => ({ uscc })) }));
    fc.assert(fc.property(fc.array(entry, { maxLength: 6 }), entry, (ledger, added) => {
      const before = ownFigures(indicators, layout, ledger);
      const after = ownFigures(indicators, layout, [...ledger, added]);
      const lines = new Map(effectLinesOf({ indicators, layout, own: before, before: null, after: added }).map((line) => [line.indicator, line]));
      for (const { code: indicator } of indicators) {
        const line = lines.get(indicator);
        const step = (after[indicator]?.value ?? 0) - (before[indicator]?.value ?? 0);
        if (line === undefined) expect(step).toBe(0);
        else if (line.kind === 'exact') expect(line.to - line.from).toBe(step);
        else expect(step).toBeLessThanOrEqual(line.added);
      }
    }));
  });
});
