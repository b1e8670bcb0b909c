// What proves a seal outside of the program: files that verify and explain by themselves, keys that are replaced.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { memorySecrets, openSecrets } from '../kernel/secrets.ts';
import { silentLog } from '../kernel/log.ts';
import { signAsUnit } from '../modules/keys/signing.ts';
import { buildLog, exportLines } from '../testing/logs.ts';
import { monday, openWorld, type World } from '../testing/harness.ts';
import { bringUp, edition, fillLedger } from '../testing/steps.ts';
import { writeSealFile } from './commands/seal-file.ts';
import { checkSeals } from './commands/seals.ts';
import { forgetOldRoots, listKeys, rewrapKeys, rotateKeys } from './commands/signing-keys.ts';
import { explain, verify } from './commands/verify.ts';
import type { Opened } from './store.ts';

let world: World;
let directory: string;
let opened: Opened;
const county = '990101';

beforeAll(async () => {
  world = await openWorld();
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-proofs-'));
  const { database } = world.committed;
  opened = { config: readConfig({ DATA_DIR: directory }), log: silentLog, store: { database } as Opened['store'] };
  await fillLedger(world.committed, county);
  await bringUp(world.committed, county);
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const path = (name: string): string => join(directory, name);

describe('a seal written as a file', () => {
  it('verifies and explains by itself, and no longer when anything in it was changed', async () => {
    expect(await writeSealFile(opened, { edition, unit: county, out: path('seal.json') })).toMatchObject({ held: true, document: { unit: { code: county }, signing: { signed: 1 } } });
    const { lines, held } = await explain(path('seal.json'));
    expect(held).toBe(true);
    const text = lines.join('\n');
    for (const said of ['望月县市场监督管理局（990101）于 2023年6月26日 09:00:00', `操作人 head of ${county}`, '国密 SM2', '没有改动过', '按时', '仅凭这个文件不能证明', 'What this file alone does not prove']) expect(text).toContain(said);
    const sealed = await readFile(path('seal.json'), 'utf8');
    const changed: readonly (readonly [string, string, string])[] = [['"by":"head of', '"by":"clerk of', 'seal_hash'], ['"records":1', '"records":2', 'digest'], ['"sealedAt":"2023', '"sealedAt":"2022', 'receipt'], ['"submittedBy":"head', '"submittedBy":"Head', 'submission']];
    for (const [before, after, kind] of changed) {
      expect(sealed).toContain(before);
      await writeFile(path('changed.json'), sealed.replace(before, after));
      expect(await verify(path('changed.json'))).toMatchObject({ held: false, document: { fault: { kind } } });
      expect((await explain(path('changed.json'))).lines[0]).toContain('第一处错误');
    }
  });

  it('must come from the installation somebody trusts', async () => {
    const { document } = await world.committed.database.read(listKeys);
    const [{ fingerprint }] = (document as { installation: [{ fingerprint: string }] }).installation;
    expect((await verify(path('seal.json'), { key: [fingerprint] })).held).toBe(true);
    expect(await verify(path('seal.json'), { key: ['0'.repeat(32)] })).toMatchObject({ held: false, document: { fault: { kind: 'untrusted' } } });
    await expect(verify(path('seal.json'), { key: ['no fingerprint'] })).rejects.toMatchObject({ exit: 2 });
  });
});

describe('an exported log', () => {
  it('is known by its first line, and must lead to checkpoints that were kept', async () => {
    const log = await buildLog(40, [1, 16, 30]);
    await writeFile(path('log.jsonl'), exportLines(log).join('\n'));
    const [old = '', , newest = ''] = log.notes;
    await writeFile(path('old.note'), old);
    await writeFile(path('new.note'), newest);
    expect(await verify(path('log.jsonl'), { checkpoint: [path('old.note'), path('new.note')] })).toMatchObject({ held: true, document: { leaves: 40, kept: 2 } });
    const other = await buildLog(40, [16, 30]);
    await writeFile(path('other.jsonl'), exportLines({ ...other, leaves: other.leaves.toSpliced(20, 1) }).join('\n'));
    expect(await verify(path('other.jsonl'))).toMatchObject({ held: false, document: { fault: { fault: 'deleted', seq: 20 } } });
    await expect(verify(path('log.jsonl'), { checkpoint: [path('seal.json')] })).rejects.toMatchObject({ exit: 2 });
  });
});

describe('keys', () => {
  it('are replaced by command, with earlier seals verifying as before', async () => {
    expect(await rotateKeys(opened, { unit: [county], reason: '每年更换' })).toMatchObject({ held: true, document: { rotated: { [county]: 2 } } });
    await expect(rotateKeys(opened, {})).rejects.toMatchObject({ exit: 2 });
    const { database } = world.committed;
    expect(await database.read(checkSeals)).toMatchObject({ held: true, document: { seals: 1, unsigned: 0 } });
    const secrets = openSecrets(opened.config.secretsDirectory, 'SM2-SM3');
    const sign = async () => database.write(async (tx) => signAsUnit({ tx, secrets, now: monday, record: () => undefined }, county, 'text'));
    expect((await sign()).key).toBe(2);
    // The first key of the installation and the contacts of three enterprises were wrapped elsewhere, by the server of this test.
    expect(await rewrapKeys(opened)).toMatchObject({ held: false, document: { root: 2, lost: 4 } });
    expect(await forgetOldRoots(opened)).toMatchObject({ document: { forgotten: [], roots: [1, 2] } });
    await database.write((tx) => tx.updateTable('installationKey').set({ privateKey: 'SM4-CTR-HMAC-SM3.2.AAAA' }).where('number', '=', 1).execute());
    // While one text is left under an older root, that root is needed.
    expect(await forgetOldRoots(opened)).toMatchObject({ document: { forgotten: [], roots: [1, 2] } });
    await database.write((tx) => tx.updateTable('enterpriseAccount').set({ contact: 'SM4-CTR-HMAC-SM3.2.AAAA' }).execute());
    expect((await sign()).key).toBe(2);
    expect(await forgetOldRoots(opened)).toMatchObject({ document: { forgotten: [1], roots: [2] } });
    expect((await sign()).key).toBe(2);
    const records = await database.read((tx) => tx.selectFrom('auditEvent').select(['action', 'basis']).where('action', 'in', ['unit_key_made', 'root_renewed']).orderBy('id').execute());
    expect(records.map(({ action, basis }) => [action, basis])).toContainEqual(['unit_key_made', '每年更换']);
    expect(records.map(({ action }) => action)).toContain('root_renewed');
    // With the folder of secrets gone, a unit goes on with a new key.
    expect((await database.write(async (tx) => signAsUnit({ tx, secrets: memorySecrets(), now: monday, record: () => undefined }, county, 'text'))).key).toBe(3);
  });
});
