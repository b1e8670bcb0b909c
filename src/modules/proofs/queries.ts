// What is stored of the proof log: leaves, hashes of complete subtrees, checkpoints and who cosigned them. A proof reads hundreds of rows, never all.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Instant } from '../../shared/instant.ts';
import { leafText, recordText } from '../../shared/leaf.ts';
import type { Consistency, Inclusion, LogState, Witness } from './model.ts';
import { consistencyParts, emptyRoot, growingTree, hashOfParts, inclusionParts, nodeHash, type Parts, rootParts, type Subtree } from './rules/merkle.ts';
import { keyTextOf, type NoteKey, readKeyText } from './rules/note.ts';

/** Subtrees of 256 to this power are kept: level 0 are the leaves themselves. */
const levelsKept = 8;
const keptLevelOf = ({ level }: Subtree): number => Math.floor(level / levelsKept);

const installationKey = 'installation';

/** The name of this installation, in front of every log's: `fuwuyue-0123456789abcdef`. Null before its first start. */
export async function findInstallation(tx: Tx): Promise<string | null> {
  const row = await tx.selectFrom('setting').select('value').where('key', '=', installationKey).executeTakeFirst();
  return typeof row?.value === 'string' ? row.value : null;
}

/** Names the installation, anew where it has a name: logs under another name are other logs. The keys go along. */
export async function nameInstallation(tx: Tx, name: string): Promise<void> {
  const before = await findInstallation(tx);
  const keys = before === null ? [] : await listKeysOfName(tx, before);
  if (keys.length > 0) await storeKeysOfName(tx, name, keys);
  const value = JSON.stringify(name);
  await tx.insertInto('setting').values({ key: installationKey, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
}

export function originOf(installation: string, provinceCode: number): string {
  return `${installation}/${String(provinceCode).padStart(2, '0')}`;
}

/** The hashes of complete subtrees, whatever their size, in two statements at most for each level that is kept. */
async function readSubtrees(tx: Tx, provinceCode: number, subtrees: readonly Subtree[]): Promise<(subtree: Subtree) => string> {
  const found = new Map<string, string>();
  for (const kept of new Set(subtrees.map(keptLevelOf))) {
    const wanted = subtrees.filter((subtree) => keptLevelOf(subtree) === kept).map((subtree) => {
      const width = 2 ** (subtree.level - kept * levelsKept);
      return { subtree, from: subtree.position * width, width };
    });
    const hashes = await readHashes(tx, provinceCode, kept, wanted.map(({ from, width }) => ({ from, to: from + width })));
    for (const { subtree, from, width } of wanted) {
      const tree = growingTree(sha256Of);
      for (let at = from; at < from + width; at += 1) tree.add(hashes.get(at) ?? missing(provinceCode, kept, at));
      found.set(`${subtree.level} ${subtree.position}`, tree.root());
    }
  }
  return ({ level, position }) => found.get(`${level} ${position}`) ?? missing(provinceCode, level, position);
}

/** A leaf or subtree the log's size promises is not there. */
export class LogBroken extends Error {
  readonly provinceCode: number;
  constructor(provinceCode: number, what: string) {
    super(`log ${provinceCode}: ${what}`);
    this.provinceCode = provinceCode;
  }
}

function missing(provinceCode: number, kept: number, position: number): never {
  throw new LogBroken(provinceCode, kept === 0 ? `leaf ${position} is missing` : `subtree ${kept}/${position} is missing`);
}

async function readHashes(tx: Tx, provinceCode: number, kept: number, ranges: readonly { readonly from: number; readonly to: number }[]): Promise<Map<number, string>> {
  const froms = ranges.map(({ from }) => from);
  const tos = ranges.map(({ to }) => to);
  const { rows } = kept === 0
    ? await sql<{ at: number; hash: string }>`
        select l.seq as at, l.leaf_hash as hash from unnest(${froms}::bigint[], ${tos}::bigint[]) as r(begins, ends)
        join log_leaf l on l.province_code = ${provinceCode} and l.seq >= r.begins and l.seq < r.ends`.execute(tx)
    : await sql<{ at: number; hash: string }>`
        select n.position as at, n.hash from unnest(${froms}::bigint[], ${tos}::bigint[]) as r(begins, ends)
        join log_node n on n.province_code = ${provinceCode} and n.level = ${kept} and n.position >= r.begins and n.position < r.ends`.execute(tx);
  return new Map(rows.map(({ at, hash }) => [at, hash]));
}

async function readParts(tx: Tx, provinceCode: number, parts: readonly Parts[]): Promise<string[]> {
  const hashOf = await readSubtrees(tx, provinceCode, parts.flat());
  return parts.map((one) => hashOfParts(one, hashOf, sha256Of));
}

/** The root of the log's first leaves. Subtrees up to this size must be kept (extendSubtrees). Throws LogBroken where leaves are missing. */
export async function rootAt(tx: Tx, provinceCode: number, size: number): Promise<string> {
  if (size === 0) return emptyRoot(sha256Of);
  const [root = ''] = await readParts(tx, provinceCode, [rootParts(size)]);
  return root;
}

/** Keeps the hashes of subtrees that have become complete. */
export async function extendSubtrees(tx: Tx, provinceCode: number, size: number): Promise<void> {
  for (let kept = 1, complete = Math.floor(size / 256); complete > 0; kept += 1, complete = Math.floor(complete / 256)) {
    const last = await tx.selectFrom('logNode').select((of) => of.fn.max('position').as('position')).where('provinceCode', '=', provinceCode).where('level', '=', kept).executeTakeFirst();
    const first = (last?.position ?? -1) + 1;
    const rows: { provinceCode: number; level: number; position: number; hash: string }[] = [];
    for (let position = first; position < complete; position += 1) {
      const hashes = await readHashes(tx, provinceCode, kept - 1, [{ from: position * 256, to: (position + 1) * 256 }]);
      const leaves = Array.from({ length: 256 }, (_unused, at) => hashes.get(position * 256 + at) ?? missing(provinceCode, kept - 1, position * 256 + at));
      rows.push({ provinceCode, level: kept, position, hash: rootOfComplete(leaves) });
    }
    for (let from = 0; from < rows.length; from += 1_000) await tx.insertInto('logNode').values(rows.slice(from, from + 1_000)).onConflict((conflict) => conflict.doNothing()).execute();
  }
}

function rootOfComplete(hashes: readonly string[]): string {
  let level = [...hashes];
  while (level.length > 1) level = Array.from({ length: level.length / 2 }, (_unused, at) => nodeHash(level[at * 2] ?? '', level[at * 2 + 1] ?? '', sha256Of));
  return level[0] ?? '';
}

export interface StoredCheckpoint {
  readonly provinceCode: number;
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly at: Instant;
  /** With the cosignatures that came since. */
  readonly note: string;
}

const cosigned = sql`from log_cosignature s where s.province_code = c.province_code and s.origin = c.origin and s.size = c.size`;
const checkpointColumns = sql`c.province_code, c.origin, c.size, c.root, c.at, c.note || coalesce((select string_agg(s.line, '' order by s.at, s.witness_name) ${cosigned}), '') as note`;

/** Of the log under its present name. */
const ofOrigin = (origin: string): RawBuilder<unknown> => sql`c.province_code = ${Number(origin.split('/')[1])} and c.origin = ${origin}`;

async function originHere(tx: Tx, provinceCode: number): Promise<string> {
  return originOf((await findInstallation(tx)) ?? '', provinceCode);
}

export async function findCheckpoint(tx: Tx, provinceCode: number, size: number): Promise<StoredCheckpoint | null> {
  const { rows } = await sql<StoredCheckpoint>`select ${checkpointColumns} from log_checkpoint c where ${ofOrigin(await originHere(tx, provinceCode))} and c.size = ${size}`.execute(tx);
  return rows[0] ?? null;
}

export async function findLatestCheckpoint(tx: Tx, provinceCode: number): Promise<StoredCheckpoint | null> {
  const [latest] = await listCheckpoints(tx, provinceCode, null, 1);
  return latest ?? null;
}

/** The newest checkpoint over a leaf that a witness has cosigned, or else the newest over it. */
async function findCheckpointOver(tx: Tx, provinceCode: number, index: number): Promise<StoredCheckpoint | null> {
  const { rows } = await sql<StoredCheckpoint>`
    select ${checkpointColumns} from log_checkpoint c where ${ofOrigin(await originHere(tx, provinceCode))} and c.size > ${index}
    order by exists (select ${cosigned}) desc, c.size desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Checkpoints of a log, newest first. */
export async function listCheckpoints(tx: Tx, provinceCode: number, before: number | null, limit: number): Promise<StoredCheckpoint[]> {
  const { rows } = await sql<StoredCheckpoint>`
    select ${checkpointColumns} from log_checkpoint c
    where ${ofOrigin(await originHere(tx, provinceCode))} and (${before}::bigint is null or c.size < ${before}) order by c.size desc limit ${limit}`.execute(tx);
  return rows;
}

/** That the write of a request is in the log of a province. Null when there is none, or no checkpoint covers it yet (within a minute one does). */
export async function findInclusion(tx: Tx, { provinceCode, requestId }: { readonly provinceCode: number; readonly requestId: string }): Promise<Inclusion | null> {
  // A request may leave leaves before its last, such as a wrong password that was counted.
  const leaf = await tx.selectFrom('logLeaf').select('seq').where('provinceCode', '=', provinceCode).where('requestId', '=', requestId).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return leaf === undefined ? null : findInclusionOf(tx, provinceCode, leaf.seq);
}

/** As `findInclusion`, by the number of the leaf (audit_event.leaf). */
export async function findInclusionOf(tx: Tx, provinceCode: number, index: number): Promise<Inclusion | null> {
  const leaf = await tx.selectFrom('logLeaf').selectAll().where('provinceCode', '=', provinceCode).where('seq', '=', index).executeTakeFirst();
  const checkpoint = leaf === undefined ? null : await findCheckpointOver(tx, provinceCode, index);
  if (leaf === undefined || checkpoint === null) return null;
  const path = await readParts(tx, provinceCode, inclusionParts(index, checkpoint.size));
  const records = (await listRecordTexts(tx, provinceCode, index)).map((text) => sha256Of(text)).toSorted();
  return {
    origin: checkpoint.origin, index, size: checkpoint.size,
    leaf: leafText({ at: leaf.at, payload: leaf.payloadHash, previous: leaf.previousHash, records: leaf.records, seq: leaf.seq }),
    // Whoever may not read all of them is given none.
    records: records.length === leaf.records ? records : [], path, checkpoint: checkpoint.note,
  };
}

/** The audit records under a leaf as their digests cover them: for whoever may read them. */
export async function listRecordTexts(tx: Tx, provinceCode: number, index: number): Promise<string[]> {
  const records = await tx.selectFrom('auditEvent').selectAll().where('provinceCode', '=', provinceCode).where('leaf', '=', index).orderBy('id').execute();
  return records.map(recordText);
}

/** That the log with `second` leaves begins with the log of `first` leaves. Null where the log has no checkpoint so far. */
export async function findConsistency(tx: Tx, { provinceCode, first, second }: { readonly provinceCode: number; readonly first: number; readonly second: number }): Promise<Consistency | null> {
  const latest = await findLatestCheckpoint(tx, provinceCode);
  if (latest === null || first > second || second > latest.size) return null;
  return {
    origin: latest.origin, first, second, firstRoot: await rootAt(tx, provinceCode, first), secondRoot: await rootAt(tx, provinceCode, second),
    path: await readParts(tx, provinceCode, consistencyParts(first, second)),
  };
}

/** How every log stands. */
export async function listLogs(tx: Tx): Promise<LogState[]> {
  const installation = (await findInstallation(tx)) ?? '';
  const heads = await tx.selectFrom('logHead').select(['provinceCode', 'size']).orderBy('provinceCode').execute();
  const { rows: checkpoints } = await sql<StoredCheckpoint>`
    select distinct on (c.province_code) ${checkpointColumns} from log_checkpoint c where split_part(c.origin, '/', 1) = ${installation} order by c.province_code, c.size desc`.execute(tx);
  const { rows: seen } = await sql<{ provinceCode: number; name: string; keyId: string; size: number; at: Instant }>`
    select distinct on (s.province_code, s.witness_name, s.key_id) s.province_code, s.witness_name as name, s.key_id, s.size, s.at
    from log_cosignature s where split_part(s.origin, '/', 1) = ${installation} order by s.province_code, s.witness_name, s.key_id, s.size desc`.execute(tx);
  const keys = await listKeysOfName(tx, installation);
  return heads.map(({ provinceCode, size }) => {
    const checkpoint = checkpoints.find((one) => one.provinceCode === provinceCode);
    return {
      provinceCode, origin: originOf(installation, provinceCode), keys: keys.map((key) => keyTextOf({ ...key, name: originOf(installation, provinceCode) }, sha256Of)), size,
      checkpoint: checkpoint === undefined ? null : { size: checkpoint.size, root: checkpoint.root, at: checkpoint.at, note: checkpoint.note },
      witnesses: seen.filter((one) => one.provinceCode === provinceCode).map(({ name, keyId, size: seenSize, at }) => ({ name, keyId, size: seenSize, at })),
    };
  });
}

const keysKey = 'log_keys';
const keyNumberKey = 'log_key_number';
const handoversKey = 'log_handovers';

async function readTexts(tx: Tx, key: string): Promise<string[]> {
  const row = await tx.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return Array.isArray(row?.value) ? row.value.filter((text) => typeof text === 'string') : [];
}

async function storeSetting(tx: Tx, key: string, content: unknown): Promise<void> {
  const value = JSON.stringify(content);
  await tx.insertInto('setting').values({ key, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
}

/** Public keys of all names the logs ever had, each under its name; those of before names were told apart stand under `log`. */
async function readKeys(tx: Tx): Promise<NoteKey[]> {
  return (await readTexts(tx, keysKey)).flatMap((text) => readKeyText(text, sha256Of) ?? []);
}

/** The keys of one name: a name has one pair for ever. */
export async function listKeysOfName(tx: Tx, installation: string): Promise<NoteKey[]> {
  const keys = await readKeys(tx);
  const own = keys.filter(({ name }) => name === installation);
  return own.length > 0 ? own : keys.filter(({ name }) => name === 'log').map((key) => ({ ...key, name: installation }));
}

export async function storeKeysOfName(tx: Tx, installation: string, keys: readonly NoteKey[]): Promise<void> {
  const others = (await readKeys(tx)).filter(({ name }) => name !== installation);
  await storeSetting(tx, keysKey, [...others, ...keys.map((key) => ({ ...key, name: installation }))].map((key) => keyTextOf(key, sha256Of)));
}

/** The keys checkpoints are signed with now, in C2SP's form under the name `log`. */
export async function listKeyTexts(tx: Tx): Promise<string[]> {
  return (await listKeysOfName(tx, (await findInstallation(tx)) ?? '')).map((key) => keyTextOf({ ...key, name: 'log' }, sha256Of));
}

/** The keys of a log, under its name. */
export async function listKeysOf(tx: Tx, origin: string): Promise<NoteKey[]> {
  return (await listKeysOfName(tx, origin.split('/')[0] ?? '')).map((key) => ({ ...key, name: origin }));
}

/** Which of the pairs of keys is in use, and the name of the logs stays what it is until the transaction ends. */
export async function lockKeyNumber(tx: Tx): Promise<number> {
  const rows = await tx.selectFrom('setting').select(['key', 'value']).where('key', 'in', [installationKey, keyNumberKey]).orderBy('key').forShare().execute();
  const number = rows.find(({ key }) => key === keyNumberKey)?.value;
  return typeof number === 'number' ? number : 1;
}

export async function storeKeyNumber(tx: Tx, number: number): Promise<void> {
  await storeSetting(tx, keyNumberKey, number);
}

/** How the logs went on under new names with new keys, oldest first (rules/handover.ts). */
export async function listHandovers(tx: Tx): Promise<string[]> {
  return readTexts(tx, handoversKey);
}

export async function addHandover(tx: Tx, note: string): Promise<void> {
  await storeSetting(tx, handoversKey, [...(await listHandovers(tx)), note]);
}

/** Witnesses, those removed too. */
export async function listWitnesses(tx: Tx): Promise<Witness[]> {
  return tx.selectFrom('logWitness').selectAll().orderBy('registeredAt').execute();
}

/** The keys of witnesses whose cosignatures are taken now. */
export async function listWitnessKeys(tx: Tx, removedToo = false): Promise<NoteKey[]> {
  return (await listWitnesses(tx)).flatMap(({ publicKey, removedAt }) => {
    const key = readKeyText(publicKey, sha256Of);
    return key === null || (removedAt !== null && !removedToo) ? [] : [key];
  });
}
