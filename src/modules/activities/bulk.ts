// Many changes of one unit's ledger at once: recorded, edited and deleted entries in one statement, with the figures changed once.
// What comes of it is what the single acts would have left, with one ledger number for all (docs/decisions/0017).
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Context, found } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { type ProvinceCode, recordId } from '../../shared/province.ts';
import { figuresApplied } from '../figures/queries.ts';
import { actOn, keptOf, type OpenLedger } from './actions.ts';
import type { EntryChange, EntryContent } from './model.ts';
import { type LedgerAct, type LedgerKey, type LockedActivity, numberOf, type SourceColumns, stored } from './queries.ts';
import { changedFieldsOf, figureChangeOfAll, type KeptContribution, titleKeyOf } from './rules.ts';

export interface BulkChange {
  readonly recorded: readonly EntryContent[];
  readonly edited: readonly { readonly entry: LockedActivity; readonly content: EntryContent; readonly reason: string | null }[];
  readonly deleted: readonly LockedActivity[];
}

export interface BulkOutcome {
  /** Ids of the recorded entries, in their order. */
  readonly ids: readonly string[];
  readonly ledgerNo: number;
}

/** An entry as it is saved: with its new version, or as its first. */
interface SavedEntry {
  readonly id: string;
  readonly version: number;
  readonly change: Exclude<EntryChange, 'restored'>;
  readonly content: EntryContent;
  readonly kept: KeptContribution;
  readonly before: LockedActivity | null;
  readonly reason: string | null;
}

/** Saves at least one change. Who calls has authorised, has checked the contents and holds the entries (`lockActivities`). */
export async function changeInBulk(context: Context, ledger: OpenLedger, change: BulkChange): Promise<BulkOutcome> {
  const contents = [...change.recorded, ...change.edited.map(({ content }) => content)];
  const kept = await keptOf(context, ledger, contents);
  const keptAt = (index: number): KeptContribution => found(kept[index], 'contribution', String(index));
  const entries: SavedEntry[] = [
    ...change.recorded.map((content, index): SavedEntry => ({ id: recordId(ledger.key.provinceCode, randomUUID()), version: 1, change: 'recorded', content, kept: keptAt(index), before: null, reason: null })),
    ...change.edited.map(({ entry, content, reason }, index): SavedEntry => (
      { id: entry.id, version: entry.version + 1, change: 'edited', content, kept: keptAt(change.recorded.length + index), before: entry, reason }
    )),
    // A deleted entry keeps what it counted beside it, but attends and counts nothing.
    ...change.deleted.map((entry): SavedEntry => (
      { id: entry.id, version: entry.version + 1, change: 'deleted', content: entry.content, kept: { ...entry.kept, enterpriseIds: [] }, before: entry, reason: null }
    )),
  ];
  const act = actOn(context, ledger, figureChangeOfAll(entries.map((entry) => ({ before: entry.before?.kept ?? null, after: entry.change === 'deleted' ? null : entry.kept }))));
  const ledgerNo = await saveEntries(context.tx, ledger.key, act, entries);
  for (const entry of entries) recordEntry(context, entry, ledger.key.unitCode, ledgerNo);
  return { ids: entries.slice(0, change.recorded.length).map(({ id }) => id), ledgerNo };
}

function recordEntry(context: Context, { id, version, change, content, before, reason }: SavedEntry, unitCode: string, ledgerNo: number): void {
  const subject = { action: `activity_${change}`, unitCode, subjectKind: 'activity', subjectId: id };
  if (before === null) {
    context.record({ ...subject, after: { version, ledgerNo, kind: content.kind, occurredOn: content.occurredOn, title: content.title } });
    return;
  }
  context.record({
    ...subject, before: { version: before.version, ledgerNo: before.ledgerNo },
    after: { version, ledgerNo, title: content.title, changed: changedFieldsOf(before.content, content) }, basis: reason,
  });
}

