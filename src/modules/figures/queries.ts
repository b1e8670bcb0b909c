// What is stored about figures: a unit's counters, changed in the transaction that changes its ledger.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';

/** A change of one unit's figures. Amounts may be negative; steps say how many more (or fewer) times an enterprise appears. */
export interface FigureChange {
  readonly provinceCode: number;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly origin: 'records' | 'adjustments';
  /** Change in the number of live entries. */
  readonly entries: number;
  readonly amounts: ReadonlyMap<number, number>;
  readonly presences: readonly { readonly enterpriseId: number; readonly counter: number; readonly step: number }[];
}

/** Applies a change and returns the unit's next ledger number. Call it once per transaction and unit: it takes locks in a fixed order. */
export async function applyToFigures(tx: Tx, change: FigureChange): Promise<number> {
  const counters = [...change.amounts.keys()];
  const amounts = [...change.amounts.values()];
  const { rows } = await sql<{ ledgerNo: number }>`
    select apply_to_figures(
      ${change.provinceCode}::smallint, ${change.editionCode}, ${change.unitCode}, ${change.origin}, ${change.entries}::integer,
      ${counters}::smallint[], ${amounts}::bigint[],
      ${change.presences.map((one) => one.enterpriseId)}::integer[],
      ${change.presences.map((one) => one.counter)}::smallint[],
      ${change.presences.map((one) => one.step)}::integer[]
    ) as ledger_no`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error('apply_to_figures returned nothing');
  return row.ledgerNo;
}

/** Recomputes all figures of an edition from its ledger. */
export async function rebuildFigures(tx: Tx, editionCode: string): Promise<void> {
  await sql`select rebuild_figures(${editionCode})`.execute(tx);
}
