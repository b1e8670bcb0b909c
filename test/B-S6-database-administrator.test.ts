// B-S6: somebody with the rights of the database's owner edits, deletes, inserts, swaps, cuts off and puts back an old copy. Passes when the
// check names the first bad leaf of each, and a server whose log is shorter than what was seen of it starts without writing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payloadOf, saveAudit } from '../src/kernel/audit.ts';
import { saveAuditInBulk } from '../src/kernel/audit-bulk.ts';
import type { Tx } from '../src/kernel/database.ts';
import { sha256Of } from '../src/kernel/digest.ts';
import { memorySecrets } from '../src/kernel/secrets.ts';
import { newToken } from '../src/kernel/session-cookie.ts';
import { acceptLogs } from '../src/modules/proofs/accepting.ts';
import { makeCheckpoint, rememberKeys } from '../src/modules/proofs/keeping.ts';
import { rootAt } from '../src/modules/proofs/queries.ts';
import { type LogExportFault, verifyLogExport } from '../src/modules/proofs/rules/exported.ts';
import { nodeNoteTools, openLogKeys } from '../src/modules/proofs/signing.ts';
import { checkStoredLogs, exportLogs } from '../src/modules/proofs/stored.ts';
import { leafBytes, leafText } from '../src/shared/leaf.ts';
import { requestKeyHeader } from '../src/shared/request.ts';
import { monday, openWorld, type World } from '../src/testing/harness.ts';
import { startServerWithin } from '../src/testing/server-within.ts';
import { openSessions } from '../src/testing/sessions.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const act = (subjectId: string) => ({ action: 'tried', unitCode: '990101', subjectKind: 'test', subjectId, after: { subjectId } });
const source = (requestId: string) => ({ accountId: null, accountName: '测试', requestId, at: monday });

/** Sixty writes, two of them with two records; checkpoints of 20 and 50. */
async function fill(tx: Tx): Promise<void> {
  const keys = await openLogKeys(memorySecrets());
  await rememberKeys(tx, keys);
  for (const [from, to] of [[0, 20], [20, 50], [50, 60]] as const) {
    await saveAuditInBulk(tx, Array.from({ length: to - from }, (_unused, at) => ({ source: source(`request ${from + at}`), records: (from + at) % 30 === 7 ? [act(`${from + at} a`), act(`${from + at} b`)] : [act(String(from + at))] })));
    if (to < 60) await makeCheckpoint(tx, 99, keys, monday);
  }
}

async function check(tx: Tx): Promise<LogExportFault | null> {
  return (await checkStoredLogs(tx, null)).faults[0] ?? null;
}

/** Whoever knows the format hashes a leaf anew. */
async function rehash(tx: Tx, seq: number): Promise<void> {
  const leaf = await tx.selectFrom('logLeaf').selectAll().where('provinceCode', '=', 99).where('seq', '=', seq).executeTakeFirstOrThrow();
  const leafHash = sha256Of(leafBytes(leafText({ at: leaf.at, payload: leaf.payloadHash, previous: leaf.previousHash, records: leaf.records, seq })));
  await tx.updateTable('logLeaf').set({ leafHash }).where('provinceCode', '=', 99).where('seq', '=', seq).execute();
}

/** All leaves from one on follow from each other again. */
async function rechain(tx: Tx, from: number): Promise<void> {
  for (let seq = from; seq < 60; seq += 1) {
    await sql`update log_leaf l set previous_hash = p.leaf_hash from log_leaf p where l.province_code = 99 and l.seq = ${seq} and p.province_code = 99 and p.seq = ${seq} - 1`.execute(tx);
    await rehash(tx, seq);
  }
  await sql`update log_head h set leaf_hash = l.leaf_hash, previous_hash = l.previous_hash from log_leaf l where h.province_code = 99 and l.province_code = 99 and l.seq = 59`.execute(tx);
}

/** By way of numbers nobody has, for no two may be the same for a moment. */
async function renumber(tx: Tx, seqs: readonly number[], to: (seq: number) => number): Promise<void> {
  await sql`update log_leaf set seq = seq + 1000 where province_code = 99 and seq = any(${seqs}::bigint[])`.execute(tx);
  for (const seq of seqs) await sql`update log_leaf set seq = ${to(seq)} where province_code = 99 and seq = ${seq + 1000}`.execute(tx);
}
const shift = (tx: Tx, from: number, by: number) => renumber(tx, Array.from({ length: 60 - from }, (_unused, at) => from + at), (seq) => seq + by);
const cutOff = async (tx: Tx, size: number): Promise<void> => {
  await sql`delete from audit_event where province_code = 99 and leaf >= ${size}`.execute(tx);
  await sql`delete from log_leaf where province_code = 99 and seq >= ${size}`.execute(tx);
  await sql`update log_head h set size = ${size}, at = l.at, leaf_hash = l.leaf_hash, previous_hash = l.previous_hash, payload_hash = l.payload_hash, records = l.records
    from log_leaf l where h.province_code = 99 and l.province_code = 99 and l.seq = ${size} - 1`.execute(tx);
};

