// DOCX: its tables, and its lines outside of tables, as grids. Written for the page as a person reads it: merged cells reach as far as
// they do, words split into runs are one text again, what is struck out, raised or still under revision is marked. Own code and no
// HTML in between, since HTML has lost exactly these marks (docs/decisions/0016).
import type { CellMark, Grid, GridCell } from '../../shared/grid.ts';
import { walkXml } from './xml.ts';

interface OpenCell {
  text: string;
  readonly marks: Set<CellMark>;
  columns: number;
  /** Goes on from the cell above. */
  continues: boolean;
}

interface Drawn {
  readonly cell: OpenCell;
  readonly row: number;
  readonly column: number;
  rows: number;
}

interface OpenTable {
  readonly number: number;
  row: number;
  column: number;
  cell: OpenCell | null;
  removed: boolean;
  readonly drawn: Drawn[];
}

/** Elements whose text nobody reads on the page, or reads twice. */
const unread = new Set(['del', 'moveFrom', 'Fallback', 'rt', 'instrText', 'delText', 'delInstrText']);
/** Most cells and columns a form could have; what has more is none. */
const most = { cells: 100_000, span: 200 } as const;

const emptyCell = (): OpenCell => ({ text: '', marks: new Set(), columns: 1, continues: false });
const isOn = (value: string | null): boolean => value !== '0' && value !== 'false' && value !== 'none' && value !== 'off';
const spanOf = (value: string | null): number => Math.min(most.span, Math.max(1, Number.parseInt(value ?? '1', 10) || 1));

export function readWordXml(xml: string): Grid[] {
  const reading = new Reading();
  walkXml(xml, {
    open: (name, attribute) => reading.open(name, attribute),
    close: (name) => reading.close(name),
    text: (text) => reading.text(text),
  });
  return reading.grids();
}

/** Where the walk stands. */
class Reading {
  private readonly tables: OpenTable[] = [];
  private readonly done: OpenTable[] = [];
  private readonly lines: OpenCell[] = [];
  private line = emptyCell();
  private readonly path: string[] = [];
  private unreadDepth = 0;
  private run = { struck: false, raised: false, vanished: false };
  private cells = 0;

  open(name: string, attribute: (name: string) => string | null): void {
    const parent = this.path.at(-1) ?? '';
    this.path.push(name);
    if (unread.has(name)) {
      // A mark inside of properties says that the row or the paragraph was removed, and holds no text.
      if (name === 'del' && parent === 'trPr') this.markRow();
      else if (name === 'del' || name === 'moveFrom') this.target().marks.add('revised');
      this.unreadDepth += 1;
    }
    if (this.unreadDepth > 0) return;
    if (parent === 'rPr' || parent === 'tcPr' || parent === 'trPr') this.property(parent, name, attribute);
    else this.content(name);
  }

  private property(parent: string, name: string, attribute: (name: string) => string | null): void {
    const value = attribute('val');
    const table = this.tables.at(-1);
    if (parent === 'rPr' && this.path.at(-3) === 'r') this.runProperty(name, value);
    else if (parent === 'tcPr' && name === 'gridSpan') this.target().columns = spanOf(value);
    else if (parent === 'tcPr' && name === 'vMerge') this.target().continues = value !== 'restart';
    else if (parent === 'trPr' && name === 'gridBefore' && table !== undefined) table.column += spanOf(value);
  }

  private runProperty(name: string, value: string | null): void {
    if (name === 'strike' || name === 'dstrike') this.run.struck = isOn(value);
    else if (name === 'vanish') this.run.vanished = isOn(value);
    else if (name === 'vertAlign') this.run.raised = value === 'superscript' || value === 'subscript';
  }

  private content(name: string): void {
    const table = this.tables.at(-1);
    if (name === 'r') this.run = { struck: false, raised: false, vanished: false };
    else if (name === 'ins' || name === 'moveTo') this.target().marks.add('revised');
    else if (name === 'tab') this.add('\t');
    else if (name === 'br' || name === 'cr') this.add('\n');
    else if (name === 'noBreakHyphen') this.add('-');
    else if (name === 'sym') this.add('\uFFFD');
    else if (name === 'tbl') this.openTable();
    else if (name === 'tr' && table !== undefined) {
      table.row += 1;
      table.column = 1;
      table.removed = false;
    } else if (name === 'tc' && table !== undefined) table.cell = emptyCell();
  }

  private openTable(): void {
    this.endLine();
    this.tables.push({ number: this.done.length + this.tables.length + 1, row: 0, column: 1, cell: null, removed: false, drawn: [] });
  }

  private markRow(): void {
    const table = this.tables.at(-1);
    if (table !== undefined) table.removed = true;
  }

  close(name: string): void {
    this.path.pop();
    if (unread.has(name)) {
      this.unreadDepth = Math.max(0, this.unreadDepth - 1);
      return;
    }
    if (this.unreadDepth > 0) return;
    if (name === 'p') this.endParagraph();
    else if (name === 'tc') this.closeCell();
    else if (name === 'tbl') {
      const table = this.tables.pop();
      if (table !== undefined) this.done.push(table);
    }
  }

  private endParagraph(): void {
    if (this.tables.length > 0) this.add('\n');
    else this.endLine();
  }

  private endLine(): void {
    if (this.tables.length > 0) return;
    this.lines.push(this.line);
    this.line = emptyCell();
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    const cell = table?.cell ?? null;
    if (table === undefined || cell === null) return;
    table.cell = null;
    if (!table.removed) place(table, cell);
    table.column += cell.columns;
    this.cells += 1;
    if (this.cells > most.cells) throw new Error('too many cells');
  }

  text(text: string): void {
    const name = this.path.at(-1);
    if (this.unreadDepth > 0 || name !== 't' || this.run.vanished) return;
    if (text.trim() !== '') {
      if (this.run.struck) this.target().marks.add('struck');
      if (this.run.raised) this.target().marks.add('raised');
    }
    this.add(text);
  }

  private add(text: string): void {
    if (!this.run.vanished || text === '\n') this.target().text += text;
  }

  private target(): OpenCell {
    return this.tables.at(-1)?.cell ?? this.line;
  }

  grids(): Grid[] {
    this.endLine();
    const tables = this.done.sort((a, b) => a.number - b.number).map((table, index): Grid => ({ kind: 'table', name: String(index + 1), cells: table.drawn.map(cellOf).filter(isFilled) }));
    const lines = this.lines.flatMap(({ text, marks }, row) => text.split(/\t+/).map((part, column) => cellOf({ cell: { text: part, marks, columns: 1, continues: false }, row: row + 1, column: column + 1, rows: 1 })));
    return [...tables, { kind: 'lines', name: '', cells: lines.filter(isFilled) }];
  }
}

/** A cell that goes on from above makes that one reach further down; its own text is not shown. */
function place(table: OpenTable, cell: OpenCell): void {
  const above = cell.continues ? table.drawn.findLast(({ column, row, rows }) => column === table.column && row + rows === table.row) : undefined;
  if (above === undefined) table.drawn.push({ cell, row: table.row, column: table.column, rows: 1 });
  else above.rows += 1;
}

function cellOf({ cell, row, column, rows }: Drawn): GridCell {
  return { text: cell.text.trim(), number: null, row, column, rows, columns: cell.columns, marks: [...cell.marks] };
}

const isFilled = ({ text }: GridCell): boolean => text !== '';
