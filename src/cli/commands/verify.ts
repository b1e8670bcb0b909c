// fuwuyue verify FILE and explain FILE: whether a package, a seal, an exported log, a proof of consistency or a backup holds. Which of
// them it is, its bytes say; nothing else is needed, and nothing is asked of any server.
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { foldFingerprint } from '../../modules/keys/rules.ts';
import { nodeTools, withFileReader } from '../../modules/packages/reading.ts';
import type { PackageReader } from '../../modules/packages/rules/container.ts';
import { isObject } from '../../modules/packages/rules/contents.ts';
import { explainedPackage, explanationOf } from '../../modules/packages/rules/explaining.ts';
import { faultSentence } from '../../modules/packages/rules/faults.ts';
import { explainedSeal, sealFileFormat, type SealVerdict, verifySealFile } from '../../modules/packages/rules/seal-file.ts';
import type { Statement } from '../../modules/packages/rules/statements.ts';
import { type PackageVerdict, verifyPackage } from '../../modules/packages/rules/verifying.ts';
import { consistency, type Consistency } from '../../modules/proofs/model.ts';
import { exportFormat, logFaultSentence, verifyLogExport } from '../../modules/proofs/rules/exported.ts';
import { consistencyHolds } from '../../modules/proofs/rules/merkle.ts';
import { type Checkpoint, readCheckpoint, readNote } from '../../modules/proofs/rules/note.ts';
import { nodeNoteTools } from '../../modules/proofs/signing.ts';
import { beginsLikeZip, directoryBytesOf, endBytes } from '../../shared/stored-zip.ts';
import { CommandFault } from '../faults.ts';
import type { KeyOptions } from '../keys.ts';
import type { Outcome } from '../terminal.ts';
import { verify as verifyBackup } from './backup.ts';

export interface VerifyOptions extends KeyOptions {
  /** Fingerprints of which the installation's key must have one. */
  readonly key?: readonly string[];
  /** Files with checkpoints kept from before, which the log must lead to. */
  readonly checkpoint?: readonly string[];
}

/** What a file turned out to be, and what came of it. */
type Examined =
  | { readonly kind: 'package'; readonly verdict: PackageVerdict }
  | { readonly kind: 'seal'; readonly verdict: SealVerdict }
  | { readonly kind: 'log' }
  | { readonly kind: 'consistency'; readonly proof: Consistency }
  | { readonly kind: 'backup' };

export async function verify(file: string, options: VerifyOptions = {}): Promise<Outcome> {
  const examined = await examine(file, options);
  switch (examined.kind) {
    case 'package':
      return packageOutcome(file, examined.verdict);
    case 'seal':
      return sealOutcome(file, examined.verdict);
    case 'log':
      return logOutcome(file, await readCheckpoints(options));
    case 'consistency':
      return consistencyOutcome(file, examined.proof, await readCheckpoints(options));
    case 'backup':
      return verifyBackup(file, options);
  }
}

/** In plain words: who sealed what when, whether anything was changed since, and what this does not prove. */
export async function explain(file: string, options: VerifyOptions = {}): Promise<Outcome> {
  const examined = await examine(file, options);
  if (examined.kind !== 'package' && examined.kind !== 'seal') throw new CommandFault(2, '只能解释报送包和签章文件。日志和备份请用 fuwuyue verify 核对。', 'Only packages and seals are explained; logs and backups are checked with fuwuyue verify.');
  const explained = examined.kind === 'package' ? explainedPackage(examined.verdict) : explainedSeal(examined.verdict, '统计表');
  const sentences = explanationOf(explained);
  return {
    held: examined.verdict.holds,
    document: { file, holds: examined.verdict.holds, fault: examined.verdict.firstFault, sentences },
    lines: [...sentences.map(({ chinese }) => chinese), '', ...sentences.map(({ english }) => english)],
  };
}

