// The documents of a package: the sealed table and the summary report, in every format they are written in.
import { settledWord } from '../../documents/settled.ts';
import type { BlobStore } from '../../kernel/blobs.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { formFormat } from '../forms/model.ts';
import { writeForm } from '../forms/writing/write.ts';
import { resolveMaterial } from '../reports/files.ts';
import { reportFormat } from '../reports/model.ts';
import { writeReport } from '../reports/writing/writing.ts';
import type { Gathered } from './gathering.ts';

export interface PackedDocument {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export async function writeDocuments({ sheet, report, seal }: Pick<Gathered, 'sheet' | 'report' | 'seal'>, blobs: BlobStore): Promise<PackedDocument[]> {
  const documents: PackedDocument[] = [];
  const add = (name: string, format: string, bytes: Uint8Array): void => void documents.push({ path: `data/${name}.${format}`, bytes: settled(format, bytes, seal.at) });
  for (const format of formFormat.options) add('统计表', format, await writeForm(sheet, format));
  if (report === null) return documents;
  const resolved = await resolveMaterial(report, blobs);
  for (const format of reportFormat.options) add('总结报告', format, await writeReport(resolved, format, seal.at));
  return documents;
}

/** The same package has the same bytes: Excel and PDF are written so, Word is made so. */
function settled(format: string, bytes: Uint8Array, at: Instant): Uint8Array {
  return format === 'docx' ? settledWord(bytes, utcText(at)) : bytes;
}

/** As Office writes times: in UTC, to the second. */
function utcText(at: Instant): string {
  const [date = '', time = ''] = instantOf(epochOf(at) - 8 * 60 * 60_000).split('T');
  return `${date}T${time.slice(0, 8)}Z`;
}
