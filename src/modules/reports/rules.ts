// How a report reads: numbers in words of a bureau, numbering of headings, tables and pictures, what is still to be filled, and
// which numbers have become others. Pure; the editor and the export say the same because both ask here.
import type { CalendarDate } from '../../shared/instant.ts';
import type { Block, BoundFigure, FigureTable, NumberChange, ReportDocument, Run, ShownNumbers } from './model.ts';

/**
 * A number with 余 where digits are left out: two leading digits below 一万, tenths of 万 below 十万, whole 万 below 一亿, tenths of
 * 亿 above. Never more than the number, and without 余 when nothing is left out. Below one hundred the number itself.
 */
export function roundedText(value: number): string {
  if (value < 100) return String(value);
  if (value < 10_000) return leftOut(value, value < 1000 ? 10 : 100, (kept) => String(kept));
  if (value < 100_000) return leftOut(value, 1000, (kept) => `${tenths(kept / 1000)}万`);
  if (value < 100_000_000) return leftOut(value, 10_000, (kept) => `${kept / 10_000}万`);
  return leftOut(value, 10_000_000, (kept) => `${tenths(kept / 10_000_000)}亿`);
}

function leftOut(value: number, step: number, say: (kept: number) => string): string {
  const kept = value - (value % step);
  return kept === value ? say(kept) : `${say(kept)}余`;
}

/** 12 → 1.2, 10 → 1; by digits, since a tenth is no binary number. */
function tenths(count: number): string {
  const rest = count % 10;
  return rest === 0 ? String(count / 10) : `${(count - rest) / 10}.${rest}`;
}

/** Which number a figure shows, whatever its form of words. */
export function keyOf({ indicator, scope, form }: BoundFigure): string {
  return `${scope}:${indicator}:${form === 'times' ? 'times' : 'value'}`;
}

/** Null where the table does not know it. */
export function numberOf(table: FigureTable, figure: BoundFigure): number | null {
  const cell = table[figure.scope][figure.indicator];
  if (cell === undefined) return null;
  return figure.form === 'times' ? cell.times : cell.value;
}

/** Stands in the text where a number is not known; counted among what is to be filled. */
export const unknownNumber = '【无此数据】';

export function figureText(table: FigureTable, figure: BoundFigure): string {
  const value = numberOf(table, figure);
  if (value === null) return unknownNumber;
  return figure.form === 'rounded' ? roundedText(value) : String(value);
}

export function runText(run: Run, table: FigureTable): string {
  return 'text' in run ? run.text : figureText(table, run.figure);
}

export function runsText(runs: readonly Run[], table: FigureTable): string {
  return runs.map((run) => runText(run, table)).join('');
}

