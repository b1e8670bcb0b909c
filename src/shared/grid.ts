// Tables as they stand in a file, whatever the file was: cells with their text, their number if they hold one, and where they are.

/** What makes a cell's text unlike what a person reading the page would see: struck out, raised as a footnote mark, in a hidden row or
 * column, changed with 修订 not yet accepted, or a number that its format shows as something else. */
export type CellMark = 'struck' | 'raised' | 'hidden' | 'revised' | 'shown_otherwise';

export interface GridCell {
  /** As shown; paragraphs divided by line feeds. */
  readonly text: string;
  /** What the cell holds, where it holds a number. */
  readonly number: number | null;
  /** Of its upper left corner, from 1. */
  readonly row: number;
  readonly column: number;
  /** How far a merged cell reaches. */
  readonly rows: number;
  readonly columns: number;
  readonly marks: readonly CellMark[];
}

export interface Grid {
  /** `table`: a table of a document; `sheet`: of a workbook; `lines`: text outside of tables, or a text file. */
  readonly kind: 'table' | 'sheet' | 'lines';
  /** Name of the sheet, number of the table. */
  readonly name: string;
  /** In order of rows, then columns; empty ones left out. */
  readonly cells: readonly GridCell[];
}
