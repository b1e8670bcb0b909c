// What is stored of the column: articles with their versions, what of them is public, pictures, settings.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import { provinceOfRecord, provinceOfUnit } from '../../shared/province.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Placement } from '../units/queries.ts';
import { articleDocument, articleKind, articleState, type ArticleChange, type ArticleDocument, type ArticleKind, type ArticleState, type ArticleView, columnSettings, type ColumnPicture, type ColumnSettings } from './model.ts';
import { bigramsOf, picturesOf, textOf, visibleFrom } from './rules.ts';

export type StoredArticle = Omit<Selectable<Schema['article']>, 'kind' | 'state' | 'document'> & { readonly kind: ArticleKind; readonly state: ArticleState; readonly document: ArticleDocument };

function storedArticle(row: Selectable<Schema['article']>): StoredArticle {
  return { ...row, kind: articleKind.parse(row.kind), state: articleState.parse(row.state), document: articleDocument.parse(row.document) };
}

export async function listStoredArticles(tx: Tx, unitCode: string, state: ArticleState | undefined): Promise<StoredArticle[]> {
  let asked = tx.selectFrom('article').selectAll().where('provinceCode', '=', provinceOfUnit(unitCode)).where('unitCode', '=', unitCode);
  asked = state === undefined ? asked.where('state', '<>', 'removed') : asked.where('state', '=', state);
  return (await asked.orderBy('savedAt', 'desc').orderBy('id').limit(300).execute()).map(storedArticle);
}

export async function findArticle(tx: Tx, id: string): Promise<StoredArticle | undefined> {
  const row = await tx.selectFrom('article').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : storedArticle(row);
}

export async function lockArticle(tx: Tx, id: string): Promise<StoredArticle | undefined> {
  const row = await tx.selectFrom('article').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : storedArticle(row);
}

export async function findArticleOfWork(tx: Tx, provinceCode: number, source: { readonly kind: string; readonly id: string }): Promise<StoredArticle | undefined> {
  const row = await tx.selectFrom('article').selectAll().where('provinceCode', '=', provinceCode).where('sourceKind', '=', source.kind).where('sourceId', '=', source.id).executeTakeFirst();
  return row === undefined ? undefined : storedArticle(row);
}

export async function insertArticle(tx: Tx, row: Insertable<Schema['article']>): Promise<void> {
  await tx.insertInto('article').values(row).execute();
}

export interface ArticleStep {
  readonly change: ArticleChange;
  readonly state: ArticleState;
  readonly document: ArticleDocument;
  readonly publishedVersion: number | null;
  readonly authors: readonly string[];
  readonly reason: string | null;
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

/** The article's next version and the version itself; its number. */
export async function saveStep(tx: Tx, { provinceCode, id, unitCode, version }: Pick<StoredArticle, 'provinceCode' | 'id' | 'unitCode' | 'version'>, step: ArticleStep): Promise<number> {
  const next = version + 1;
  const document = JSON.stringify(step.document);
  await tx.updateTable('article')
    .set({ state: step.state, version: next, publishedVersion: step.publishedVersion, document, authors: [...step.authors], savedByName: step.accountName, savedAt: step.now })
    .where('provinceCode', '=', provinceCode).where('id', '=', id).execute();
  await insertArticleVersion(tx, { provinceCode, articleId: id, version: next, unitCode, change: step.change, document, reason: step.reason, accountId: step.accountId, accountName: step.accountName, at: step.now });
  return next;
}

export async function insertArticleVersion(tx: Tx, row: Insertable<Schema['articleVersion']>): Promise<void> {
  await tx.insertInto('articleVersion').values(row).execute();
}

export async function listArticleVersions(tx: Tx, id: string): Promise<ArticleView['versions']> {
  const { rows } = await sql<ArticleView['versions'][number]>`
    select version, change, account_name, at, reason from article_version where province_code = ${provinceOfRecord(id)} and article_id = ${id} order by version desc limit 100`.execute(tx);
  return rows;
}

export interface Publishing {
  readonly article: Pick<StoredArticle, 'provinceCode' | 'id' | 'unitCode' | 'kind' | 'demonstration'>;
  readonly document: ArticleDocument;
  readonly version: number;
  readonly unit: Placement;
  readonly now: Instant;
  /** When the first version was published; null for the first. */
  readonly pictures: readonly StoredPicture[];
}

/** Puts a version before the public. It keeps the day of its first publication, unless it had been taken down. */
export async function publish(tx: Tx, { article, document, version, unit, now, pictures }: Publishing): Promise<void> {
  const above = [...new Set(['000000', unit.p1, unit.p2, unit.p3, unit.unitCode])].filter((code) => code !== null);
  const shown = pictures.map(({ id, name, mediaType, width, height, bytes, sha256 }) => ({ id, name, mediaType, width, height, bytes, sha256 }));
  const { provinceCode, id, unitCode, kind, demonstration } = article;
  const row = { unitCode, above, kind, version, document: JSON.stringify(document), pictures: JSON.stringify(shown), bigrams: bigramsOf(textOf(document)), visibleFrom: visibleFrom(document.notBefore, now), changedAt: now, takenDownAt: null, takenDownWhy: null };
  await tx.insertInto('publishedArticle').values({ provinceCode, id, ...row, publishedAt: now, demonstration })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'id']).doUpdateSet({
      ...row, publishedAt: sql<Instant>`case when published_article.taken_down_at is null then published_article.published_at else ${now}::timestamptz end`,
      // What the public has read already does not go away again for an embargo on its correction.
      visibleFrom: sql<Instant>`case when published_article.taken_down_at is null and published_article.visible_from <= ${now}::timestamptz then published_article.visible_from else ${row.visibleFrom}::timestamptz end`,
    }))
    .execute();
}

