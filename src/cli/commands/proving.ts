// Whether an installation holds: its seals, its proof log, and its figures against the ledger. How every restore, drill, move and
// upgrade ends.
import type { Database, Tx } from '../../kernel/database.ts';
import { logFaultSentence } from '../../modules/proofs/rules/exported.ts';
import { checkStoredLogs } from '../../modules/proofs/stored.ts';
import { listEditions } from '../../modules/editions/queries.ts';
import type { Outcome } from '../terminal.ts';
import { recount } from './recount.ts';
import { checkSeals } from './seals.ts';

export async function prove(database: Database): Promise<Outcome> {
  const seals = await database.read(checkSeals);
  const log = await database.snapshot(proveLog);
  const figures: Outcome[] = [];
  for (const { code } of await database.read(listEditions)) figures.push(await database.write((tx) => recount(tx, code)));
  const all = [seals, log, ...figures];
  return {
    held: all.every(({ held }) => held),
    document: { seals: seals.document, log: log.document, figures: figures.map(({ document }) => document) },
    lines: all.flatMap(({ lines }) => lines),
  };
}

async function proveLog(tx: Tx): Promise<Outcome> {
  const { logs, leaves, faults } = await checkStoredLogs(tx, null);
  return {
    held: faults.length === 0,
    document: { logs: logs.length, leaves, faults },
    lines: faults.length === 0
      ? [`日志核对无误：${logs.length} 部，${leaves} 条。The proof log holds: ${logs.length} logs, ${leaves} leaves.`]
      : faults.map((fault) => `日志有误：${logFaultSentence(fault).chinese}。The proof log is at fault: ${logFaultSentence(fault).english}.`),
  };
}
