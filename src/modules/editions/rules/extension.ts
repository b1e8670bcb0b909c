// A province's own rows: who may add one, what it may count, and which counters it gets. Pure.
import { allowed, type Decision, refused } from '../../../shared/decision.ts';
import { type InputIssue, invalidInput, problem } from '../../../shared/problem.ts';
import { counterLimit } from '../../figures/model.ts';
import { countersNeeded, layoutOf } from '../../figures/rules.ts';
import type { UnitKind } from '../../units/model.ts';
import type { Counting, EditionDefinition, ExtensionIndicator } from '../model.ts';
import { countingIssues } from './definition.ts';

/** A row a province has or had in an edition. */
export interface KnownExtension {
  readonly definition: ExtensionIndicator;
  readonly baseSlot: number;
  readonly removed: boolean;
}

export interface ExtensionFacts {
  readonly edition: Pick<EditionDefinition, 'kinds' | 'indicators'>;
  readonly unitKind: UnitKind;
  readonly closed: boolean;
  /** All rows of this province, removed ones included. */
  readonly known: readonly KnownExtension[];
}

/** The first counter of the new row, or why it cannot be added. A row taken out earlier comes back to its own counters. */
export function decideExtension(wanted: ExtensionIndicator, facts: ExtensionFacts): Decision<{ readonly baseSlot: number }> {
  const refusal = decideExtender(facts);
  if (refusal !== null) return refused(problem('refused_by_rule', { rule: refusal }));
  const issues = extensionIssues(wanted, facts);
  if (issues.length > 0) return refused(invalidInput(issues));
  const same = facts.known.find(({ definition }) => definition.code === wanted.code);
  if (same?.removed === false) return refused(problem('duplicate', { kind: 'extension_row', id: wanted.code }));
  if (same !== undefined && !sameCounting(same.definition.counting, wanted.counting)) return refused(problem('refused_by_rule', { rule: 'code_counted_otherwise' }));
  const baseSlot = same?.baseSlot ?? freeSlot(facts, countersNeeded(wanted.counting));
  return baseSlot === null ? refused(problem('refused_by_rule', { rule: 'no_counters_left' })) : allowed({ baseSlot });
}

function decideExtender({ unitKind, closed }: ExtensionFacts): string | null {
  if (closed) return 'edition_closed';
  return unitKind === 'province' || unitKind === 'xpcc' ? null : 'only_a_province_extends';
}

function extensionIssues(wanted: ExtensionIndicator, { edition }: ExtensionFacts): InputIssue[] {
  const issues = countingIssues(edition, wanted.counting, 'definition.counting');
  const last = Math.max(...edition.indicators.map(({ row }) => row));
  if (wanted.row <= last) issues.push({ path: 'definition.row', rule: 'row_of_the_nation', minimum: last + 1 });
  const word = edition.indicators.find(({ unit }) => unit === wanted.unit)?.unitWord ?? wanted.unitWord;
  if (word !== wanted.unitWord) issues.push({ path: 'definition.unitWord', rule: 'unit_with_two_words', word });
  return issues;
}

/** The same entries counted by the same measure; the order in which kinds and values are named does not matter. */
function sameCounting(one: Counting, other: Counting): boolean {
  const told = ({ kinds, measure, field, where }: Counting): string =>
    JSON.stringify([kinds.toSorted(), measure, field ?? null, Object.entries(where ?? {}).map(([code, values]) => [code, values.toSorted()]).sort()]);
  return told(one) === told(other);
}

/**
 * The first stretch of counters behind the nation's that no row of the province has. Rows taken out keep theirs while they
 * are known, because figures of theirs may remain; a row that never counted anything is forgotten instead of taken out.
 */
function freeSlot({ edition, known }: ExtensionFacts, needed: number): number | null {
  const taken = known.map(({ baseSlot, definition }) => ({ from: baseSlot, next: baseSlot + countersNeeded(definition.counting) })).sort((a, b) => a.from - b.from);
  let candidate = layoutOf(edition.indicators).next;
  for (const { from, next } of taken) {
    if (candidate + needed <= from) break;
    candidate = Math.max(candidate, next);
  }
  return candidate + needed <= counterLimit + 1 ? candidate : null;
}
