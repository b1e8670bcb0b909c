// XLSX as grids with everything a form must be read with and a list need not: what the cell shows under its number format, merged
// cells, what is struck out, hidden rows and columns. Lists are read by documents/sheets.ts, which streams and keeps values only.
import type { CellMark, Grid, GridCell } from '../../shared/grid.ts';
import { builtInFormat, shownNumber } from './number-format.ts';
import { mainPart, type XmlParts } from './package.ts';
import { walkXml } from './xml.ts';

/** More than a form has; what has more is none. */
const most = { cells: 100_000, sheets: 30 } as const;

interface Style {
  readonly format: string | null;
  readonly marks: readonly CellMark[];
}

interface Words {
  readonly text: string;
  readonly marks: readonly CellMark[];
}

export function readSpreadsheetParts(parts: XmlParts): Grid[] {
  const main = mainPart(parts);
  const workbook = main === null ? null : parts.xml(main);
  if (main === null || workbook === null) throw new Error('no workbook');
  const relations = parts.relations(main);
  const partOf = (kind: string): string => parts.xml(relations.find((relation) => relation.kind === kind)?.target ?? '') ?? '';
  const context: SheetContext = { words: sharedWords(partOf('sharedStrings')), styles: stylesIn(partOf('styles')), left: { cells: most.cells } };
  return sheetsIn(workbook).flatMap(({ name, id }): Grid[] => {
    const target = relations.find((relation) => relation.id === id)?.target;
    const xml = target === undefined ? null : parts.xml(target);
    return xml === null ? [] : [{ kind: 'sheet', name, cells: sheetCells(xml, context) }];
  });
}

/** Sheets that can be seen: nobody fills a form in a hidden one. */
function sheetsIn(workbook: string): { name: string; id: string }[] {
  const sheets: { name: string; id: string }[] = [];
  walkXml(workbook, {
    open: (element, attribute) => {
      if (element === 'sheet' && !/hidden/i.test(attribute('state') ?? '')) sheets.push({ name: attribute('name') ?? '', id: attribute('id') ?? '' });
    },
  });
  return sheets.slice(0, most.sheets);
}

/** Collects the text of `t` elements, phonetic guides left out, with the marks of the runs it stands in. */
class WordCollector {
  text = '';
  readonly marks = new Set<CellMark>();
  private phonetic = 0;
  private inText = false;
  private run: CellMark[] = [];

  open(name: string, attribute: (name: string) => string | null): void {
    if (name === 'rPh') this.phonetic += 1;
    else if (name === 't') this.inText = true;
    else if (name === 'r') this.run = [];
    else if (name === 'strike' && attribute('val') !== '0' && attribute('val') !== 'false') this.run.push('struck');
    else if (name === 'vertAlign' && (attribute('val') ?? '').endsWith('script')) this.run.push('raised');
  }

  close(name: string): void {
    if (name === 'rPh') this.phonetic -= 1;
    else if (name === 't') this.inText = false;
  }

  add(text: string): void {
    if (!this.inText || this.phonetic > 0) return;
    this.text += text;
    if (text.trim() !== '') for (const mark of this.run) this.marks.add(mark);
  }

  taken(): Words {
    return { text: this.text, marks: [...this.marks] };
  }
}

function sharedWords(xml: string): Words[] {
  const all: Words[] = [];
  let collector = new WordCollector();
  walkXml(xml, {
    open: (name, attribute) => {
      if (name === 'si') collector = new WordCollector();
      else collector.open(name, attribute);
    },
    close: (name) => {
      if (name === 'si') all.push(collector.taken());
      else collector.close(name);
    },
    text: (text) => collector.add(text),
  });
  return all;
}

function stylesIn(xml: string): Style[] {
  const formats = new Map<number, string>();
  const fonts: CellMark[][] = [];
  const styles: Style[] = [];
  let place = '';
  const inFonts = (name: string, value: string | null): void => {
    if (name === 'font') fonts.push([]);
    else if (name === 'strike' && value !== '0' && value !== 'false') fonts.at(-1)?.push('struck');
    else if (name === 'vertAlign' && (value ?? '').endsWith('script')) fonts.at(-1)?.push('raised');
  };
  walkXml(xml, {
    open: (name, attribute) => {
      if (name === 'fonts' || name === 'cellXfs' || name === 'cellStyleXfs' || name === 'dxfs') place = name;
      else if (name === 'numFmt' && place !== 'dxfs') formats.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      else if (place === 'fonts') inFonts(name, attribute('val'));
      else if (place === 'cellXfs' && name === 'xf') {
        const id = Number(attribute('numFmtId') ?? 0);
        styles.push({ format: formats.get(id) ?? builtInFormat(id), marks: fonts[Number(attribute('fontId') ?? 0)] ?? [] });
      }
    },
  });
  return styles;
}

