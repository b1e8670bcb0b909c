// Looks for markings of state secrets in what a file says in plain text: the texts of DOCX and XLSX, the description of a PDF.
// Not in pictures of pages, nor in the compressed pages of a PDF: nothing here reads those (0028).
import { listParts, unpackPart } from '../../documents/containers.ts';
import { unescaped } from '../../documents/xml-text.ts';
import { bearsMarking } from '../../shared/markings.ts';

const texts = /^(word\/(document|header\d*|footer\d*|footnotes)\.xml|xl\/sharedStrings\.xml|xl\/worksheets\/[^/]+\.xml|docProps\/(core|app)\.xml)$/;
/** Beyond this the rest goes unread: it is looked at in the server's own thread. */
const mostUnpacked = 8 * 1024 * 1024;

export function isMarkedDocument(bytes: Uint8Array): boolean {
  const parts = listParts(bytes);
  if (typeof parts === 'string') return false;
  let left = mostUnpacked;
  for (const part of parts) {
    if (!texts.test(part.name) || part.unpackedBytes > left) continue;
    left -= part.unpackedBytes;
    const unpacked = unpackPart(bytes, part);
    // Runs of differently set characters are cut apart in the file and stand together on the page.
    if (unpacked !== null && bearsMarking(unescaped(Buffer.from(unpacked).toString('utf8').replaceAll(/<\/w:p>|<\/row>|<\/si>/g, '\n').replaceAll(/<[^>]*>/g, '')))) return true;
  }
  return false;
}

/** Titles and bookmarks of a PDF are UTF-16 with the higher byte first, where they are not compressed. */
export function isMarkedPdf(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ['绝密★', '机密★', '秘密★'].some((marking) => {
    const wanted = Buffer.from(marking, 'utf16le').swap16();
    for (let at = buffer.indexOf(wanted); at >= 0; at = buffer.indexOf(wanted, at + 1)) {
      const before = buffer.subarray(Math.max(0, at - 4), at + wanted.length);
      if (bearsMarking(Buffer.from(before).swap16().toString('utf16le'))) return true;
    }
    return false;
  });
}
