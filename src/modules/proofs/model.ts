// What the proof log shows of itself: hashes, sizes and signatures only, never what was done.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';

/** SHA-256 in hexadecimal. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** That a write is in the log: everything somebody needs to check it without asking us again. */
export const inclusion = z.object({
  /** `<installation>/<province>`: which log this is. */
  origin: z.string(),
  index: z.number().int(),
  /** Size of the tree of the checkpoint. */
  size: z.number().int(),
  /** The leaf as its hash covers it (shared/leaf.ts). */
  leaf: z.string(),
  /** Digests of the audit records that the leaf's payload covers, in ascending order; none where the asker may not read them. */
  records: z.array(hash),
  /** From the leaf up (RFC 9162, 2.1.3.1). */
  path: z.array(hash),
  /** C2SP checkpoint with the signatures of the log and of its witnesses. */
  checkpoint: z.string(),
});
export type Inclusion = z.output<typeof inclusion>;

export const consistency = z.object({
  origin: z.string(),
  first: z.number().int(),
  second: z.number().int(),
  firstRoot: hash,
  secondRoot: hash,
  /** RFC 9162, 2.1.4.1. */
  path: z.array(hash),
});
export type Consistency = z.output<typeof consistency>;

export const witnessSeen = z.object({ name: z.string(), keyId: z.string(), size: z.number().int(), at: instant });

export const logState = z.object({
  provinceCode: z.number().int(),
  origin: z.string(),
  /** Ed25519 and SM2 keys it is signed with, in C2SP's form; those of before too. */
  keys: z.array(z.string()),
  /** Of the log now; the checkpoint may be some leaves behind. */
  size: z.number().int(),
  checkpoint: z.object({ size: z.number().int(), root: hash, at: instant, note: z.string() }).nullable(),
  /** The newest cosignature of each witness. */
  witnesses: z.array(witnessSeen),
});
export type LogState = z.output<typeof logState>;

export const witness = z.object({
  name: z.string(),
  keyId: z.string(),
  publicKey: z.string(),
  address: z.string().nullable(),
  registeredBy: z.string(),
  registeredAt: instant,
  removedAt: instant.nullable(),
});
export type Witness = z.output<typeof witness>;
