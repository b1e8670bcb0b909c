// Each benchmark at toy size: that it runs on a throw-away database and that what it verifies holds. Never how fast.
import { describe, expect, it } from 'vitest';
import { run as runColumn } from '../../bench/column.ts';
import { run as runDeadline } from '../../bench/deadline.ts';
import { run as runExports } from '../../bench/exports.ts';
import { run as runForms } from '../../bench/forms.ts';
import { run as runImports } from '../../bench/imports.ts';
import { run as runLedger } from '../../bench/ledger.ts';
import { run as runRollup } from '../../bench/rollup.ts';
import { syntheticUnits } from '../../bench/world.ts';

const many = 120_000;

describe('benchmarks', () => {
  it('column: asks for the warm home page', async () => {
    const result = await runColumn({ seconds: 0.3, connections: 2, within: true });
    expect(result).toMatchObject({ bench: 'column', failed: 0, page: { articles: 12 } });
  }, 60_000);

  it('stand on 3,200 units', () => {
    const units = syntheticUnits();
    expect(units).toHaveLength(3_200);
    expect(new Set(units.map(({ code }) => code)).size).toBe(3_200);
  });

  it('forms: every form is written, and read back as it was filled', async () => {
    const result = await runForms({ write: 4, read: 6 });
    expect(result).toMatchObject({ bench: 'forms', writing: { files: 4, format: 'pdf' }, reading: { files: 6 } });
  }, many);

  it('rollup: tables agree with plain SQL over the ledger at every size', async () => {
    const result = await runRollup({ sizes: [50, 400], reads: 2 });
    expect(result).toMatchObject({ bench: 'rollup', units: 3_200, enterprisesPerEntry: 5, results: [{ entries: 50, agrees: true }, { entries: 400, agrees: true }], flat: { from: 50, to: 400 } });
  }, many);

  it('ledger: every entry is recorded once, with its audit record and its figures', async () => {
    const result = await runLedger({ entries: 40, warmUp: 8, clients: 4, within: true });
    expect(result).toMatchObject({ bench: 'ledger', entries: 40, latency: { count: 40 }, correct: { entries: true, audit: true, figures: true }, refused: [] });
  }, many);

  it('exports: what is read is what is sent', async () => {
    const result = await runExports({ rows: 300, within: true });
    expect(result).toMatchObject({ bench: 'exports', rows: 300, results: [{ format: 'xlsx' }, { format: 'csv' }, { format: 'xlsx' }], baseline: { rows: 300 } });
  }, many);

  it('imports: every row is one entry with its audit record and its figures, and the same sheet again changes nothing', async () => {
    const result = await runImports({ rows: 300, alone: 0, within: true });
    expect(result).toMatchObject({ bench: 'imports', rows: 300, counts: { new: 300, wrong: 0 }, sameSheetAgain: { counts: { new: 0, changed: 0, same: 300 } }, correct: { entries: true, audit: true, figures: true } });
  }, many);

  it('deadline: no submission is lost or done twice, and each is late by the clock alone', async () => {
    const result = await runDeadline({ units: 30, entries: 200, clients: 4, readers: 3, restMilliseconds: 20, secondsBefore: 1, within: true });
    expect(result).toMatchObject({
      bench: 'deadline', units: 30, reads: { failed: 0 },
      verified: { lost: 0, doubled: 0, misnumbered: 0, states: 30, audited: 30, withoutSeal: 0, wronglyLate: 0, sealChainWhole: true, answersAgain: 30, refused: 0 },
    });
  }, many);
});
