// fuwuyue backup, restore, verify: everything into one file, back from it, and whether such a file holds.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makeBackup } from '../../backup/making.ts';
import { restoreBackup } from '../../backup/restoring.ts';
import { type BackupFault, type BackupHeader, verifyBackup } from '../../backup/verifying.ts';
import { saveAudit } from '../../kernel/audit.ts';
import { fileBlobStore } from '../../kernel/blobs.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { migrate, readMigrations } from '../../kernel/migrate.ts';
import { migrationsDirectory } from '../../kernel/package-root.ts';
import { saveRun } from '../../modules/operations/queries.ts';
import { acceptLogs } from '../../modules/proofs/accepting.ts';
import { findWitnessFaults, readWitnessed, type WitnessFault, witnessedPath } from '../../modules/proofs/witnessed.ts';
import { nationUnit } from '../../shared/wire.ts';
import { CommandFault } from '../faults.ts';
import { type KeyOptions, keysOf, lockOf, type LockOptions } from '../keys.ts';
import type { Opened } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { prove } from './proving.ts';

export async function backup(terminal: Terminal, opened: Opened, file: string, options: LockOptions): Promise<Outcome> {
  if (existsSync(file)) throw new CommandFault(2, `文件已经存在：${file}。请换一个文件名。`, `The file exists already: ${file}. Choose another name.`);
  const lock = await lockOf(options, opened.config);
  const at = systemClock.now();
  const { report, verdict, locked } = await makeBackup(file, opened.store.database, opened.config, lock, (table, rows) => (rows > 0 ? terminal.say(`  ${rows} ${table}\n`) : undefined));
  if (verdict.fault !== null) return faulty(verdict.fault);
  await remembered(opened.store.database, { kind: 'backup', at, held: true, details: { file, locked, rows: report.rows, files: report.files } });
  const line = `已备份并核对：${report.rows} 行，${report.files} 个文件。Backed up and verified: ${report.rows} rows, ${report.files} files.`;
  return { held: true, document: { file, ...report, locked, seals: verdict.seals }, lines: [line, locked ? lockedLine(report.secrets) : plainLine] };
}

const lockedLine = (secrets: number): string =>
  `备份已加密，含 ${secrets} 个密钥文件。没有私钥或口令谁也打不开，请与备份分开保管。The backup is encrypted, with ${secrets} key files. Nobody opens it without the identity or passphrase: keep that apart from it.`;
const plainLine =
  '备份未加密，也不含密钥目录（SECRETS_DIR）：缺了它，恢复后不能用原单位密钥签名，已绑定的第二因素也不能用。请用 --to 加密，或另行保管密钥目录。The backup is not encrypted and lacks the keys of SECRETS_DIR: without them nothing can be signed with the units\' keys after a restore, and second factors no longer work. Encrypt with --to, or keep that folder apart.';

/** On a schema too old to know of runs there is nowhere to keep one. */
export async function remembered(database: Database, run: Parameters<typeof saveRun>[1]): Promise<void> {
  await database.write((tx) => saveRun(tx, run)).catch((error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || error.code !== '42P01') throw error;
  });
}

/** Held: the file is whole, its chain of seals unbroken, every sealed table as it was sealed. */
export async function verify(file: string, options: KeyOptions = {}): Promise<Outcome> {
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const { header, rows, files, secrets, seals, fault } = await verifyBackup(file, await keysOf(options));
  if (fault !== null) return faulty(fault);
  const document = { file, fault: null, version: header?.version ?? null, takenAt: header?.takenAt ?? null, rows, files, secrets, seals };
  return { held: true, document, lines: [`核对无误：${rows} 行，${files} 个文件，${seals} 个签章。Holds: ${rows} rows, ${files} files, ${seals} seals.`] };
}