const attacks: [string, LogExportFault['fault'], number, (tx: Tx) => Promise<unknown>][] = [
  ['edits an audit record', 'record_edited', 30, (tx) => sql`update audit_event set account_name = '别人' where province_code = 99 and leaf = 30`.execute(tx)],
  ['edits what an audit record tells', 'record_edited', 30, (tx) => sql`update audit_event set after = '{"subjectId":"x"}' where province_code = 99 and leaf = 30`.execute(tx)],
  ['deletes an audit record', 'record_deleted', 7, (tx) => sql`delete from audit_event where province_code = 99 and subject_id = '7 b'`.execute(tx)],
  ['adds an audit record to a write', 'record_inserted', 12, (tx) => sql`insert into audit_event (province_code, at, account_name, request_id, action, unit_code, subject_kind, subject_id, leaf) values (99, now(), 'x', 'x', 'x', '990101', 'test', 'x', 12)`.execute(tx)],
  ['adds an audit record past the log', 'record_outside', 60, (tx) => sql`insert into audit_event (province_code, at, account_name, request_id, action, unit_code, subject_kind, subject_id) values (99, now(), 'x', 'x', 'x', '990101', 'test', 'x')`.execute(tx)],
  ['moves audit records between writes', 'record_edited', 10, (tx) => sql`update audit_event set leaf = 21 - leaf where province_code = 99 and leaf in (10, 11)`.execute(tx)],
  ['edits a leaf', 'edited', 30, (tx) => sql`update log_leaf set at = at - interval '1 hour' where province_code = 99 and seq = 30`.execute(tx)],
  ['edits a leaf and hashes it anew', 'edited', 30, async (tx) => {
    await sql`update log_leaf set request_id = 'x', at = at + interval '1 hour' where province_code = 99 and seq = 30`.execute(tx);
    await rehash(tx, 30);
  }],
  ['deletes a leaf', 'deleted', 30, (tx) => sql`delete from log_leaf where province_code = 99 and seq = 30`.execute(tx)],
  ['deletes a write and closes the gap', 'deleted', 30, async (tx) => {
    await sql`delete from audit_event where province_code = 99 and leaf = 30`.execute(tx);
    await sql`update audit_event set leaf = leaf - 1 where province_code = 99 and leaf > 30`.execute(tx);
    await sql`delete from log_leaf where province_code = 99 and seq = 30`.execute(tx);
    await shift(tx, 31, -1);
    await sql`update log_head set size = 59 where province_code = 99`.execute(tx);
  }],
  ['inserts a leaf', 'inserted', 30, async (tx) => {
    await shift(tx, 30, 1);
    await sql`insert into log_leaf select province_code, 30, at, 'x', records, payload_hash, leaf_hash, leaf_hash from log_leaf where province_code = 99 and seq = 29`.execute(tx);
    await rehash(tx, 30);
    await sql`update log_head set size = 61 where province_code = 99`.execute(tx);
    await sql`update audit_event set leaf = leaf + 1 where province_code = 99 and leaf >= 30`.execute(tx);
    await sql`insert into audit_event (province_code, at, account_id, account_name, request_id, action, unit_code, subject_kind, subject_id, before, after, basis, leaf)
      select province_code, at, account_id, account_name, request_id, action, unit_code, subject_kind, subject_id, before, after, basis, 30 from audit_event where province_code = 99 and leaf = 29`.execute(tx);
  }],
  ['swaps two leaves', 'swapped', 30, (tx) => renumber(tx, [30, 40], (seq) => 70 - seq)],
  ['cuts the end off', 'truncated', 45, (tx) => sql`delete from log_leaf where province_code = 99 and seq >= 45`.execute(tx)],
  ['cuts the end off cleanly, below a checkpoint', 'truncated', 45, (tx) => cutOff(tx, 45)],
  ['rewrites everything from a leaf on, cleanly', 'rewritten', 20, async (tx) => {
    await sql`update audit_event set subject_id = 'x' where province_code = 99 and leaf = 35`.execute(tx);
    const records = await tx.selectFrom('auditEvent').selectAll().where('provinceCode', '=', 99).where('leaf', '=', 35).execute();
    await sql`update log_leaf set payload_hash = ${payloadOf(records)} where province_code = 99 and seq = 35`.execute(tx);
    await rechain(tx, 35);
  }],
  ['puts a checkpoint of somebody else in', 'checkpoint_forged', 50, async (tx) => {
    const other = await openLogKeys({ ...memorySecrets() });
    await sql`delete from log_checkpoint where size = 50`.execute(tx);
    await makeCheckpoint(tx, 99, other, monday);
  }],
];

