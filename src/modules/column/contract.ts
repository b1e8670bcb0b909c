// What may be asked about the public column: by everybody, and by those who write it.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate, instant } from '../../shared/instant.ts';
import { done, editionCode, fileName, plainText, queryInteger, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import {
  articleDocument, articleKind, articleState, articleSummary, articleView, columnPicture, columnSettings, editorialAct, publishedArticle, publishedSummary, publishingAct, releaseBasis, releasedTable, releaseSummary,
} from './model.ts';

const one = { id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const ofUnit = { edition: editionCode, unitCode };
const visitor = { access: 'public', limit: 'visitor' } as const;
const saved = z.object({ version: z.number().int(), state: articleState });

export const getColumnVersion = endpoint({
  ...visitor, name: 'column.get_version', method: 'GET', path: '/api/column/version', summary: 'Changes whenever anything the column shows has changed: for whoever keeps pages.',
  input: z.strictObject({}), output: z.object({ version: z.string() }),
});

export const getColumnHome = endpoint({
  ...visitor, name: 'column.get_home', method: 'GET', path: '/api/column/units/:unitCode', summary: 'What the home page of a unit\'s column shows.',
  input: z.strictObject({ unitCode }),
  output: z.object({
    unit: z.object({ code: z.string(), name: z.string(), shortName: z.string() }), trail: z.array(z.object({ code: z.string(), shortName: z.string() })),
    edition: z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }), theme: z.object({ zh: z.string(), en: z.string() }), from: calendarDate, to: calendarDate }).nullable(),
    settings: columnSettings.nullable(), latest: z.array(publishedSummary), table: releasedTable.nullable(),
  }),
});

export const listPublished = endpoint({
  ...visitor, name: 'column.list_published', method: 'GET', path: '/api/column/units/:unitCode/articles', summary: 'Published articles of a unit and of all below it, the newest first; with `query` those that hold the words.',
  input: z.strictObject({ unitCode, kind: articleKind.optional(), query: plainText(60, 0).default(''), page: queryInteger(1, 500, 1) }),
  output: z.object({ articles: z.array(publishedSummary), total: z.number().int(), pages: z.number().int() }),
});

export const getPublished = endpoint({
  ...visitor, name: 'column.get_published', method: 'GET', path: '/api/column/articles/:id', summary: 'A published article; one taken down says so, why and when.',
  input: z.strictObject(one), output: publishedArticle,
});

export const readPublishedPicture = endpoint({
  ...visitor, name: 'column.read_published_picture', method: 'GET', path: '/api/column/articles/:id/pictures/:picture', summary: 'A picture of a published article.',
  input: z.strictObject({ ...one, picture: recordIdentifier }), output: z.unknown(), answer: 'bytes',
});

export const getReleasedTable = endpoint({
  ...visitor, name: 'column.get_table', method: 'GET', path: '/api/column/units/:unitCode/table', summary: 'The newest released figures of a unit and the units right below, small numbers left out.',
  input: z.strictObject({ unitCode }), output: z.object({ table: releasedTable.nullable() }),
});

export const listColumnUnits = endpoint({
  ...visitor, name: 'column.list_units', method: 'GET', path: '/api/column/units', summary: 'Units with a column of their own, for the map of the site.',
  input: z.strictObject({}), output: z.object({ units: z.array(unitCode), articles: z.array(z.object({ id: z.string(), changedAt: instant })) }),
});

export const listArticles = endpoint({
  name: 'column.list_articles', method: 'GET', path: '/api/editions/:edition/units/:unitCode/articles', summary: 'The unit\'s articles in whatever state, the last saved first.',
  input: z.strictObject({ ...ofUnit, state: articleState.optional() }), output: z.object({ articles: z.array(articleSummary), mayWrite: z.boolean(), mayPublish: z.boolean() }),
});

export const createArticle = endpoint({
  name: 'column.create_article', method: 'POST', path: '/api/editions/:edition/units/:unitCode/articles', summary: 'Begins an article.',
  input: z.strictObject({ ...ofUnit, kind: articleKind, document: articleDocument }), output: z.object({ id: z.string(), version: z.number().int() }),
});

export const getArticle = endpoint({ name: 'column.get_article', method: 'GET', path: '/api/articles/:id', summary: 'An article with what was done with it and what may be.', input: z.strictObject(one), output: articleView });

