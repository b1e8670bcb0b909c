// How entries become figures: the layout of counters, what an entry adds, and the evaluator that adds a whole ledger up.
// The same functions serve the browser (effect before saving) and the server; the SQL in 0007 is compared with them.
import type { Counting, EditionDefinition, ExtensionIndicator, Indicator } from '../editions/model.ts';
import { type Contribution, type CounterPlace, counterLimit, type Figure, type Figures, type Layout } from './model.ts';

/** The parts of a ledger entry that counting looks at. */
export interface CountedEntry {
  readonly kind: string;
  readonly values: { readonly [field: string]: string | number | null };
  readonly enterprises: readonly { readonly uscc: string | null }[];
}

/** Counters an indicator needs: one for a sum; 家次, without code, own, three depths and nation for enterprises. */
export function countersNeeded(counting: Counting): number {
  return counting.measure === 'enterprises' ? 7 : 1;
}

/** Gives indicators their counters in order of declaration, from `first` on. */
export function layoutOf(indicators: readonly { readonly code: string; readonly counting: Counting }[], first = 1): Layout {
  const places = new Map<string, CounterPlace>();
  let next = first;
  for (const { code, counting } of indicators) {
    places.set(code, placeAt(counting, next));
    next += countersNeeded(counting);
  }
  if (next > counterLimit + 1) throw new RangeError(`an edition has room for ${counterLimit} counters, this one needs ${next - 1}`);
  return { places, next };
}

export function placeAt(counting: Counting, first: number): CounterPlace {
  return counting.measure === 'enterprises' ? { kind: 'enterprises', times: first, uncoded: first + 1, distinct: first + 2 } : { kind: 'sum', sum: first };
}

/** The layout of an edition with a province's own rows, each at the counter it was given. */
export function layoutWith(definition: EditionDefinition, extensions: readonly { readonly definition: ExtensionIndicator; readonly baseSlot: number }[]): Layout {
  const national = layoutOf(definition.indicators);
  const places = new Map(national.places);
  let next = national.next;
  for (const extension of extensions) {
    places.set(extension.definition.code, placeAt(extension.definition.counting, extension.baseSlot));
    next = Math.max(next, extension.baseSlot + countersNeeded(extension.definition.counting));
  }
  return { places, next };
}

export function counts(counting: Counting, entry: CountedEntry): boolean {
  if (!counting.kinds.includes(entry.kind)) return false;
  return Object.entries(counting.where ?? {}).every(([field, values]) => values.includes(String(entry.values[field] ?? '')));
}

/** What an entry adds. A co-host adds nothing: only the counting unit holds the entry (domain 9, question 3). */
export function contributionOf(indicators: readonly Pick<Indicator, 'code' | 'counting'>[], layout: Layout, entry: CountedEntry): Contribution {
  const amounts = new Map<number, number>();
  const distinct: number[] = [];
  const add = (counter: number, amount: number): void => {
    if (amount !== 0) amounts.set(counter, (amounts.get(counter) ?? 0) + amount);
  };
  for (const { code, counting } of indicators) {
    const place = layout.places.get(code);
    if (place === undefined || !counts(counting, entry)) continue;
    if (place.kind === 'enterprises') {
      add(place.times, entry.enterprises.length);
      add(place.uncoded, entry.enterprises.filter((one) => one.uscc === null).length);
      distinct.push(place.distinct);
    } else {
      add(place.sum, counting.measure === 'entries' ? 1 : Number(entry.values[counting.field ?? ''] ?? 0));
    }
  }
  return { amounts, distinct };
}

/** The counter an adjustment of an indicator adds to: for 家 it counts like enterprises without a code. */
export function adjustmentCounter(place: CounterPlace): number {
  return place.kind === 'enterprises' ? place.uncoded : place.sum;
}

/** A scope's distinct counter: own unit, or the scope at depth 3, 2, 1 or 0 (nation). */
export function distinctCounter(place: CounterPlace & { kind: 'enterprises' }, scope: 'own' | 0 | 1 | 2 | 3): number {
  return scope === 'own' ? place.distinct : place.distinct + (4 - scope);
}

/** One figure from counters of the records row and of the adjustments row (1-based; missing = 0). */
export function figureOf(place: CounterPlace, records: readonly number[], adjustments: readonly number[]): Figure {
  const at = (row: readonly number[], counter: number): number => row[counter - 1] ?? 0;
  const adjusted = at(adjustments, adjustmentCounter(place));
  if (place.kind === 'sum') {
    const counted = at(records, place.sum);
    return { value: counted + adjusted, records: counted, adjustments: adjusted, times: null, uncoded: null };
  }
  const uncoded = at(records, place.uncoded);
  const counted = at(records, place.distinct) + uncoded;
  return { value: counted + adjusted, records: counted, adjustments: adjusted, times: at(records, place.times), uncoded };
}

