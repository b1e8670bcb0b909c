// What is done with media items: written down, corrected, binned and brought back. The ledger follows in the same transaction.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { type OpenLedger, openLedger, refuseIssues } from '../activities/actions.ts';
import { keepEntryOfWork } from '../activities/from-work.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { getEditionByCode } from '../editions/queries.ts';
import * as contract from './contract.ts';
import type { MediaItem, MediaItemContent } from './model.ts';
import { completeItems, findItem, insertItem, listDoubles, listItems, listReposts, lockItem, type PublicityActor, saveItem, type StoredItem } from './queries.ts';
import { decideDoubles, entryOfMedia, mediaIssues, mediaPart, publicityWork } from './rules.ts';

export const actorOf = ({ actor, now }: Context): PublicityActor => ({ accountId: actor.accountId, accountName: actor.name, now });

/** A unit whose publicity the caller may read, and whether they may write there. */
export async function openReading(context: Context, editionCode: string, unitCode: string): Promise<{ readonly key: LedgerKey; readonly mayWrite: boolean }> {
  const unit = await authorise(context, 'read_ledger', editionCode, unitCode);
  const { closedAt } = await getEditionByCode(context.tx, editionCode);
  return { key: { provinceCode: unit.provinceCode, editionCode, unitCode }, mayWrite: closedAt === null && may(context.actor, 'write_ledger', unit) };
}

export function demandVersion({ version, changedByName, changedAt }: Pick<MediaItem, 'version' | 'changedByName' | 'changedAt'>, seen: number): void {
  if (version !== seen) raise(problem('stale_version', { version, changedByName, changedAt }));
}

async function complete(context: Context, key: LedgerKey, item: StoredItem): Promise<MediaItem> {
  const [whole] = await completeItems(context.tx, key, [item]);
  return found(whole, 'media_item', item.id);
}

/** Authorises on the ledger an item belongs to, then holds the item. */
async function holdItem(context: Context, edition: string, id: string): Promise<{ readonly ledger: OpenLedger; readonly item: StoredItem }> {
  const { unitCode, editionCode } = found(await findItem(context.tx, id), 'media_item', id);
  const ledger = await openLedger(context, editionCode, unitCode);
  if (editionCode !== edition) raise(problem('not_found', { kind: 'media_item', id }));
  return { ledger, item: found(await lockItem(context.tx, id), 'media_item', id) };
}

async function demand(context: Context, { key, edition }: OpenLedger, content: MediaItemContent, confirmed: boolean, id: string | null): Promise<void> {
  refuseIssues([...mediaIssues(content, edition.definition), ...(content.publishedOn > dateOf(context.now) ? [{ path: 'content.publishedOn', rule: 'date_in_future' }] : [])]);
  if (content.originalId !== null) await demandOriginal(context, key, content.originalId, id);
  enforce(decideDoubles(content, await listDoubles(context.tx, key, content, id), confirmed));
}

async function demandOriginal(context: Context, key: LedgerKey, originalId: string, id: string | null): Promise<void> {
  const original = originalId === id ? undefined : await findItem(context.tx, originalId);
  const fits = original !== undefined && original.unitCode === key.unitCode && original.editionCode === key.editionCode && original.content.origin === 'original' && !original.binned;
  if (!fits) raise(invalidInput([{ path: 'content.originalId', rule: 'original_unknown' }]));
}

/** Reposts hang on an original: it does not go, nor becomes one itself, while there are any. */
async function demandFree(context: Context, { id }: StoredItem): Promise<void> {
  if ((await listReposts(context.tx, id)).length > 0) raise(problem('refused_by_rule', { rule: 'media_has_reposts' }));
}

async function keepEntry(context: Context, { key }: OpenLedger, { id, content, binned }: StoredItem): Promise<void> {
  await keepEntryOfWork(context, { edition: key.editionCode, unitCode: key.unitCode, source: { kind: publicityWork, id, part: mediaPart }, content: binned ? null : entryOfMedia(content) });
}

function recorded(context: Context, action: string, { id, unitCode, version, content: { title, outlet, level, origin } }: StoredItem, before: StoredItem | null): void {
  context.record({ action, unitCode, subjectKind: 'media_item', subjectId: id, ...(before === null ? {} : { before: { version: before.version } }), after: { version, title, outlet, level, origin } });
}

const list = implement(contract.listMediaItems, async (context, { edition, unitCode, query, originals, bin, offset, limit }) => {
  const { key, mayWrite } = await openReading(context, edition, unitCode);
  const { items, total } = await listItems(context.tx, key, { query: query ?? null, originals, bin }, { offset, limit });
  return { items: await completeItems(context.tx, key, items), total, mayWrite };
});

const get = implement(contract.getMediaItem, async (context, { edition, id }) => {
  const item = found(await findItem(context.tx, id), 'media_item', id);
  const { key, mayWrite } = await openReading(context, edition, item.unitCode);
  if (item.editionCode !== edition) raise(problem('not_found', { kind: 'media_item', id }));
  return { item: await complete(context, key, item), reposts: await completeItems(context.tx, key, await listReposts(context.tx, id)), mayWrite };
});

const doubles = implement(contract.findMediaDoubles, async (context, { edition, unitCode, title, link, except }) => {
  const { key } = await openReading(context, edition, unitCode);
  return { doubles: await listDoubles(context.tx, key, { title, link }, except ?? null) };
});

const add = implement(contract.addMediaItem, async (context, { edition, unitCode, content, confirmed }) => {
  const ledger = await openLedger(context, edition, unitCode);
  await demand(context, ledger, content, confirmed, null);
  const item = await insertItem(context.tx, ledger.key, recordId(ledger.key.provinceCode, randomUUID()), content, actorOf(context));
  await keepEntry(context, ledger, item);
  recorded(context, 'publicity.add_media', item, null);
  return complete(context, ledger.key, item);
});

const edit = implement(contract.editMediaItem, async (context, { edition, id, version, content, confirmed }) => {
  const { ledger, item } = await holdItem(context, edition, id);
  demandVersion(item, version);
  if (item.binned) raise(problem('refused_by_rule', { rule: 'media_in_bin' }));
  await demand(context, ledger, content, confirmed, id);
  if (content.origin === 'repost') await demandFree(context, item);
  const saved = await saveItem(context.tx, item, { content }, actorOf(context));
  await keepEntry(context, ledger, saved);
  recorded(context, 'publicity.edit_media', saved, item);
  return complete(context, ledger.key, saved);
});

const bin = implement(contract.binMediaItem, async (context, { edition, id, version, binned }) => {
  const { ledger, item } = await holdItem(context, edition, id);
  demandVersion(item, version);
  if (binned) await demandFree(context, item);
  else if (item.content.originalId !== null) await demandOriginal(context, ledger.key, item.content.originalId, id);
  const saved = await saveItem(context.tx, item, { deletedAt: binned ? context.now : null }, actorOf(context));
  await keepEntry(context, ledger, saved);
  recorded(context, binned ? 'publicity.bin_media' : 'publicity.unbin_media', saved, item);
  return complete(context, ledger.key, saved);
});

export const mediaActions: readonly Implementation[] = [list, doubles, get, add, edit, bin];
