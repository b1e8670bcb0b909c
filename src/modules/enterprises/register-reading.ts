// What one unit knows of enterprises: its register, and the entries of its ledgers that name one of them. A service history is those
// entries and nothing else: all work becomes entries (docs/decisions/0031), so whatever comes later is in it by itself.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import type { ProvinceCode } from '../../shared/province.ts';
import type { Enterprise, RecordContent, RegisterLine, Service, TargetTag } from './model.ts';
import { nameBigrams, normaliseUscc } from './rules.ts';

/** A unit at work in an edition. */
export interface UnitKey {
  readonly provinceCode: ProvinceCode;
  readonly editionCode: string;
  readonly unitCode: string;
}

export interface RegisterFilter {
  readonly query?: string | undefined;
  readonly tag?: TargetTag | undefined;
  readonly target?: 'yes' | 'no' | undefined;
  readonly served?: 'yes' | 'no' | undefined;
}

export interface RegisterRow extends RegisterLine {
  readonly address: string;
  readonly note: string;
}

/** Enterprises the unit wrote down, listed, or named in an entry of the edition, as `line`. */
function linesOf({ provinceCode, editionCode, unitCode }: UnitKey, filter: RegisterFilter): RawBuilder<unknown> {
  return sql`
    with served as materialized (
      select p.enterprise_id, count(*)::int as services, max(a.occurred_on) as last_served_on
      from activity a join participation p on p.province_code = a.province_code and p.activity_id = a.id
      where a.province_code = ${provinceCode} and a.edition_code = ${editionCode} and a.unit_code = ${unitCode} and a.deleted_at is null
      group by p.enterprise_id
    ), known as materialized (
      select enterprise_id from served
      union select enterprise_id from enterprise_record where province_code = ${provinceCode} and unit_code = ${unitCode}
      union select enterprise_id from target_enterprise where province_code = ${provinceCode} and edition_code = ${editionCode} and unit_code = ${unitCode}
    ), line as (
      select e.id, e.uscc, e.name, coalesce(r.tags, '{}') as tags, coalesce(r.industry, '') as industry, coalesce(r.address, '') as address, coalesce(r.note, '') as note,
        t.enterprise_id is not null as target, coalesce(s.services, 0) as services, s.last_served_on
      from known k join enterprise e on e.id = k.enterprise_id
      left join served s on s.enterprise_id = e.id
      left join enterprise_record r on r.province_code = ${provinceCode} and r.unit_code = ${unitCode} and r.enterprise_id = e.id
      left join target_enterprise t on t.province_code = ${provinceCode} and t.edition_code = ${editionCode} and t.unit_code = ${unitCode} and t.enterprise_id = e.id
    ), wanted as (
      select * from line where ${sql.join([sql`true`, ...conditionsOf(filter)], sql` and `)}
    )`;
}

function conditionsOf({ query, tag, target, served }: RegisterFilter): RawBuilder<unknown>[] {
  return [
    ...(query === undefined ? [] : [mentions(query)]),
    ...(tag === undefined ? [] : [sql`${tag} = any(tags)`]),
    ...(target === undefined ? [] : [target === 'yes' ? sql`target` : sql`not target`]),
    ...(served === undefined ? [] : [served === 'yes' ? sql`services > 0` : sql`services = 0`]),
  ];
}

/** By the beginning of the code or a part of the name; width, case and punctuation do not matter there. */
function mentions(query: string): RawBuilder<unknown> {
  const pattern = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const bigrams = nameBigrams(query);
  const prefix = normaliseUscc(query);
  const byCode = /^[0-9A-Z]{2,18}$/.test(prefix) ? sql`starts_with(uscc, ${prefix})` : sql`false`;
  const byName = bigrams.length === 0 || Array.from(bigrams[0] ?? '').length < 2 ? sql`false` : sql`id in (select e.id from enterprise e where e.name_bigrams @> ${bigrams}::text[])`;
  return sql`(name ilike ${pattern} or ${byCode} or ${byName})`;
}

/** A page of the register, by name; how many the filter lets through, and how many there are without it. */
export async function listRegisterLines(tx: Tx, unit: UnitKey, filter: RegisterFilter, page: { readonly offset: number; readonly limit: number }): Promise<{ enterprises: RegisterLine[]; total: number; known: number }> {
  const { rows } = await sql<{ total: number; known: number; enterprises: RegisterLine[] }>`${linesOf(unit, filter)}
    select (select count(*)::int from wanted) as total, (select count(*)::int from known) as known,
      coalesce((select json_agg(json_build_object('uscc', uscc, 'name', name, 'tags', tags, 'industry', industry, 'target', target, 'services', services, 'lastServedOn', last_served_on, 'contacts', contacts) order by name, uscc)
        from (select w.*, (select count(*)::int from enterprise_contact c where c.province_code = ${unit.provinceCode} and c.unit_code = ${unit.unitCode} and c.enterprise_id = w.id and c.erased_at is null) as contacts
          from (select * from wanted order by name, uscc offset ${page.offset} limit ${page.limit}) w) shown), '[]') as enterprises`.execute(tx);
  return rows[0] ?? { enterprises: [], total: 0, known: 0 };
}

export async function countRegisterRows(tx: Tx, unit: UnitKey, filter: RegisterFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`${linesOf(unit, filter)} select count(*)::int as total from wanted`.execute(tx);
  return rows[0]?.total ?? 0;
}

