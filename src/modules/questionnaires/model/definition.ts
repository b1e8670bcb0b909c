// A questionnaire as data: sections of questions, when they are asked, what an answer must fulfil, in Chinese and other languages side by
// side. A draft may be incomplete; rules/building.ts says what is missing. Nested to a fixed depth, so that no text can exhaust a reader.
import { z } from 'zod';
import { calendarDate } from '../../../shared/instant.ts';
import { plainText, runningText } from '../../../shared/wire.ts';
import { textsMost } from './limits.ts';

/** Names of questions, sections, options and rows: those an XLSForm may have, and nothing that means something to a program. */
export const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, { error: 'questionnaire_code' });
/** `zh` is always there; what another language lacks is shown in Chinese. */
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/, { error: 'language_code' });
export type Language = z.output<typeof language>;

export const languagesMost = 8;
export const sectionsMost = 40;
export const questionsMost = 200;
export const optionsMost = 100;
export const rowsMost = 50;

const tooMany = { error: 'too_many' };

/** A text by language. */
export type Words = { readonly [language: string]: string };
function words(most: number): z.ZodType<Words, Words> {
  return z.record(language, runningText(most)).refine((texts) => Object.keys(texts).length <= languagesMost, tooMany);
}

const number = z.number().min(-1_000_000_000_000).max(1_000_000_000_000);

export const comparison = z.enum(['equal', 'not_equal', 'less', 'at_most', 'greater', 'at_least']);
export type Comparison = z.output<typeof comparison>;

/** What stands on the right: something typed, or the answer to another question. */
const operand = z.union([number, runningText(200), z.strictObject({ question: code })]);
export type Operand = z.output<typeof operand>;

/**
 * One condition on one question. Nothing answered (or not asked) chooses nothing, contains nothing, and is neither less nor greater than anything;
 * `not_equal` is the contrary of `equal`. `row` names the line of a matrix.
 */
export type SimpleCondition =
  | { readonly is: 'answered'; readonly question: string; readonly row: string | null }
  | { readonly is: 'chosen'; readonly question: string; readonly row: string | null; readonly option: string }
  | { readonly is: 'compared'; readonly question: string; readonly by: Comparison; readonly value: Operand }
  | { readonly is: 'counted'; readonly question: string; readonly by: Comparison; readonly value: number }
  | { readonly is: 'contains'; readonly question: string; readonly text: string };
export type Condition =
  | SimpleCondition
  | { readonly is: 'all'; readonly of: readonly Condition[] }
  | { readonly is: 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition };

const row = code.nullable();
const simpleCondition = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('answered'), question: code, row }),
  z.strictObject({ is: z.literal('chosen'), question: code, row, option: code }),
  z.strictObject({ is: z.literal('compared'), question: code, by: comparison, value: operand }),
  /** How many options of a multiple choice were chosen. */
  z.strictObject({ is: z.literal('counted'), question: code, by: comparison, value: z.number().int().min(0).max(optionsMost) }),
  z.strictObject({ is: z.literal('contains'), question: code, text: runningText(200) }),
]);

/** Deepest nesting of all, any and not. */
export const conditionDepth = 4;
export const conditionsMost = 20;

function joined(inner: z.ZodType<Condition, Condition>): z.ZodType<Condition, Condition> {
  return z.union([
    simpleCondition,
    z.strictObject({ is: z.literal('all'), of: z.array(inner).min(1).max(conditionsMost, tooMany) }),
    z.strictObject({ is: z.literal('any'), of: z.array(inner).min(1).max(conditionsMost, tooMany) }),
    z.strictObject({ is: z.literal('not'), of: inner }),
  ]);
}

const nested = joined(joined(joined(joined(simpleCondition))));

/** Read as a whole: written out in the description of the interface, every level would repeat the one below. */
export const condition: z.ZodType<Condition, Condition> = z.unknown().transform((value, context): Condition => {
  const read = nested.safeParse(value);
  if (read.success) return read.data;
  context.addIssue({ code: 'custom', message: 'condition' });
  return z.NEVER;
}) as unknown as z.ZodType<Condition, Condition>;

const option = z.strictObject({
  code,
  label: words(300),
  /** 「以上都没有」: with it nothing else is chosen. */
  exclusive: z.boolean(),
  /** 「其他」: with it a text is asked for. */
  text: z.boolean(),
});
export type Option = z.output<typeof option>;

const line = z.strictObject({ code, label: words(300) });
export type Line = z.output<typeof line>;

/** Texts are held to a known form, never to an expression somebody typed. */
export const textPattern = z.enum(['none', 'email', 'telephone', 'mobile', 'credit_code', 'postcode', 'web_address', 'digits']);
export type TextPattern = z.output<typeof textPattern>;

