// B-P4. parse(print(x)) = x: the form we write is read back by our own reader figure by figure, without a doubt; lists come back from
// CSV and XLSX as they were; a canonical digest does not depend on the order of keys or on the machine's language.
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { formReader } from '../src/documents/form-reading.ts';
import { csvLine } from '../src/documents/csv.ts';
import { sha256Of } from '../src/kernel/digest.ts';
import { editionDefinition } from '../src/modules/editions/model.ts';
import { formSheetOf } from '../src/modules/forms/rules.ts';
import { expectedForm } from '../src/modules/forms/rules/expecting.ts';
import { readForm } from '../src/modules/forms/rules/reading.ts';
import { writeForm } from '../src/modules/forms/writing/write.ts';
import { canonicalText } from '../src/modules/seals/rules.ts';

const edition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const unitName = '望月县市场监督管理局';
const expected = expectedForm(edition, [], [unitName]);
const reader = formReader();
afterAll(() => reader.close());

const codes = edition.indicators.map(({ code }) => code);
const tables = fc.tuple(...codes.map(() => fc.oneof(fc.nat(9), fc.nat(5_000), fc.nat(999_999_999)))).map((values) => Object.fromEntries(codes.map((code, index) => [code, values[index] ?? 0])));

describe('what we write', () => {
  it.each([['xlsx', 100], ['docx', 20]] as const)('as a form in %s is read back, %i times', async (format, runs) => {
    await fc.assert(fc.asyncProperty(tables, async (figures) => {
      const bytes = await writeForm(formSheetOf(edition, { unitName, figures, receipt: null, demonstration: false, asOf: '2023-07-05T10:00:00.000+08:00' }), format);
      const read = await reader.read(bytes);
      const reading = read.ok ? readForm(read.grids, expected) : null;
      expect(reading?.figures).toEqual(figures);
      expect(reading?.doubts.filter(({ code }) => code !== null)).toEqual([]);
    }), { numRuns: runs });
    console.log(`B-P4: ${runs} forms written and read in ${format}`);
  }, 120_000);

  it('as CSV comes back, 1,000 times', () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', ',', '\r\n', '甲,乙', '“引号”'), fc.integer());
    fc.assert(fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (row) => {
      const [read] = parse(csvLine(row), { relax_column_count: true });
      // What a sheet would run has an apostrophe before it.
      expect(read?.map((text, index) => (typeof row[index] === 'string' && text === `'${row[index]}` ? row[index] : text))).toEqual(row.map(String));
    }), { numRuns: 1_000 });
  });

  it('has one digest, however its keys are ordered, 1,000 times', () => {
    const json = fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }), fc.array(fc.integer(), { maxLength: 3 }), fc.constant(null)), { maxKeys: 8 });
    fc.assert(fc.property(json, fc.integer(), (content, turn) => {
      const keys = Object.keys(content);
      const at = Math.abs(turn) % Math.max(keys.length, 1);
      const turned = Object.fromEntries([...keys.slice(at), ...keys.slice(0, at)].toReversed().map((key) => [key, content[key]]));
      expect(sha256Of(canonicalText(turned))).toBe(sha256Of(canonicalText(content)));
    }), { numRuns: 1_000 });
  });

  it('has one digest in every language of the machine', () => {
    const program = "import { canonicalText } from './dist/server/src/modules/seals/rules.js'; process.stdout.write(canonicalText({ b: 1, ä: 2, 中: 3, İ: 4, i: 5, I: 6 }));";
    const said = ['C', 'zh_CN.UTF-8', 'tr_TR.UTF-8'].map((LC_ALL) => {
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { env: { ...process.env, LC_ALL, LANG: LC_ALL }, encoding: 'utf8' });
      return stdout === '' ? stderr : stdout;
    });
    expect(new Set(said)).toEqual(new Set(['{"I":6,"b":1,"i":5,"ä":2,"İ":4,"中":3}']));
  });
});
