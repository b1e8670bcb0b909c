// What the public reads: only what was published or released, from tables that hold nothing else.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { provinceOfRecord, provinceOfUnit } from '../../shared/province.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { articleDocument, type ArticleKind, type ColumnPicture, type PublishedArticle, type PublishedSummary, type ReleaseBasis, type ReleasedTable } from './model.ts';
import { picturesOf, soughtOf } from './rules.ts';

interface PublishedRow {
  readonly id: string;
  readonly kind: ArticleKind;
  readonly unitCode: string;
  readonly unitName: string;
  readonly document: unknown;
  readonly publishedAt: Instant;
  readonly demonstration: boolean;
}

function summaryOf({ document, id, kind, unitCode, unitName, publishedAt, demonstration }: PublishedRow): PublishedSummary {
  const parsed = articleDocument.parse(document);
  return { id, kind, unitCode, unitName, title: parsed.title, summary: parsed.summary, publishedAt, picture: picturesOf(parsed)[0] ?? null, demonstration };
}

const columns = sql`p.id, p.kind, p.unit_code, u.short_name as unit_name, p.document, greatest(p.published_at, p.visible_from) as published_at, p.demonstration`;
const isShown = (now: Instant): RawBuilder<boolean> => sql<boolean>`p.taken_down_at is null and p.visible_from <= ${now}::timestamptz`;

export interface Wanted {
  readonly unitCode: string;
  readonly kind?: ArticleKind | undefined;
  readonly query?: string;
  readonly limit: number;
  readonly offset: number;
}

export async function listPublishedArticles(tx: Tx, now: Instant, { unitCode, kind, query = '', limit, offset }: Wanted): Promise<{ articles: PublishedSummary[]; total: number }> {
  const sought = soughtOf(query);
  const conditions = [isShown(now), sql<boolean>`p.above @> ${[unitCode]}::text[]`];
  if (kind !== undefined) conditions.push(sql<boolean>`p.kind = ${kind}`);
  if (query !== '') conditions.push(sought.length === 0 ? sql<boolean>`false` : sql<boolean>`p.bigrams @> ${sought}::text[]`);
  const where = sql.join(conditions, sql` and `);
  const { rows } = await sql<PublishedRow & { total: number }>`
    select ${columns}, count(*) over ()::integer as total from published_article p join unit u on u.code = p.unit_code
    where ${where} order by greatest(p.published_at, p.visible_from) desc, p.id limit ${limit} offset ${offset}`.execute(tx);
  return { articles: rows.map(summaryOf), total: rows[0]?.total ?? 0 };
}

type FullRow = PublishedRow & { readonly version: number; readonly pictures: readonly (ColumnPicture & { readonly sha256: string })[]; readonly takenDownAt: Instant | null; readonly takenDownWhy: string | null; readonly visible: boolean };

async function findRow(tx: Tx, now: Instant, id: string): Promise<FullRow | undefined> {
  const { rows } = await sql<FullRow>`
    select ${columns}, p.version, p.pictures, p.taken_down_at, p.taken_down_why, p.visible_from <= ${now}::timestamptz as visible from published_article p join unit u on u.code = p.unit_code
    where p.province_code = ${provinceOfRecord(id)} and p.id = ${id}`.execute(tx);
  return rows[0];
}

/** Undefined also for what is not to be seen yet: nobody learns that it is there. */
export async function findPublished(tx: Tx, now: Instant, id: string): Promise<PublishedArticle | undefined> {
  const row = await findRow(tx, now, id);
  if (row === undefined || !row.visible) return undefined;
  const { title, origin, blocks } = articleDocument.parse(row.document);
  if (row.takenDownAt !== null) return { standing: 'taken_down', title, unitCode: row.unitCode, unitName: row.unitName, at: row.takenDownAt, reason: row.takenDownWhy ?? '' };
  return { standing: 'shown', ...summaryOf(row), origin, blocks, version: row.version, pictures: row.pictures.map(({ sha256: _sha256, ...picture }) => picture) };
}

export async function findPublishedPicture(tx: Tx, now: Instant, id: string, picture: string): Promise<(ColumnPicture & { readonly sha256: string }) | undefined> {
  const row = await findRow(tx, now, id);
  return row === undefined || !row.visible || row.takenDownAt !== null ? undefined : row.pictures.find((one) => one.id === picture);
}

/** Text that changes with anything public: what changed last and how often, and which embargo ended last. */
export async function findColumnVersion(tx: Tx, now: Instant): Promise<string> {
  const { rows } = await sql<{ version: string | null }>`
    select concat_ws('/', a.last, a.visible, (select sum(version) from published_article where changed_at = a.last), a.gone, t.last, t.standing, s.last, s.shown) as version
    from (select max(changed_at) as last, max(visible_from) filter (where visible_from <= ${now}::timestamptz) as visible, count(taken_down_at) as gone from published_article) a,
      (select max(changed_at) as last, count(*) filter (where withdrawn_at is null) as standing from released_table) t,
      (select max(changed_at) as last, count(*) filter (where shown is not null) as shown from column_setting) s`.execute(tx);
  return rows[0]?.version ?? '';
}