const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 to 99 as 一 to 九十九. */
export function chineseNumber(value: number): string {
  if (value < 10) return digits[value] ?? String(value);
  if (value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return `${tens === 1 ? '' : digits[tens]}十${ones === 0 ? '' : digits[ones]}`;
}

/** GB/T 9704: 一、 （一） 1. （1）. */
export function headingNumber(level: 1 | 2 | 3 | 4, count: number): string {
  return { 1: `${chineseNumber(count)}、`, 2: `（${chineseNumber(count)}）`, 3: `${count}.`, 4: `（${count}）` }[level];
}

/** For each block its number: of a heading within the one above it, 图1, 表1 for pictures and tables with a caption, '' for the rest. */
export function numbersOf(blocks: readonly Block[]): string[] {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  let pictures = 0;
  let tables = 0;
  return blocks.map((block) => {
    switch (block.type) {
      case 'heading':
        counts[block.level - 1] = (counts[block.level - 1] ?? 0) + 1;
        counts.fill(0, block.level);
        return headingNumber(block.level, counts[block.level - 1] ?? 1);
      case 'picture':
        pictures += 1;
        return `图${pictures}`;
      case 'paragraph':
        return '';
      case 'annex_table':
      case 'units_table':
      case 'own_table':
        if (block.caption === '') return '';
        tables += 1;
        return `表${tables}`;
    }
  });
}

/** 2023-07-05 → 2023年7月5日. */
export function dateText(date: CalendarDate): string {
  return `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** The official mark of a place that only a person can fill. */
export function toFill(what: string): string {
  return `【请填写：${what}】`;
}

const fillMark = /【请填写：([^】]{0,200})】/g;

export interface Blank {
  /** Number of the block; null for title, signature and date. */
  readonly block: number | null;
  /** `text`: a place marked in the text, with what to write there. */
  readonly kind: 'title' | 'signature' | 'date' | 'caption' | 'number' | 'text';
  readonly what: string;
}

/** Whatever a person still has to fill before the report can go out. */
export function blanksOf(document: ReportDocument, table: FigureTable): Blank[] {
  const around: Blank[] = [
    ...(document.title === '' ? [{ block: null, kind: 'title' as const, what: '标题' }] : []),
    ...(document.signature === '' ? [{ block: null, kind: 'signature' as const, what: '署名' }] : []),
    ...(document.date === null ? [{ block: null, kind: 'date' as const, what: '成文日期' }] : []),
    ...marksIn(`${document.title}${document.addressee}${document.attachments.join('')}${document.signature}`).map((blank) => ({ block: null, ...blank })),
  ];
  return [...around, ...document.blocks.flatMap((block, index) => blanksIn(block, table).map((blank) => ({ block: index, ...blank })))];
}

type BlankWithin = Omit<Blank, 'block'>;

function marksIn(text: string): BlankWithin[] {
  return [...text.matchAll(fillMark)].map((match) => ({ kind: 'text', what: match[1] ?? '' }));
}

function blanksIn(block: Block, table: FigureTable): BlankWithin[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return [
        ...marksIn(block.runs.map((run) => ('text' in run ? run.text : '')).join('')),
        ...block.runs.flatMap((run) => ('figure' in run && numberOf(table, run.figure) === null ? [{ kind: 'number' as const, what: unknownNumber }] : [])),
      ];
    case 'own_table':
      return marksIn([block.caption, ...block.rows.flat()].join('\n'));
    case 'annex_table':
    case 'units_table':
      return marksIn(block.caption);
    case 'picture':
      return block.caption === '' ? [{ kind: 'caption', what: '图片说明' }] : marksIn(block.caption);
  }
}

/** Every bound figure of a report, in order of reading. */
export function figuresIn(document: ReportDocument): BoundFigure[] {
  return document.blocks.flatMap((block) => ('runs' in block ? block.runs.flatMap((run) => ('figure' in run ? [run.figure] : [])) : []));
}

/** The numbers a report shows, to be kept with it when it is saved. */
export function shownBy(document: ReportDocument, table: FigureTable): ShownNumbers {
  return Object.fromEntries(figuresIn(document).map((figure) => [keyOf(figure), numberOf(table, figure)]));
}

/** Numbers that are others than when the report was saved, each once. */
export function changesOf(document: ReportDocument, shown: ShownNumbers, table: FigureTable): NumberChange[] {
  const told = new Map<string, NumberChange>();
  for (const figure of figuresIn(document)) {
    const key = keyOf(figure);
    const from = shown[key];
    const to = numberOf(table, figure);
    if (from !== undefined && from !== to && !told.has(key)) told.set(key, { key, figure, from, to });
  }
  return [...told.values()];
}

/** Runs in the one form that means the same: no empty texts, neighbours of one weight joined. */
export function normalRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if ('text' in run && run.text === '') continue;
    if ('text' in run && last !== undefined && 'text' in last && last.bold === run.bold) joined[joined.length - 1] = { text: last.text + run.text, bold: run.bold };
    else joined.push(run);
  }
  return joined;
}

/** The whole report as plain text, a block a line: for search, for comparison and for reading aloud. */
export function textOf(document: ReportDocument, table: FigureTable): string {
  const numbers = numbersOf(document.blocks);
  const body = document.blocks.map((block, index) => {
    const number = numbers[index] ?? '';
    if ('runs' in block) return `${number}${runsText(block.runs, table)}`;
    if (block.type === 'own_table') return [`${number}${block.caption}`, ...block.rows.map((row) => row.join('\t'))].join('\n');
    return `${number}${block.caption}`;
  });
  const attachments = document.attachments.map((name, index) => `附件：${index + 1}. ${name}`);
  const lines = [document.title, document.addressee === '' ? '' : `${document.addressee}：`, ...body, ...attachments, document.signature, document.date === null ? '' : dateText(document.date)];
  return lines.filter((line) => line !== '').join('\n');
}
