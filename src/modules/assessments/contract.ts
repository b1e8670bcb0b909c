// What may be asked about self-assessments: the items by anybody, its own by an enterprise, what was shared by its unit.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { done, editionCode, plainText, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { uscc } from '../enterprises/model.ts';
import { answers, assessment, assessmentSummary, enterpriseSize, itemBank, peers } from './model.ts';

export const getItemBank = endpoint({
  name: 'assessments.get_bank',
  method: 'GET',
  path: '/api/assessments/bank',
  summary: 'The items of the self-assessment with their weights, which are this system\'s proposal. Whoever has them assesses alone, and nothing is sent.',
  access: 'public',
  limit: 'visitor',
  input: z.strictObject({ /** Of an earlier bank; without one the newest. */ code: z.string().max(10).default('') }),
  output: z.object({ bank: itemBank }),
});

export const listOwnAssessments = endpoint({
  name: 'assessments.list_own',
  method: 'GET',
  path: '/api/firm/assessments',
  summary: 'Assessments of the caller\'s enterprise, newest first.',
  input: z.strictObject({}),
  output: z.object({ assessments: z.array(assessmentSummary) }),
});

export const getOwnAssessment = endpoint({
  name: 'assessments.get_own',
  method: 'GET',
  path: '/api/firm/assessments/:id',
  summary: 'One of them with its answers, the one finished before it, and where it stands among others.',
  input: z.strictObject({ id: recordIdentifier }),
  output: z.object({ assessment, earlier: assessment.nullable(), peers: peers.nullable() }),
});

export const saveOwnAssessment = endpoint({
  name: 'assessments.save_own',
  method: 'POST',
  path: '/api/firm/assessments',
  summary: 'Keeps the one draft of the enterprise, or finishes it: then every item is answered, and it changes no more.',
  input: z.strictObject({ version: z.number().int().min(0), size: enterpriseSize.nullable(), answers, finish: z.boolean() }),
  output: assessmentSummary,
  problems: ['refused_by_rule', 'stale_version'],
});

export const shareOwnAssessment = endpoint({
  name: 'assessments.share',
  method: 'POST',
  path: '/api/firm/assessments/:id/sharing',
  summary: 'Shows an assessment to the unit that keeps the enterprise\'s account, or shows it no more.',
  input: z.strictObject({ id: recordIdentifier, shared: z.boolean() }),
  output: done,
  problems: ['wrong_state'],
});

export const removeOwnAssessment = endpoint({
  name: 'assessments.remove_own',
  method: 'DELETE',
  path: '/api/firm/assessments/:id',
  summary: 'Deletes an assessment of the enterprise for good.',
  input: z.strictObject({ id: recordIdentifier }),
  output: done,
});

const shared = assessmentSummary.extend({ uscc: z.string(), name: z.string() });
export type SharedAssessment = z.output<typeof shared>;

export const listSharedAssessments = endpoint({
  name: 'assessments.list_shared',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/assessments',
  summary: 'What enterprises share with a unit, without answers.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: z.object({ assessments: z.array(shared) }),
});

export const openSharedAssessment = endpoint({
  name: 'assessments.open',
  method: 'POST',
  path: '/api/assessments/:id/opening',
  summary: 'The answers of a shared assessment. Recorded: the enterprise sees which post looked on which day.',
  input: z.strictObject({ id: recordIdentifier }),
  output: z.object({ assessment, uscc: z.string(), name: z.string() }),
});

export const recordAssessment = endpoint({
  name: 'assessments.record',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/assessments',
  summary: 'An assessment done together at a visit. Shared, where somebody of the enterprise agreed on the spot; else it is left to the enterprise\'s account and the unit sees it no more.',
  input: z.strictObject({
    edition: editionCode, unitCode, uscc, name: plainText(100, 2), size: enterpriseSize, answers,
    /** The name of whoever agreed to share it; null: left to the enterprise. */
    agreedBy: plainText(30).nullable(),
    visitId: recordIdentifier.nullable(),
  }),
  output: z.object({ id: z.string(), shared: z.boolean() }),
  problems: ['refused_by_rule'],
});

export const countAssessments = endpoint({
  name: 'assessments.count',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/assessments/counts',
  summary: 'How many assessments were finished and how many shared, at the unit and at each that reports to it. Counts only.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: z.object({ units: z.array(z.object({ unitCode: z.string(), unitName: z.string(), finished: z.number().int(), shared: z.number().int() })) }),
});