describe('B-S6: an administrator of the database', () => {
  it.each(attacks)('who %s is found: %s at %i', async (_what, fault, where, attack) => {
    await world.rolledBack(async ({ tx }) => {
      await fill(tx);
      expect(await check(tx)).toBeNull();
      await attack(tx);
      const found = await check(tx);
      expect(found).toMatchObject(fault === 'checkpoint_forged' ? { fault } : { fault, seq: where });
      // What is exported tells the same, without the database.
      const lines: string[] = [];
      for await (const line of exportLogs(tx)) lines.push(line.trim());
      const { fault: exported } = await verifyLogExport(lines, nodeNoteTools);
      if (fault !== 'record_outside') expect(exported?.fault).toBe(fault);
    })();
  });

  it('who puts an old copy back, or cuts the log below what was seen, gets a server that writes nothing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-s6-'));
    const { database } = world.committed;
    const token = newToken();
    await database.write(async (tx) => {
      await sql`insert into account (id, sign_in_name, display_name, demonstration, created_at) values ('s6', 's6', 's6', true, ${monday}::timestamptz)`.execute(tx);
      await sql`insert into role_grant (account_id, role, unit_code) values ('s6', 'coordinator', '990100')`.execute(tx);
      await openSessions(tx, [{ token, signInName: 's6' }]);
    });
    const serve = async () => startServerWithin(world, { DATA_DIR: directory, SECRETS_DIR: join(directory, 'secrets') });
    const ask = async (address: string, path: string, body: unknown) => {
      const response = await fetch(`${address}${path}`, {
        method: 'POST', headers: { cookie: `fuwuyue=${token}`, 'content-type': 'application/json', [requestKeyHeader]: randomUUID() }, body: JSON.stringify(body),
      });
      const answer: unknown = await response.json();
      return { status: response.status, answer };
    };
    const remind = { unitCodes: ['990101'], text: '请按时报送。' };
    const write = (subjectId: string) => database.write((tx) => saveAudit(tx, source(randomUUID()), [act(subjectId)]));
    for (let number = 0; number < 30; number += 1) await write(`early ${number}`);
    const tables = ['log_head', 'log_leaf', 'log_node', 'log_checkpoint', 'audit_event'];
    await database.write(async (tx) => {
      for (const table of tables) await sql`create table ${sql.table(`old_${table}`)} as select * from ${sql.table(table)}`.execute(tx);
    });
    let server = await serve();
    const readable = await (await fetch(`${server.address}/readyz`)).json() as { mode: string };
    expect(readable.mode).toBe('writing');
    for (let number = 0; number < 30; number += 1) await write(`late ${number}`);
    await server.close();

    await database.write(async (tx) => {
      for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(tx);
      for (const table of tables) await sql`insert into ${sql.table(table)} overriding system value select * from ${sql.table(`old_${table}`)}`.execute(tx);
    });
    server = await serve();
    const told = await (await fetch(`${server.address}/api/installation`)).json() as { readOnly: boolean };
    expect(told.readOnly).toBe(true);
    expect(await (await fetch(`${server.address}/readyz`)).json()).toMatchObject({ status: 'read_only', mode: 'read_only' });
    const refused = await ask(server.address, '/api/editions/2023/units/990100/reminders', remind);
    expect(refused).toMatchObject({ status: 503, answer: { code: 'read_only' } });
    const sizes = await database.read(async (tx) => (await sql<{ size: number }>`select size from log_head where province_code = 99`.execute(tx)).rows);
    expect(sizes).toEqual([{ size: 30 }]);
    expect((await ask(server.address, '/api/sign-out', {})).status).toBe(200);
    await server.close();

    // Grown again past what was seen, it is still not the same.
    for (let number = 0; number < 60; number += 1) await write(`instead ${number}`);
    server = await serve();
    expect(await (await fetch(`${server.address}/readyz`)).json()).toMatchObject({ mode: 'read_only' });
    await server.close();

    const accepted = await acceptLogs({ database, dataDirectory: directory, reason: '恢复了六月二十五日的备份', now: monday, anew: false });
    expect(accepted.seen['99']?.size).toBe(60);
    server = await serve();
    expect(await (await fetch(`${server.address}/readyz`)).json()).toMatchObject({ mode: 'writing' });
    const leaf = await database.read(async (tx) => ({
      record: await tx.selectFrom('auditEvent').select(['basis', 'leaf']).where('action', '=', 'log.accept').executeTakeFirstOrThrow(),
      root: await rootAt(tx, 99, 90),
    }));
    expect(leaf.record).toMatchObject({ basis: '恢复了六月二十五日的备份' });
    expect(leaf.root).toMatch(/^[0-9a-f]{64}$/);
    await server.close();
    await rm(directory, { recursive: true, force: true });
    console.log(`B-S6: ${attacks.length} ways of tampering found and the first bad leaf named, by the database and by its export; an old copy starts read-only, also once it has grown past what was seen`);
  });
});
