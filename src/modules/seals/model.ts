// What anyone may know of a seal beside its digests.
import { z } from 'zod';
import { sealSuite } from '../keys/model.ts';

export const sealProof = z.object({
  /** By a key of the unit, held by the server; null on seals older than the keys. `fingerprint`: of the installation's key that certifies it. */
  signature: z.object({ suite: sealSuite, key: z.number().int(), fingerprint: z.string() }).nullable(),
  /** Its place in the log; null on seals older than the log. `checkpoint`: the newest over it, null while none covers it yet. */
  log: z.object({ origin: z.string(), index: z.number().int(), checkpoint: z.object({ size: z.number().int(), witnesses: z.array(z.string()) }).nullable() }).nullable(),
});
export type SealProof = z.output<typeof sealProof>;
