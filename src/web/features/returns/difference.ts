// The difference between a unit's total and the sum of its children, one cell at a time, as terms that add up exactly.
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { getDifference } from '../../../modules/returns/contract.ts';

export type Difference = OutputOf<typeof getDifference>;
export type TermKind = Difference['terms'][number]['kind'];

export interface DifferenceLine {
  readonly kind: TermKind;
  /** Null for the own level. */
  readonly unitCode: string | null;
  readonly unitName: string | null;
  readonly amount: number;
}

export interface CellDifference {
  readonly indicator: string;
  readonly total: number;
  readonly childrenNow: number;
  /** Terms that change this cell, and every child that is missing. Own level first, then the largest. */
  readonly lines: readonly DifferenceLine[];
  /** Of the own level, without records behind. */
  readonly adjusted: number;
  /** What no term explains. Anything but 0 is a fault of ours and is shown as such. */
  readonly residual: number;
}

export function differenceIn(difference: Difference, indicator: string): CellDifference {
  const lines = difference.terms
    .map(({ kind, unitCode, unitName, amounts }): DifferenceLine => ({ kind, unitCode, unitName, amount: amounts[indicator] ?? 0 }))
    .filter(({ kind, amount }) => amount !== 0 || kind === 'missing' || kind === 'own_level')
    .sort((a, b) => Number(b.kind === 'own_level') - Number(a.kind === 'own_level') || Math.abs(b.amount) - Math.abs(a.amount) || (a.unitCode ?? '').localeCompare(b.unitCode ?? ''));
  return {
    indicator,
    total: difference.total[indicator] ?? 0,
    childrenNow: difference.childrenNow[indicator] ?? 0,
    lines,
    adjusted: difference.adjusted[indicator] ?? 0,
    residual: difference.residual[indicator] ?? 0,
  };
}

/** Amount and number of units of one kind of term. */
export interface TermSum {
  readonly kind: TermKind;
  readonly units: number;
  readonly amount: number;
}

export function sumsByKind(lines: readonly DifferenceLine[]): TermSum[] {
  const kinds: readonly TermKind[] = ['own_level', 'late', 'not_yet_accepted', 'corrected', 'missing'];
  return kinds.flatMap((kind) => {
    const some = lines.filter((line) => line.kind === kind);
    return some.length === 0 ? [] : [{ kind, units: some.length, amount: some.reduce((sum, { amount }) => sum + amount, 0) }];
  });
}

/** Whether the terms of a cell add up: total = children now + terms. Checked here again, from the numbers on the screen. */
export function addsUp(cell: CellDifference): boolean {
  return cell.residual === 0 && cell.childrenNow + cell.lines.reduce((sum, { amount }) => sum + amount, 0) === cell.total;
}
