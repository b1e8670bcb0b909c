// The public column (服务月专栏): articles, pictures, released tables, and what a unit says of itself. Text is data, never HTML.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { indicatorCode, plainText, recordIdentifier, runningText, unitCode } from '../../shared/wire.ts';

/** 工作动态, 政策法规, 保护指引, 典型案例. */
export const articleKind = z.enum(['news', 'policy', 'guide', 'typical_case']);
export type ArticleKind = z.output<typeof articleKind>;

/** 起草中, 待审发, 已发布, 已撤下, 已删除 (in the bin). A published article whose next version is being written is a draft again; the public goes on reading the published one. */
export const articleState = z.enum(['draft', 'offered', 'published', 'taken_down', 'removed']);
export type ArticleState = z.output<typeof articleState>;

/** Links go to https only: no script, no plain text in between. */
const link = z.string().max(500, { error: 'text_too_long' }).regex(/^https:\/\/[^\s"'<>\\]+$/, { error: 'link_not_https' });

export const articleRun = z.strictObject({ text: runningText(4000), bold: z.boolean().default(false), link: link.nullable().default(null) });
export type ArticleRun = z.output<typeof articleRun>;
const runs = z.array(articleRun).max(200, { error: 'too_many' });

export const articleHeading = z.strictObject({ type: z.literal('heading'), level: z.union([z.literal(2), z.literal(3)]), text: plainText(120) });
export const articleParagraph = z.strictObject({ type: z.literal('paragraph'), runs });
export const articleList = z.strictObject({ type: z.literal('list'), ordered: z.boolean(), items: z.array(runs).min(1).max(100, { error: 'too_many' }) });
export const articleQuote = z.strictObject({ type: z.literal('quote'), runs });
/** Whoever cannot see a picture reads `alt`: a picture without it is refused. */
export const articlePicture = z.strictObject({ type: z.literal('picture'), picture: recordIdentifier, alt: plainText(200, 2), caption: plainText(120, 0) });
export const articleBlock = z.discriminatedUnion('type', [articleHeading, articleParagraph, articleList, articleQuote, articlePicture]);
export type ArticleBlock = z.output<typeof articleBlock>;

export const picturesMost = 20;

export const articleDocument = z.strictObject({
  title: plainText(80, 2),
  /** For lists, feeds and search engines. */
  summary: plainText(200, 0),
  /** 来源, as printed. */
  origin: plainText(60, 0),
  blocks: z.array(articleBlock).max(300, { error: 'too_many' }).refine((blocks) => blocks.filter(({ type }) => type === 'picture').length <= picturesMost, { error: 'too_many' }),
  /** Not before this moment (不早于); null: as soon as it is published. */
  notBefore: instant.nullable(),
});
export type ArticleDocument = z.output<typeof articleDocument>;

export const articleChange = z.enum(['drafted', 'saved', 'offered', 'withdrawn', 'sent_back', 'published', 'taken_down', 'removed', 'restored']);
export type ArticleChange = z.output<typeof articleChange>;

/** What may be done with an article besides saving it. */
export const editorialAct = z.enum(['offer', 'withdraw', 'remove', 'restore']);
export type EditorialAct = z.output<typeof editorialAct>;
export const publishingAct = z.enum(['send_back', 'publish', 'take_down']);
export type PublishingAct = z.output<typeof publishingAct>;
export const articleAct = z.enum([...editorialAct.options, ...publishingAct.options]);
export type ArticleAct = z.output<typeof articleAct>;

export const columnPicture = z.object({ id: z.string(), name: z.string(), mediaType: z.string(), width: z.number().int(), height: z.number().int(), bytes: z.number().int() });
export type ColumnPicture = z.output<typeof columnPicture>;

export const articleSummary = z.object({
  id: z.string(), kind: articleKind, state: articleState, title: z.string(), version: z.number().int(), publishedVersion: z.number().int().nullable(), savedAt: instant, savedByName: z.string(),
  demonstration: z.boolean(),
});
export type ArticleSummary = z.output<typeof articleSummary>;

export const articleView = articleSummary.extend({
  unitCode, document: articleDocument, pictures: z.array(columnPicture), maySave: z.boolean(), may: z.array(articleAct),
  /** Acts the caller's role gives but this article or this person does not: act and rule. */
  mayNot: z.array(z.object({ act: articleAct, rule: z.string() })),
  versions: z.array(z.object({ version: z.number().int(), change: articleChange, accountName: z.string(), at: instant, reason: z.string().nullable() })),
});
export type ArticleView = z.output<typeof articleView>;

/** What everybody reads. */
export const publishedSummary = z.object({ id: z.string(), kind: articleKind, unitCode, unitName: z.string(), title: z.string(), summary: z.string(), publishedAt: instant, picture: z.object({ id: z.string(), alt: z.string() }).nullable(), demonstration: z.boolean() });
export type PublishedSummary = z.output<typeof publishedSummary>;

export const publishedArticle = z.discriminatedUnion('standing', [
  publishedSummary.extend({ standing: z.literal('shown'), origin: z.string(), blocks: z.array(articleBlock), pictures: z.array(columnPicture), version: z.number().int() }),
  z.object({ standing: z.literal('taken_down'), title: z.string(), unitCode, unitName: z.string(), at: instant, reason: z.string() }),
]);
export type PublishedArticle = z.output<typeof publishedArticle>;

/** 台账 as it stood, or what the units had submitted. */
export const releaseBasis = z.enum(['ledger', 'returns']);
export type ReleaseBasis = z.output<typeof releaseBasis>;

/** 待审发, 已公布, 已撤回, 未同意公布. */
export const releaseState = z.enum(['frozen', 'released', 'withdrawn', 'refused']);
export type ReleaseState = z.output<typeof releaseState>;

/** A place in a release: a unit with all below it, or the own work of a unit that has units below (`own`). Sums of the places below make each. */
export const releaseNode = z.object({ code: z.string(), parent: z.string().nullable(), values: z.array(z.number().int()) });
export type ReleaseNode = z.output<typeof releaseNode>;

/** True figures, in the order of `indicators`. Never shown to the public. */
export const releaseContent = z.object({ indicators: z.array(indicatorCode), nodes: z.array(releaseNode) });
export type ReleaseContent = z.output<typeof releaseContent>;

/** A cell as the public sees it; null where it is left out. */
export const shownValue = z.number().int().nullable();

export const releaseSummary = z.object({
  id: z.string(), asOf: calendarDate, basis: releaseBasis, state: releaseState, units: z.number().int(), cells: z.number().int(),
  /** Cells the public does not see: small ones, and those without which small ones could be computed. */
  hidden: z.number().int().nullable(),
  frozenByName: z.string(), frozenAt: instant, decidedByName: z.string().nullable(), decidedAt: instant.nullable(), reason: z.string().nullable(), may: z.array(z.enum(['release', 'refuse', 'withdraw'])), mayNot: z.string().nullable(),
  demonstration: z.boolean(),
});
export type ReleaseSummary = z.output<typeof releaseSummary>;

/** A unit's released figures with those of the units right below, as the public sees them. */
export const releasedTable = z.object({
  asOf: calendarDate, basis: releaseBasis, releasedAt: instant, ofUnit: unitCode, ofUnitName: z.string(), edition: z.string(), editionTitle: z.object({ zh: z.string(), en: z.string() }),
  indicators: z.array(z.object({ code: z.string(), row: z.number().int(), label: z.string(), englishLabel: z.string(), unitWord: z.string(), unit: z.string() })),
  total: z.array(shownValue),
  /** Own work of the unit, where units report to it. */
  own: z.array(shownValue).nullable(),
  rows: z.array(z.object({ unitCode, name: z.string(), hasBelow: z.boolean(), values: z.array(shownValue) })),
});
export type ReleasedTable = z.output<typeof releasedTable>;

/** Terms of use the office may choose. */
export const licence = z.enum(['attribution', 'cc_by_4', 'none']);
export type Licence = z.output<typeof licence>;

export const columnSettings = z.strictObject({
  office: plainText(60, 2),
  telephone: plainText(60, 0),
  address: plainText(120, 0),
  hours: plainText(80, 0),
  /** How to get help, a paragraph a line. */
  help: z.string().max(2_000, { error: 'text_too_long' }).overwrite((text) => text.normalize('NFC').trim()),
  licence,
});
export type ColumnSettings = z.output<typeof columnSettings>;
