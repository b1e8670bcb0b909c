// The logs as the database holds them: checked whole (every record, leaf, checkpoint and cosignature), and written out for whoever checks
// without us. Reads a log once, so many leaves at a time.
import { sql } from 'kysely';
import { readInBatches, type Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { recordText } from '../../shared/leaf.ts';
import { findInstallation, listKeysOf, listWitnessKeys, originOf } from './queries.ts';
import { earlier, explain, firstRootFault, type KeptLeaf, type LeafFault, openLeafCheck, type Suspicion } from './rules/checking.ts';
import { type ExportLine, exportFormat, type LogExportFault } from './rules/exported.ts';
import { type Checkpoint, keyTextOf, openCheckpoint } from './rules/note.ts';
import { nodeNoteTools } from './signing.ts';
import type { Witnessed } from './witnessed.ts';

export type LeafWithDigests = KeptLeaf & { readonly digests: readonly string[] };

interface LeafRow {
  readonly seq: number;
  readonly at: string;
  readonly payload: string;
  readonly previous: string;
  readonly records: number;
  readonly hash: string;
}

const leafColumns = sql`seq, at, payload_hash as payload, previous_hash as previous, records, leaf_hash as hash`;
const leavesAtOnce = 2_000;

/** Leaves in order, each with the digests of its audit records. */
async function* leavesOf(tx: Tx, provinceCode: number): AsyncGenerator<readonly LeafWithDigests[]> {
  for await (const leaves of readInBatches<LeafRow>(tx, sql`select ${leafColumns} from log_leaf where province_code = ${sql.lit(provinceCode)} order by seq`, leavesAtOnce)) {
    const [first, last] = [leaves[0]?.seq ?? 0, leaves.at(-1)?.seq ?? 0];
    const records = await tx.selectFrom('auditEvent').selectAll().where('provinceCode', '=', provinceCode).where('leaf', '>=', first).where('leaf', '<=', last).execute();
    const digests = new Map<number, string[]>();
    for (const record of records) {
      const ofLeaf = digests.get(record.leaf ?? -1);
      const digest = sha256Of(recordText(record));
      if (ofLeaf === undefined) digests.set(record.leaf ?? -1, [digest]);
      else ofLeaf.push(digest);
    }
    yield leaves.map((leaf) => ({ ...leaf, digests: (digests.get(leaf.seq) ?? []).toSorted() }));
  }
}

export interface StoredLog {
  readonly provinceCode: number;
  readonly origin: string;
  readonly size: number;
  readonly checkpoints: number;
  readonly cosigned: number;
}

export interface StoredVerdict {
  readonly logs: readonly StoredLog[];
  readonly leaves: number;
  /** The first fault of each log that has one. */
  readonly faults: readonly LogExportFault[];
}

/** Checks every log whole. `seen`: what is known outside of the database. */
export async function checkStoredLogs(tx: Tx, seen: Witnessed | null): Promise<StoredVerdict> {
  await sql`set local statement_timeout = 0`.execute(tx);
  const installation = (await findInstallation(tx)) ?? '';
  const logs: StoredLog[] = [];
  const faults: LogExportFault[] = [];
  for (const provinceCode of await listProvinces(tx, seen)) {
    const origin = originOf(installation, provinceCode);
    const outside = seen?.installation === installation ? seen.logs[String(provinceCode)] : undefined;
    const { log, fault } = await checkStoredLog(tx, provinceCode, origin, outside === undefined ? [] : [{ ...outside, origin }]);
    logs.push(log);
    if (fault !== null) faults.push(fault);
  }
  return { logs, leaves: logs.reduce((sum, { size }) => sum + size, 0), faults };
}

async function listProvinces(tx: Tx, seen: Witnessed | null): Promise<number[]> {
  const { rows } = await sql<{ provinceCode: number }>`select province_code from log_head union select distinct province_code from log_leaf union select distinct province_code from log_checkpoint order by 1`.execute(tx);
  return [...new Set([...rows.map(({ provinceCode }) => provinceCode), ...Object.keys(seen?.logs ?? {}).map(Number)])].sort((one, other) => one - other);
}

async function checkStoredLog(tx: Tx, provinceCode: number, origin: string, outside: readonly Checkpoint[]): Promise<{ readonly log: StoredLog; readonly fault: LogExportFault | null }> {
  const signed = await openStoredCheckpoints(tx, provinceCode, origin);
  const known = [...signed.checkpoints, ...outside];
  const check = openLeafCheck(new Set(known.map(({ size }) => size)), sha256Of);
  const suspicion = await firstSuspicion(tx, provinceCode, check.add);
  const atLeaf = suspicion === null ? await atEnd(tx, provinceCode, check) : await explain(suspicion, { leafAt: (seq) => findLeaf(tx, provinceCode, seq) }, sha256Of);
  const found = earlier(firstRootFault(known, check, suspicion === null), earlier(atLeaf, await recordOutside(tx, provinceCode, check.size)));
  const log = { provinceCode, origin, size: check.size, checkpoints: signed.checkpoints.length, cosigned: signed.cosigned };
  return { log, fault: found === null ? signed.fault : { ...found, origin } };
}

async function firstSuspicion(tx: Tx, provinceCode: number, add: (leaf: KeptLeaf, digests: readonly string[]) => Suspicion | null): Promise<Suspicion | null> {
  for await (const leaves of leavesOf(tx, provinceCode)) {
    for (const leaf of leaves) {
      const suspicion = add(leaf, leaf.digests);
      if (suspicion !== null) return suspicion;
    }
  }
  return null;
}

async function findLeaf(tx: Tx, provinceCode: number, seq: number): Promise<KeptLeaf | null> {
  const { rows } = await sql<LeafRow>`select ${leafColumns} from log_leaf where province_code = ${provinceCode} and seq = ${seq}`.execute(tx);
  return rows[0] ?? null;
}

/** Whether the log ends where its last row says. */
async function atEnd(tx: Tx, provinceCode: number, { size, lastHash }: { readonly size: number; readonly lastHash: string }): Promise<LeafFault | null> {
  const head = await tx.selectFrom('logHead').select(['size', 'leafHash']).where('provinceCode', '=', provinceCode).executeTakeFirst();
  if (size !== (head?.size ?? 0)) return { seq: Math.min(size, head?.size ?? 0), fault: size < (head?.size ?? 0) ? 'truncated' : 'inserted' };
  return head === undefined || head.leafHash === lastHash ? null : { seq: size - 1, fault: 'edited' };
}

/** An audit record without a leaf among those that have one, or with a leaf that is not there. */
async function recordOutside(tx: Tx, provinceCode: number, size: number): Promise<LeafFault | null> {
  const { rows } = await sql<{ seq: number | null }>`
    select (select min(n.leaf) from audit_event n where n.province_code = ${provinceCode} and n.id > e.id and n.leaf is not null) as seq
    from audit_event e
    where e.province_code = ${provinceCode} and (e.leaf >= ${size}
      or (e.leaf is null and e.id > (select min(id) from audit_event f where f.province_code = ${provinceCode} and f.leaf is not null)))
    order by e.id limit 1`.execute(tx);
  const [row] = rows;
  return row === undefined ? null : { seq: row.seq ?? size, fault: 'record_outside' };
}

interface OpenedCheckpoints {
  readonly checkpoints: readonly Checkpoint[];
  readonly notes: readonly string[];
  readonly cosigned: number;
  readonly fault: LogExportFault | null;
}

/** Checkpoints of the log under its present name, as far as they hold; a forged one is a fault of its own. */
async function openStoredCheckpoints(tx: Tx, provinceCode: number, origin: string): Promise<OpenedCheckpoints> {
  const keys = await listKeysOf(tx, origin);
  const witnesses = await listWitnessKeys(tx, true);
  const { rows } = await sql<{ size: number; note: string; lines: string }>`
    select c.size, c.note, coalesce((select string_agg(s.line, '' order by s.at, s.witness_name) from log_cosignature s
      where s.province_code = c.province_code and s.origin = c.origin and s.size = c.size), '') as lines
    from log_checkpoint c where c.province_code = ${provinceCode} and c.origin = ${origin} order by c.size`.execute(tx);
  const checkpoints: Checkpoint[] = [];
  const notes: string[] = [];
  let cosigned = 0;
  let fault: LogExportFault | null = null;
  for (const { size, note, lines } of rows) {
    // Exported as it stands, also when it does not hold.
    notes.push(`${note}${lines}`);
    const opened = await openCheckpoint(note, keys, nodeNoteTools);
    const suites = new Set(opened?.keys.map(({ suite }) => suite));
    if (opened === null || suites.size < 2 || opened.checkpoint.origin !== origin || opened.checkpoint.size !== size) {
      fault ??= { fault: 'checkpoint_forged', origin, size };
      continue;
    }
    const seen = await openCheckpoint(`${note}${lines}`, witnesses, nodeNoteTools);
    if (seen === null) fault ??= { fault: 'cosignature_forged', origin, size };
    if (seen !== null && seen.keys.length > 0) cosigned = size;
    checkpoints.push(opened.checkpoint);
  }
  return { checkpoints, notes, cosigned, fault };
}

/** Every log, line by line (rules/exported.ts). */
export async function* exportLogs(tx: Tx): AsyncGenerator<string> {
  await sql`set local statement_timeout = 0`.execute(tx);
  const line = (content: ExportLine): string => `${JSON.stringify(content)}\n`;
  const installation = (await findInstallation(tx)) ?? '';
  const witnesses = (await listWitnessKeys(tx, true)).map((key) => keyTextOf(key, sha256Of));
  const heads = await tx.selectFrom('logHead').select(['provinceCode', 'size']).orderBy('provinceCode').execute();
  let checkpoints = 0;
  yield line({ kind: 'export', format: exportFormat, installation });
  for (const { provinceCode, size } of heads) {
    const origin = originOf(installation, provinceCode);
    const keys = (await listKeysOf(tx, origin)).map((key) => keyTextOf(key, sha256Of));
    yield line({ kind: 'log', origin, size, keys, witnesses });
    const { notes } = await openStoredCheckpoints(tx, provinceCode, origin);
    checkpoints += notes.length;
    for (const note of notes) yield line({ kind: 'checkpoint', note });
    for await (const leaves of leavesOf(tx, provinceCode)) {
      for (const { seq, at, payload, previous, records, hash, digests } of leaves) yield line({ kind: 'leaf', seq, at, payload, previous, records, hash, digests });
    }
  }
  yield line({ kind: 'end', logs: heads.length, leaves: heads.reduce((sum, { size }) => sum + size, 0), checkpoints });
}
