// What several commands of the command line have in common.
import { Option } from 'commander';
import type { Outcome } from './terminal.ts';

export type Finish = (outcome: Outcome, json: boolean) => void;

export interface Json {
  readonly json: boolean;
}

export const jsonOption = (): Option => new Option('--json', '只在标准输出打印一个 JSON 文档  print exactly one JSON document').default(false);

/** The key of a locked file. */
export const identityOption = (): Option => new Option('--identity <file>', 'age 私钥文件  file of age identities');

export const passphraseOption = (): Option => new Option('--passphrase-file <file>', '口令文件，取第一行  file whose first line is the passphrase');
