// Adding and taking back counts without records: every one is numbered in the unit's ledger, and no figure ever falls below zero.
import { randomUUID } from 'node:crypto';
import { type Context, found, raise } from '../../kernel/context.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import type { UnitEdition } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import type { CounterPlace } from './model.ts';
import { applyToFigures, insertAdjustment, markAdjustmentWithdrawn, readOwnCounters, type StoredAdjustment } from './queries.ts';
import { adjustmentCounter, allCounters, figureOf } from './rules.ts';

type Adjusting = Pick<Context, 'tx' | 'actor' | 'now'>;

export interface Adjustment {
  readonly indicator: string;
  readonly delta: number;
  readonly reason: string;
  /** The form it comes from. */
  readonly formId: string | null;
}

export function placeOf(edition: UnitEdition, indicator: string): CounterPlace {
  return found(edition.layout.places.get(indicator), 'indicator', indicator);
}

export async function adjust(context: Adjusting, edition: UnitEdition, unit: Placement, { indicator, delta, reason, formId }: Adjustment): Promise<StoredAdjustment> {
  const counter = adjustmentCounter(placeOf(edition, indicator));
  const ledgerNo = await apply(context, edition, unit, counter, delta);
  await refuseNegative(context, edition, unit, indicator);
  const row: StoredAdjustment = {
    provinceCode: unit.provinceCode, id: recordId(unit.provinceCode, randomUUID()), editionCode: edition.code, unitCode: unit.unitCode, indicator, counter,
    delta, reason, ledgerNo, removedLedgerNo: null, removalReason: null, accountId: context.actor.accountId, accountName: context.actor.name, at: context.now, formId,
  };
  await insertAdjustment(context.tx, row);
  return row;
}

/** The ledger's number of the change. */
export async function takeBack(context: Adjusting, edition: UnitEdition, unit: Placement, adjustment: StoredAdjustment, reason: string): Promise<number> {
  const ledgerNo = await apply(context, edition, unit, adjustment.counter, -adjustment.delta);
  await refuseNegative(context, edition, unit, adjustment.indicator);
  await markAdjustmentWithdrawn(context.tx, adjustment, ledgerNo, reason);
  return ledgerNo;
}

/** Changes the adjustments row and numbers the change in the unit's ledger. */
async function apply(context: Adjusting, edition: UnitEdition, unit: Placement, counter: number, delta: number): Promise<number> {
  const base = { provinceCode: unit.provinceCode, editionCode: edition.code, unitCode: unit.unitCode, entries: 0, presences: [] };
  const ledgerNo = await applyToFigures(context.tx, { ...base, origin: 'records', amounts: new Map() });
  await applyToFigures(context.tx, { ...base, origin: 'adjustments', amounts: new Map([[counter, delta]]) });
  return ledgerNo;
}

async function refuseNegative(context: Adjusting, edition: UnitEdition, unit: Placement, indicator: string): Promise<void> {
  const row = await readOwnCounters(context.tx, edition.code, unit, allCounters(edition.layout));
  const { value } = figureOf(placeOf(edition, indicator), row.records, row.adjustments);
  if (value < 0) raise(problem('refused_by_rule', { rule: 'figure_below_zero', indicator, value }));
}
