// Forms as people fill them, with the truth beside: a figure read is the figure that stood there, or it is asked. Written to bytes and
// read back in the formats they come in; and bytes that are broken, locked or hostile.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type FormGrids, formReader } from '../../../documents/form-reading.ts';
import { type Draft, draftOf, type Truth } from '../../../testing/forms/drafts.ts';
import { type Dice, type Mutation, mutations, type WrittenFormat } from '../../../testing/forms/mutations.ts';
import { csvOf, docxOf, xlsOf, xlsxOf } from '../../../testing/forms/writers.ts';
import { editionDefinition } from '../../editions/model.ts';
import type { FormReading } from '../model.ts';
import { expectedForm } from './expecting.ts';
import { readForm } from './reading.ts';

const definition = editionDefinition.parse(JSON.parse(readFileSync('data/editions/2023.json', 'utf8')));
const expected = expectedForm(definition, [], ['云和市市场监督管理局', '云和市市场监管局', '云和市']);
const reader = formReader();
afterAll(() => reader.close());

const formats: readonly WrittenFormat[] = ['docx', 'xlsx', 'xls', 'csv'];

function written(draft: Draft, format: WrittenFormat, dice: Dice): Uint8Array {
  if (format === 'docx') return docxOf(draft);
  if (format === 'xlsx') return xlsxOf(draft);
  return format === 'xls' ? xlsOf(draft) : csvOf(draft, (['utf-8', 'utf-8-mark', 'gbk'] as const)[dice(3)] ?? 'utf-8');
}

/** Small, and of a quality that suffices for tests; the same seed throws the same. */
function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function truthOf(dice: Dice): Truth {
  return Object.fromEntries(definition.indicators.map(({ code }) => [code, dice([10, 100, 2_000, 60_000][dice(4)] ?? 10)]));
}

async function readBack(bytes: Uint8Array): Promise<FormReading | null> {
  const read: FormGrids = await reader.read(bytes);
  if (!read.ok) throw new Error(read.refusal);
  return readForm(read.grids, expected);
}

/** Every figure is right, or null and asked; and asked only where the mutation allows it, unless several were at work (`mixed`). */
function judge(draft: Draft, truth: Truth, reading: FormReading | null, title: string, mixed: boolean): void {
  if (!mixed) expect(reading, title).not.toBeNull();
  if (reading === null) return;
  for (const { code } of definition.indicators) {
    const figure = reading.figures[code];
    const doubts = reading.doubts.filter((one) => one.code === code);
    if (figure === null) {
      expect(doubts.length, `${title}: ${code} is null and asked once`).toBe(1);
      expect(mixed || draft.asked === 'all' || draft.asked.has(code), `${title}: ${code} is asked (${doubts[0]?.kind ?? ''} «${doubts[0]?.text ?? ''}») though it is plain`).toBe(true);
    } else {
      expect(figure, `${title}: ${code} is the figure that stood there`).toBe(truth[code]);
      expect(doubts, `${title}: ${code}`).toEqual([]);
      expect(reading.sources[code], `${title}: ${code} has a place`).toBeDefined();
    }
  }
  if (!mixed) expect(reading.doubts.filter(({ code }) => code === null).map(({ kind }) => kind), title).toEqual(draft.formDoubts);
}

async function tried(chosen: readonly Mutation[], format: WrittenFormat, seed: number, mixed: boolean): Promise<void> {
  const dice = diceOf(seed);
  const truth = truthOf(dice);
  const draft = draftOf(definition.indicators, truth);
  for (const mutation of chosen) mutation.change(draft, dice, truth, definition.indicators);
  judge(draft, truth, await readBack(written(draft, format, dice)), `${chosen.map(({ name }) => name).join(' + ')} (${format}, ${seed})`, mixed);
}

/** More with FORM_SEEDS. */
const seeds = Array.from({ length: Number(process.env['FORM_SEEDS'] ?? 1) }, (_, index) => index + 1);
const carries = (mutation: Mutation, format: WrittenFormat): boolean => mutation.in === undefined || mutation.in.includes(format);

