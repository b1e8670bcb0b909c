import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileBlobStore } from '../kernel/blobs.ts';
import { openDatabase } from '../kernel/database.ts';
import { type Migration, readMigrations } from '../kernel/migrate.ts';
import { memorySecrets } from '../kernel/secrets.ts';
import { seedDemonstration } from '../demonstration/seed.ts';
import { monday, openWorld, type World } from '../testing/harness.ts';
import { readArchive, writeArchive } from './archive.ts';
import { noKeys } from './locking.ts';
import { restoreBackup } from './restoring.ts';
import { inOrder } from './tables.ts';
import { verifyBackup } from './verifying.ts';
import { writeBackup } from './writing.ts';

let world: World;
let directory: string;
let file: string;
let migrations: Migration[];
const stage = { provinces: [{ unitCode: '980000', standing: 'complete' as const }], tourCounty: '980101' };
const picture = Buffer.from('not really a picture');
const pictureName = '9f66d3b5ac2f5b2e7d0b5a3e0f0e9a3a';

beforeAll(async () => {
  world = await openWorld();
  migrations = await readMigrations('migrations');
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-backup-'));
  file = join(directory, 'whole.backup');
  await world.committed.database.write(async (tx) => void (await seedDemonstration(tx, { stage, scale: 0.1, pictures: [], secrets: memorySecrets() })));
  const { createHash } = await import('node:crypto');
  await fileBlobStore(join(directory, 'blobs')).put(createHash('sha256').update(picture).digest('hex'), picture);
  await writeBackup(file, { database: world.committed.database, blobs: join(directory, 'blobs'), secrets: join(directory, 'secrets'), lock: null, version: '0.0.0', now: monday, progress: () => undefined });
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

async function emptyDatabase(): Promise<{ database: ReturnType<typeof openDatabase>; drop(): Promise<void> }> {
  const server = inject('server');
  const name = `fuwuyue_test_${randomUUID().replaceAll('-', '')}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ ...server, database: 'postgres' });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name} template ${server.template}`);
  const database = openDatabase({ ...server, database: name, maximumConnections: 4 });
  return { database, drop: async () => {
    await database.close();
    await run(`drop database ${name} with (force)`);
  } };
}

/** The backup with one entry changed, its manifest made anew: what somebody does who knows the format. */
async function forged(name: string, change: (entry: string, text: string) => string | null): Promise<string> {
  const path = join(directory, `${name}.backup`);
  const entries: [string, Buffer][] = [];
  await readArchive(file, async (entry, bytes) => {
    entries.push([entry, bytes]);
  });
  await writeArchive(path, async (archive) => {
    for (const [entry, bytes] of entries) {
      const changed = entry.startsWith('blobs/') ? bytes.toString() : change(entry, bytes.toString());
      if (changed !== null) await archive.add(entry, Buffer.from(changed));
    }
  });
  return path;
}

const inTable = (table: string, change: (text: string) => string) => (entry: string, text: string): string => (entry.startsWith(`tables/${table}/`) ? change(text) : text);

describe('a backup', () => {
  it('holds when nothing was done to it', async () => {
    const verdict = await verifyBackup(file);
    expect(verdict).toMatchObject({ fault: null, files: 1, header: { version: '0.0.0' } });
    expect(verdict.seals).toBeGreaterThan(0);
    expect(verdict.rows).toBeGreaterThan(100);
  });

  it('comes back whole: every row of every table, numbering going on, and never over data', async () => {
    const target = await emptyDatabase();
    try {
      const blobs = fileBlobStore(join(directory, 'restored'));
      expect(await restoreBackup(file, { database: target.database, blobs, secrets: null, keys: noKeys, migrations })).toMatchObject({ outcome: 'restored', files: 1 });
      const digest = sql<{ table: string; digest: string }>`
        select 'activity' as table, md5(string_agg(row_to_json(t)::text, '' order by id)) as digest from activity t union all
        select 'audit_event', md5(string_agg(row_to_json(t)::text, '' order by id)) from audit_event t union all
        select 'figure_row', md5(string_agg(row_to_json(t)::text, '' order by unit_code, origin)) from figure_row t union all
        select 'return_version', md5(string_agg(row_to_json(t)::text, '' order by unit_code, number)) from return_version t union all
        select 'unit', md5(string_agg(row_to_json(t)::text, '' order by code)) from unit t`;
      const rows = await target.database.read(async (tx) => (await digest.execute(tx)).rows);
      expect(rows).toEqual(await world.committed.database.read(async (tx) => (await digest.execute(tx)).rows));
      const next = await target.database.write(async (tx) => (await sql<{ id: number }>`
        insert into audit_event (province_code, at, account_name, request_id, action, unit_code, subject_kind, subject_id) values (0, now(), 'test', 'test', 'test', '000000', 'test', 'test') returning id`.execute(tx)).rows[0]?.id);
      expect(next).toBeGreaterThan(rows.length);
      expect(await restoreBackup(file, { database: target.database, blobs, secrets: null, keys: noKeys, migrations })).toEqual({ outcome: 'not_empty' });
    } finally {
      await target.drop();
    }
  });

  it.each([
    ['a figure of a sealed table', inTable('return_version', (text) => text.replace(/"visit\.enterprises": ?(\d+)/, '"visit.enterprises":999')), 'content_changed'],
    ['the time of a seal', inTable('seal_log', (text) => text.replace('"at":"2023-', '"at":"2024-')), 'hash'],
    ['the first seal taken out', inTable('seal_log', (text) => text.split('\n').slice(1).join('\n')), 'gap'],
    ['the sealed tables taken out', (entry: string, text: string) => (entry.startsWith('tables/return_version/') ? null : text), 'version_missing'],
  ])('that was changed by somebody who knows the format is found out: %s', async (what, change, fault) => {
    const path = await forged(`forged-${fault}-${what.length}`, change);
    expect((await verifyBackup(path)).fault).toMatchObject({ fault });
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2)), /cut_off|not_an_archive/],
    ['something else', () => Buffer.from('fuwuyue'), /not_an_archive/],
    ['empty', () => Buffer.alloc(0), /not_an_archive/],
  ])('that is %s is refused with a reason, and nothing is restored', async (what, change, fault) => {
    const path = join(directory, `${what}.backup`);
    await writeFile(path, change(await readFile(file)));
    expect((await verifyBackup(path)).fault?.fault).toMatch(fault);
    const target = await emptyDatabase();
    try {
      expect(await restoreBackup(path, { database: target.database, blobs: fileBlobStore(join(directory, pictureName)), secrets: null, keys: noKeys, migrations })).toMatchObject({ outcome: 'faulty' });
      expect(await target.database.read(async (tx) => tx.selectFrom('unit').select('code').execute())).toEqual([]);
    } finally {
      await target.drop();
    }
  });
});

describe('the order of tables', () => {
  it('puts each table after those it refers to', () => {
    const tables = ['a', 'b', 'c'].map((name) => ({ name, identity: [], rowsAtOnce: 1 }));
    expect(inOrder(tables, [{ child: 'a', parent: 'c' }, { child: 'c', parent: 'b' }]).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
    expect(() => inOrder(tables, [{ child: 'a', parent: 'b' }, { child: 'b', parent: 'a' }])).toThrow(/circle/);
  });
});
