// What is done with the column: articles drafted by one and published by another, taken down with a reason; pictures; what a unit
// says of itself. `draftArticle` is for other modules whose work becomes an article.
import { randomUUID } from 'node:crypto';
import { checkUpload } from '../../kernel/checked-upload.ts';
import { type Actor, type Context, type FileAnswer, found, implement, implementInStages, type Implementation, type OutsideContext, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { takeFile } from '../evidence/intake.ts';
import { findEvidence } from '../evidence/queries.ts';
import { isShown } from '../evidence/rules.ts';
import { findPlacement, type Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import type { ArticleAct, ArticleDocument, ArticleKind, ArticleSummary, ColumnPicture } from './model.ts';
import { articleAct } from './model.ts';
import {
  type ArticleStep, findArticle, findArticleOfWork, findPicture, findSettings, insertArticle, insertArticleVersion, insertPicture, listArticleVersions, listPicturesOf, listStoredArticles, lockArticle, pictureAsShown,
  publish, saveProposedSettings, saveShownSettings, saveStep, type StoredArticle, takeDown,
} from './queries.ts';
import { changeOfAct, decideAct, maySaveIn, picturesOf } from './rules.ts';
import { publicActions } from './public.ts';
import { releaseActions } from './releasing.ts';

function summaryOf({ id, kind, state, document, version, publishedVersion, savedAt, savedByName, demonstration }: StoredArticle): ArticleSummary {
  return { id, kind, state, title: document.title, version, publishedVersion, savedAt, savedByName, demonstration };
}

const list = implement(contract.listArticles, async (context, { edition, unitCode, state }) => {
  const unit = await authorise(context, 'read_column', edition, unitCode);
  const articles = await listStoredArticles(context.tx, unitCode, state);
  return { articles: articles.map(summaryOf), mayWrite: may(context.actor, 'write_column', unit), mayPublish: may(context.actor, 'publish_column', unit) };
});

export interface Drafted {
  readonly edition: string;
  readonly unitCode: string;
  readonly kind: ArticleKind;
  readonly document: ArticleDocument;
  /** The work it comes from; drafted twice from the same work, it is the same article. */
  readonly source: { readonly kind: string; readonly id: string } | null;
}

/**
 * Begins an article, or of work that has one already its next version; in the caller's transaction. The module whose work it is has
 * authorised the caller; whoever drafts is an author and never publishes it. Pictures must be the unit's (keepColumnPicture).
 * @returns the article's id and version.
 */
export async function draftArticle(context: Context, { edition, unitCode, kind, document, source }: Drafted): Promise<{ id: string; version: number }> {
  const unit = found(await findPlacement(context.tx, edition, unitCode), 'unit', unitCode);
  await refuseForeignPictures(context, unitCode, document);
  const known = source === null ? undefined : await findArticleOfWork(context.tx, unit.provinceCode, source);
  if (known !== undefined) return { id: known.id, version: await saveNext(context, found(await lockArticle(context.tx, known.id), 'article', known.id), document) };
  const { actor, now } = context;
  const id = recordId(unit.provinceCode, randomUUID());
  await insertArticle(context.tx, {
    provinceCode: unit.provinceCode, id, editionCode: edition, unitCode, kind, state: 'draft', version: 1, publishedVersion: null, document: JSON.stringify(document), authors: [actor.accountId],
    sourceKind: source?.kind ?? null, sourceId: source?.id ?? null, createdBy: actor.accountId, savedByName: actor.name, savedAt: now,
  });
  await insertArticleVersion(context.tx, { provinceCode: unit.provinceCode, articleId: id, version: 1, unitCode, change: 'drafted', document: JSON.stringify(document), reason: null, accountId: actor.accountId, accountName: actor.name, at: now });
  context.record({ action: 'column.create_article', unitCode, subjectKind: 'article', subjectId: id, after: { kind, title: document.title } });
  return { id, version: 1 };
}

const create = implement(contract.createArticle, async (context, input) => {
  await authorise(context, 'write_column', input.edition, input.unitCode);
  return draftArticle(context, { ...input, source: null });
});

async function refuseForeignPictures({ tx }: Context, unitCode: string, document: ArticleDocument): Promise<void> {
  const own = new Set((await listPicturesOf(tx, unitCode, document)).map(({ id }) => id));
  const foreign = picturesOf(document).find(({ id }) => !own.has(id));
  if (foreign !== undefined) raise(problem('not_found', { kind: 'column_picture', id: foreign.id }));
}

const read = implement(contract.getArticle, async (context, { id }) => {
  const article = found(await findArticle(context.tx, id), 'article', id);
  const unit = await authorise(context, 'read_column', article.editionCode, article.unitCode);
  const acts = articleAct.options.filter((act) => may(context.actor, verbOf(act), unit)).map((act) => ({ act, decision: decideAct(act, article, { accountId: context.actor.accountId, reason: '' }) }));
  const writes = may(context.actor, 'write_column', unit);
  return {
    ...summaryOf(article), unitCode: article.unitCode, document: article.document, pictures: (await listPicturesOf(context.tx, article.unitCode, article.document)).map(pictureAsShown),
    maySave: writes && maySaveIn(article.state),
    may: acts.flatMap(({ act, decision }) => (decision.ok ? [act] : [])),
    mayNot: acts.flatMap(({ act, decision }) => (decision.ok || typeof decision.problem.details['rule'] !== 'string' ? [] : [{ act, rule: decision.problem.details['rule'] }])),
    versions: await listArticleVersions(context.tx, id),
  };
});

function verbOf(act: ArticleAct): 'write_column' | 'publish_column' {
  return act === 'publish' || act === 'send_back' || act === 'take_down' ? 'publish_column' : 'write_column';
}

async function hold(context: Context, id: string, seen: number, verb: 'write_column' | 'publish_column'): Promise<{ article: StoredArticle; unit: Placement }> {
  const { editionCode, unitCode } = found(await findArticle(context.tx, id), 'article', id);
  const unit = await authorise(context, verb, editionCode, unitCode);
  const article = found(await lockArticle(context.tx, id), 'article', id);
  if (article.version !== seen) raise(problem('stale_version', { seen, version: article.version, by: article.savedByName, at: article.savedAt }));
  return { article, unit };
}

function stepOf({ actor, now }: Context, article: StoredArticle, more: Pick<ArticleStep, 'change' | 'state'> & Partial<ArticleStep>): ArticleStep {
  return { document: article.document, publishedVersion: article.publishedVersion, authors: article.authors, reason: null, accountId: actor.accountId, accountName: actor.name, now, ...more };
}

async function saveNext(context: Context, article: StoredArticle, document: ArticleDocument): Promise<number> {
  if (!maySaveIn(article.state)) raise(problem('wrong_state', { act: 'save', state: article.state }));
  const authors = [...new Set([...article.authors, context.actor.accountId])];
  const version = await saveStep(context.tx, article, stepOf(context, article, { change: 'saved', state: 'draft', document, authors }));
  context.record({ action: 'column.save_article', unitCode: article.unitCode, subjectKind: 'article', subjectId: article.id, before: { version: article.version, title: article.document.title }, after: { version, title: document.title } });
  return version;
}

const save = implement(contract.saveArticle, async (context, { id, version, document }) => {
  const { article } = await hold(context, id, version, 'write_column');
  await refuseForeignPictures(context, article.unitCode, document);
  return { version: await saveNext(context, article, document), state: 'draft' as const };
});

interface Act {
  readonly id: string;
  readonly version: number;
  readonly act: ArticleAct;
  readonly reason: string | null;
}

async function take(context: Context, { id, version: seen, act, reason }: Act): Promise<{ version: number; state: StoredArticle['state'] }> {
  const { article, unit } = await hold(context, id, seen, verbOf(act));
  const state = enforce(decideAct(act, article, { accountId: context.actor.accountId, reason }));
  const published = act === 'publish' ? { publishedVersion: article.version + 1, authors: [] } : act === 'take_down' ? { publishedVersion: null } : {};
  // Written anew after it was taken down: whoever did it the last time is still an author of it.
  const restored = act === 'restore' && article.authors.length === 0 ? { authors: [context.actor.accountId] } : {};
  const version = await saveStep(context.tx, article, stepOf(context, article, { change: changeOfAct[act], state, reason, ...published, ...restored }));
  if (act === 'publish') await publish(context.tx, { article, document: article.document, version, unit, now: context.now, pictures: await listPicturesOf(context.tx, article.unitCode, article.document) });
  if (act === 'take_down') await takeDown(context.tx, id, reason ?? '', context.now);
  context.record({
    action: `column.${act}`, unitCode: article.unitCode, subjectKind: 'article', subjectId: id, before: { state: article.state, version: article.version }, after: { state, version, title: article.document.title }, basis: reason,
  });
  return { version, state };
}

const act = implement(contract.actOnArticle, (context, input) => take(context, { ...input, reason: null }));
const decide = implement(contract.decideArticle, take);

/** A picture as it is kept for articles; its bytes are in the store already. */
export async function keepColumnPicture({ tx, actor, now }: Context, unit: Placement, file: Omit<ColumnPicture, 'id'> & { readonly sha256: string; readonly sm3: string; readonly checked: string }): Promise<ColumnPicture> {
  const id = recordId(unit.provinceCode, randomUUID());
  const { name, mediaType, bytes, sha256, sm3, width, height, checked } = file;
  await insertPicture(tx, { provinceCode: unit.provinceCode, id, unitCode: unit.unitCode, name, mediaType, bytes, sha256, sm3, width, height, checked, uploadedBy: actor.accountId, uploadedAt: now });
  return { id, name, mediaType, bytes, width, height };
}

const upload = implementInStages(
  contract.uploadColumnPicture,
  async (context, { edition, unitCode, name }) => {
    const actor = signedIn(context.actor);
    await context.read((tx) => authorise({ tx, actor }, 'write_column', edition, unitCode));
    const checked = await checkUpload(context, unitCode, 'column_picture');
    // What goes before the public waits for the scanner, whatever else may.
    if (checked === 'pending') raise(problem('scan_unavailable', { retryAfterSeconds: 60 }));
    const { thumbnail: _thumbnail, ...file } = enforce(await takeFile(context.bytes, name));
    if (file.width === null || file.height === null) raise(problem('file_refused', { reason: 'type_not_allowed' }));
    await context.blobs.put(file.sha256, file.bytes);
    return { ...file, width: file.width, height: file.height, bytes: file.bytes.length, checked };
  },
  async (context, { edition, unitCode }, file) => {
    const unit = await authorise(context, 'write_column', edition, unitCode);
    const kept = await keepColumnPicture(context, unit, file);
    context.record({ action: 'column.upload_picture', unitCode, subjectKind: 'column_picture', subjectId: kept.id, after: { name: kept.name, bytes: kept.bytes, sha256: file.sha256 } });
    return kept;
  },
);

const takeEvidence = implement(contract.takeEvidencePicture, async (context, { edition, unitCode, evidence: evidenceId }) => {
  const unit = await authorise(context, 'write_column', edition, unitCode);
  const evidence = found(await findEvidence(context.tx, evidenceId), 'evidence', evidenceId);
  await authorise(context, 'read_ledger', edition, unitCode);
  if (evidence.unitCode !== unitCode || evidence.width === null || evidence.height === null) raise(problem('not_found', { kind: 'evidence', id: evidenceId }));
  if (!isShown(evidence.checked)) raise(problem('file_refused', { reason: evidence.checked === 'infected' ? 'infected' : 'check_pending' }));
  const kept = await keepColumnPicture(context, unit, { ...evidence, width: evidence.width, height: evidence.height });
  context.record({ action: 'column.take_picture', unitCode, subjectKind: 'column_picture', subjectId: kept.id, after: { evidence: evidenceId, name: kept.name } });
  return kept;
});

const picture = implementInStages(
  contract.readColumnPicture,
  async (context, { id }) => {
    const actor = signedIn(context.actor);
    const row = await context.read(async (tx) => {
      const stored = found(await findPicture(tx, id), 'column_picture', id);
      const units = actor.grants.filter(({ role }) => ['column_editor', 'column_publisher', 'head', 'coordinator', 'national_office'].includes(role)).map(({ unitCode }) => unitCode);
      if (!units.includes(stored.unitCode)) raise(problem('not_permitted', { verb: 'read_column', unitCode: stored.unitCode }));
      return stored;
    });
    return fileOf(context, row);
  },
  async (_context, _input, file) => file,
);

async function fileOf({ blobs }: OutsideContext, { sha256, id, mediaType, name }: { readonly sha256: string; readonly id: string; readonly mediaType: string; readonly name: string }): Promise<FileAnswer> {
  return { mediaType, fileName: name, inline: true, bytes: found(await blobs.get(sha256), 'column_picture', id) };
}

function signedIn(actor: Actor | null): Actor {
  return actor ?? raise(problem('not_signed_in'));
}

const settings = implement(contract.getColumnSettings, async (context, { edition, unitCode }) => {
  const unit = await authorise(context, 'read_column', edition, unitCode);
  const { shown = null, approvedByName = null, proposed = null, proposedBy = null, proposedByName = null, proposedAt = null } = (await findSettings(context.tx, unitCode)) ?? {};
  return {
    shown, approvedByName, proposed, proposedByName, proposedAt, mayPropose: may(context.actor, 'write_column', unit),
    mayApprove: proposed !== null && proposedBy !== context.actor.accountId && may(context.actor, 'publish_column', unit),
  };
});

const propose = implement(contract.proposeColumnSettings, async (context, { edition, unitCode, settings: wanted }) => {
  await authorise(context, 'write_column', edition, unitCode);
  await saveProposedSettings(context.tx, unitCode, wanted, { accountId: context.actor.accountId, accountName: context.actor.name, now: context.now });
  context.record({ action: 'column.propose_settings', unitCode, subjectKind: 'column_setting', subjectId: unitCode, after: { office: wanted.office, licence: wanted.licence } });
  return { done: true as const };
});

const approve = implement(contract.approveColumnSettings, async (context, { edition, unitCode }) => {
  await authorise(context, 'publish_column', edition, unitCode);
  const standing = await findSettings(context.tx, unitCode);
  if (standing?.proposed === undefined || standing.proposed === null) raise(problem('wrong_state', { act: 'approve', state: 'nothing_proposed' }));
  if (standing.proposedBy === context.actor.accountId) raise(problem('refused_by_rule', { rule: 'author_publishes' }));
  await saveShownSettings(context.tx, unitCode, standing.proposed, { accountName: context.actor.name, now: context.now });
  context.record({ action: 'column.approve_settings', unitCode, subjectKind: 'column_setting', subjectId: unitCode, before: { office: standing.shown?.office ?? null }, after: { office: standing.proposed.office } });
  return { done: true as const };
});

export const columnActions: readonly Implementation[] = [...publicActions, list, create, read, save, act, decide, upload, takeEvidence, picture, ...releaseActions, settings, propose, approve];
