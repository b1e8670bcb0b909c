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
