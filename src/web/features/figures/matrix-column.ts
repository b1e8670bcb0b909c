// The columns of the matrix: the edition's indicators and the province's own rows, with the names a reader needs.
import { useMemo } from 'react';
import type { getEdition } from '../../../modules/editions/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useFiguresText } from '../../language/figures.ts';
import { useText } from '../../language/text.tsx';
import { annexLines, cellName } from './annex-layout.ts';

export interface MatrixColumn {
  readonly code: string;
  /** Number of the printed row. */
  readonly row: number;
  readonly label: string;
  /** With the row's context: 开展线上线下专题宣传活动·参与企业. */
  readonly name: string;
  readonly unitWord: string;
  readonly countsEnterprises: boolean;
  /** The province's own, never sent upward. */
  readonly extension: boolean;
}

export function useMatrixColumns({ definition, extensions }: Pick<OutputOf<typeof getEdition>, 'definition' | 'extensions'>): readonly MatrixColumn[] {
  const text = useText();
  const words = useFiguresText();
  return useMemo(() => {
    const lines = annexLines(definition.indicators, extensions);
    const indicators = lines.map(({ indicator }) => indicator);
    const labelOf = (one: (typeof indicators)[number]): string => (text.code === 'en' ? one.englishLabel : one.label);
    return lines.map(({ indicator, extension }) => ({
      code: indicator.code, row: indicator.row, label: labelOf(indicator), name: cellName(indicators, indicator.code, labelOf), unitWord: words.unitWord(indicator).trim(),
      countsEnterprises: indicator.counting.measure === 'enterprises', extension,
    }));
  }, [definition, extensions, text.code, words]);
}
