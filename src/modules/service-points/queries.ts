// What is stored of service points: the points, their steps, their service log. Liaison officers are in liaisons.ts.
import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import { provinceOfRecord, provinceOfUnit } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import { nameBigrams } from '../enterprises/rules.ts';
import type { VisitTopic } from '../visits/model.ts';
import type { PointCount, PointService, PublicPoint, ServicePointContent, ServicePointKind, ServicePointState, ServicePointStep } from './model.ts';

export interface StoredPoint {
  readonly id: string;
  readonly unitCode: string;
  readonly content: ServicePointContent;
  readonly state: ServicePointState;
  readonly stateBefore: ServicePointState | null;
  readonly stateBy: string;
  readonly namedOn: CalendarDate | null;
  readonly reviewedOn: CalendarDate | null;
  readonly version: number;
  readonly demonstration: boolean;
  readonly changedByName: string;
  readonly changedAt: Instant;
}

/** Who acts, and when. */
export interface PointActor {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

const columns = [
  'id', 'unitCode', 'kind', 'name', 'uscc', 'body', 'address', 'latitude', 'longitude', 'hours', 'telephone', 'coverage', 'state', 'stateBefore', 'stateBy', 'namedOn', 'reviewedOn', 'version', 'demonstration',
  'changedByName', 'changedAt',
] as const;

type Row = Pick<Selectable<Schema['servicePoint']>, (typeof columns)[number]>;

function stored({ kind, name, uscc, body, address, latitude, longitude, hours, telephone, coverage, ...row }: Row): StoredPoint {
  return { ...row, content: { kind, name, uscc, body, address, position: positionOf(latitude, longitude), hours, telephone, coverage } };
}

/** numeric comes as text. */
function positionOf(latitude: string | null, longitude: string | null): ServicePointContent['position'] {
  return latitude === null || longitude === null ? null : { latitude: Number(latitude), longitude: Number(longitude) };
}

function contentColumns({ position, ...content }: ServicePointContent) {
  return { ...content, nameBigrams: nameBigrams(content.name), latitude: position === null ? null : String(position.latitude), longitude: position === null ? null : String(position.longitude) };
}

export async function insertPoint(tx: Tx, id: string, unitCode: string, content: ServicePointContent, { accountId, accountName, now }: PointActor): Promise<StoredPoint> {
  const row = await tx
    .insertInto('servicePoint')
    .values({
      provinceCode: provinceOfUnit(unitCode), id, unitCode, ...contentColumns(content), state: 'candidate', stateBefore: null, stateBy: accountId, namedOn: null, reviewedOn: null, version: 1,
      createdBy: accountId, createdByName: accountName, createdAt: now, changedByName: accountName, changedAt: now,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return stored(row);
}

export interface PointChange {
  readonly content?: ServicePointContent;
  readonly standing?: Pick<StoredPoint, 'state' | 'stateBefore' | 'namedOn' | 'reviewedOn'>;
}

/** Gives a point that is held its next version. */
export async function savePoint(tx: Tx, point: StoredPoint, { content, standing }: PointChange, { accountId, accountName, now }: PointActor): Promise<StoredPoint> {
  const row = await tx
    .updateTable('servicePoint')
    .set({
      version: point.version + 1, changedByName: accountName, changedAt: now,
      ...(content === undefined ? {} : contentColumns(content)), ...(standing === undefined ? {} : { ...standing, stateBy: accountId }),
    })
    .where('provinceCode', '=', provinceOfRecord(point.id))
    .where('id', '=', point.id)
    .returning(columns)
    .executeTakeFirstOrThrow();
  return stored(row);
}

export async function findPoint(tx: Tx, id: string): Promise<StoredPoint | undefined> {
  const row = await tx.selectFrom('servicePoint').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** A point held until the transaction ends. */
export async function lockPoint(tx: Tx, id: string): Promise<StoredPoint | undefined> {
  const row = await tx.selectFrom('servicePoint').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

export interface PointFilter {
  readonly kind: ServicePointKind | null;
  readonly state: ServicePointState | null;
  readonly query: string | null;
}

export async function listPoints(tx: Tx, unitCode: string, { kind, state, query }: PointFilter, page: { readonly offset: number; readonly limit: number }): Promise<{ points: StoredPoint[]; total: number }> {
  const matching = tx
    .selectFrom('servicePoint')
    .where('provinceCode', '=', provinceOfUnit(unitCode))
    .where('unitCode', '=', unitCode)
    .$if(kind !== null, (of) => of.where('kind', '=', kind ?? 'contact_point'))
    .$if(state !== null, (of) => of.where('state', '=', state ?? 'candidate'))
    .$if(query !== null, (of) => of.where(named(query ?? '')));
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  // Of those that are named the one checked longest ago first.
  const rows = await matching.select(columns).orderBy(sql`state in ('named', 'reviewed')`, 'desc').orderBy(sql`coalesce(reviewed_on, named_on)`).orderBy('createdAt').orderBy('id').offset(page.offset).limit(page.limit).execute();
  return { points: rows.map(stored), total };
}

function named(query: string) {
  const pattern = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  return (of: ExpressionBuilder<Schema, 'servicePoint'>) => of.or([of('name', 'ilike', pattern), of('body', 'ilike', pattern), of('address', 'ilike', pattern)]);
}

export async function insertStep(tx: Tx, point: StoredPoint, step: { readonly act: string; readonly from: ServicePointState | null; readonly onDay: CalendarDate; readonly note: string }, { accountId, accountName, now }: PointActor): Promise<void> {
  const provinceCode = provinceOfRecord(point.id);
  await sql`
    insert into service_point_act (province_code, point_id, number, unit_code, act, from_state, to_state, on_day, note, account_id, account_name, at)
    select ${provinceCode}, ${point.id}, coalesce(max(number), 0) + 1, ${point.unitCode}, ${step.act}, ${step.from}, ${point.state}, ${step.onDay}::date, ${step.note}, ${accountId}, ${accountName}, ${now}::timestamptz
    from service_point_act where province_code = ${provinceCode} and point_id = ${point.id}`.execute(tx);
}

/** Newest first. */
export async function listSteps(tx: Tx, pointId: string): Promise<ServicePointStep[]> {
  const rows = await tx
    .selectFrom('servicePointAct').select(['act', 'fromState', 'toState', 'onDay', 'note', 'accountName', 'at'])
    .where('provinceCode', '=', provinceOfRecord(pointId)).where('pointId', '=', pointId).orderBy('number', 'desc').execute();
  return rows.map(({ fromState: from, toState: to, ...rest }) => ({ ...rest, from, to }));
}

export interface NewService {
  readonly id: string;
  readonly occurredOn: CalendarDate;
  readonly topic: VisitTopic;
  readonly enterpriseName: string;
  readonly what: string;
}

export async function insertService(tx: Tx, point: StoredPoint, service: NewService, { accountId, accountName, now }: PointActor): Promise<PointService> {
  await tx
    .insertInto('pointService')
    .values({ provinceCode: provinceOfRecord(point.id), pointId: point.id, unitCode: point.unitCode, ...service, deletedAt: null, createdBy: accountId, createdByName: accountName, createdAt: now })
    .execute();
  return { ...service, byName: accountName, deleted: false };
}

/** The log of a point, latest first; at most two hundred lines, lines in the bin too. */
export async function listServices(tx: Tx, pointId: string): Promise<PointService[]> {
  const rows = await tx
    .selectFrom('pointService').select(['id', 'occurredOn', 'topic', 'enterpriseName', 'what', 'createdByName as byName', 'deletedAt'])
    .where('provinceCode', '=', provinceOfRecord(pointId)).where('pointId', '=', pointId).orderBy('occurredOn', 'desc').orderBy('createdAt', 'desc').limit(200).execute();
  return rows.map(({ deletedAt, ...rest }) => ({ ...rest, deleted: deletedAt !== null }));
}

/** The line as it is then; undefined when the point has none of this id. */
export async function binService(tx: Tx, pointId: string, id: string, deletedAt: Instant | null): Promise<PointService | undefined> {
  const row = await tx
    .updateTable('pointService').set({ deletedAt }).where('provinceCode', '=', provinceOfRecord(pointId)).where('id', '=', id).where('pointId', '=', pointId)
    .returning(['id', 'occurredOn', 'topic', 'enterpriseName', 'what', 'createdByName as byName']).executeTakeFirst();
  return row === undefined ? undefined : { ...row, deleted: deletedAt !== null };
}

/** By kind, over a unit and all below it in the edition's tree; services within the edition's window. */
export async function countPoints(tx: Tx, editionCode: string, unitCode: string, window: { readonly from: CalendarDate; readonly to: CalendarDate }): Promise<PointCount[]> {
  const { rows } = await sql<PointCount>`
    with scope as materialized (
      select province_code, unit_code from placement where edition_code = ${editionCode} and (${unitCode} = ${nationUnit} or unit_code = ${unitCode} or p1 = ${unitCode} or p2 = ${unitCode} or p3 = ${unitCode})
    )
    select p.kind, count(*) filter (where p.state in ('named', 'reviewed')) as named, count(*) filter (where p.state in ('candidate', 'nurturing', 'applied', 'inspected')) as on_the_way,
      coalesce(sum((select count(*) from point_service s where s.province_code = p.province_code and s.point_id = p.id and s.deleted_at is null and s.occurred_on between ${window.from}::date and ${window.to}::date)), 0)::bigint as services
    from service_point p join scope on scope.province_code = p.province_code and scope.unit_code = p.unit_code
    group by p.kind order by p.kind`.execute(tx);
  return rows;
}

export interface PublicFilter {
  readonly unitCode: string | null;
  readonly kind: ServicePointKind | null;
  readonly query: string | null;
}

/** Named points, for anybody: of a unit and of all that report to it today. */
export async function listPublic(tx: Tx, { unitCode, kind, query }: PublicFilter, page: { readonly offset: number; readonly limit: number }): Promise<{ points: PublicPoint[]; total: number }> {
  const within = unitCode === null || unitCode === nationUnit ? sql`true` : sql`p.unit_code in (
    with recursive below as (select ${unitCode}::text as code union select l.unit_code from unit_line l join below b on l.parent_code = b.code where l.valid_to is null) select code from below)`;
  const like = query === null ? null : `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const words = like === null ? sql`true` : sql`(p.name ilike ${like} or p.body ilike ${like} or p.address ilike ${like})`;
  const { rows } = await sql<Omit<PublicPoint, 'position'> & { latitude: string | null; longitude: string | null; total: number }>`
    select p.id, p.kind, p.name, p.body, u.name as unit_name, p.address, p.latitude, p.longitude, p.hours, p.telephone, p.coverage, p.demonstration, count(*) over () as total
    from service_point p join unit u on u.code = p.unit_code
    where p.state in ('named', 'reviewed') and ${kind === null ? sql`true` : sql`p.kind = ${kind}`} and ${within} and ${words}
    order by p.unit_code, p.kind, p.name, p.id offset ${page.offset} limit ${page.limit}`.execute(tx);
  return { points: rows.map(({ latitude, longitude, total: _total, ...rest }) => ({ ...rest, position: positionOf(latitude, longitude) })), total: rows[0]?.total ?? 0 };
}
