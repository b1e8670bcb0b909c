// Where the bytes of evidence lie: by their SHA-256, written once, never overwritten. Knows nothing of records.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { epochOf, type Instant } from '../shared/instant.ts';
import { systemClock } from './clock.ts';

/** A file that lies here, read in any order. */
export interface OpenBlob {
  readonly bytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface BlobStore {
  /** Writes what is not there yet. What is there counts as written now: its record is about to be made. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | null>;
  /** Writes what is made piece by piece, too large to be held; its name is known when all of it is there. */
  build(fill: (append: (bytes: Uint8Array) => Promise<void>) => Promise<string>): Promise<void>;
  open(name: string): Promise<OpenBlob | null>;
  /** The names of all that lies here, in groups of files side by side; also of what a sudden end left unfinished. */
  list(): AsyncIterable<readonly string[]>;
  /** Removes what was written before a moment of the machine's time (demonstrations have another); whether it did. */
  remove(name: string, writtenBefore: Instant): Promise<boolean>;
}

const blobName = /^[0-9a-f]{64}(-thumbnail)?$/;
const listedName = /^[0-9a-f]{64}(-thumbnail)?(\.[0-9a-f-]{36})?$/;

/** The SHA-256 a blob lies under, its thumbnail too; null for the rest of a write that never ended. */
export function digestOfBlob(name: string): string | null {
  return blobName.test(name) ? name.slice(0, 64) : null;
}

export function fileBlobStore(directory: string): BlobStore {
  const pathOf = (name: string, names = blobName): string => {
    if (!names.test(name)) throw new Error('not a blob name');
    return join(directory, name.slice(0, 2), name);
  };
  return {
    async put(name, bytes) {
      const path = pathOf(name);
      if (await isTouched(path)) return;
      await mkdir(dirname(path), { recursive: true });
      await keepReserve(directory, bytes.length);
      const temporary = `${path}.${randomUUID()}`;
      try {
        const file = await open(temporary, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async get(name) {
      return readFile(pathOf(name)).catch(nullWhenMissing);
    },
    async build(fill) {
      // Beside no other: the name is not known yet. What a sudden end leaves is listed as the rest of a write.
      const temporary = pathOf(`${'0'.repeat(64)}.${randomUUID()}`, listedName);
      await mkdir(dirname(temporary), { recursive: true });
      try {
        const file = await open(temporary, 'wx', 0o600);
        let name: string;
        try {
          name = await fill(async (bytes) => {
            await keepReserve(directory, bytes.length);
            await file.writeFile(bytes);
          });
          await file.sync();
        } finally {
          await file.close();
        }
        const path = pathOf(name);
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async open(name) {
      const file = await open(pathOf(name), 'r').catch(nullWhenMissing);
      if (file === null) return null;
      const { size } = await file.stat();
      return {
        bytes: size,
        read: async (offset, length) => {
          const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
          const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
          return bytes.subarray(0, bytesRead);
        },
        close: () => file.close(),
      };
    },
    async *list() {
      const groups = (await readdir(directory).catch(nullWhenMissing)) ?? [];
      for (const group of groups.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
        yield ((await readdir(join(directory, group)).catch(nullWhenMissing)) ?? []).filter((name) => listedName.test(name) && name.startsWith(group)).sort();
      }
    },
    async remove(name, writtenBefore) {
      const path = pathOf(name, listedName);
      if (!(await isOlder(path, writtenBefore))) return false;
      // Set aside first: whoever puts the same bytes meanwhile either made it young, seen below, or finds nothing and writes anew.
      const aside = join(dirname(path), `${name.slice(0, 64)}.${randomUUID()}`);
      if ((await rename(path, aside).catch(nullWhenMissing)) === null) return false;
      if (await isOlder(aside, writtenBefore)) {
        await rm(aside, { force: true });
        return true;
      }
      await rename(aside, path);
      return false;
    },
  };
}

export function memoryBlobStore(now: () => Instant = systemClock.now): BlobStore {
  const blobs = new Map<string, { readonly bytes: Uint8Array; readonly writtenAt: Instant }>();
  return {
    put: async (name, bytes) => void blobs.set(name, { bytes, writtenAt: now() }),
    get: async (name) => blobs.get(name)?.bytes ?? null,
    build: async (fill) => {
      const pieces: Uint8Array[] = [];
      const name = await fill(async (bytes) => void pieces.push(bytes.slice()));
      blobs.set(name, { bytes: Buffer.concat(pieces), writtenAt: now() });
    },
    open: async (name) => {
      const bytes = blobs.get(name)?.bytes;
      return bytes === undefined ? null : { bytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length), close: async () => undefined };
    },
    list: async function* () {
      yield [...blobs.keys()].sort();
    },
    remove: async (name, writtenBefore) => {
      const blob = blobs.get(name);
      return blob !== undefined && blob.writtenAt < writtenBefore && blobs.delete(name);
    },
  };
}

/** Of the disk, for what is small and must go on: entries, acts, the log (security B-F5). */
const reserve = 0.05;

/** Refuses as a full disk does while there is still room for the rest. */
async function keepReserve(directory: string, bytes: number): Promise<void> {
  const found = await statfs(directory).catch(() => null);
  if (found === null || found.blocks === 0) return;
  if (found.bavail * found.bsize - bytes < found.blocks * found.bsize * reserve) throw Object.assign(new Error('the rest of the disk is kept for what is small'), { code: 'ENOSPC' });
}

/** Makes a file as young as one written now. One that is missing, or is another user's, is to be written. */
async function isTouched(path: string): Promise<boolean> {
  const seconds = epochOf(systemClock.now()) / 1000;
  return utimes(path, seconds, seconds).then(
    () => true,
    () => false,
  );
}

async function isOlder(path: string, than: Instant): Promise<boolean> {
  const found = await stat(path).catch(nullWhenMissing);
  return found !== null && found.mtimeMs < epochOf(than);
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
