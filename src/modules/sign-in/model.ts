// Passwords, factors, proofs and sessions as they are asked for and shown.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';
import { account } from '../people/model.ts';
import { passkeyProof, ukeyProof } from './model/ways.ts';

/** At least 12 characters; common passwords are refused by rule (security A4, A7). */
export const newPassword = z.string().min(12, { error: 'password_too_short' }).max(200, { error: 'text_too_long' });
export const givenPassword = z.string().min(1, { error: 'text_missing' }).max(200, { error: 'text_too_long' });

/** What a person may hold beside a password. */
export const factorKind = z.enum(['totp', 'passkey', 'ukey']);
export type FactorKind = z.output<typeof factorKind>;

export const totpProof = z.strictObject({ kind: z.literal('totp'), code: z.string().regex(/^\d{6}$/, { error: 'totp_code' }) });
export type TotpProof = z.output<typeof totpProof>;

/** A printed code, for the day the factor is lost. Blanks and hyphens mean nothing. */
export const recoveryProof = z.strictObject({ kind: z.literal('recovery'), code: z.string().min(1, { error: 'text_missing' }).max(40, { error: 'text_too_long' }) });
export type RecoveryProof = z.output<typeof recoveryProof>;

/** A second factor: what verifyFactor can tell right from wrong. */
export const factorProof = z.discriminatedUnion('kind', [totpProof, recoveryProof, passkeyProof, ukeyProof]);
export type FactorProof = z.output<typeof factorProof>;
export type ProofKind = FactorProof['kind'];

/** What opens a locked session or stands for a step-up; `confirmation` of demonstration accounts without factors only. */
export const sessionProof = z.discriminatedUnion('kind', [
  totpProof, recoveryProof, passkeyProof, ukeyProof,
  z.strictObject({ kind: z.literal('password'), password: givenPassword }),
  z.strictObject({ kind: z.literal('confirmation') }),
]);
export type SessionProof = z.output<typeof sessionProof>;

/** Between the two steps of signing in. */
export const ticket = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'ticket' });

export const factorView = z.object({ id: z.string(), kind: factorKind, name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() });
export type FactorView = z.output<typeof factorView>;

/** How far a password step led: in, in to set up the rest, or to the second step. */
export const arrival = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open'), account }),
  z.object({ state: z.literal('enrolling'), account }),
  z.object({ state: z.literal('second_step'), ticket: z.string(), kinds: z.array(factorKind), recoveryCodes: z.number().int() }),
]);
export type Arrival = z.output<typeof arrival>;

export const device = z.enum(['desktop', 'phone']);
export type Device = z.output<typeof device>;

export const sessionView = z.object({
  id: z.string(), current: z.boolean(), device, browser: z.string(), system: z.string(), createdAt: instant, lastSeenAt: instant, expiresAt: instant, locked: z.boolean(),
});
export type SessionView = z.output<typeof sessionView>;

export const noticeKind = z.enum([
  'new_device', 'session_replaced', 'password_changed', 'factor_added', 'factor_removed', 'recovery_codes_made', 'recovery_code_used', 'second_step_failed', 'link_used', 'identity_linked', 'identity_unlinked', 'recovered', 'substitute_named',
]);
export type NoticeKind = z.output<typeof noticeKind>;

export const noticeView = z.object({ id: z.string(), kind: noticeKind, details: z.record(z.string(), z.union([z.string(), z.number()])), at: instant });
export type NoticeView = z.output<typeof noticeView>;

/** Squares of a code to be photographed, row by row, `1` is dark. */
export const squares = z.array(z.string().regex(/^[01]+$/));
