// The commands that keep an installation running: backup, restore, drill, upgrade, move.
import { type Command, Option } from 'commander';
import { backup, restore } from './commands/backup.ts';
import { drill, latestBackup } from './commands/drill.ts';
import { move } from './commands/move.ts';
import { scheduledBackup } from './commands/scheduled.ts';
import { checkUpgrade, undoUpgrade, type UndoOptions, upgrade } from './commands/upgrade.ts';
import { CommandFault } from './faults.ts';
import { type KeyOptions, keysOf, type LockOptions } from './keys.ts';
import { type Finish, identityOption, type Json, jsonOption, passphraseOption } from './options.ts';
import { withStore } from './store.ts';
import type { Terminal } from './terminal.ts';

export function addOperations(program: Command, terminal: Terminal, finish: Finish): void {
  addBackups(program, terminal, finish);
  addUpgrade(program, terminal, finish);
  program
    .command('move')
    .description('从这个数据库搬到服务器上的空数据库，并核对  from this database to an empty one on a server, verified')
    .requiredOption('--to <url>', 'postgres://用户:口令@主机/库名  where to')
    .addOption(jsonOption())
    .action(({ to, json }: { readonly to: string } & Json) => withStore(terminal, async (opened) => finish(await move(terminal, opened, to), json), 'alone'));
}

function addBackups(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('backup [file]')
    .description('把数据库和佐证文件备份成一个文件，并核对  everything into one file, verified')
    .addOption(new Option('--to <recipient...>', 'age 公钥，加密给谁  age recipients to encrypt for'))
    .addOption(passphraseOption())
    .option('--plain', '不加密，即使设置了 BACKUP_RECIPIENT  not encrypted, whatever BACKUP_RECIPIENT says', false)
    .option('--scheduled', '按计划备份到 BACKUP_DIR，并清理旧备份  into BACKUP_DIR, with old ones cleared', false)
    .addOption(jsonOption())
    .action(async (file: string | undefined, { json, scheduled, ...options }: LockOptions & { readonly scheduled: boolean } & Json) => {
      if ((file === undefined) !== scheduled) throw new CommandFault(2, '请写明备份文件，或用 --scheduled，二者选一。', 'Name a file, or say --scheduled; one of the two.');
      await withStore(terminal, async (opened) => finish(file === undefined ? await scheduledBackup(terminal, opened) : await backup(terminal, opened, file, options), json), 'as_it_is');
    });
  program
    .command('restore <file>')
    .description('恢复到空的安装，并核对  into an empty installation, proven by a verify')
    .addOption(identityOption())
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .action((file: string, { json, ...options }: KeyOptions & Json) => withStore(terminal, async (opened) => finish(await restore(opened, file, options), json)));
  program
    .command('drill [file]')
    .description('在临时数据库中试着恢复备份，并核对  try a backup out in a temporary database')
    .option('--latest', 'BACKUP_DIR 里最新的一个  the newest of BACKUP_DIR', false)
    .addOption(identityOption())
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, { json, latest, ...options }: KeyOptions & { readonly latest: boolean } & Json) => {
      if ((file === undefined) !== latest) throw new CommandFault(2, '请写明备份文件，或用 --latest，二者选一。', 'Name a file, or say --latest; one of the two.');
      await withStore(terminal, async (opened) => {
        const chosen = file ?? (await latestBackup(opened.config.backup.directory));
        finish(await drill(terminal, opened, { file: chosen, keys: await keysOf(options, opened.config.backup) }), json);
      });
    });
}

type UpgradeOptions = UndoOptions & { readonly check: boolean; readonly undo: boolean } & Json;

function addUpgrade(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('upgrade')
    // The name that scripts know.
    .alias('migrate')
    .description('先备份，再把数据库升级到最新结构，并核对  back up, bring the database to the newest schema, verify')
    .addOption(new Option('--check', '只看要做什么  only look').conflicts('undo'))
    .option('--undo', '退回升级前的备份  back to how it was before the upgrade', false)
    .option('--from <file>', '退回到这个备份  back to this file')
    .option('--accept-loss', '知道升级后写入的内容会丢失  knowing that what was written since is lost', false)
    .addOption(identityOption())
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .action(async ({ check, undo, json, ...options }: UpgradeOptions) => {
      if (check) return withStore(terminal, async (opened) => finish(await checkUpgrade(opened), json), 'as_it_is');
      return withStore(terminal, async (opened) => finish(undo ? await undoUpgrade(terminal, opened, options) : await upgrade(terminal, opened), json), 'changing_schema');
    });
}
