// What the matrix page shows, as its address holds it, and the totals above its rows. Knows no DOM.
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { type Basis, type MatrixFilter, type MatrixOrder, matrixStatuses, valueIn } from './matrix-order.ts';

export interface MatrixView {
  readonly basis: Basis;
  readonly filter: MatrixFilter;
  readonly order: MatrixOrder;
}

export const firstOrder: MatrixOrder = { by: 'unit', descending: false };

const filters: readonly string[] = ['all', 'late', ...matrixStatuses];

/** Unknown words in an address mean what stands there without them. `columns`: what rows may be sorted by. */
export function matrixViewOf(parameters: URLSearchParams, columns: readonly string[]): MatrixView {
  const filter = parameters.get('state') ?? 'all';
  const sort = parameters.get('sort') ?? '';
  const descending = sort.startsWith('-');
  const by = descending ? sort.slice(1) : sort;
  return {
    basis: parameters.get('basis') === 'submitted' ? 'submitted' : 'live',
    filter: filters.includes(filter) ? (filter as MatrixFilter) : 'all',
    order: columns.includes(by) ? { by, descending } : firstOrder,
  };
}

/** The address after a change; whatever is as at first is left out, other parameters stay. */
export function parametersAfter(parameters: URLSearchParams, view: MatrixView): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const set = (name: string, value: string, first: string): void => {
    if (value === first) next.delete(name);
    else next.set(name, value);
  };
  set('basis', view.basis, 'live');
  set('state', view.filter, 'all');
  set('sort', `${view.order.descending ? '-' : ''}${view.order.by}`, firstOrder.by);
  return next;
}

/** The sum of a column over units that have a number. */
export function sumOf(rows: readonly Pick<MatrixRow, 'live' | 'submitted'>[], indicator: string, basis: Basis): number {
  return rows.reduce((sum, row) => sum + (valueIn(row, indicator, basis) ?? 0), 0);
}

/** When the units below must have submitted: what this unit set for them, else its own time. Milliseconds since 1970. */
export function dueBelow(deadlines: { readonly due: string; readonly forBelow: string | null }): number {
  return Date.parse(deadlines.forBelow ?? deadlines.due);
}

/** Units of a branch that have submitted, of how many. */
export function submittedBelow(row: Pick<MatrixRow, 'below'>): { readonly submitted: number; readonly units: number } {
  return { submitted: row.below.units - row.below.missing, units: row.below.units };
}
