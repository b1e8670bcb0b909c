// A report as a PDF/A file.
import { renderPdf } from '../../../documents/pdf.ts';
import { closingIndents, imageSize } from '../../../documents/word.ts';
import type { Instant } from '../../../shared/instant.ts';
import { marksOf, missingPicture, type ResolvedBlock, type ResolvedReport } from '../rules/resolved.ts';
import { reportTemplate } from './template.ts';

/** A last paragraph up to so many characters goes to the next page with the signature; a longer one may part. */
const shortText = 280;

export async function writePdf(report: ResolvedReport, createdAt: Instant): Promise<Uint8Array> {
  const images: Record<string, Uint8Array> = {};
  const blocks = report.blocks.map((block, index) => dataOf(block, index, images));
  const { title, addressee, attachments, signature, date } = report;
  return renderPdf({
    source: reportTemplate,
    data: { title, author: signature, addressee, attachments, signature, date, marks: marksOf(report), closing: closingIndents(signature, date), blocks },
    images,
    createdAt,
  });
}

function dataOf(block: ResolvedBlock, index: number, images: Record<string, Uint8Array>): object {
  if (block.type === 'paragraph') return { ...block, short: block.runs.reduce((sum, { text }) => sum + text.length, 0) <= shortText };
  if (block.type !== 'picture') return block;
  const { image, caption } = block;
  if (image === null) return { type: 'picture', caption, file: null, missing: missingPicture };
  const file = `picture-${index}.${image.type}`;
  images[file] = image.bytes;
  return { type: 'picture', caption, file, ...imageSize(image) };
}
