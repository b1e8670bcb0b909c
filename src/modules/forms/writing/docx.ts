// The annex for Word and WPS: real text in a real table, fonts by their official names, receipt and marks in foot and head, so that
// whatever fonts a computer has the table keeps the whole page for itself.
import {
  AlignmentType, BorderStyle, Document, Footer, Header, HeightRule, HorizontalPositionRelativeFrom, ImageRun, LineRuleType, Packer, Paragraph, Table, TableCell, TableLayoutType, TableRow,
  TabStopType, TextRun, TextWrappingType, VerticalAlign, VerticalPositionRelativeFrom, WidthType,
} from 'docx';
import { type FontRole, officialFonts } from '../../../documents/fonts.ts';
import { qrPngOf } from '../../../documents/qr.ts';
import type { FormLine, FormSheet } from '../model.ts';
import { type FormMeasures, figureText, footLines, formMeasuresOf, formPage, paper, unitLinesOf } from '../rules.ts';
import { draftMark } from './draft-mark.ts';

const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
const pixels = (millimetres: number): number => Math.round((millimetres * 96) / 25.4);
const emus = (millimetres: number): number => Math.round(millimetres * 36_000);
const halfPoints = (points: number): number => Math.round(points * 2);

const textWidth = twips(formPage.textWidth);
const footSize = 10.5;
const twoCharacters = 2;

function run(text: string, role: FontRole, points: number, more: { readonly color?: string } = {}): TextRun {
  const name = officialFonts[role].official;
  return new TextRun({ text, size: halfPoints(points), font: { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' }, ...more });
}

/** A line of exactly this height, whatever font is there. */
const exact = (millimetres: number, before = 0, after = 0) => ({ line: twips(millimetres), lineRule: LineRuleType.EXACT, before: twips(before), after: twips(after) });

function headOf({ marks, receipt }: FormSheet): Header {
  const red = { color: 'A40000' };
  const words = [...marks.map((mark) => paper.marks[mark]), ...(receipt === null ? [paper.draft] : [])].join('　');
  const behind = { width: 110, height: Math.round((110 * draftMark.height) / draftMark.width) };
  const draft = new ImageRun({
    type: 'png', data: draftMark.png, transformation: { width: pixels(behind.width), height: pixels(behind.height) },
    altText: { name: paper.draft, title: paper.draft, description: paper.draftLine },
    floating: {
      behindDocument: true, allowOverlap: true, wrap: { type: TextWrappingType.NONE },
      horizontalPosition: { relative: HorizontalPositionRelativeFrom.PAGE, offset: emus((formPage.width - behind.width) / 2) },
      verticalPosition: { relative: VerticalPositionRelativeFrom.PAGE, offset: emus((formPage.height - behind.height) / 2) },
    },
  });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, spacing: exact(7), children: [...(receipt === null ? [draft] : []), run(words, 'heading', 12, red)] })] });
}

async function footOf(sheet: FormSheet): Promise<Footer> {
  const lines = footLines(sheet);
  const { receipt } = sheet;
  if (receipt === null) return new Footer({ children: lines.map((text) => new Paragraph({ spacing: exact(5), children: [run(text, 'text', footSize)] })) });
  const code = new ImageRun({
    type: 'png', data: await qrPngOf(receipt.address), transformation: { width: pixels(formPage.code), height: pixels(formPage.code) },
    altText: { name: receipt.code, title: receipt.code, description: receipt.address },
  });
  const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
  const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  const widths = [twips(formPage.code + 4), textWidth - twips(formPage.code + 4)];
  const cells = [
    [new Paragraph({ children: [code] })],
    lines.map((text) => new Paragraph({ spacing: exact(5), children: [run(text, 'text', footSize)] })),
  ];
  return new Footer({
    children: [
      new Table({
        layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: textWidth, type: WidthType.DXA }, borders: noBorders,
        rows: [new TableRow({
          height: { value: twips(formPage.code + 1), rule: HeightRule.EXACT },
          children: cells.map((children, index) => new TableCell({ children, borders: noBorders, verticalAlign: VerticalAlign.CENTER, margins: { left: 0, right: 0, top: 0, bottom: 0 }, width: { size: widths[index] ?? 0, type: WidthType.DXA } })),
        })],
      }),
      new Paragraph({ spacing: exact(1), children: [] }),
    ],
  });
}

