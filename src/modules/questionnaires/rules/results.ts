// What answers add up to, and which groups of anonymous ones may be looked at by themselves. Pure: answers in, sums out.
import type { CalendarDate } from '../../../shared/instant.ts';
import type { AnswerableQuestion, AnswerSheet, AnswerValue, Definition } from '../model/definition.ts';
import type { Bar, CrossTable, PeriodPart, Tally } from '../model/results.ts';
import { isChoices } from './conditions.ts';
import { questionsOf } from './definition.ts';

/**
 * The groups that may be broken down: of `least` answers or more. What is left out is more than one small group, or is as many answers
 * itself: else what remains of the whole would be that group. Empty groups tell nothing and stay.
 */
export function openGroups(sizes: ReadonlyMap<string, number>, least: number): Set<string> {
  const bySize = [...sizes].toSorted(([, one], [, other]) => one - other);
  const open = new Set(bySize.flatMap(([key, size]) => (size === 0 || size >= least ? [key] : [])));
  const hidden = (): number => bySize.reduce((sum, [key, size]) => sum + (open.has(key) ? 0 : size), 0);
  for (const [key, size] of bySize) {
    const left = hidden();
    if (left === 0 || left >= least) break;
    if (size > 0) open.delete(key);
  }
  return open;
}

/** Days in order, put together until each period has `least` answers; what is left at the end joins the last. */
export function periodsOf(days: readonly { readonly day: CalendarDate; readonly answers: number }[], least: number): PeriodPart[] {
  interface Period { readonly from: CalendarDate; readonly to: CalendarDate; readonly answers: number }
  const periods: Period[] = [];
  let begun: Period | null = null;
  for (const { day, answers } of days.toSorted((one, other) => (one.day < other.day ? -1 : 1))) {
    const grown: Period = { from: begun?.from ?? day, to: day, answers: (begun?.answers ?? 0) + answers };
    begun = grown.answers < least ? grown : null;
    if (begun === null) periods.push(grown);
  }
  const last = periods.at(-1);
  if (begun !== null && last !== undefined) periods.splice(-1, 1, { ...last, to: begun.to, answers: last.answers + begun.answers });
  else if (begun !== null) periods.push(begun);
  return periods.map((period) => ({ ...period, open: period.answers >= least }));
}

/** Whether a filter leaves what may be broken down, and leaves out what may: neither part is a small group. */
export function isWithheld(chosen: number, all: number, least: number): boolean {
  const isSmall = (answers: number): boolean => answers > 0 && answers < least;
  return isSmall(chosen) || isSmall(all - chosen);
}

export function answerableOf(definition: Pick<Definition, 'sections'>): AnswerableQuestion[] {
  return questionsOf(definition).flatMap(({ question }) => (question.kind === 'note' ? [] : [question]));
}

export function talliesOf(definition: Pick<Definition, 'sections'>, sheets: readonly AnswerSheet[]): Tally[] {
  return answerableOf(definition).map((question) => tallyOf(question, sheets.flatMap(({ values }) => (Object.hasOwn(values, question.code) ? [values[question.code] ?? ''] : []))));
}

const nothing = { bars: [], rows: [], mean: null, median: null };

function tallyOf(question: AnswerableQuestion, values: readonly AnswerValue[]): Tally {
  const base = { question: question.code, base: values.length, ...nothing };
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return { ...base, bars: barsOf(question.options.map(({ code }) => code), values) };
    case 'scale':
      return { ...base, bars: barsOf(pointsOf(question), values), ...middleOf(values) };
    case 'matrix': {
      const columns = question.columns.map(({ code }) => code);
      const rows = question.rows.map(({ code: row }) => {
        const inRow = values.flatMap((value) => cellOf(value, row));
        return { row, base: inRow.length, bars: barsOf(columns, inRow) };
      });
      return { ...base, rows };
    }
    case 'number':
      return { ...base, bars: rangesOf(values.filter((value) => typeof value === 'number')), ...middleOf(values) };
    case 'text':
    case 'date':
      return base;
  }
}

function cellOf(value: AnswerValue, row: string): string[] {
  if (typeof value !== 'object' || isChoices(value) || !Object.hasOwn(value, row)) return [];
  return [value[row] ?? ''];
}

