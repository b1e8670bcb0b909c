// What may be asked about returns.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { instant } from '../../shared/instant.ts';
import { editionCode, plainText, unitCode } from '../../shared/wire.ts';
import { actView, returnBasis, returnCommand, returnContent, returnExtension, returnState, returnView, sealView } from './model.ts';

const ofUnit = { edition: editionCode, unitCode };

export const getReturn = endpoint({
  name: 'returns.get',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/return',
  summary: 'A unit\'s return: state, live and frozen table, findings, acts, and what the caller may do next. From above only what was submitted (`basis`).',
  input: z.strictObject(ofUnit),
  output: returnView,
});

export const takeReturnAct = endpoint({
  name: 'returns.act',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/return/acts',
  summary: 'One act on a return. `version` is the number of acts that was read: of two at once one wins, the other is told by whom.',
  input: z.strictObject({ ...ofUnit, version: z.number().int().min(0), command: returnCommand }),
  output: returnView,
  problems: ['wrong_state', 'stale_version', 'separation_of_duties', 'hard_findings', 'notes_missing', 'refused_by_rule'],
  // What bears the unit's seal and what leaves the unit; everything else can be taken back (0023).
  stepUp: ({ command }) => command.act === 'seal' || command.act === 'submit',
});

export const writeFindingNote = endpoint({
  name: 'returns.write_note',
  method: 'PUT',
  path: '/api/editions/:edition/units/:unitCode/return/notes/:check',
  summary: 'The 说明 to a soft finding (8 to 200 characters); null removes it.',
  input: z.strictObject({ ...ofUnit, check: z.string().regex(/^[a-z][a-z0-9_.]{1,60}$/, { error: 'unknown_check' }), note: plainText(200, 8).nullable() }),
  output: returnView,
  problems: ['wrong_state'],
});

export const getReturnVersion = endpoint({
  name: 'returns.get_version',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/return/versions/:number',
  summary: 'A frozen version with its digests and seal; from above only one that was submitted.',
  input: z.strictObject({ ...ofUnit, number: z.coerce.number().int().min(1).max(100_000) }),
  output: z.object({ content: returnContent, extension: returnExtension.nullable(), sha256: z.string(), sm3: z.string(), seal: sealView.nullable() }),
});

export const returnChange = z.object({
  indicator: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  /** Of the change: own level, children. */
  own: z.number().int(),
  children: z.number().int(),
  /** Entries and adjustments that changed since, newest first, at most 20. From above: how those in the submitted version differ from those in the one before. */
  causes: z.array(z.object({ id: z.string(), title: z.string(), change: z.string(), accountName: z.string(), at: instant, reason: z.string().nullable() })),
});

export const getReturnChanges = endpoint({
  name: 'returns.get_changes',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/return/changes',
  summary: 'Only what changed since the last submitted version (or since nothing, the first time); from above between the last two submitted versions.',
  input: z.strictObject(ofUnit),
  output: z.object({ basis: returnBasis, sinceVersion: z.number().int().nullable(), sinceAt: instant.nullable(), changes: z.array(returnChange), unchanged: z.number().int() }),
});

/** Why a parent's total is not the plain sum of what its children show now. The terms add up exactly. */
export const differenceTerm = z.object({
  kind: z.enum(['own_level', 'missing', 'late', 'corrected', 'not_yet_accepted']),
  unitCode: z.string().nullable(),
  unitName: z.string().nullable(),
  amounts: z.record(z.string(), z.number().int()),
});

export const getDifference = endpoint({
  name: 'returns.get_difference',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/return/difference',
  summary: 'The difference between a unit\'s total and the sum of its children, explained: own level, late, missing, corrected; adjusted parts shown beside.',
  input: z.strictObject(ofUnit),
  output: z.object({
    /** `submitted`: of the submitted table, which is all that upper units see; empty where there is none. */
    basis: returnBasis,
    total: z.record(z.string(), z.number().int()),
    /** Sum of what all children have submitted by now. */
    childrenNow: z.record(z.string(), z.number().int()),
    terms: z.array(differenceTerm),
    /** Part of the own level that has no records behind it. */
    adjusted: z.record(z.string(), z.number().int()),
    residual: z.record(z.string(), z.number().int()),
  }),
});

export const getReturnAsOf = endpoint({
  name: 'returns.get_as_of',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/return/as-of',
  summary: 'What stood at an instant: the unit\'s and its children\'s versions submitted by then, and the sum.',
  input: z.strictObject({ ...ofUnit, at: instant }),
  output: z.object({
    at: instant,
    own: z.object({ state: returnState, version: z.number().int().nullable(), total: z.record(z.string(), z.number().int()).nullable(), sha256: z.string().nullable() }),
    children: z.array(z.object({ unitCode: z.string(), name: z.string(), state: returnState, version: z.number().int().nullable(), submittedAt: instant.nullable(), late: z.boolean(), total: z.record(z.string(), z.number().int()).nullable() })),
    sumOfChildren: z.record(z.string(), z.number().int()),
  }),
});

export const listReturnActs = endpoint({
  name: 'returns.list_acts',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/return/acts',
  summary: 'Every act on a return, oldest first. From above: what passed between the units, and who prepared, approved, signed and sealed what was submitted.',
  input: z.strictObject(ofUnit),
  output: z.object({ acts: z.array(actView) }),
});
