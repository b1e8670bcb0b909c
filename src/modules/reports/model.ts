// Reports (总结报告、调研分析报告、信息) as data. A number of the table is never typed into a report: it stands there as a
// bound figure, and becomes text when the report is read. Numbering of headings, tables and pictures is computed, never stored.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { editionCode, indicatorCode, plainText, recordIdentifier, runningText, unitCode } from '../../shared/wire.ts';

/** 总结报告, 调研分析报告, 信息. */
export const reportKind = z.enum(['summary', 'research', 'information']);
export type ReportKind = z.output<typeof reportKind>;

/** 本级, 辖区合计. */
export const figureScope = z.enum(['own', 'jurisdiction']);
export type FigureScope = z.output<typeof figureScope>;

/** `rounded`: with 余 where digits are left out; `times`: 家次 instead of 家. */
export const figureForm = z.enum(['exact', 'rounded', 'times']);
export type FigureForm = z.output<typeof figureForm>;

/** A number of the table, by its place in it. */
export const boundFigure = z.strictObject({ indicator: indicatorCode, scope: figureScope, form: figureForm });
export type BoundFigure = z.output<typeof boundFigure>;

export const textRun = z.strictObject({ text: runningText(4000), bold: z.boolean() });
export const figureRun = z.strictObject({ figure: boundFigure, bold: z.boolean() });
export const run = z.union([textRun, figureRun]);
export type TextRun = z.output<typeof textRun>;
export type FigureRun = z.output<typeof figureRun>;
export type Run = z.output<typeof run>;

const runs = z.array(run).max(400, { error: 'too_many' });
const caption = plainText(80, 0);

export const headingLevel = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type HeadingLevel = z.output<typeof headingLevel>;

export const heading = z.strictObject({ type: z.literal('heading'), level: headingLevel, runs });
export const paragraph = z.strictObject({ type: z.literal('paragraph'), runs });
/** The whole table of the edition with the report's figures. */
export const annexTable = z.strictObject({ type: z.literal('annex_table'), caption });
/** Units below by chosen indicators. */
export const unitsTable = z.strictObject({ type: z.literal('units_table'), caption, indicators: z.array(indicatorCode).min(1).max(6, { error: 'too_many' }) });
/** A small table typed by hand; its first row is the head. */
export const ownTable = z.strictObject({ type: z.literal('own_table'), caption, rows: z.array(z.array(plainText(200, 0)).min(1).max(8, { error: 'too_many' })).min(1).max(60, { error: 'too_many' }) });
/** A picture of the unit's evidence. */
export const picture = z.strictObject({ type: z.literal('picture'), evidence: recordIdentifier, caption });

export const block = z.discriminatedUnion('type', [heading, paragraph, annexTable, unitsTable, ownTable, picture]);
export type Block = z.output<typeof block>;

export const picturesMost = 30;

export const reportDocument = z.strictObject({
  title: plainText(120, 0),
  /** 主送; empty where nobody is addressed. Without the colon. */
  addressee: plainText(200, 0),
  blocks: z.array(block).max(600, { error: 'too_many' }).refine((blocks) => blocks.filter(({ type }) => type === 'picture').length <= picturesMost, { error: 'too_many' }),
  /** Names under 附件, in order. */
  attachments: z.array(plainText(120)).max(20, { error: 'too_many' }),
  /** 发文机关署名. */
  signature: plainText(80, 0),
  /** 成文日期; null while it is open. */
  date: calendarDate.nullable(),
});
export type ReportDocument = z.output<typeof reportDocument>;

/** What the numbers of a report stand on: the last sealed version of the return, or the live table while nothing is sealed. */
export const figureTable = z.object({
  basis: z.enum(['sealed', 'live']),
  /** Number of the sealed version. */
  version: z.number().int().nullable(),
  /** By indicator; `times` is null where 家次 are not known, as in a sealed total. */
  own: z.record(z.string(), z.object({ value: z.number().int(), times: z.number().int().nullable() })),
  jurisdiction: z.record(z.string(), z.object({ value: z.number().int(), times: z.number().int().nullable() })),
  units: z.array(z.object({ unitCode, name: z.string(), total: z.record(z.string(), z.number().int()) })),
});
export type FigureTable = z.output<typeof figureTable>;

/** What a report showed when it was saved: numbers by key (rules.keyOf). */
export const shownNumbers = z.record(z.string(), z.number().int().nullable());
export type ShownNumbers = z.output<typeof shownNumbers>;

/** A number that is another one than when the report was last saved. */
export const numberChange = z.object({ key: z.string(), figure: boundFigure, from: z.number().int().nullable(), to: z.number().int().nullable() });
export type NumberChange = z.output<typeof numberChange>;

/** A picture as the editor and the export show it. */
export const reportPicture = z.object({ id: z.string(), name: z.string(), mediaType: z.string(), width: z.number().int(), height: z.number().int(), activityTitle: z.string().nullable() });
export type ReportPicture = z.output<typeof reportPicture>;

export const reportSummary = z.object({
  id: z.string(),
  kind: reportKind,
  title: z.string(),
  version: z.number().int(),
  savedAt: instant,
  savedByName: z.string(),
  /** Places a person still has to fill. */
  blanks: z.number().int(),
  demonstration: z.boolean(),
});
export type ReportSummary = z.output<typeof reportSummary>;

export const reportView = reportSummary.extend({
  edition: editionCode,
  unitCode,
  unitName: z.string(),
  /** `submitted`: from above, as it stood when the return was submitted. */
  from: z.enum(['own', 'submitted']),
  document: reportDocument,
  figures: figureTable,
  changes: z.array(numberChange),
  /** Pictures the report may show: those of the unit's ledger. Empty from above except for those in the report. */
  pictures: z.array(reportPicture),
  may: z.array(z.enum(['save', 'remove'])),
});
export type ReportView = z.output<typeof reportView>;

export const reportChange = z.enum(['drafted', 'saved', 'restored', 'removed']);

export const reportVersion = z.object({ version: z.number().int(), title: z.string(), change: reportChange, accountName: z.string(), at: instant });
export type ReportVersion = z.output<typeof reportVersion>;

export const reportFormat = z.enum(['docx', 'pdf']);
export type ReportFormat = z.output<typeof reportFormat>;
