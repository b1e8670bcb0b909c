// Which figures the table shows (本级, 辖区合计, 上报数, 冻结版), what marks its cells, and when it is the sealed sheet. Knows no DOM.
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { getTable } from '../../../modules/figures/contract.ts';
import type { NotedFinding } from '../../../modules/validation/model.ts';
import type { ReturnState, ReturnView } from '../../../modules/returns/model.ts';

export const viewNames = ['own', 'live', 'report', 'frozen'] as const;
export type ViewName = (typeof viewNames)[number];

/** Everything the cells are read from: the live table and the return of the same unit. */
export interface TableSources {
  readonly table: Pick<OutputOf<typeof getTable>, 'own' | 'jurisdiction'>;
  readonly view: Pick<ReturnView, 'basis' | 'state' | 'live' | 'frozen' | 'frozenExtension' | 'seal' | 'findings'>;
}

/** States in which the frozen version, not the live table, is what counts. */
const frozenStates: ReadonlySet<ReturnState> = new Set(['in_review', 'approved', 'signed', 'sealed', 'submitted', 'accepted', 'correction_requested']);

/** From above the frozen version is the submitted one, and counts whatever the unit is doing since. */
export function countsFrozen(view: Pick<ReturnView, 'basis' | 'state' | 'frozen'>): boolean {
  return view.frozen !== null && (view.basis === 'submitted' || frozenStates.has(view.state));
}

/** The views that differ for a unit: without units below, own level and jurisdiction are what is reported. What it would report now is not for those above. */
export function viewsOf(view: Pick<ReturnView, 'basis' | 'frozen'>, upper: boolean): ViewName[] {
  const live = upper ? (['own', 'live', 'report'] as const).filter((name) => name !== 'report' || view.basis === 'own') : (['own'] as const);
  return view.frozen === null ? [...live] : [...live, 'frozen'];
}

/** The view to begin with: what is frozen while it counts, else the figures that move. */
export function firstView(view: Pick<ReturnView, 'basis' | 'state' | 'frozen'>, upper: boolean): ViewName {
  if (countsFrozen(view)) return 'frozen';
  return upper ? 'live' : 'own';
}

/** The view of an address, where it is one of this unit's. */
export function viewNamed(name: string | null, view: Pick<ReturnView, 'basis' | 'state' | 'frozen'>, upper: boolean): ViewName {
  return viewsOf(view, upper).find((one) => one === name) ?? firstView(view, upper);
}

/** The view whose figures the findings speak of. */
export function checkedView(view: Pick<ReturnView, 'basis' | 'state' | 'frozen'>, upper: boolean): ViewName {
  if (countsFrozen(view)) return 'frozen';
  return upper && view.basis === 'own' ? 'report' : 'own';
}

export interface CellReading {
  /** Null where the view has no such cell: a province's own row in a frozen version that lacks it. */
  readonly value: number | null;
  /** Part of it without records behind, as far as the view knows: of the own level in what is reported. */
  readonly adjustments: number;
  readonly findings: readonly NotedFinding[];
}

export function readCell(sources: TableSources, view: ViewName, indicator: string, extension: boolean): CellReading {
  return { value: valueOf(sources, view, indicator, extension), adjustments: adjustmentsOf(sources, view, indicator), findings: findingsAt(sources.view.findings, indicator) };
}

function valueOf({ table, view }: TableSources, name: ViewName, indicator: string, extension: boolean): number | null {
  if (name === 'own') return table.own[indicator]?.value ?? 0;
  // A province's own rows are not in the report; what stands for them is the live total.
  if (name === 'live' || (name === 'report' && extension)) return table.jurisdiction[indicator]?.value ?? 0;
  if (name === 'report') return view.live.total[indicator] ?? 0;
  return extension ? (view.frozenExtension?.total[indicator] ?? null) : (view.frozen?.total[indicator] ?? 0);
}

function adjustmentsOf({ table, view }: TableSources, name: ViewName, indicator: string): number {
  if (name === 'own') return table.own[indicator]?.adjustments ?? 0;
  if (name === 'live') return table.jurisdiction[indicator]?.adjustments ?? 0;
  return (name === 'report' ? view.live.own : (view.frozen?.own ?? {}))[indicator]?.adjustments ?? 0;
}

/** Findings of a cell; one that speaks of several cells stands at each. */
export function findingsAt(findings: readonly NotedFinding[], indicator: string): NotedFinding[] {
  return findings.filter((finding) => {
    const { indicators } = finding.details;
    return Array.isArray(indicators) ? indicators.includes(indicator) : finding.indicator === indicator;
  });
}

/** The seal of the sheet on screen: only the frozen version is ever sealed. */
export function sealOf(view: Pick<ReturnView, 'seal' | 'frozen'>, name: ViewName): ReturnView['seal'] {
  return name === 'frozen' && view.frozen !== null ? view.seal : null;
}
