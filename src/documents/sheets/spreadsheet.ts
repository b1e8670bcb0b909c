// Reads an XLSX row by row: text is made of a part as it is scanned, and nothing but the cells is kept. Formulas are never
// evaluated: a cell has the value that was saved with it.
import { listParts, type PackagePart, unpackPart, unpackPieces } from '../containers.ts';
import { columnIndex, dayOf, isDayCode, isDayFormat, numberCell, rangeOf, type SheetCell, type SheetRange, trimmed } from './cells.ts';
import { attributeOf, type Element, elementScanner, elementsIn, prefixIn, textOf } from './xml.ts';

export class SheetTooLarge extends Error {}

export interface SheetLimits {
  /** Rows of all sheets together, empty ones between others included. */
  readonly rows: number;
  readonly columns: number;
  /** Sheets that are read; what follows is left out. */
  readonly sheets: number;
}

export interface SheetSink {
  sheet(name: string, hidden: boolean): void;
  row(cells: readonly SheetCell[]): void;
  merges(merges: readonly SheetRange[]): void;
}

interface Part {
  pieces(): AsyncIterable<string>;
  whole(): string;
}

/** No list of strings, styles or sheets is longer. */
const longestWholePart = 64 * 1024 * 1024;

/** The bytes have been looked into: nothing here unpacks more than the package promised. */
export async function readSpreadsheet(bytes: Uint8Array, limits: SheetLimits, sink: SheetSink): Promise<void> {
  const listed = listParts(bytes);
  if (typeof listed === 'string') throw new Error(listed);
  const parts = new Map(listed.map((part) => [part.name, partOf(bytes, part)]));
  const workbookName = workbookNameOf(parts);
  const workbook = parts.get(workbookName)?.whole();
  if (workbook === undefined) throw new Error('no workbook');
  const related = relationsOf(parts, workbookName);
  const shared = await stringsOf(parts.get(related.byType('sharedStrings') ?? ''));
  const dayStyles = dayStylesOf(parts.get(related.byType('styles') ?? ''));
  const from1904 = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']/.test(workbook);
  const rowsLeft = { count: limits.rows };
  for (const { attributes } of elementsIn(workbook, ['sheet'], prefixIn(workbook)).slice(0, limits.sheets)) {
    const part = parts.get(related.byId(attributeOf(attributes, 'id') ?? '') ?? '');
    // A chart has a sheet of its own, without rows.
    if (part === undefined) continue;
    sink.sheet(attributeOf(attributes, 'name') ?? '', /hidden/i.test(attributeOf(attributes, 'state') ?? ''));
    await readSheet(part, { shared, dayStyles, from1904 }, { columns: limits.columns, rowsLeft }, sink);
  }
}

function partOf(bytes: Uint8Array, part: PackagePart): Part {
  return {
    pieces: async function* () {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      for await (const piece of unpackPieces(bytes, part)) yield decoder.decode(piece, { stream: true });
      yield decoder.decode();
    },
    whole: () => {
      if (part.unpackedBytes > longestWholePart) throw new SheetTooLarge();
      const unpacked = unpackPart(bytes, part);
      if (unpacked === null) throw new Error('not a part');
      return new TextDecoder('utf-8', { fatal: true }).decode(unpacked);
    },
  };
}

function workbookNameOf(parts: ReadonlyMap<string, Part>): string {
  const relations = (parts.get('_rels/.rels')?.whole()) ?? '';
  const office = elementsIn(relations, ['Relationship'], prefixIn(relations)).find(({ attributes }) => attributeOf(attributes, 'Type')?.endsWith('/officeDocument') === true);
  const target = attributeOf(office?.attributes ?? '', 'Target') ?? 'xl/workbook.xml';
  return target.replace(/^\//, '');
}

interface Relations {
  byId(id: string): string | undefined;
  byType(type: string): string | undefined;
}

function relationsOf(parts: ReadonlyMap<string, Part>, workbookName: string): Relations {
  const folder = workbookName.replace(/[^/]*$/, '');
  const text = (parts.get(`${folder}_rels/${workbookName.slice(folder.length)}.rels`)?.whole()) ?? '';
  const relations = elementsIn(text, ['Relationship'], prefixIn(text)).map(({ attributes }) => {
    const target = attributeOf(attributes, 'Target') ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `${folder}${target.replace(/^\.\//, '')}`;
    return { id: attributeOf(attributes, 'Id'), type: attributeOf(attributes, 'Type') ?? '', path };
  });
  return {
    byId: (id) => relations.find((one) => one.id === id)?.path,
    byType: (type) => relations.find((one) => one.type.endsWith(`/${type}`))?.path,
  };
}

async function stringsOf(part: Part | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  const scan = elementScanner(['si']);
  for await (const piece of part.pieces()) for (const { inner } of scan(piece)) strings.push(runsOf(inner));
  return strings;
}

/** Text of a string in runs; how it is pronounced (rPh) is no part of it. */
function runsOf(inner: string): string {
  const runs = [...inner.replace(/<((?:\w+:)?)rPh\b[\s\S]*?<\/\1rPh>/g, '').matchAll(/<((?:\w+:)?)t(?:\s[^>]*)?>([\s\S]*?)<\/\1t>/g)];
  return runs.map((run) => textOf(run[2] ?? '').replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))).join('').replace(/\r\n?/g, '\n');
}

