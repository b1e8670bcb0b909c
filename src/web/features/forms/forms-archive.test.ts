// Many forms in one file: every one of them, in order, a few at a time, and nothing when it is stopped.
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { archiveOf } from './forms-archive.ts';

describe('archiveOf', () => {
  it('holds every file in order and tells how far it is', async () => {
    const told: number[] = [];
    let underWay = 0;
    let most = 0;
    const files = Array.from({ length: 9 }, (_, index) => ({
      name: `99000${index} 望月县.pdf`,
      load: async (): Promise<Blob> => {
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
        return new Blob([`form ${index}`]);
      },
    }));
    const archive = await archiveOf(files, (done) => told.push(done), new AbortController().signal);
    const entries = await new ZipReader(new BlobReader(archive)).getEntries();
    expect(entries.map(({ filename }) => filename)).toEqual(files.map(({ name }) => name));
    const texts = await Promise.all(entries.map(async (entry) => (entry.directory ? '' : entry.getData(new TextWriter()))));
    expect(texts).toEqual(files.map((_, index) => `form ${index}`));
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('ends when it is stopped or a file does not come', async () => {
    const stop = new AbortController();
    const files = Array.from({ length: 5 }, (_, index) => ({ name: `${index}.pdf`, load: async () => new Blob(['form']) }));
    await expect(archiveOf(files, (done) => (done === 2 ? stop.abort() : undefined), stop.signal)).rejects.toThrow();
    const broken = [...files, { name: 'x.pdf', load: async () => Promise.reject(new Error('gone')) }];
    await expect(archiveOf(broken, () => undefined, new AbortController().signal)).rejects.toThrow('gone');
  });
});
