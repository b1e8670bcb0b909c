// The annex as lines on screen: the cells of the printed sheet with what they count, then a province's own rows.
import type { ExtensionIndicator, Indicator } from '../../../modules/editions/model.ts';
import { linesOf } from '../../../modules/forms/rules.ts';

export interface AnnexLine {
  readonly indicator: Indicator | ExtensionIndicator;
  /** Lines the row number spans; 0 where an earlier line holds it. */
  readonly span: number;
  /** A province's own row, never sent upward. */
  readonly extension: boolean;
}

/** Lines in the order of the edition, then the province's own rows by their number. What is printed is forms/rules.formSheetOf. */
export function annexLines(indicators: readonly Indicator[], extensions: readonly { readonly definition: ExtensionIndicator }[]): AnnexLine[] {
  const own = extensions.map(({ definition }) => definition).sort((a, b) => a.row - b.row || a.code.localeCompare(b.code));
  return [...linesFrom(indicators, false), ...linesFrom(own, true)];
}

function linesFrom(indicators: readonly (Indicator | ExtensionIndicator)[], extension: boolean): AnnexLine[] {
  const spans = linesOf(indicators, {});
  return indicators.map((indicator, index) => ({ indicator, span: spans[index]?.span ?? 0, extension }));
}

/** Short name of a cell where the row's first cell gives the context: 「开展线上线下专题宣传活动·参与企业」. */
export function cellName<I extends Pick<Indicator, 'code' | 'row' | 'label'>>(indicators: readonly I[], code: string, labelOf: (indicator: I) => string): string {
  const indicator = indicators.find((one) => one.code === code);
  if (indicator === undefined) return code;
  const first = indicators.find(({ row }) => row === indicator.row);
  return first === undefined || first === indicator ? labelOf(indicator) : `${labelOf(first)}·${labelOf(indicator)}`;
}

/** Whether 家次 and a distinct number stand beside the cell. */
export function countsEnterprises(indicator: Pick<Indicator, 'counting'>): boolean {
  return indicator.counting.measure === 'enterprises';
}
