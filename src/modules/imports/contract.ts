// What may be asked about sheets on their way into the ledger. A sheet is uploaded, its columns are confirmed, each part is
// checked without changing anything, and taken: one call, one part, one transaction. Done in steps, so that anybody can stop.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, fileName, plainText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { checkedRow, columnTargets, importJob, importSubject, maximumSheetBytes, mostRows } from './model.ts';

const ledger = { edition: editionCode, unitCode };
const one = { id: recordIdentifier };
const kind = z.string().regex(/^[a-z][a-z0-9_]{1,40}$/, { error: 'unknown_kind' });
const part = z.coerce.number().int().min(0).max(mostRows);

export const writeImportTemplate = endpoint({
  name: 'imports.write_template',
  limit: 'file',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/imports/template',
  summary: 'A workbook to fill in for one kind of entry (or for enterprises, without a kind), with lists to choose from and an example; withEntries also what the ledger has, to be changed and uploaded again.',
  input: z.strictObject({ ...ledger, subject: importSubject.default('ledger'), kind: kind.nullable().default(null), withEntries: z.boolean().default(false) }),
  output: z.unknown(),
  answer: 'stream',
});

export const uploadImport = endpoint({
  name: 'imports.upload',
  long: true,
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/imports',
  summary: 'Reads an XLSX or CSV file (up to 50,000 rows) and proposes what its columns are. Nothing is taken into the ledger yet.',
  input: z.strictObject({ ...ledger, subject: importSubject.default('ledger'), kind: kind.optional(), fileName: fileName(160) }),
  output: importJob,
  problems: ['file_refused', 'too_large', 'scan_unavailable'],
  body: 'bytes',
  limit: 'upload',
  maximumBytes: maximumSheetBytes,
});

export const listImports = endpoint({
  name: 'imports.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/imports',
  summary: 'The unit\'s last twenty imports, newest first, to go on with or to take back.',
  input: z.strictObject(ledger),
  output: z.object({ imports: z.array(importJob.omit({ firstRows: true })) }),
});

export const getImport = endpoint({
  name: 'imports.get',
  method: 'GET',
  path: '/api/imports/:id',
  summary: 'One import: its first rows, its columns, how far it is.',
  input: z.strictObject(one),
  output: importJob,
});

export const mapImport = endpoint({
  name: 'imports.map',
  method: 'PUT',
  path: '/api/imports/:id/columns',
  summary: 'Confirms which row has the headings (from 0; null: none) and what each column is. Remembered for the unit\'s next sheet with these headings.',
  input: z.strictObject({ ...one, headerRow: z.number().int().min(0).max(19).nullable(), columns: columnTargets }),
  output: importJob,
  problems: ['wrong_state'],
});

export const checkImport = endpoint({
  name: 'imports.check',
  long: true,
  method: 'GET',
  path: '/api/imports/:id/parts/:part',
  summary: 'What taking one part would do, row by row. Changes nothing.',
  input: z.strictObject({ ...one, part }),
  output: z.object({ rows: z.array(checkedRow) }),
  problems: ['wrong_state'],
});

export const applyImport = endpoint({
  name: 'imports.apply',
  long: true,
  method: 'POST',
  path: '/api/imports/:id/apply',
  summary: 'Takes the next part, which is named, so that none is taken twice: good new rows are recorded, changed ones edited if `changes` says so; wrong rows are left out.',
  input: z.strictObject({ ...one, part: z.number().int().min(0).max(mostRows), changes: z.boolean() }),
  output: importJob.omit({ firstRows: true }),
  problems: ['wrong_state', 'refused_by_rule'],
});

export const undoImport = endpoint({
  name: 'imports.undo',
  long: true,
  method: 'POST',
  path: '/api/imports/:id/undo',
  summary: 'Moves the next entries that the import recorded, and that nobody has changed since, to the recycle bin. Called until the state is `undone`.',
  input: z.strictObject(one),
  output: importJob.omit({ firstRows: true }),
  problems: ['wrong_state', 'refused_by_rule'],
});

export const writeProblemSheet = endpoint({
  name: 'imports.write_problems',
  limit: 'file',
  method: 'POST',
  path: '/api/imports/:id/problems',
  summary: 'A workbook of the rows named, with the headings, the original cells and what is said about each: to be corrected and uploaded again.',
  input: z.strictObject({ ...one, heading: plainText(20), problems: z.array(z.strictObject({ row: z.number().int().min(1), text: plainText(1000) })).max(mostRows) }),
  output: z.unknown(),
  answer: 'stream',
  maximumBytes: 16 * 1024 * 1024,
});
