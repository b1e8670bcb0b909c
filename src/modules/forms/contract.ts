// What may be asked of forms: the sheet as data, the sheet as a file, which sheets below can be taken along; forms filled by hand and read in.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { count, editionCode, fileName, indicatorCode, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { formFormat, formReading, formRecord, formSheet } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };

/** A frozen version by number; the draft as it stands; or the newest that has been sealed, else the draft. */
export const wantedSheet = z.union([z.enum(['draft', 'newest']), z.coerce.number().int().min(1).max(100_000)]).default('newest');
export type WantedSheet = z.output<typeof wantedSheet>;

export const getSheet = endpoint({
  name: 'forms.get_sheet',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/form/sheet',
  summary: 'The official annex as data, as it is printed: a draft with a mark, a sealed version with its receipt. From above only submitted versions.',
  input: z.strictObject({ ...ofUnit, version: wantedSheet }),
  output: z.object({
    sheet: formSheet,
    /** The receipt's QR code: black squares as a path of SVG in a square of `size`. */
    code: z.object({ size: z.number().int(), path: z.string() }).nullable(),
    /** Official fonts this installation does not have, with what PDF files are set in instead. */
    substitutes: z.array(z.object({ official: z.string(), substitute: z.string() })),
  }),
});

export const writeSheet = endpoint({
  name: 'forms.write',
  limit: 'file',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/form',
  summary: 'The official annex as a file of Word, Excel or PDF (PDF/A-2b, the same bytes for the same sealed version). From above only submitted versions.',
  input: z.strictObject({ ...ofUnit, format: formFormat, version: wantedSheet }),
  output: z.unknown(),
  problems: ['rate_limited'],
  answer: 'bytes',
});

export const listSheetsBelow = endpoint({
  name: 'forms.list_below',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/forms',
  summary: 'Units below that have submitted, with the version submitted last, for taking many forms along at once; only those whose return the caller may read.',
  input: z.strictObject({ ...ofUnit, depth: z.enum(['children', 'all']).default('children') }),
  output: z.object({
    units: z.array(z.object({ unitCode: z.string(), name: z.string(), depth: z.number().int(), version: z.number().int() })),
    /** Units below altogether, those without a submitted version too. */
    unitsBelow: z.number().int(),
  }),
});

export const readFilledForm = endpoint({
  name: 'forms.read',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/forms',
  summary: 'Reads a filled form (DOCX, XLSX, DOC, XLS, CSV): each figure with where it stood, and every doubt as a question. Counts nothing until it is confirmed.',
  input: z.strictObject({ ...ofUnit, name: fileName(120) }),
  output: z.object({
    form: formRecord,
    reading: formReading,
    /** The unit's own figures without any form. */
    ledger: z.record(z.string(), z.number().int()),
    /** Something the unit said before about forms of this layout was used. */
    remembered: z.boolean(),
    /** The form that confirming this one would replace. */
    replaces: formRecord.nullable(),
  }),
  problems: ['too_large', 'file_refused', 'scan_unavailable', 'rate_limited', 'refused_by_rule'],
  body: 'bytes',
  limit: 'upload',
  maximumBytes: 30 * 1024 * 1024,
});

export const confirmForm = endpoint({
  name: 'forms.confirm',
  method: 'POST',
  path: '/api/forms/:id/confirm',
  summary: 'The clerk confirms the figures of a form. Where they differ from the ledger, the differences are kept as adjustments that name the form. An earlier form of the unit is replaced.',
  input: z.strictObject({
    id: recordIdentifier,
    /** Every cell of the table; null: the ledger's figure holds. */
    figures: z.record(indicatorCode, count.nullable()),
    /** Cells in which the form holds although the ledger has more. */
    below: z.array(indicatorCode).max(100),
    /** For questions answered by a row or column of the form: remembered for the next form of this layout. */
    chosen: z.record(indicatorCode, z.strictObject({ rowKey: z.string().max(200), column: z.number().int().min(1).max(20_000) })),
  }),
  output: formRecord,
  problems: ['wrong_state', 'refused_by_rule'],
});

export const withdrawForm = endpoint({
  name: 'forms.withdraw',
  method: 'POST',
  path: '/api/forms/:id/withdraw',
  summary: 'Takes a confirmed form back with all it added; it stays listed. With `restore` the form it had replaced holds again.',
  input: z.strictObject({ id: recordIdentifier, reason: reasonText, restore: z.boolean() }),
  output: formRecord,
  problems: ['wrong_state', 'refused_by_rule'],
});

export const listReadForms = endpoint({
  name: 'forms.list_read',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/forms/read',
  summary: "The unit's confirmed forms, the one that holds first.",
  input: z.strictObject(ofUnit),
  output: z.object({ forms: z.array(formRecord) }),
});

export const readFormContent = endpoint({
  name: 'forms.read_content',
  method: 'GET',
  path: '/api/forms/:id/content',
  summary: 'The file of a form as it was read in. From above only what stands behind the submitted return.',
  input: z.strictObject({ id: recordIdentifier }),
  output: z.unknown(),
  answer: 'bytes',
});
