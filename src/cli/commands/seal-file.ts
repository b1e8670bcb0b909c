// fuwuyue seals write: the seal of a unit by itself, with its content, its keys and its place in the log, to be verified anywhere.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { openSecrets } from '../../kernel/secrets.ts';
import { getSealed, readStatus, standingOf } from '../../modules/packages/gathering.ts';
import { sealFileFormat } from '../../modules/packages/rules/seal-file.ts';
import { readVouching } from '../../modules/packages/vouching.ts';
import { canonicalText } from '../../modules/seals/rules.ts';
import { findPlacement } from '../../modules/units/queries.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome } from '../terminal.ts';
import { verify } from './verify.ts';

export async function writeSealFile({ store, config }: Opened, { edition, unit: code, out }: { readonly edition: string; readonly unit: string; readonly out: string }): Promise<Outcome> {
  if (existsSync(out)) throw new CommandFault(2, `文件已经存在：${out}。请换一个文件名。`, `The file exists already: ${out}. Choose another name.`);
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const text = await store.database.read(async (tx) => {
    const unit = await findPlacement(tx, edition, code);
    const standing = unit === undefined ? 'not_sealed' : standingOf((await readStatus(tx, edition, unit)).status);
    if (unit === undefined || standing !== 'sealed') throw new CommandFault(1, `${code} 现在没有已盖章的统计表。`, `${code} has no sealed return now.`);
    const { content, seal, receipt } = await getSealed(tx, edition, unit);
    // Only what the seal and the signature of the submission cover.
    const { preparedBy: _prepared, approvedBy: _approved, signedBy: _signed, ...covered } = receipt;
    const vouching = await readVouching(tx, secrets, { receipt, seals: [seal], proven: new Set([code]) });
    return canonicalText({ format: sealFileFormat, content, seal, receipt: covered, ...vouching });
  });
  await writeFile(out, text, { flag: 'wx', mode: 0o600 });
  return verify(out);
}
