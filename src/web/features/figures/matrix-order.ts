// What the matrix shows of a unit below: one status word, whether it is late, and the order and choice of rows. Knows no DOM.
import type { MatrixRow } from '../../../modules/figures/contract.ts';
import type { ReturnState } from '../../../modules/returns/model.ts';

/** 未报 在审 已报 退回 已接收 更正. Lateness stands beside it, so that late, on time and corrected late are kept apart. */
export const matrixStatuses = ['missing', 'in_review', 'submitted', 'returned', 'accepted', 'correction'] as const;
export type MatrixStatus = (typeof matrixStatuses)[number];

const statusOfState: { readonly [S in ReturnState]: MatrixStatus } = {
  draft: 'missing', self_checked: 'missing', in_review: 'in_review', approved: 'in_review', signed: 'in_review', sealed: 'in_review', returned: 'returned',
  returned_by_upper: 'returned', submitted: 'submitted', accepted: 'accepted', correction_requested: 'correction', reopened: 'correction',
};

export function matrixStatusOf(row: Pick<MatrixRow, 'state' | 'correctedAfterUs'>): MatrixStatus {
  return row.state === 'accepted' && row.correctedAfterUs ? 'correction' : statusOfState[row.state];
}

export type Lateness = 'submitted_late' | 'overdue' | null;

/** Late when it submitted late, or has not submitted though its time is over. `now` and `due` are milliseconds since 1970; due null: not known. */
export function latenessOf(row: Pick<MatrixRow, 'late' | 'submittedAt'>, due: number | null, now: number): Lateness {
  if (row.submittedAt !== null) return row.late ? 'submitted_late' : null;
  return due !== null && now >= due ? 'overdue' : null;
}

/** Units of this branch that have submitted nothing: below it, and itself. */
export function missingIn(row: Pick<MatrixRow, 'below' | 'submitted'>): number {
  return row.below.missing + (row.submitted === null ? 1 : 0);
}

export type Basis = 'live' | 'submitted';

/** The number of a cell; null when the unit has submitted nothing. */
export function valueIn(row: Pick<MatrixRow, 'live' | 'submitted'>, indicator: string, basis: Basis): number | null {
  if (basis === 'live') return row.live[indicator] ?? 0;
  return row.submitted === null ? null : (row.submitted[indicator] ?? 0);
}

export interface MatrixOrder {
  /** `unit` (by code), `state`, `missing`, or an indicator's code. */
  readonly by: string;
  readonly descending: boolean;
}

/** A column chosen again turns the order; numbers start with the largest, names with the first. */
export function orderAfter(order: MatrixOrder, by: string): MatrixOrder {
  return order.by === by ? { by, descending: !order.descending } : { by, descending: by !== 'unit' && by !== 'state' };
}

/** Rows in order; units without a number come last whichever way. Equal rows stay in the order of their codes. */
export function orderedRows(rows: readonly MatrixRow[], order: MatrixOrder, basis: Basis): MatrixRow[] {
  const sign = order.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = keyOf(a, order.by, basis);
    const right = keyOf(b, order.by, basis);
    const byKey = left === null || right === null ? Number(left === null) - Number(right === null) : sign * compared(left, right);
    return byKey === 0 ? a.unit.code.localeCompare(b.unit.code) : byKey;
  });
}

function compared(left: number | string, right: number | string): number {
  return typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
}

function keyOf(row: MatrixRow, by: string, basis: Basis): number | string | null {
  if (by === 'unit') return row.unit.code;
  if (by === 'state') return matrixStatuses.indexOf(matrixStatusOf(row));
  if (by === 'missing') return missingIn(row);
  return valueIn(row, by, basis);
}

export type MatrixFilter = MatrixStatus | 'late' | 'all';

/** Rows of one status (or late ones) whose name, short name or code holds the words. */
export function chosenRows(rows: readonly MatrixRow[], filter: MatrixFilter, words: string, isLate: (row: MatrixRow) => boolean): MatrixRow[] {
  const wanted = words.normalize('NFKC').replace(/\s+/g, '');
  return rows.filter((row) => {
    const ofStatus = filter === 'all' || (filter === 'late' ? isLate(row) : matrixStatusOf(row) === filter);
    return ofStatus && (wanted === '' || row.unit.name.includes(wanted) || row.unit.shortName.includes(wanted) || row.unit.code.startsWith(wanted));
  });
}

/** How many rows have each status, and how many are late. */
export function statusCounts(rows: readonly MatrixRow[], isLate: (row: MatrixRow) => boolean): { readonly [S in MatrixFilter]: number } {
  const counts: { [S in MatrixFilter]: number } = { all: rows.length, late: rows.filter(isLate).length, missing: 0, in_review: 0, submitted: 0, returned: 0, accepted: 0, correction: 0 };
  for (const row of rows) counts[matrixStatusOf(row)] += 1;
  return counts;
}

/** Units that a reminder makes sense for: nothing submitted yet, or sent back and due again. */
export function mayBeReminded(row: Pick<MatrixRow, 'state' | 'correctedAfterUs'>): boolean {
  const status = matrixStatusOf(row);
  return status === 'missing' || status === 'in_review' || status === 'returned' || row.state === 'reopened';
}
