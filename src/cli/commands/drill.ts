// fuwuyue drill: restores a backup into a database of its own in a temporary folder, proves it, and leaves nothing behind.
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { dayOfBackup } from '../../backup/keeping.ts';
import type { Keys } from '../../backup/locking.ts';
import { restoreBackup } from '../../backup/restoring.ts';
import { fileBlobStore } from '../../kernel/blobs.ts';
import { systemClock } from '../../kernel/clock.ts';
import { openDatabase } from '../../kernel/database.ts';
import { startEmbeddedPostgres } from '../../kernel/embedded-postgres.ts';
import { migrate, readMigrations } from '../../kernel/migrate.ts';
import { migrationsDirectory } from '../../kernel/package-root.ts';
import { epochOf } from '../../shared/instant.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { faulty, remembered } from './backup.ts';
import { prove } from './proving.ts';

export interface Drilled {
  readonly file: string;
  readonly keys: Keys;
}

/** The newest scheduled backup. */
export async function latestBackup(directory: string | null): Promise<string> {
  if (directory === null) throw new CommandFault(2, '没有设置 BACKUP_DIR，请写明备份文件。', 'BACKUP_DIR is not set: name the file.');
  const newest = (await readdir(directory).catch(() => [])).filter((name) => dayOfBackup(name) !== null).sort().at(-1);
  if (newest === undefined) throw new CommandFault(1, `${directory} 里没有备份。`, `There is no backup in ${directory}.`);
  return join(directory, newest);
}

export async function drill(terminal: Terminal, opened: Opened, { file, keys }: Drilled): Promise<Outcome> {
  const at = systemClock.now();
  terminal.say('正在临时数据库中恢复并核对……  Restoring into a temporary database …\n');
  const outcome = await tryOut(file, keys);
  const seconds = Math.round((epochOf(systemClock.now()) - epochOf(at)) / 1000);
  await remembered(opened.store.database, { kind: 'drill', at, held: outcome.held, details: { file: basename(file), seconds } });
  const line = outcome.held ? `演练成功：${basename(file)}，用时 ${seconds} 秒。The drill held: ${seconds} seconds.` : '演练失败。The drill failed.';
  return { held: outcome.held, document: { file, seconds, ...outcome.document }, lines: [line, ...outcome.lines] };
}

async function tryOut(file: string, keys: Keys): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-drill-'));
  // Run as root, the database's own user must get in.
  await chmod(directory, 0o711);
  const embedded = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), settings: { fsync: 'off' } });
  try {
    await migrate(embedded.connection, migrationsDirectory);
    const database = openDatabase({ ...embedded.connection, maximumConnections: 4 });
    try {
      const outcome = await restoreBackup(file, { database, blobs: fileBlobStore(join(directory, 'blobs')), secrets: null, keys, migrations: await readMigrations(migrationsDirectory) });
      if (outcome.outcome === 'faulty') return faulty(outcome.fault);
      if (outcome.outcome !== 'restored') return { held: false, document: outcome, lines: [`不能恢复：${outcome.outcome}。Not restored: ${outcome.outcome}.`] };
      await migrate(embedded.connection, migrationsDirectory);
      const proven = await prove(database);
      return { ...proven, document: { rows: outcome.rows, files: outcome.files, takenAt: outcome.header.takenAt, ...proven.document } };
    } finally {
      await database.close();
    }
  } finally {
    await embedded.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
