// The rows of the grid as typed text, and what they say once they are read: by the same rules as the entry form and the server. Pure.
import type { EntryContent } from '../../../modules/activities/model.ts';
import type { EditionDefinition, EntryKind } from '../../../modules/editions/model.ts';
import type { InputIssue } from '../../../shared/problem.ts';
import { cleanCell, columnOfIssue, columnsOf, type EnterpriseFault, fieldOf, headerOf, readChoice, readDate, readEnterprises, type SheetColumn } from '../../../modules/imports/rules.ts';
import { contentOf, type EntryForm, formIssues, valuesFor } from './entry-form-state.ts';

export const mostRows = 200;
export const firstRows = 10;

export interface BatchRow {
  /** Stays with the row while others come and go. */
  readonly key: string;
  readonly cells: { readonly [column: string]: string };
}

export function emptyRows(count: number, from = 0): BatchRow[] {
  return Array.from({ length: count }, (_, index) => ({ key: `r${from + index}`, cells: {} }));
}

/** A number for the key of a new row that none of the rows has. */
export function nextNumber(rows: readonly BatchRow[]): number {
  return rows.reduce((highest, { key }) => Math.max(highest, Number(key.slice(1)) + 1), 0);
}

export function isBlank({ cells }: BatchRow): boolean {
  return Object.values(cells).every((text) => cleanCell(text) === '');
}

export function withCell(rows: readonly BatchRow[], at: number, column: string, text: string): BatchRow[] {
  return rows.map((row, index) => (index === at ? { ...row, cells: { ...row.cells, [column]: text } } : row));
}

/** Rows enough for the given number of lines, 200 at most. */
export function grownTo(rows: readonly BatchRow[], count: number): readonly BatchRow[] {
  const wanted = Math.min(count, mostRows);
  return wanted <= rows.length ? rows : [...rows, ...emptyRows(wanted - rows.length, nextNumber(rows))];
}

