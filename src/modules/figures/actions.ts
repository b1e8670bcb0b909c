// What is done with figures: reading tables, the matrix, a cell and its records, the trend; adjustments.
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import type { InputOf, OutputOf } from '../../shared/endpoint.ts';
import { problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { may, seesOwnRows } from '../access/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import { adjust, placeOf, takeBack } from './adjusting.ts';
import { type BehindPage, listBehind, listDays } from './behind.ts';
import { addAdjustment, getCell, getMatrix, getTable, getTrend, listAdjustments, withdrawAdjustment } from './contract.ts';
import { listStoredAdjustments, lockAdjustment, type StoredAdjustment } from './queries.ts';
import { figureOf, figuresOf, valuesOf } from './rules.ts';
import { noCounters, readScopeStanding, readScopeTable } from './scope.ts';
import { findSubmittedCut, getPlacedUnit, listChildStandings } from './standing.ts';

/** The edition with the rows this caller may see there. */
async function editionSeen(context: Context, editionCode: string, unit: Placement): Promise<UnitEdition> {
  return getUnitEdition(context.tx, editionCode, seesOwnRows(context.actor, unit.provinceCode) ? unit.p1 : null);
}

const table = implement(getTable, async (context, input) => {
  const unit = await authorise(context, 'read_figures', input.edition, input.unitCode);
  const edition = await editionSeen(context, input.edition, unit);
  const scope = await readScopeTable(context.tx, edition, unit);
  const entries = [...scope.branches.values()].reduce((sum, branch) => sum + branch.entries, scope.ownRow.entries);
  return { own: scope.own, jurisdiction: scope.jurisdiction, distinct: scope.distinct, entries, ledgerNo: scope.ownRow.ledgerNo, asOf: context.now };
});

const noUnitsBelow = { units: 0, accepted: 0, submitted: 0, late: 0, missing: 0 };

/** The matrix as the caller may see it. */
export async function readMatrix(context: Context, input: InputOf<typeof getMatrix>): Promise<OutputOf<typeof getMatrix>> {
  const unit = await authorise(context, 'read_figures', input.edition, input.unitCode);
  const edition = await editionSeen(context, input.edition, unit);
  const { scope, children, below: standings } = await readScopeStanding(context.tx, edition, unit);
  const below = new Map(standings.map(({ branch, ...standing }) => [branch, standing]));
  const rows = children.map((child) => {
    const branch = scope.branches.get(child.unit.code);
    return {
      unit: child.unit,
      state: child.state,
      late: child.late,
      submittedAt: child.submittedAt,
      live: branch === undefined ? valuesOf(figuresOf(edition.indicators, edition.layout, noCounters)) : valuesOf(branch.figures),
      submitted: child.submitted === null ? null : Object.fromEntries(Object.entries(child.submitted).filter(([code]) => edition.layout.places.has(code))),
      accepted: child.acceptedVersion !== null && child.acceptedVersion === child.submittedVersion,
      correctedAfterUs: child.acceptedVersion !== null && child.submittedVersion !== null && child.acceptedVersion > 1 && child.acceptedVersion === child.submittedVersion,
      distinct: branch?.distinct ?? {},
      entries: branch?.entries ?? 0,
      below: below.get(child.unit.code) ?? noUnitsBelow,
      lastReminderAt: child.lastReminderAt,
    };
  });
  return { unit: await getPlacedUnit(context.tx, edition.code, unit.unitCode), own: scope.own, jurisdiction: scope.jurisdiction, distinct: scope.distinct, rows, asOf: context.now };
}

const matrix = implement(getMatrix, readMatrix);

/** Whether the caller sees the ledger itself, what was submitted, or counts only. */
async function basisFor(context: Context, edition: UnitEdition, unit: Placement): Promise<{ basis: 'live' | 'submitted' | 'counts_only'; cut: number | null }> {
  if (may(context.actor, 'read_ledger', unit)) return { basis: 'live', cut: null };
  if (!may(context.actor, 'read_submitted_records', unit)) return { basis: 'counts_only', cut: null };
  const cut = await findSubmittedCut(context.tx, edition.code, unit);
  return cut === null ? { basis: 'counts_only', cut } : { basis: 'submitted', cut };
}

/** A cell with a page of its records, as the caller may see them. */
export async function readCell(context: Context, input: InputOf<typeof getCell>): Promise<OutputOf<typeof getCell>> {
  const unit = await authorise(context, 'read_figures', input.edition, input.unitCode);
  const edition = await editionSeen(context, input.edition, unit);
  const place = placeOf(edition, input.indicator);
  const scope = await readScopeTable(context.tx, edition, unit);
  const children = await listChildStandings(context.tx, edition.code, unit);
  const { basis, cut } = await basisFor(context, edition, unit);
  const nothing: BehindPage = { records: [], total: 0, sum: 0 };
  const behind = basis === 'counts_only'
    ? nothing
    : await listBehind(context.tx, { editionCode: edition.code, unit, indicator: input.indicator, place, cut, offset: input.offset, limit: input.limit });
  const zero = figureOf(place, [], []);
  return {
    basis,
    total: scope.jurisdiction[input.indicator] ?? zero,
    own: scope.own[input.indicator] ?? zero,
    children: children.map((child) => {
      const figure = scope.branches.get(child.unit.code)?.figures[input.indicator] ?? zero;
      return { unit: child.unit, value: figure.value, times: figure.times, state: child.state };
    }),
    distinct: scope.distinct[input.indicator] ?? null,
    records: [...behind.records],
    recordsTotal: behind.total,
    recordsSum: behind.sum,
    asOf: context.now,
  };
}

const cell = implement(getCell, readCell);

const trend = implement(getTrend, async (context, input) => {
  const unit = await authorise(context, 'read_figures', input.edition, input.unitCode);
  const edition = await editionSeen(context, input.edition, unit);
  const place = placeOf(edition, input.indicator);
  return { days: await listDays(context.tx, edition.code, unit, place.kind === 'sum' ? place.sum : place.times), asOf: context.now };
});

function adjustmentShown(row: Omit<StoredAdjustment, 'counter' | 'provinceCode' | 'editionCode' | 'unitCode' | 'ledgerNo' | 'accountId'>) {
  return {
    id: row.id, indicator: row.indicator, delta: row.delta, reason: row.reason, accountName: row.accountName, at: row.at,
    withdrawn: row.removedLedgerNo !== null, withdrawalReason: row.removalReason, formId: row.formId,
  };
}

const adjustments = implement(listAdjustments, async (context, input) => {
  const unit = await authorise(context, 'read_ledger', input.edition, input.unitCode);
  return { adjustments: (await listStoredAdjustments(context.tx, input.edition, unit)).map(adjustmentShown) };
});

const add = implement(addAdjustment, async (context, input) => {
  const unit = await authorise(context, 'adjust_figures', input.edition, input.unitCode);
  const edition = await getUnitEdition(context.tx, input.edition, unit.p1);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const row = await adjust(context, edition, unit, { indicator: input.indicator, delta: input.delta, reason: input.reason, formId: null });
  context.record({ action: 'adjustment_added', unitCode: unit.unitCode, subjectKind: 'adjustment', subjectId: row.id, after: { indicator: input.indicator, delta: input.delta }, basis: input.reason });
  return adjustmentShown(row);
});

const withdraw = implement(withdrawAdjustment, async (context, input) => {
  const adjustment = found(await lockAdjustment(context.tx, input.id), 'adjustment', input.id);
  const unit = await authorise(context, 'adjust_figures', adjustment.editionCode, adjustment.unitCode);
  const edition = await getUnitEdition(context.tx, adjustment.editionCode, unit.p1);
  if (adjustment.removedLedgerNo !== null) raise(problem('wrong_state', { kind: 'adjustment', state: 'withdrawn' }));
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  // What a form says is withdrawn with the form, whole.
  if (adjustment.formId !== null) raise(problem('refused_by_rule', { rule: 'adjustment_of_form' }));
  const ledgerNo = await takeBack(context, edition, unit, adjustment, input.reason);
  context.record({ action: 'adjustment_withdrawn', unitCode: unit.unitCode, subjectKind: 'adjustment', subjectId: input.id, before: { indicator: adjustment.indicator, delta: adjustment.delta }, basis: input.reason });
  return adjustmentShown({ ...adjustment, removedLedgerNo: ledgerNo, removalReason: input.reason });
});

export const figureActions: readonly Implementation[] = [table, matrix, cell, trend, adjustments, add, withdraw];
