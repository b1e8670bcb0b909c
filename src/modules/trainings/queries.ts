// What is stored of trainings: what is announced, places taken, who was there, what was said of it.
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import { hashToken } from '../../kernel/session-cookie.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import { provinceOfRecord, provinceOfUnit, recordId } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { type Attendance, attendance } from '../enterprises/model.ts';
import { type FeedbackResult, type Training, trainingContent, type TrainingContent, type TrainingState } from './model.ts';
import { attendancesOf, fewestAnswers, type Was } from './rules.ts';

export type StoredTraining = Omit<Training, 'may' | 'counts'> & { readonly stateBefore: TrainingState | null };

const columns = [
  'id', 'editionCode', 'unitCode', 'title', 'startsAt', 'endsAt', 'mode', 'place', 'capacity', 'audience', 'description', 'signUpUntil', 'links', 'state', 'stateBefore', 'reason', 'corrected', 'correctedFor', 'version', 'demonstration',
  'changedByName', 'changedAt',
] as const;

type Row = Pick<{ [K in keyof Schema['training']]: unknown }, 'title' | 'startsAt' | 'endsAt' | 'mode' | 'place' | 'capacity' | 'audience' | 'description' | 'signUpUntil' | 'links'>;

function stored<R extends Row>({ title, startsAt, endsAt, mode, place, capacity, audience, description, signUpUntil, links, ...rest }: R) {
  return { ...rest, content: trainingContent.parse({ title, startsAt, endsAt, mode, place, capacity, audience, description, signUpUntil, links }) };
}

const contentColumns = ({ links, ...content }: TrainingContent) => ({ ...content, links: JSON.stringify(links) });

export interface TrainingBy {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

export async function insertTraining(tx: Tx, ledger: LedgerKey, id: string, content: TrainingContent, { accountId, accountName, now }: TrainingBy): Promise<StoredTraining> {
  const row = await tx
    .insertInto('training')
    .values({ ...ledger, id, ...contentColumns(content), state: 'draft', stateBefore: null, reason: null, correctedFor: null, version: 1, createdBy: accountId, createdByName: accountName, createdAt: now, changedByName: accountName, changedAt: now })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return stored(row);
}

export interface TrainingChange {
  readonly content?: TrainingContent;
  readonly standing?: { readonly state: TrainingState; readonly stateBefore: TrainingState | null; readonly reason: string | null };
  readonly correction?: { readonly corrected: number; readonly correctedFor: string };
}

/** Gives a training that is held its next version. */
export async function saveTraining(tx: Tx, { id, version }: StoredTraining, { content, standing, correction }: TrainingChange, { accountName, now }: TrainingBy): Promise<StoredTraining> {
  const row = await tx
    .updateTable('training')
    .set({ version: version + 1, changedByName: accountName, changedAt: now, ...(content === undefined ? {} : contentColumns(content)), ...standing, ...correction })
    .where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id)
    .returning(columns).executeTakeFirstOrThrow();
  return stored(row);
}

const byId = (id: string) => (of: ExpressionBuilder<Schema, 'training'>): Expression<SqlBool> => of.and([of('provinceCode', '=', provinceOfRecord(id)), of('id', '=', id)]);

