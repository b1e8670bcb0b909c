// fuwuyue upgrade: a kept backup, the migrations, a proof; --check only looks; --undo lays the kept backup out again as it was.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import { makeBackup } from '../../backup/making.ts';
import { restoreBackup } from '../../backup/restoring.ts';
import { verifyBackup } from '../../backup/verifying.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Config } from '../../kernel/config.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { migrate, readMigrations, schemaState, type SchemaState } from '../../kernel/migrate.ts';
import { migrationsDirectory, version } from '../../kernel/package-root.ts';
import { dateOf } from '../../shared/instant.ts';
import { CommandFault } from '../faults.ts';
import { type KeyOptions, keysOf, lockOf } from '../keys.ts';
import type { Opened } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { faulty, remembered } from './backup.ts';
import { prove } from './proving.ts';

/** So many backups made before upgrades stay. */
const keptUpgrades = 5;
const undoneKey = 'operations.undone';

/** Where backups made before an upgrade lie. */
export const upgradeDirectory = ({ backup, dataDirectory }: Config): string => backup.directory ?? join(dataDirectory, 'backups');

const isBeforeUpgrade = (name: string): boolean => /^before-(upgrade|undo)-\d{4}-\d{2}-\d{2}-\d{6}\.backup(\.age)?$/.test(name);

export async function checkUpgrade({ store, config }: Opened): Promise<Outcome> {
  const state = await schemaState(store.connection, migrationsDirectory);
  const found = await store.database.read(async (tx) => {
    const { rows } = await sql<{ bytes: number; server: string }>`select pg_database_size(current_database()) as bytes, current_setting('server_version') as server`.execute(tx);
    return rows[0] ?? { bytes: 0, server: '' };
  });
  const directory = upgradeDirectory(config);
  const free = await freeBytes(existsSync(directory) ? directory : config.dataDirectory);
  // A backup is compressed, files of evidence are not; the database keeps its size while tables are rewritten.
  const needed = Math.round(found.bytes * 0.5);
  const enough = free === null || free > needed;
  const today = dateOf(systemClock.now()).slice(5);
  const inSeason = today >= '05-20' && today <= '07-15';
  const document = { version, server: found.server, applied: state.applied.length, due: state.due, unknown: state.unknown, databaseBytes: found.bytes, freeBytes: free, neededBytes: needed, enough, inSeason };
  const lines = [
    `程序版本 ${version}，数据库 PostgreSQL ${found.server}，${mebibytes(found.bytes)}。Version ${version}, database PostgreSQL ${found.server}, ${mebibytes(found.bytes)}.`,
    state.due.length === 0 ? '结构已是最新，不需要升级。The schema is the newest; nothing is due.' : `待升级 ${state.due.length} 步：${state.due.join('、')}。${state.due.length} migrations are due.`,
    ...(state.unknown.length === 0 ? [] : [`数据库比本程序新（${state.unknown.join('、')}），本程序可以运行，但不会改结构。The database is newer than this program, which can run on it.`]),
    `升级前备份放在 ${directory}，可用空间 ${free === null ? '未知' : mebibytes(free)}，约需 ${mebibytes(needed)}${enough ? '' : '，不够'}。The backup goes there; ${enough ? 'there is room' : 'there is not room enough'}.`,
    ...(inSeason && state.due.length > 0 ? ['服务月和填报期间（5月20日至7月15日）只做安全更新。Between 20 May and 15 July upgrade for security only.'] : []),
  ];
  return { held: enough, document, lines };
}

export async function upgrade(terminal: Terminal, opened: Opened): Promise<Outcome> {
  const { store, config } = opened;
  const state = await schemaState(store.connection, migrationsDirectory);
  if (state.due.length === 0) return { held: true, document: { applied: [], backup: null }, lines: ['结构已是最新，不需要升级。The schema is the newest; nothing is due.'] };
  const at = systemClock.now();
  const file = state.applied.length === 0 ? null : await keepBefore(terminal, opened, 'upgrade');
  const { applied } = await migrate(store.connection, migrationsDirectory);
  await store.database.write((tx) => tx.deleteFrom('setting').where('key', '=', undoneKey).execute());
  const proven = await prove(store.database);
  await remembered(store.database, { kind: 'upgrade', at, held: proven.held, details: { version, applied: applied.length, backup: file === null ? null : basename(file) } });
  const undo = file === null ? [] : [`需要退回时：fuwuyue upgrade --undo（使用 ${file}）。To go back: fuwuyue upgrade --undo.`];
  return {
    held: proven.held,
    document: { applied, backup: file, directory: upgradeDirectory(config), ...proven.document },
    lines: [`已升级 ${applied.length} 步。${applied.length} migrations applied.`, ...proven.lines, ...undo],
  };
}