async function examine(file: string, options: VerifyOptions): Promise<Examined> {
  if (!existsSync(file)) throw new CommandFault(2, `没有这个文件：${file}。`, `There is no such file: ${file}.`);
  const trusted = (options.key ?? []).map(trustedKey);
  const verdict = await withFileReader(file, async (reader) => ((await isPackage(reader)) ? verifyPackage(reader, nodeTools, undefined, trusted) : null));
  if (verdict !== null) return { kind: 'package', verdict };
  if ((await firstLineOf(file)).startsWith(`{"kind":"export","format":"${exportFormat}"`)) return { kind: 'log' };
  const document = await documentIn(file);
  if (isObject(document) && document['format'] === sealFileFormat) return { kind: 'seal', verdict: await verifySealFile(document, nodeTools, trusted) };
  const proof = consistency.safeParse(isObject(document) && isObject(document['consistency']) ? document['consistency'] : document);
  return proof.success ? { kind: 'consistency', proof: proof.data } : { kind: 'backup' };
}

function trustedKey(typed: string): string {
  const folded = foldFingerprint(typed);
  if (folded === null) throw new CommandFault(2, `这不是平台公钥的指纹：${typed}。指纹有32或64个十六进制字符。`, `No fingerprint of an installation's key: ${typed}. It has 32 or 64 hexadecimal symbols.`);
  return folded;
}

/** By its beginning or its end, so that one of them may be broken. */
async function isPackage(reader: PackageReader): Promise<boolean> {
  if (beginsLikeZip(await reader.read(0, Math.min(4, reader.bytes)))) return true;
  return reader.bytes >= endBytes && directoryBytesOf(await reader.read(reader.bytes - endBytes, endBytes)) !== null;
}

async function firstLineOf(file: string): Promise<string> {
  return withFileReader(file, async (reader) => Buffer.from(await reader.read(0, Math.min(4096, reader.bytes))).toString('utf8'));
}

/** Beyond this no seal is. */
const mostDocumentBytes = 32 * 1024 * 1024;

async function documentIn(file: string): Promise<unknown> {
  if ((await stat(file)).size > mostDocumentBytes || !(await firstLineOf(file)).trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    return null;
  }
}

async function readCheckpoints({ checkpoint = [] }: VerifyOptions): Promise<Checkpoint[]> {
  return Promise.all(checkpoint.map(async (path) => {
    const text = await readFile(path, 'utf8').catch(() => {
      throw new CommandFault(2, `读不到文件：${path}。`, `The file cannot be read: ${path}.`);
    });
    const read = readCheckpoint(readNote(text)?.text ?? '');
    if (read === null) throw new CommandFault(2, `这不是日志检查点：${path}。`, `No checkpoint of a log: ${path}.`);
    return read;
  }));
}

async function logOutcome(file: string, kept: readonly Checkpoint[]): Promise<Outcome> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const { installation, logs, leaves, fault } = await verifyLogExport(lines, { ...nodeNoteTools, kept });
  const document = { file, holds: fault === null, fault, installation, logs, leaves, kept: kept.length };
  if (fault !== null) {
    const { chinese, english } = logFaultSentence(fault);
    return { held: false, document, lines: [`核对有误：${chinese}。`, `At fault: ${english}.`] };
  }
  const led = kept.length === 0 ? ['', ''] : [`，与您保存的 ${kept.length} 个检查点一致`, `, and leads to the ${kept.length} checkpoints you kept`];
  return {
    held: true,
    document,
    lines: [
      `核对无误：平台 ${installation ?? ''} 的 ${logs.length} 个日志，${leaves} 条，没有改动、删除或插入${led[0]}。`, `Holds: ${logs.length} logs of ${installation ?? ''} with ${leaves} leaves, none edited, deleted or inserted${led[1]}.`,
      ...logs.map(({ origin, size, signed, cosigned }) => `  ${origin}  ${size}${signed === null ? '' : `  ${signed.size}`}${Object.entries(cosigned).map(([name, seen]) => `  ${name} ${seen}`).join('')}`),
    ],
  };
}