/** All that the filter lets through, by name, as one statement for reading in batches. Contacts are not counted in it. */
export function registerStatement(unit: UnitKey, filter: RegisterFilter): RawBuilder<RegisterRow> {
  return sql<RegisterRow>`${linesOf(unit, filter)} select uscc, name, tags, industry, address, note, target, services, last_served_on, 0 as contacts from wanted order by name, uscc`;
}

export interface StoredRecord {
  readonly tags: TargetTag[];
  readonly industry: string;
  readonly address: string;
  readonly note: string;
  readonly version: number;
}

/** An enterprise of the register by its code. */
export async function findRegistered(tx: Tx, uscc: string): Promise<(Enterprise & { readonly id: number }) | undefined> {
  return tx.selectFrom('enterprise').select(['id', 'uscc', 'name']).where('uscc', '=', uscc).executeTakeFirst();
}

export async function findRecord(tx: Tx, { provinceCode, unitCode }: Omit<UnitKey, 'editionCode'>, enterpriseId: number, lock = false): Promise<StoredRecord | undefined> {
  const row = await tx
    .selectFrom('enterpriseRecord').select(['tags', 'industry', 'address', 'note', 'version'])
    .where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode).where('enterpriseId', '=', enterpriseId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, tags: row.tags as TargetTag[] };
}

export interface KnownEnterprise {
  readonly uscc: string;
  readonly record: RecordContent | null;
  readonly target: boolean;
}

/** What the unit knows of registered enterprises with these codes. */
export async function listKnown(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey, codes: readonly string[]): Promise<KnownEnterprise[]> {
  const { rows } = await sql<Omit<KnownEnterprise, 'record'> & RecordContent & { written: boolean }>`
    select e.uscc, r.enterprise_id is not null as written, coalesce(r.tags, '{}') as tags, coalesce(r.industry, '') as industry, coalesce(r.address, '') as address, coalesce(r.note, '') as note,
      t.enterprise_id is not null as target
    from enterprise e
    left join enterprise_record r on r.province_code = ${provinceCode} and r.unit_code = ${unitCode} and r.enterprise_id = e.id
    left join target_enterprise t on t.province_code = ${provinceCode} and t.edition_code = ${editionCode} and t.unit_code = ${unitCode} and t.enterprise_id = e.id
    where e.uscc = any(${codes}::text[])`.execute(tx);
  return rows.map(({ uscc, target, written, tags, industry, address, note }) => ({ uscc, target, record: written ? { tags, industry, address, note } : null }));
}

export async function isTarget(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey, enterpriseId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('targetEnterprise').select('enterpriseId')
    .where('provinceCode', '=', provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', unitCode).where('enterpriseId', '=', enterpriseId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countTargets(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey): Promise<number> {
  const row = await tx
    .selectFrom('targetEnterprise').select((of) => of.fn.countAll<number>().as('count'))
    .where('provinceCode', '=', provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', unitCode)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The enterprise, and those that the unit took for it. */
export async function listSame(tx: Tx, { provinceCode, unitCode }: Pick<UnitKey, 'provinceCode' | 'unitCode'>, enterpriseId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('enterpriseMerge').select('fromEnterpriseId')
    .where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode).where('intoEnterpriseId', '=', enterpriseId).where('undoneAt', 'is', null).where('fromEnterpriseId', 'is not', null)
    .execute();
  return [enterpriseId, ...rows.flatMap(({ fromEnterpriseId }) => fromEnterpriseId ?? [])];
}

/** What the unit takes this one for; undefined when for itself. */
export async function findMergedInto(tx: Tx, { provinceCode, unitCode }: Pick<UnitKey, 'provinceCode' | 'unitCode'>, enterpriseId: number): Promise<Enterprise | undefined> {
  return tx
    .selectFrom('enterpriseMerge').innerJoin('enterprise', 'enterprise.id', 'enterpriseMerge.intoEnterpriseId').select(['enterprise.uscc', 'enterprise.name'])
    .where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode).where('fromEnterpriseId', '=', enterpriseId).where('undoneAt', 'is', null)
    .executeTakeFirst();
}

/** Entries that name one of these enterprises, newest first: of one unit's ledgers of all editions, or (null) of every unit the caller reaches. */
export async function listServices(tx: Tx, enterpriseIds: readonly number[], unit: Pick<UnitKey, 'provinceCode' | 'unitCode'> | null, most: number): Promise<Service[]> {
  const within = unit === null ? sql`p.province_code in (select distinct province_code from placement)` : sql`p.province_code = ${unit.provinceCode} and p.unit_code = ${unit.unitCode}`;
  const { rows } = await sql<{ id: string; editionCode: string; kind: string; occurredOn: CalendarDate; title: string; work: string | null; createdAt: Instant }>`
    select distinct a.id, a.edition_code, a.kind, a.occurred_on, a.title, a.source_kind as work, a.created_at
    from participation p join activity a on a.province_code = p.province_code and a.id = p.activity_id
    where p.enterprise_id = any(${enterpriseIds}::integer[]) and ${within} and a.deleted_at is null
    order by a.occurred_on desc, a.created_at desc, a.id limit ${most}`.execute(tx);
  return rows.map(({ createdAt: _createdAt, ...service }) => service);
}
