// Figures: what an entry adds, what a unit has, what a scope has.
import { z } from 'zod';

/** Value of one indicator for one unit's own work. */
export const figure = z.object({
  /** What the cell shows: records plus adjustments. For 家 at own level: distinct by code, plus those without a code. */
  value: z.number().int(),
  /** Part of `value` that stands on records. */
  records: z.number().int(),
  /** Part of `value` that has no records behind it (调). */
  adjustments: z.number().int(),
  /** 家次: every attendance of an enterprise counts; null where the indicator does not count enterprises. */
  times: z.number().int().nullable(),
  /** Part of `records` that are enterprises named without a code; null as above. */
  uncoded: z.number().int().nullable(),
});
export type Figure = z.output<typeof figure>;

export type Figures = { readonly [indicator: string]: Figure };
export const figures = z.record(z.string(), figure);

/** What one entry adds to its unit's figures under an edition's counting rules. */
export interface Contribution {
  /** Counter number (1 to 64, see rules.layoutOf) to amount; no zeros. */
  readonly amounts: ReadonlyMap<number, number>;
  /** Base counters of the distinct figures in which each enterprise with a code appears. */
  readonly distinct: readonly number[];
}

/** Where an indicator's numbers lie among the 64 counters of a unit's row. */
export type CounterPlace =
  | { readonly kind: 'sum'; readonly sum: number }
  | { readonly kind: 'enterprises'; readonly times: number; readonly uncoded: number; /** own; +1 depth 3, +2 depth 2, +3 depth 1, +4 nation */ readonly distinct: number };

export interface Layout {
  readonly places: ReadonlyMap<string, CounterPlace>;
  /** First counter not used. */
  readonly next: number;
}

export const counterLimit = 64;
