// Brings the database to the newest schema: plain SQL files in order, each in its own transaction, never back.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { ConnectionOptions } from './database.ts';

export interface MigrationReport {
  readonly applied: readonly string[];
  readonly current: string;
}

/** Thrown when a migration already applied no longer reads as it did. */
export class MigrationChanged extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`migration ${file} was changed after it had been applied`);
    this.file = file;
  }
}

/** Two processes may start at once: an advisory lock lets one migrate while the other waits. */
export async function migrate(options: ConnectionOptions, directory: string): Promise<MigrationReport> {
  const { maximumConnections: _ignored, ...connection } = options;
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connection });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(20230607)');
    await client.query('create table if not exists schema_migration (file text primary key, sha256 text not null, applied_at timestamptz not null default now())');
    const done = await client.query<{ file: string; sha256: string }>('select file, sha256 from schema_migration');
    const known = new Map(done.rows.map((row) => [row.file, row.sha256]));
    const files = (await readdir(directory)).filter((file) => /^\d{4}-.+\.sql$/.test(file)).sort();
    const applied: string[] = [];
    for (const file of files) {
      const text = await readFile(join(directory, file), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      if (known.has(file) && known.get(file) !== sha256) throw new MigrationChanged(file);
      if (known.has(file)) continue;
      await applyOne(client, file, text, sha256);
      applied.push(file);
    }
    return { applied, current: files.at(-1) ?? '' };
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, file: string, text: string, sha256: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into schema_migration (file, sha256) values ($1, $2)', [file, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
