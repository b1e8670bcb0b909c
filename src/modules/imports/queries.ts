// What is stored about sheets: the file's rows in parts, how far it has been taken, and which entry each row made.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import { type EntryContent, entryContent } from '../activities/model.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { type ImportJob, importJob, type MissingRows, noCounts } from './model.ts';

export interface StoredJob extends ImportJob {
  readonly provinceCode: number;
}

type Row = Selectable<Schema['importJob']>;

function jobOf({ provinceCode, ...row }: Row): StoredJob {
  return { provinceCode, ...importJob.parse(row) };
}

export interface NewPart {
  readonly number: number;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly rows: string;
}

type NewJob = Omit<Insertable<Schema['importJob']>, 'counts' | 'missing' | 'state' | 'nextPart'>;

/** Parts go in some at a time: each is some ten thousand characters. */
const partsAtOnce = 20;

export async function insertJob(tx: Tx, job: NewJob, parts: readonly NewPart[]): Promise<StoredJob> {
  const missing: MissingRows = { count: 0, first: [] };
  const row = await tx.insertInto('importJob').values({ ...job, state: 'uploaded', counts: JSON.stringify(noCounts), missing: JSON.stringify(missing) }).returningAll().executeTakeFirstOrThrow();
  for (let from = 0; from < parts.length; from += partsAtOnce) {
    const some = parts.slice(from, from + partsAtOnce);
    await tx.insertInto('importPart').values(some.map((part) => ({ ...part, provinceCode: job.provinceCode, importId: job.id, rowKeys: null }))).execute();
  }
  return jobOf(row);
}

export async function findJob(tx: Tx, id: string): Promise<StoredJob | undefined> {
  const row = await tx.selectFrom('importJob').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : jobOf(row);
}

/** The job held until the transaction ends, and with it all imports of its ledger: of two sheets at once the second sees what the first made. */
export async function lockJob(tx: Tx, id: string): Promise<StoredJob | undefined> {
  const province = provinceOfRecord(id);
  await sql`select pg_advisory_xact_lock(hashtext('imports'), hashtext(unit_code)) from import_job where province_code = ${province} and id = ${id}`.execute(tx);
  const row = await tx.selectFrom('importJob').selectAll().where('provinceCode', '=', province).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : jobOf(row);
}

export async function listJobs(tx: Tx, ledger: LedgerKey): Promise<StoredJob[]> {
  const rows = await tx
    .selectFrom('importJob').selectAll()
    .where('provinceCode', '=', ledger.provinceCode).where('editionCode', '=', ledger.editionCode).where('unitCode', '=', ledger.unitCode)
    .orderBy('createdAt', 'desc').orderBy('id').limit(20).execute();
  return rows.map(jobOf);
}

type Changes = Partial<Pick<ImportJob, 'headerRow' | 'columns' | 'nextPart' | 'state' | 'counts' | 'missing'>>;

export async function saveJob(tx: Tx, job: StoredJob, changes: Changes, now: Instant): Promise<StoredJob> {
  const { columns, counts, missing, ...plain } = changes;
  const row = await tx
    .updateTable('importJob')
    .set({
      ...plain, changedAt: now,
      ...(columns === undefined ? {} : { columns: JSON.stringify(columns) }), ...(counts === undefined ? {} : { counts: JSON.stringify(counts) }),
      ...(missing === undefined ? {} : { missing: JSON.stringify(missing) }),
    })
    .where('provinceCode', '=', job.provinceCode).where('id', '=', job.id)
    .returningAll().executeTakeFirstOrThrow();
  return jobOf(row);
}

export interface StoredPart {
  readonly number: number;
  readonly firstRow: number;
  readonly rows: string;
  readonly rowKeys: string[] | null;
}

export async function findPart(tx: Tx, id: string, number: number): Promise<StoredPart | undefined> {
  return tx
    .selectFrom('importPart').select(['number', 'firstRow', 'rows', 'rowKeys'])
    .where('provinceCode', '=', provinceOfRecord(id)).where('importId', '=', id).where('number', '=', number).executeTakeFirst();
}

export async function saveKeys(tx: Tx, job: StoredJob, keys: readonly (readonly string[])[]): Promise<void> {
  const rows = keys.map((ofPart, number) => ({ number, keys: ofPart }));
  await sql`
    update import_part p set row_keys = array(select jsonb_array_elements_text(k.keys))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k(number integer, keys jsonb)
    where p.province_code = ${job.provinceCode} and p.import_id = ${job.id} and p.number = k.number`.execute(tx);
}

/**
 * Rows of earlier sheets that had some of this one's rows, which this one has not. The difference is taken here: of tables that
 * were filled a moment ago the planner knows nothing, and compared each of 15,000 rows with each other.
 */
export async function readMissing(tx: Tx, job: StoredJob, kind: string, keys: ReadonlySet<string>): Promise<MissingRows> {
  const ofKind = sql`province_code = ${job.provinceCode} and edition_code = ${job.editionCode} and unit_code = ${job.unitCode} and kind = ${kind}`;
  const { rows: earlier } = await sql<{ importId: string }>`select distinct import_id from import_row where ${ofKind} and row_key = any(${[...keys]}::text[])`.execute(tx);
  if (earlier.length === 0) return { count: 0, first: [] };
  const { rows: made } = await sql<{ rowKey: string; activityId: string }>`
    select row_key, activity_id from import_row where ${ofKind} and import_id = any(${earlier.map(({ importId }) => importId)}::text[])`.execute(tx);
  const gone = made.flatMap(({ rowKey, activityId }) => (keys.has(rowKey) ? [] : [activityId]));
  if (gone.length === 0) return { count: 0, first: [] };
  const { rows } = await sql<{ count: number; id: string; occurredOn: string; title: string }>`
    select count(*) over () as count, id, occurred_on, title from activity
    where province_code = ${job.provinceCode} and id = any(${gone}::text[]) and deleted_at is null order by occurred_on, id limit 20`.execute(tx);
  return { count: rows[0]?.count ?? 0, first: rows.map(({ id, occurredOn, title }) => ({ id, occurredOn, title })) };
}

