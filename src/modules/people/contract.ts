// What may be asked about accounts: who has one, who proposes and who approves roles, recovery, substitutes, attestation.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate, instant } from '../../shared/instant.ts';
import { done, plainText, reasonText, unitCode } from '../../shared/wire.ts';
import { role, verb } from '../access/model.ts';
import { attestation, grantRequest, listedAccount, recovery, signInName, substitution, verdict } from './model.ts';

const accountId = z.uuid({ error: 'account_id' });
const requestId = z.uuid({ error: 'record_id' });
const roles = z.array(z.strictObject({ role, unitCode })).min(1, { error: 'role_missing' }).max(10, { error: 'too_many' });
const oneTimeLink = z.object({ signInPath: z.string(), expiresAt: instant });

export const listAccounts = endpoint({
  name: 'people.list_accounts',
  method: 'GET',
  path: '/api/units/:unitCode/accounts',
  summary: 'Accounts with a role at a unit, what waits for a second person, substitutes, and whether the head has confirmed the list.',
  input: z.strictObject({ unitCode }),
  output: z.object({
    accounts: z.array(listedAccount),
    requests: z.array(grantRequest),
    recoveries: z.array(recovery),
    substitutions: z.array(substitution),
    /** This year's confirmation, and by when it is due. */
    attestation: attestation.nullable(),
    attestationDue: calendarDate,
    /** Units that report to this one and have not confirmed their accounts this year. */
    unattestedBelow: z.array(z.object({ unitCode: z.string(), unitName: z.string() })),
    may: z.array(verb),
  }),
});

export const invite = endpoint({
  name: 'people.invite',
  method: 'POST',
  path: '/api/units/:unitCode/invitations',
  summary: 'Proposes a new account with its roles. It is not in use until somebody else has approved it.',
  input: z.strictObject({ unitCode, signInName, displayName: plainText(30), roles, reason: plainText(200).default('新到岗') }),
  output: grantRequest,
  problems: ['duplicate', 'refused_by_rule'],
});

export const proposeRoles = endpoint({
  name: 'people.propose_roles',
  method: 'POST',
  path: '/api/accounts/:accountId/role-requests',
  summary: 'Proposes further roles for an account. They count once somebody else has approved them.',
  input: z.strictObject({ accountId, roles, reason: reasonText }),
  output: grantRequest,
  problems: ['refused_by_rule', 'duplicate'],
});

export const decideRequest = endpoint({
  name: 'people.decide_request',
  method: 'POST',
  path: '/api/role-requests/:requestId/decision',
  summary: 'Approves or refuses proposed roles; never by whoever proposed them. A refused invitation leaves no account.',
  input: z.strictObject({ requestId, approve: z.boolean(), reason: plainText(200).nullable().default(null) }),
  output: done,
  problems: ['refused_by_rule'],
  stepUp: ({ approve }) => approve,
});

export const withdrawRequest = endpoint({
  name: 'people.withdraw_request',
  method: 'POST',
  path: '/api/role-requests/:requestId/withdrawal',
  summary: 'Takes a proposal back before it is decided.',
  input: z.strictObject({ requestId }),
  output: done,
  problems: ['refused_by_rule'],
});

export const takeRole = endpoint({
  name: 'people.take_role',
  method: 'POST',
  path: '/api/accounts/:accountId/role-removals',
  summary: 'Takes a role away, at once.',
  input: z.strictObject({ accountId, role, unitCode, reason: plainText(200) }),
  output: done,
  problems: ['refused_by_rule'],
});

export const setAccountState = endpoint({
  name: 'people.set_account_state',
  method: 'PUT',
  path: '/api/accounts/:accountId/state',
  summary: 'Disables or enables an account; disabling ends its sessions at once.',
  input: z.strictObject({ accountId, disabled: z.boolean(), reason: plainText(200) }),
  output: listedAccount,
  problems: ['refused_by_rule'],
  stepUp: ({ disabled }) => !disabled,
});

export const handOver = endpoint({
  name: 'people.hand_over',
  method: 'POST',
  path: '/api/accounts/:accountId/hand-over',
  summary: 'Somebody leaves: the account ends on a day, and its roles are proposed for whoever comes after.',
  input: z.strictObject({ accountId, successorId: accountId.nullable(), leavesOn: calendarDate, reason: reasonText }),
  output: z.object({ request: grantRequest.nullable(), endsAt: instant }),
  problems: ['refused_by_rule', 'duplicate'],
});

