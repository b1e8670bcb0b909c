// fuwuyue verify FILE: whether a backup or a package holds. Which of the two it is, its bytes say; nothing else is needed.
import { existsSync } from 'node:fs';
import { nodeTools, withFileReader } from '../../modules/packages/reading.ts';
import type { PackageReader } from '../../modules/packages/rules/container.ts';
import { faultSentence } from '../../modules/packages/rules/faults.ts';
import { type PackageVerdict, verifyPackage } from '../../modules/packages/rules/verifying.ts';
import { beginsLikeZip, directoryBytesOf, endBytes } from '../../shared/stored-zip.ts';
import { CommandFault } from '../faults.ts';
import type { KeyOptions } from '../keys.ts';
import type { Outcome } from '../terminal.ts';
import { verify as verifyBackup } from './backup.ts';

export async function verify(file: string, keys: KeyOptions = {}): Promise<Outcome> {
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const verdict = await withFileReader(file, async (reader) => ((await isPackage(reader)) ? verifyPackage(reader, nodeTools) : null));
  return verdict === null ? verifyBackup(file, keys) : packageOutcome(file, verdict);
}

/** By its beginning or its end, so that one of them may be broken. */
async function isPackage(reader: PackageReader): Promise<boolean> {
  if (beginsLikeZip(await reader.read(0, Math.min(4, reader.bytes)))) return true;
  return reader.bytes >= endBytes && directoryBytesOf(await reader.read(reader.bytes - endBytes, endBytes)) !== null;
}

export function packageOutcome(file: string, verdict: PackageVerdict): Outcome {
  const { holds, firstFault, statements, description, files, bytes, units, total } = verdict;
  const document = { file, holds, fault: firstFault, package: description, files, bytes, units, total, statements: statements.map(({ code, proven }) => ({ code, proven })) };
  if (firstFault !== null) {
    const { chinese, english } = faultSentence(firstFault);
    return { held: false, document, lines: [`核对有误：${chinese}。`, `At fault: ${english}.`] };
  }
  const of = description === null ? '' : `${description.unit.name}，${description.edition.code} 届第 ${description.version} 版${description.demonstration ? '（演示数据）' : ''}`;
  return {
    held: true,
    document,
    lines: [
      `核对无误：${of}，${files} 个文件，${units.length} 个单位。`,
      `Holds: unit ${description?.unit.code ?? ''}, edition ${description?.edition.code ?? ''}, version ${description?.version ?? ''}${description?.demonstration === true ? ' (demonstration)' : ''}, ${files} files, ${units.length} ${units.length === 1 ? 'unit' : 'units'}.`,
      ...statements.map(({ proven, chinese, english }) => `${proven ? '  已证明 ' : '  未证明 '}${chinese}。${proven ? 'Proven' : 'Not proven'}: ${english}.`),
    ],
  };
}
