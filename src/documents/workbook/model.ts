// What a workbook is made of. Rows and columns are counted from 1, as Excel shows them.
import type { CellStyle } from './styles.ts';

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** The looks cells may name. */
  readonly styles?: Readonly<Record<string, CellStyle>>;
  readonly properties?: Properties;
}

export interface Properties {
  readonly title?: string;
  readonly subject?: string;
  readonly author?: string;
  readonly keywords?: string;
  /** An instant in any zone; without it the file names no moment, so that the same content is the same file. */
  readonly created?: string;
}

export interface Sheet {
  /** Made fit for Excel and unlike the others' when written. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** What one sheet cannot hold goes on in a further one. */
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** So many of the first rows stay in view, are printed on every page and begin each further sheet. */
  readonly headRows?: number;
  /** The last head row gets filter arrows. */
  readonly filter?: boolean;
  readonly merges?: readonly Area[];
  readonly validations?: readonly Validation[];
  readonly pictures?: readonly Picture[];
  readonly print?: Print;
  readonly hidden?: boolean;
}

export interface Column {
  /** In characters of the plain look. */
  readonly width: number;
  /** For cells that name no style, and for those nobody wrote. */
  readonly style?: string;
}

export type Row = readonly Cell[] | { readonly cells: readonly Cell[]; readonly height?: number };

/** A text is always a text. A date is a calendar date (YYYY-MM-DD) and becomes a date of Excel's, or stays the text it is. */
export type Cell = Content | { readonly value: Content; readonly style?: string };
export type Content = string | number | null | { readonly date: string };

export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What may be typed into an area; who types something else is told `refusal`. */
export interface Validation {
  readonly area: Area;
  readonly allowed: Allowed;
  readonly prompt?: { readonly title: string; readonly text: string };
  readonly refusal?: { readonly title: string; readonly text: string };
}

export type Allowed =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  /** The cells of another sheet, by the name it has in this workbook: for lists that are long. */
  | { readonly kind: 'list_of'; readonly sheet: string; readonly area: Area }
  | { readonly kind: 'whole'; readonly from: number; readonly to: number }
  | { readonly kind: 'date'; readonly from: string; readonly to: string };

/** A PNG with its upper left corner in a cell. */
export interface Picture {
  readonly png: Uint8Array;
  readonly row: number;
  readonly column: number;
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  readonly description: string;
}

/** On A4. In the texts {page} and {pages} are the numbers of the page and of all. */
export interface Print {
  readonly landscape?: boolean;
  /** Millimetres. */
  readonly margins?: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** Made as small as needed to be so many pages wide and tall; 0 is as many as it takes. */
  readonly fit?: { readonly wide: number; readonly tall: number };
  readonly centred?: boolean;
  readonly header?: Margin;
  readonly footer?: Margin;
  readonly area?: Area;
}

export interface Margin {
  readonly left?: string;
  readonly centre?: string;
  readonly right?: string;
}
