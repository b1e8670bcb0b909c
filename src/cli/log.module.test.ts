// The proof log by commands: written out and checked, witnessed from another machine, refused when it went back, declared.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveAudit } from '../kernel/audit.ts';
import { readConfig } from '../kernel/config.ts';
import { silentLog } from '../kernel/log.ts';
import { findRuns } from '../modules/operations/queries.ts';
import { registerWitness } from '../modules/proofs/contract.ts';
import { verifyLogExport } from '../modules/proofs/rules/exported.ts';
import { nodeNoteTools } from '../modules/proofs/signing.ts';
import { monday, openWorld, type World } from '../testing/harness.ts';
import { startServerWithin, type ServerWithin } from '../testing/server-within.ts';
import { databaseUrlOf } from '../testing/server-process.ts';
import { openStore, type OpenStore } from '../main.ts';
import { acceptLog, checkLog, exportLog, scheduledLogCheck } from './commands/log.ts';
import { rotateLog } from './commands/signing-keys.ts';
import { LogRefused, witnessOnce } from './commands/witness.ts';
import type { Opened } from './store.ts';

let world: World;
let directory: string;
let server: ServerWithin;
let store: OpenStore;
let opened: Opened;

beforeAll(async () => {
  world = await openWorld();
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-log-'));
  const settings = { DATA_DIR: join(directory, 'data'), DATABASE_URL: await databaseUrlOf(world.committed.database) };
  const config = readConfig(settings);
  store = await openStore(config, silentLog, { beside: true });
  opened = { config, log: silentLog, store };
  for (let number = 0; number < 20; number += 1) await write(`${number}`);
  // A server signs when it stops.
  await (await startServerWithin(world, settings)).close();
  server = await startServerWithin(world, settings);
});
afterAll(async () => {
  await server.close();
  await store.close();
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const write = async (subjectId: string): Promise<void> =>
  world.committed.database.write((tx) => saveAudit(tx, { accountId: null, accountName: '测试', requestId: randomUUID(), at: monday }, [{ action: 'tried', unitCode: '990101', subjectKind: 'test', subjectId }]));
/** Servers of a test come and go on other ports; the witness knows one address. */
const there: typeof fetch = async (url, init) => fetch(typeof url === 'string' ? url.replace('http://fuwuyue.example', server.address) : url, init);
const witness = async (accept = false) => witnessOnce({ of: 'http://fuwuyue.example/', state: join(directory, 'witness.json'), name: 'auditor.example/w1', accept, fetch: there, time: 1_687_741_200 });
const isReadOnly = async (): Promise<boolean> => ((await (await fetch(`${server.address}/api/installation`)).json()) as { readOnly: boolean }).readOnly;

describe('the proof log', () => {
  it('is checked whole by schedule, and what came of it is kept for the health page', async () => {
    const { database } = store;
    const rename = (from: string, to: string): Promise<unknown> => database.write((tx) => sql`update audit_event set account_name = ${to} where subject_kind = 'test' and subject_id = '7' and account_name = ${from}`.execute(tx));
    const lastRun = async () => (await database.read((tx) => findRuns(tx, 'log_check'))).last;
    expect((await scheduledLogCheck(opened)).held).toBe(true);
    expect(await lastRun()).toMatchObject({ held: true, details: { first: null } });
    await rename('测试', '别人');
    expect((await scheduledLogCheck(opened)).held).toBe(false);
    expect(await lastRun()).toMatchObject({ held: false, details: { first: expect.stringContaining('核对有误') as string } });
    await rename('别人', '测试');
    expect((await scheduledLogCheck(opened)).held).toBe(true);
  });

  it('is written out and holds without the database; never over a file', async () => {
    const file = join(directory, 'log.jsonl');
    const outcome = await exportLog(opened, file);
    expect(outcome).toMatchObject({ held: true, document: { fault: null } });
    expect((await verifyLogExport((await readFile(file, 'utf8')).split('\n'), nodeNoteTools)).fault).toBeNull();
    await expect(exportLog(opened, file)).rejects.toMatchObject({ exit: 2 });
    expect(await checkLog(opened)).toMatchObject({ held: true });
  });

  it('is witnessed from another machine: first unknown, then registered, then its cosignature stands', async () => {
    const first = await witness();
    expect(first.logs.find(({ origin }) => origin.endsWith('/99'))).toMatchObject({ size: 20, taken: false });
    await world.committed.as('security_administrator of 000000').call(registerWitness, { publicKey: first.key, address: null });
    const second = await witness();
    expect(second.logs.every(({ taken }) => taken)).toBe(true);
    expect(second.key).toBe(first.key);
    expect(await readFile(join(directory, 'witness.json'), 'utf8')).toContain('auditor.example/w1');
    const { rows } = await store.database.read((tx) => sql<{ name: string }>`select witness_name as name from log_cosignature where province_code = 99`.execute(tx));
    expect(rows).toEqual([{ name: 'auditor.example/w1' }]);
  });

  it('goes on under a new name when its keys are replaced: the witness follows by what the old keys signed, and what was written out before still holds', async () => {
    await expect(rotateLog(opened, { reason: '', compromised: false })).rejects.toMatchObject({ exit: 2 });
    const rotated = await rotateLog(opened, { reason: '每年更换', compromised: false });
    const { before, after, keys } = rotated.document as { readonly before: string; readonly after: string; readonly keys: readonly string[] };
    expect(rotated).toMatchObject({ held: true, document: { handedOver: true } });
    expect(await readdir(opened.config.secretsDirectory)).toEqual(expect.arrayContaining(['log-ed25519-2', 'log-sm2-2']));
    expect(await readdir(opened.config.secretsDirectory)).not.toEqual(expect.arrayContaining(['log-ed25519']));
    // The server that ran meanwhile signs with the new ones.
    await write('rotated');
    await server.close();
    server = await startServerWithin(world, { DATA_DIR: join(directory, 'data') });
    expect(await isReadOnly()).toBe(false);
    const { installation, logs } = await witness();
    expect([installation, logs.find(({ origin }) => origin === `${after}/99`)?.size, logs.every(({ taken }) => taken)]).toEqual([after, 21, true]);
    expect((await readFile(join(directory, 'witness.json'), 'utf8')).includes(before)).toBe(false);
    expect(await checkLog(opened)).toMatchObject({ held: true });
    const file = join(directory, 'rotated.jsonl');
    expect(await exportLog(opened, file)).toMatchObject({ held: true });
    const told = await verifyLogExport((await readFile(file, 'utf8')).split('\n'), nodeNoteTools);
    expect(told.logs[0]?.keys.map((key) => key.split('+').at(-1))).toEqual(keys.map((key) => key.split('+').at(-1)));
    // With the checkpoints of before as somebody kept them: the leaves are the same.
    const old = await verifyLogExport((await readFile(join(directory, 'log.jsonl'), 'utf8')).split('\n'), nodeNoteTools);
    expect([old.fault, old.installation]).toEqual([null, before]);
    const { rows } = await store.database.read((tx) => sql<{ basis: string }>`select basis from audit_event where action = 'log.rotate'`.execute(tx));
    expect(rows).toEqual([{ basis: '每年更换' }]);
  });

  it('goes on under a new name when the folder of secrets is lost, and the witness asks for paper', async () => {
    await server.close();
    for (const name of ['log-ed25519-2', 'log-sm2-2']) await rm(join(opened.config.secretsDirectory, name), { force: true });
    server = await startServerWithin(world, { DATA_DIR: join(directory, 'data') });
    expect(await isReadOnly()).toBe(false);
    await server.close();
    server = await startServerWithin(world, { DATA_DIR: join(directory, 'data') });
    await expect(witness()).rejects.toMatchObject({ chinese: expect.stringContaining('改名') as string });
    expect((await witness(true)).logs.every(({ taken }) => taken)).toBe(true);
    expect(await checkLog(opened)).toMatchObject({ held: true });
  });

  it('that went back is refused loudly by the witness, found by the check, and the server stops writing', async () => {
    expect(await isReadOnly()).toBe(false);
    await store.database.write(async (tx) => {
      await sql`delete from audit_event where province_code = 99 and leaf >= 10`.execute(tx);
      await sql`delete from log_leaf where province_code = 99 and seq >= 10`.execute(tx);
      await sql`update log_head h set size = 10, leaf_hash = l.leaf_hash from log_leaf l where h.province_code = 99 and l.province_code = 99 and l.seq = 9`.execute(tx);
      await sql`delete from log_cosignature where province_code = 99`.execute(tx);
      await sql`delete from log_checkpoint where province_code = 99`.execute(tx);
    });
    await expect(witness()).rejects.toBeInstanceOf(LogRefused);
    await expect(witness()).rejects.toMatchObject({ exit: 1, chinese: expect.stringContaining('见证拒绝') as string });
    expect(await isReadOnly()).toBe(true);
    const { held, lines } = await checkLog(opened);
    expect(held).toBe(false);
    expect(lines.join('\n')).toContain('第 10 条起，日志末尾被截断');
  });

  it('is declared with a reason: under another name, which the witness asks about', async () => {
    await expect(acceptLog(opened, { reason: ' ', anew: false })).rejects.toMatchObject({ exit: 2 });
    expect(await acceptLog(opened, { reason: '演练：恢复了旧备份', anew: false })).toMatchObject({ held: true });
    await server.close();
    server = await startServerWithin(world, { DATA_DIR: join(directory, 'data') });
    expect(await isReadOnly()).toBe(false);
    expect(await checkLog(opened)).toMatchObject({ held: true });
    await write('after');
    await server.close();
    server = await startServerWithin(world, { DATA_DIR: join(directory, 'data') });
    await expect(witness()).rejects.toMatchObject({ chinese: expect.stringContaining('改名') as string });
    expect((await witness(true)).logs.every(({ taken }) => taken)).toBe(true);
  });
});