/** Adds a unit's whole ledger up: the reference the database is compared with, and the browser's own table. */
export function ownFigures(
  indicators: readonly Pick<Indicator, 'code' | 'counting'>[],
  layout: Layout,
  entries: Iterable<CountedEntry>,
  adjustments: readonly { readonly indicator: string; readonly delta: number }[] = [],
): Figures {
  const records = Array.from({ length: counterLimit }, () => 0);
  const met = new Map<number, Set<string>>();
  for (const entry of entries) {
    const contribution = contributionOf(indicators, layout, entry);
    for (const [counter, amount] of contribution.amounts) records[counter - 1] = (records[counter - 1] ?? 0) + amount;
    const coded = entry.enterprises.flatMap(({ uscc }) => (uscc === null ? [] : [uscc]));
    for (const base of contribution.distinct) {
      const codes = met.get(base) ?? new Set();
      met.set(base, codes);
      for (const uscc of coded) codes.add(uscc);
    }
  }
  for (const [base, codes] of met) records[base - 1] = codes.size;
  const adjusted = Array.from({ length: counterLimit }, () => 0);
  for (const { indicator, delta } of adjustments) {
    const place = layout.places.get(indicator);
    if (place === undefined) continue;
    const counter = adjustmentCounter(place);
    adjusted[counter - 1] = (adjusted[counter - 1] ?? 0) + delta;
  }
  return Object.fromEntries(indicators.flatMap(({ code }) => {
    const place = layout.places.get(code);
    return place === undefined ? [] : [[code, figureOf(place, records, adjusted)]];
  }));
}

/** Sums figures of several units: 家 adds up too, as practice does (domain 9, question 1). */
export function sumOfFigures(parts: readonly Figures[], indicators: readonly { readonly code: string }[]): Figures {
  const nullable = (a: number | null, b: number | null): number | null => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));
  return Object.fromEntries(indicators.map(({ code }) => {
    const total = parts.reduce<Figure | null>((sum, part) => {
      const one = part[code];
      if (one === undefined) return sum;
      if (sum === null) return one;
      return {
        value: sum.value + one.value,
        records: sum.records + one.records,
        adjustments: sum.adjustments + one.adjustments,
        times: nullable(sum.times, one.times),
        uncoded: nullable(sum.uncoded, one.uncoded),
      };
    }, null);
    return [code, total ?? { value: 0, records: 0, adjustments: 0, times: null, uncoded: null }];
  }));
}

/** Every counter a layout uses. */
export function allCounters(layout: Layout): number[] {
  return [...layout.places.values()].flatMap((place) => (place.kind === 'sum' ? [place.sum] : Array.from({ length: 7 }, (_, index) => place.times + index)));
}

export function figuresOf(
  indicators: readonly { readonly code: string }[],
  layout: Layout,
  row: { readonly records: readonly number[]; readonly adjustments: readonly number[] },
): Figures {
  return Object.fromEntries(indicators.flatMap(({ code }) => {
    const place = layout.places.get(code);
    return place === undefined ? [] : [[code, figureOf(place, row.records, row.adjustments)]];
  }));
}

/** Distinct enterprises of a scope by indicator: the credits its rows hold, plus those without a code and adjustments. */
export function distinctOf(
  indicators: readonly { readonly code: string }[],
  layout: Layout,
  rows: readonly { readonly records: readonly number[]; readonly adjustments: readonly number[] }[],
  scope: 'own' | 0 | 1 | 2 | 3,
): { readonly [indicator: string]: number } {
  return Object.fromEntries(indicators.flatMap(({ code }) => {
    const place = layout.places.get(code);
    if (place === undefined || place.kind !== 'enterprises') return [];
    const counter = distinctCounter(place, scope);
    const total = rows.reduce((sum, row) => sum + (row.records[counter - 1] ?? 0) + (row.records[place.uncoded - 1] ?? 0) + (row.adjustments[place.uncoded - 1] ?? 0), 0);
    return [[code, total]];
  }));
}

export function valuesOf(figures: Figures): { readonly [indicator: string]: number } {
  return Object.fromEntries(Object.entries(figures).map(([code, figure]) => [code, figure.value]));
}
