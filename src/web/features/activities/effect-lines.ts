// What saving will do to the unit's table, cell by cell. Sums are exact. Of enterprises the browser knows only this entry:
// whether one was here before, the server decides, so a line of 家 says how many at most.
import type { Indicator } from '../../../modules/editions/model.ts';
import type { Figures, Layout } from '../../../modules/figures/model.ts';
import { contributionOf, type CountedEntry } from '../../../modules/figures/rules.ts';

export type EffectLine =
  | { readonly kind: 'exact'; readonly indicator: string; readonly from: number; readonly to: number }
  | {
      readonly kind: 'enterprises';
      readonly indicator: string;
      readonly from: number;
      /** Enterprises new in this entry, with a code or without. */
      readonly added: number;
      readonly removed: number;
    };

export interface EffectQuestion {
  readonly indicators: readonly Pick<Indicator, 'code' | 'counting'>[];
  readonly layout: Layout;
  readonly own: Figures;
  /** The entry as it counts now; null for a new one. */
  readonly before: CountedEntry | null;
  readonly after: CountedEntry;
}

/** Lines in the order of the table; cells that stay as they are have none. */
export function effectLinesOf(question: EffectQuestion): EffectLine[] {
  const { indicators, layout, own } = question;
  const before = partOf(question, question.before);
  const after = partOf(question, question.after);
  return indicators.flatMap(({ code }): EffectLine[] => {
    const place = layout.places.get(code);
    const from = own[code]?.value ?? 0;
    if (place === undefined) return [];
    const step = (counter: number): number => (after.amounts.get(counter) ?? 0) - (before.amounts.get(counter) ?? 0);
    if (place.kind === 'sum') return step(place.sum) === 0 ? [] : [{ kind: 'exact', indicator: code, from, to: from + step(place.sum) }];
    const uncoded = step(place.uncoded);
    const was = before.distinct.has(place.distinct) ? before.codes : new Set<string>();
    const is = after.distinct.has(place.distinct) ? after.codes : new Set<string>();
    const added = countMissing(is, was);
    const removed = countMissing(was, is);
    if (added + removed > 0) return [{ kind: 'enterprises', indicator: code, from, added: added + Math.max(0, uncoded), removed: removed + Math.max(0, -uncoded) }];
    return uncoded === 0 ? [] : [{ kind: 'exact', indicator: code, from, to: from + uncoded }];
  });
}

interface Part {
  readonly amounts: ReadonlyMap<number, number>;
  readonly distinct: ReadonlySet<number>;
  readonly codes: ReadonlySet<string>;
}

function partOf({ indicators, layout }: EffectQuestion, entry: CountedEntry | null): Part {
  if (entry === null) return { amounts: new Map(), distinct: new Set(), codes: new Set() };
  const { amounts, distinct } = contributionOf(indicators, layout, countable(indicators, entry));
  return { amounts, distinct: new Set(distinct), codes: new Set(entry.enterprises.flatMap(({ uscc }) => (uscc === null ? [] : [uscc]))) };
}

/** Half-typed text where a number is counted adds nothing yet. */
function countable(indicators: EffectQuestion['indicators'], entry: CountedEntry): CountedEntry {
  const summed = new Set(indicators.flatMap(({ counting }) => (counting.measure === 'sum' && counting.field !== undefined ? [counting.field] : [])));
  const values = Object.entries(entry.values).filter(([field, value]) => !summed.has(field) || typeof value === 'number');
  return { ...entry, values: Object.fromEntries(values) };
}

function countMissing(codes: ReadonlySet<string>, among: ReadonlySet<string>): number {
  return [...codes].filter((code) => !among.has(code)).length;
}
