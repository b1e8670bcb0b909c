// Looks into DOCX and XLSX without unpacking: a package is a ZIP whose directory says everything that matters here.
// Never inflates anything, so a bomb stays what it is.
import type { FileRefusal } from './model.ts';
import { textAt, viewOf } from './endings.ts';

const signature = { end: 0x0605_4b50, entry: 0x0201_4b50 } as const;
const endLength = 22;
const entryLength = 46;

/** security A9 */
const limits = { parts: 2_000, unpackedBytes: 200 * 1024 * 1024, ratio: 100 } as const;

interface Part {
  readonly name: string;
  readonly encrypted: boolean;
  readonly unpackedBytes: number;
}

/** What is wrong with a package, or null. `mostUnpacked` is for those who will unpack it. */
export function packageFault(bytes: Uint8Array, mostUnpacked: number = limits.unpackedBytes): FileRefusal | null {
  const end = directoryEnd(bytes);
  if (end === null) return 'file_unreadable';
  const view = viewOf(bytes);
  const comment = view.getUint16(end + 20, true);
  if (comment > 0 || end + endLength < bytes.length) return 'trailing_data';
  const size = view.getUint32(end + 12, true);
  const from = view.getUint32(end + 16, true);
  // The directory ends where its end record begins, or something was put in front of the package.
  if (from + size !== end) return 'file_unreadable';
  const parts = readParts(bytes, from, view.getUint16(end + 10, true));
  return parts === null ? 'file_unreadable' : partsFault(parts, bytes.length, mostUnpacked);
}

function partsFault(parts: readonly Part[], packedBytes: number, mostUnpacked: number): FileRefusal | null {
  if (parts.some((part) => part.encrypted)) return 'encrypted';
  if (parts.some((part) => isMacro(part.name))) return 'macros';
  if (parts.some((part) => part.name.startsWith('/') || part.name.includes('\\') || part.name.split('/').includes('..'))) return 'file_unreadable';
  const unpacked = parts.reduce((sum, part) => sum + part.unpackedBytes, 0);
  return unpacked > mostUnpacked || unpacked > packedBytes * limits.ratio ? 'file_unreadable' : null;
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

function readParts(bytes: Uint8Array, from: number, count: number): Part[] | null {
  if (count > limits.parts) return null;
  const view = viewOf(bytes);
  const parts: Part[] = [];
  let at = from;
  for (let number = 0; number < count; number += 1) {
    if (at + entryLength > bytes.length || view.getUint32(at, true) !== signature.entry) return null;
    const nameLength = view.getUint16(at + 28, true);
    parts.push({
      name: textAt(bytes, at + entryLength, nameLength),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      unpackedBytes: view.getUint32(at + 24, true),
    });
    at += entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}
