// Looks into ZIP packages (DOCX, XLSX) without unpacking: the directory says everything that matters here. Unpacks a part
// only against what the directory promised, so a bomb stays what it is.
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { textAt, viewOf } from './bytes.ts';

const signature = { end: 0x0605_4b50, entry: 0x0201_4b50, local: 0x0403_4b50 } as const;
const endLength = 22;
const entryLength = 46;
const localLength = 30;
const method = { stored: 0, deflated: 8 } as const;

/** security A9 */
const limits = { parts: 2_000, unpackedBytes: 200 * 1024 * 1024, ratio: 100 } as const;

export type PackageFault = 'file_unreadable' | 'trailing_data' | 'encrypted' | 'macros' | 'unpacks_too_large';

export interface PackagePart {
  readonly name: string;
  readonly encrypted: boolean;
  readonly unpackedBytes: number;
  readonly packedBytes: number;
  readonly method: number;
  /** Where its local header begins. */
  readonly at: number;
}

/** What is wrong with a package, or null. `mostUnpacked` is for those who will unpack it. */
export function packageFault(bytes: Uint8Array, mostUnpacked: number = limits.unpackedBytes): PackageFault | null {
  const parts = listParts(bytes);
  return typeof parts === 'string' ? parts : partsFault(parts, bytes.length, mostUnpacked);
}

/** The parts of a package by its directory, or why there is none. */
export function listParts(bytes: Uint8Array): readonly PackagePart[] | PackageFault {
  const end = directoryEnd(bytes);
  if (end === null) return 'file_unreadable';
  const view = viewOf(bytes);
  const comment = view.getUint16(end + 20, true);
  if (comment > 0 || end + endLength < bytes.length) return 'trailing_data';
  const size = view.getUint32(end + 12, true);
  const from = view.getUint32(end + 16, true);
  // The directory ends where its end record begins, or something was put in front of the package.
  if (from + size !== end) return 'file_unreadable';
  return readParts(bytes, from, view.getUint16(end + 10, true)) ?? 'file_unreadable';
}

/** The bytes of one part; null when it is not what the directory promised. Never makes more than was promised. */
export function unpackPart(bytes: Uint8Array, part: PackagePart): Uint8Array | null {
  const packed = packedPart(bytes, part);
  if (packed === null) return null;
  if (part.method === method.stored) return part.packedBytes === part.unpackedBytes ? packed : null;
  if (part.method !== method.deflated) return null;
  try {
    const unpacked = inflateRawSync(packed, { maxOutputLength: Math.max(1, part.unpackedBytes) });
    return unpacked.length === part.unpackedBytes ? unpacked : null;
  } catch {
    return null;
  }
}

/** As `unpackPart`, piece by piece, for parts that are large; throws where that has null. */
export async function* unpackPieces(bytes: Uint8Array, part: PackagePart): AsyncGenerator<Uint8Array> {
  const packed = packedPart(bytes, part);
  if (packed === null || part.method !== method.deflated) {
    const whole = unpackPart(bytes, part);
    if (whole === null) throw new Error('not the part that was promised');
    yield whole;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  inflate.end(packed);
  let length = 0;
  for await (const piece of inflate as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > part.unpackedBytes) throw new Error('more than was promised');
    yield piece;
  }
  if (length !== part.unpackedBytes) throw new Error('less than was promised');
}

function packedPart(bytes: Uint8Array, part: PackagePart): Uint8Array | null {
  if (part.at + localLength > bytes.length) return null;
  const view = viewOf(bytes);
  if (view.getUint32(part.at, true) !== signature.local) return null;
  const from = part.at + localLength + view.getUint16(part.at + 26, true) + view.getUint16(part.at + 28, true);
  const packed = bytes.subarray(from, from + part.packedBytes);
  return packed.length === part.packedBytes ? packed : null;
}

function partsFault(parts: readonly PackagePart[], packedBytes: number, mostUnpacked: number): PackageFault | null {
  if (parts.some((part) => part.encrypted)) return 'encrypted';
  if (parts.some((part) => isMacro(part.name))) return 'macros';
  if (parts.some((part) => part.name.startsWith('/') || part.name.includes('\\') || part.name.split('/').includes('..'))) return 'file_unreadable';
  const unpacked = parts.reduce((sum, part) => sum + part.unpackedBytes, 0);
  return unpacked > mostUnpacked || unpacked > packedBytes * limits.ratio ? 'unpacks_too_large' : null;
}

function isMacro(name: string): boolean {
  return /(^|\/)(vbaproject[^/]*\.bin|vbadata\.xml)$|(^|\/)(macrosheets|activex)\//i.test(name);
}

/** Where the end record of the directory is: the last one that a comment of its length could follow. */
function directoryEnd(bytes: Uint8Array): number | null {
  const view = viewOf(bytes);
  const lowest = Math.max(0, bytes.length - endLength - 0xffff);
  for (let at = bytes.length - endLength; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === signature.end) return at;
  }
  return null;
}

function readParts(bytes: Uint8Array, from: number, count: number): PackagePart[] | null {
  if (count > limits.parts) return null;
  const view = viewOf(bytes);
  const parts: PackagePart[] = [];
  let at = from;
  for (let number = 0; number < count; number += 1) {
    if (at + entryLength > bytes.length || view.getUint32(at, true) !== signature.entry) return null;
    const nameLength = view.getUint16(at + 28, true);
    parts.push({
      name: textAt(bytes, at + entryLength, nameLength),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}
