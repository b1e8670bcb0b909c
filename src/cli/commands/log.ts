// fuwuyue log export, check, accept: the proof log written out, checked whole, and declared to be as it should be.
import { createReadStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { systemClock } from '../../kernel/clock.ts';
import { saveRun } from '../../modules/operations/queries.ts';
import { acceptLogs } from '../../modules/proofs/accepting.ts';
import { LogBroken } from '../../modules/proofs/queries.ts';
import { type LogExportVerdict, logFaultSentence, rootShort, verifyLogExport } from '../../modules/proofs/rules/exported.ts';
import { nodeNoteTools } from '../../modules/proofs/signing.ts';
import { checkStoredLogs, exportLogs } from '../../modules/proofs/stored.ts';
import { findWitnessFaults, readWitnessed, type WitnessFault, witnessedPath } from '../../modules/proofs/witnessed.ts';
import { CommandFault } from '../faults.ts';
import type { Opened } from '../store.ts';
import type { Outcome } from '../terminal.ts';

/** Into a file that is whole or not there, read back and checked. */
export async function exportLog({ store }: Opened, file: string): Promise<Outcome> {
  if (existsSync(file)) throw new CommandFault(2, `文件已经存在：${file}。请换一个文件名。`, `The file exists already: ${file}. Choose another name.`);
  const part = `${file}.part`;
  const written = await open(part, 'wx', 0o600);
  try {
    await store.database.snapshot(async (tx) => {
      for await (const line of exportLogs(tx)) await written.writeFile(line);
    });
    await written.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await written.close();
  }
  await rename(part, file);
  return exportOutcome(file, await verifyLogExport(createInterface({ input: createReadStream(file) }), nodeNoteTools));
}

function exportOutcome(file: string, { logs, leaves, fault }: LogExportVerdict): Outcome {
  const document = { file, leaves, logs, fault };
  if (fault !== null) return { held: false, document, lines: [`已导出，但核对有误：${logFaultSentence(fault).chinese}。Exported, but at fault: ${logFaultSentence(fault).english}.`] };
  return { held: true, document, lines: [`已导出并核对：${logs.length} 部日志，${leaves} 条。Exported and checked: ${logs.length} logs, ${leaves} leaves.`] };
}

/** Held: every record, leaf, checkpoint and cosignature follows, and the logs are what was seen of them. */
export async function checkLog({ store, config }: Opened): Promise<Outcome> {
  const seen = await readWitnessed(witnessedPath(config.dataDirectory));
  const { logs, leaves, faults } = await store.database.snapshot((tx) => checkStoredLogs(tx, seen));
  const witnessed = seen === null ? [] : await store.database.write((tx) => findWitnessFaults(tx, seen));
  const held = faults.length === 0 && witnessed.length === 0;
  const lines = [
    ...faults.map((fault) => `核对有误：${logFaultSentence(fault).chinese}。At fault: ${logFaultSentence(fault).english}.`),
    ...witnessed.map(witnessSentence),
    ...(held ? [`核对无误：${logs.length} 部日志，${leaves} 条。Holds: ${logs.length} logs, ${leaves} leaves.`] : []),
  ];
  return { held, document: { held, leaves, logs, faults, witnessed }, lines };
}

/** As `checkLog`, and what came of it is kept for the health page. */
export async function scheduledLogCheck(opened: Opened): Promise<Outcome> {
  const at = systemClock.now();
  const outcome = await checkLog(opened);
  const [first] = outcome.lines;
  await opened.store.database.write((tx) => saveRun(tx, { kind: 'log_check', at, held: outcome.held, details: { first: outcome.held ? null : (first ?? null) } }));
  return outcome;
}

function witnessSentence({ provinceCode, fault, seen, size, by }: WitnessFault): string {
  const log = String(provinceCode).padStart(2, '0');
  const words = {
    truncated: [`日志 ${log} 现有 ${size} 条，而曾见到 ${seen} 条（${by}）。`, `Log ${log} has ${size} leaves; ${seen} were seen (${by}).`],
    rewritten: [`日志 ${log} 的前 ${seen} 条与曾见到的不同（${by}）。`, `The first ${seen} leaves of log ${log} are not those that were seen (${by}).`],
    other_logs: [`日志 ${log} 不是曾见到的那一部（${by}）。`, `Log ${log} is another than the one seen (${by}).`],
  } as const;
  return words[fault].join('');
}

/** Held: a leaf says what had been seen, and the server writes again within half a minute. */
export async function acceptLog({ store, config }: Opened, { reason, anew }: { readonly reason: string; readonly anew: boolean }): Promise<Outcome> {
  if (reason.trim().length < 4) throw new CommandFault(2, '请用 --reason 写明原因。', 'Say why with --reason.');
  try {
    const accepted = await acceptLogs({ database: store.database, dataDirectory: config.dataDirectory, reason, now: systemClock.now(), anew });
    const seen = Object.entries(accepted.seen).map(([province, { size, root }]) => `  ${province.padStart(2, '0')}  ${size}  ${rootShort(root)}`);
    return {
      held: true, document: accepted,
      lines: [
        `已声明，原因已记入日志。日志改名为 ${accepted.after}，原名 ${accepted.before ?? ''}；见证人须重新登记。`,
        `Declared, and the reason is in the log. The logs go on as ${accepted.after}, before ${accepted.before ?? ''}; witnesses begin anew.`,
        ...(seen.length === 0 ? [] : ['此前见到的条数和根  Sizes and roots seen before:', ...seen]),
      ],
    };
  } catch (error) {
    if (!(error instanceof LogBroken)) throw error;
    throw new CommandFault(1, `日志中间缺少内容（${error.message}）。请恢复备份；确需继续时先 fuwuyue log export 留存，再加 --anew。`, `Leaves are missing in the middle (${error.message}). Restore a backup; to go on all the same, keep what there is with fuwuyue log export, then add --anew.`);
  }
}
