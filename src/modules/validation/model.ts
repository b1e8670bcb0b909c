// Findings: what a check says about a table. Data, not errors; all of them are returned.
import { z } from 'zod';

export const finding = z.object({
  /** Code of the edition's check, or of a built-in one: adjustment_share, missing_children, below_last_submission. */
  check: z.string(),
  severity: z.enum(['hard', 'soft']),
  indicator: z.string(),
  /** Numbers for the sentence: left, right, and whatever the check speaks of. */
  details: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())])),
});
export type Finding = z.output<typeof finding>;

/** A soft finding with its 说明. */
export const notedFinding = finding.extend({ note: z.string().nullable() });
export type NotedFinding = z.output<typeof notedFinding>;
