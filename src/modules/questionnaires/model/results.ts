// What answers add up to. Of anonymous questionnaires groups below five are not broken down; from above there are sums only.
import { z } from 'zod';
import { calendarDate, instant } from '../../../shared/instant.ts';
import { plainText } from '../../../shared/wire.ts';
import { channelKind, counted } from './channels.ts';
import { code, definition } from './definition.ts';

/** Below this a group of an anonymous questionnaire is not broken down. */
export const leastGroup = 5;

export const bar = z.object({ key: z.string(), count: z.number().int() });
export type Bar = z.output<typeof bar>;

/** `base`: who answered it, the ground of its percentages. Of a multiple choice they add up to more than all. */
export const tally = z.object({
  question: z.string(),
  base: z.number().int(),
  /** Options, points of a scale, or ranges of a number (`10..19`), in order. */
  bars: z.array(bar),
  /** Of a matrix: a row each. */
  rows: z.array(z.object({ row: z.string(), base: z.number().int(), bars: z.array(bar) })),
  mean: z.number().nullable(),
  median: z.number().nullable(),
});
export type Tally = z.output<typeof tally>;

/** A part of the answers that may be looked at by itself; `open` false: too small in an anonymous questionnaire. */
const part = { answers: z.number().int(), open: z.boolean() };
export const channelPart = counted.extend({ id: z.string(), name: z.string(), kind: channelKind, ...part });
export const periodPart = z.object({ from: calendarDate, to: calendarDate, ...part });
export type PeriodPart = z.output<typeof periodPart>;

export const results = z.object({
  title: z.string(),
  anonymous: z.boolean(),
  /** Of the version published last, which the labels are taken from. */
  definition,
  /** All answers, and those the filter leaves. */
  answers: z.number().int(),
  chosen: z.number().int(),
  total: counted,
  /** The filter leaves too few: nothing is broken down. */
  withheld: z.boolean(),
  tallies: z.array(tally),
  channels: z.array(channelPart),
  periods: z.array(periodPart),
  /** May read texts and take answers out: the unit's own people. */
  may: z.array(z.enum(['texts', 'export'])),
});
export type Results = z.output<typeof results>;

/** Null: a cell of a group that is too small. */
export const crossTable = z.object({
  base: z.number().int(),
  rows: z.array(z.object({ key: z.string(), total: z.number().int().nullable() })),
  columns: z.array(z.object({ key: z.string(), total: z.number().int().nullable() })),
  cells: z.array(z.array(z.number().int().nullable())),
});
export type CrossTable = z.output<typeof crossTable>;

export const freeText = z.object({ answerId: z.string(), question: code, text: z.string(), enterprise: z.string().nullable(), suggestionId: z.string().nullable() });
export type FreeText = z.output<typeof freeText>;

export const suggestionTopic = z.enum(['legislation', 'enforcement', 'service', 'training', 'cooperation', 'other']);
export const suggestionContent = z.strictObject({
  title: plainText(100, 2),
  topic: suggestionTopic.nullable(),
  texts: z.array(z.strictObject({ answerId: z.string().regex(/^\d{2}-[0-9a-f-]{36}$/, { error: 'record_id' }), question: code })).min(1, { error: 'text_missing' }).max(500, { error: 'too_many' }),
});
export type SuggestionContent = z.output<typeof suggestionContent>;

export const suggestion = z.object({ id: z.string(), title: z.string(), topic: suggestionTopic.nullable(), texts: z.number().int(), version: z.number().int(), savedAt: instant, savedByName: z.string(), entryId: z.string().nullable() });
export type Suggestion = z.output<typeof suggestion>;
