// Many writes at once, each with its own leaf: the demonstration's month, and logs that begin anew. Leaves are worked out here
// under the lock of the log's last row, not one by one by the database.
import { sql } from 'kysely';
import type { Instant } from '../shared/instant.ts';
import { leafBytes, leafText, logStart, type LoggedRecord } from '../shared/leaf.ts';
import { type AuditSource, byProvince, loggedRecords, payloadOf } from './audit.ts';
import type { AuditRecord } from './context.ts';
import type { Tx } from './database.ts';
import { sha256Of } from './digest.ts';

export interface Write {
  readonly source: AuditSource;
  readonly records: readonly AuditRecord[];
}

/** Rows of one statement at most. */
const batch = 4_000;

/** Audit records and leaves of writes, in the order given; how many records. */
export async function saveAuditInBulk(tx: Tx, writes: readonly Write[]): Promise<number> {
  const covered = writes.flatMap(({ source, records }) => byProvince(loggedRecords(source, records)).map(([provinceCode, logged]) => ({ provinceCode, at: source.at, requestId: source.requestId, logged })));
  let total = 0;
  for (const [provinceCode, ofProvince] of byProvince(covered)) {
    const first = await appendLeaves(tx, provinceCode, ofProvince);
    const rows = ofProvince.flatMap(({ logged }, index) => logged.map((record) => ({ ...record, leaf: first + index })));
    total += rows.length;
    for (let from = 0; from < rows.length; from += batch) {
      await sql`
        insert into audit_event (province_code, at, account_id, account_name, request_id, action, unit_code, subject_kind, subject_id, before, after, basis, leaf)
        select "provinceCode", at, "accountId", "accountName", "requestId", action, "unitCode", "subjectKind", "subjectId", before, after, basis, leaf
        from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + batch))}::jsonb) as r(
          "provinceCode" smallint, at timestamptz, "accountId" text, "accountName" text, "requestId" text, action text, "unitCode" text, "subjectKind" text,
          "subjectId" text, before jsonb, after jsonb, basis text, leaf bigint)
        order by leaf`.execute(tx);
    }
  }
  return total;
}

export interface Covered {
  readonly at: Instant;
  readonly requestId: string;
  readonly logged: readonly LoggedRecord[];
}

/** Appends a leaf for each, in order; the number of the first. The log's last row stays locked until the transaction ends. */
export async function appendLeaves(tx: Tx, provinceCode: number, covered: readonly Covered[]): Promise<number> {
  // A log without leaves has no row that could be locked.
  await sql`insert into log_head (province_code, size, at, records, payload_hash, previous_hash, leaf_hash) values (${provinceCode}, 0, '1900-01-01T00:00:00+08:00', 0, ${logStart}, ${logStart}, ${logStart}) on conflict do nothing`.execute(tx);
  const head = await tx.selectFrom('logHead').selectAll().where('provinceCode', '=', provinceCode).forUpdate().executeTakeFirstOrThrow();
  const first = head.size;
  let last = head;
  const leaves = covered.map(({ at, requestId, logged }) => {
    const content = { at: at > last.at ? at : last.at, payload: payloadOf(logged), previous: last.leafHash, records: logged.length, seq: last.size };
    last = {
      provinceCode, size: content.seq + 1, at: content.at, records: content.records, payloadHash: content.payload, previousHash: content.previous,
      leafHash: sha256Of(leafBytes(leafText(content))),
    };
    return { ...last, seq: content.seq, requestId };
  });
  for (let from = 0; from < leaves.length; from += batch) {
    await sql`
      insert into log_leaf (province_code, seq, at, request_id, records, payload_hash, previous_hash, leaf_hash)
      select ${provinceCode}::smallint, seq, at, "requestId", records, "payloadHash", "previousHash", "leafHash"
      from jsonb_to_recordset(${JSON.stringify(leaves.slice(from, from + batch))}::jsonb) as l(
        seq bigint, at timestamptz, "requestId" text, records integer, "payloadHash" text, "previousHash" text, "leafHash" text)`.execute(tx);
  }
  await tx.updateTable('logHead').set(last).where('provinceCode', '=', provinceCode).execute();
  return first;
}
