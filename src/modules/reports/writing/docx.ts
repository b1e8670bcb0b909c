// A report as a Word file.
import { packWord, type WordBlock, wordAddressee, wordAttachments, wordClosing, wordHeading, wordPicture, wordTable, wordText, wordTitle } from '../../../documents/word.ts';
import type { ResolvedBlock, ResolvedReport } from '../rules/resolved.ts';
import { marksOf, missingPicture } from '../rules/resolved.ts';

export async function writeDocx(report: ResolvedReport): Promise<Uint8Array> {
  const last = report.blocks.length - 1;
  return packWord({
    title: report.title,
    author: report.signature,
    marks: marksOf(report),
    children: [
      ...wordTitle(report.title),
      ...(report.addressee === '' ? [] : [wordAddressee(report.addressee)]),
      ...report.blocks.flatMap((block, index) => blockOf(block, index === last)),
      ...wordAttachments(report.attachments),
      ...wordClosing(report.signature, report.date),
    ],
  });
}

function blockOf(block: ResolvedBlock, last: boolean): WordBlock[] {
  switch (block.type) {
    case 'heading':
      return [wordHeading(block.level, block.number, block.runs)];
    case 'paragraph':
      return [wordText(block.runs, last)];
    case 'table':
      return wordTable(block);
    case 'picture':
      return wordPicture(block.image, block.caption, missingPicture);
  }
}
