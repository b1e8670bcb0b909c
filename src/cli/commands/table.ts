// fuwuyue table: a unit's live figures, as the screens show them.
import type { Tx } from '../../kernel/database.ts';
import { raise } from '../../kernel/context.ts';
import { getUnitEdition } from '../../modules/editions/queries.ts';
import { readScopeTable } from '../../modules/figures/scope.ts';
import { valuesOf } from '../../modules/figures/rules.ts';
import { findPlacement } from '../../modules/units/queries.ts';
import { problem } from '../../shared/problem.ts';
import type { Outcome } from '../terminal.ts';

/** `own` and `jurisdiction` by indicator; `distinct` for indicators that count enterprises only. */
export async function showTable(tx: Tx, editionCode: string, unitCode: string): Promise<Outcome> {
  const edition = await getUnitEdition(tx, editionCode, null);
  const unit = await findPlacement(tx, editionCode, unitCode);
  if (unit === undefined) raise(problem('not_found', { kind: 'unit', id: unitCode }));
  const ofUnit = await getUnitEdition(tx, editionCode, unit.p1);
  const table = await readScopeTable(tx, ofUnit, unit);
  const own = valuesOf(table.own);
  const jurisdiction = valuesOf(table.jurisdiction);
  const lines = ofUnit.indicators.map(({ row, label, unitWord, code }) => `${String(row).padStart(2)}  ${label}（${unitWord}）  ${own[code] ?? 0}  /  ${jurisdiction[code] ?? 0}`);
  return {
    held: true,
    document: { own, jurisdiction, distinct: table.distinct },
    lines: [`${edition.definition.table.title}  ${unitCode}`, '本级 own  /  辖区合计 jurisdiction', ...lines],
  };
}
