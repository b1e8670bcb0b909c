// The numbers of the overview: how far the returns are, the units in order, the headline figures. Knows no DOM.
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import { type Basis, missingIn, valueIn } from './matrix-order.ts';

/** What tiles and ranking show: how far the returns are, or an indicator's code. */
export const byState = 'state';

export interface Progress {
  /** Direct children: how many, of them with something submitted, accepted, late. */
  readonly children: number;
  readonly submitted: number;
  readonly accepted: number;
  readonly late: number;
  readonly missing: number;
  /** All units below at any depth, and of them with something submitted. */
  readonly units: number;
  readonly unitsSubmitted: number;
}

export function progressOf(rows: readonly MatrixRow[], isLate: (row: MatrixRow) => boolean): Progress {
  const submitted = rows.filter((row) => row.submitted !== null).length;
  const units = rows.reduce((sum, { below }) => sum + below.units + 1, 0);
  return {
    children: rows.length, submitted, accepted: rows.filter(({ accepted }) => accepted).length, late: rows.filter(isLate).length, missing: rows.length - submitted,
    units, unitsSubmitted: units - rows.reduce((sum, row) => sum + missingIn(row), 0),
  };
}

/** Units of a branch, itself included, that have submitted, in whole percent; 100 only when all have. */
export function percentSubmitted(row: Pick<MatrixRow, 'below' | 'submitted'>): number {
  const units = row.below.units + 1;
  return Math.floor(((units - missingIn(row)) / units) * 100);
}

export interface Ranked {
  readonly row: MatrixRow;
  readonly value: number;
  /** Length of the bar against the longest, 0 to 1. */
  readonly share: number;
}

/** Units with a number, largest first; equal ones in the order of their codes. */
export function rankedBy(rows: readonly MatrixRow[], show: string, basis: Basis): Ranked[] {
  const numbered = rows.flatMap((row) => {
    const value = show === byState ? percentSubmitted(row) : valueIn(row, show, basis);
    return value === null ? [] : [{ row, value }];
  });
  const longest = show === byState ? 100 : Math.max(1, ...numbered.map(({ value }) => value));
  return numbered.sort((a, b) => b.value - a.value || a.row.unit.code.localeCompare(b.row.unit.code)).map((one) => ({ ...one, share: Math.max(0, one.value) / longest }));
}

/** Whether nothing has been recorded or submitted anywhere. */
export function isBare(rows: readonly MatrixRow[], ownEntries: boolean): boolean {
  return !ownEntries && rows.every(({ entries, submitted }) => entries === 0 && submitted === null);
}

/** Where a unit of the overview leads: down to those below it, or, where there are none, to its table. */
export function downFrom(row: Pick<MatrixRow, 'below'>, show: string | null): { readonly page: '/overview' | '/table'; readonly more: { readonly [name: string]: string } } {
  if (row.below.units > 0) return { page: '/overview', more: show === null ? { show: byState } : { show } };
  return { page: '/table', more: show === null ? {} : { cell: show } };
}
