// B-F12. Pass: data of an earlier release is brought to the newest schema and holds; killed in the middle of that, ten times, the
// schema is the old or the new one and nothing between, and the next run succeeds; an upgrade is undone to the very rows of before.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noKeys } from '../src/backup/locking.ts';
import { restoreBackup } from '../src/backup/restoring.ts';
import { listTables } from '../src/backup/tables.ts';
import { prove } from '../src/cli/commands/proving.ts';
import { fileBlobStore } from '../src/kernel/blobs.ts';
import type { Database } from '../src/kernel/database.ts';
import { migrate, readMigrations, schemaState } from '../src/kernel/migrate.ts';
import { command } from '../src/testing/commands.ts';
import { makeDatabase, type TestDatabase } from '../src/testing/databases.ts';

const fixture = 'test/fixtures/schema-0012.backup';
const built = join(process.cwd(), 'dist/server/src/kernel/migrate.js');
if (!existsSync(built)) console.log('SKIP B-F12 kills: the server is not built (npm run build)');
const kills = 10;
/** As many migrations as that release had. */
const before = 12;

let old: TestDatabase;
let directory: string;
let all: number;

beforeAll(async () => {
  const migrations = await readMigrations('migrations');
  all = migrations.length;
  old = await makeDatabase();
  directory = await mkdtemp(join(tmpdir(), 'fuwuyue-upgrade-'));
  expect(await restoreBackup(fixture, { database: old.database, blobs: fileBlobStore(join(directory, 'blobs')), secrets: null, keys: noKeys, migrations, over: true })).toMatchObject({ outcome: 'restored' });
  // A template must have no connections.
  await old.database.close();
  await old.settled();
});
afterAll(async () => {
  await old.drop();
  await rm(directory, { recursive: true, force: true });
});

async function onCopy(work: (copy: TestDatabase) => Promise<void>): Promise<void> {
  const copy = await makeDatabase(old.name);
  try {
    await work(copy);
  } finally {
    await copy.drop();
  }
}

const stateOf = async ({ url }: TestDatabase): Promise<number> => (await schemaState({ connectionString: url }, 'migrations')).applied.length;

async function countsOf(database: Database, names: readonly string[]): Promise<Record<string, number>> {
  return database.read(async (tx) => {
    const counted: Record<string, number> = {};
    for (const name of names) counted[name] = (await sql<{ count: number }>`select count(*)::int as count from ${sql.table(name)}`.execute(tx)).rows[0]?.count ?? 0;
    return counted;
  });
}

/** Starts migrating in a process of its own, and kills it so many milliseconds after it began; how long it took when it ended first. */
async function migrateAndKill(url: string, after: number): Promise<number | null> {
  const program = `import { migrate } from ${JSON.stringify(built)}; process.stdout.write('begun'); await migrate({ connectionString: ${JSON.stringify(url)} }, 'migrations');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  const begun = performance.now();
  if (after !== Number.POSITIVE_INFINITY) {
    await Promise.race([ended, pause(after)]);
    child.kill('SIGKILL');
  }
  await ended;
  return after === Number.POSITIVE_INFINITY ? performance.now() - begun : null;
}

describe('data of the release before', () => {
  it('is brought to the newest schema whole', () => onCopy(async (copy) => {
    expect(await stateOf(copy)).toBe(before);
    const names = (await copy.database.read(listTables)).map(({ name }) => name);
    const counted = await countsOf(copy.database, names);
    await migrate({ connectionString: copy.url }, 'migrations');
    expect(await stateOf(copy)).toBe(all);
    const kept = await copy.database.read(listTables);
    const still = names.filter((name) => kept.some((table) => table.name === name));
    // Every table that is still there has at least the rows it had.
    for (const [name, count] of Object.entries(await countsOf(copy.database, still))) expect({ name, count }).toEqual({ name, count: Math.max(count, counted[name] ?? 0) });
    expect((await prove(copy.database)).held).toBe(true);
  }));

  it.skipIf(!existsSync(built))('survives kills in the middle of it', async () => {
    let whole = 0;
    await onCopy(async (copy) => {
      whole = (await migrateAndKill(copy.url, Number.POSITIVE_INFINITY)) ?? 0;
      expect(await stateOf(copy)).toBe(all);
    });
    const seen = { old: 0, new: 0 };
    for (let kill = 0; kill < kills; kill += 1) {
      await onCopy(async (copy) => {
        await migrateAndKill(copy.url, (whole * 1.4 * (kill + 0.5)) / kills);
        // The server ends what the process had begun before anybody looks.
        await copy.settled();
        const state = await stateOf(copy);
        expect([before, all]).toContain(state);
        seen[state === before ? 'old' : 'new'] += 1;
        await migrate({ connectionString: copy.url }, 'migrations');
        expect(await stateOf(copy)).toBe(all);
        if (kill % 5 === 0) expect((await prove(copy.database)).held).toBe(true);
      });
    }
    console.log(`B-F12: ${kills} kills within ${Math.round(whole)} ms of migrating: ${seen.old} times the old schema, ${seen.new} times the new one, nothing between; every next run succeeded`);
    expect(seen.old).toBeGreaterThan(0);
  });

  it('goes forward by one command with a kept backup, and back to the rows of before by another', () => onCopy(async (copy) => {
    const settings = { DATABASE_URL: copy.url, DATA_DIR: directory };
    const names = (await copy.database.read(listTables)).map(({ name }) => name);
    const counted = await countsOf(copy.database, names);
    expect((await command(settings, 'upgrade', '--check')).document).toMatchObject({ applied: before, enough: true });
    expect(await command(settings, 'seals', 'check')).toMatchObject({ exit: 1, said: expect.stringContaining('fuwuyue upgrade') as unknown });
    expect(await command(settings, 'upgrade')).toMatchObject({ exit: 0, document: { backup: expect.stringContaining('before-upgrade-') as unknown } });
    expect(await stateOf(copy)).toBe(all);
    await copy.database.write((tx) => sql`insert into audit_event (province_code, at, account_name, request_id, action, unit_code, subject_kind, subject_id) values (0, now() + interval '1 minute', 'test', 'test', 'test', '000000', 'test', 'test')`.execute(tx));
    expect(await command(settings, 'upgrade', '--undo')).toMatchObject({ exit: 1, said: expect.stringContaining('--accept-loss') as unknown });
    expect(await command(settings, 'upgrade', '--undo', '--accept-loss')).toMatchObject({ exit: 0 });
    expect(await stateOf(copy)).toBe(before);
    // The mark that it was undone is all there is more.
    expect(await countsOf(copy.database, names)).toEqual({ ...counted, setting: (counted['setting'] ?? 0) + 1 });
    expect(await command(settings, 'upgrade')).toMatchObject({ exit: 0 });
    expect(await stateOf(copy)).toBe(all);
  }));
});