export const createSignInLink = endpoint({
  name: 'people.create_sign_in_link',
  method: 'POST',
  path: '/api/accounts/:accountId/sign-in-links',
  summary: 'A one-time link for an account that is not set up yet, valid 72 hours; earlier unused links end.',
  input: z.strictObject({ accountId }),
  output: oneTimeLink,
  problems: ['refused_by_rule'],
  secret: true,
  stepUp: true,
});

export const requestRecovery = endpoint({
  name: 'people.request_recovery',
  method: 'POST',
  path: '/api/accounts/:accountId/recoveries',
  summary: 'Asks that an account be set up anew, because its holder lost the password or a factor.',
  input: z.strictObject({ accountId, reason: reasonText }),
  output: recovery,
  problems: ['refused_by_rule', 'duplicate'],
  stepUp: true,
});

export const decideRecovery = endpoint({
  name: 'people.decide_recovery',
  method: 'POST',
  path: '/api/recoveries/:requestId/decision',
  summary: 'Approves or refuses a recovery: one for the unit, one for security. Password, factors and sessions end; a new link opens the account.',
  input: z.strictObject({ requestId, approve: z.boolean() }),
  output: done,
  problems: ['refused_by_rule'],
  stepUp: ({ approve }) => approve,
});

const substituting = { substituteId: accountId, roles, firstDay: calendarDate, lastDay: calendarDate };

export const nameSubstitute = endpoint({
  name: 'people.name_substitute',
  method: 'POST',
  path: '/api/accounts/:accountId/substitutions',
  summary: 'Names a substitute (B 角) for somebody who is away.',
  input: z.strictObject({ accountId, ...substituting }),
  output: substitution,
  problems: ['refused_by_rule'],
  stepUp: true,
});

export const revokeSubstitution = endpoint({
  name: 'people.revoke_substitution',
  method: 'POST',
  path: '/api/substitutions/:requestId/revocation',
  summary: 'Ends a substitution at once, by the unit.',
  input: z.strictObject({ requestId }),
  output: done,
  problems: ['refused_by_rule'],
  stepUp: true,
});

export const nameOwnSubstitute = endpoint({
  name: 'people.name_own_substitute',
  method: 'POST',
  path: '/api/me/substitutions',
  summary: 'Names one\'s own substitute (B 角) for some days and some of one\'s roles.',
  input: z.strictObject(substituting),
  output: substitution,
  problems: ['refused_by_rule'],
  stepUp: true,
});

export const revokeOwnSubstitution = endpoint({
  name: 'people.revoke_own_substitution',
  method: 'POST',
  path: '/api/me/substitutions/:requestId/revocation',
  summary: 'Ends a substitution at once, by either of the two.',
  input: z.strictObject({ requestId }),
  output: done,
  problems: ['refused_by_rule'],
});

export const listOwn = endpoint({
  name: 'people.list_own',
  method: 'GET',
  path: '/api/me/people',
  summary: 'For the account menu: whom I may stand in for today, who stands in for me, whom I could name, and in whose place this session acts.',
  input: z.strictObject({}),
  output: z.object({
    own: z.array(listedAccount.shape.grants.element),
    standingInFor: substitution.nullable(),
    substitutions: z.array(substitution),
    colleagues: z.array(z.object({ id: z.string(), displayName: z.string(), unitShortName: z.string() })),
  }),
});

export const standIn = endpoint({
  name: 'people.stand_in',
  method: 'PUT',
  path: '/api/me/standing-in',
  summary: 'This session acts in the place of another from now on, or (null) in its own again.',
  input: z.strictObject({ substitutionId: requestId.nullable() }),
  output: done,
  problems: ['refused_by_rule'],
});

export const attest = endpoint({
  name: 'people.attest',
  method: 'POST',
  path: '/api/units/:unitCode/attestations',
  summary: 'The head confirms the list of the unit\'s accounts: each stays, loses its roles at the unit, or is disabled.',
  input: z.strictObject({ unitCode, accounts: z.array(z.strictObject({ accountId, verdict })).max(200, { error: 'too_many' }) }),
  output: attestation,
  problems: ['refused_by_rule', 'stale_version'],
  stepUp: true,
});