type Attribute = (name: string) => string | null;

interface SheetContext {
  readonly words: readonly Words[];
  readonly styles: readonly Style[];
  /** Of all sheets together. */
  readonly left: { cells: number };
}

interface OpenCell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  readonly style: Style;
  readonly hidden: boolean;
  readonly inline: WordCollector;
  value: string;
}

const plain: Style = { format: 'General', marks: [] };

function sheetCells(xml: string, context: SheetContext): GridCell[] {
  const reading = new SheetReading(context);
  walkXml(xml, { open: (name, attribute) => reading.open(name, attribute), close: (name) => reading.close(name), text: (text) => reading.text(text) });
  return reading.cells.map((one) => ({ ...one, ...reading.spans.get(`${one.row},${one.column}`) }));
}

/** Where the walk through a sheet stands. */
class SheetReading {
  readonly cells: GridCell[] = [];
  readonly spans = new Map<string, { rows: number; columns: number }>();
  private readonly context: SheetContext;
  private readonly hiddenColumns: [number, number][] = [];
  private row = 0;
  private column = 0;
  private rowHidden = false;
  private cell: OpenCell | null = null;
  private inValue = false;

  constructor(context: SheetContext) {
    this.context = context;
  }

  open(name: string, attribute: Attribute): void {
    if (name === 'col' && isYes(attribute('hidden'))) this.hiddenColumns.push([Number(attribute('min')), Number(attribute('max'))]);
    else if (name === 'row') {
      this.row = Number(attribute('r') ?? this.row + 1);
      this.column = 0;
      this.rowHidden = isYes(attribute('hidden'));
    } else if (name === 'c') this.openCell(attribute);
    else if (name === 'v') this.inValue = true;
    else if (name === 'mergeCell') spanOf(attribute('ref') ?? '', this.spans);
    else this.cell?.inline.open(name, attribute);
  }

  private openCell(attribute: Attribute): void {
    const column = columnOf(attribute('r')) ?? this.column + 1;
    this.column = column;
    const hidden = this.rowHidden || this.hiddenColumns.some(([from, to]) => column >= from && column <= to);
    const style = this.context.styles[Number(attribute('s') ?? 0)] ?? plain;
    this.cell = { row: this.row, column, type: attribute('t') ?? 'n', style, hidden, inline: new WordCollector(), value: '' };
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'c') this.closeCell();
    else this.cell?.inline.close(name);
  }

  private closeCell(): void {
    const read = this.cell === null ? null : readCell(this.cell, this.context.words);
    if (read !== null) this.cells.push(read);
    this.cell = null;
    this.context.left.cells -= 1;
    if (this.context.left.cells < 0) throw new Error('too many cells');
  }

  text(text: string): void {
    if (this.cell === null) return;
    if (this.inValue) this.cell.value += text;
    else this.cell.inline.add(text);
  }
}

const isYes = (value: string | null): boolean => value === '1' || value === 'true';

function readCell({ row, column, type, style, hidden, inline, value }: OpenCell, words: readonly Words[]): GridCell | null {
  const base = { row, column, rows: 1, columns: 1 };
  const marks: CellMark[] = [...style.marks, ...(hidden ? ['hidden' as const] : [])];
  if (type === 'n' && value.trim() !== '') {
    const number = Number(value);
    const shown = shownNumber(number, style.format);
    return Number.isFinite(number) ? { ...base, text: (shown ?? value).trim(), number, marks: shown === null ? [...marks, 'shown_otherwise'] : marks } : null;
  }
  const found = wordsOf(type, inline, value, words);
  const text = found.text.trim();
  return text === '' ? null : { ...base, text, number: null, marks: [...new Set([...marks, ...found.marks])] };
}

function wordsOf(type: string, inline: WordCollector, value: string, words: readonly Words[]): Words {
  if (type === 's') return words[Number(value)] ?? { text: '', marks: [] };
  if (type === 'inlineStr') return inline.taken();
  return { text: type === 'b' ? (value === '1' ? 'TRUE' : 'FALSE') : value, marks: [] };
}

function columnOf(reference: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  return letters === undefined ? null : Array.from(letters).reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0);
}

function spanOf(reference: string, spans: Map<string, { rows: number; columns: number }>): void {
  const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference);
  if (found === null) return;
  const [, left = '', top = '', right = '', bottom = ''] = found;
  const [from, to] = [columnOf(left) ?? 1, columnOf(right) ?? 1];
  spans.set(`${Number(top)},${from}`, { rows: Math.max(1, Number(bottom) - Number(top) + 1), columns: Math.max(1, to - from + 1) });
}
