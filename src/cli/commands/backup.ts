// fuwuyue backup, restore, verify: everything into one file, back from it, and whether such a file holds.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { restoreBackup } from '../../backup/restoring.ts';
import { type BackupFault, verifyBackup } from '../../backup/verifying.ts';
import { writeBackup } from '../../backup/writing.ts';
import { fileBlobStore } from '../../kernel/blobs.ts';
import { systemClock } from '../../kernel/clock.ts';
import { version } from '../../kernel/package-root.ts';
import { listEditions } from '../../modules/editions/queries.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { recount } from './recount.ts';
import { checkSeals } from './seals.ts';

export async function backup(terminal: Terminal, { store, config }: Opened, file: string): Promise<Outcome> {
  if (existsSync(file)) throw new CommandFault(2, `文件已经存在：${file}。请换一个文件名。`, `The file exists already: ${file}. Choose another name.`);
  const report = await writeBackup(file, {
    database: store.database, blobs: join(config.dataDirectory, 'blobs'), version, now: systemClock.now(),
    progress: (table, rows) => (rows > 0 ? terminal.say(`  ${rows} ${table}\n`) : undefined),
  });
  const verdict = await verifyBackup(file);
  if (verdict.fault !== null) return faulty(verdict.fault);
  const line = `已备份并核对：${report.rows} 行，${report.files} 个文件。Backed up and verified: ${report.rows} rows, ${report.files} files.`;
  return { held: true, document: { file, ...report, seals: verdict.seals }, lines: [line, '备份未加密，请按内部规定保管。The backup is not encrypted: keep it as your rules demand.'] };
}

/** Held: the file is whole, its chain of seals unbroken, every sealed table as it was sealed. */
export async function verify(file: string): Promise<Outcome> {
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const { header, rows, files, seals, fault } = await verifyBackup(file);
  if (fault !== null) return faulty(fault);
  const document = { file, fault: null, version: header?.version ?? null, takenAt: header?.takenAt ?? null, rows, files, seals };
  return { held: true, document, lines: [`核对无误：${rows} 行，${files} 个文件，${seals} 个签章。Holds: ${rows} rows, ${files} files, ${seals} seals.`] };
}

export async function restore({ store, config }: Opened, file: string): Promise<Outcome> {
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const outcome = await restoreBackup(file, { database: store.database, blobs: fileBlobStore(join(config.dataDirectory, 'blobs')) });
  switch (outcome.outcome) {
    case 'faulty':
      return faulty(outcome.fault);
    case 'not_empty':
      throw new CommandFault(1, '这里已有数据，不能恢复到上面。请另设 DATA_DIR 或 DATABASE_URL。', 'There is data here already; restore into another DATA_DIR or DATABASE_URL.');
    case 'other_schema':
      throw new CommandFault(1, `备份的数据库结构与本程序不同（${outcome.migration}）。请用备份时的版本恢复，再升级。`, `The backup has another schema (${outcome.migration}). Restore with the version that made it, then upgrade.`);
    case 'restored': {
      const proven = await store.database.read(checkSeals);
      const counted = await store.database.write(async (tx) => {
        const outcomes: Outcome[] = [];
        for (const { code } of await listEditions(tx)) outcomes.push(await recount(tx, code));
        return outcomes;
      });
      const held = proven.held && counted.every((one) => one.held);
      const line = `已恢复：${outcome.rows} 行，${outcome.files} 个文件。Restored: ${outcome.rows} rows, ${outcome.files} files.`;
      return { held, document: { file, rows: outcome.rows, files: outcome.files, seals: proven.document, figures: counted.map(({ document }) => document) }, lines: [line, ...proven.lines, ...counted.flatMap(({ lines }) => lines)] };
    }
  }
}

function faulty(fault: BackupFault): Outcome {
  const where = 'entry' in fault ? fault.entry : 'seal' in fault ? `${fault.seal} (${fault.unitCode}, ${fault.version})` : '';
  return { held: false, document: { fault }, lines: [`核对有误：${faultWords[fault.fault]}${where === '' ? '' : `：${where}`}。At fault: ${fault.fault}${where === '' ? '' : ` ${where}`}.`] };
}

const faultWords: { readonly [F in BackupFault['fault']]: string } = {
  not_an_archive: '这不是备份文件', no_backup: '这不是备份文件', cut_off: '文件不完整', manifest_unreadable: '清单读不懂', entry_changed: '内容被改过', entry_missing: '缺少内容', entry_unknown: '多出内容',
  file_changed: '佐证文件被改过', file_missing: '缺少佐证文件', gap: '签章编号不连续', previous_hash: '签章链条断开', hash: '签章被改过', version_missing: '缺少已盖章的表', content_changed: '已盖章的表被改过', digest_differs: '表与签章不符',
  extension_changed: '自设行被改过',
};