function pointsOf({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): string[] {
  return Array.from({ length: maximum - minimum + 1 }, (_, index) => String(minimum + index));
}

/** The keys an answer falls to: of a multiple choice several. */
function keysOf(value: AnswerValue): readonly string[] {
  if (typeof value === 'object') return isChoices(value) ? value : [];
  return [String(value)];
}

function barsOf(keys: readonly string[], values: readonly AnswerValue[]): Bar[] {
  const counts = new Map(keys.map((key) => [key, 0]));
  for (const value of values) for (const key of keysOf(value)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count }));
}

function middleOf(values: readonly AnswerValue[]): { mean: number | null; median: number | null } {
  const numbers = values.filter((value) => typeof value === 'number').toSorted((one, other) => one - other);
  if (numbers.length === 0) return { mean: null, median: null };
  const half = Math.floor(numbers.length / 2);
  const upper = numbers[half] ?? 0;
  const median = numbers.length % 2 === 1 ? upper : ((numbers[half - 1] ?? 0) + upper) / 2;
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  return { mean: rounded(numbers.reduce((sum, value) => sum + value, 0) / numbers.length), median: rounded(median) };
}

const rangesMost = 8;

/** Equal ranges with round ends; the last one holds its end. */
export function rangesOf(numbers: readonly number[]): Bar[] {
  if (numbers.length === 0) return [];
  const [low, high] = numbers.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  if (low === high) return [{ key: `${low}..${high}`, count: numbers.length }];
  const step = roundStep((high - low) / (rangesMost - 1));
  const first = Math.floor(low / step) * step;
  const count = Math.max(1, Math.ceil((high - first) / step + (high === first ? 1 : 0)));
  const tidy = (value: number): number => Number(value.toPrecision(12));
  const bars = Array.from({ length: count }, (_, index) => ({ key: `${tidy(first + index * step)}..${tidy(first + (index + 1) * step)}`, count: 0 }));
  for (const value of numbers) {
    const bar = bars[Math.min(bars.length - 1, Math.floor((value - first) / step))];
    if (bar !== undefined) bar.count += 1;
  }
  return bars;
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

/** Questions a cross table may be made of. */
export function isCrossable(question: AnswerableQuestion): boolean {
  return question.kind === 'single' || question.kind === 'multiple' || question.kind === 'scale';
}

function sidesOf(question: AnswerableQuestion): string[] {
  if (question.kind === 'scale') return pointsOf(question);
  return 'options' in question ? question.options.map(({ code }) => code) : [];
}

/** `least` 0: nothing is withheld. A cell is shown where its row and its column may both be broken down. */
export function crossOf(rowQuestion: AnswerableQuestion, columnQuestion: AnswerableQuestion, sheets: readonly AnswerSheet[], least: number): CrossTable {
  const [rowKeys, columnKeys] = [sidesOf(rowQuestion), sidesOf(columnQuestion)];
  const cells = new Map<string, number>();
  const [rowTotals, columnTotals] = [zeroes(rowKeys), zeroes(columnKeys)];
  let base = 0;
  for (const { values } of sheets) {
    const [row, column] = [values[rowQuestion.code], values[columnQuestion.code]];
    if (row === undefined || column === undefined) continue;
    base += 1;
    for (const one of keysOf(row)) add(rowTotals, one);
    for (const one of keysOf(column)) add(columnTotals, one);
    for (const one of keysOf(row)) for (const other of keysOf(column)) add(cells, `${one} ${other}`);
  }
  const [openRows, openColumns] = [openGroups(rowTotals, least), openGroups(columnTotals, least)];
  const small = base > 0 && base < least;
  const total = (open: ReadonlySet<string>, totals: ReadonlyMap<string, number>, key: string): number | null => (open.has(key) && !small ? (totals.get(key) ?? 0) : null);
  return {
    base,
    rows: rowKeys.map((key) => ({ key, total: total(openRows, rowTotals, key) })),
    columns: columnKeys.map((key) => ({ key, total: total(openColumns, columnTotals, key) })),
    cells: rowKeys.map((row) => columnKeys.map((column) => (openRows.has(row) && openColumns.has(column) && !small ? (cells.get(`${row} ${column}`) ?? 0) : null))),
  };
}

function zeroes(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key) => [key, 0]));
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** A share in per cent with one digit; null without a base. */
export function percentOf(count: number, base: number): string | null {
  return base === 0 ? null : ((count * 100) / base).toFixed(1);
}
