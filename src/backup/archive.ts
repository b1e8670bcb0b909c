// The file a backup is: a compressed tar whose last entry lists every other one with its SHA-256. Knows nothing of tables.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';

export const manifestName = 'manifest.json';

const manifest = z.strictObject({ format: z.literal('fuwuyue.backup/1'), entries: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256: z.string() })) });
export type Manifest = z.output<typeof manifest>;

export interface ArchiveWriter {
  add(name: string, bytes: Uint8Array): Promise<void>;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes an archive beside its place and moves it there when it is whole: a file of that name is never half written. */
export async function writeArchive(path: string, fill: (archive: ArchiveWriter) => Promise<void>): Promise<Manifest> {
  const tar = pack();
  const entries: { name: string; bytes: number; sha256: string }[] = [];
  const put = async (name: string, bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      tar.entry({ name, size: bytes.length }, Buffer.from(bytes), (error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
  const temporary = `${path}.part`;
  const written = pipeline(tar, createGzip({ level: 6 }), createWriteStream(temporary, { mode: 0o600 }));
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
  | { readonly fault: 'entry_changed' | 'entry_missing' | 'entry_unknown'; readonly entry: string };

/** Reads every entry in order and hands it on; then the first difference to the manifest, or null. `onEntry` may throw to end early. */
export async function readArchive(path: string, onEntry: (name: string, bytes: Buffer) => Promise<void>): Promise<ArchiveFault | null> {
  const tar = extract();
  const seen = new Map<string, string>();
  let list: Manifest | 'unreadable' | null = null;
  const reading = pipeline(createReadStream(path), createGunzip(), tar).then(() => null, (error: unknown) => error);
  try {
    for await (const entry of tar) {
      const bytes = await buffer(entry);
      if (entry.header.name !== manifestName) {
        seen.set(entry.header.name, digestOf(bytes));
        await onEntry(entry.header.name, bytes);
      } else list = manifest.safeParse(jsonOf(bytes)).data ?? 'unreadable';
    }
  } catch (error) {
    if (!isStreamFault(error)) throw error;
    return { fault: seen.size === 0 ? 'not_an_archive' : 'cut_off' };
  }
  const failed = await reading;
  if (failed !== null) return { fault: seen.size === 0 ? 'not_an_archive' : 'cut_off' };
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

/** Errors of the streams themselves: not compressed, cut off, no tar. */
function isStreamFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE' || /tar header|end of data|unexpected end/i.test(error.message);
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
