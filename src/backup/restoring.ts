// fuwuyue restore: into an empty installation, whole or not at all. The file is verified before the first row is written.
import { basename } from 'node:path';
import { sql } from 'kysely';
import type { BlobStore } from '../kernel/blobs.ts';
import type { Database, Tx } from '../kernel/database.ts';
import { readArchive } from './archive.ts';
import { listMigrations, listTables, type TableShape } from './tables.ts';
import { type BackupFault, type BackupHeader, verifyBackup } from './verifying.ts';

export type RestoreOutcome =
  | { readonly outcome: 'restored'; readonly rows: number; readonly files: number; readonly header: BackupHeader }
  | { readonly outcome: 'not_empty' }
  | { readonly outcome: 'other_schema'; readonly migration: string }
  | { readonly outcome: 'faulty'; readonly fault: BackupFault };

export async function restoreBackup(path: string, { database, blobs }: { readonly database: Database; readonly blobs: BlobStore }): Promise<RestoreOutcome> {
  const { header, fault } = await verifyBackup(path);
  if (fault !== null || header === null) return { outcome: 'faulty', fault: fault ?? { fault: 'no_backup' } };
  return database.write(async (tx): Promise<RestoreOutcome> => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    const migration = await firstOtherMigration(tx, header);
    if (migration !== null) return { outcome: 'other_schema', migration };
    const tables = await listTables(tx);
    if (!(await areEmpty(tx, tables))) return { outcome: 'not_empty' };
    const counted = { rows: 0, files: 0 };
    // Tables lie in the archive in the order in which they may be filled.
    await readArchive(path, async (name, bytes) => {
      if (name.startsWith('tables/')) counted.rows += await insertPart(tx, tables, name.split('/')[1] ?? '', bytes);
      if (!name.startsWith('blobs/')) return;
      await blobs.put(basename(name), bytes);
      counted.files += 1;
    });
    for (const table of tables) await resumeNumbering(tx, table);
    return { outcome: 'restored', ...counted, header };
  });
}

async function firstOtherMigration(tx: Tx, header: BackupHeader): Promise<string | null> {
  const here = new Map((await listMigrations(tx)).map(({ file, sha256 }) => [file, sha256]));
  const there = new Map(header.migrations.map(({ file, sha256 }) => [file, sha256]));
  return [...new Set([...here.keys(), ...there.keys()])].sort().find((file) => here.get(file) !== there.get(file)) ?? null;
}

async function areEmpty(tx: Tx, tables: readonly TableShape[]): Promise<boolean> {
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
    if (rows.length > 0) return false;
  }
  return true;
}

async function insertPart(tx: Tx, tables: readonly TableShape[], table: string, bytes: Buffer): Promise<number> {
  if (!tables.some(({ name }) => name === table)) throw new Error(`the backup has a table this schema does not know: ${table}`);
  const lines = bytes.toString('utf8').split('\n').filter((line) => line !== '');
  await sql`insert into ${sql.table(table)} overriding system value select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::jsonb)`.execute(tx);
  return lines.length;
}

/** New rows are numbered on from the restored ones. */
async function resumeNumbering(tx: Tx, { name, identity }: TableShape): Promise<void> {
  for (const column of identity) {
    await sql`select setval(pg_get_serial_sequence(${name}, ${column}), coalesce((select max(${sql.ref(column)}) from ${sql.table(name)}), 0) + 1, false)`.execute(tx);
  }
}
