// What is stored about figures: a unit's counters, changed in the transaction that changes its ledger.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { Placement } from '../units/queries.ts';

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

/**
 * Applies a change and gives the unit's next ledger number, within the statement that saves what is counted. Once per
 * transaction and unit: it takes locks in a fixed order.
 */
export function figuresApplied({ provinceCode, editionCode, unitCode, origin, entries, amounts, presences }: FigureChange): RawBuilder<number> {
  return sql<number>`apply_to_figures(
    ${provinceCode}::smallint, ${editionCode}, ${unitCode}, ${origin}, ${entries}::integer,
    ${[...amounts.keys()]}::smallint[], ${[...amounts.values()]}::bigint[],
    ${presences.map((one) => one.enterpriseId)}::integer[], ${presences.map((one) => one.counter)}::smallint[], ${presences.map((one) => one.step)}::integer[])`;
}

/** As `figuresApplied`, in a statement of its own. */
export async function applyToFigures(tx: Tx, change: FigureChange): Promise<number> {
  const { rows } = await sql<{ ledgerNo: number }>`select ${figuresApplied(change)} as ledger_no`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error('apply_to_figures returned nothing');
  return row.ledgerNo;
}

/** Recomputes all figures of an edition from its ledger. */
export async function rebuildFigures(tx: Tx, editionCode: string): Promise<void> {
  await beyondReach(tx, 'recount', () => sql`select rebuild_figures(${editionCode})`.execute(tx));
}

/** Counters of one unit or of one branch: 1-based, by origin. */
export interface CounterRow {
  readonly unitCode: string;
  readonly records: readonly number[];
  readonly adjustments: readonly number[];
  readonly entries: number;
  readonly ledgerNo: number;
}

/** Counters of a unit's own level and of each branch below it, summed. Branches without any ledger are left out. */
export async function readBranches(tx: Tx, editionCode: string, unit: Placement, counters: readonly number[]): Promise<CounterRow[]> {
  const { branch, scope } = branchSql(unit);
  // As floating point, which is exact up to 2^53 (beyond that a figure is refused anyway) and takes half the time of numeric sums.
  const sums = counters.map((counter) => sql`sum(${sql.ref(`s${counter}`)}::float8)::bigint as ${sql.ref(`s${counter}`)}`);
  const { rows } = await sql<{ branch: string; origin: 'records' | 'adjustments'; entries: number; ledgerNo: number } & Record<string, number>>`
    select coalesce(${branch}, ${unit.unitCode}) as branch, origin, sum(entries)::bigint as entries, max(ledger_no) as ledger_no, ${sql.join(sums)}
    from figure_row where edition_code = ${editionCode} and ${scope}
    group by ${branch}, origin`.execute(tx);
  return collectRows(rows, counters);
}

/** Which branch a row belongs to (null for the unit's own level), and which rows lie in the unit's scope. */
function branchSql(unit: Placement): { branch: RawBuilder<string | null>; scope: RawBuilder<boolean> } {
  if (unit.depth === 0) return { branch: sql`p1`, scope: sql`true` };
  const inProvince = sql<boolean>`province_code = ${unit.provinceCode}`;
  if (unit.depth === 1) return { branch: sql`p2`, scope: sql`${inProvince} and p1 = ${unit.unitCode}` };
  if (unit.depth === 2) return { branch: sql`p3`, scope: sql`${inProvince} and p2 = ${unit.unitCode}` };
  if (unit.depth === 3) return { branch: sql`unit_code`, scope: sql`${inProvince} and p3 = ${unit.unitCode}` };
  return { branch: sql`unit_code`, scope: sql`${inProvince} and unit_code = ${unit.unitCode}` };
}

function collectRows(rows: readonly ({ branch: string; origin: 'records' | 'adjustments'; entries: number; ledgerNo: number } & Record<string, number>)[], counters: readonly number[]): CounterRow[] {
  const byBranch = new Map<string, { records: number[]; adjustments: number[]; entries: number; ledgerNo: number }>();
  for (const row of rows) {
    const collected = byBranch.get(row.branch) ?? { records: [], adjustments: [], entries: 0, ledgerNo: 0 };
    const target = row.origin === 'records' ? collected.records : collected.adjustments;
    for (const counter of counters) target[counter - 1] = row[`s${counter}`] ?? 0;
    if (row.origin === 'records') Object.assign(collected, { entries: row.entries, ledgerNo: row.ledgerNo });
    byBranch.set(row.branch, collected);
  }
  return [...byBranch].map(([unitCode, row]) => ({ unitCode, ...row }));
}

/** Counters of each unit in a unit's scope by itself. Units without any ledger are left out. */
export async function readUnitCounters(tx: Tx, editionCode: string, unit: Placement, counters: readonly number[]): Promise<CounterRow[]> {
  const { rows } = await sql<{ branch: string; origin: 'records' | 'adjustments'; entries: number; ledgerNo: number } & Record<string, number>>`
    select unit_code as branch, origin, entries, ledger_no, ${sql.join(counters.map((counter) => sql.ref(`s${counter}`)))}
    from figure_row where edition_code = ${editionCode} and ${branchSql(unit).scope}`.execute(tx);
  return collectRows(rows, counters);
}

/** A unit's own counters; zeros when it has no ledger yet. With `lock` the row is held, so that no entry can come between. */
export async function readOwnCounters(tx: Tx, editionCode: string, unit: Placement, counters: readonly number[], lock = false): Promise<CounterRow> {
  const columns = counters.map((counter) => sql.ref(`s${counter}`));
  const { rows } = await sql<{ branch: string; origin: 'records' | 'adjustments'; entries: number; ledgerNo: number } & Record<string, number>>`
    select unit_code as branch, origin, entries, ledger_no, ${sql.join(columns)} from figure_row
    where province_code = ${unit.provinceCode} and edition_code = ${editionCode} and unit_code = ${unit.unitCode}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return collectRows(rows, counters)[0] ?? { unitCode: unit.unitCode, records: [], adjustments: [], entries: 0, ledgerNo: 0 };
}

export type StoredAdjustment = Selectable<Schema['adjustment']>;

export async function insertAdjustment(tx: Tx, row: Insertable<Schema['adjustment']>): Promise<void> {
  await tx.insertInto('adjustment').values(row).execute();
}

export async function listStoredAdjustments(tx: Tx, editionCode: string, unit: Placement): Promise<StoredAdjustment[]> {
  return tx
    .selectFrom('adjustment')
    .selectAll()
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .orderBy('at', 'desc')
    .execute();
}

export async function lockAdjustment(tx: Tx, id: string): Promise<StoredAdjustment | undefined> {
  return tx.selectFrom('adjustment').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function markAdjustmentWithdrawn(tx: Tx, adjustment: StoredAdjustment, ledgerNo: number, reason: string): Promise<void> {
  await tx
    .updateTable('adjustment')
    .set({ removedLedgerNo: ledgerNo, removalReason: reason })
    .where('provinceCode', '=', adjustment.provinceCode)
    .where('id', '=', adjustment.id)
    .execute();
}
