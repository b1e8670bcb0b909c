// A ZIP file that only stores, laid out in one way: the same names and contents give the same bytes, and whoever reads one can
// lay it out again and compare. So nothing can hide in headers, between entries or behind the end. No ZIP64: up to 4 GiB.

export interface StoredEntry {
  /** UTF-8; every entry says so. */
  readonly name: Uint8Array;
  readonly bytes: number;
  readonly crc32: number;
}

export const endBytes = 22;
export const localBytes = 30;
const directoryEntryBytes = 46;
export const mostEntries = 60_000;
export const mostBytes = 0xffff_fffe;

const localSignature = 0x0403_4b50;
const directorySignature = 0x0201_4b50;
const endSignature = 0x0605_4b50;
/** 2.0, made on Unix, names in UTF-8, stored, on 1 January 1980: the first day a ZIP file can name. */
const needed = 20;
const madeBy = 0x0314;
const nameInUtf8 = 0x0800;
const firstDay = 0x0021;
/** An ordinary file, read by all and written by its owner. */
const attributes = 0o100_644 * 0x1_0000;

/** What stands before the content of an entry. */
export function localHeaderOf({ name, bytes, crc32 }: StoredEntry): Uint8Array {
  const header = new Uint8Array(localBytes + name.length);
  const view = new DataView(header.buffer);
  view.setUint32(0, localSignature, true);
  view.setUint16(4, needed, true);
  view.setUint16(6, nameInUtf8, true);
  view.setUint16(12, firstDay, true);
  view.setUint32(14, crc32, true);
  view.setUint32(18, bytes, true);
  view.setUint32(22, bytes, true);
  view.setUint16(26, name.length, true);
  header.set(name, localBytes);
  return header;
}

/** Where the content of each entry begins, in order, and where the directory does. */
export function placesOf(entries: readonly StoredEntry[]): { readonly starts: readonly number[]; readonly end: number } {
  let end = 0;
  const starts = entries.map(({ name, bytes }) => {
    const start = end + localBytes + name.length;
    end = start + bytes;
    return start;
  });
  return { starts, end };
}

/** All that stands behind the contents: the central directory and the end record. */
export function directoryOf(entries: readonly StoredEntry[]): Uint8Array {
  const { starts, end } = placesOf(entries);
  const size = entries.reduce((sum, { name }) => sum + directoryEntryBytes + name.length, 0);
  const directory = new Uint8Array(size + endBytes);
  const view = new DataView(directory.buffer);
  let at = 0;
  for (const [index, { name, bytes, crc32 }] of entries.entries()) {
    view.setUint32(at, directorySignature, true);
    view.setUint16(at + 4, madeBy, true);
    view.setUint16(at + 6, needed, true);
    view.setUint16(at + 8, nameInUtf8, true);
    view.setUint16(at + 14, firstDay, true);
    view.setUint32(at + 16, crc32, true);
    view.setUint32(at + 20, bytes, true);
    view.setUint32(at + 24, bytes, true);
    view.setUint16(at + 28, name.length, true);
    view.setUint32(at + 38, attributes, true);
    view.setUint32(at + 42, (starts[index] ?? 0) - localBytes - name.length, true);
    directory.set(name, at + directoryEntryBytes);
    at += directoryEntryBytes + name.length;
  }
  view.setUint32(at, endSignature, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, size, true);
  view.setUint32(at + 16, end, true);
  return directory;
}

export function beginsLikeZip(first: Uint8Array): boolean {
  return first.length >= 4 && viewOf(first).getUint32(0, true) === localSignature;
}

/** How many bytes of directory lie before the end record, by the last bytes of a file; null when it is no such record. */
export function directoryBytesOf(end: Uint8Array): number | null {
  if (end.length !== endBytes) return null;
  const view = viewOf(end);
  return view.getUint32(0, true) === endSignature ? view.getUint32(12, true) : null;
}

/**
 * The entries of a directory; null when it is not one. Only names, sizes and sums are read: whether everything else is as it
 * must be shows when `directoryOf` lays it out again.
 */
export function entriesIn(directory: Uint8Array): readonly StoredEntry[] | null {
  const view = viewOf(directory);
  const entries: StoredEntry[] = [];
  let at = 0;
  while (at < directory.length) {
    if (at + directoryEntryBytes > directory.length || view.getUint32(at, true) !== directorySignature) return null;
    const next = at + directoryEntryBytes + view.getUint16(at + 28, true);
    if (next > directory.length || entries.length >= mostEntries) return null;
    entries.push({ name: directory.slice(at + directoryEntryBytes, next), bytes: view.getUint32(at + 20, true), crc32: view.getUint32(at + 16, true) });
    at = next;
  }
  return entries;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

// CRC-32, eight bytes at a time: one table for each place.
const tables: readonly Uint32Array[] = (() => {
  const first = Uint32Array.from({ length: 256 }, (_unused, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
    return sum;
  });
  const all = [first];
  for (let place = 1; place < 8; place += 1) all.push((all[place - 1] ?? first).map((sum) => (sum >>> 8) ^ (first[sum & 0xff] ?? 0)));
  return all;
})();

/** CRC-32 of bytes, going on from that of the bytes before (0 at the beginning). */
export function crc32Of(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as unknown as readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const take = (table: Uint32Array, place: number): number => table[place & 0xff] ?? 0;
  const byteAt = (at: number): number => bytes[at] ?? 0;
  let sum = ~before;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    sum ^= byteAt(at) | (byteAt(at + 1) << 8) | (byteAt(at + 2) << 16) | (byteAt(at + 3) << 24);
    sum = take(t7, sum) ^ take(t6, sum >>> 8) ^ take(t5, sum >>> 16) ^ take(t4, sum >>> 24)
      ^ take(t3, byteAt(at + 4)) ^ take(t2, byteAt(at + 5)) ^ take(t1, byteAt(at + 6)) ^ take(t0, byteAt(at + 7));
  }
  for (; at < bytes.length; at += 1) sum = (sum >>> 8) ^ take(t0, sum ^ byteAt(at));
  return ~sum >>> 0;
}
