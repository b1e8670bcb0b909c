// Brings the database to the newest schema: plain SQL files in order, all that are due in one transaction, never back. Ended at
// any moment, also by a power cut, it leaves the schema as it was or as it is to be.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { ConnectionOptions } from './database.ts';
import { raiseWalls, type WallState } from './walls.ts';

export interface MigrationReport {
  readonly applied: readonly string[];
  readonly current: string;
  /** Whether the second wall stands; null where nobody looked. */
  readonly walls: WallState | null;
}

export interface Migration {
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
}

/** Thrown when a migration already applied no longer reads as it did. */
export class MigrationChanged extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`migration ${file} was changed after it had been applied`);
    this.file = file;
  }
}

/** Held while the schema is changed. */
export const schemaLock = 20_230_607;

export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => /^\d{4}-.+\.sql$/.test(file)).sort();
  return Promise.all(files.map(async (file) => {
    const text = await readFile(join(directory, file), 'utf8');
    return { file, text, sha256: createHash('sha256').update(text).digest('hex') };
  }));
}

/** The folder they lie in, or what was read of it before. */
export type Migrations = string | readonly Migration[];

const readOnce = async (migrations: Migrations): Promise<readonly Migration[]> => (typeof migrations === 'string' ? readMigrations(migrations) : migrations);

/** Two processes may start at once: an advisory lock lets one migrate while the other waits. */
export async function migrate(options: ConnectionOptions, from: Migrations): Promise<MigrationReport> {
  const migrations = await readOnce(from);
  return withClient(options, async (client) => {
    await client.query(`select pg_advisory_lock(${schemaLock})`);
    const due = dueOf(migrations, await appliedTo(client));
    if (due.length > 0) await apply(client, due);
    return { applied: due.map(({ file }) => file), current: migrations.at(-1)?.file ?? '', walls: await raiseWalls(client) };
  });
}

export interface SchemaState {
  /** Applied and known here; in order. */
  readonly applied: readonly string[];
  readonly due: readonly string[];
  /** Applied by a newer version. */
  readonly unknown: readonly string[];
}

/** Where the schema stands; changes nothing. */
export async function schemaState(options: ConnectionOptions, from: Migrations): Promise<SchemaState> {
  const migrations = await readOnce(from);
  return withClient(options, async (client) => {
    const applied = await appliedTo(client);
    const known = new Set(migrations.map(({ file }) => file));
    return {
      applied: migrations.flatMap(({ file }) => (applied.has(file) ? [file] : [])),
      due: dueOf(migrations, applied).map(({ file }) => file),
      unknown: [...applied.keys()].filter((file) => !known.has(file)),
    };
  });
}

async function withClient<T>({ maximumConnections: _ignored, ...connection }: ConnectionOptions, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connection });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Files applied, with their digests; none in a new database. */
async function appliedTo(client: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await client.query<{ there: boolean }>(`select to_regclass('schema_migration') is not null as there`);
  if (!(tables[0]?.there ?? false)) return new Map();
  const { rows } = await client.query<{ file: string; sha256: string }>('select file, sha256 from schema_migration order by file');
  return new Map(rows.map(({ file, sha256 }) => [file, sha256]));
}

function dueOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const changed = migrations.find(({ file, sha256 }) => applied.has(file) && applied.get(file) !== sha256);
  if (changed !== undefined) throw new MigrationChanged(changed.file);
  return migrations.filter(({ file }) => !applied.has(file));
}

async function apply(client: pg.Client, due: readonly Migration[]): Promise<void> {
  await client.query('begin');
  try {
    for (const statement of statementsOf(due)) await client.query(statement.text, statement.values);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

export interface SchemaStatement {
  readonly text: string;
  readonly values: string[];
}

/** What lays out these migrations, and keeps that they were. */
export function statementsOf(migrations: readonly Migration[]): SchemaStatement[] {
  const table = 'create table if not exists schema_migration (file text primary key, sha256 text not null, applied_at timestamptz not null default now())';
  return [
    { text: table, values: [] },
    ...migrations.flatMap(({ file, text, sha256 }) => [{ text, values: [] }, { text: 'insert into schema_migration (file, sha256) values ($1, $2)', values: [file, sha256] }]),
  ];
}
