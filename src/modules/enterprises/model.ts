// Enterprises as the ledger names them: by 统一社会信用代码 (GB 32100), or without one and with the reason.
import { z } from 'zod';
import { plainText } from '../../shared/wire.ts';
import { isUscc, normaliseUscc } from './rules.ts';

/** 18 characters; normalised (full-width, lower case, blanks) and check digits verified. */
export const uscc = z.string().max(40, { error: 'uscc_length', abort: true }).overwrite(normaliseUscc).refine(isUscc, { error: 'uscc_check' });

/** Why an enterprise has no code (domain 9, question 22). */
export const uncodedReason = z.enum(['not_registered', 'sole_trader', 'foreign', 'military', 'unknown_on_site']);
export type UncodedReason = z.output<typeof uncodedReason>;

/** An enterprise attending: with a code, or named without one and with the reason. */
export const attendance = z.union([
  z.strictObject({ uscc, name: plainText(100), reason: z.null().default(null) }),
  z.strictObject({ uscc: z.null(), name: plainText(100), reason: uncodedReason }),
]);
export type Attendance = z.output<typeof attendance>;

export const enterprise = z.object({ uscc: z.string(), name: z.string() });
export type Enterprise = z.output<typeof enterprise>;
