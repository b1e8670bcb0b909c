// What is stored of visits. The entries they count as are the ledger's (activities/from-work.ts).
import { type ExpressionBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { attendance } from '../enterprises/model.ts';
import { followUps, officer, type Officer, type Visit, visitContent, type VisitContent, type VisitEntry, type VisitState } from './model.ts';
import { visitSourceKind } from './rules.ts';

export type StoredVisit = Omit<Visit, 'may'> & { readonly recordKey: string | null };

const columns = [
  'id', 'editionCode', 'unitCode', 'state', 'day', 'position', 'uscc', 'enterpriseName', 'uncodedReason', 'officers', 'purpose', 'content', 'followUps', 'recordKey', 'madeByName', 'madeAt',
  'cancelledAt', 'cancelReason', 'version', 'demonstration', 'createdByName', 'changedByName', 'changedAt',
] as const;

type Row = Pick<{ [K in keyof Schema['visit']]: unknown }, 'uscc' | 'enterpriseName' | 'uncodedReason' | 'officers' | 'content' | 'followUps'>;

function stored<R extends Row>({ uscc, enterpriseName, uncodedReason, ...row }: R) {
  return {
    ...row,
    enterprise: attendance.parse({ uscc, name: enterpriseName, reason: uncodedReason }),
    officers: officer.array().parse(row.officers),
    content: row.content === null ? null : visitContent.parse(row.content),
    followUps: followUps.parse(row.followUps),
  };
}

/** Who acts, and when. */
export interface VisitAct {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

export interface NewVisit {
  readonly id: string;
  readonly day: CalendarDate;
  readonly position: number;
  readonly enterprise: Visit['enterprise'];
  readonly officers: readonly Officer[];
  readonly purpose: string;
}

function enterpriseColumns({ uscc, name, reason }: Visit['enterprise']) {
  return { uscc, enterpriseName: name, uncodedReason: reason };
}

export async function insertPlanned(tx: Tx, ledger: LedgerKey, { accountId, accountName, now }: VisitAct, visits: readonly NewVisit[]): Promise<void> {
  await tx
    .insertInto('visit')
    .values(visits.map(({ enterprise, officers, ...visit }) => ({
      ...ledger, ...visit, ...enterpriseColumns(enterprise), officers: JSON.stringify(officers), state: 'planned' as const, content: null, recordKey: null, madeBy: null, madeByName: null, madeAt: null,
      cancelledAt: null, cancelReason: null, version: 1, createdBy: accountId, createdByName: accountName, createdAt: now, changedByName: accountName, changedAt: now,
    })))
    .execute();
}

export interface Made {
  readonly content: VisitContent;
  readonly followUps: Visit['followUps'];
  readonly recordKey: string;
}

/** A visit nobody planned. */
export async function insertMade(tx: Tx, ledger: LedgerKey, act: VisitAct, visit: NewVisit, { content, followUps: open, recordKey }: Made): Promise<void> {
  const { accountId, accountName, now } = act;
  const { enterprise, officers, ...rest } = visit;
  await tx
    .insertInto('visit')
    .values({
      ...ledger, ...rest, ...enterpriseColumns(enterprise), officers: JSON.stringify(officers), state: 'made', content: JSON.stringify(content), followUps: JSON.stringify(open), recordKey,
      madeBy: accountId, madeByName: accountName, madeAt: now, cancelledAt: null, cancelReason: null, version: 1, createdBy: accountId, createdByName: accountName, createdAt: now, changedByName: accountName, changedAt: now,
    })
    .execute();
}

/** What changes of a visit, beside who changed it and when. */
export interface Change {
  readonly day?: CalendarDate;
  readonly position?: number;
  readonly officers?: readonly Officer[];
  readonly purpose?: string;
  readonly made?: Made;
  readonly content?: VisitContent;
  readonly followUps?: Visit['followUps'];
  readonly cancelled?: { readonly at: Instant; readonly reason: string | null } | null;
}

/** Gives a visit that is held its next version. */
export async function saveVisit(tx: Tx, visit: StoredVisit, { accountId, accountName, now }: VisitAct, change: Change): Promise<StoredVisit> {
  const { made, cancelled } = change;
  const row = await tx
    .updateTable('visit')
    .set({
      version: visit.version + 1, changedByName: accountName, changedAt: now,
      ...plannedColumns(change),
      ...contentColumns(made ?? change),
      ...(made === undefined ? {} : { state: 'made' as const, recordKey: made.recordKey, madeBy: accountId, madeByName: accountName, madeAt: now }),
      ...(cancelled === undefined ? {} : { cancelledAt: cancelled?.at ?? null, cancelReason: cancelled?.reason ?? null }),
    })
    .where('provinceCode', '=', provinceOfRecord(visit.id))
    .where('id', '=', visit.id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return stored(row);
}

function plannedColumns({ day, position, officers, purpose }: Change) {
  return { ...(day === undefined ? {} : { day }), ...(position === undefined ? {} : { position }), ...(officers === undefined ? {} : { officers: JSON.stringify(officers) }), ...(purpose === undefined ? {} : { purpose }) };
}

function contentColumns({ content, followUps: open }: Pick<Change, 'content' | 'followUps'>) {
  return {
    ...(content === undefined ? {} : { content: JSON.stringify(content), day: content.occurredOn, ...enterpriseColumns(content.enterprise) }),
    ...(open === undefined ? {} : { followUps: JSON.stringify(open) }),
  };
}

export async function findVisit(tx: Tx, id: string): Promise<StoredVisit | undefined> {
  const row = await tx.selectFrom('visit').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** A visit held until the transaction ends. */
export async function lockVisit(tx: Tx, id: string): Promise<StoredVisit | undefined> {
  const row = await tx.selectFrom('visit').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

const ofUnit = (ledger: LedgerKey) => (of: ExpressionBuilder<Schema, 'visit'>) => of.and([of('provinceCode', '=', ledger.provinceCode), of('editionCode', '=', ledger.editionCode), of('unitCode', '=', ledger.unitCode)]);

/** The visit that a record became; undefined while it has not arrived. Whoever asks is alone with this key until the transaction ends. */
export async function findByRecordKey(tx: Tx, ledger: LedgerKey, recordKey: string): Promise<StoredVisit | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`visit ${ledger.unitCode} ${recordKey}`}, 0))`.execute(tx);
  const row = await tx.selectFrom('visit').select(columns).where('provinceCode', '=', ledger.provinceCode).where('unitCode', '=', ledger.unitCode).where('recordKey', '=', recordKey).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** All visits of a day, called off ones left out, in the order of the route; `hold`: held until the transaction ends. */
export async function listDay(tx: Tx, ledger: LedgerKey, day: CalendarDate, hold = false): Promise<StoredVisit[]> {
  const rows = await tx
    .selectFrom('visit')
    .select(columns)
    .where(ofUnit(ledger))
    .where('day', '=', day)
    .where('cancelledAt', 'is', null)
    .orderBy('position')
    .orderBy('createdAt')
    .orderBy('id')
    .$if(hold, (query) => query.forUpdate())
    .execute();
  return rows.map(stored);
}

export async function saveOrder(tx: Tx, ledger: LedgerKey, ids: readonly string[]): Promise<void> {
  await sql`
    update visit set position = w.at from unnest(${ids}::text[]) with ordinality as w(id, at)
    where visit.province_code = ${ledger.provinceCode} and visit.id = w.id and visit.unit_code = ${ledger.unitCode}`.execute(tx);
}

export async function nextPosition(tx: Tx, ledger: LedgerKey, day: CalendarDate): Promise<number> {
  const { last } = await tx.selectFrom('visit').select((of) => of.fn.coalesce(of.fn.max('position'), sql<number>`0`).as('last')).where(ofUnit(ledger)).where('day', '=', day).executeTakeFirstOrThrow();
  return last + 1;
}

export interface VisitFilter {
  readonly state: VisitState | null;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly query: string | null;
  /** Only those that left something to be done. */
  readonly open: boolean;
  readonly cancelled: boolean;
}

export async function listStored(tx: Tx, ledger: LedgerKey, filter: VisitFilter, page: { readonly offset: number; readonly limit: number }): Promise<{ visits: StoredVisit[]; total: number }> {
  const pattern = `%${(filter.query ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const matching = tx
    .selectFrom('visit')
    .where(ofUnit(ledger))
    .where('cancelledAt', filter.cancelled ? 'is not' : 'is', null)
    .$if(filter.state !== null, (query) => query.where('state', '=', filter.state ?? 'made'))
    .$if(filter.from !== null, (query) => query.where('day', '>=', filter.from ?? ''))
    .$if(filter.to !== null, (query) => query.where('day', '<=', filter.to ?? ''))
    .$if(filter.query !== null, (query) => query.where(sql<boolean>`(enterprise_name ilike ${pattern} or uscc ilike ${pattern} or purpose ilike ${pattern} or content->>'found' ilike ${pattern} or content->>'tags' ilike ${pattern})`))
    .$if(filter.open, (query) => query.where(sql<boolean>`exists (select from jsonb_each(follow_ups) f where f.value->>'done' = 'false')`));
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.select(columns).orderBy('day', 'desc').orderBy('position').orderBy('id').offset(page.offset).limit(page.limit).execute();
  return { visits: rows.map(stored), total };
}

/** The ledger entries a visit counts or counted as. */
export async function listEntriesOf(tx: Tx, visit: StoredVisit): Promise<VisitEntry[]> {
  const rows = await tx
    .selectFrom('activity')
    .select(['id', 'sourcePart', 'kind', 'title', 'deletedAt'])
    .where('provinceCode', '=', provinceOfRecord(visit.id))
    .where('sourceKind', '=', visitSourceKind)
    .where('sourceId', '=', visit.id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(({ sourcePart, deletedAt, ...row }) => ({ ...row, part: sourcePart ?? '', deleted: deletedAt !== null })).toSorted((a, b) => (a.part === 'visit' ? -1 : b.part === 'visit' ? 1 : a.part < b.part ? -1 : 1));
}

/** People who work at a unit and may be sent: whoever holds a role of business there and is not disabled. */
export async function listOfficers(tx: Tx, unitCode: string): Promise<Officer[]> {
  const { rows } = await sql<Officer>`
    select distinct a.id, a.display_name as name from account a join role_grant g on g.account_id = a.id
    where g.unit_code = ${unitCode} and g.duty = 'business' and a.disabled_at is null order by 2, 1`.execute(tx);
  return rows;
}

/** Copies of a questionnaire handed out on visits of a unit that stand: what its channel visit counts. */
export async function sumHandedOut(tx: Tx, ledger: LedgerKey, questionnaire: string): Promise<number> {
  const { rows } = await sql<{ copies: number }>`
    select coalesce(sum((q->>'copies')::integer), 0)::integer as copies
    from visit v cross join jsonb_array_elements(v.content->'questionnaires') q
    where v.province_code = ${ledger.provinceCode} and v.edition_code = ${ledger.editionCode} and v.unit_code = ${ledger.unitCode} and v.state = 'made' and v.cancelled_at is null
      and q->>'questionnaire' = ${questionnaire}`.execute(tx);
  return rows[0]?.copies ?? 0;
}
