// B-P3. Pass: figures of any ledger of real kinds are whole numbers from 0 to 10^9, 家 never exceeds 家次, 中央媒体 never exceeds
// 共编发, an adjustment shows in the cell it was made to and nowhere else; and no table made by counting breaks a hard check.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionDefinition } from '../src/modules/editions/model.ts';
import { layoutOf, ownFigures, valuesOf } from '../src/modules/figures/rules.ts';
import { findingsOf } from '../src/modules/validation/rules.ts';
import { type Adjusted, ledgers } from '../src/testing/ledgers.ts';

const edition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const layout = layoutOf(edition.indicators);
const runs = 1_000;

const tableOf = (entries: Parameters<typeof ownFigures>[2], adjusted: readonly Adjusted[] = []) => ownFigures(edition.indicators, layout, entries, adjusted);

describe('a table made by counting', () => {
  it(`holds what its rules promise, for ${runs} ledgers`, () => {
    let entriesSeen = 0;
    fc.assert(fc.property(ledgers(edition), (entries) => {
      entriesSeen += entries.length;
      const figures = tableOf(entries);
      const values = valuesOf(figures);
      for (const [code, value] of Object.entries(values)) {
        expect(Number.isSafeInteger(value) && value >= 0 && value <= 1e9, code).toBe(true);
      }
      for (const [code, { times, value }] of Object.entries(figures)) if (times !== null) expect(value, code).toBeLessThanOrEqual(times);
      expect(values['media.central'] ?? 0).toBeLessThanOrEqual(values['media.total'] ?? 0);
      expect(findingsOf(edition, values).filter(({ severity }) => severity === 'hard')).toEqual([]);
    }), { numRuns: runs });
    console.log(`B-P3: ${runs} ledgers, ${entriesSeen} entries`);
  });

  it('shows an adjustment in its own cell and in no other', () => {
    const codes = edition.indicators.map(({ code }) => code);
    fc.assert(fc.property(ledgers(edition), fc.constantFrom(...codes), fc.integer({ min: 1, max: 50 }), (entries, indicator, delta) => {
      const before = valuesOf(tableOf(entries));
      const after = valuesOf(tableOf(entries, [{ indicator, delta }]));
      for (const code of codes) expect((after[code] ?? 0) - (before[code] ?? 0), code).toBe(code === indicator ? delta : 0);
    }), { numRuns: runs });
  });
});
