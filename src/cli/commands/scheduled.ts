// fuwuyue backup --scheduled: one backup into BACKUP_DIR, superfluous ones out of it, and once a month a drill. What the server
// calls at its hour and a timer of the system may call in its place; two at once never run.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { makeBackup } from '../../backup/making.ts';
import { scheduledName, superfluous } from '../../backup/keeping.ts';
import { systemClock } from '../../kernel/clock.ts';
import { findRuns } from '../../modules/operations/queries.ts';
import { epochOf } from '../../shared/instant.ts';
import { CommandFault } from '../faults.ts';
import { keysOf, lockOf } from '../keys.ts';
import type { Opened } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { faulty, remembered } from './backup.ts';
import { drill } from './drill.ts';

const scheduleLock = 720_230_611;
const monthOfDrills = 30 * 86_400_000;

export async function scheduledBackup(terminal: Terminal, opened: Opened): Promise<Outcome> {
  const { directory } = opened.config.backup;
  if (directory === null) throw new CommandFault(2, '请先设置 BACKUP_DIR。', 'Set BACKUP_DIR first.');
  const { database } = opened.store;
  return database.read(async (holding) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(holding);
    const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${scheduleLock}) as free`.execute(holding);
    if (!(rows[0]?.free ?? false)) throw new CommandFault(1, '另一个备份正在进行。', 'Another backup is under way.');
    return backUpAndTidy(terminal, opened, directory);
  });
}

async function backUpAndTidy(terminal: Terminal, opened: Opened, directory: string): Promise<Outcome> {
  const { database } = opened.store;
  const at = systemClock.now();
  const lock = await lockOf({}, opened.config);
  const file = join(directory, scheduledName(at, lock !== null));
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // What a sudden end left.
    for (const name of await readdir(directory)) if (/^(fuwuyue|before)-.*\.part$/.test(name)) await rm(join(directory, name), { force: true });
    const { report, verdict, locked } = await makeBackup(file, database, opened.config, lock);
    if (verdict.fault !== null) {
      await rm(file, { force: true });
      await remembered(database, { kind: 'backup', at, held: false, details: { file, fault: verdict.fault.fault, scheduled: true } });
      return faulty(verdict.fault);
    }
    await remembered(database, { kind: 'backup', at, held: true, details: { file, locked, rows: report.rows, files: report.files, scheduled: true } });
    const removed = superfluous(await readdir(directory));
    for (const name of removed) await rm(join(directory, name), { force: true });
    const drilled = await drillWhenDue(terminal, opened, file, locked);
    const lines = [`已备份并核对：${file}，清理旧备份 ${removed.length} 个。Backed up and verified; ${removed.length} old backups removed.`, ...(drilled?.lines ?? [])];
    return { held: drilled?.held ?? true, document: { file, ...report, locked, removed, drill: drilled?.document ?? null }, lines };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unforeseen';
    await remembered(database, { kind: 'backup', at, held: false, details: { file, fault: code, scheduled: true } });
    throw error;
  }
}

/** A drill of the backup just made, when the last one that held is a month ago and the key is here. */
async function drillWhenDue(terminal: Terminal, opened: Opened, file: string, locked: boolean): Promise<Outcome | null> {
  const keys = await keysOf({}, opened.config.backup);
  if (locked && keys.identities.length === 0) return null;
  const { held } = await opened.store.database.read((tx) => findRuns(tx, 'drill'));
  if (held !== null && epochOf(systemClock.now()) - epochOf(held.at) < monthOfDrills) return null;
  return drill(terminal, opened, { file, keys });
}