export const saveArticle = endpoint({
  name: 'column.save_article', method: 'PUT', path: '/api/articles/:id', summary: 'A new state of an article; of a published one its next version, which the public does not see yet.',
  input: z.strictObject({ ...one, version, document: articleDocument }), output: saved, problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const actOnArticle = endpoint({
  name: 'column.act', method: 'POST', path: '/api/articles/:id/acts', summary: 'Offers an article for publication, takes the offer back, removes a draft or restores it.',
  input: z.strictObject({ ...one, version, act: editorialAct }), output: saved, problems: ['stale_version', 'wrong_state', 'refused_by_rule'],
});

export const decideArticle = endpoint({
  name: 'column.decide_article', method: 'POST', path: '/api/articles/:id/decision', summary: 'Publishes an article that was offered (never one of its authors), sends it back, or takes a published one down.',
  input: z.strictObject({ ...one, version, act: publishingAct, reason: reasonText.nullable().default(null) }), output: saved,
  problems: ['stale_version', 'wrong_state', 'refused_by_rule'], stepUp: (input) => input.act !== 'send_back',
});

export const uploadColumnPicture = endpoint({
  name: 'column.upload_picture', method: 'POST', path: '/api/editions/:edition/units/:unitCode/column-pictures', summary: 'Takes one picture for an article, drawn anew and stripped of metadata.',
  input: z.strictObject({ ...ofUnit, name: fileName(120) }), output: columnPicture, problems: ['too_large', 'file_refused', 'rate_limited', 'scan_unavailable'], body: 'bytes', limit: 'upload', maximumBytes: 15 * 1024 * 1024,
});

export const takeEvidencePicture = endpoint({
  name: 'column.take_picture', method: 'POST', path: '/api/editions/:edition/units/:unitCode/column-pictures/from-evidence', summary: 'Takes a picture of the unit\'s ledger for an article; for whoever may read the ledger as well.',
  input: z.strictObject({ ...ofUnit, evidence: recordIdentifier }), output: columnPicture,
});

export const readColumnPicture = endpoint({ name: 'column.read_picture', method: 'GET', path: '/api/column-pictures/:id', summary: 'A picture for those who write.', input: z.strictObject(one), output: z.unknown(), answer: 'bytes' });

export const listReleases = endpoint({
  name: 'column.list_releases', method: 'GET', path: '/api/editions/:edition/units/:unitCode/releases', summary: 'Tables frozen for the public and what became of them.',
  input: z.strictObject(ofUnit), output: z.object({ releases: z.array(releaseSummary), mayFreeze: z.boolean() }),
});

export const freezeRelease = endpoint({
  name: 'column.freeze', method: 'POST', path: '/api/editions/:edition/units/:unitCode/releases', summary: 'Freezes the figures of the unit and all below it, to be released to the public by a second person.',
  input: z.strictObject({ ...ofUnit, asOf: calendarDate, basis: releaseBasis }), output: z.object({ id: z.string() }), problems: ['refused_by_rule'], long: true,
});

export const decideRelease = endpoint({
  name: 'column.decide_release', method: 'POST', path: '/api/releases/:id/decision', summary: 'Releases a frozen table (never whoever froze it), refuses it, or takes a released one back with a reason.',
  input: z.strictObject({ ...one, verdict: z.enum(['release', 'refuse', 'withdraw']), reason: reasonText.nullable().default(null) }), output: done,
  problems: ['wrong_state', 'refused_by_rule'], stepUp: true, long: true,
});

export const getColumnSettings = endpoint({
  name: 'column.get_settings', method: 'GET', path: '/api/editions/:edition/units/:unitCode/column-settings', summary: 'What the unit says of itself on its column, and what is proposed.',
  input: z.strictObject(ofUnit),
  output: z.object({ shown: columnSettings.nullable(), approvedByName: z.string().nullable(), proposed: columnSettings.nullable(), proposedByName: z.string().nullable(), proposedAt: instant.nullable(), mayPropose: z.boolean(), mayApprove: z.boolean() }),
});

export const proposeColumnSettings = endpoint({
  name: 'column.propose_settings', method: 'PUT', path: '/api/editions/:edition/units/:unitCode/column-settings', summary: 'Proposes what the unit says of itself.',
  input: z.strictObject({ ...ofUnit, settings: columnSettings }), output: done,
});

export const approveColumnSettings = endpoint({
  name: 'column.approve_settings', method: 'POST', path: '/api/editions/:edition/units/:unitCode/column-settings/approval', summary: 'Shows the public what was proposed; never whoever proposed it.',
  input: z.strictObject(ofUnit), output: done, problems: ['wrong_state', 'refused_by_rule'], stepUp: true,
});
