// The commands that prove: verify and explain a file, the seals and the keys they are put with.
import { type Command, Option } from 'commander';
import { writeSealFile } from './commands/seal-file.ts';
import { checkSeals } from './commands/seals.ts';
import { forgetOldRoots, listKeys, type ReplaceOptions, type RotateOptions, rewrapKeys, rotateInstallation, rotateKeys, rotateLog } from './commands/signing-keys.ts';
import { explain, verify, type VerifyOptions } from './commands/verify.ts';
import { type Finish, identityOption, type Json, jsonOption, passphraseOption } from './options.ts';
import { type Opened, withStore } from './store.ts';
import type { Outcome, Terminal } from './terminal.ts';

const keyOption = (): Option => new Option('--key <fingerprint...>', '平台公钥必须是这个指纹  the installation\'s key must have this fingerprint');

export interface UnitOptions {
  readonly edition: () => Option;
  readonly unit: () => Option;
}

export function addProofs(program: Command, terminal: Terminal, finish: Finish, options: UnitOptions): void {
  program
    .command('verify <file>')
    .description('离线核对报送包、签章、日志、一致性证明或备份，指出第一处错误  check a package, a seal, a log, a proof of consistency or a backup offline, naming the first fault')
    .addOption(keyOption())
    .addOption(new Option('--checkpoint <file...>', '以前保存的日志检查点  checkpoints of the log kept from before'))
    .addOption(identityOption())
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .action(async (file: string, { json, ...asked }: VerifyOptions & Json) => finish(await verify(file, asked), json));
  program
    .command('explain <file>')
    .description('用平实的话说明：谁在什么时候盖了章，之后改过没有，哪些不能证明  in plain words: who sealed what when, whether it was changed, what is not proven')
    .addOption(keyOption())
    .addOption(jsonOption())
    .action(async (file: string, { json, ...asked }: VerifyOptions & Json) => finish(await explain(file, asked), json));
  addSeals(program, terminal, finish, options);
  addKeys(program, terminal, finish);
}

function addSeals(program: Command, terminal: Terminal, finish: Finish, { edition, unit }: UnitOptions): void {
  const seals = program.command('seals').description('签章  seals');
  seals
    .command('check')
    .description('核对签章链条、签名和已盖章的内容  check the chain of seals, their signatures and every sealed version')
    .addOption(jsonOption())
    .action(({ json }: Json) => withStore(terminal, async ({ store }) => finish(await store.database.read(checkSeals), json)));
  seals
    .command('write')
    .description('把一个单位的签章写成文件，可在别处核对  the seal of a unit as a file, to be verified elsewhere')
    .addOption(edition())
    .addOption(unit())
    .requiredOption('--out <file>', '写到这个文件  the file to write')
    .addOption(jsonOption())
    .action(({ json, ...asked }: { readonly edition: string; readonly unit: string; readonly out: string } & Json) => withStore(terminal, async (opened) => finish(await writeSealFile(opened, asked), json)));
}

function addKeys(program: Command, terminal: Terminal, finish: Finish): void {
  const keys = program.command('keys').description('签名密钥  keys that sign');
  keys
    .command('list')
    .description('平台和各单位的公钥  public keys of the installation and the units')
    .addOption(jsonOption())
    .action(({ json }: Json) => withStore(terminal, async ({ store }) => finish(await store.database.read(listKeys), json)));
  keys
    .command('rotate')
    .description('给单位换新的签名密钥  new keys for units')
    .addOption(new Option('--unit <code...>', '这些单位  these units'))
    .addOption(new Option('--all', '所有已有密钥的单位  all that have one').conflicts('unit'))
    .option('--reason <text>', '原因，记入审计  why; it is recorded')
    .addOption(jsonOption())
    .action(({ json, ...asked }: RotateOptions & Json) => withStore(terminal, async (opened) => finish(await rotateKeys(opened, asked), json)));
  const replacing = (name: string, description: string, work: (opened: Opened, asked: ReplaceOptions) => Promise<Outcome>): void => {
    keys
      .command(name)
      .description(description)
      .requiredOption('--reason <text>', '原因，记入审计  why; it is recorded')
      .option('--compromised', '旧私钥可能已泄露：不让它为新密钥签名  the old private key may be in wrong hands: it does not sign for the new one', false)
      .addOption(jsonOption())
      .action(({ json, ...asked }: ReplaceOptions & Json) => withStore(terminal, async (opened) => finish(await work(opened, asked), json)));
  };
  replacing('rotate-installation', '更换平台公钥（给单位密钥签发证书的）  a new key of the installation, which certifies those of units', rotateInstallation);
  replacing('rotate-log', '更换日志密钥（给检查点签名的）  new keys for the logs, which sign their checkpoints', rotateLog);
  keys
    .command('rewrap')
    .description('换新的根密钥，把数据库里的密钥重新加密  a new root, and everything wrapped under it')
    .addOption(jsonOption())
    .action(({ json }: Json) => withStore(terminal, async (opened) => finish(await rewrapKeys(opened), json)));
  keys
    .command('forget')
    .description('删除不再使用的旧根密钥  remove roots nothing is wrapped under')
    .addOption(jsonOption())
    .action(({ json }: Json) => withStore(terminal, async (opened) => finish(await forgetOldRoots(opened), json)));
}
