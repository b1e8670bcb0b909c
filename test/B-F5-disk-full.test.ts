// B-F5. Pass: on a full disk an upload is refused with 507 and a problem told in plain words, no part of a file is left, no record
// points at a file that is missing, what is small goes on, and uploads go again when there is room. Needs root for a small tmpfs.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileBlobStore } from '../src/kernel/blobs.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { uploadEvidence } from '../src/modules/evidence/contract.ts';
import { en } from '../src/web/language/en.ts';
import { zh } from '../src/web/language/zh.ts';
import { openWorld, ProblemAnswered, type World } from '../src/testing/harness.ts';
import { edition, publicity } from '../src/testing/steps.ts';

const unitCode = '990101';
const mebibyte = 1_048_576;

const place = await mkdtemp(join(tmpdir(), 'fuwuyue-full-'));
const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', place]).status === 0;
if (!mounted) console.log('SKIP B-F5 a small tmpfs can only be mounted as root');

let world: World;
beforeAll(async () => {
  world = await openWorld({ blobs: fileBlobStore(join(place, 'blobs')) });
});
afterAll(async () => {
  await world.close();
  if (mounted) spawnSync('umount', [place]);
  await rm(place, { recursive: true, force: true });
});

/** A PDF of its own, large enough to fill the disk in a few. */
const file = (): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n%'), Buffer.from(randomBytes(mebibyte / 2).toString('hex')), Buffer.from('\ntrailer<</Root 1 0 R>>\n%%EOF\n')]);

const send = (name: string) => world.committed.as('clerk of 990101').call(uploadEvidence, { edition, unitCode, name }, { bytes: file() });

async function filesOf(directory: string): Promise<string[]> {
  return (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe.skipIf(!mounted)('a full disk', () => {
  it('refuses what is large in plain words and takes what is small', async () => {
    const kept: string[] = [];
    let refused: ProblemAnswered | null = null;
    for (let count = 0; refused === null && count < 40; count += 1) {
      // Three at a time: the disk fills while others are being written.
      const results = await Promise.allSettled([0, 1, 2].map((index) => send(`材料${count}-${index}.pdf`)));
      for (const result of results) {
        if (result.status === 'fulfilled') kept.push(result.value.sha256);
        else if (result.reason instanceof ProblemAnswered) refused = result.reason;
        else throw result.reason;
      }
    }
    expect(refused?.answer).toMatchObject({ code: 'storage_full', status: 507 });
    for (const words of [zh, en]) expect(words.problems.sentence('storage_full', {}).what.length).toBeGreaterThan(5);

    // Nothing half written, and each record has its file.
    const lying = await filesOf(join(place, 'blobs'));
    expect(lying.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
    const recorded = await world.committed.database.read((tx) => tx.selectFrom('evidence').select('sha256').execute());
    expect(recorded.map(({ sha256 }) => sha256).toSorted()).toEqual(kept.toSorted());
    expect(recorded.filter(({ sha256 }) => !lying.includes(sha256))).toEqual([]);

    // The reserve is there, and what is small goes on.
    const { bavail, blocks } = await statfs(place);
    expect(bavail / blocks).toBeGreaterThan(0.049);
    await world.committed.as('clerk of 990101').call(recordActivity, { edition, unitCode, content: publicity() });
    await writeFile(join(place, 'small'), 'small');

    // Also when somebody else has filled it to the last byte.
    await writeFile(join(place, 'ballast'), randomBytes(bavail * 4096)).catch(() => undefined);
    expect((await world.committed.as('clerk of 990101').refusal(uploadEvidence, { edition, unitCode, name: '满.pdf' }, { bytes: file() })).code).toBe('storage_full');
    expect((await filesOf(join(place, 'blobs'))).length).toBe(lying.length);

    await rm(join(place, 'ballast'), { force: true });
    for (const name of await readdir(join(place, 'blobs'))) await rm(join(place, 'blobs', name), { recursive: true });
    await expect(send('有空间.pdf')).resolves.toMatchObject({ name: '有空间.pdf' });
    console.log(`B-F5: ${kept.length} files of 1 MiB fitted on 16 MiB, then 507; ${(Math.round((bavail / blocks) * 1000) / 10).toString()} % kept; nothing half written, no record without its file`);
  });
});
