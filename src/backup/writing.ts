// fuwuyue backup: every table in one snapshot, and every file of evidence, while the server runs on. The secrets go along only
// where the file is locked.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database, Tx } from '../kernel/database.ts';
import { holdBlobs } from '../modules/evidence/queries.ts';
import type { Instant } from '../shared/instant.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import type { Lock } from './locking.ts';
import { listMigrations, listTables } from './tables.ts';

export interface BackupReport {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly secrets: number;
  /** Before it was compressed. */
  readonly bytes: number;
}

export interface BackupSource {
  readonly database: Database;
  readonly blobs: string;
  /** The folder of keys and other secrets. */
  readonly secrets: string;
  readonly lock: Lock | null;
  readonly version: string;
  readonly now: Instant;
  readonly progress: (table: string, rows: number) => void;
}

export async function writeBackup(path: string, source: BackupSource): Promise<BackupReport> {
  const counted = { tables: 0, rows: 0, files: 0, secrets: 0 };
  const fill = (archive: ArchiveWriter): Promise<void> =>
    source.database.read(async (holding) => {
      // Housekeeping would remove files between the snapshot and their copying.
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(holding);
      await holdBlobs(holding);
      await source.database.read(async (tx) => {
        await sql`set transaction isolation level repeatable read`.execute(tx);
        await sql`set local statement_timeout = 0`.execute(tx);
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
        const tables = await listTables(tx);
        const header = { format: 'fuwuyue.backup/1', version: source.version, takenAt: source.now, migrations: await listMigrations(tx), tables: tables.map(({ name }) => name), secrets: source.lock !== null };
        await archive.add('header.json', Buffer.from(JSON.stringify(header)));
        for (const { name, rowsAtOnce } of tables) {
          const rows = await addTable(tx, archive, name, rowsAtOnce);
          source.progress(name, rows);
          counted.tables += 1;
          counted.rows += rows;
        }
      });
      // After the snapshot: a file of evidence is written before the row that names it, so none that is named can be missing.
      counted.files = await addBlobs(archive, source.blobs);
      if (source.lock !== null) counted.secrets = await addSecrets(archive, source.secrets);
    });
  const { entries } = await writeArchive(path, fill, source.lock);
  return { ...counted, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function addTable(tx: Tx, archive: ArchiveWriter, table: string, rowsAtOnce: number): Promise<number> {
  await sql`declare rows no scroll cursor for select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(tx);
  let total = 0;
  for (let part = 1; ; part += 1) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.raw(String(rowsAtOnce))} from rows`.execute(tx);
    if (rows.length > 0) await archive.add(`tables/${table}/${String(part).padStart(5, '0')}.jsonl`, Buffer.from(`${rows.map(({ row }) => row).join('\n')}\n`));
    total += rows.length;
    if (rows.length < rowsAtOnce) break;
  }
  await sql`close rows`.execute(tx);
  return total;
}

async function addBlobs(archive: ArchiveWriter, directory: string): Promise<number> {
  const names = (await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile() && /^[0-9a-f]{64}(?:-thumbnail)?$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  for (const name of names) await archive.add(`blobs/${name}`, await readFile(join(directory, name.slice(0, 2), name)));
  return names.length;
}

const secretName = /^[a-z0-9][a-z0-9._-]{0,80}$/;

async function addSecrets(archive: ArchiveWriter, directory: string): Promise<number> {
  const names = (await readdir(directory, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile() && secretName.test(entry.name)).map((entry) => entry.name).sort();
  for (const name of names) await archive.add(`secrets/${name}`, await readFile(join(directory, name)));
  return names.length;
}
