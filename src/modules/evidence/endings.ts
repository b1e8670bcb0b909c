// Finds where a picture or PDF really ends, by walking its structure. What lies behind belongs to another file (a
// polyglot). Reads bytes only; never decodes.
import { textAt, viewOf } from '../../documents/bytes.ts';

/** Offset behind the last byte of the file proper; null when it is cut off or not well-formed. */
export type FileEnd = number | null;

const marker = { prefix: 0xff, end: 0xd9, scan: 0xda, temporary: 0x01, restartFirst: 0xd0, restartLast: 0xd7 } as const;

export function jpegEnd(bytes: Uint8Array): FileEnd {
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== marker.prefix) return null;
    const kind = bytes[at + 1] ?? 0;
    if (kind === marker.end) return at + 2;
    if (kind === marker.prefix) at += 1;
    else if (kind === marker.temporary || isRestart(kind)) at += 2;
    else {
      const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
      if (length < 2) return null;
      at += 2 + length;
      if (kind === marker.scan) at = scanEnd(bytes, at);
    }
  }
  return null;
}

/** In a scan FF is followed by 00 (it meant FF) or by a restart; anything else ends it. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(marker.prefix, from); at >= 0; at = bytes.indexOf(marker.prefix, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0 && next !== undefined && !isRestart(next)) return at;
  }
  return bytes.length;
}

function isRestart(kind: number): boolean {
  return kind >= marker.restartFirst && kind <= marker.restartLast;
}

export function pngEnd(bytes: Uint8Array): FileEnd {
  const view = viewOf(bytes);
  let at = 8;
  // Length, four letters, data, checksum.
  while (at + 12 <= bytes.length) {
    const next = at + 12 + view.getUint32(at);
    if (next > bytes.length) return null;
    if (textAt(bytes, at + 4, 4) === 'IEND') return next;
    at = next;
  }
  return null;
}

export function webpEnd(bytes: Uint8Array): FileEnd {
  if (bytes.length < 12) return null;
  const size = viewOf(bytes).getUint32(4, true);
  const end = 8 + size + (size % 2);
  // Some writers leave out the padding of an odd size.
  if (bytes.length === 8 + size) return bytes.length;
  return end > bytes.length ? null : end;
}

/** Behind the last %%EOF. Up to 1 KiB may follow, as readers have always let pass; scanners pad with zeros. */
export function pdfEnd(bytes: Uint8Array): FileEnd {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('%%EOF', undefined, 'latin1');
  if (at < 0) return null;
  const end = at + '%%EOF'.length;
  return bytes.length - end <= 1024 || isPadding(bytes.subarray(end)) ? bytes.length : end;
}

/** Pages a PDF says it has: where its objects are compressed it says nothing, and counts as one of none. */
export function pdfPages(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const said = [...text.matchAll(/\/Type\s*\/Pages\b[^>]{0,400}?\/Count\s+(\d{1,9})|\/Count\s+(\d{1,9})[^>]{0,400}?\/Type\s*\/Pages\b/g)].map((match) => Number(match[1] ?? match[2]));
  return Math.max(0, ...said);
}

/**
 * Whether cameras put it there: padding, further pictures (gain maps, previews), the film of a moving photo, the
 * trailer of one large maker. Refusing these would refuse the photos of ordinary telephones; nothing of them is kept.
 */
export function isCameraTrailer(bytes: Uint8Array): boolean {
  if (isPadding(bytes)) return true;
  if (bytes[0] === marker.prefix && bytes[1] === 0xd8) {
    const end = jpegEnd(bytes);
    return end !== null && isCameraTrailer(bytes.subarray(end));
  }
  return textAt(bytes, 4, 4) === 'ftyp' || textAt(bytes, bytes.length - 4, 4) === 'SEFT';
}

function isPadding(bytes: Uint8Array): boolean {
  return bytes.every((one) => one === 0 || one === 0x0a || one === 0x0d || one === 0x20);
}

const foreign = ['%pdf-', 'pk\u0003\u0004', '<script', '<html', '<!doctype', '<?php', '<svg'];

/** Whether another kind of file announces itself within the first KiB of a picture. */
export function hasForeignStart(bytes: Uint8Array): boolean {
  const start = textAt(bytes, 0, 1024).toLowerCase();
  return foreign.some((magic) => start.includes(magic));
}
