// An export as a table: what every subject becomes, whatever format it is written in.
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Bilingual } from '../editions/model.ts';
import type { ExportFormat } from './model.ts';
import type { ExportWords } from './words.ts';

export interface ExportColumn {
  readonly head: string;
  /** In characters. */
  readonly width: number;
  /** A date column holds YYYY-MM-DD, which becomes a date of the sheet. */
  readonly kind: 'text' | 'number' | 'date';
}

export type ExportCell = string | number | null;
export type ExportRow = readonly ExportCell[];

export interface ExportTable {
  readonly columns: readonly ExportColumn[];
  readonly rows: number;
  batches(): AsyncIterable<readonly ExportRow[]>;
}

/** An export that may be made: decided, counted for the record, and opened in the snapshot it is written from. */
export interface OpenedExport {
  readonly rows: number;
  readonly filter: readonly (readonly [label: string, value: string])[];
  readonly basis: string | null;
  open(tx: Tx): Promise<ExportTable>;
}

export interface ExportRequest {
  readonly context: Context;
  readonly edition: string;
  readonly unitCode: string;
  readonly words: ExportWords;
}

export const textColumn = (head: string, width: number): ExportColumn => ({ head, width, kind: 'text' });
export const numberColumn = (head: string, width = 10): ExportColumn => ({ head, width, kind: 'number' });
export const dateColumn = (head: string): ExportColumn => ({ head, width: 12, kind: 'date' });

export function said(words: ExportWords, text: Bilingual): string {
  return text[words.language];
}

/** A table that is already here as a whole. */
export function wholeTable(columns: readonly ExportColumn[], rows: readonly ExportRow[], more: Partial<Pick<OpenedExport, 'filter' | 'basis'>> = {}): OpenedExport {
  async function* batches(): AsyncGenerator<readonly ExportRow[]> {
    yield rows;
  }
  return { rows: rows.length, filter: [], basis: null, ...more, open: async () => ({ columns, rows: rows.length, batches }) };
}

/** What a file says about itself. */
export interface ExportInfo {
  readonly format: ExportFormat;
  readonly title: string;
  readonly lines: readonly (readonly [label: string, value: string])[];
  readonly demonstration: boolean;
  readonly author: string;
  readonly at: string;
}