describe('a filled form', () => {
  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))('%s', async (_, mutation) => {
    for (const format of formats.filter((one) => carries(mutation, one))) {
      for (const seed of seeds) await tried([mutation], format, seed, false);
    }
  });

  it('changed in several ways at once is never read wrong without a word', async () => {
    const several = fc.tuple(fc.constantFrom(...formats), fc.array(fc.constantFrom(...mutations.filter(({ alone }) => alone !== true)), { minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 1_000_000 }));
    await fc.assert(
      fc.asyncProperty(several, ([format, chosen, seed]) => tried(chosen.filter((one) => carries(one, format)), format, seed, true)),
      { numRuns: 60 * seeds.length, ...(seeds.length > 1 ? {} : { seed: 20230707 }) },
    );
  });
});

describe('a form from a real program', () => {
  const sample = (name: string): Promise<FormReading | null> => readBack(readFileSync(`src/testing/forms/samples/${name}`));
  const truth = Object.fromEntries(definition.indicators.map(({ code }, index) => [code, 11 + index * 37]));

  it.each(['plain.docx', 'plain.doc', 'two-lines-and-remarks.doc', 'numbers-with-formats.xls', 'numbers-with-formats.xlsx'])('%s is read right', async (name) => {
    const reading = await sample(name);
    expect([reading?.figures, reading?.doubts]).toEqual([truth, []]);
  });

  it('that we wrote and somebody saved as old Word is read right, with lines and tabs before its table', async () => {
    const reading = await sample('own-form.doc');
    expect([reading?.figures, reading?.doubts.map(({ kind }) => kind)]).toEqual([Object.fromEntries(definition.indicators.map(({ code }, index) => [code, index * 1371])), ['other_unit']]);
  });

  it('of old Word with «约» in it asks for one figure', async () => {
    const reading = await sample('about.doc');
    expect(reading?.figures).toEqual({ ...truth, 'publicity.sessions': null });
    expect(reading?.doubts.map(({ code, kind, text }) => [code, kind, text])).toEqual([['publicity.sessions', 'unclear', '约11场次']]);
  });

  it.each(['blank.docx', 'blank.xlsx'])('%s, not filled in, is all questions', async (name) => {
    const reading = await sample(name);
    expect(Object.values(reading?.figures ?? {})).toEqual(definition.indicators.map(() => null));
    expect(reading?.doubts.map(({ code, kind }) => [code, kind])).toEqual(definition.indicators.map(({ code }) => [code, 'blank']));
  });
});

describe('what is no form', () => {
  it.each([
    ['a list of visits', '日期,企业,参与人数\n6月5日,甲公司,12\n6月6日,乙公司,13'],
    ['a sentence', '调研走访企业56家，发放调查问卷120份。'],
    ['a table turned on its side', '参与企业,参与人数,调研走访企业,发放调查问卷,公布典型案例,共编发宣传报道\n1,2,3,4,5,6'],
  ])('is not read as one: %s', async (_, text) => expect(await readBack(new TextEncoder().encode(text))).toBeNull());

  it('whatever cells hold, reading ends with figures and questions or with nothing', () => {
    const cell = fc.record({
      text: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom(...definition.indicators.map(({ label }) => label), '数据', '序号', '具体内容', '（56）场次', '约9', '/', '1.2万', '单位：万')),
      number: fc.option(fc.double({ noNaN: true })), row: fc.integer({ min: 1, max: 12 }), column: fc.integer({ min: 1, max: 5 }), rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 3 }),
      marks: fc.subarray(['struck', 'hidden', 'shown_otherwise'] as const),
    });
    fc.assert(fc.property(fc.array(fc.record({ kind: fc.constantFrom('table' as const, 'sheet' as const, 'lines' as const), name: fc.string({ maxLength: 3 }), cells: fc.array(cell, { maxLength: 40 }) }), { maxLength: 3 }), (grids) => {
      const reading = readForm(grids, expected);
      for (const { code } of reading === null ? [] : definition.indicators) {
        const figure = reading?.figures[code];
        expect(figure === null ? reading?.doubts.filter((one) => one.code === code).length : 1).toBe(1);
        if (typeof figure === 'number') expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true);
      }
    }), { numRuns: 300 });
  });
});