/** Numbers of the cell styles that show a day. */
function dayStylesOf(part: Part | undefined): ReadonlySet<string> {
  const text = (part?.whole()) ?? '';
  const prefix = prefixIn(text);
  const codes = new Map(elementsIn(text, ['numFmt'], prefix).map(({ attributes }) => [attributeOf(attributes, 'numFmtId') ?? '', attributeOf(attributes, 'formatCode') ?? '']));
  const formats = elementsIn(text, ['cellXfs'], prefix).flatMap(({ inner }) => elementsIn(inner, ['xf'], prefix).map(({ attributes }) => attributeOf(attributes, 'numFmtId') ?? '0'));
  return new Set(formats.flatMap((id, style) => {
    const code = codes.get(id);
    return (code === undefined ? isDayFormat(Number(id)) : isDayCode(code)) ? [String(style)] : [];
  }));
}

interface Reading {
  readonly shared: readonly string[];
  readonly dayStyles: ReadonlySet<string>;
  readonly from1904: boolean;
}

interface RowLimits {
  readonly columns: number;
  readonly rowsLeft: { count: number };
}

async function readSheet(part: Part, reading: Reading, limits: RowLimits, sink: SheetSink): Promise<void> {
  const merges: SheetRange[] = [];
  const takeRow = rowTaker(reading, limits, sink);
  const scan = elementScanner(['row', 'mergeCell']);
  for await (const piece of part.pieces()) {
    for (const element of scan(piece)) {
      if (element.name === 'row') takeRow(element);
      else merges.push(...mergeOf(element));
    }
  }
  sink.merges(merges.slice(0, mostMerges));
}

const mostMerges = 50_000;

function mergeOf({ attributes }: Element): SheetRange[] {
  const range = rangeOf(attributeOf(attributes, 'ref') ?? '');
  return range === null ? [] : [range];
}

/** Gives rows on in their places: those left out of the file are there, empty. */
function rowTaker(reading: Reading, limits: RowLimits, sink: SheetSink): (row: Element) => void {
  let given = 0;
  let at = 0;
  return ({ attributes, inner }) => {
    const numbered = /(?:^|\s)r\s*=\s*["'](\d{1,7})["']/.exec(attributes)?.[1];
    at = numbered === undefined ? at + 1 : Number(numbered);
    const cells = cellsOf(inner, reading, limits.columns);
    // Formatted and empty: there can be a million of these.
    if (cells.length === 0) return;
    limits.rowsLeft.count -= Math.max(1, at - given);
    if (limits.rowsLeft.count < 0) throw new SheetTooLarge();
    for (; given < at - 1; given += 1) sink.row([]);
    sink.row(cells);
    given = at;
  };
}

const cellTag = /<((?:[\w.-]+:)?)c(?=[\s/>])([^>]*?)(?:\/>|>([\s\S]*?)<\/\1c>)/g;
const cellPlace = /(?:^|\s)r=["']([A-Z]{1,3})\d+["']/;
const cellStyle = /(?:^|\s)s=["'](\d+)["']/;
const cellType = /(?:^|\s)t=["'](\w+)["']/;
const cellValue = /<((?:[\w.-]+:)?)v(?:\s[^>]*)?>([\s\S]*?)<\/\1v>/;

function cellsOf(inner: string, reading: Reading, columns: number): SheetCell[] {
  const cells: SheetCell[] = [];
  for (const match of inner.matchAll(cellTag)) {
    const attributes = match[2] ?? '';
    const letters = cellPlace.exec(attributes)?.[1];
    const column = letters === undefined ? cells.length : columnIndex(letters);
    const value = match[3] === undefined ? null : valueOf(attributes, match[3], reading);
    if (value === null) continue;
    if (column >= columns) throw new SheetTooLarge();
    while (cells.length < column) cells.push(null);
    cells[column] = value;
  }
  return trimmed(cells);
}

function valueOf(attributes: string, inner: string, { shared, dayStyles, from1904 }: Reading): SheetCell {
  const type = cellType.exec(attributes)?.[1] ?? 'n';
  if (type === 'inlineStr') return runsOf(inner);
  const written = cellValue.exec(inner)?.[2];
  if (written === undefined) return null;
  if (type === 's') return shared[Number(written)] ?? null;
  if (type === 'b') return written.trim() === '1';
  if (type === 'str' || type === 'e') return textOf(written);
  if (type === 'd') return /^\d{4}-\d{2}-\d{2}/.test(written) ? { date: written.slice(0, 10) } : written;
  return numberOrDay(written, cellStyle.exec(attributes)?.[1] ?? '', dayStyles, from1904);
}

function numberOrDay(written: string, style: string, dayStyles: ReadonlySet<string>, from1904: boolean): SheetCell {
  const number = numberCell(written);
  const date = dayStyles.has(style) && typeof number === 'number' ? dayOf(number, from1904) : null;
  return date === null ? number : { date };
}
