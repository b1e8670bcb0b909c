// Opens the ZIP file of a package: every byte that is no content must be the one our own layout puts there, and every content
// must have its sum. What is handed on are digests of all files, and the bytes of those that are data.
import { beginsLikeZip, crc32Of, directoryBytesOf, directoryOf, endBytes, entriesIn, localHeaderOf, mostBytes, placesOf, sameBytes, type StoredEntry } from '../../../shared/stored-zip.ts';
import type { VerifySignature } from '../../../shared/signature.ts';
import { fault, type PackageFault } from './faults.ts';

/** The bytes of a file, wherever it lies. */
export interface PackageReader {
  readonly bytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** The digest in hexadecimal; nothing may follow. */
  hex(): string;
}

/** What Node and a browser each bring of their own. */
export interface PackageTools {
  sha256(): RunningHash;
  sm3(): RunningHash;
  encode(text: string): Uint8Array;
  /** Null when the bytes are not UTF-8. */
  decode(bytes: Uint8Array): string | null;
  readonly verify: VerifySignature;
}

/** Told between pieces; what it returns is waited for, so that a page can draw meanwhile. */
export type Progress = (done: number, all: number) => Promise<void> | void;

export interface PackedFile {
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  /** Only of files that were asked for. */
  readonly content: Uint8Array | null;
}

export interface Opened {
  /** The folder everything lies in. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, PackedFile>;
}

type Result<T> = { readonly found: T; readonly fault: null } | { readonly found: null; readonly fault: PackageFault };
const held = <T>(found: T): Result<T> => ({ found, fault: null });
const broken = <T>(wrong: PackageFault): Result<T> => ({ found: null, fault: wrong });

const pieceBytes = 1_048_576;
/** The directory of sixty thousand long names. */
const mostDirectoryBytes = 32 * 1024 * 1024;
/** Of a data file; the largest is the nation's own content, about a megabyte. */
const mostKeptBytes = 32 * 1024 * 1024;

export interface Wanted {
  /** Whether the bytes of a file are to be kept. */
  keeps(path: string): boolean;
  isSafe(path: string): boolean;
}

export async function openContainer(reader: PackageReader, tools: PackageTools, wanted: Wanted, progress: Progress): Promise<Result<Opened>> {
  const { found: entries, fault: wrong } = await readEntries(reader);
  if (entries === null) return broken(wrong);
  const { found: names, fault: misnamed } = namesOf(entries, tools, wanted);
  if (names === null) return broken(misnamed);
  const files = new Map<string, PackedFile>();
  const { starts } = placesOf(entries);
  for (const [index, entry] of entries.entries()) {
    const path = names.paths[index] ?? '';
    const start = starts[index] ?? 0;
    const header = localHeaderOf(entry);
    if (!sameBytes(await reader.read(start - header.length, header.length), header)) return broken(fault('layout', { file: path }));
    if (wanted.keeps(path) && entry.bytes > mostKeptBytes) return broken(fault('too_large', { file: path }));
    const file = await readFile(reader, tools, { start, entry, keep: wanted.keeps(path) }, progress);
    if (file === null) return broken(fault('file_changed', { file: path }));
    files.set(path, file);
  }
  return held({ folder: names.folder, files });
}

/** The entries by the directory, which must be laid out as ours and end where the file ends. */
async function readEntries(reader: PackageReader): Promise<Result<readonly StoredEntry[]>> {
  const first = await reader.read(0, Math.min(4, reader.bytes));
  if (reader.bytes > mostBytes) return broken(fault('too_large'));
  const size = directoryBytesOf(await reader.read(Math.max(0, reader.bytes - endBytes), Math.min(endBytes, reader.bytes)));
  if (size === null) return broken(fault(beginsLikeZip(first) ? 'cut_off' : 'not_a_package'));
  const behind = size + endBytes;
  if (size > mostDirectoryBytes) return broken(fault('too_large'));
  if (behind > reader.bytes) return broken(fault('layout'));
  const stored = await reader.read(reader.bytes - behind, behind);
  const entries = entriesIn(stored.subarray(0, size));
  if (entries === null || placesOf(entries).end + behind !== reader.bytes || !sameBytes(directoryOf(entries), stored)) return broken(fault('layout'));
  return held(entries);
}

/** Paths inside of the one folder, each safe and there once, in any spelling. */
function namesOf(entries: readonly StoredEntry[], tools: PackageTools, { isSafe }: Wanted): Result<{ readonly folder: string; readonly paths: readonly string[] }> {
  const names = entries.map(({ name }) => tools.decode(name));
  const folder = names[0]?.split('/')[0] ?? '';
  const paths: string[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    const path = name?.startsWith(`${folder}/`) === true ? name.slice(folder.length + 1) : null;
    if (path === null) return broken(fault('not_a_package', { file: name }));
    const spelling = path.normalize('NFC').toLowerCase();
    if (!isSafe(path) || seen.has(spelling)) return broken(fault('name', { file: path }));
    seen.add(spelling);
    paths.push(path);
  }
  return folder === '' ? broken(fault('not_a_package')) : held({ folder, paths });
}

interface Place {
  readonly start: number;
  readonly entry: StoredEntry;
  readonly keep: boolean;
}

/** Reads a file piece by piece; null when its sum is another. */
async function readFile(reader: PackageReader, tools: PackageTools, { start, entry, keep }: Place, progress: Progress): Promise<PackedFile | null> {
  const [sha256, sm3] = [tools.sha256(), tools.sm3()];
  const content = keep ? new Uint8Array(entry.bytes) : null;
  let sum = 0;
  for (let at = 0; at < entry.bytes; at += pieceBytes) {
    const piece = await reader.read(start + at, Math.min(pieceBytes, entry.bytes - at));
    sum = crc32Of(piece, sum);
    sha256.update(piece);
    sm3.update(piece);
    content?.set(piece, at);
    await progress(start + at + piece.length, reader.bytes);
  }
  return sum === entry.crc32 ? { bytes: entry.bytes, sha256: sha256.hex(), sm3: sm3.hex(), content } : null;
}
