// The annex as lines to print: the row number once for all cells of a row, national cells apart from a province's own.
import type { ExtensionIndicator, Indicator } from '../../../modules/editions/model.ts';

export interface AnnexLine {
  readonly indicator: Indicator | ExtensionIndicator;
  /** Lines the row number spans; 0 where an earlier line holds it. */
  readonly span: number;
  /** A province's own row, never sent upward. */
  readonly extension: boolean;
}

/** Lines in the order of the edition, then the province's own rows by their number. */
export function annexLines(indicators: readonly Indicator[], extensions: readonly { readonly definition: ExtensionIndicator }[]): AnnexLine[] {
  const own = extensions.map(({ definition }) => definition).sort((a, b) => a.row - b.row || a.code.localeCompare(b.code));
  return [...linesOf(indicators, false), ...linesOf(own, true)];
}

function linesOf(indicators: readonly (Indicator | ExtensionIndicator)[], extension: boolean): AnnexLine[] {
  return indicators.map((indicator, index) => {
    const first = indicators.findIndex(({ row }) => row === indicator.row);
    const span = first === index ? indicators.filter(({ row }) => row === indicator.row).length : 0;
    return { indicator, span, extension };
  });
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
