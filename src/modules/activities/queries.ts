// What is stored in the ledger. The figures, the entries, their versions, who attended and the attached evidence change in one
// statement; the ledger number that the figures give is written with the rest.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import { type ProvinceCode, provinceOfRecord } from '../../shared/province.ts';
import { type FigureChange, figuresApplied } from '../figures/queries.ts';
import { type EntryChange, type EntryContent, entryContent, type WorkSource } from './model.ts';
import { type KeptContribution, type KnownEvidence, titleKeyOf } from './rules.ts';

/** One unit's ledger of one edition. */
export interface LedgerKey {
  readonly provinceCode: ProvinceCode;
  readonly editionCode: string;
  readonly unitCode: string;
}

export interface StoredActivity {
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly content: EntryContent;
  readonly version: number;
  readonly ledgerNo: number;
  readonly deletedAt: Instant | null;
  readonly demonstration: boolean;
  readonly createdByName: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly source: WorkSource | null;
}

export interface StoredVersion {
  readonly version: number;
  readonly ledgerNo: number;
  readonly change: EntryChange;
  readonly content: EntryContent;
  readonly accountName: string;
  readonly at: Instant;
  readonly reason: string | null;
}

/** Who changes the ledger, when, and what it changes in the figures. */
export interface LedgerAct {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
  readonly change: FigureChange;
}

export interface NewEntry {
  readonly id: string;
  readonly content: EntryContent;
  readonly kept: KeptContribution;
  readonly source: WorkSource | null;
}

const columns = [
  'id', 'editionCode', 'unitCode', 'content', 'version', 'ledgerNo', 'deletedAt', 'demonstration', 'createdByName', 'createdAt', 'changedAt', 'sourceKind', 'sourceId', 'sourcePart',
] as const;

export interface SourceColumns {
  readonly sourceKind: string | null;
  readonly sourceId: string | null;
  readonly sourcePart: string | null;
}

export function stored<R extends SourceColumns & { readonly content: unknown }>({ sourceKind, sourceId, sourcePart, ...row }: R) {
  return { ...withContent(row), source: sourceKind === null || sourceId === null || sourcePart === null ? null : { kind: sourceKind, id: sourceId, part: sourcePart } };
}

function withContent<R extends { readonly content: unknown }>(row: R): Omit<R, 'content'> & { readonly content: EntryContent } {
  return { ...row, content: entryContent.parse(row.content) };
}

/** Counts entries and inserts them with their first versions; all share the ledger number returned. One round trip however many there are. */
export async function insertActivities(tx: Tx, ledger: LedgerKey, act: LedgerAct, entries: readonly NewEntry[]): Promise<number> {
  const rows = entries.map(({ id, content, kept, source }) => ({
    id, kind: content.kind, occurred_on: content.occurredOn, title: content.title, title_key: titleKeyOf(content.title), place: content.place, content,
    counters: kept.counters, amounts: kept.amounts, distinct_counters: kept.distinctCounters, enterprise_ids: kept.enterpriseIds, evidence: content.evidence,
    ...(source === null ? {} : { source_kind: source.kind, source_id: source.id, source_part: source.part }),
  }));
  const { rows: inserted } = await sql<{ ledgerNo: number }>`
    with numbered as materialized (
      select ${figuresApplied(act.change)} as ledger_no
    ), entry as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(
        id text, kind text, occurred_on date, title text, title_key text, place text, content jsonb, counters smallint[], amounts bigint[],
        distinct_counters smallint[], enterprise_ids integer[], evidence text[], source_kind text, source_id text, source_part text)
    ), first_version as (
      insert into activity_version (province_code, activity_id, version, edition_code, unit_code, ledger_no, change, content, counters, amounts,
        distinct_counters, account_id, account_name, at, reason)
      select ${ledger.provinceCode}, id, 1, ${ledger.editionCode}, ${ledger.unitCode}, ledger_no, 'recorded', content, counters, amounts,
        distinct_counters, ${act.accountId}, ${act.accountName}, ${act.now}::timestamptz, null from entry, numbered
    ), attended as (
      insert into participation (province_code, activity_id, enterprise_id, edition_code, unit_code)
      select ${ledger.provinceCode}, id, enterprise_id, ${ledger.editionCode}, ${ledger.unitCode} from entry, unnest(enterprise_ids) as enterprise_id
    ), attached as (
      update evidence set activity_id = entry.id from entry, unnest(entry.evidence) as piece
      where evidence.province_code = ${ledger.provinceCode} and evidence.id = piece
    )
    insert into activity (province_code, id, edition_code, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts,
      distinct_counters, version, ledger_no, created_by, created_by_name, created_at, changed_at, source_kind, source_id, source_part)
    select ${ledger.provinceCode}, id, ${ledger.editionCode}, ${ledger.unitCode}, kind, occurred_on, title, title_key, place, content, counters, amounts,
      distinct_counters, 1, ledger_no, ${act.accountId}, ${act.accountName}, ${act.now}::timestamptz, ${act.now}::timestamptz, source_kind, source_id, source_part from entry, numbered
    returning ledger_no`.execute(tx);
  return numberOf(inserted);
}