interface TableRow {
  readonly releaseId: string;
  readonly unitCode: string;
  readonly ofUnit: string;
  readonly editionCode: string;
  readonly asOf: CalendarDate;
  readonly basis: ReleaseBasis;
  readonly releasedAt: Instant;
  readonly cells: { readonly indicators: readonly string[]; readonly total: readonly (number | null)[]; readonly own: readonly (number | null)[] | null };
  readonly name: string;
  readonly hasBelow: boolean;
}

/** The newest release that covers a unit, with the rows of the units right below it. */
export async function findReleasedTable(tx: Tx, unitCode: string): Promise<ReleasedTable | null> {
  const province = unitCode === nationUnit ? sql`` : sql`province_code in (0, ${provinceOfUnit(unitCode)}) and`;
  const { rows: newest } = await sql<{ releaseId: string; provinceCode: number }>`
    select release_id, province_code from released_table where ${province} unit_code = ${unitCode} and withdrawn_at is null order by as_of desc, released_at desc limit 1`.execute(tx);
  const chosen = newest[0];
  if (chosen === undefined) return null;
  const { rows } = await sql<TableRow>`
    select t.release_id, t.unit_code, t.of_unit, t.edition_code, t.as_of, t.basis, t.released_at, t.cells, u.short_name as name,
      exists (select from placement b where b.edition_code = t.edition_code and b.parent_code = t.unit_code) as has_below
    from released_table t join unit u on u.code = t.unit_code left join placement pl on pl.edition_code = t.edition_code and pl.unit_code = t.unit_code
    where t.province_code = ${chosen.provinceCode} and t.release_id = ${chosen.releaseId} and (t.unit_code = ${unitCode} or t.above[2] = ${unitCode})
    order by pl.sort`.execute(tx);
  const top = rows.find((row) => row.unitCode === unitCode);
  if (top === undefined) return null;
  const { definition } = await getEditionByCode(tx, top.editionCode);
  const { rows: units } = await sql<{ name: string }>`select short_name as name from unit where code = ${top.ofUnit}`.execute(tx);
  return {
    asOf: top.asOf, basis: top.basis, releasedAt: top.releasedAt, ofUnit: top.ofUnit, ofUnitName: units[0]?.name ?? '', edition: top.editionCode, editionTitle: titleOf(definition),
    indicators: top.cells.indicators.map((code) => {
      const known = definition.indicators.find((one) => one.code === code);
      return { code, row: known?.row ?? 0, label: known?.label ?? code, englishLabel: known?.englishLabel ?? code, unitWord: known?.unitWord ?? '', unit: known?.unit ?? '' };
    }),
    total: [...top.cells.total],
    own: top.cells.own === null ? null : [...top.cells.own],
    rows: rows.filter((row) => row.unitCode !== unitCode).map((row) => ({ unitCode: row.unitCode, name: row.name, hasBelow: row.hasBelow, values: [...row.cells.total] })),
  };
}

export const titleOf = ({ ordinal, theme }: { readonly ordinal: { readonly zh: string; readonly en: string }; readonly theme: { readonly zh: string; readonly en: string } }): { zh: string; en: string } =>
  ({ zh: `${ordinal.zh}服务月：${theme.zh}`, en: `${ordinal.en} service month: ${theme.en}` });

export interface ColumnUnit {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
}

export async function findColumnUnit(tx: Tx, code: string): Promise<ColumnUnit | undefined> {
  return tx.selectFrom('unit').select(['code', 'name', 'shortName']).where('code', '=', code).executeTakeFirst();
}

/** The edition shown: the newest one. */
export async function findNewestEdition(tx: Tx): Promise<string | undefined> {
  return (await tx.selectFrom('edition').select('code').orderBy('treeDate', 'desc').limit(1).executeTakeFirst())?.code;
}

/** The units above, from the nation down. */
export async function listUnitsAbove(tx: Tx, editionCode: string, unitCode: string): Promise<{ code: string; shortName: string }[]> {
  const { rows } = await sql<{ code: string; shortName: string }>`
    select u.code, u.short_name from placement pl join unit u on u.code = any(array['000000', pl.p1, pl.p2, pl.p3]) and u.code <> pl.unit_code
    where pl.edition_code = ${editionCode} and pl.unit_code = ${unitCode} order by array_position(array['000000', pl.p1, pl.p2, pl.p3], u.code)`.execute(tx);
  return rows;
}

/** Units that have a page worth finding, and every article shown; for the map of the site. */
export async function listForMap(tx: Tx, now: Instant): Promise<{ units: string[]; articles: { id: string; changedAt: Instant }[] }> {
  const { rows: units } = await sql<{ code: string }>`
    select distinct code from (select unnest(above) as code from published_article p where ${isShown(now)} union all select unit_code from released_table where withdrawn_at is null union all select unit_code from column_setting where shown is not null) c
    order by 1 limit 10000`.execute(tx);
  const { rows: articles } = await sql<{ id: string; changedAt: Instant }>`select id, changed_at from published_article p where ${isShown(now)} order by changed_at desc, id limit 20000`.execute(tx);
  return { units: units.map(({ code }) => code), articles };
}

