// What may be taken out. A write, because every export leaves an audit record.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, unitCode } from '../../shared/wire.ts';
import { exportFormat, exportLanguage, exportSubject } from './model.ts';

export const makeExport = endpoint({
  name: 'exports.make',
  limit: 'file',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/exports',
  summary: 'A list or matrix as a file, XLSX or CSV, made while it is sent; whoever may see the list may take it out. Recorded in the audit trail. The header x-rows says how many rows it has.',
  input: z.strictObject({ edition: editionCode, unitCode, format: exportFormat, language: exportLanguage.default('zh'), subject: exportSubject }),
  output: z.unknown(),
  problems: ['rate_limited'],
  answer: 'stream',
  // The list of units is public; all else is D2 or above, or names people (security A7, A10).
  stepUp: ({ subject }) => subject.kind !== 'units',
});
