// Writes a ZIP file that only stores, one entry after the other, without holding more than one of them. The same entries give
// the same bytes (src/shared/stored-zip.ts), which no ZIP library promises.
import { crc32 } from 'node:zlib';
import { directoryOf, localHeaderOf, mostBytes, mostEntries, type StoredEntry } from '../shared/stored-zip.ts';

export interface ArchiveEntry {
  readonly name: string;
  /** Loaded when its turn comes. */
  load(): Promise<Uint8Array> | Uint8Array;
}

export type Append = (bytes: Uint8Array) => Promise<void>;

/** Writes all entries in their order. */
export async function writeStoredZip(entries: Iterable<ArchiveEntry>, append: Append): Promise<void> {
  const written: StoredEntry[] = [];
  const encoder = new TextEncoder();
  let total = 0;
  for (const { name, load } of entries) {
    const content = await load();
    const entry: StoredEntry = { name: encoder.encode(name), bytes: content.length, crc32: crc32(content) };
    const header = localHeaderOf(entry);
    total += header.length + content.length;
    written.push(entry);
    if (total > mostBytes || written.length > mostEntries) throw new RangeError('a ZIP file without ZIP64 has no room for this');
    await append(header);
    await append(content);
  }
  await append(directoryOf(written));
}
