// fuwuyue restore: into an empty installation, whole or not at all. The file is verified before the first row is written. A backup
// of an older version is laid out as it was; whoever restores brings it to the newest schema afterwards.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import type { BlobStore } from '../kernel/blobs.ts';
import type { Database, Tx } from '../kernel/database.ts';
import type { Migration } from '../kernel/migrate.ts';
import { readArchive } from './archive.ts';
import { isLaidOut, layOut, migrationsOf } from './laying.ts';
import type { Keys } from './locking.ts';
import { listTables, type TableShape } from './tables.ts';
import { type BackupFault, type BackupHeader, verifyBackup } from './verifying.ts';

export type RestoreOutcome =
  | { readonly outcome: 'restored'; readonly rows: number; readonly files: number; readonly secrets: number; readonly header: BackupHeader }
  | { readonly outcome: 'not_empty' }
  | { readonly outcome: 'other_schema'; readonly migration: string }
  /** A key of that name is here already, and is another one. */
  | { readonly outcome: 'other_secrets'; readonly name: string }
  | { readonly outcome: 'faulty'; readonly fault: BackupFault };

export interface RestoreTarget {
  readonly database: Database;
  /** Null: rows only. */
  readonly blobs: BlobStore | null;
  /** Null: the keys stay in the file. */
  readonly secrets: string | null;
  readonly keys: Keys;
  /** All this program has. */
  readonly migrations: readonly Migration[];
  /** Over what is there, which is lost: how an upgrade is undone. */
  readonly over?: boolean;
}

export async function restoreBackup(path: string, target: RestoreTarget): Promise<RestoreOutcome> {
  const { header, fault } = await verifyBackup(path, target.keys);
  if (fault !== null || header === null) return { outcome: 'faulty', fault: fault ?? { fault: 'no_backup' } };
  const found = migrationsOf(header.migrations, target.migrations);
  if ('missing' in found) return { outcome: 'other_schema', migration: found.missing };
  return target.database.write(async (tx): Promise<RestoreOutcome> => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    if (target.over !== true && !(await isUnused(tx, await listTables(tx)))) return { outcome: 'not_empty' };
    if (target.over === true || !(await isLaidOut(tx, header.migrations))) await layOut(tx, found.migrations);
    const tables = await listTables(tx);
    // What migrations themselves put in is in the backup too.
    await sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(tx);
    const counted = { rows: 0, files: 0, secrets: 0 };
    let other: string | null = null;
    // Tables lie in the archive in the order in which they may be filled.
    await readArchive(path, async (name, bytes) => {
      if (name.startsWith('tables/')) counted.rows += await insertPart(tx, tables, name.split('/')[1] ?? '', bytes);
      if (name.startsWith('blobs/') && target.blobs !== null) {
        await target.blobs.put(basename(name), bytes);
        counted.files += 1;
      }
      if (name.startsWith('secrets/') && target.secrets !== null) {
        if (await putSecret(target.secrets, basename(name), bytes)) counted.secrets += 1;
        else other ??= basename(name);
      }
    }, target.keys);
    if (other !== null) throw new OtherSecrets(other);
    for (const table of tables) await resumeNumbering(tx, table);
    return { outcome: 'restored', ...counted, header };
  }).catch((error: unknown): RestoreOutcome => {
    if (error instanceof OtherSecrets) return { outcome: 'other_secrets', name: error.message };
    throw error;
  });
}

class OtherSecrets extends Error {}

/** What no migration writes, and every use of an installation does. */
const used: ReadonlySet<string> = new Set(['unit', 'account', 'audit_event', 'activity_version', 'edition']);

export async function isUnused(tx: Tx, tables: readonly TableShape[]): Promise<boolean> {
  for (const { name } of tables.filter(({ name: table }) => used.has(table))) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
    if (rows.length > 0) return false;
  }
  return true;
}

export async function insertPart(tx: Tx, tables: readonly TableShape[], table: string, bytes: Buffer): Promise<number> {
  if (!tables.some(({ name }) => name === table)) throw new Error(`the backup has a table this schema does not know: ${table}`);
  const lines = bytes.toString('utf8').split('\n').filter((line) => line !== '');
  await sql`insert into ${sql.table(table)} overriding system value select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::jsonb)`.execute(tx);
  return lines.length;
}

/** New rows are numbered on from the restored ones. */
export async function resumeNumbering(tx: Tx, { name, identity }: TableShape): Promise<void> {
  for (const column of identity) {
    await sql`select setval(pg_get_serial_sequence(${name}, ${column}), coalesce((select max(${sql.ref(column)}) from ${sql.table(name)}), 0) + 1, false)`.execute(tx);
  }
}

/** Whether it is there now. A secret that is there is never written over. */
async function putSecret(directory: string, name: string, bytes: Buffer): Promise<boolean> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const path = join(directory, name);
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o400, flush: true });
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    return (await readFile(path)).equals(bytes);
  }
}
