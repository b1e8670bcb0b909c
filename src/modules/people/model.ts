// Accounts and what they hold; requests for roles, recovery, substitutes and attestation.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText } from '../../shared/wire.ts';
import { role } from '../access/model.ts';

export const signInName = plainText(60, 2).refine((text) => /^[\p{L}\p{N}._@-]+$/u.test(text), { error: 'sign_in_name' });

export const grantView = z.object({ role, unitCode: z.string(), unitName: z.string(), unitShortName: z.string(), unitKind: z.string() });
export type GrantView = z.output<typeof grantView>;

export const account = z.object({
  id: z.string(),
  signInName: z.string(),
  displayName: z.string(),
  disabledAt: instant.nullable(),
  hasPassword: z.boolean(),
  grants: z.array(grantView),
});
export type Account = z.output<typeof account>;

/** An account as those see it who keep the list of a unit. */
export const listedAccount = account.extend({
  /** Has come in and set up what it signs in with; until then a one-time link opens it. */
  activated: z.boolean(),
  /** An invitation nobody else has approved yet: not in use. */
  invited: z.boolean(),
  endsAt: instant.nullable(),
  lastSignedInAt: instant.nullable(),
  /** Nobody has signed in with it for 90 days. */
  dormant: z.boolean(),
});
export type ListedAccount = z.output<typeof listedAccount>;

export const requestState = z.enum(['pending', 'approved', 'refused', 'withdrawn']);
export type RequestState = z.output<typeof requestState>;

/** Roles proposed by one and waiting for another. */
export const grantRequest = z.object({
  id: z.string(),
  kind: z.enum(['invitation', 'change']),
  accountId: z.string(),
  accountName: z.string(),
  signInName: z.string(),
  roles: z.array(grantView),
  reason: z.string(),
  proposedBy: z.string(),
  proposedByName: z.string(),
  proposedAt: instant,
  /** Whether whoever asks may decide it: never the proposer. */
  mayDecide: z.boolean(),
  mine: z.boolean(),
});
export type GrantRequest = z.output<typeof grantRequest>;

/** On whose behalf somebody asks for a recovery: the unit, or security. One of each is needed. */
export const recoverySide = z.enum(['unit', 'security']);
export type RecoverySide = z.output<typeof recoverySide>;

export const recovery = z.object({
  id: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  signInName: z.string(),
  reason: z.string(),
  requestedBy: z.string(),
  requestedByName: z.string(),
  requestedAs: recoverySide,
  requestedAt: instant,
  mayDecide: z.boolean(),
  mine: z.boolean(),
});
export type Recovery = z.output<typeof recovery>;

export const substitution = z.object({
  id: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  substituteId: z.string(),
  substituteName: z.string(),
  roles: z.array(grantView),
  firstDay: calendarDate,
  lastDay: calendarDate,
  namedByName: z.string(),
  namedAt: instant,
  revokedAt: instant.nullable(),
  /** Today is one of its days, and nobody has revoked it. */
  running: z.boolean(),
});
export type Substitution = z.output<typeof substitution>;

export const verdict = z.enum(['keep', 'take_role', 'disable']);
export type Verdict = z.output<typeof verdict>;

export const attestation = z.object({ year: z.number().int(), attestedByName: z.string(), at: instant });
export type Attestation = z.output<typeof attestation>;
