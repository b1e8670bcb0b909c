// A table as the bytes of a file: XLSX with a sheet that says what it is, or CSV.
import { writeCsv } from '../../documents/csv.ts';
import { workbookMediaType, writeWorkbook } from '../../documents/workbook.ts';
import type { Cell, Row } from '../../documents/workbook/model.ts';
import type { CellStyle } from '../../documents/workbook/styles.ts';
import type { ExportFormat } from './model.ts';
import type { ExportCell, ExportColumn, ExportInfo, ExportTable } from './tables.ts';
import type { ExportWords } from './words.ts';

export const mediaTypes: { readonly [F in ExportFormat]: string } = { xlsx: workbookMediaType, csv: 'text/csv; charset=utf-8' };

export function writeExport(table: ExportTable, info: ExportInfo, words: ExportWords): AsyncIterable<Uint8Array> {
  return info.format === 'csv' ? writeCsv(csvRows(table, info, words)) : workbookOf(table, info, words);
}

/** A made-up list says so in every line: there is no other place in this format. */
async function* csvRows({ columns, batches }: ExportTable, { demonstration }: ExportInfo, words: ExportWords): AsyncGenerator<readonly ExportCell[]> {
  const mark = demonstration ? [words.demonstration] : [];
  yield [...columns.map(({ head }) => head), ...mark];
  for await (const rows of batches()) {
    for (const row of rows) yield demonstration ? [...row, ...mark] : row;
  }
}

const styles: Readonly<Record<string, CellStyle>> = {
  title: { bold: true, size: 16 },
  label: { bold: true },
  value: { wrap: true },
  alert: { bold: true, wrap: true, colour: 'B42318' },
  head: { bold: true, fill: 'E6ECF2', border: 'thin', wrap: true, horizontal: 'center' },
  text: { format: '@' },
  number: { format: '#,##0' },
  date: {},
};

function workbookOf(table: ExportTable, info: ExportInfo, words: ExportWords): AsyncIterable<Uint8Array> {
  const mark = info.demonstration ? words.demonstration : '';
  return writeWorkbook({
    styles,
    properties: { title: info.title, author: info.author, created: info.at, ...(info.demonstration ? { keywords: words.demonstrationLine } : {}) },
    sheets: [
      { name: words.info.sheet, columns: [{ width: 16, style: 'label' }, { width: 72, style: 'value' }], rows: infoRows(info, words), print: { header: { right: mark }, fit: { wide: 1, tall: 0 } } },
      {
        name: info.title,
        columns: table.columns.map(({ width, kind }) => ({ width, style: kind })),
        rows: sheetRows(table),
        headRows: 1,
        filter: true,
        print: { landscape: true, fit: { wide: pagesWide(table.columns), tall: 0 }, margins: { top: 16, right: 10, bottom: 16, left: 10 }, header: { left: info.title, right: mark }, footer: { centre: words.page } },
      },
    ],
  });
}

/** Characters across a page that can still be read. */
const readableWidth = 200;
const lineHeight = 15;

function pagesWide(columns: readonly ExportColumn[]): number {
  return Math.max(1, Math.ceil(columns.reduce((sum, { width }) => sum + width, 0) / readableWidth));
}

/** As high as the longest head needs; a Chinese character is as wide as two others. */
function headHeight(columns: readonly ExportColumn[]): number {
  const lines = columns.map(({ head, width }) => Math.ceil((head.length + (head.match(/\p{Script=Han}|[（）·]/gu) ?? []).length) / (width - 1)));
  return lineHeight * Math.max(...lines) + 6;
}

function infoRows({ title, lines, demonstration }: ExportInfo, words: ExportWords): Row[] {
  return [
    { cells: [{ value: title, style: 'title' }, { value: null, style: 'title' }], height: 30 },
    ...(demonstration ? [[{ value: words.info.demonstration, style: 'alert' }, { value: words.demonstrationLine, style: 'alert' }]] : []),
    ...lines,
  ];
}

async function* sheetRows({ columns, batches }: ExportTable): AsyncGenerator<Row> {
  yield { cells: columns.map(({ head }) => ({ value: head, style: 'head' })), height: headHeight(columns) };
  const dates = columns.flatMap(({ kind }, index) => (kind === 'date' ? [index] : []));
  for await (const rows of batches()) {
    for (const row of rows) yield dates.length === 0 ? row : withDates(row, columns);
  }
}

function withDates(row: readonly ExportCell[], columns: readonly ExportColumn[]): Cell[] {
  return row.map((cell, index) => (columns[index]?.kind === 'date' && typeof cell === 'string' ? { date: cell } : cell));
}
