// What is stored of publicity: media items, materials and their moves. The entries that items count as are the ledger's (activities/from-work.ts).
import { type Selectable, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { LedgerKey } from '../activities/queries.ts';
import type { Comparison, HandedOutAt, KeptMove, Material, MaterialContent, MaterialFigures, MaterialMove, MediaDouble, MediaItem, MediaItemContent } from './model.ts';
import { linkKeyOf, mediaPart, publicityWork, titleKeyOf } from './rules.ts';

/** Who acts, and when. */
export interface PublicityActor {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

export interface StoredItem extends Omit<MediaItem, 'entryId' | 'reposts'> {
  readonly editionCode: string;
}

const itemColumns = [
  'id', 'editionCode', 'unitCode', 'title', 'outlet', 'level', 'link', 'publishedOn', 'origin', 'originalId', 'evidence', 'windowReason', 'deletedAt', 'version', 'demonstration', 'changedByName', 'changedAt',
] as const;

function item({ title, outlet, level, link, publishedOn, origin, originalId, evidence, windowReason, deletedAt, ...row }: Pick<Selectable<Schema['mediaItem']>, (typeof itemColumns)[number]>): StoredItem {
  return { ...row, binned: deletedAt !== null, content: { title, outlet, level, link, publishedOn, origin, originalId, evidence, windowReason } };
}

const contentColumns = (content: MediaItemContent) => ({ ...content, titleKey: titleKeyOf(content.title), linkKey: linkKeyOf(content.link) });

export async function insertItem(tx: Tx, key: LedgerKey, id: string, content: MediaItemContent, { accountId, accountName, now }: PublicityActor): Promise<StoredItem> {
  const row = await tx
    .insertInto('mediaItem')
    .values({ ...key, id, ...contentColumns(content), deletedAt: null, version: 1, createdBy: accountId, createdAt: now, changedByName: accountName, changedAt: now })
    .returning(itemColumns).executeTakeFirstOrThrow();
  return item(row);
}

/** Gives an item that is held its next version. */
export async function saveItem(tx: Tx, { id, version }: StoredItem, change: { readonly content?: MediaItemContent; readonly deletedAt?: Instant | null }, { accountName, now }: PublicityActor): Promise<StoredItem> {
  const { content, ...rest } = change;
  const row = await tx
    .updateTable('mediaItem').set({ ...(content === undefined ? {} : contentColumns(content)), ...rest, version: version + 1, changedByName: accountName, changedAt: now })
    .where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).returning(itemColumns).executeTakeFirstOrThrow();
  return item(row);
}

export async function findItem(tx: Tx, id: string): Promise<StoredItem | undefined> {
  const row = await tx.selectFrom('mediaItem').select(itemColumns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : item(row);
}

export async function lockItem(tx: Tx, id: string): Promise<StoredItem | undefined> {
  const row = await tx.selectFrom('mediaItem').select(itemColumns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : item(row);
}

/** With the entries they count as, and how many reposts they have. */
export async function completeItems(tx: Tx, { provinceCode }: LedgerKey, items: readonly StoredItem[]): Promise<MediaItem[]> {
  const ids = items.map(({ id }) => id);
  if (ids.length === 0) return [];
  const entries = await tx
    .selectFrom('activity').select(['id', 'sourceId']).where('provinceCode', '=', provinceCode).where('sourceKind', '=', publicityWork).where('sourcePart', '=', mediaPart).where('sourceId', 'in', ids).where('deletedAt', 'is', null).execute();
  const reposts = await tx
    .selectFrom('mediaItem').select((of) => ['originalId', of.fn.countAll<number>().as('count')]).where('provinceCode', '=', provinceCode).where('originalId', 'in', ids).where('deletedAt', 'is', null).groupBy('originalId').execute();
  return items.map(({ editionCode: _edition, ...one }) => ({
    ...one, entryId: entries.find(({ sourceId }) => sourceId === one.id)?.id ?? null, reposts: reposts.find(({ originalId }) => originalId === one.id)?.count ?? 0,
  }));
}

export interface ItemFilter {
  readonly query: string | null;
  readonly originals: boolean;
  readonly bin: boolean;
}

/** Latest first. */
export async function listItems(tx: Tx, key: LedgerKey, { query, originals, bin }: ItemFilter, page: { readonly offset: number; readonly limit: number }): Promise<{ items: StoredItem[]; total: number }> {
  const pattern = `%${(query ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const matching = tx
    .selectFrom('mediaItem').where('provinceCode', '=', key.provinceCode).where('editionCode', '=', key.editionCode).where('unitCode', '=', key.unitCode)
    .where('deletedAt', bin ? 'is not' : 'is', null)
    .$if(originals, (of) => of.where('origin', '=', 'original'))
    .$if(query !== null, (of) => of.where((row) => row.or([row('title', 'ilike', pattern), row('outlet', 'ilike', pattern), row('link', 'ilike', pattern)])));
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.select(itemColumns).orderBy('publishedOn', 'desc').orderBy('id').offset(page.offset).limit(page.limit).execute();
  return { items: rows.map(item), total };
}

export async function listReposts(tx: Tx, id: string): Promise<StoredItem[]> {
  const rows = await tx.selectFrom('mediaItem').select(itemColumns).where('provinceCode', '=', provinceOfRecord(id)).where('originalId', '=', id).where('deletedAt', 'is', null).orderBy('publishedOn').orderBy('id').limit(200).execute();
  return rows.map(item);
}

/** Items of the unit that are not in the bin and have the same address or title; at most ten, originals first. */
export async function listDoubles(tx: Tx, key: LedgerKey, { title, link }: { readonly title: string; readonly link: string }, except: string | null): Promise<MediaDouble[]> {
  const [titleKey, linkKey] = [titleKeyOf(title), linkKeyOf(link)];
  const rows = await tx
    .selectFrom('mediaItem').select(['id', 'title', 'outlet', 'publishedOn', 'origin', 'titleKey', 'linkKey'])
    .where('provinceCode', '=', key.provinceCode).where('editionCode', '=', key.editionCode).where('unitCode', '=', key.unitCode).where('deletedAt', 'is', null)
    .$if(except !== null, (of) => of.where('id', '<>', except ?? ''))
    .where((row) => row.or([row.and([row('titleKey', '=', titleKey), row('titleKey', '<>', '')]), row.and([row('linkKey', '=', linkKey), row('linkKey', '<>', '')])]))
    .orderBy('origin').orderBy('publishedOn').orderBy('id').limit(10).execute();
  return rows.map(({ titleKey: ofTitle, linkKey: ofLink, ...row }) => ({ ...row, signs: [...(ofLink !== '' && ofLink === linkKey ? (['same_link'] as const) : []), ...(ofTitle === titleKey ? (['same_title'] as const) : [])] }));
}

export interface StoredMaterial extends Material {
  readonly editionCode: string;
}

const materialColumns = ['id', 'editionCode', 'unitCode', 'name', 'form', 'received', 'handedOut', 'reads', 'deletedAt', 'version', 'demonstration', 'changedByName', 'changedAt'] as const;

function material({ name, form, received, handedOut, reads, deletedAt, ...row }: Pick<Selectable<Schema['material']>, (typeof materialColumns)[number]>): StoredMaterial {
  return { ...row, binned: deletedAt !== null, content: { name, form }, figures: { received, handedOut, reads, stock: received - handedOut } };
}

export async function insertMaterial(tx: Tx, key: LedgerKey, id: string, content: MaterialContent, { accountId, accountName, now }: PublicityActor): Promise<StoredMaterial> {
  const row = await tx
    .insertInto('material').values({ ...key, id, ...content, deletedAt: null, version: 1, createdBy: accountId, createdAt: now, changedByName: accountName, changedAt: now })
    .returning(materialColumns).executeTakeFirstOrThrow();
  return material(row);
}

export interface MaterialChange {
  readonly content?: MaterialContent;
  readonly figures?: MaterialFigures;
  readonly deletedAt?: Instant | null;
}

/** Gives a material that is held its next version. */
export async function saveMaterial(tx: Tx, { id, version }: StoredMaterial, { content, figures, deletedAt }: MaterialChange, { accountName, now }: PublicityActor): Promise<StoredMaterial> {
  const row = await tx
    .updateTable('material')
    .set({
      ...content, ...(figures === undefined ? {} : { received: figures.received, handedOut: figures.handedOut, reads: figures.reads }), ...(deletedAt === undefined ? {} : { deletedAt }),
      version: version + 1, changedByName: accountName, changedAt: now,
    })
    .where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).returning(materialColumns).executeTakeFirstOrThrow();
  return material(row);
}

export async function findMaterial(tx: Tx, id: string): Promise<StoredMaterial | undefined> {
  const row = await tx.selectFrom('material').select(materialColumns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : material(row);
}

export async function lockMaterial(tx: Tx, id: string): Promise<StoredMaterial | undefined> {
  const row = await tx.selectFrom('material').select(materialColumns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : material(row);
}

/** At most two hundred, by name. */
export async function listMaterials(tx: Tx, key: LedgerKey, bin: boolean): Promise<Material[]> {
  const rows = await tx
    .selectFrom('material').select(materialColumns).where('provinceCode', '=', key.provinceCode).where('editionCode', '=', key.editionCode).where('unitCode', '=', key.unitCode)
    .where('deletedAt', bin ? 'is not' : 'is', null).orderBy('name').orderBy('id').limit(200).execute();
  return rows.map((row) => shownMaterial(material(row)));
}

export function shownMaterial({ editionCode: _edition, ...rest }: StoredMaterial): Material {
  return rest;
}

export async function insertMove(tx: Tx, { id, unitCode, editionCode }: StoredMaterial, move: MaterialMove, { accountId, accountName, now }: PublicityActor): Promise<void> {
  const provinceCode = provinceOfRecord(id);
  await sql`
    insert into material_move (province_code, material_id, number, edition_code, unit_code, kind, amount, on_day, occasion, activity_id, reason, account_id, account_name, at)
    select ${provinceCode}, ${id}, coalesce(max(number), 0) + 1, ${editionCode}, ${unitCode}, ${move.kind}, ${move.amount}, ${move.onDay}::date, ${move.occasion}, ${move.activityId}, ${move.reason}, ${accountId}, ${accountName}, ${now}::timestamptz
    from material_move where province_code = ${provinceCode} and material_id = ${id}`.execute(tx);
}

/** Latest first. */
export async function listMoves(tx: Tx, key: LedgerKey, materialId: string | null, page: { readonly offset: number; readonly limit: number }): Promise<{ moves: KeptMove[]; total: number }> {
  const matching = tx
    .selectFrom('materialMove as m').innerJoin('material as t', (join) => join.onRef('t.provinceCode', '=', 'm.provinceCode').onRef('t.id', '=', 'm.materialId'))
    .where('m.provinceCode', '=', key.provinceCode).where('m.editionCode', '=', key.editionCode).where('m.unitCode', '=', key.unitCode)
    .$if(materialId !== null, (of) => of.where('m.materialId', '=', materialId ?? ''));
  const { total } = await matching.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const moves = await matching
    .leftJoin('activity as a', (join) => join.onRef('a.provinceCode', '=', 'm.provinceCode').onRef('a.id', '=', 'm.activityId'))
    .select(['m.number', 'm.materialId', 't.name as materialName', 'm.kind', 'm.amount', 'm.onDay', 'm.occasion', 'm.activityId', 'a.title as activityTitle', 'm.reason', 'm.accountName', 'm.at'])
    .orderBy('m.at', 'desc').orderBy('m.number', 'desc').orderBy('m.materialId').offset(page.offset).limit(page.limit).execute();
  return { moves, total };
}

/** Publicity events of the unit's ledger beside what the stock says was handed out at them; named are those that differ, at most fifty. */
export async function compareWithLedger(tx: Tx, { provinceCode, editionCode, unitCode }: LedgerKey): Promise<Comparison> {
  const { rows } = await sql<HandedOutAt>`
    select a.id as activity_id, a.title, a.occurred_on, coalesce((a.content->'values'->>'materials')::bigint, 0) as counted, coalesce(sum(m.amount), 0)::bigint as handed_out
    from activity a left join material_move m on m.province_code = a.province_code and m.activity_id = a.id and m.kind = 'handed_out'
    where a.province_code = ${provinceCode} and a.edition_code = ${editionCode} and a.unit_code = ${unitCode} and a.kind = 'publicity' and a.deleted_at is null
    group by a.id, a.title, a.occurred_on, a.content order by a.occurred_on desc, a.id`.execute(tx);
  const { handedOut } = await tx
    .selectFrom('material').select((of) => sql<number>`coalesce(${of.fn.sum('handedOut')}, 0)::bigint`.as('handedOut'))
    .where('provinceCode', '=', provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', unitCode).executeTakeFirstOrThrow();
  return { counted: rows.reduce((sum, { counted }) => sum + counted, 0), handedOut, differing: rows.filter((row) => row.counted !== row.handedOut).slice(0, 50) };
}

/** Whether the unit's ledger has this entry, not in the bin. */
export async function isEntryOf(tx: Tx, { provinceCode, editionCode, unitCode }: LedgerKey, id: string): Promise<boolean> {
  const row = await tx.selectFrom('activity').select('id').where('provinceCode', '=', provinceCode).where('id', '=', id).where('editionCode', '=', editionCode).where('unitCode', '=', unitCode).where('deletedAt', 'is', null).executeTakeFirst();
  return row !== undefined;
}