/** Which entry each of these rows made. */
export async function findRowEntries(tx: Tx, ledger: LedgerKey, kind: string, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ rowKey: string; activityId: string }>`
    select row_key, activity_id from import_row
    where province_code = ${ledger.provinceCode} and edition_code = ${ledger.editionCode} and unit_code = ${ledger.unitCode} and kind = ${kind} and row_key = any(${keys}::text[])`.execute(tx);
  return new Map(rows.map(({ rowKey, activityId }) => [rowKey, activityId]));
}

export async function insertRowEntries(tx: Tx, ledger: LedgerKey, kind: string, importId: string, made: readonly { readonly key: string; readonly id: string }[]): Promise<void> {
  if (made.length === 0) return;
  await sql`
    insert into import_row (province_code, edition_code, unit_code, kind, row_key, activity_id, import_id)
    select ${ledger.provinceCode}, ${ledger.editionCode}, ${ledger.unitCode}, ${kind}, key, id, ${importId}
    from unnest(${made.map(({ key }) => key)}::text[], ${made.map(({ id }) => id)}::text[]) as t(key, id)`.execute(tx);
}

/** An entry as a row is compared with it. */
export interface ComparedEntry {
  readonly content: EntryContent;
  readonly deletedAt: Instant | null;
}

/** By their ids, never by reading all of the unit's: its code is compared where no index sees it. */
export async function findEntries(tx: Tx, ledger: LedgerKey, ids: readonly string[]): Promise<Map<string, ComparedEntry>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; content: unknown; deletedAt: Instant | null }>`
    select id, content, deleted_at from activity
    where province_code = ${ledger.provinceCode} and id = any(${ids}::text[]) and edition_code || unit_code = ${`${ledger.editionCode}${ledger.unitCode}`}`.execute(tx);
  return new Map(rows.map(({ id, content, deletedAt }) => [id, { content: entryContent.parse(content), deletedAt }]));
}

export interface LikelyTwin {
  readonly occurredOn: string;
  readonly titleKey: string;
  readonly id: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly title: string;
}

/** Live entries of the province with one of these days and titles. Each is looked up by index, whatever the planner thinks of the list (offset 0). */
export async function listLikely(tx: Tx, ledger: LedgerKey, asked: readonly { readonly occurredOn: string; readonly titleKey: string }[]): Promise<LikelyTwin[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<LikelyTwin>`
    select a.occurred_on, a.title_key, a.id, a.unit_code, u.name as unit_name, a.title
    from (select distinct * from unnest(${asked.map((one) => one.occurredOn)}::date[], ${asked.map((one) => one.titleKey)}::text[]) as t(occurred_on, title_key)) asked
    cross join lateral (
      select a.id, a.occurred_on, a.title_key, a.unit_code, a.title, a.deleted_at from activity a
      where a.province_code = ${ledger.provinceCode} and a.edition_code = ${ledger.editionCode} and a.occurred_on = asked.occurred_on and a.title_key = asked.title_key
      offset 0
    ) a
    join unit u on u.code = a.unit_code
    where a.deleted_at is null limit 2000`.execute(tx);
  return rows;
}

/** Entries that an import recorded and nobody has changed since. */
export async function listUntouched(tx: Tx, job: StoredJob, most: number): Promise<string[]> {
  const { rows } = await sql<{ activityId: string }>`
    select r.activity_id from import_row r join activity a on a.province_code = r.province_code and a.id = r.activity_id
    where r.province_code = ${job.provinceCode} and r.import_id = ${job.id} and a.version = 1 and a.deleted_at is null
    order by r.activity_id limit ${most}`.execute(tx);
  return rows.map(({ activityId }) => activityId);
}

/** A row taken back is a new one when its sheet comes again. */
export async function forgetRowEntries(tx: Tx, job: StoredJob, ids: readonly string[]): Promise<void> {
  await sql`delete from import_row where province_code = ${job.provinceCode} and import_id = ${job.id} and activity_id = any(${ids}::text[])`.execute(tx);
}

interface Heading {
  readonly provinceCode: number;
  readonly unitCode: string;
  readonly kind: string;
  readonly fingerprint: string;
}

export async function findHeading(tx: Tx, { provinceCode, unitCode, kind, fingerprint }: Heading): Promise<(string | null)[] | undefined> {
  const row = await tx
    .selectFrom('importHeading').select('columns')
    .where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode).where('kind', '=', kind).where('fingerprint', '=', fingerprint).executeTakeFirst();
  return row === undefined ? undefined : importJob.shape.columns.parse(row.columns);
}

export async function saveHeading(tx: Tx, heading: Heading, columns: readonly (string | null)[], now: Instant): Promise<void> {
  const values = { ...heading, columns: JSON.stringify(columns), changedAt: now };
  await tx.insertInto('importHeading').values(values).onConflict((conflict) => conflict.columns(['provinceCode', 'unitCode', 'kind', 'fingerprint']).doUpdateSet({ columns: values.columns, changedAt: now })).execute();
}

/** Forgets the rows of sheets of before a moment; which row made which entry stays. */
export async function forgetParts(tx: Tx, before: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as materialized (
      select p.province_code, p.import_id, p.number from import_part p join import_job j on j.province_code = p.province_code and j.id = p.import_id
      where j.changed_at < ${before} limit ${most} for update of p skip locked
    )
    delete from import_part p using old where p.province_code = old.province_code and p.import_id = old.import_id and p.number = old.number`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
