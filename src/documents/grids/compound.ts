// The old container of .doc and .xls (OLE, also of Word and Excel files with a password): which streams it says it has, without a library.
import { startsWith, viewOf } from '../bytes.ts';

export const compoundSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] as const;
const entryLength = 128;

export interface CompoundKinds {
  readonly word: boolean;
  readonly sheet: boolean;
  readonly encrypted: boolean;
  readonly macros: boolean;
}

/** By the names of its directory, which lie at multiples of 128 bytes; null when it has none. */
export function compoundKinds(bytes: Uint8Array): CompoundKinds | null {
  if (!startsWith(bytes, compoundSignature) || bytes.length < 1024) return null;
  const names = namesIn(bytes);
  // Cut off before its directory.
  if (names.size === 0) return null;
  const word = names.has('WordDocument');
  return {
    word,
    sheet: names.has('Workbook') || names.has('Book'),
    encrypted: names.has('EncryptedPackage') || names.has('EncryptionInfo') || (word && isEncryptedWord(bytes)) || isEncryptedWorkbook(bytes),
    macros: names.has('_VBA_PROJECT') || names.has('_VBA_PROJECT_CUR'),
  };
}

function namesIn(bytes: Uint8Array): Set<string> {
  const view = viewOf(bytes);
  const names = new Set<string>();
  for (let at = 512; at + entryLength <= bytes.length; at += entryLength) {
    const length = view.getUint16(at + 64, true);
    const kind = bytes[at + 66] ?? 0;
    // A storage or a stream; names end with a zero and are told with it.
    if (length < 4 || length > 64 || length % 2 !== 0 || (kind !== 1 && kind !== 2)) continue;
    names.add(Buffer.from(bytes.subarray(at, at + length - 2)).toString('utf16le'));
  }
  return names;
}

/** A workbook with a password says so right behind its beginning (FILEPASS), sometimes after a wish to be opened for reading only. */
function isEncryptedWorkbook(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let at = 512; at + 32 <= bytes.length; at += 64) {
    if (view.getUint16(at, true) !== 0x0809) continue;
    let next = at + 4 + view.getUint16(at + 2, true);
    if (next + 4 <= bytes.length && view.getUint16(next, true) === 0x0086) next += 4 + view.getUint16(next + 2, true);
    if (next + 4 <= bytes.length && view.getUint16(next, true) === 0x002f) return true;
  }
  return false;
}

/** The head of a Word stream has a bit for encryption, and one for the older way of hiding text. Streams begin at sectors. */
function isEncryptedWord(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let at = 512; at + 12 <= bytes.length; at += 512) {
    if (view.getUint16(at, true) === 0xa5ec) return (view.getUint16(at + 10, true) & 0x0100) !== 0;
  }
  return false;
}
