// Reporting units (填报单位) and places: two trees with validity dates.
import { z } from 'zod';
import { calendarDate } from '../../shared/instant.ts';

/** `xpcc` is 新疆生产建设兵团, a provincial unit beside the 31 provinces; `zone` is a functional zone (功能区). */
export const unitKind = z.enum(['nation', 'province', 'xpcc', 'prefecture', 'county', 'zone']);
export type UnitKind = z.output<typeof unitKind>;

export const unitSummary = z.object({ code: z.string(), name: z.string(), shortName: z.string(), kind: unitKind, parentCode: z.string().nullable(), depth: z.number().int() });
export type UnitSummary = z.output<typeof unitSummary>;

export const unitDetail = unitSummary.extend({
  placeCodes: z.array(z.string()),
  validFrom: calendarDate,
  validTo: calendarDate.nullable(),
  successorCodes: z.array(z.string()),
  demonstration: z.boolean(),
});
export type UnitDetail = z.output<typeof unitDetail>;

/** One line of an imported sheet and what would become of it. */
export const importLine = z.object({
  line: z.number().int(),
  code: z.string(),
  name: z.string(),
  verdict: z.enum(['new', 'same', 'changed', 'refused']),
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string() })),
  issues: z.array(z.object({ field: z.string(), rule: z.string() })),
});
export type ImportLine = z.output<typeof importLine>;
