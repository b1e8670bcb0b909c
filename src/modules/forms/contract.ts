// What may be asked of forms: the sheet as data, the sheet as a file, and which sheets below can be taken along.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, unitCode } from '../../shared/wire.ts';
import { formFormat, formSheet } from './model.ts';

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
