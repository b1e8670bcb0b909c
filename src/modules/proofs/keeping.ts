// Signs checkpoints, and begins logs anew where that is declared. What is signed once is never signed otherwise: the root of the last
// checkpoint must still stand before the next is made.
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { saveAudit } from '../../kernel/audit.ts';
import { appendLeaves } from '../../kernel/audit-bulk.ts';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Instant } from '../../shared/instant.ts';
import type { LoggedRecord } from '../../shared/leaf.ts';
import { nationUnit } from '../../shared/wire.ts';
import { extendSubtrees, findInstallation, findLatestCheckpoint, listKeysOfName, LogBroken, nameInstallation, originOf, rootAt, type StoredCheckpoint, storeKeysOfName } from './queries.ts';
import { keyTextOf } from './rules/note.ts';
import { type LogKeys, noteKeysOf, signCheckpoint } from './signing.ts';

export function freshInstallationName(): string {
  return `fuwuyue-${randomBytes(8).toString('hex')}`;
}

/** Names an installation that has no name yet. */
export async function ensureInstallation(tx: Tx): Promise<string> {
  const known = await findInstallation(tx);
  if (known !== null) return known;
  const name = freshInstallationName();
  await nameInstallation(tx, name);
  return name;
}

/** Remembers the keys of the present name. False when it already signed with others: then the logs must go on under another name. */
export async function rememberKeys(tx: Tx, keys: LogKeys): Promise<boolean> {
  const installation = await ensureInstallation(tx);
  const texts = noteKeysOf(keys, installation).map((key) => keyTextOf(key, sha256Of));
  const known = (await listKeysOfName(tx, installation)).map((key) => keyTextOf(key, sha256Of));
  if (known.length === texts.length && texts.every((text) => known.includes(text))) return true;
  if (known.length > 0 && (await hasSigned(tx, installation))) return false;
  await storeKeysOfName(tx, installation, noteKeysOf(keys, installation));
  return true;
}

async function hasSigned(tx: Tx, installation: string): Promise<boolean> {
  const { rows } = await sql`select from log_checkpoint where split_part(origin, '/', 1) = ${installation} limit 1`.execute(tx);
  return rows.length > 0;
}

/** The next checkpoint of a log; null when nothing was added since the last. Throws LogBroken when the log no longer leads to the last. */
export async function makeCheckpoint(tx: Tx, provinceCode: number, keys: LogKeys, now: Instant): Promise<StoredCheckpoint | null> {
  const origin = originOf(await ensureInstallation(tx), provinceCode);
  const latest = await findLatestCheckpoint(tx, provinceCode);
  const size = (await tx.selectFrom('logHead').select('size').where('provinceCode', '=', provinceCode).executeTakeFirst())?.size ?? 0;
  if (size === (latest?.size ?? 0)) return null;
  if (latest !== null && size < latest.size) throw new LogBroken(provinceCode, `is shorter than its checkpoint of ${latest.size}`);
  await extendSubtrees(tx, provinceCode, size);
  if (latest !== null && (await rootAt(tx, provinceCode, latest.size)) !== latest.root) throw new LogBroken(provinceCode, `no longer leads to its checkpoint of ${latest.size}`);
  const root = await rootAt(tx, provinceCode, size);
  const made = { provinceCode, origin, size, root, at: now, note: signCheckpoint({ origin, size, root }, keys) };
  await tx.insertInto('logCheckpoint').values(made).onConflict((conflict) => conflict.doNothing()).execute();
  return made;
}

/** Logs with leaves that no checkpoint covers, and how many. */
export async function listUncovered(tx: Tx): Promise<{ readonly provinceCode: number; readonly leaves: number; readonly lastAt: Instant | null }[]> {
  const { rows } = await sql<{ provinceCode: number; leaves: number; lastAt: Instant | null }>`
    select h.province_code, h.size - coalesce(c.size, 0) as leaves, c.at as last_at from log_head h
    left join lateral (
      select size, at from log_checkpoint c where c.province_code = h.province_code and split_part(c.origin, '/', 1) = ${(await findInstallation(tx)) ?? ''} order by c.size desc limit 1
    ) c on true
    where h.size <> coalesce(c.size, 0) order by h.province_code`.execute(tx);
  return rows;
}

/** An act of the machine on the log itself, as a leaf of the nation's log. */
export async function leaveLogRecord(tx: Tx, now: Instant, action: 'log.begin' | 'log.accept' | 'log.rotate', details: { readonly before?: object; readonly after: object; readonly basis?: string }): Promise<void> {
  const record = {
    action, unitCode: nationUnit, subjectKind: 'log', subjectId: (await findInstallation(tx)) ?? 'log', basis: details.basis ?? null,
    ...(details.before === undefined ? {} : { before: { ...details.before } }), after: { ...details.after },
  };
  await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
}

/** All logs begin anew under a new name: a first leaf says so, and the audit records that stay are leaves again, in their order. */
export async function beginLogsAnew(tx: Tx, now: Instant, reason: string): Promise<void> {
  const before = await findInstallation(tx);
  for (const table of ['log_cosignature', 'log_checkpoint', 'log_node', 'log_leaf', 'log_head']) await sql`delete from ${sql.table(table)}`.execute(tx);
  await nameInstallation(tx, freshInstallationName());
  const events = await tx.selectFrom('auditEvent').selectAll().orderBy('provinceCode').orderBy('id').execute();
  await sql`update audit_event set leaf = null`.execute(tx);
  await leaveLogRecord(tx, now, 'log.begin', { before: { installation: before }, after: { reason } });
  const writes = new Map<string, { readonly provinceCode: number; readonly at: Instant; readonly requestId: string; readonly logged: LoggedRecord[]; readonly ids: number[] }>();
  for (const event of events) {
    const key = `${event.provinceCode} ${event.leaf === null ? `record ${event.id}` : event.leaf}`;
    const write = writes.get(key) ?? { provinceCode: event.provinceCode, at: event.at, requestId: event.requestId, logged: [], ids: [] };
    write.logged.push(event);
    write.ids.push(event.id);
    writes.set(key, write);
  }
  for (const provinceCode of new Set([...writes.values()].map((write) => write.provinceCode))) {
    const ofProvince = [...writes.values()].filter((write) => write.provinceCode === provinceCode);
    const first = await appendLeaves(tx, provinceCode, ofProvince);
    const placed = ofProvince.flatMap(({ ids }, index) => ids.map((id) => ({ id, leaf: first + index })));
    await sql`
      update audit_event set leaf = p.leaf from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as p(id bigint, leaf bigint)
      where audit_event.province_code = ${provinceCode} and audit_event.id = p.id`.execute(tx);
  }
}
