// What saving all rows will do to the unit's table. Sums are exact; of enterprises the browser knows only these rows: whether
// one was here before, the server decides, so a line of 家 says how many at most. Pure.
import type { Indicator } from '../../../modules/editions/model.ts';
import type { Figures, Layout } from '../../../modules/figures/model.ts';
import { contributionOf, type CountedEntry } from '../../../modules/figures/rules.ts';
import type { EffectLine } from './effect-lines.ts';

export interface BatchEffectQuestion {
  readonly indicators: readonly Pick<Indicator, 'code' | 'counting'>[];
  readonly layout: Layout;
  readonly own: Figures;
  readonly entries: readonly CountedEntry[];
}

/** Lines in the order of the table; cells that stay as they are have none. */
export function batchEffectOf({ indicators, layout, own, entries }: BatchEffectQuestion): EffectLine[] {
  const amounts = new Map<number, number>();
  const codes = new Map<number, Set<string>>();
  for (const entry of entries) {
    const contribution = contributionOf(indicators, layout, countable(indicators, entry));
    const coded = entry.enterprises.flatMap(({ uscc }) => (uscc === null ? [] : [uscc]));
    for (const [counter, amount] of contribution.amounts) amounts.set(counter, (amounts.get(counter) ?? 0) + amount);
    for (const counter of contribution.distinct) codes.set(counter, new Set([...(codes.get(counter) ?? []), ...coded]));
  }
  return indicators.flatMap(({ code }): EffectLine[] => {
    const place = layout.places.get(code);
    const from = own[code]?.value ?? 0;
    if (place === undefined) return [];
    if (place.kind === 'sum') return exact(code, from, amounts.get(place.sum) ?? 0);
    const coded = codes.get(place.distinct)?.size ?? 0;
    const uncoded = amounts.get(place.uncoded) ?? 0;
    return coded === 0 ? exact(code, from, uncoded) : [{ kind: 'enterprises', indicator: code, from, added: coded + uncoded, removed: 0 }];
  });
}

function exact(indicator: string, from: number, added: number): EffectLine[] {
  return added === 0 ? [] : [{ kind: 'exact', indicator, from, to: from + added }];
}

/** What is not yet a number adds nothing. */
function countable(indicators: BatchEffectQuestion['indicators'], entry: CountedEntry): CountedEntry {
  const summed = new Set(indicators.flatMap(({ counting }) => (counting.measure === 'sum' && counting.field !== undefined ? [counting.field] : [])));
  return { ...entry, values: Object.fromEntries(Object.entries(entry.values).filter(([field, value]) => !summed.has(field) || typeof value === 'number')) };
}
