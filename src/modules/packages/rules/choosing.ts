// Which pictures and files go into a package: chosen by the clerk, within a stated size; unasked, pictures of the own entries.
import { allowed, type Decision, refused } from '../../../shared/decision.ts';
import { problem } from '../../../shared/problem.ts';
import type { Packable } from '../model.ts';

export interface ChoiceLimits {
  readonly bytes: number;
  readonly count: number;
}

/** Unasked: pictures, one of each activity first, then the rest, for as long as there is room. */
export function plainChoice(packables: readonly Packable[], { bytes, count }: ChoiceLimits): ReadonlySet<string> {
  const pictures = packables.filter(({ picture }) => picture);
  const seen = new Set<string>();
  const first = pictures.filter(({ activityId }) => {
    const isFirst = !seen.has(activityId);
    seen.add(activityId);
    return isFirst;
  });
  const chosen = new Set<string>();
  let total = 0;
  for (const one of [...first, ...pictures.filter((picture) => !first.includes(picture))]) {
    if (total + one.bytes > bytes || chosen.size >= count) continue;
    chosen.add(one.id);
    total += one.bytes;
  }
  return chosen;
}

/** The chosen ones in the order of the ledger; refused when there are too many or one is not there. */
export function decideChoice<P extends Packable>(packables: readonly P[], wanted: ReadonlySet<string>, { bytes, count }: ChoiceLimits): Decision<readonly P[]> {
  const chosen = packables.filter(({ id }) => wanted.has(id));
  if (chosen.length < wanted.size) return refused(problem('refused_by_rule', { rule: 'evidence_not_in_version' }));
  const total = chosen.reduce((sum, one) => sum + one.bytes, 0);
  return total > bytes || chosen.length > count ? refused(problem('too_large', { maximumBytes: bytes })) : allowed(chosen);
}
