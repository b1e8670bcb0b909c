// Checks a table of values against an edition's rules. Pure: the same findings in the browser's margin and at the seal.
import type { InputIssue } from '../../shared/problem.ts';
import type { Check, CheckTerm, Comparison, EditionDefinition } from '../editions/model.ts';
import type { Finding } from './model.ts';

export type Values = { readonly [indicator: string]: number };

function valueOf(term: CheckTerm, values: Values): number {
  return 'constant' in term ? term.constant : (values[term.indicator] ?? 0) * (term.times ?? 1);
}

export function holds(comparison: Comparison, values: Values): boolean {
  const left = valueOf(comparison.left, values);
  const right = valueOf(comparison.right, values);
  switch (comparison.is) {
    case '<=':
      return left <= right;
    case '<':
      return left < right;
    case '=':
      return left === right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function speaks(check: Pick<Check, 'when'>, values: Values): boolean {
  return (check.when ?? []).every((condition) => holds(condition, values));
}

export function isBroken(check: Check, values: Values): boolean {
  return speaks(check, values) && !holds(check.must, values);
}

/** Every check of the edition that these values break, hard ones first, in the order of the table. */
export function findingsOf(definition: Pick<EditionDefinition, 'checks' | 'indicators'>, values: Values): Finding[] {
  const order = new Map(definition.indicators.map(({ code }, index) => [code, index]));
  return definition.checks
    .filter((check) => isBroken(check, values))
    .map((check): Finding => ({
      check: check.code,
      severity: check.severity,
      indicator: check.indicator,
      details: { left: valueOf(check.must.left, values), right: valueOf(check.must.right, values), value: values[check.indicator] ?? 0 },
    }))
    .sort((a, b) => rank(a) - rank(b) || (order.get(a.indicator) ?? 0) - (order.get(b.indicator) ?? 0));
}

function rank(finding: Finding): number {
  return finding.severity === 'hard' ? 0 : 1;
}

export function blocksSealing(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'hard');
}

/**
 * Whether a set of checks is worth having: every example breaks its own check and no other (so none follows from the rest),
 * every hard check can be met together with all hard ones where it speaks, and every soft one can at least be got out of
 * without breaking a hard one (so none contradicts them; a soft one may still be answered with a 说明).
 */
export function checkSetIssues(checks: readonly Check[]): InputIssue[] {
  return checks.flatMap((check, index): InputIssue[] => {
    const path = `checks.${index}`;
    const broken = checks.filter((one) => isBroken(one, check.example)).map(({ code }) => code);
    if (!broken.includes(check.code)) return [{ path: `${path}.example`, rule: 'example_does_not_break', code: check.code }];
    const others = broken.filter((code) => code !== check.code);
    if (others.length > 0) return [{ path: `${path}.example`, rule: 'example_breaks_others', code: check.code, others }];
    return canBeMet(check, checks) ? [] : [{ path, rule: 'check_cannot_be_met', code: check.code }];
  });
}

/**
 * Searches near the example for a table where the check (if hard: speaks and) holds, and every hard check holds. It changes the check's
 * own indicators only: nobody wants a rule that one can meet only by changing rows it does not name.
 */
function canBeMet(check: Check, checks: readonly Check[]): boolean {
  const bound = checks.filter((one) => one.severity === 'hard' || one === check);
  const named = [...new Set(termsOf(check).flatMap((term) => ('indicator' in term ? [term.indicator] : [])))];
  const candidates = candidateValues(check, bound);
  const meets = (values: Values): boolean => (check.severity === 'soft' || speaks(check, values)) && !bound.some((one) => isBroken(one, values));
  const search = (values: Values, left: readonly string[]): boolean => {
    const [next, ...rest] = left;
    return next === undefined ? meets(values) : candidates.some((value) => search({ ...values, [next]: value }, rest));
  };
  return search(check.example, named);
}

/** Whole numbers around every bound the checks speak of, and one beyond them all. */
function candidateValues(check: Check, bound: readonly Check[]): number[] {
  const terms = bound.flatMap(termsOf);
  const constants = terms.flatMap((term) => ('constant' in term ? [term.constant] : []));
  const seeds = [...new Set([0, 1, ...constants, ...termsOf(check).map((term) => valueOf(term, check.example))])];
  const around = seeds.flatMap((seed) => [seed - 1, seed, seed + 1]).filter((value) => value >= 0);
  return [...new Set([...around, 1_000_000])].sort((a, b) => a - b);
}

function termsOf({ when, must }: Check): CheckTerm[] {
  return [...(when ?? []), must].flatMap(({ left, right }) => [left, right]);
}

/** Share of a cell, in percent, above which counts without records need a 说明. Ours: the notice sets none. */
export const adjustmentSharePercent = 20;

/** Findings no edition has to state: children missing from the table, and cells that stand mostly on adjustments. */
export function findingsOnAssembly(
  own: { readonly [indicator: string]: { readonly value: number; readonly adjustments: number } },
  missingNames: readonly string[],
): Finding[] {
  const heavy = Object.entries(own).filter(([, figure]) => Math.abs(figure.adjustments) * 100 > Math.max(figure.value, 0) * adjustmentSharePercent && figure.adjustments !== 0);
  const first = heavy[0];
  const findings: Finding[] = [];
  if (first !== undefined) {
    findings.push({ check: 'adjustment_share', severity: 'soft', indicator: first[0], details: { indicators: heavy.map(([code]) => code), percent: adjustmentSharePercent } });
  }
  if (missingNames.length > 0) {
    const indicator = Object.keys(own)[0] ?? '';
    findings.push({ check: 'missing_children', severity: 'soft', indicator, details: { units: missingNames.length, names: missingNames.slice(0, 20) } });
  }
  return findings;
}
