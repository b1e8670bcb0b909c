// The file a backup is: a compressed tar whose last entry lists every other one with its SHA-256, locked or not. Knows nothing of tables.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { isLocked, type Keys, type Lock, locking, noKeys, NotOpened, opening, type OpeningFault } from './locking.ts';

export const manifestName = 'manifest.json';

const manifest = z.strictObject({ format: z.literal('fuwuyue.backup/1'), entries: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256: z.string() })) });
export type Manifest = z.output<typeof manifest>;

export interface ArchiveWriter {
  add(name: string, bytes: Uint8Array): Promise<void>;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes an archive beside its place and moves it there when it is whole: a file of that name is never half written. */
export async function writeArchive(path: string, fill: (archive: ArchiveWriter) => Promise<void>, lock: Lock | null = null): Promise<Manifest> {
  const tar = pack();
  const entries: { name: string; bytes: number; sha256: string }[] = [];
  const put = async (name: string, bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      tar.entry({ name, size: bytes.length }, Buffer.from(bytes), (error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
  const temporary = `${path}.part`;
  const file = createWriteStream(temporary, { mode: 0o600, flush: true });
  const written = lock === null ? pipeline(tar, createGzip({ level: 6 }), file) : pipeline(tar, createGzip({ level: 6 }), locking(lock), file);
  try {
    await Promise.race([
      written,
      (async () => {
        await fill({
          add: async (name, bytes) => {
            await put(name, bytes);
            entries.push({ name, bytes: bytes.length, sha256: digestOf(bytes) });
          },
        });
        await put(manifestName, Buffer.from(JSON.stringify({ format: 'fuwuyue.backup/1', entries })));
        tar.finalize();
      })(),
    ]);
    await written;
    await rename(temporary, path);
  } catch (error) {
    tar.destroy();
    await written.catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
  return { format: 'fuwuyue.backup/1', entries };
}

export type ArchiveFault =
  | { readonly fault: 'not_an_archive' }
  | { readonly fault: 'cut_off' }
  | { readonly fault: 'manifest_unreadable' }
  | { readonly fault: OpeningFault }
  | { readonly fault: 'entry_changed' | 'entry_missing' | 'entry_unknown'; readonly entry: string };

/** Reads every entry in order and hands it on; then the first difference to the manifest, or null. `onEntry` may throw to end early. */
export async function readArchive(path: string, onEntry: (name: string, bytes: Buffer) => Promise<void>, keys: Keys = noKeys): Promise<ArchiveFault | null> {
  const tar = extract();
  const seen = new Map<string, string>();
  let list: Manifest | 'unreadable' | null = null;
  let given: { readonly error: unknown } | null = null;
  const locked = await isLocked(path);
  const source = createReadStream(path);
  const reading = (locked ? pipeline(source, opening(keys), createGunzip(), tar) : pipeline(source, createGunzip(), tar)).then(() => null, (error: unknown) => ({ error }));
  const broken = async (): Promise<ArchiveFault> => {
    const failed = await reading;
    if (failed?.error instanceof NotOpened) return { fault: failed.error.fault };
    return { fault: seen.size === 0 ? 'not_an_archive' : 'cut_off' };
  };
  try {
    for await (const entry of tar) {
      const bytes = await buffer(entry);
      if (entry.header.name !== manifestName) {
        seen.set(entry.header.name, digestOf(bytes));
        await onEntry(entry.header.name, bytes).catch((error: unknown) => {
          given = { error };
          throw error;
        });
      } else list = manifest.safeParse(jsonOf(bytes)).data ?? 'unreadable';
    }
  } catch (error) {
    if (given !== null) throw error;
    return broken();
  }
  if ((await reading) !== null) return broken();
  if (list === 'unreadable') return { fault: 'manifest_unreadable' };
  return list === null ? { fault: seen.size === 0 ? 'not_an_archive' : 'cut_off' } : firstDifference(list, seen);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function firstDifference({ entries }: Manifest, seen: ReadonlyMap<string, string>): ArchiveFault | null {
  for (const { name, sha256 } of entries) {
    const found = seen.get(name);
    if (found === undefined) return { fault: 'entry_missing', entry: name };
    if (found !== sha256) return { fault: 'entry_changed', entry: name };
  }
  const known = new Set(entries.map(({ name }) => name));
  for (const name of seen.keys()) if (!known.has(name)) return { fault: 'entry_unknown', entry: name };
  return null;
}
