// Self-assessment of how an enterprise protects its secrets: the item bank, answers to it, and what they come to. The weights are this
// system's proposal; no office has published any (docs/decisions/0033).
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';
import { plainText } from '../../shared/wire.ts';

const code = z.string().regex(/^[A-Z][0-9]{0,2}[a-z]?$/);
const points = z.number().min(0).max(100).multipleOf(0.5);
const sentence = z.strictObject({ zh: z.string().min(1).max(400), en: z.string().min(1).max(800) });
export type Sentence = z.output<typeof sentence>;

/** A shortcoming costs its points; one that is counted costs them for each person or thing. */
const shortcoming = z.strictObject({ code, text: sentence, points, counted: z.boolean().default(false) });

const item = z.strictObject({
  code,
  points,
  text: sentence,
  /** What shows it: papers, records, talks, what is seen on the spot. */
  evidence: sentence,
  /** What to do where it is missing. */
  advice: sentence,
  shortcomings: z.array(shortcoming).default([]),
  /** Deductions beyond its own points go on up to the weight of the dimension. */
  key: z.boolean().default(false),
  /** May not apply to an enterprise; then nothing is deducted. */
  mayNotApply: z.boolean().default(false),
});
export type Item = z.output<typeof item>;

const dimension = z.strictObject({ code, title: sentence, weight: points, items: z.array(item).min(1) });
export type Dimension = z.output<typeof dimension>;

export const bandCode = z.enum(['sound', 'adequate', 'gaps', 'weak', 'unprotected']);
export type BandCode = z.output<typeof bandCode>;

export const itemBank = z.strictObject({
  code: z.string().regex(/^[0-9]{4}-[0-9]{1,2}$/),
  dimensions: z.array(dimension).min(3).max(15),
  /** From how many points a band is reached, the best first; the last from 0. */
  bands: z.array(z.strictObject({ code: bandCode, from: z.number().min(0).max(100) })).min(2),
  passes: z.number().min(0).max(100),
  /** Where all of these are missing there is no protection in law, whatever else there is. */
  vetoes: z.array(z.strictObject({ code: z.string(), items: z.array(code).min(1), text: sentence })),
  /** Items without points: where one is missing, no better band than this is reached. */
  gate: z.strictObject({ items: z.array(code), band: bandCode }),
});
export type ItemBank = z.output<typeof itemBank>;

export const answerStatus = z.enum(['met', 'partly', 'unmet', 'not_applicable']);
export type AnswerStatus = z.output<typeof answerStatus>;

export const answer = z.strictObject({
  status: answerStatus,
  /** How many, by shortcoming; 1 where it is not counted. */
  shortcomings: z.record(code, z.number().int().min(1).max(999)).default({}),
  note: plainText(200, 0).default(''),
});
export type Answer = z.output<typeof answer>;

/** By item; those not answered are not there. */
export const answers = z.record(code, answer).refine((all) => Object.keys(all).length <= 100, { error: 'too_many' });
export type Answers = z.output<typeof answers>;

export const enterpriseSize = z.enum(['small', 'medium', 'large']);
export type EnterpriseSize = z.output<typeof enterpriseSize>;

export const assessmentWay = z.enum(['alone', 'with_officer']);

/** An assessment without its answers. Score in tenths of a point. */
export const assessmentSummary = z.object({
  id: z.string(),
  edition: z.string(),
  bank: z.string(),
  state: z.enum(['draft', 'finished']),
  way: assessmentWay,
  score: z.number().int().nullable(),
  band: bandCode.nullable(),
  finishedAt: instant.nullable(),
  changedAt: instant,
  sharedAt: instant.nullable(),
  officerName: z.string().nullable(),
  visitId: z.string().nullable(),
  version: z.number().int(),
});
export type AssessmentSummary = z.output<typeof assessmentSummary>;

export const assessment = assessmentSummary.extend({ size: enterpriseSize.nullable(), answers, /** Who at the enterprise agreed to share it at a visit. */ agreedBy: z.string().nullable() });
export type Assessment = z.output<typeof assessment>;

export const quarter = z.enum(['lowest', 'lower_middle', 'upper_middle', 'highest']);
export type Quarter = z.output<typeof quarter>;

/** Where one stands among others: never a count, never a score of anybody. `too_few` there are not ten in any group. */
export const peers = z.discriminatedUnion('state', [
  z.object({ state: z.literal('too_few') }),
  z.object({
    state: z.literal('compared'),
    group: z.enum(['size_in_province', 'size', 'everybody']),
    /** At least so many others: 10, 20, 50, 100, 200, 500 … */
    atLeast: z.number().int(),
    quarter,
    /** In whole fives. */
    median: z.number().int(),
  }),
]);
export type Peers = z.output<typeof peers>;