/** A backup of how it is now, kept where an undo finds it. */
async function keepBefore(terminal: Terminal, { store, config }: Opened, what: 'upgrade' | 'undo'): Promise<string> {
  const directory = upgradeDirectory(config);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = await lockOf({}, config);
  const now = systemClock.now();
  const file = join(directory, `before-${what}-${dateOf(now)}-${now.slice(11, 19).replaceAll(':', '')}.backup${lock === null ? '' : '.age'}`);
  terminal.say(`正在备份到 ${file} ……  Backing up …\n`);
  const { verdict } = await makeBackup(file, store.database, config, lock);
  if (verdict.fault !== null) throw new CommandFault(1, `升级前的备份核对有误（${verdict.fault.fault}），没有升级。`, `The backup before the upgrade is at fault (${verdict.fault.fault}): nothing was upgraded.`);
  for (const name of (await readdir(directory)).filter(isBeforeUpgrade).sort().slice(0, -keptUpgrades)) await rm(join(directory, name), { force: true });
  return file;
}

export interface UndoOptions extends KeyOptions {
  /** Another backup than the newest made before an upgrade. */
  readonly from?: string;
  /** Loses what was written since, knowingly. */
  readonly acceptLoss?: boolean;
}

export async function undoUpgrade(terminal: Terminal, opened: Opened, options: UndoOptions): Promise<Outcome> {
  const { store, config } = opened;
  const file = options.from ?? (await newestBeforeUpgrade(upgradeDirectory(config)));
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const keys = await keysOf(options, config.backup);
  const { header, fault } = await verifyBackup(file, keys);
  if (fault !== null || header === null) return faulty(fault ?? { fault: 'no_backup' });
  const lost = await store.database.read((tx) => writtenSince(tx, header.takenAt));
  if (lost > 0 && options.acceptLoss !== true) {
    throw new CommandFault(1, `${header.takenAt} 备份之后有 ${lost} 条操作记录，退回后不再有。确认要退回请加 --accept-loss。`, `${lost} recorded acts came after the backup of ${header.takenAt} and would be lost. If that is meant, add --accept-loss.`);
  }
  const at = systemClock.now();
  const before = await keepBefore(terminal, opened, 'undo');
  const outcome = await restoreBackup(file, { database: store.database, blobs: null, secrets: null, keys, migrations: await readMigrations(migrationsDirectory), over: true });
  if (outcome.outcome !== 'restored') throw new CommandFault(1, `没有退回（${outcome.outcome}），现在的数据未动。`, `Not undone (${outcome.outcome}); the data is as it was.`);
  await markUndone(store.database, at);
  await remembered(store.database, { kind: 'undo', at, held: true, details: { takenAt: header.takenAt, lost } });
  return {
    held: true,
    document: { file, takenAt: header.takenAt, rows: outcome.rows, lost, before },
    lines: [
      `已退回 ${header.takenAt} 的数据和结构（${header.migrations.at(-1)?.file ?? ''}），${outcome.rows} 行。Back to the data and the schema of ${header.takenAt}.`,
      `之后的 ${lost} 条操作记录只在 ${before} 里。The ${lost} acts since are only in that file.`,
      '请装回旧版程序再启动。日志比见证过的短时平台只读，用旧版的 fuwuyue log accept 声明原因。Start the old version of the program now. Where the log is shorter than was seen it starts read-only: declare it with its fuwuyue log accept.',
    ],
  };
}

async function newestBeforeUpgrade(directory: string): Promise<string> {
  const newest = (await readdir(directory).catch(() => [])).filter((name) => name.startsWith('before-upgrade-') && isBeforeUpgrade(name)).sort().at(-1);
  if (newest === undefined) throw new CommandFault(1, `${directory} 里没有升级前的备份，请用 --from 指明。`, `There is no backup from before an upgrade in ${directory}: name one with --from.`);
  return join(directory, newest);
}

async function writtenSince(tx: Tx, takenAt: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from audit_event where at > ${takenAt}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** So that this version does not bring the schema forward again by being started. */
async function markUndone(database: Database, at: string): Promise<void> {
  await database.write((tx) => tx.insertInto('setting').values({ key: undoneKey, value: JSON.stringify({ at, version }) }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value: JSON.stringify({ at, version }) })).execute());
}

/**
 * Before a server brings the schema forward by itself: a kept backup. Refused where an upgrade was undone, and on a database
 * server, where others may use the same database.
 */
export async function beforeServing(terminal: Terminal, opened: Opened, { due }: SchemaState): Promise<void> {
  const undone = await opened.store.database.read((tx) => tx.selectFrom('setting').select('key').where('key', '=', undoneKey).executeTakeFirst());
  if (undone !== undefined || opened.config.databaseUrl !== null) refuseUnupgraded(due);
  await keepBefore(terminal, opened, 'upgrade');
}

export function refuseUnupgraded(due: readonly string[]): never {
  throw new CommandFault(1, `数据库结构需要升级（${due.length} 步）。请先运行 fuwuyue upgrade --check，再运行 fuwuyue upgrade。`, `The schema is to be upgraded first (${due.length} migrations): run fuwuyue upgrade --check, then fuwuyue upgrade.`);
}

async function freeBytes(directory: string): Promise<number | null> {
  return statfs(directory).then(({ bavail, bsize }) => bavail * bsize, () => null);
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;
