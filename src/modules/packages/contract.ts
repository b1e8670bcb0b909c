// What may be asked about packages.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { editionCode, reasonText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { exchangeReceipt, mostEvidence, packageRecord, packageView, receiptNumber } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };

export const getPackage = endpoint({
  name: 'packages.get',
  long: true,
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/package',
  summary: 'What would go into a package of the sealed return, which were made, and what the document-exchange system answered. For the unit\'s own people.',
  input: z.strictObject(ofUnit),
  output: packageView,
});

export const makePackage = endpoint({
  name: 'packages.make',
  long: true,
  limit: 'file',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/package',
  summary: 'Makes a package of the sealed version with the chosen evidence, verifies and records it. Its bytes are then at packages.download.',
  input: z.strictObject({ ...ofUnit, version: z.number().int().min(1).max(100_000), evidence: z.array(recordIdentifier).max(mostEvidence, { error: 'too_many' }) }),
  output: packageRecord,
  problems: ['refused_by_rule', 'too_large', 'rate_limited', 'storage_full'],
});

export const downloadPackage = endpoint({
  name: 'packages.download',
  limit: 'file',
  method: 'POST',
  path: '/api/packages/:id/content',
  summary: 'The bytes of a package that was made, recorded as handed out.',
  // Making one shows nothing to anybody; here it leaves the installation (0023).
  stepUp: true,
  input: z.strictObject({ id: recordIdentifier }),
  output: z.unknown(),
  answer: 'stream',
});

export const writeExchangeReceipt = endpoint({
  name: 'packages.write_receipt',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/exchange-receipts',
  summary: 'Types back what the document-exchange system answered. `seen` is how many were read before; all but the first are corrections and say why.',
  input: z.strictObject({ ...ofUnit, seen: z.number().int().min(0).max(10_000), returnVersion: z.number().int().min(1).max(100_000), receiptNumber, receivedAt: instant, reason: reasonText.nullable() }),
  output: exchangeReceipt,
  problems: ['stale_version', 'refused_by_rule'],
});