export function numberOf(saved: readonly { readonly ledgerNo: number }[]): number {
  const [first] = saved;
  if (first === undefined) throw new Error('nothing was saved in the ledger');
  return first.ledgerNo;
}

/** Where an entry belongs; undefined when there is none. */
export async function findActivityLedger(tx: Tx, id: string): Promise<LedgerKey | undefined> {
  return tx
    .selectFrom('activity')
    .select(['provinceCode', 'editionCode', 'unitCode'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('id', '=', id)
    .executeTakeFirst();
}

/** An entry held until the transaction ends, with what it adds now and who changed it last. */
export interface LockedActivity extends StoredActivity {
  readonly kept: KeptContribution;
  readonly changedByName: string;
}

export async function lockActivity(tx: Tx, id: string): Promise<LockedActivity | undefined> {
  const province = provinceOfRecord(id);
  const row = await tx
    .selectFrom('activity')
    .select([...columns, 'counters', 'amounts', 'distinctCounters'])
    .where('provinceCode', '=', province)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  // Read after the lock is held: a statement that waits for a lock still sees the other tables as they were before.
  const { rows } = await sql<{ enterpriseIds: number[]; changedByName: string }>`
    select account_name as changed_by_name,
      array(select enterprise_id from participation where province_code = ${province} and activity_id = ${id} order by 1) as enterprise_ids
    from activity_version where province_code = ${province} and activity_id = ${id} and version = ${row.version}`.execute(tx);
  const { counters, amounts, distinctCounters, ...rest } = row;
  const { enterpriseIds, changedByName } = rows[0] ?? { enterpriseIds: [], changedByName: '' };
  return { ...stored(rest), kept: { counters, amounts, distinctCounters, enterpriseIds }, changedByName };
}

export interface NextVersion {
  readonly change: Exclude<EntryChange, 'recorded'>;
  readonly content: EntryContent;
  /** What it adds from now on; null when it is deleted. */
  readonly kept: KeptContribution | null;
  readonly reason: string | null;
}

/** Gives an entry its next version and returns the ledger number. A deleted one keeps its content and evidence, but attends and counts nothing. */
export async function saveNextVersion(tx: Tx, entry: LockedActivity, act: LedgerAct, next: NextVersion): Promise<number> {
  const { content } = next;
  const province = provinceOfRecord(entry.id);
  const kept = next.kept ?? { ...entry.kept, enterpriseIds: [] };
  const deletedAt = next.kept === null ? act.now : null;
  const contentText = JSON.stringify(content);
  const evidence = sql`${content.evidence}::text[]`;
  const { rows: saved } = await sql<{ ledgerNo: number }>`
    with numbered as materialized (
      select ${figuresApplied(act.change)} as ledger_no
    ), next_version as (
      insert into activity_version (province_code, activity_id, version, edition_code, unit_code, ledger_no, change, content, counters, amounts,
        distinct_counters, account_id, account_name, at, reason)
      select ${province}, ${entry.id}, ${entry.version + 1}, ${entry.editionCode}, ${entry.unitCode}, ledger_no, ${next.change}, ${contentText}::jsonb,
        ${kept.counters}::smallint[], ${kept.amounts}::bigint[], ${kept.distinctCounters}::smallint[], ${act.accountId}, ${act.accountName}, ${act.now}::timestamptz, ${next.reason}
      from numbered
    ), gone as (
      delete from participation where province_code = ${province} and activity_id = ${entry.id} and enterprise_id <> all(${kept.enterpriseIds}::integer[])
    ), come as (
      insert into participation (province_code, activity_id, enterprise_id, edition_code, unit_code)
      select ${province}, ${entry.id}, enterprise_id, ${entry.editionCode}, ${entry.unitCode} from unnest(${kept.enterpriseIds}::integer[]) as enterprise_id
      on conflict do nothing
    ), detached as (
      update evidence set activity_id = null where province_code = ${province} and activity_id = ${entry.id} and id <> all(${evidence})
    ), attached as (
      update evidence set activity_id = ${entry.id} where province_code = ${province} and id = any(${evidence}) and activity_id is distinct from ${entry.id}
        and ${next.kept !== null}
    )
    update activity set kind = ${content.kind}, occurred_on = ${content.occurredOn}, title = ${content.title}, title_key = ${titleKeyOf(content.title)},
      place = ${content.place}, content = ${contentText}::jsonb, counters = ${kept.counters}::smallint[], amounts = ${kept.amounts}::bigint[],
      distinct_counters = ${kept.distinctCounters}::smallint[], version = ${entry.version + 1}, ledger_no = numbered.ledger_no, deleted_at = ${deletedAt},
      changed_at = ${act.now}
    from numbered where province_code = ${province} and id = ${entry.id}
    returning activity.ledger_no`.execute(tx);
  return numberOf(saved);
}

export async function findActivity(tx: Tx, id: string): Promise<StoredActivity | undefined> {
  const row = await tx.selectFrom('activity').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** The entry that a part of a piece of work counts as; undefined while there is none. */
export async function findEntryOfWork(tx: Tx, provinceCode: ProvinceCode, { kind, id, part }: WorkSource): Promise<string | undefined> {
  const row = await tx.selectFrom('activity').select('id').where('provinceCode', '=', provinceCode).where('sourceKind', '=', kind).where('sourceId', '=', id).where('sourcePart', '=', part).executeTakeFirst();
  return row?.id;
}

/** Versions of an entry, newest first; with `cut` only those the ledger had at that ledger number. */
export async function listVersions(tx: Tx, id: string, cut: number | null = null): Promise<StoredVersion[]> {
  const rows = await tx
    .selectFrom('activityVersion')
    .select(['version', 'ledgerNo', 'change', 'content', 'accountName', 'at', 'reason'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('activityId', '=', id)
    .$if(cut !== null, (query) => query.where('ledgerNo', '<=', cut ?? 0))
    .orderBy('version', 'desc')
    .execute();
  return rows.map(withContent);
}

export async function findVersion(tx: Tx, id: string, version: number): Promise<StoredVersion | undefined> {
  const row = await tx
    .selectFrom('activityVersion')
    .select(['version', 'ledgerNo', 'change', 'content', 'accountName', 'at', 'reason'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('activityId', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? undefined : withContent(row);
}

export interface LedgerFilter {
  readonly kind: string | null;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  /** Part of the title, the place, the note or an enterprise's name. */
  readonly query: string | null;
  /** The recycle bin instead of the ledger. */
  readonly deleted: boolean;
}

/** What of a unit's ledger a filter lets through, in no order yet. */
export function matchingActivities(tx: Tx, ledger: LedgerKey, filter: LedgerFilter) {
  return tx
    .selectFrom('activity')
    .where('provinceCode', '=', ledger.provinceCode)
    .where('editionCode', '=', ledger.editionCode)
    .where('unitCode', '=', ledger.unitCode)
    .where('deletedAt', filter.deleted ? 'is not' : 'is', null)
    .$if(filter.kind !== null, (query) => query.where('kind', '=', filter.kind ?? ''))
    .$if(filter.from !== null, (query) => query.where('occurredOn', '>=', filter.from ?? ''))
    .$if(filter.to !== null, (query) => query.where('occurredOn', '<=', filter.to ?? ''))
    .$if(filter.query !== null, (query) => query.where(mentions(filter.query ?? '')));
}

/** A page of a unit's ledger, newest first (the recycle bin by when it was deleted), and how many there are in all. */
export async function listActivities(tx: Tx, ledger: LedgerKey, filter: LedgerFilter, page: { readonly offset: number; readonly limit: number }): Promise<{ activities: StoredActivity[]; total: number }> {
  const matching = matchingActivities(tx, ledger, filter);
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching
    .select(columns)
    .orderBy(filter.deleted ? 'deletedAt' : 'occurredOn', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { activities: rows.map(stored), total };
}

function mentions(text: string): RawBuilder<boolean> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(title ilike ${pattern} or place ilike ${pattern} or content->>'note' ilike ${pattern}
    or exists (select from jsonb_array_elements(content->'enterprises') as one where one->>'name' ilike ${pattern} or one->>'uscc' ilike ${pattern}))`;
}

/** What a unit recorded last of each kind, and the place it named last. */
export async function listLastContents(tx: Tx, ledger: LedgerKey): Promise<{ contents: EntryContent[]; lastPlace: string }> {
  const { rows } = await sql<{ content: unknown; createdAt: Instant }>`
    select distinct on (kind) content, created_at from activity
    where province_code = ${ledger.provinceCode} and edition_code = ${ledger.editionCode} and unit_code = ${ledger.unitCode} and deleted_at is null
    order by kind, created_at desc, id`.execute(tx);
  const entries = rows.map(withContent).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return { contents: entries.map(({ content }) => content), lastPlace: entries.find(({ content }) => content.place !== '')?.content.place ?? '' };
}

/** Which of these units the edition knows. */
export async function listKnownUnits(tx: Tx, editionCode: string, unitCodes: readonly string[]): Promise<Set<string>> {
  if (unitCodes.length === 0) return new Set();
  const rows = await tx.selectFrom('placement').select('unitCode').where('editionCode', '=', editionCode).where('unitCode', 'in', [...new Set(unitCodes)]).execute();
  return new Set(rows.map(({ unitCode }) => unitCode));
}

/** Evidence held until the transaction ends, with the live entry each piece is attached to; removed and unknown pieces are left out. */
export async function lockEvidence(tx: Tx, province: ProvinceCode, ids: readonly string[]): Promise<Map<string, KnownEvidence>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('evidence')
    .select(['id', 'unitCode', 'editionCode', 'activityId'])
    .where('provinceCode', '=', province)
    .where('id', 'in', [...new Set(ids)])
    .where('removedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const attached = rows.flatMap(({ activityId }) => (activityId === null ? [] : [activityId]));
  const live = attached.length === 0 ? [] : await tx.selectFrom('activity').select('id').where('provinceCode', '=', province).where('id', 'in', attached).where('deletedAt', 'is', null).execute();
  const alive = new Set(live.map(({ id }) => id));
  return new Map(rows.map(({ id, unitCode, editionCode, activityId }) => [id, { id, unitCode, editionCode, attachedTo: activityId !== null && alive.has(activityId) ? activityId : null }]));
}

