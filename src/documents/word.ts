// Word files in the layout of official documents (GB/T 9704-2012): A4, 22 lines of 28 characters, fonts by name. Given text, tables
// and pictures; knows nothing of what they are about.
import {
  AlignmentType, BorderStyle, Document, Footer, Header, HeightRule, ImageRun, LineRuleType, Packer, PageNumber, Paragraph, type ParagraphChild, Table, TableCell, TableLayoutType, TableRow, TextRun,
  VerticalAlign, WidthType,
} from 'docx';
import { type FontRole, officialFonts } from './fonts.ts';

const twipsPerMillimetre = 1440 / 25.4;
const millimetres = (value: number): number => Math.round(value * twipsPerMillimetre);

/** Sizes in twips. 22 lines of 580 fill 225 mm; the foot gives the 4 twips that are missing. */
export const officialPage = {
  width: millimetres(210), height: millimetres(297), top: millimetres(37), left: millimetres(28), right: millimetres(26), bottom: millimetres(35) - 4,
  line: 580, /** One character of 16 pt with its spacing of −0.25 pt: 28 of them are 156 mm. */ character: 315,
} as const;

const textWidth = officialPage.width - officialPage.left - officialPage.right;
const bodySize = 32;
const titleSize = 44;
const smallSize = 28;
const tableSize = 24;
const spacing = -5;

export interface WordRun {
  readonly text: string;
  readonly bold: boolean;
}

export type WordBlock = Paragraph | Table;

// oxlint-disable-next-line no-control-regex -- they are named to be left out: XML has no way to write them
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function textRun(text: string, role: FontRole, size: number = bodySize, more: { readonly bold?: boolean; readonly color?: string } = {}): TextRun {
  const name = officialFonts[role].official;
  return new TextRun({ text: text.replace(notInXml, ''), size, characterSpacing: size === bodySize ? spacing : 0, font: { ascii: name, hAnsi: name, eastAsia: name, cs: name }, ...more });
}

const exactLine = { line: officialPage.line, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;

interface LineOptions {
  readonly align?: (typeof AlignmentType)[keyof typeof AlignmentType];
  readonly indent?: { readonly left?: number; readonly right?: number; readonly firstLine?: number; readonly firstLineChars?: number; readonly hanging?: number };
  readonly keepNext?: boolean;
  readonly outlineLevel?: number;
}

function line(children: readonly ParagraphChild[], { align, indent, keepNext = false, outlineLevel }: LineOptions = {}): Paragraph {
  return new Paragraph({
    children: [...children], spacing: exactLine, keepNext, widowControl: true, overflowPunctuation: true,
    ...(align === undefined ? {} : { alignment: align }), ...(indent === undefined ? {} : { indent }), ...(outlineLevel === undefined ? {} : { outlineLevel }),
  });
}

const twoCharacters = { firstLine: 2 * officialPage.character, firstLineChars: 200 } as const;

/** 标题: 2号小标宋, centred, with a line below. */
export function wordTitle(text: string): Paragraph[] {
  return [line([textRun(text, 'title', titleSize)], { align: AlignmentType.CENTER, keepNext: true }), line([], { keepNext: true })];
}

/** 主送: flush left. */
export function wordAddressee(text: string): Paragraph {
  return line([textRun(text, 'text')]);
}

const levelRoles: { readonly [level in 1 | 2 | 3 | 4]: FontRole } = { 1: 'heading', 2: 'emphasis', 3: 'text', 4: 'text' };

/** 一、黑体 （一）楷体 1. and （1）仿宋. */
export function wordHeading(level: 1 | 2 | 3 | 4, number: string, runs: readonly WordRun[]): Paragraph {
  const role = levelRoles[level];
  return line([textRun(number, role), ...runs.map(({ text, bold }) => textRun(text, role, bodySize, { bold }))], { indent: twoCharacters, keepNext: true, outlineLevel: level - 1 });
}

export function wordText(runs: readonly WordRun[], keepNext = false): Paragraph {
  return line(runs.map(({ text, bold }) => textRun(text, 'text', bodySize, { bold })), { indent: twoCharacters, align: AlignmentType.BOTH, keepNext });
}

/** 附件说明: a line below the text; several are numbered under each other. */
export function wordAttachments(names: readonly string[]): Paragraph[] {
  if (names.length === 0) return [];
  const { character } = officialPage;
  const lines = names.map((name, index) => {
    const lead = index === 0 ? '附件：' : '';
    const number = names.length > 1 ? `${index + 1}. ` : '';
    const hanging = (index === 0 ? 3 : 0) * character + (names.length > 1 ? character : 0);
    const left = 5 * character + (names.length > 1 ? character : 0);
    return line([textRun(`${lead}${number}${name}`, 'text')], { indent: { left, hanging }, keepNext: true });
  });
  return [line([], { keepNext: true }), ...lines];
}

/** Width in characters: letters and digits are half as wide. */
function widthOf(text: string): number {
  const narrow = text.match(/[\u0020-\u007e\u00a0-\u00ff]/g)?.length ?? 0;
  const characters = text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0);
  return characters - narrow / 2;
}