export interface Pasted {
  readonly rows: readonly BatchRow[];
  /** Whether a header row said which column is which. */
  readonly headed: boolean;
  /** Headings that no column has. */
  readonly ignored: readonly string[];
  /** Filled cells that lay beyond the last column, and lines beyond the last row. */
  readonly cellsLost: number;
  readonly linesLost: number;
  readonly linesTaken: number;
  /** The header named a column that is folded away. */
  readonly needsFolded: boolean;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Fills cells from a place on, right and down; under a header row each column finds its own, whatever is shown. */
export function pasteAt(rows: readonly BatchRow[], at: Place, lines: readonly (readonly string[])[], kind: EntryKind, folded: boolean): Pasted {
  const shown = columnsOf(kind, folded);
  const header = headerOf(lines[0] ?? [], columnsOf(kind, true));
  const body = header === null ? lines : lines.slice(1).filter((line) => line.some((cell) => cell.trim() !== ''));
  const width = Math.max(0, ...body.map((line) => line.length));
  const targets = Array.from({ length: width }, (_, index): SheetColumn | null => (header === null ? (shown[at.column + index] ?? null) : (header[index] ?? null)));
  const grown = grownTo(rows, at.row + body.length);
  const taken = body.slice(0, grown.length - at.row);
  const filled = grown.map((row, index): BatchRow => {
    const line = index < at.row ? undefined : taken[index - at.row];
    if (line === undefined) return row;
    const cells = line.flatMap((text, column): [string, string][] => {
      const target = targets[column] ?? null;
      return target === null ? [] : [[target.name, target.name === 'enterprises' ? cleanCell(text.trim().replace(/\s*[\r\n]+\s*/g, '；')) : cleanCell(text)]];
    });
    return { ...row, cells: { ...row.cells, ...Object.fromEntries(cells) } };
  });
  const lost = (column: number): boolean => (targets[column] ?? null) === null;
  return {
    rows: filled,
    headed: header !== null,
    ignored: header === null ? [] : (lines[0] ?? []).filter((text, column) => text.trim() !== '' && header[column] === null).map(cleanCell),
    cellsLost: header === null ? taken.flatMap((line) => line.filter((text, column) => text.trim() !== '' && lost(column))).length : 0,
    linesLost: body.length - taken.length,
    linesTaken: taken.length,
    needsFolded: (header ?? []).some((column) => column !== null && !shown.some(({ name }) => name === column.name)),
  };
}

/** What a cell cannot say, beside the rules' own issues. */
export interface RowIssue {
  readonly column: string;
  readonly issue: InputIssue | EnterpriseFault;
}

export interface RowReading {
  readonly content: EntryContent;
  readonly issues: readonly RowIssue[];
  /** Enterprises named without a code. */
  readonly uncoded: number;
}

export interface BatchQuestion {
  readonly definition: EditionDefinition;
  readonly kind: EntryKind;
  /** Names of codes that stand alone. */
  readonly register: ReadonlyMap<string, string>;
  /** An instant of today, as the rules ask for it. */
  readonly now: string;
}

/** What a row says. Empty cells of fields with a value to begin with take that value, which the grid shows in them. */
export function readRow({ cells }: BatchRow, { definition, kind, register, now }: BatchQuestion): RowReading {
  const text = (name: string): string => cleanCell(cells[name] ?? '');
  const enterprises = readEnterprises(kind.enterprises === 'none' ? '' : (cells['enterprises'] ?? ''), register);
  const typed = kind.fields.flatMap((field): [string, string][] => {
    const own = text(`values.${field.code}`);
    return own === '' ? [] : [[field.code, field.type === 'choice' ? readChoice(own, field) : own]];
  });
  const form: EntryForm = {
    kind: kind.code, occurredOn: readDate(text('occurredOn'), definition) ?? '', title: text('title'), place: text('place'), values: withInitial(kind, Object.fromEntries(typed)),
    enterprises: enterprises.attendances, coHosts: [], windowReason: text('windowReason'), evidence: [], note: text('note'),
  };
  const columns = columnsOf(kind, true);
  const faults = enterprises.faults.map((issue): RowIssue => ({ column: 'enterprises', issue }));
  const ofRules = formIssues(definition, kind, form, now)
    .filter(({ path }) => faults.length === 0 || fieldOf(path) !== 'enterprises')
    .map((issue): RowIssue => ({ column: columnOfIssue(issue.path, columns), issue }));
  return { content: contentOf(definition, kind, form), issues: [...faults, ...ofRules], uncoded: enterprises.uncoded };
}

/** Reads rows, each once as long as it stays the same: of 200 rows one is read again after a key. Blank rows say nothing. */
export function readerOf(question: BatchQuestion): (row: BatchRow) => RowReading | null {
  const known = new WeakMap<BatchRow, RowReading | null>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const reading = isBlank(row) ? null : readRow(row, question);
    known.set(row, reading);
    return reading;
  };
}

/** valuesFor drops a choice that is no option; here it stays, so that the rules point at it. */
function withInitial(kind: EntryKind, typed: EntryForm['values']): EntryForm['values'] {
  return { ...valuesFor(kind, {}), ...typed };
}

/** Where rows of the server's answer stand in the grid: `contents.3.values.days` is the fourth row that was sent. */
export function serverIssuesOf(issues: readonly InputIssue[], sent: readonly string[], kind: EntryKind): ReadonlyMap<string, readonly RowIssue[]> {
  const found = new Map<string, RowIssue[]>();
  const columns = columnsOf(kind, true);
  for (const issue of issues) {
    const match = /^contents\.(\d+)(.*)$/.exec(issue.path);
    const key = sent[Number(match?.[1] ?? -1)];
    if (key === undefined) continue;
    const own = { ...issue, path: `content${match?.[2] ?? ''}` };
    found.set(key, [...(found.get(key) ?? []), { column: columnOfIssue(own.path, columns), issue: own }]);
  }
  return found;
}
