// The documents of a package: the sealed table in every format it is written in.
import { settledWord } from '../../documents/settled.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { formFormat, type FormSheet } from '../forms/model.ts';
import { writeForm } from '../forms/writing/write.ts';

export interface PackedDocument {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export async function writeDocuments(sheet: FormSheet): Promise<PackedDocument[]> {
  const documents: PackedDocument[] = [];
  for (const format of formFormat.options) documents.push({ path: `data/统计表.${format}`, bytes: settled(format, await writeForm(sheet, format), sheet.asOf) });
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