/** Characters left free on the right of 署名 and 成文日期: the date four, the name centred over it; a long name two, the date centred under it. */
export function closingIndents(signature: string, date: string): { readonly signature: number; readonly date: number } {
  const half = (widthOf(date) - widthOf(signature)) / 2;
  if (4 + half >= 2) return { signature: 4 + half, date: 4 };
  return { signature: 2, date: 2 - half };
}

/** 署名 and 成文日期 with room for the seal; they never part, nor leave the last line of the text behind. */
export function wordClosing(signature: string, date: string): Paragraph[] {
  const { character } = officialPage;
  const free = closingIndents(signature, date);
  const right = (text: string, characters: number, keepNext: boolean): Paragraph => line([textRun(text, 'text')], { align: AlignmentType.RIGHT, indent: { right: Math.round(characters * character) }, keepNext });
  return [line([], { keepNext: true }), line([], { keepNext: true }), line([], { keepNext: true }), right(signature, free.signature, true), right(date, free.date, false)];
}

function caption(text: string, keepNext: boolean): Paragraph {
  return line([textRun(text, 'heading', smallSize)], { align: AlignmentType.CENTER, keepNext });
}

export interface WordCell {
  readonly text: string;
  readonly rowSpan: number;
  readonly align: 'left' | 'center';
}

const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;

/** A table over the whole width; its head is repeated on every page and no row is cut. */
export function wordTable(table: { readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly WordCell[])[]; readonly widths: readonly number[] }): WordBlock[] {
  const widths = table.widths.map((part) => Math.floor((textWidth * part) / 100));
  const head = new TableRow({ tableHeader: true, cantSplit: true, children: table.head.map((text, column) => tableCell({ text, rowSpan: 1, align: 'center' }, widths[column], 'heading')) });
  let open: number[] = [];
  const rows = table.rows.map((row) => {
    // A cell that spans from above takes a column: the cells of this row begin after it.
    const first = (open[0] ?? 0) > 0 ? 1 : 0;
    open = [Math.max((open[0] ?? 0) - 1, (first === 0 ? (row[0]?.rowSpan ?? 1) : 1) - 1)];
    return new TableRow({ cantSplit: true, height: { value: 440, rule: HeightRule.ATLEAST }, children: row.map((one, index) => tableCell(one, widths[index + first], 'text')) });
  });
  const body = new Table({
    rows: [head, ...rows], columnWidths: widths, width: { size: textWidth, type: WidthType.DXA }, layout: TableLayoutType.FIXED, alignment: AlignmentType.CENTER,
    borders: { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin },
  });
  return [...(table.caption === '' ? [] : [caption(table.caption, true)]), body, line([])];
}

