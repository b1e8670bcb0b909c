// What the numbers, tables and pictures of a report on screen are drawn from.
import { createContext, useContext } from 'react';
import type { BoundFigure, FigureTable, ReportPicture } from '../../../modules/reports/model.ts';
import { figureText, keyOf } from '../../../modules/reports/rules.ts';
import type { UnitEdition } from '../../app/session.tsx';
import { cellName } from '../figures/annex-layout.ts';

export interface ReportIndicator {
  readonly code: string;
  readonly row: number;
  readonly label: string;
  readonly englishLabel: string;
  readonly unitWord: string;
}

export interface ReportShown {
  readonly figures: FigureTable;
  readonly indicators: readonly ReportIndicator[];
  readonly columns: readonly [string, string, string];
  /** By key: what the number was when somebody last took note. */
  readonly before: ReadonlyMap<string, number | null>;
  readonly pictures: ReadonlyMap<string, ReportPicture>;
  /** Of each block: 图1, 表1, 一、 or ''. */
  readonly numbers: readonly string[];
}

export const ReportContext = createContext<ReportShown | null>(null);

export function useReportShown(): ReportShown {
  const shown = useContext(ReportContext);
  if (shown === null) throw new Error('used outside of a report');
  return shown;
}

export function indicatorsOf(edition: UnitEdition): readonly ReportIndicator[] {
  return [...edition.definition.indicators, ...edition.extensions.map(({ definition }) => definition)];
}

export function nameOf(indicators: readonly ReportIndicator[], code: string, language: 'zh' | 'en'): string {
  return cellName(indicators, code, ({ label, englishLabel }) => (language === 'en' ? englishLabel : label.replace(',', '，')));
}

/** What a number was, as it would be written; null while it is what it was. */
export function beforeText({ before, figures }: Pick<ReportShown, 'before' | 'figures'>, figure: BoundFigure): string | null {
  const was = before.get(keyOf(figure));
  if (was === undefined) return null;
  const cell = was === null ? {} : { [figure.indicator]: { value: was, times: was } };
  return figureText({ ...figures, own: cell, jurisdiction: cell }, figure);
}
