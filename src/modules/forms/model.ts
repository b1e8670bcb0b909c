// Forms: the official annex as data. One sheet is what stands on the screen, on paper, in Word, in Excel and in PDF.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';

export const formFormat = z.enum(['docx', 'xlsx', 'pdf']);
export type FormFormat = z.output<typeof formFormat>;

/** One cell of the annex with what stands before it. */
export const formLine = z.object({
  code: z.string(),
  /** 序号, as printed. */
  row: z.number().int(),
  /** Lines the printed number spans; 0 where an earlier line holds it. */
  span: z.number().int(),
  label: z.string(),
  unitWord: z.string(),
  /** Null prints empty brackets. */
  figure: z.number().int().nullable(),
});
export type FormLine = z.output<typeof formLine>;

/** The receipt of a seal, and where it can be checked. */
export const formReceipt = z.object({ code: z.string(), version: z.number().int(), sealedAt: instant, address: z.string() });
export type FormReceipt = z.output<typeof formReceipt>;

export const formMark = z.enum(['demonstration', 'unofficial']);
export type FormMark = z.output<typeof formMark>;

export const formSheet = z.object({
  /** 附件. */
  heading: z.string(),
  title: z.string(),
  /** 填报单位(盖章): and so on, then the name as it was. */
  unitLine: z.string(),
  unitName: z.string(),
  /** The day of the seal; with blanks before there is one. */
  dateLine: z.string(),
  columns: z.tuple([z.string(), z.string(), z.string()]),
  lines: z.array(formLine),
  /** Without a seal it is a draft, and says so. */
  receipt: formReceipt.nullable(),
  marks: z.array(formMark),
  /** The moment the figures stood so: of the seal or the freezing, for a draft of asking. Written files name it as theirs. */
  asOf: instant,
});
export type FormSheet = z.output<typeof formSheet>;

// What is read from a filled form: each figure with where it stood, and every doubt as a question. A figure is a whole number without
// a doubt of its own, or null with one.

/** Where something stood. `grid` is the sheet's name or the table's number; both are counted from 1. */
export const formPlace = z.object({ kind: z.enum(['table', 'sheet', 'lines']), grid: z.string(), row: z.number().int(), column: z.number().int() });
export type FormPlace = z.output<typeof formPlace>;

/** What a figure was read from: the cell as it stood and the label of its row. */
export const formSource = formPlace.extend({ text: z.string(), rowKey: z.string() });
export type FormSource = z.output<typeof formSource>;

/**
 * Why a figure is asked. About the cell: `blank`, `dash` (— or /), `none_word` (无, 零), `several_numbers`, `scaled` (万), `not_whole`,
 * `negative`, `unclear` (约, 余, any other words), `too_large`, `unit_differs`, `struck`, `raised`, `hidden`, `revised`,
 * `shown_otherwise`. About its place: `merged_rows` (one cell for several rows), `several_rows`, `several_columns`, `other_column`,
 * `several_forms`, `label_missing`, `label_differs`, `row_belonging` (which 参与企业 is it). About the form, without a code:
 * `edition_differs`, `other_unit`. Against the ledger: `below_ledger`.
 */
export const doubtKind = z.enum([
  'blank', 'dash', 'none_word', 'several_numbers', 'scaled', 'not_whole', 'negative', 'unclear', 'too_large', 'unit_differs', 'struck', 'raised', 'hidden', 'revised', 'shown_otherwise',
  'merged_rows', 'several_rows', 'several_columns', 'other_column', 'several_forms', 'label_missing', 'label_differs', 'row_belonging', 'edition_differs', 'other_unit', 'below_ledger',
]);
export type DoubtKind = z.output<typeof doubtKind>;

/** A figure that could be meant, and where it stands when it stands somewhere. */
export const doubtCandidate = z.object({ value: z.number().int(), source: formSource.nullable() });
export type DoubtCandidate = z.output<typeof doubtCandidate>;

export const formDoubt = z.object({
  code: z.string().nullable(),
  kind: doubtKind,
  /** As it stood. */
  text: z.string(),
  where: formPlace.nullable(),
  candidates: z.array(doubtCandidate),
});
export type FormDoubt = z.output<typeof formDoubt>;

/** A row with a number that is none of this table, left out. */
export const formNote = z.object({ kind: z.literal('row_not_of_table'), text: z.string(), where: formPlace });
export type FormNote = z.output<typeof formNote>;

export const formReading = z.object({
  figures: z.record(z.string(), z.number().int().nullable()),
  sources: z.record(z.string(), formSource),
  doubts: z.array(formDoubt),
  notes: z.array(formNote),
  /** 填报单位 as it stood; empty when the line was empty. */
  unitName: z.string(),
  /** The labels of the form in order, without its figures: forms of one making have the same. */
  layout: z.string(),
});
export type FormReading = z.output<typeof formReading>;

/** What a unit has said before about forms of this layout: which row is meant for an indicator, and in which column its figures stand. */
export const formChoices = z.strictObject({ rows: z.record(z.string(), z.string()), column: z.number().int().nullable() });
export type FormChoices = z.output<typeof formChoices>;

/** A form read in, as its unit sees it. */
export const formRecord = z.object({
  id: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  uploadedAt: instant,
  confirmedAt: instant.nullable(),
  confirmedByName: z.string().nullable(),
  /** What was confirmed; null where the ledger's figure holds. */
  figures: z.record(z.string(), z.number().int().nullable()),
  withdrawn: z.boolean(),
  /** Ledger entries recorded after the form was confirmed: they count on top of its figures. */
  entriesSince: z.number().int(),
});
export type FormRecord = z.output<typeof formRecord>;