function tableCell({ text, rowSpan, align }: WordCell, width: number | undefined, role: FontRole): TableCell {
  return new TableCell({
    rowSpan, verticalAlign: VerticalAlign.CENTER, margins: { left: 80, right: 80, top: 20, bottom: 20 }, ...(width === undefined ? {} : { width: { size: width, type: WidthType.DXA } }),
    children: [new Paragraph({
      children: [textRun(text, role, tableSize)], alignment: align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT,
      spacing: { line: 320, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    })],
  });
}

export interface WordImage {
  readonly bytes: Uint8Array;
  readonly type: 'jpg' | 'png';
  readonly width: number;
  readonly height: number;
}

const imageMost = { width: 140, height: 90 } as const;

/** Millimetres of a picture that fits the page and keeps its shape. */
export function imageSize({ width, height }: Pick<WordImage, 'width' | 'height'>): { readonly width: number; readonly height: number } {
  const scale = Math.min(imageMost.width / Math.max(1, width), imageMost.height / Math.max(1, height));
  return { width: width * scale, height: height * scale };
}

/** A picture with its caption below; the words in its place when there is none. */
export function wordPicture(image: WordImage | null, text: string, missing: string): Paragraph[] {
  if (image === null) return [line([textRun(missing, 'text')], { align: AlignmentType.CENTER, keepNext: true }), caption(text, false)];
  const { width, height } = imageSize(image);
  const pixels = (value: number): number => Math.round((value / 25.4) * 96);
  const alt = text.replace(notInXml, '');
  const run = new ImageRun({ type: image.type, data: image.bytes, transformation: { width: pixels(width), height: pixels(height) }, altText: { name: alt, title: alt, description: alt } });
  return [
    // An exact line would cut the picture off.
    new Paragraph({ children: [run], alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 120, after: 0, line: 240, lineRule: LineRuleType.AUTO } }),
    caption(text, false),
  ];
}

/** 「— 1 —」 4号, on odd pages right, on even pages left, one character in. */
function pageNumber(side: 'left' | 'right'): Footer {
  const name = officialFonts.plain.official;
  const font = { ascii: name, hAnsi: name, eastAsia: name, cs: name };
  const indent = side === 'right' ? { right: 280 } : { left: 280 };
  return new Footer({
    children: [new Paragraph({
      alignment: side === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT, indent, spacing: { line: 400, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
      children: [new TextRun({ size: smallSize, font, children: ['— ', PageNumber.CURRENT, ' —'] })],
    })],
  });
}

function marksHeader(marks: readonly string[]): Header {
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [textRun(marks.join('　'), 'heading', smallSize, { color: 'C00000' })] })] });
}

export interface WordDocument {
  readonly title: string;
  readonly author: string;
  /** 草稿, 演示: at the head of every page. */
  readonly marks: readonly string[];
  readonly children: readonly WordBlock[];
}

export async function packWord({ title, author, marks, children }: WordDocument): Promise<Uint8Array> {
  const { width, height, top, left, right, bottom, line: linePitch } = officialPage;
  const headers = marks.length === 0 ? {} : { headers: { default: marksHeader(marks), even: marksHeader(marks) } };
  const name = officialFonts.text.official;
  const file = new Document({
    title: title.replace(notInXml, ''), creator: author.replace(notInXml, ''), evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: { ascii: name, hAnsi: name, eastAsia: name, cs: name }, size: bodySize, language: { value: 'en-US', eastAsia: 'zh-CN' } } } } },
    sections: [{
      // The grid is stated and not snapped to: exact lines make 22 of a page, and a grid that pulls would double the lines of titles and tables.
      properties: { page: { size: { width, height }, margin: { top, left, right, bottom, header: millimetres(20), footer: millimetres(24.5), gutter: 0 } }, grid: { type: 'default', linePitch } },
      ...headers,
      footers: { default: pageNumber('right'), even: pageNumber('left') },
      children: [...children],
    }],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}