export async function findTraining(tx: Tx, id: string): Promise<StoredTraining | undefined> {
  const row = await tx.selectFrom('training').select(columns).where(byId(id)).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** A training held until the transaction ends: places are taken one after the other. */
export async function lockTraining(tx: Tx, id: string): Promise<StoredTraining | undefined> {
  const row = await tx.selectFrom('training').select(columns).where(byId(id)).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

export async function listTrainings(tx: Tx, ledger: LedgerKey, state: TrainingState | null, page: { readonly offset: number; readonly limit: number }): Promise<{ trainings: StoredTraining[]; total: number }> {
  const matching = tx.selectFrom('training').where('provinceCode', '=', ledger.provinceCode).where('editionCode', '=', ledger.editionCode).where('unitCode', '=', ledger.unitCode).$if(state !== null, (of) => of.where('state', '=', state ?? 'draft'));
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.select(columns).orderBy('startsAt', 'desc').orderBy('id').offset(page.offset).limit(page.limit).execute();
  return { trainings: rows.map(stored), total };
}

/** Announced and not over a week ago, for anybody: of a unit and of all that report to it today; the next first. */
export async function listAnnounced(tx: Tx, unitCode: string | null, now: Instant, page: { readonly offset: number; readonly limit: number }): Promise<{ trainings: (StoredTraining & { readonly places: number; readonly unitName: string })[]; total: number }> {
  const within = unitCode === null || unitCode === nationUnit ? sql<SqlBool>`true` : sql<SqlBool>`training.unit_code in (
    with recursive below as (select ${unitCode}::text as code union select l.unit_code from unit_line l join below b on l.parent_code = b.code where l.valid_to is null) select code from below)`;
  const matching = tx.selectFrom('training').innerJoin('unit', 'unit.code', 'training.unitCode').where('training.state', 'in', ['open', 'held', 'cancelled']).where((of) => of.or([of('training.state', '!=', 'cancelled'), of('training.stateBefore', '=', 'open')])).where(sql<SqlBool>`training.ends_at > ${now}::timestamptz - interval '7 days'`).where(within);
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching
    .select(columns.map((name) => `training.${name}` as const))
    .select('unit.name as unitName')
    .select(sql<number>`(select count(*) from training_place p where p.province_code = training.province_code and p.training_id = training.id and p.withdrawn_at is null)`.as('places'))
    .orderBy(sql`training.ends_at < ${now}::timestamptz`).orderBy('training.startsAt').orderBy('training.id').offset(page.offset).limit(page.limit).execute();
  return { trainings: rows.map(stored), total };
}

export async function countPlaces(tx: Tx, id: string): Promise<number> {
  const { count } = await tx.selectFrom('trainingPlace').select((of) => of.fn.countAll<number>().as('count')).where('provinceCode', '=', provinceOfRecord(id)).where('trainingId', '=', id).where('withdrawnAt', 'is', null).executeTakeFirstOrThrow();
  return count;
}

/** Of each training: places taken, check-ins, enterprises that were there. */
export async function countAll(tx: Tx, trainings: readonly Pick<StoredTraining, 'id' | 'corrected' | 'unitCode'>[]): Promise<Map<string, Training['counts']>> {
  const [first] = trainings;
  if (first === undefined) return new Map();
  const ids = trainings.map(({ id }) => id);
  const { rows } = await sql<{ id: string; places: number; checkIns: number; enterprises: number }>`
    select t.id, (select count(*) from training_place p where p.province_code = t.province_code and p.training_id = t.id and p.withdrawn_at is null) as places, c.check_ins, c.enterprises
    from training t cross join lateral (
      select count(*) as check_ins, count(distinct coalesce(p.uscc, p.enterprise_name)) as enterprises
      from training_check_in c join training_place p on p.province_code = c.province_code and p.id = c.place_id where c.province_code = t.province_code and c.training_id = t.id) c
    where t.province_code = ${provinceOfUnit(first.unitCode)} and t.id = any(${ids}::text[])`.execute(tx);
  const corrected = new Map(trainings.map((one) => [one.id, one.corrected]));
  return new Map(rows.map(({ id, ...counts }) => [id, { ...counts, attendances: attendancesOf(counts.checkIns, corrected.get(id) ?? 0) }]));
}

export interface NewPlace {
  readonly id: string;
  readonly enterprise: Attendance;
  readonly sealed: string;
  readonly personKey: string;
  readonly code: string;
  readonly origin: 'site' | 'officer' | 'venue';
}

/** False where this person has a place. */
export async function insertPlace(tx: Tx, training: StoredTraining, { enterprise: { uscc, name, reason }, code, ...place }: NewPlace, by: { readonly accountId: string | null; readonly now: Instant }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('trainingPlace')
    .values({
      ...place, provinceCode: provinceOfRecord(training.id), trainingId: training.id, editionCode: training.editionCode, unitCode: training.unitCode, uscc, enterpriseName: name, uncodedReason: reason, codeHash: hashToken(code), withdrawnAt: null,
      demonstration: training.demonstration, createdBy: by.accountId, createdAt: by.now,
    })
    .onConflict((of) => of.doNothing()).executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export interface StoredPlace {
  readonly id: string;
  readonly trainingId: string;
  readonly enterprise: Attendance;
  readonly sealed: string | null;
  readonly codeHash: string;
  readonly withdrawnAt: Instant | null;
  readonly answered: boolean;
  readonly origin: 'site' | 'officer' | 'venue';
  readonly days: readonly CalendarDate[];
}

const places = (where: Expression<unknown>) => sql<Omit<StoredPlace, 'enterprise'> & { uscc: string | null; enterpriseName: string; uncodedReason: string | null }>`
  select p.id, p.training_id, p.uscc, p.enterprise_name, p.uncoded_reason, p.sealed, p.code_hash, p.withdrawn_at, p.answered, p.origin,
    coalesce((select array_agg(c.day::text order by c.day) from training_check_in c where c.province_code = p.province_code and c.training_id = p.training_id and c.place_id = p.id), '{}') as days
  from training_place p where ${where}`;

const storedPlace = ({ uscc, enterpriseName, uncodedReason, ...place }: { uscc: string | null; enterpriseName: string; uncodedReason: string | null } & Omit<StoredPlace, 'enterprise'>): StoredPlace => ({ ...place, enterprise: attendance.parse({ uscc, name: enterpriseName, reason: uncodedReason }) });

export async function findPlaceByCode(tx: Tx, code: string): Promise<StoredPlace | undefined> {
  const { rows } = await places(sql`p.province_code = ${Number(code.slice(0, 2))} and p.code_hash = ${hashToken(code)}`).execute(tx);
  return rows[0] === undefined ? undefined : storedPlace(rows[0]);
}

export async function findPlace(tx: Tx, trainingId: string, id: string): Promise<StoredPlace | undefined> {
  const { rows } = await places(sql`p.province_code = ${provinceOfRecord(trainingId)} and p.id = ${id} and p.training_id = ${trainingId}`).execute(tx);
  return rows[0] === undefined ? undefined : storedPlace(rows[0]);
}

export async function findPlaceOfPerson(tx: Tx, trainingId: string, personKey: string): Promise<StoredPlace | undefined> {
  const { rows } = await places(sql`p.province_code = ${provinceOfRecord(trainingId)} and p.training_id = ${trainingId} and p.person_key = ${personKey} and p.withdrawn_at is null`).execute(tx);
  return rows[0] === undefined ? undefined : storedPlace(rows[0]);
}

/** Places not given back, in order of enterprise. */
export async function listPlaces(tx: Tx, trainingId: string): Promise<StoredPlace[]> {
  const { rows } = await places(sql`p.province_code = ${provinceOfRecord(trainingId)} and p.training_id = ${trainingId} and p.withdrawn_at is null order by p.enterprise_name, p.id limit 5000`).execute(tx);
  return rows.map(storedPlace);
}

export async function withdrawPlace(tx: Tx, { id }: StoredPlace, now: Instant): Promise<void> {
  await tx.updateTable('trainingPlace').set({ withdrawnAt: now }).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}

/** False where it was counted that day before. */
export async function insertCheckIn(tx: Tx, training: StoredTraining, placeId: string, { day, way, at }: { readonly day: CalendarDate; readonly way: 'officer' | 'venue'; readonly at: Instant }): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('trainingCheckIn')
    .values({ provinceCode: provinceOfRecord(training.id), trainingId: training.id, day, placeId, editionCode: training.editionCode, unitCode: training.unitCode, way, at, demonstration: training.demonstration })
    .onConflict((of) => of.doNothing()).executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** False where it was used before. */
export async function spendPass(tx: Tx, trainingId: string, pass: string, expiresAt: Instant): Promise<boolean> {
  const { rows } = await sql`insert into training_pass_spent (province_code, hash, expires_at) values (${provinceOfRecord(trainingId)}, ${hashToken(pass)}, ${expiresAt}) on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function settleCheckIns(tx: Tx, trainingId: string): Promise<void> {
  await sql`update training_check_in set settled = true where province_code = ${provinceOfRecord(trainingId)} and training_id = ${trainingId} and not settled`.execute(tx);
}

/** Trainings with check-ins their ledger entry does not count yet, in editions that are open. */
export async function listUnsettled(tx: Tx, most: number): Promise<{ id: string; unitCode: string }[]> {
  const { rows } = await sql<{ id: string; unitCode: string }>`
    select t.id, t.unit_code from training t join edition e on e.code = t.edition_code
    where t.state in ('open', 'held') and e.closed_at is null and exists (select from training_check_in c where c.province_code = t.province_code and c.training_id = t.id and not c.settled) limit ${most}`.execute(tx);
  return rows;
}

/** How many were there, and of which enterprises: each once, those with a code by the code. */
export async function findWas(tx: Tx, trainingId: string): Promise<Was> {
  const { rows } = await sql<{ uscc: string | null; name: string; reason: string | null; n: number }>`
    select p.uscc, min(p.enterprise_name) as name, min(p.uncoded_reason) as reason, count(*) as n
    from training_check_in c join training_place p on p.province_code = c.province_code and p.id = c.place_id
    where c.province_code = ${provinceOfRecord(trainingId)} and c.training_id = ${trainingId}
    group by p.uscc, case when p.uscc is null then p.enterprise_name end order by min(c.at), p.uscc, name`.execute(tx);
  return { checkIns: rows.reduce((sum, { n }) => sum + n, 0), enterprises: rows.map(({ uscc, name, reason }) => attendance.parse({ uscc, name, reason })) };
}

/** Marks the ticket and keeps what was said, without a way from one to the other; false where it was said before. */
export async function keepFeedback(tx: Tx, training: StoredTraining, place: StoredPlace, feedback: { readonly id: string; readonly stars: number; readonly text: string; readonly givenOn: CalendarDate }): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('trainingPlace').set({ answered: true }).where('provinceCode', '=', provinceOfRecord(place.id)).where('id', '=', place.id).where('answered', '=', false).executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await tx.insertInto('trainingFeedback').values({ provinceCode: provinceOfRecord(training.id), trainingId: training.id, editionCode: training.editionCode, unitCode: training.unitCode, demonstration: training.demonstration, ...feedback }).execute();
  return true;
}

export async function findFeedback(tx: Tx, trainingId: string): Promise<FeedbackResult> {
  const rows = await tx.selectFrom('trainingFeedback').select(['stars', 'text']).where('provinceCode', '=', provinceOfRecord(trainingId)).where('trainingId', '=', trainingId).orderBy('id').limit(2_000).execute();
  if (rows.length < fewestAnswers) return { count: rows.length, stars: [], texts: [] };
  return { count: rows.length, stars: [1, 2, 3, 4, 5].map((star) => rows.filter(({ stars }) => stars === star).length), texts: rows.map(({ text }) => text).filter((text) => text !== '') };
}

/** Names go once the edition is closed: enterprises and counts stay. How many went. */
export async function erasePeople(tx: Tx, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as materialized (select p.province_code, p.id from training_place p join edition e on e.code = p.edition_code where p.sealed is not null and e.closed_at is not null limit ${most} for update of p skip locked)
    update training_place p set sealed = null, person_key = null from old where p.province_code = old.province_code and p.id = old.id`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function forgetSpentPasses(tx: Tx, now: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as materialized (select province_code, hash from training_pass_spent where expires_at < ${now} limit ${most} for update skip locked)
    delete from training_pass_spent s using old where s.province_code = old.province_code and s.hash = old.hash`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export const newRecord = (of: Pick<StoredTraining, 'id'>, unique: string): string => recordId(provinceOfRecord(of.id), unique);

export async function findUnitName(tx: Tx, unitCode: string): Promise<string> {
  return (await tx.selectFrom('unit').select('name').where('code', '=', unitCode).executeTakeFirstOrThrow()).name;
}
