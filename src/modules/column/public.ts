// What anybody may ask of the column. Nothing here reads a draft or a true figure.
import { found, implement, implementInStages, type Implementation } from '../../kernel/context.ts';
import { getEditionByCode } from '../editions/queries.ts';
import * as contract from './contract.ts';
import {
  findColumnUnit, findColumnVersion, findNewestEdition, findPublished, findPublishedPicture, findReleasedTable, listForMap, listPublishedArticles, listUnitsAbove, titleOf,
} from './public-reading.ts';
import { findSettings } from './queries.ts';

const articlesAPage = 20;
const latestShown = 8;

const version = implement(contract.getColumnVersion, async ({ tx, now }) => ({ version: await findColumnVersion(tx, now) }));

const home = implement(contract.getColumnHome, async ({ tx, now }, { unitCode }) => {
  const unit = found(await findColumnUnit(tx, unitCode), 'unit', unitCode);
  const code = await findNewestEdition(tx);
  const edition = code === undefined ? null : (await getEditionByCode(tx, code)).definition;
  const { articles } = await listPublishedArticles(tx, now, { unitCode, limit: latestShown, offset: 0 });
  return {
    unit, trail: code === undefined ? [] : await listUnitsAbove(tx, code, unitCode),
    edition: edition === null ? null : { code: edition.code, title: titleOf(edition), theme: edition.theme, from: edition.window.from, to: edition.window.to },
    settings: (await findSettings(tx, unitCode))?.shown ?? null, latest: articles, table: await findReleasedTable(tx, unitCode),
  };
});

const articles = implement(contract.listPublished, async ({ tx, now }, { unitCode, kind, query, page }) => {
  const { articles: listed, total } = await listPublishedArticles(tx, now, { unitCode, kind, query, limit: articlesAPage, offset: (page - 1) * articlesAPage });
  return { articles: listed, total, pages: Math.max(1, Math.ceil(total / articlesAPage)) };
});

const article = implement(contract.getPublished, async ({ tx, now }, { id }) => found(await findPublished(tx, now, id), 'article', id));

const picture = implementInStages(
  contract.readPublishedPicture,
  async (context, { id, picture: wanted }) => {
    const { sha256, mediaType, name } = found(await context.read((tx) => findPublishedPicture(tx, context.now, id, wanted)), 'column_picture', wanted);
    return { mediaType, fileName: name, inline: true, bytes: found(await context.blobs.get(sha256), 'column_picture', wanted) };
  },
  async (_context, _input, file) => file,
);

const table = implement(contract.getReleasedTable, async ({ tx }, { unitCode }) => ({ table: await findReleasedTable(tx, unitCode) }));

const map = implement(contract.listColumnUnits, async ({ tx, now }) => listForMap(tx, now));

export const publicActions: readonly Implementation[] = [version, home, articles, article, picture, table, map];
