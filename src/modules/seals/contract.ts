// What anyone may ask of seals: whether a receipt printed on a table is real, and what it belongs to. Never a figure.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { sealProof } from './model.ts';

export const knownReceipt = z.object({
  receiptCode: z.string(),
  edition: z.object({ code: z.string(), title: z.string(), official: z.boolean() }),
  /** The unit's name as it was sealed. */
  unit: z.object({ code: z.string(), name: z.string() }),
  version: z.number().int(),
  sealedAt: instant,
  sha256: z.string(),
  sm3: z.string(),
  /** A later version of the same table that was sealed since: this paper is no longer the newest. */
  later: z.object({ version: z.number().int(), sealedAt: instant }).nullable(),
  proof: sealProof,
});
export type KnownReceipt = z.output<typeof knownReceipt>;

export const verifyReceipt = endpoint({
  name: 'seals.verify_receipt',
  method: 'GET',
  path: '/api/receipts/:code',
  summary: 'Whether a receipt code belongs to a sealed table, of whom, when, and whether it is the newest. Case, blanks, hyphens, and O for 0 do not matter. Tells no figures.',
  access: 'public',
  input: z.strictObject({ code: z.string().max(200, { error: 'text_too_long' }) }),
  output: z.object({
    receipt: knownReceipt.nullable(),
    demonstration: z.boolean(),
    /** For whoever is signed in and may see the return: the unit they sit at. */
    openFrom: z.string().nullable(),
  }),
});