export async function takeDown(tx: Tx, id: string, reason: string, now: Instant): Promise<void> {
  await tx.updateTable('publishedArticle').set({ takenDownAt: now, takenDownWhy: reason, changedAt: now, bigrams: [] }).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}

export type StoredPicture = Selectable<Schema['columnPicture']>;

export async function insertPicture(tx: Tx, row: Insertable<Schema['columnPicture']>): Promise<void> {
  await tx.insertInto('columnPicture').values(row).execute();
}

export async function findPicture(tx: Tx, id: string): Promise<StoredPicture | undefined> {
  return tx.selectFrom('columnPicture').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
}

/** Pictures an article names, of its own unit only. */
export async function listPicturesOf(tx: Tx, unitCode: string, document: ArticleDocument): Promise<StoredPicture[]> {
  const ids = picturesOf(document).map(({ id }) => id);
  if (ids.length === 0) return [];
  return tx.selectFrom('columnPicture').selectAll().where('provinceCode', '=', provinceOfUnit(unitCode)).where('unitCode', '=', unitCode).where('id', 'in', ids).execute();
}

export function pictureAsShown({ id, name, mediaType, width, height, bytes }: ColumnPicture): ColumnPicture {
  return { id, name, mediaType, width, height, bytes };
}

export interface StoredSettings {
  readonly shown: ColumnSettings | null;
  readonly approvedByName: string | null;
  readonly proposed: ColumnSettings | null;
  readonly proposedBy: string | null;
  readonly proposedByName: string | null;
  readonly proposedAt: Instant | null;
}

export async function findSettings(tx: Tx, unitCode: string): Promise<StoredSettings | undefined> {
  const row = await tx.selectFrom('columnSetting').selectAll().where('provinceCode', '=', provinceOfUnit(unitCode)).where('unitCode', '=', unitCode).executeTakeFirst();
  if (row === undefined) return undefined;
  const parsed = (value: unknown): ColumnSettings | null => (value === null ? null : columnSettings.parse(value));
  return { ...row, shown: parsed(row.shown), proposed: parsed(row.proposed) };
}

export async function saveProposedSettings(tx: Tx, unitCode: string, settings: ColumnSettings, by: { readonly accountId: string; readonly accountName: string; readonly now: Instant }): Promise<void> {
  const proposal = { proposed: JSON.stringify(settings), proposedBy: by.accountId, proposedByName: by.accountName, proposedAt: by.now };
  await tx.insertInto('columnSetting').values({ provinceCode: provinceOfUnit(unitCode), unitCode, shown: null, approvedByName: null, changedAt: by.now, ...proposal })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'unitCode']).doUpdateSet(proposal)).execute();
}

export async function saveShownSettings(tx: Tx, unitCode: string, settings: ColumnSettings, by: { readonly accountName: string; readonly now: Instant }): Promise<void> {
  await tx.updateTable('columnSetting')
    .set({ shown: JSON.stringify(settings), proposed: null, proposedBy: null, proposedByName: null, proposedAt: null, approvedByName: by.accountName, changedAt: by.now })
    .where('provinceCode', '=', provinceOfUnit(unitCode)).where('unitCode', '=', unitCode).execute();
}
