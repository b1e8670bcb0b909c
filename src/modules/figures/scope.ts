// A unit's table with its branches, read in one query: what tables, the matrix, cells and the command line all show.
import type { Tx } from '../../kernel/database.ts';
import type { UnitEdition } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import type { Figures } from './model.ts';
import { type CounterRow, readBranches } from './queries.ts';
import { allCounters, distinctOf, figuresOf, sumOfFigures } from './rules.ts';
import { type BranchStanding, type ChildStanding, listBranchStandings, listChildStandings } from './standing.ts';

export interface ScopeTable {
  readonly own: Figures;
  readonly jurisdiction: Figures;
  readonly distinct: { readonly [indicator: string]: number };
  readonly ownRow: CounterRow;
  readonly branches: ReadonlyMap<string, { readonly figures: Figures; readonly distinct: { readonly [indicator: string]: number }; readonly entries: number }>;
}

export const noCounters = { records: [], adjustments: [], entries: 0, ledgerNo: 0 } as const;

/** A unit's own level, its branches and the totals, from one query. */
export async function readScopeTable(tx: Tx, edition: UnitEdition, unit: Placement): Promise<ScopeTable> {
  const rows = await readBranches(tx, edition.code, unit, allCounters(edition.layout));
  const childScope = unit.depth >= 3 ? 'own' : ((unit.depth + 1) as 1 | 2 | 3);
  const ownScope = unit.depth >= 4 ? 'own' : (unit.depth as 0 | 1 | 2 | 3);
  const byBranch = new Map(rows.map((row) => [row.unitCode, row]));
  const ownRow = byBranch.get(unit.unitCode) ?? { unitCode: unit.unitCode, ...noCounters };
  const own = figuresOf(edition.indicators, edition.layout, ownRow);
  const branches = new Map(
    rows
      .filter((row) => row.unitCode !== unit.unitCode)
      .map((row) => [row.unitCode, {
        figures: figuresOf(edition.indicators, edition.layout, row),
        distinct: distinctOf(edition.indicators, edition.layout, [row], childScope),
        entries: row.entries,
      }]),
  );
  return {
    own,
    jurisdiction: sumOfFigures([own, ...[...branches.values()].map((branch) => branch.figures)], edition.indicators),
    distinct: distinctOf(edition.indicators, edition.layout, rows, ownScope),
    ownRow,
    branches,
  };
}

export interface ScopeStanding {
  readonly scope: ScopeTable;
  readonly children: readonly ChildStanding[];
  readonly below: readonly BranchStanding[];
}

/** A unit's table with how its children and their branches stand. Three questions go out together: one round trip. */
export async function readScopeStanding(tx: Tx, edition: UnitEdition, unit: Placement): Promise<ScopeStanding> {
  const [scope, children, below] = await Promise.all([readScopeTable(tx, edition, unit), listChildStandings(tx, edition.code, unit), listBranchStandings(tx, edition.code, unit)]);
  return { scope, children, below };
}
