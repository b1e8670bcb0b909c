// One worksheet as XML, in chunks, row after row as they come.
import type { Area, Cell, Column, Content, Row, Sheet } from './model.ts';
import { marginsXml, printOptionsXml } from './print.ts';
import type { StyleSheet } from './styles.ts';
import { cellText, columnName, dateNumber, isFormulaLike, xmlText } from './text.ts';
import { validationsXml } from './validations.ts';

const chunkLength = 65_536;
const mostColumns = 16_384;
/** Far below what a ZIP part may hold: whatever is longer goes on in a further sheet. */
const mostLength = 1_500_000_000;

export interface RowSource {
  /** The next row, which stays the next until it is taken. */
  peek(): Promise<Row | null>;
  take(): void;
  /** Ends the rows, read to the end or not. */
  close(): Promise<void>;
}

export function rowSource(rows: Sheet['rows']): RowSource {
  const iterator: AsyncIterator<Row> | Iterator<Row> = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let next: Row | null | undefined;
  return {
    peek: async () => {
      if (next === undefined) {
        const read = await iterator.next();
        next = read.done === true ? null : read.value;
      }
      return next;
    },
    take: () => {
      if (next !== null) next = undefined;
    },
    close: async () => {
      await iterator.return?.();
    },
  };
}

export interface SheetWriting {
  readonly sheet: Sheet;
  readonly source: RowSource;
  readonly styles: StyleSheet;
  /** Merged cells and pictures have their place on the first sheet only. */
  readonly first: boolean;
  /** Head rows of the sheet this one goes on from; none on the first. */
  readonly repeated: readonly Row[];
  readonly mostRows: number;
  /** The name a sheet was given in this workbook. */
  nameOf(sheet: string): string;
}

export interface Written {
  /** Whether rows are left for a further sheet. */
  more: boolean;
  readonly head: Row[];
  /** The area filter arrows work on. */
  filtered: Area | null;
}

/** What was written is told in `written` once the last chunk is taken. */
export async function* sheetXml(writing: SheetWriting, written: Written): AsyncGenerator<string> {
  const { sheet, source, repeated } = writing;
  const line = lineWriter(sheet.columns, writing.styles);
  const headRows = sheet.headRows ?? 0;
  let chunk = headXml(sheet, writing.styles);
  let length = 0;
  let number = 0;
  const begins = repeated[Symbol.iterator]();
  for (;;) {
    const again = begins.next();
    const row = again.done === true ? await source.peek() : again.value;
    if (row === null || number >= writing.mostRows || length > mostLength) {
      written.more = row !== null;
      break;
    }
    if (again.done === true) source.take();
    number += 1;
    if (number <= headRows) written.head.push(row);
    chunk += line(row, number);
    if (chunk.length > chunkLength) {
      length += chunk.length;
      yield chunk;
      chunk = '';
    }
  }
  const last = Math.max(number, headRows, 1);
  if (sheet.filter === true && headRows > 0) written.filtered = { top: headRows, left: 1, bottom: last, right: Math.max(sheet.columns.length, 1) };
  yield chunk + tailXml(writing, written.filtered);
}

function headXml(sheet: Sheet, styles: StyleSheet): string {
  const { columns, headRows = 0, print } = sheet;
  const pane = `<pane ySplit="${headRows}" topLeftCell="A${headRows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`;
  const cols = columns.map(({ width, style }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styles.numberOf(style, 'plain')}" customWidth="1"/>`).join('');
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    print?.fit === undefined ? '' : '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0">${headRows > 0 ? pane : ''}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`,
    cols === '' ? '' : `<cols>${cols}</cols>`,
    '<sheetData>',
  ].join('');
}

function tailXml({ sheet, first, nameOf }: SheetWriting, filtered: Area | null): string {
  const { print = {}, pictures = [], validations = [] } = sheet;
  const merges = first ? (sheet.merges ?? []) : [];
  return [
    '</sheetData>',
    filtered === null ? '' : `<autoFilter ref="${areaName(filtered)}"/>`,
    merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merges.map((area) => `<mergeCell ref="${areaName(area)}"/>`).join('')}</mergeCells>`,
    validationsXml(validations, areaName, nameOf),
    printOptionsXml(print),
    marginsXml(print),
    first && pictures.length > 0 ? '<drawing r:id="rId1"/>' : '',
    '</worksheet>',
  ].join('');
}

export function areaName({ top, left, bottom, right }: Area): string {
  const from = `${columnName(left)}${top}`;
  const to = `${columnName(right)}${bottom}`;
  return from === to ? from : `${from}:${to}`;
}

function lineWriter(columns: readonly Column[], styles: StyleSheet): (row: Row, number: number) => string {
  const names: string[] = [];
  const nameAt = (index: number): string => {
    for (let column = names.length + 1; column <= index + 1; column += 1) names.push(columnName(column));
    return names[index] ?? '';
  };
  const numbersOf = new Map<string | undefined, LookNumbers>();
  const lookOf = (style: string | undefined): LookNumbers => {
    const known = numbersOf.get(style) ?? { plain: styles.numberOf(style, 'plain'), date: styles.numberOf(style, 'date'), quoted: styles.numberOf(style, 'quoted') };
    numbersOf.set(style, known);
    return known;
  };
  const ofColumns = columns.map(({ style }) => lookOf(style));
  const plain = lookOf(undefined);
  return (row, number) => {
    const { cells, height } = isStyledRow(row) ? row : { cells: row, height: undefined };
    if (cells.length > mostColumns) throw new RangeError('more columns than a sheet has');
    let xml = height === undefined ? `<row r="${number}">` : `<row r="${number}" ht="${height}" customHeight="1">`;
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] ?? null;
      // What nobody wrote looks as its column says.
      if (cell === null || cell === '') continue;
      const styled = isStyledCell(cell);
      const look = styled && cell.style !== undefined ? lookOf(cell.style) : (ofColumns[index] ?? plain);
      xml += cellXml(styled ? cell.value : cell, nameAt(index) + String(number), look);
    }
    return `${xml}</row>`;
  };
}

interface LookNumbers {
  readonly plain: number;
  readonly date: number;
  readonly quoted: number;
}

function cellXml(content: Content, at: string, look: LookNumbers): string {
  if (content === null) return look.plain === 0 ? '' : `<c r="${at}" s="${look.plain}"/>`;
  if (typeof content === 'string') return textXml(content, at, look);
  if (typeof content === 'number') {
    if (!Number.isFinite(content)) throw new RangeError('a cell holds a finite number');
    return `<c r="${at}" s="${look.plain}"><v>${content}</v></c>`;
  }
  const date = dateNumber(content.date);
  return date === null ? textXml(content.date, at, look) : `<c r="${at}" s="${look.date}"><v>${date}</v></c>`;
}

function textXml(text: string, at: string, look: LookNumbers): string {
  if (text === '') return look.plain === 0 ? '' : `<c r="${at}" s="${look.plain}"/>`;
  const style = isFormulaLike(text) ? look.quoted : look.plain;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cellText(text))}</t></is></c>`;
}

function isStyledRow(row: Row): row is Exclude<Row, readonly Cell[]> {
  return !Array.isArray(row);
}

function isStyledCell(cell: Cell): cell is Exclude<Cell, Content> {
  return typeof cell === 'object' && cell !== null && 'value' in cell;
}
