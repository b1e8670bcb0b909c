// Checkpoints, proofs and witnesses over a real database: what is signed can be checked by anyone, what was seen is not taken back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditSource, saveAudit } from '../../kernel/audit.ts';
import { saveAuditInBulk } from '../../kernel/audit-bulk.ts';
import type { Database } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { silentLog } from '../../kernel/log.ts';
import { memorySecrets } from '../../kernel/secrets.ts';
import { leafBytes } from '../../shared/leaf.ts';
import { monday, openWorld, type World } from '../../testing/harness.ts';
import { listLogCheckpoints, listLogs, listWitnesses, proveConsistency, proveInclusion, registerOrigin, registerWitness, removeWitness } from './contract.ts';
import { addCheckpointText, witnessCheckpoint } from './exchange.ts';
import { type LogKeeper, openLogKeeper } from './keeper.ts';
import { beginLogsAnew } from './keeping.ts';
import { findConsistency, findInclusionOf, listKeysOf } from './queries.ts';
import { consistencyHolds, inclusionHolds } from './rules/merkle.ts';
import { checkpointText, keyTextOf, openCheckpoint, readCheckpoint, readNote } from './rules/note.ts';
import { type Cosigner, cosign, cosignerKey, cosignerOf, nodeNoteTools, openLogKeys, signCheckpoint } from './signing.ts';

