// What may be asked about reports.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { done, editionCode, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { reportDocument, reportFormat, reportKind, reportPicture, reportSummary, reportVersion, reportView } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
const one = { id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const saved = z.object({ version: z.number().int(), savedAt: instant });

export const listReports = endpoint({
  name: 'reports.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/reports',
  summary: 'The reports of a unit. From above only the summary report, as it stood when the return was submitted.',
  input: z.strictObject(ofUnit),
  output: z.object({ reports: z.array(reportSummary), mayWrite: z.boolean() }),
});

export const createReport = endpoint({
  name: 'reports.create',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/reports',
  summary: 'Drafts a report from the table and the unit\'s own ledger. A unit has one summary report in an edition.',
  input: z.strictObject({ ...ofUnit, kind: reportKind }),
  output: saved.extend({ id: z.string() }),
  problems: ['duplicate', 'refused_by_rule'],
});

export const getReport = endpoint({
  name: 'reports.get',
  method: 'GET',
  path: '/api/reports/:id',
  summary: 'A report with the numbers it is bound to, and which of them have changed. From above as it stood when the return was submitted, with the submitted numbers.',
  input: z.strictObject(one),
  output: reportView,
});

export const saveReport = endpoint({
  name: 'reports.save',
  method: 'PUT',
  path: '/api/reports/:id',
  summary: 'A new state of a report; `version` is the one that was read. `noted`: the numbers that changed have been taken note of.',
  input: z.strictObject({ ...one, version, document: reportDocument, noted: z.boolean().default(false) }),
  output: saved,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const restoreReport = endpoint({
  name: 'reports.restore',
  method: 'POST',
  path: '/api/reports/:id/restore',
  summary: 'Brings an earlier state back as the newest one; a removed report stands again.',
  input: z.strictObject({ ...one, version, toVersion: version }),
  output: saved,
  problems: ['stale_version', 'refused_by_rule', 'duplicate'],
});

export const redraftReport = endpoint({
  name: 'reports.redraft',
  method: 'POST',
  path: '/api/reports/:id/redraft',
  summary: 'Drafts the report anew from the table and the ledger as they stand; what was written stays among the earlier states.',
  input: z.strictObject({ ...one, version }),
  output: saved,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const removeReport = endpoint({
  name: 'reports.remove',
  method: 'POST',
  path: '/api/reports/:id/remove',
  summary: 'Takes a report away; its states stay and any of them can be restored.',
  input: z.strictObject({ ...one, version }),
  output: done,
  problems: ['stale_version', 'refused_by_rule', 'wrong_state'],
});

export const listReportVersions = endpoint({
  name: 'reports.list_versions',
  method: 'GET',
  path: '/api/reports/:id/versions',
  summary: 'Earlier states of a report, newest first; for the unit\'s own people.',
  input: z.strictObject(one),
  output: z.object({ versions: z.array(reportVersion) }),
});

export const getReportVersion = endpoint({
  name: 'reports.get_version',
  method: 'GET',
  path: '/api/reports/:id/versions/:number',
  summary: 'One earlier state of a report; for the unit\'s own people.',
  input: z.strictObject({ ...one, number: z.coerce.number().int().min(1).max(1_000_000) }),
  output: z.object({ version: reportVersion, document: reportDocument }),
});

export const listReportPictures = endpoint({
  name: 'reports.list_pictures',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/report-pictures',
  summary: 'Pictures of the unit\'s own ledger that a report may show, newest activity first; for the unit\'s own people.',
  input: z.strictObject(ofUnit),
  output: z.object({ pictures: z.array(reportPicture) }),
});

export const exportReport = endpoint({
  name: 'reports.export',
  limit: 'file',
  method: 'GET',
  path: '/api/reports/:id/file',
  summary: 'The report as a Word or PDF file in the layout of GB/T 9704, with the numbers as they stand; from above as submitted.',
  input: z.strictObject({ ...one, format: reportFormat }),
  output: z.unknown(),
  answer: 'bytes',
});