const common = {
  code,
  title: words(600),
  hint: words(600),
  /** Asked only when it holds; null: always. It names earlier questions only. */
  when: condition.nullable(),
};
const answerable = {
  ...common,
  required: z.boolean(),
  /** What an answer must fulfil beside the limits of its kind; may name the question itself and earlier ones. */
  demand: z.strictObject({ holds: condition, message: words(300) }).nullable(),
};
const textLength = z.number().int().min(1).max(5_000);

export const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single'), ...answerable, options: z.array(option).max(optionsMost, tooMany), initial: code.nullable(), look: z.enum(['list', 'menu']) }),
  z.strictObject({
    kind: z.literal('multiple'), ...answerable, options: z.array(option).max(optionsMost, tooMany),
    least: z.number().int().min(1).max(optionsMost).nullable(), most: z.number().int().min(1).max(optionsMost).nullable(),
  }),
  /** One choice a row, from the same columns; required: in every row. */
  z.strictObject({ kind: z.literal('matrix'), ...answerable, rows: z.array(line).max(rowsMost, tooMany), columns: z.array(line).max(20, tooMany) }),
  z.strictObject({ kind: z.literal('scale'), ...answerable, minimum: z.number().int().min(0).max(1), maximum: z.number().int().min(2).max(10), low: words(60), high: words(60) }),
  z.strictObject({ kind: z.literal('number'), ...answerable, decimals: z.number().int().min(0).max(6), minimum: number.nullable(), maximum: number.nullable(), unit: words(20), initial: number.nullable() }),
  z.strictObject({ kind: z.literal('text'), ...answerable, long: z.boolean(), least: textLength.nullable(), most: textLength, pattern: textPattern, initial: runningText(200).nullable() }),
  z.strictObject({ kind: z.literal('date'), ...answerable, earliest: calendarDate.nullable(), latest: calendarDate.nullable(), initial: calendarDate.nullable() }),
  z.strictObject({ kind: z.literal('note'), ...common }),
]);
export type Question = z.output<typeof question>;
export type QuestionKind = Question['kind'];
export type QuestionOf<K extends QuestionKind> = Extract<Question, { readonly kind: K }>;
export type AnswerableQuestion = Exclude<Question, { readonly kind: 'note' }>;

/** A section is a page. */
export const section = z.strictObject({ code, title: words(200), when: condition.nullable(), questions: z.array(question).max(questionsMost, tooMany) });
export type Section = z.output<typeof section>;

export const definition = z.strictObject({
  title: words(120),
  /** What it is for, who asks, how long it takes; shown before the first question. */
  introduction: words(2_000),
  /** Shown after it was sent. */
  thanks: words(600),
  /** Promised to whoever answers: nothing is kept that tells who it was. */
  anonymous: z.boolean(),
  languages: z.array(language).min(1).max(languagesMost, tooMany).refine((all) => all[0] === 'zh' && new Set(all).size === all.length, { error: 'languages' }),
  sections: z.array(section).max(sectionsMost, tooMany),
}).refine(({ sections }) => sections.reduce((sum, { questions }) => sum + questions.length, 0) <= questionsMost, { error: 'too_many', path: ['sections'] });
export type Definition = z.output<typeof definition>;

/** `single` an option; `multiple` options; `matrix` a column by row; `scale` and `number` a number; `text` and `date` a text. */
export type AnswerValue = string | number | readonly string[] | { readonly [row: string]: string };

/** One filled-in questionnaire: values by question, and what was written beside an option with a text, by question. */
export interface AnswerSheet {
  readonly values: { readonly [question: string]: AnswerValue };
  readonly texts: { readonly [question: string]: string };
}

/** Shape only, as it comes in, texts made plain; whether it answers the questionnaire is what rules/checks.ts says. */
export const answerSheet = z.strictObject({
  values: z.record(code, z.union([plainText(5_000, 0), z.number(), z.array(z.string().max(40)).max(optionsMost, tooMany).readonly(), z.record(code, z.string().max(40)).readonly()])).readonly(),
  texts: z.record(code, plainText(textsMost, 0)).readonly(),
});

export const answerRule = z.enum([
  'required', 'wrong_type', 'unknown_question', 'unknown_option', 'given_twice', 'too_few_chosen', 'too_many_chosen', 'exclusive_option', 'text_missing',
  'unknown_row', 'row_missing', 'below_minimum', 'above_maximum', 'too_many_decimals', 'too_short', 'too_long', 'pattern', 'too_early', 'too_late', 'demand',
]);
export type AnswerRule = z.output<typeof answerRule>;

/** What is wrong with an answer; `limit` is the number, date or pattern that was asked for. */
export const answerIssue = z.object({ question: z.string(), row: z.string().nullable(), rule: answerRule, limit: z.union([z.string(), z.number()]).nullable() });
export type AnswerIssue = z.output<typeof answerIssue>;
