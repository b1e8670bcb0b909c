// Checks a table of values against an edition's rules. Pure: the same findings in the browser's margin and at the seal.
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

export function isBroken(check: Check, values: Values): boolean {
  return (check.when === undefined || holds(check.when, values)) && !holds(check.must, values);
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
