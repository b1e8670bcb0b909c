// Names and units of the cells of an edition in the chosen language, for everything that speaks of cells.
import { useMemo } from 'react';
import type { getEdition } from '../../../modules/editions/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { type AnnexLine, annexLines, cellName } from '../figures/annex-layout.ts';

export interface Cells {
  /** In the order of the annex, a province's own rows last. */
  readonly lines: readonly AnnexLine[];
  /** Codes of the national cells. */
  readonly codes: readonly string[];
  readonly nameOf: (code: string) => string;
  /** Printed after a number; empty for a cell that is not known. */
  readonly unitWordOf: (code: string) => string;
}

export function useCells(edition: OutputOf<typeof getEdition>): Cells {
  const text = useText();
  const figures = useFiguresText();
  return useMemo(() => {
    const lines = annexLines(edition.definition.indicators, edition.extensions);
    const indicators = lines.map(({ indicator }) => indicator);
    return {
      lines,
      codes: edition.definition.indicators.map(({ code }) => code),
      nameOf: (code) => cellName(indicators, code, (one) => (text.code === 'en' ? one.englishLabel : one.label)),
      unitWordOf: (code) => {
        const indicator = indicators.find((one) => one.code === code);
        return indicator === undefined ? '' : figures.unitWord(indicator);
      },
    };
  }, [edition, text.code, figures]);
}