interface CellLook {
  readonly width: number;
  readonly measures: FormMeasures;
  readonly role?: FontRole;
  readonly centred?: boolean;
  readonly rowSpan?: number;
  readonly indented?: boolean;
}

function cell(text: string, { width, measures, role = 'text', centred = false, rowSpan = 1, indented = false }: CellLook): TableCell {
  const indent = twoCharacters * measures.size * 20;
  return new TableCell({
    rowSpan, verticalAlign: VerticalAlign.CENTER, width: { size: twips(width), type: WidthType.DXA }, margins: { left: twips(formPage.padding), right: twips(formPage.padding), top: 0, bottom: 0 },
    children: [new Paragraph({
      alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT, spacing: exact(measures.lineHeight), ...(indented ? { indent: { left: indent } } : {}), children: [run(text, role, measures.size)],
    })],
  });
}

function tableOf(sheet: FormSheet, measures: FormMeasures): Table {
  const [numberWidth, wordsWidth, figureWidth] = formPage.columns;
  const height = { value: twips(measures.rowHeight), rule: HeightRule.ATLEAST };
  const head = new TableRow({
    tableHeader: true, cantSplit: true, height,
    children: sheet.columns.map((text, index) => cell(text, { width: formPage.columns[index] ?? 0, measures, role: 'heading', centred: true })),
  });
  const rowOf = (line: FormLine): TableRow => new TableRow({
    cantSplit: true, height,
    children: [
      ...(line.span > 0 ? [cell(String(line.row), { width: numberWidth, measures, centred: true, rowSpan: line.span })] : []),
      cell(line.label, { width: wordsWidth, measures, indented: line.span === 0 }),
      cell(figureText(line), { width: figureWidth, measures, centred: true }),
    ],
  });
  const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  return new Table({
    layout: TableLayoutType.FIXED, columnWidths: formPage.columns.map(twips), width: { size: textWidth, type: WidthType.DXA },
    borders: { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin },
    rows: [head, ...sheet.lines.map(rowOf)],
  });
}

export async function writeDocx(sheet: FormSheet): Promise<Uint8Array> {
  const measures = formMeasuresOf(sheet);
  const blank = (measures.sealRoom - unitLinesOf(sheet, measures) * measures.lineHeight) / 2;
  const name = officialFonts.text.official;
  const file = new Document({
    title: sheet.title, creator: sheet.unitName,
    styles: { default: { document: { run: { font: { ascii: name, hAnsi: name, eastAsia: name, cs: name }, size: halfPoints(measures.size), language: { value: 'zh-CN', eastAsia: 'zh-CN' } } } } },
    sections: [{
      properties: {
        page: {
          size: { width: twips(formPage.width), height: twips(formPage.height) },
          margin: {
            top: twips(formPage.top), left: twips(formPage.left), right: twips(formPage.right), bottom: twips(formPage.bottom + formPage.foot),
            header: twips(20), footer: twips(formPage.bottom), gutter: 0,
          },
        },
      },
      headers: { default: headOf(sheet) },
      footers: { default: await footOf(sheet) },
      children: [
        new Paragraph({ spacing: exact(formPage.heading), children: [run(sheet.heading, 'heading', 16)] }),
        new Paragraph({ alignment: AlignmentType.CENTER, spacing: exact(formPage.titleLine, formPage.titleGap), children: [run(sheet.title, 'title', formPage.titleSize)] }),
        new Paragraph({
          // Of space after one paragraph and before the next Word takes the larger only, so all of it stands before.
          spacing: exact(measures.lineHeight, formPage.titleGap + blank, blank), tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
          children: [run(`${sheet.unitLine}${sheet.unitName}`, 'text', measures.size), run(`\t${sheet.dateLine}`, 'text', measures.size)],
        }),
        tableOf(sheet, measures),
        // A document that ends with a table loses it in some programs; this line takes no room.
        new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT, before: 0, after: 0 }, children: [] }),
      ],
    }],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}