async function saveEntries(tx: Tx, ledger: LedgerKey, act: LedgerAct, entries: readonly SavedEntry[]): Promise<number> {
  const rows = entries.map(({ id, version, change, content, kept, reason }) => ({
    id, version, change, kind: content.kind, occurred_on: content.occurredOn, title: content.title, title_key: titleKeyOf(content.title), place: content.place, content,
    counters: kept.counters, amounts: kept.amounts, distinct_counters: kept.distinctCounters, enterprise_ids: kept.enterpriseIds, reason,
  }));
  const { provinceCode, editionCode, unitCode } = ledger;
  const { rows: saved } = await sql<{ ledgerNo: number }>`
    with numbered as materialized (
      select ${figuresApplied(act.change)} as ledger_no
    ), entry as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(
        id text, version integer, change text, kind text, occurred_on date, title text, title_key text, place text, content jsonb, counters smallint[],
        amounts bigint[], distinct_counters smallint[], enterprise_ids integer[], reason text)
    ), new_version as (
      insert into activity_version (province_code, activity_id, version, edition_code, unit_code, ledger_no, change, content, counters, amounts,
        distinct_counters, account_id, account_name, at, reason)
      select ${provinceCode}, id, version, ${editionCode}, ${unitCode}, ledger_no, change, content, counters, amounts,
        distinct_counters, ${act.accountId}, ${act.accountName}, ${act.now}::timestamptz, reason from entry, numbered
    ), gone as (
      delete from participation p using entry
      where entry.version > 1 and p.province_code = ${provinceCode} and p.activity_id = entry.id and p.enterprise_id <> all(entry.enterprise_ids)
    ), come as (
      insert into participation (province_code, activity_id, enterprise_id, edition_code, unit_code)
      select ${provinceCode}, id, enterprise_id, ${editionCode}, ${unitCode} from entry, unnest(enterprise_ids) as enterprise_id
      on conflict do nothing
    ), changed as (
      update activity a set kind = entry.kind, occurred_on = entry.occurred_on, title = entry.title, title_key = entry.title_key, place = entry.place,
        content = entry.content, counters = entry.counters, amounts = entry.amounts, distinct_counters = entry.distinct_counters, version = entry.version,
        ledger_no = numbered.ledger_no, deleted_at = case when entry.change = 'deleted' then ${act.now}::timestamptz end, changed_at = ${act.now}::timestamptz
      from entry, numbered where entry.version > 1 and a.province_code = ${provinceCode} and a.id = entry.id
    ), added as (
      insert into activity (province_code, id, edition_code, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts,
        distinct_counters, version, ledger_no, created_by, created_by_name, created_at, changed_at)
      select ${provinceCode}, id, ${editionCode}, ${unitCode}, kind, occurred_on, title, title_key, place, content, counters, amounts,
        distinct_counters, 1, ledger_no, ${act.accountId}, ${act.accountName}, ${act.now}::timestamptz, ${act.now}::timestamptz
      from entry, numbered where entry.version = 1
    )
    select ledger_no from numbered`.execute(tx);
  return numberOf(saved);
}

interface LockedRow extends Omit<LockedActivity, 'content' | 'kept' | 'changedByName' | 'source'>, SourceColumns {
  readonly content: unknown;
  readonly counters: number[];
  readonly amounts: number[];
  readonly distinctCounters: number[];
}

/**
 * Entries of one ledger held until the transaction ends, by id; those that are not there are left out. In order, so that
 * no two wait for each other; by their ids, never by reading all of the unit's (its code is compared where no index sees it).
 */
export async function lockActivities(tx: Tx, ledger: LedgerKey, ids: readonly string[]): Promise<Map<string, LockedActivity>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<LockedRow>`
    select id, edition_code, unit_code, content, version, ledger_no, deleted_at, demonstration, created_by_name, created_at, changed_at, counters, amounts, distinct_counters,
      source_kind, source_id, source_part
    from activity where province_code = ${ledger.provinceCode} and id = any(${ids}::text[]) and edition_code || unit_code = ${`${ledger.editionCode}${ledger.unitCode}`}
    order by id for update`.execute(tx);
  // Read after the locks are held: a statement that waits for a lock still sees the other tables as they were before.
  const attending = await readAttending(tx, ledger.provinceCode, rows);
  return new Map(rows.map(({ counters, amounts, distinctCounters, ...row }) => {
    const { enterpriseIds, changedByName } = attending.get(row.id) ?? { enterpriseIds: [], changedByName: '' };
    return [row.id, { ...stored(row), kept: { counters, amounts, distinctCounters, enterpriseIds }, changedByName }];
  }));
}

async function readAttending(tx: Tx, province: ProvinceCode, rows: readonly Pick<LockedRow, 'id' | 'version'>[]): Promise<Map<string, { readonly enterpriseIds: number[]; readonly changedByName: string }>> {
  const { rows: read } = await sql<{ id: string; enterpriseIds: number[]; changedByName: string }>`
    select v.activity_id as id, v.account_name as changed_by_name,
      array(select enterprise_id from participation p where p.province_code = ${province} and p.activity_id = v.activity_id order by 1) as enterprise_ids
    from unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ version }) => version)}::integer[]) as held(id, version)
    join activity_version v on v.province_code = ${province} and v.activity_id = held.id and v.version = held.version`.execute(tx);
  return new Map(read.map(({ id, ...rest }) => [id, rest]));
}