/** The installation is as it was when the backup was made: that it went back in time is said, and written where nobody can take it out. */
export async function restore({ store, config }: Opened, file: string, options: KeyOptions): Promise<Outcome> {
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const keys = await keysOf(options, config.backup);
  const migrations = await readMigrations(migrationsDirectory);
  const outcome = await restoreBackup(file, { database: store.database, blobs: fileBlobStore(join(config.dataDirectory, 'blobs')), secrets: config.secretsDirectory, keys, migrations });
  switch (outcome.outcome) {
    case 'faulty':
      return faulty(outcome.fault);
    case 'not_empty':
      throw new CommandFault(1, '这里已有数据，不能恢复到上面。请另设 DATA_DIR 或 DATABASE_URL。', 'There is data here already; restore into another DATA_DIR or DATABASE_URL.');
    case 'other_schema':
      throw new CommandFault(1, `备份出自更新的版本（${outcome.migration}）。请用备份时的版本恢复。`, `The backup comes from a newer version (${outcome.migration}). Restore with the version that made it.`);
    case 'other_secrets':
      throw new CommandFault(1, `密钥目录里已有另一个 ${outcome.name}。请另设 SECRETS_DIR，或先移走原目录。`, `SECRETS_DIR holds another ${outcome.name}. Set another SECRETS_DIR, or move it away first.`);
    case 'restored': {
      await migrate(store.connection, migrationsDirectory);
      const proven = await prove(store.database);
      const at = systemClock.now();
      const behind = await declareReturn(store.database, config.dataDirectory, outcome.header, file, proven.held);
      await remembered(store.database, { kind: 'restore', at, held: proven.held, details: { file, takenAt: outcome.header.takenAt, version: outcome.header.version } });
      const lines = [
        `已恢复：${outcome.rows} 行，${outcome.files} 个文件。Restored: ${outcome.rows} rows, ${outcome.files} files.`,
        `平台回到 ${outcome.header.takenAt}，之后的内容不在其中，这次恢复已记入日志，日志改名续写，见证人须重新登记。The installation is as it was at ${outcome.header.takenAt}; what came later is not in it. The restore is in the log, which goes on under a new name: witnesses begin anew.`,
        ...behind.map(({ provinceCode, seen, size }) => `这台机器见过的日志 ${String(provinceCode).padStart(2, '0')} 有 ${seen} 条，恢复后是 ${size} 条。This machine has seen ${seen} leaves of that log; restored are ${size}.`),
        ...(outcome.header.secrets ? [] : ['备份不含密钥，请把原来的密钥目录放回 SECRETS_DIR。The backup has no keys: put the old folder back as SECRETS_DIR.']),
        ...proven.lines,
      ];
      return { held: proven.held, document: { file, rows: outcome.rows, files: outcome.files, secrets: outcome.secrets, takenAt: outcome.header.takenAt, behind, ...proven.document }, lines };
    }
  }
}

/**
 * Writes into the log that the installation went back in time, and what this machine had seen of the log. Nothing is ever signed twice
 * under one name, so the log goes on under a new one. Answers by how much it is behind of what was seen here.
 */
async function declareReturn(database: Database, dataDirectory: string, header: BackupHeader, file: string, held: boolean): Promise<WitnessFault[]> {
  const seen = await readWitnessed(witnessedPath(dataDirectory));
  const behind = seen === null ? [] : await database.write((tx) => findWitnessFaults(tx, seen));
  const record = {
    action: 'operations.restore', unitCode: nationUnit, subjectKind: 'installation', subjectId: 'restore',
    after: { takenAt: header.takenAt, version: header.version, held, file: basename(file) },
  };
  await database.write((tx) => saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: systemClock.now() }, [record]));
  if (held) await acceptLogs({ database, dataDirectory, reason: `restore ${header.takenAt}`, now: systemClock.now(), anew: false });
  return behind;
}

export function faulty(fault: BackupFault): Outcome {
  const where = 'entry' in fault ? fault.entry : 'seal' in fault ? `${fault.seal} (${fault.unitCode}, ${fault.version})` : '';
  return { held: false, document: { fault }, lines: [`核对有误：${faultWords[fault.fault]}${where === '' ? '' : `：${where}`}。At fault: ${fault.fault}${where === '' ? '' : ` ${where}`}.`] };
}

export const faultWords: { readonly [F in BackupFault['fault']]: string } = {
  not_an_archive: '这不是备份文件', no_backup: '这不是备份文件', cut_off: '文件不完整', manifest_unreadable: '清单读不懂', entry_changed: '内容被改过', entry_missing: '缺少内容', entry_unknown: '多出内容',
  key_missing: '备份已加密，请用 --identity 或 --passphrase-file 给出私钥或口令', key_wrong: '私钥或口令不对', bytes_changed: '加密内容被改过或不完整',
  file_changed: '佐证文件被改过', file_missing: '缺少佐证文件', gap: '签章编号不连续', previous_hash: '签章链条断开', hash: '签章被改过', version_missing: '缺少已盖章的表', content_changed: '已盖章的表被改过', digest_differs: '表与签章不符',
  extension_changed: '自设行被改过',
};
