// What an edition of the service month is: theme, window, deadline, the table, its counting rules and checks. All data:
// a new year is a new file under data/editions and needs no code.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';

const identifier = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/);

/** The same words in both interface languages. */
export const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.output<typeof bilingual>;

/**
 * A unit of count. The 2023 annex has SESSION 场次, ENTERPRISE 家, ATTENDANCE 人次, COPY 份, ITEM 条, MATTER 个, CASE 件,
 * ARTICLE 篇. Not a closed set: another year may count something else. Within an edition one unit has one word.
 */
export const countUnit = z.string().regex(/^[A-Z][A-Z_]{1,19}$/);
export type CountUnit = z.output<typeof countUnit>;

/** A field that entries of one kind carry beside date, title, place, enterprises and evidence. */
export const kindField = z.strictObject({
  code: identifier,
  name: bilingual,
  type: z.enum(['integer', 'choice', 'text', 'link']),
  /** Word after an integer, such as 人次. */
  unitWord: z.string().optional(),
  required: z.boolean(),
  /** Shown only when the clerk asks for more; at most five fields of a kind are not (ux C2.3). */
  folded: z.boolean().default(false),
  /** Smallest integer accepted; 0 unless said. */
  minimum: z.number().int().min(0).optional(),
  /** Largest integer accepted. */
  maximum: z.number().int().positive().max(1_000_000_000).optional(),
  options: z.array(z.strictObject({ code: identifier, name: bilingual })).optional(),
  /** Value a new entry starts with. */
  initial: z.union([z.string(), z.number()]).optional(),
  /** Words a text field offers; others may be typed. */
  offers: z.literal('central_media').optional(),
  hint: bilingual.optional(),
});
export type KindField = z.output<typeof kindField>;

/** A kind of ledger entry (活动台账的类别). */
export const entryKind = z.strictObject({
  code: identifier,
  name: bilingual,
  /** Two or three characters for the chip of 「记一条」. */
  chip: bilingual,
  /** `required`: at least one enterprise must be named; `single`: exactly one; `none`: the kind has no enterprises. */
  enterprises: z.enum(['none', 'optional', 'single', 'required']),
  place: z.enum(['none', 'optional', 'required']),
  fields: z.array(kindField),
  /** What counts and what does not, as the clerk reads it (domain 9). */
  guidance: bilingual,
});
export type EntryKind = z.output<typeof entryKind>;

/**
 * How an indicator counts entries of some kinds:
 * `entries` one each; `sum` an integer field; `enterprises` distinct by code inside one unit, plus those without a code.
 */
export const counting = z.strictObject({
  kinds: z.array(identifier).min(1),
  measure: z.enum(['entries', 'sum', 'enterprises']),
  field: identifier.optional(),
  /** Only entries whose choice field holds one of these values. */
  where: z.record(identifier, z.array(identifier).min(1)).optional(),
});
export type Counting = z.output<typeof counting>;

/** One cell of the table (指标). */
export const indicator = z.strictObject({
  code: identifier,
  /** Number of the row it is printed in; several indicators share a row. */
  row: z.number().int().positive(),
  label: z.string().min(1),
  englishLabel: z.string().min(1),
  unit: countUnit,
  unitWord: z.string().min(1),
  /** 其中: the indicator this one is part of. */
  ofWhich: identifier.optional(),
  counting,
});
export type Indicator = z.output<typeof indicator>;

/** A term of a check: a constant, or an indicator times a whole number (1 unless said). */
export const checkTerm = z.union([
  z.strictObject({ constant: z.number().int() }),
  z.strictObject({ indicator: identifier, times: z.number().int().optional() }),
]);
export const comparison = z.strictObject({ left: checkTerm, is: z.enum(['<=', '<', '=', '>', '>=']), right: checkTerm });
export type CheckTerm = z.output<typeof checkTerm>;
export type Comparison = z.output<typeof comparison>;

/** A consistency rule (审核关系). 强制性 blocks sealing; 提示性 needs a 说明 that travels upward. */
export const check = z.strictObject({
  code: identifier,
  severity: z.enum(['hard', 'soft']),
  /** The cell the finding is shown at. */
  indicator: identifier,
  /** The rule speaks only where all of these hold. */
  when: z.array(comparison).min(1).optional(),
  must: comparison,
  message: bilingual,
  /** Clause, or the settled question of domain 9, the rule comes from. */
  basis: z.string().min(1),
  /** Figures that break exactly this rule; all others hold. Cells left out are 0. */
  example: z.record(identifier, z.number().int().min(0)),
});
export type Check = z.output<typeof check>;

export const editionDefinition = z.strictObject({
  code: z.string().regex(/^[0-9a-z-]{4,20}$/),
  number: z.number().int().positive(),
  /** 首届 and so on, as printed. */
  ordinal: bilingual,
  /** False for made-up editions: every screen and print says so. */
  official: z.boolean(),
  theme: bilingual,
  document: z.strictObject({ number: z.string(), issuer: z.string(), printedOn: calendarDate, title: z.string() }),
  window: z.strictObject({ from: calendarDate, to: calendarDate }),
  /** Entries outside the window but inside the grace need a reason; outside the grace they are refused. */
  grace: z.strictObject({ from: calendarDate, to: calendarDate }),
  deadline: instant,
  addressee: z.string(),
  attachments: z.array(z.string()),
  table: z.strictObject({ title: z.string(), unitLine: z.string(), dateLine: z.string(), columns: z.tuple([z.string(), z.string(), z.string()]) }),
  kinds: z.array(entryKind).min(1),
  indicators: z.array(indicator).min(1),
  checks: z.array(check),
  /** Media that count as 中央媒体; the notice prints no list, so the national office keeps one. */
  centralMedia: z.array(z.string()),
  /** Sentences printed under the table on screen about how it counts. */
  countingNotes: z.array(bilingual),
});
export type EditionDefinition = z.output<typeof editionDefinition>;

/** A row a province adds for itself. Its code starts with `x.`; it never travels above the province. */
export const extensionIndicator = indicator.omit({ ofWhich: true }).extend({ code: z.string().regex(/^x\.[a-z][a-z0-9_]{1,30}$/) });
export type ExtensionIndicator = z.output<typeof extensionIndicator>;
