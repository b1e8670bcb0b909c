import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BlobStore, digestOfBlob, fileBlobStore } from './blobs.ts';

const bytes = Buffer.from('not really a picture');
const name = createHash('sha256').update(bytes).digest('hex');
const in2001 = 1_000_000_000;
const in2020 = '2020-01-01T00:00:00.000+08:00';

let directory: string;
let blobs: BlobStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-blobs-'));
  blobs = fileBlobStore(directory);
});
afterEach(async () => rm(directory, { recursive: true, force: true }));

async function listed(): Promise<string[]> {
  const names: string[] = [];
  for await (const group of blobs.list()) names.push(...group);
  return names;
}

describe('files of evidence', () => {
  it('are listed and handed out by name', async () => {
    expect(await listed()).toEqual([]);
    await blobs.put(name, bytes);
    await blobs.put(`${name}-thumbnail`, Buffer.from('small'));
    expect(await listed()).toEqual([name, `${name}-thumbnail`]);
    expect(await blobs.get(name)).toEqual(bytes);
    await expect(blobs.get('../etc/passwd')).rejects.toThrow('not a blob name');
  });

  it('are made piece by piece, and read in any order', async () => {
    await blobs.build(async (append) => {
      for (const byte of bytes) await append(Buffer.from([byte]));
      return name;
    });
    expect(await listed()).toEqual([name]);
    const blob = await blobs.open(name);
    expect(blob?.bytes).toBe(bytes.length);
    expect(Buffer.from((await blob?.read(4, 6)) ?? []).toString()).toBe('really');
    expect(await blob?.read(bytes.length - 2, 10)).toHaveLength(2);
    await blob?.close();
    expect(await blobs.open('0'.repeat(64))).toBeNull();
  });

  it('leave nothing when making them fails', async () => {
    await expect(blobs.build(async (append) => {
      await append(bytes);
      throw new Error('no more');
    })).rejects.toThrow('no more');
    expect(await listed()).toEqual([]);
  });

  it('are removed only when they were written before the moment', async () => {
    await blobs.put(name, bytes);
    expect(await blobs.remove(name, in2020)).toBe(false);
    await utimes(join(directory, name.slice(0, 2), name), in2001, in2001);
    expect(await blobs.remove(name, in2020)).toBe(true);
    expect([await blobs.get(name), await blobs.remove(name, in2020), await readdir(join(directory, name.slice(0, 2)))]).toEqual([null, false, []]);
  });

  it('count as new when the same bytes come again', async () => {
    await blobs.put(name, bytes);
    await utimes(join(directory, name.slice(0, 2), name), in2001, in2001);
    await blobs.put(name, bytes);
    expect(await blobs.remove(name, in2020)).toBe(false);
    expect(await blobs.get(name)).toEqual(bytes);
  });

  it('stay whole while the same bytes are put and removed at once', async () => {
    for (let round = 0; round < 50; round += 1) {
      await blobs.put(name, bytes);
      await utimes(join(directory, name.slice(0, 2), name), in2001, in2001);
      await Promise.all([blobs.put(name, bytes), blobs.remove(name, in2020)]);
      expect(await blobs.get(name)).toEqual(bytes);
    }
  });

  it('may be left unfinished by a sudden end, and then can be found and removed', async () => {
    await blobs.put(name, bytes);
    const unfinished = `${name}.${randomUUID()}`;
    const path = join(directory, name.slice(0, 2), unfinished);
    await writeFile(path, 'not real');
    await utimes(path, in2001, in2001);
    expect(await listed()).toEqual([name, unfinished]);
    expect([digestOfBlob(name), digestOfBlob(`${name}-thumbnail`), digestOfBlob(unfinished)]).toEqual([name, name, null]);
    expect(await blobs.remove(unfinished, in2020)).toBe(true);
    expect(await listed()).toEqual([name]);
  });
});
