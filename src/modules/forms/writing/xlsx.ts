// The annex for Excel and WPS: figures are numbers that can be computed with, shown in brackets before their unit word.
import { officialFonts } from '../../../documents/fonts.ts';
import { qrPngOf } from '../../../documents/qr.ts';
import { workbookBytes } from '../../../documents/workbook.ts';
import type { Area, Cell, Picture, Row } from '../../../documents/workbook/model.ts';
import type { CellStyle } from '../../../documents/workbook/styles.ts';
import type { FormLine, FormSheet } from '../model.ts';
import { figureText, footLines, formMeasuresOf, formPage, paper } from '../rules.ts';

const points = (millimetres: number): number => Math.round((millimetres * 72 * 100) / 25.4) / 100;
/** A column's width in characters: 8 pixels in 宋体 11, and the 5 that Excel adds. */
const characters = (millimetres: number): number => Math.round((((millimetres * 96) / 25.4 - 5) / 8) * 100) / 100;

const lastColumn = 3;
const headRow = 4;
/** Between table and foot, so that the code does not lie on the frame. */
const gap = 1.5;

const acrossRow = (row: number): Area => ({ top: row, left: 1, bottom: row, right: lastColumn });

/** `"("0")场次"`: the brackets and the word are shown, the cell holds the number. */
function figureFormat(unitWord: string): string {
  return `"("0")${unitWord.replaceAll('"', '')}"`;
}

export async function writeXlsx(sheet: FormSheet): Promise<Uint8Array> {
  const measures = formMeasuresOf(sheet);
  const { size } = measures;
  const font = officialFonts.text.official;
  const framed: CellStyle = { font, size, border: 'thin', wrap: true };
  const words = new Set(sheet.lines.map(({ unitWord }) => unitWord));
  const styles: Record<string, CellStyle> = {
    heading: { font: officialFonts.heading.official, size: 16 },
    title: { font: officialFonts.title.official, size: formPage.titleSize, horizontal: 'center', wrap: true },
    unit: { font, size, horizontal: 'left', wrap: true },
    date: { font, size, horizontal: 'right' },
    head: { ...framed, font: officialFonts.heading.official, horizontal: 'center' },
    number: { ...framed, horizontal: 'center' },
    label: { ...framed, horizontal: 'left' },
    part: { ...framed, horizontal: 'left', indent: 2 },
    blank: { ...framed, horizontal: 'center' },
    foot: { font, size: 10.5, horizontal: 'left', wrap: true },
    ...Object.fromEntries([...words].map((word, index) => [`figure${index}`, { ...framed, horizontal: 'center' as const, format: figureFormat(word) }])),
  };
  const figureStyle = (word: string): string => `figure${[...words].indexOf(word)}`;
  const lineRow = (line: FormLine): Row => ({
    height: points(measures.rowHeight),
    cells: [
      { value: line.span > 0 ? line.row : null, style: 'number' },
      { value: line.label, style: line.span > 0 ? 'label' : 'part' },
      line.figure === null ? { value: figureText(line), style: 'blank' } : { value: line.figure, style: figureStyle(line.unitWord) },
    ],
  });
  const footRow = headRow + sheet.lines.length + 2;
  return workbookBytes({
    styles,
    properties: { title: sheet.title, author: sheet.unitName, created: sheet.asOf },
    sheets: [{
      name: sheet.heading,
      columns: formPage.columns.map((width) => ({ width: characters(width) })),
      rows: [
        { height: points(formPage.heading), cells: across(sheet.heading, 'heading') },
        { height: points(formPage.titleLine + 2 * formPage.titleGap), cells: across(sheet.title, 'title') },
        { height: points(measures.sealRoom), cells: [{ value: `${sheet.unitLine}${sheet.unitName}`, style: 'unit' }, { value: null, style: 'unit' }, { value: sheet.dateLine, style: 'date' }] },
        { height: points(measures.rowHeight), cells: sheet.columns.map((value) => ({ value, style: 'head' })) },
        ...sheet.lines.map(lineRow),
        { height: points(gap), cells: [] },
        { height: points(formPage.foot - gap), cells: footCells(sheet) },
      ],
      merges: [
        acrossRow(1),
        acrossRow(2),
        { top: 3, left: 1, bottom: 3, right: 2 },
        ...numberAreas(sheet.lines),
        sheet.receipt === null ? acrossRow(footRow) : { top: footRow, left: 2, bottom: footRow, right: lastColumn },
      ],
      pictures: await codePictures(sheet, footRow),
      print: {
        margins: { top: formPage.top, left: formPage.left, right: formPage.right, bottom: formPage.bottom },
        fit: { wide: 1, tall: measures.onePage ? 1 : 0 },
        area: { top: 1, left: 1, bottom: footRow, right: lastColumn },
        ...headerOf(sheet),
      },
    }],
  });
}

function across(value: string, style: string): Cell[] {
  return [{ value, style }, { value: null, style }, { value: null, style }];
}

function footCells(sheet: FormSheet): Cell[] {
  const text = { value: footLines(sheet).join('\n'), style: 'foot' };
  const empty = { value: null, style: 'foot' };
  return sheet.receipt === null ? [text, empty, empty] : [empty, text, empty];
}

/** The cells over which a row number is merged. */
function numberAreas(lines: readonly FormLine[]): Area[] {
  return lines.flatMap(({ span }, index) => (span > 1 ? [{ top: headRow + index + 1, left: 1, bottom: headRow + index + span, right: 1 }] : []));
}

async function codePictures({ receipt }: FormSheet, row: number): Promise<Picture[]> {
  if (receipt === null) return [];
  // The first column is narrower than the code would like; it still reads at 13 mm.
  const width = Math.min(formPage.code, formPage.columns[0] - 0.5);
  return [{ png: await qrPngOf(receipt.address), row, column: 1, width, height: width, description: receipt.address }];
}

function headerOf({ marks, receipt }: FormSheet): { readonly header?: { readonly centre: string } } {
  const words = [...marks.map((mark) => paper.marks[mark]), ...(receipt === null ? [paper.draft] : [])];
  return words.length === 0 ? {} : { header: { centre: words.join('　') } };
}
