// What may be asked about evidence.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, fileName, queryFlag, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { evidence, maximumFileBytes } from './model.ts';

export const uploadEvidence = endpoint({
  name: 'evidence.upload',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/evidence',
  summary: 'Takes one picture or file. Pictures are re-encoded and stripped of metadata; hashes are of what is kept.',
  input: z.strictObject({ edition: editionCode, unitCode, name: fileName(120) }),
  /** `unitBytes`: what the unit keeps for the edition now; `scarce`: that is 80 % of what it may, or more. */
  output: evidence.extend({ unitBytes: z.number().int(), scarce: z.boolean() }),
  problems: ['too_large', 'file_refused', 'storage_full', 'rate_limited', 'refused_by_rule'],
  body: 'bytes',
  limit: 'upload',
  maximumBytes: maximumFileBytes,
});

export const listEvidence = endpoint({
  name: 'evidence.list',
  method: 'GET',
  path: '/api/activities/:id/evidence',
  summary: 'The evidence of one entry.',
  input: z.strictObject({ id: recordIdentifier }),
  output: z.object({ evidence: z.array(evidence) }),
});

export const readEvidence = endpoint({
  name: 'evidence.read',
  method: 'GET',
  path: '/api/evidence/:id/content',
  summary: 'The bytes of one piece of evidence, or its thumbnail.',
  input: z.strictObject({ id: recordIdentifier, thumbnail: queryFlag }),
  output: z.unknown(),
  answer: 'bytes',
});