function consistencyOutcome(file: string, proof: Consistency, kept: readonly Checkpoint[]): Outcome {
  const { origin, first, second, firstRoot, secondRoot } = proof;
  const [older, newer, ...more] = kept.toSorted((one, other) => one.size - other.size);
  if (older === undefined || newer === undefined || more.length > 0) throw new CommandFault(2, '请用 --checkpoint 写明新旧两个检查点文件。', 'Name the older and the newer checkpoint with --checkpoint.');
  const isOf = (checkpoint: Checkpoint, size: number, root: string): boolean => checkpoint.origin === origin && checkpoint.size === size && checkpoint.root === root;
  const fault = !isOf(older, first, firstRoot) ? 'older_checkpoint' : !isOf(newer, second, secondRoot) ? 'newer_checkpoint' : consistencyHolds(proof, nodeNoteTools.sha256) ? null : 'path';
  const words = { older_checkpoint: ['证明与旧检查点不符', 'the proof is not of the older checkpoint'], newer_checkpoint: ['证明与新检查点不符', 'the proof is not of the newer checkpoint'], path: ['一致性证明不成立：旧日志不是新日志的开头', 'the proof does not hold: the older log is not how the newer one begins'] } as const;
  const document = { file, holds: fault === null, fault, origin, first, second };
  if (fault !== null) return { held: false, document, lines: [`核对有误：${words[fault][0]}。`, `At fault: ${words[fault][1]}.`] };
  return {
    held: true, document,
    lines: [`核对无误：日志 ${origin} 从 ${first} 条到 ${second} 条只有增加，原有的没有改动。`, `Holds: the log ${origin} only grew from ${first} to ${second} leaves; what was there is unchanged.`],
  };
}

function sealOutcome(file: string, { holds, firstFault, content, signing, statements }: SealVerdict): Outcome {
  const document = { file, holds, fault: firstFault, unit: content?.unit ?? null, edition: content?.edition ?? null, version: content?.number ?? null, signing, statements: codesOf(statements) };
  if (firstFault !== null) return faulty(firstFault, document);
  const of = content === null ? ['', ''] : [`${content.unit.name}，${content.edition} 届第 ${content.number} 版`, `unit ${content.unit.code}, edition ${content.edition}, version ${content.number}`];
  return { held: true, document, lines: [`核对无误：${of[0]}的签章。`, `Holds: the seal of ${of[1]}.`, ...statementLines(statements)] };
}

const codesOf = (statements: readonly Statement[]): readonly object[] => statements.map(({ code, proven }) => ({ code, proven }));
const statementLines = (statements: readonly Statement[]): string[] => statements.map(({ proven, chinese, english }) => `${proven ? '  已证明 ' : '  未证明 '}${chinese}。${proven ? 'Proven' : 'Not proven'}: ${english}.`);

function faulty(firstFault: NonNullable<PackageVerdict['firstFault']>, document: object): Outcome {
  const { chinese, english } = faultSentence(firstFault);
  return { held: false, document, lines: [`核对有误：${chinese}。`, `At fault: ${english}.`] };
}

export function packageOutcome(file: string, verdict: PackageVerdict): Outcome {
  const { holds, firstFault, statements, description, files, bytes, units, total, signing } = verdict;
  const document = { file, holds, fault: firstFault, package: description, files, bytes, units, total, signing, statements: codesOf(statements) };
  if (firstFault !== null) return faulty(firstFault, document);
  const of = description === null ? '' : `${description.unit.name}，${description.edition.code} 届第 ${description.version} 版${description.demonstration ? '（演示数据）' : ''}`;
  return {
    held: true,
    document,
    lines: [
      `核对无误：${of}，${files} 个文件，${units.length} 个单位。`,
      `Holds: unit ${description?.unit.code ?? ''}, edition ${description?.edition.code ?? ''}, version ${description?.version ?? ''}${description?.demonstration === true ? ' (demonstration)' : ''}, ${files} files, ${units.length} ${units.length === 1 ? 'unit' : 'units'}.`,
      ...statementLines(statements),
    ],
  };
}
