// Reads many filled forms of every format one after the other, as the server does: files per second, peak memory of the whole
// process (the writing of the forms included), and how many figures were read, asked and wrong against the truth they were written with.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { formReader } from '../src/documents/form-reading.ts';
import { packageRoot } from '../src/kernel/package-root.ts';
import { type EditionDefinition, editionDefinition } from '../src/modules/editions/model.ts';
import { expectedForm } from '../src/modules/forms/rules/expecting.ts';
import { readForm } from '../src/modules/forms/rules/reading.ts';
import { draftOf, type Truth } from '../src/testing/forms/drafts.ts';
import { type Dice, mutations, type WrittenFormat } from '../src/testing/forms/mutations.ts';
import { csvOf, docxOf, xlsOf, xlsxOf } from '../src/testing/forms/writers.ts';
import { machine, round } from './world.ts';

export async function run({ read = 1_000 }: { readonly read?: number } = {}): Promise<object> {
  return { bench: 'forms-read', machine: machine(), reading: await readManyForms(read) };
}

export async function readManyForms(count: number): Promise<object> {
  const definition = editionDefinition.parse(JSON.parse(await readFile(join(packageRoot, 'data', 'editions', '2023.json'), 'utf8')));
  const expected = expectedForm(definition, []);
  const reader = formReader();
  const figures = { right: 0, asked: 0, wrong: 0 };
  let milliseconds = 0;
  let refused = 0;
  for (const { bytes, truth } of filledForms(definition, count)) {
    const start = performance.now();
    const read = await reader.read(bytes);
    const reading = read.ok ? readForm(read.grids, expected) : null;
    milliseconds += performance.now() - start;
    if (reading === null) refused += 1;
    for (const [code, figure] of Object.entries(reading?.figures ?? {})) figures[figure === null ? 'asked' : figure === truth[code] ? 'right' : 'wrong'] += 1;
  }
  await reader.close();
  return { files: count, seconds: round(milliseconds / 1000), filesPerSecond: round((count * 1000) / milliseconds), peakMegabytes: round(process.resourceUsage().maxRSS / 1024), refused, figures };
}

interface FilledForm {
  readonly bytes: Uint8Array;
  readonly truth: Truth;
}

const formats: readonly WrittenFormat[] = ['docx', 'xlsx', 'xls', 'csv'];

/** Every format and every mutation in turn. */
function* filledForms({ indicators }: Pick<EditionDefinition, 'indicators'>, count: number): Generator<FilledForm> {
  for (let number = 0; number < count; number += 1) {
    const dice = diceOf(number);
    const truth = Object.fromEntries(indicators.map(({ code }) => [code, dice(5_000)]));
    const draft = draftOf(indicators, truth);
    const format = formats[number % formats.length] ?? 'docx';
    const able = mutations.filter((one) => one.in === undefined || one.in.includes(format));
    able[Math.floor(number / formats.length) % able.length]?.change(draft, dice, truth, indicators);
    yield { truth, bytes: format === 'docx' ? docxOf(draft) : format === 'xlsx' ? xlsxOf(draft) : format === 'xls' ? xlsOf(draft) : csvOf(draft, number % 3 === 0 ? 'gbk' : 'utf-8') };
  }
}

function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
