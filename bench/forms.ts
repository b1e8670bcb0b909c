// bench forms: the sealed forms of a nation of 3,200 units written as PDF into one ZIP file, then filled forms read back.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type ArchiveEntry, writeStoredZip } from '../src/documents/archive.ts';
import { closePdf } from '../src/documents/pdf.ts';
import { packageRoot } from '../src/kernel/package-root.ts';
import { editionDefinition } from '../src/modules/editions/model.ts';
import type { FormSheet } from '../src/modules/forms/model.ts';
import { formSheetOf } from '../src/modules/forms/rules.ts';
import { writeForm } from '../src/modules/forms/writing/write.ts';
import { readManyForms } from './forms-read.ts';
import { machine, progress, round } from './world.ts';

interface FormsOptions {
  /** Forms written. */
  readonly write?: number;
  /** Filled forms read. */
  readonly read?: number;
}

export async function run({ write = 3200, read = 1_000 }: FormsOptions = {}): Promise<object> {
  return { bench: 'forms', machine: machine(), writing: await writeForms(write), reading: await readManyForms(read) };
}

/** As a province or the nation takes them along: one PDF for each unit, in one file, never more than one in memory. */
export async function writeForms(count: number): Promise<object> {
  const edition = editionDefinition.parse(JSON.parse(await readFile(join(packageRoot, 'data', 'editions', '2023.json'), 'utf8')));
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-forms-'));
  try {
    const file = join(directory, 'forms.zip');
    const before = process.memoryUsage.rss();
    const start = performance.now();
    await archive(file, entriesOf(edition, count));
    const seconds = (performance.now() - start) / 1000;
    const { size } = await stat(file);
    return {
      files: count, format: 'pdf', seconds: round(seconds), filesPerSecond: round(count / seconds), megabytes: round(size / 1e6), kilobytesEach: round(size / 1000 / count),
      megabytesBefore: round(before / 1e6), peakMegabytes: round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    await closePdf();
    await rm(directory, { recursive: true, force: true });
  }
}

async function archive(file: string, entries: Iterable<ArchiveEntry>): Promise<void> {
  const out = createWriteStream(file);
  await writeStoredZip(entries, async (bytes) => {
    if (!out.write(bytes)) await once(out, 'drain');
  });
  out.end();
  await once(out, 'finish');
}

function* entriesOf(edition: Parameters<typeof formSheetOf>[0], count: number): Generator<ArchiveEntry> {
  for (let number = 0; number < count; number += 1) {
    const code = String(110_000 + number * 37).padStart(6, '0');
    yield {
      name: `${code}.pdf`,
      load: async () => {
        if (number > 0 && number % 200 === 0) progress(`${number} of ${count} forms written`);
        return writeForm(sheetOf(edition, code, number), 'pdf');
      },
    };
  }
}

/** Names, figures and receipts that differ from unit to unit, so that no two documents are the same. */
function sheetOf(edition: Parameters<typeof formSheetOf>[0], code: string, number: number): FormSheet {
  const figures = Object.fromEntries(edition.indicators.map((indicator, index) => [indicator.code, (number * (index + 3) * 7919) % 10 ** (1 + (index % 6))]));
  const receiptCode = `2023-${code}-1-${(number * 2_654_435_761 % 0x1_0000).toString(16).toUpperCase().padStart(4, '0')}-90C2`;
  return formSheetOf(edition, {
    unitName: `第${number}县市场监督管理局`, figures, demonstration: false, asOf: '2023-07-05T10:00:00.000+08:00',
    receipt: { code: receiptCode, version: 1, sealedAt: '2023-07-05T10:00:00.000+08:00', address: `https://fuwuyue.example/verify/${receiptCode}` },
  });
}