let world: World;
let directory: string;
beforeAll(async () => {
  world = await openWorld();
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-proofs-'));
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const source = (requestId: string): AuditSource => ({ accountId: null, accountName: '测试', requestId, at: monday });
const act = (subjectId: string) => ({ action: 'tried', unitCode: '990101', subjectKind: 'test', subjectId });
const secrets = memorySecrets();
const auditor: Cosigner = cosignerOf('auditor.example/w1', Buffer.alloc(32, 7));
const auditorKey = keyTextOf(cosignerKey(auditor), sha256Of);

async function write(database: Database, from: number, count: number): Promise<void> {
  await database.write(async (tx) => void (await saveAuditInBulk(tx, Array.from({ length: count }, (_unused, at) => ({ source: source(`request-${from + at}`), records: [act(String(from + at))] })))));
}

async function open(database: Database, fetched: typeof fetch = () => Promise.reject(new Error('nobody there'))): Promise<LogKeeper> {
  return openLogKeeper({ database, secrets, clock: world.committed.clock, machineClock: world.committed.clock, log: silentLog, dataDirectory: directory, fetch: fetched });
}

const security = 'security_administrator of 000000' as const;

describe('the log of a province', () => {
  it('is signed every minute or 256 leaves, and anyone can check what is in it and that it only grew', async () => {
    const { database, clock } = world.committed;
    const keeper = await open(database);
    await write(database, 0, 1);
    await keeper.tick();
    for (const [from, count] of [[1, 255], [256, 200], [456, 600], [1056, 256]] as const) {
      await write(database, from, count);
      await keeper.tick();
    }
    clock.set('2023-06-26T09:01:00.000+08:00');
    await write(database, 1312, 3);
    await keeper.tick();
    const anyone = world.committed.anyone();
    const { checkpoints } = await anyone.call(listLogCheckpoints, { provinceCode: 99 });
    expect(checkpoints.map(({ size }) => size)).toEqual([1315, 1312, 1056, 456, 1]);
    const { logs, installation, readOnly } = await anyone.call(listLogs, {});
    const origin = `${installation}/99`;
    expect(readOnly).toBe(false);
    expect(logs.find(({ provinceCode }) => provinceCode === 99)).toMatchObject({ origin, size: 1315, checkpoint: { size: 1315 }, witnesses: [] });
    const keys = await database.read((tx) => listKeysOf(tx, origin));
    for (const { note } of checkpoints) expect((await openCheckpoint(note, keys, nodeNoteTools))?.keys).toHaveLength(2);
    const roots = new Map(checkpoints.map(({ size, root }) => [size, root]));
    for (const index of [0, 1, 255, 256, 511, 700, 1023, 1024, 1311, 1314]) {
      const { inclusion } = await anyone.call(proveInclusion, { provinceCode: 99, requestId: `request-${index}` });
      if (inclusion === null) throw new Error(`no proof of ${index}`);
      const signed = readCheckpoint(readNote(inclusion.checkpoint)?.text ?? '');
      expect(signed).toEqual({ origin, size: 1315, root: roots.get(1315) });
      expect(inclusionHolds({ index, size: 1315, leafHash: sha256Of(leafBytes(inclusion.leaf)), path: inclusion.path, root: signed?.root ?? '' }, sha256Of)).toBe(true);
    }
    for (const [first, second] of [[1, 1056], [1056, 1312], [1, 1315], [1312, 1315], [0, 1315], [1315, 1315]] as const) {
      const { consistency } = await anyone.call(proveConsistency, { provinceCode: 99, first, second });
      if (consistency === null) throw new Error(`no proof of ${first} and ${second}`);
      if (first > 0) expect(consistency.firstRoot).toBe(roots.get(first));
      expect(consistency.secondRoot).toBe(roots.get(second));
      expect(consistencyHolds(consistency, sha256Of)).toBe(true);
    }
    expect((await anyone.call(proveConsistency, { provinceCode: 99, first: 5, second: 1316 })).consistency).toBeNull();
    expect((await anyone.call(proveInclusion, { provinceCode: 99, index: 5000 })).inclusion).toBeNull();
    expect((await anyone.refusal(proveInclusion, { provinceCode: 99 })).code).toBe('invalid_input');
  });

  it('takes cosignatures of registered witnesses only, and of what it signed itself', async () => {
    const { database } = world.committed;
    const keeper = await open(database);
    const { logs } = await world.committed.anyone().call(listLogs, {});
    const note = logs.find(({ provinceCode }) => provinceCode === 99)?.checkpoint?.note ?? '';
    const signed = `${note}${cosign(readNote(note)?.text ?? '', 1_687_741_200, auditor)}`;
    expect((await keeper.takeCosignature(signed)).status).toBe(403);
    expect((await world.committed.as('clerk of 990101').refusal(registerWitness, { publicKey: auditorKey, address: null })).code).toBe('not_permitted');
    await world.committed.as(security).call(registerWitness, { publicKey: auditorKey, address: null });
    expect((await world.committed.as(security).refusal(registerWitness, { publicKey: auditorKey, address: null })).code).toBe('duplicate');
    expect((await world.committed.as(security).refusal(registerWitness, { publicKey: auditorKey.replace('w1', 'w2'), address: null })).code).toBe('refused_by_rule');
    expect((await keeper.takeCosignature(note)).status).toBe(403);
    expect((await keeper.takeCosignature(signed.replace(/\n\d+\n/, '\n1\n'))).status).toBe(403);
    expect((await keeper.takeCosignature(signed)).status).toBe(200);
    expect((await keeper.takeCosignature(signed)).status).toBe(200);
    const after = await world.committed.anyone().call(listLogs, {});
    expect(after.logs.find(({ provinceCode }) => provinceCode === 99)?.witnesses).toEqual([{ name: 'auditor.example/w1', keyId: auditorKey.split('+')[1], size: 1315, at: '2023-06-26T09:00:00.000+08:00' }]);
    const { inclusion } = await world.committed.anyone().call(proveInclusion, { provinceCode: 99, index: 3 });
    expect(inclusion?.checkpoint).toBe(signed);
    // A checkpoint somebody took out comes back with whoever kept it.
    await database.write(async (tx) => void (await sql`delete from log_cosignature`.execute(tx), await sql`delete from log_checkpoint where province_code = 99 and size = 1315`.execute(tx)));
    expect((await keeper.takeCosignature(signed)).status).toBe(200);
    expect((await world.committed.anyone().call(proveInclusion, { provinceCode: 99, index: 3 })).inclusion?.checkpoint).toBe(signed);
  });

  it('is pushed to witnesses, which cosign what goes on from what they saw and nothing else', async () => {
    const { database, clock } = world.committed;
    const other: Cosigner = cosignerOf('province.example/witness', Buffer.alloc(32, 9));
    const otherKey = keyTextOf(cosignerKey(other), sha256Of);
    await world.committed.as(security).call(registerWitness, { publicKey: otherKey, address: 'https://province.example/witness/' });
    const { installation } = await world.committed.anyone().call(listLogs, {});
    const keys = await database.read((tx) => listKeysOf(tx, `${installation}/99`));
    const logKey = keys.find(({ suite }) => suite === 'Ed25519');
    if (logKey === undefined) throw new Error('no key');
    await world.committed.as(security).call(registerOrigin, { publicKey: keyTextOf(logKey, sha256Of) });
    const asked: string[] = [];
    const answering: typeof fetch = async (url, init) => {
      asked.push(url instanceof URL ? url.href : typeof url === 'string' ? url : url.url);
      const { status, body } = await database.write((tx) => witnessCheckpoint(tx, typeof init?.body === 'string' ? init.body : '', other, monday, 1_687_741_300));
      return new Response(body, { status });
    };
    const keeper = await open(database, answering);
    await write(database, 1315, 256);
    await keeper.tick();
    expect(new Set(asked)).toEqual(new Set(['https://province.example/witness/add-checkpoint']));
    const { logs } = await world.committed.anyone().call(listLogs, {});
    expect(logs.find(({ provinceCode }) => provinceCode === 99)?.witnesses.find(({ name }) => name === 'province.example/witness')?.size).toBe(1571);
    const { origins } = await world.committed.anyone().call(listWitnesses, {});
    expect(origins).toMatchObject([{ origin: `${installation}/99`, size: 1571 }]);

    // What a witness must refuse (C2SP tlog-witness).
    const made = logs.find(({ provinceCode }) => provinceCode === 99)?.checkpoint;
    const fork = signCheckpoint({ origin: `${installation}/99`, size: 1600, root: sha256Of('fork') }, await openLogKeys(secrets));
    const proof = await database.read((tx) => findConsistency(tx, { provinceCode: 99, first: 1312, second: 1571 }));
    const answers = await Promise.all([
      ['nonsense', 400],
      [addCheckpointText({ old: 1571, path: [], note: made?.note ?? '' }), 200],
      [addCheckpointText({ old: 1312, path: proof?.path ?? [], note: made?.note ?? '' }), 409],
      [addCheckpointText({ old: 1571, path: proof?.path ?? [], note: fork }), 422],
      [addCheckpointText({ old: 1601, path: [], note: fork }), 400],
      [addCheckpointText({ old: 0, path: [], note: fork.replaceAll(`${installation}/99`, `${installation}/98`) }), 404],
      [addCheckpointText({ old: 1571, path: [], note: fork.replace('1600', '1601') }), 403],
    ].map(async ([body, status]) => ({ status, answered: (await database.write((tx) => witnessCheckpoint(tx, String(body), other, monday, 1))).status })));
    for (const { status, answered } of answers) expect(answered).toBe(status);
    clock.set(monday);
    await world.committed.as(security).call(removeWitness, { name: 'province.example/witness', keyId: otherKey.split('+')[1] ?? '' });
    expect((await world.committed.as(security).refusal(removeWitness, { name: 'province.example/witness', keyId: otherKey.split('+')[1] ?? '' })).code).toBe('not_found');
  });

  it('that is shorter than a witness can show stops all writing, until it is as it was', async () => {
    const { database } = world.committed;
    const keeper = await open(database);
    expect(keeper.isReadOnly()).toBe(false);
    const { installation } = await world.committed.anyone().call(listLogs, {});
    const checkpoint = { origin: `${installation}/99`, size: 2000, root: sha256Of('what was') };
    const note = `${signCheckpoint(checkpoint, await openLogKeys(secrets))}${cosign(checkpointText(checkpoint), 1_687_741_400, auditor)}`;
    expect((await keeper.takeCosignature(note)).status).toBe(409);
    expect(keeper.faults()).toEqual([{ provinceCode: 99, fault: 'truncated', seen: 2000, size: 1571, by: 'auditor.example/w1' }]);
    // The next start knows it from the file.
    expect((await open(database)).faults()).toMatchObject([{ fault: 'truncated', seen: 2000 }]);
    await rm(join(directory, 'witnessed.json'));
    await keeper.tick();
    expect(keeper.isReadOnly()).toBe(false);
  });

  it('begins anew under another name, with a leaf that says so and every record a leaf again', async () => {
    await world.rolledBack(async ({ tx }) => {
      await saveAudit(tx, source('one'), [act('a'), act('b')]);
      await saveAudit(tx, source('two'), [act('c')]);
      const records = await tx.selectFrom('auditEvent').select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      await beginLogsAnew(tx, monday, 'demonstration_removed');
      const leaves = await tx.selectFrom('logLeaf').select((of) => of.fn.sum<string>('records').as('total')).executeTakeFirstOrThrow();
      expect(Number(leaves.total)).toBe(records.total + 1);
      expect(await tx.selectFrom('auditEvent').select('action').where('provinceCode', '=', 0).where('leaf', '=', 0).execute()).toEqual([{ action: 'log.begin' }]);
      const [unleafed] = (await sql<{ total: number }>`select count(*)::integer as total from audit_event where leaf is null`.execute(tx)).rows;
      expect(unleafed?.total).toBe(0);
      expect(await findInclusionOf(tx, 99, 0)).toBeNull();
    })();
  });
});
