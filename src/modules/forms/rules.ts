// The annex as printed: its lines, its date, its brackets, what stands at its foot, and how it fits a page. Pure: the screen, the
// print from a browser and all written formats ask the same questions.
import type { Instant } from '../../shared/instant.ts';
import type { EditionDefinition, Indicator } from '../editions/model.ts';
import type { FormLine, FormMark, FormReceipt, FormSheet } from './model.ts';

/** Words of the paper itself; paper is Chinese whatever the language of the screen. */
export const paper = {
  heading: '附件',
  draft: '草稿',
  draftLine: '草稿，未盖章，不作报送依据。',
  marks: { demonstration: '演示数据，不是真实报表', unofficial: '虚构届次' } satisfies Record<FormMark, string>,
  receipt: ({ code, version }: Pick<FormReceipt, 'code' | 'version'>): string => `回执码 ${code}　第${version}版`,
  verify: (place: string): string => `扫描二维码，或在 ${place} 输入回执码，可核对本表是否为本系统中已盖章的版本。`,
} as const;

/** What an edition's table is filled with. */
export interface Filling {
  readonly unitName: string;
  /** By cell; a cell that is missing stays blank. */
  readonly figures: { readonly [code: string]: number };
  readonly receipt: FormReceipt | null;
  readonly demonstration: boolean;
  readonly asOf: Instant;
}

/** The sheet of an edition. A province's own rows are no part of it: what travels upward holds the edition's cells only. */
export function formSheetOf(definition: Pick<EditionDefinition, 'table' | 'indicators' | 'official'>, filling: Filling): FormSheet {
  const { title, unitLine, dateLine, columns } = definition.table;
  const { receipt } = filling;
  return {
    heading: paper.heading,
    title,
    unitLine,
    unitName: filling.unitName,
    dateLine: receipt === null ? dateLine : datedLine(dateLine, receipt.sealedAt),
    columns,
    lines: linesOf(definition.indicators, filling.figures),
    receipt,
    asOf: filling.asOf,
    marks: [...(filling.demonstration ? ['demonstration' as const] : []), ...(definition.official ? [] : ['unofficial' as const])],
  };
}

/** Lines in the order of the edition; the number of a row stands at the first of its lines that follow each other. */
export function linesOf(indicators: readonly Pick<Indicator, 'code' | 'row' | 'label' | 'unitWord'>[], figures: { readonly [code: string]: number }): FormLine[] {
  return indicators.map(({ code, row, label, unitWord }, index) => {
    const first = indicators[index - 1]?.row !== row;
    const end = indicators.findIndex((one, at) => at > index && one.row !== row);
    return { code, row, span: first ? (end === -1 ? indicators.length : end) - index : 0, label, unitWord, figure: figures[code] ?? null };
  });
}

const yearMonthDay = /年(\s*)月(\s*)日/u;

/** 「年 月 日」 with the numbers before each character: 2023年7月5日. A line without them keeps its words and gets the date behind. */
export function datedLine(dateLine: string, instant: string): string {
  const [year = '', month = '', day = ''] = instant.slice(0, 10).split('-');
  const date = `${year}年${Number(month)}月${Number(day)}日`;
  return yearMonthDay.test(dateLine) ? dateLine.replace(yearMonthDay, date) : `${dateLine}${date}`;
}

/** (128)场次, and ()场次 while blank. */
export function figureText({ figure, unitWord }: Pick<FormLine, 'figure' | 'unitWord'>): string {
  return `(${figure ?? ''})${unitWord}`;
}

/** Where a receipt code is typed in, as printed: without the scheme. */
export function verifyPlace(address: string): string {
  return address.replace(/^https?:\/\//u, '').replace(/\/[^/]*$/u, '');
}

/** What is printed at the foot, beside the QR code where there is one. */
export function footLines({ receipt }: Pick<FormSheet, 'receipt'>): string[] {
  return receipt === null ? [paper.draftLine] : [paper.receipt(receipt), paper.verify(verifyPlace(receipt.address))];
}

/** Millimetres and points of a sheet on A4. Margins as GB/T 9704-2012: 37 above, 28 left, the text 156 by 225. */
export interface FormMeasures {
  /** Of the table, in points. */
  readonly size: number;
  readonly lineHeight: number;
  readonly rowHeight: number;
  /** Between title and table: the seal goes over the unit's name. */
  readonly sealRoom: number;
  readonly onePage: boolean;
}

export const formPage = {
  width: 210, height: 297, top: 37, left: 28, right: 26, bottom: 35, textWidth: 156, textHeight: 225,
  /** Of the table: number, words, figure. */
  columns: [14, 102, 40],
  /** Blank at each side of a cell. */
  padding: 1.5,
  heading: 10.2, titleSize: 22, titleLine: 11, titleGap: 4, foot: 22, code: 19,
} as const;

const pointsPerMillimetre = 72 / 25.4;
const sizes = [{ size: 14, lineHeight: 6, rowHeight: 7.7 }, { size: 12, lineHeight: 5.2, rowHeight: 6.4 }, { size: 10.5, lineHeight: 4.6, rowHeight: 5.4 }] as const;
const sealRoom = { least: 16, most: 36 };

/** The largest type in which the sheet fits one page; where none does, it is set over several. */
export function formMeasuresOf(sheet: FormSheet): FormMeasures {
  const titleLines = Math.ceil(widthOf(sheet.title, formPage.titleSize) / formPage.textWidth);
  const free = formPage.textHeight - formPage.heading - titleLines * formPage.titleLine - 2 * formPage.titleGap - formPage.foot - 1;
  for (const set of sizes) {
    const left = free - tableHeight(sheet, set);
    if (left >= sealRoom.least) return { ...set, sealRoom: Math.min(left, sealRoom.most), onePage: true };
  }
  return { ...sizes[1], sealRoom: sealRoom.least, onePage: false };
}

function tableHeight({ lines, columns }: FormSheet, { size, lineHeight, rowHeight }: (typeof sizes)[number]): number {
  const [, words, figure] = formPage.columns;
  const rows = [{ label: columns[1], text: columns[2] }, ...lines.map((line) => ({ label: line.label, text: figureText(line) }))];
  return rows.reduce((sum, { label, text }) => {
    const textLines = Math.max(linesIn(label, size, words), linesIn(text, size, figure));
    return sum + rowHeight + (textLines - 1) * lineHeight;
  }, 0);
}

/** How many lines the unit's name takes beside the date. */
export function unitLinesOf({ unitLine, unitName, dateLine }: FormSheet, { size }: Pick<FormMeasures, 'size'>): number {
  return Math.max(1, Math.ceil((widthOf(unitLine + unitName, size) + widthOf(`${dateLine}　`, size)) / formPage.textWidth));
}

function linesIn(text: string, size: number, width: number): number {
  return Math.max(1, Math.ceil(widthOf(text, size) / (width - 2 * formPage.padding)));
}

/** Millimetres of a text in a type of so many points: Chinese characters are square, others about half as wide. */
function widthOf(text: string, size: number): number {
  const units = Array.from(text).reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x2000 ? 0.55 : 1), 0);
  return (units * size) / pointsPerMillimetre;
}

/** The name of a written sheet: title, unit and what it is, without what a file system refuses. */
export function formFileName(sheet: FormSheet, format: string): string {
  const standing = sheet.receipt === null ? paper.draft : `第${sheet.receipt.version}版`;
  const marks = sheet.marks.includes('demonstration') ? '（演示）' : '';
  return `${sheet.title}_${sheet.unitName}_${standing}${marks}.${format}`.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
}
