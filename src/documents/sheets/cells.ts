// Cells as they come out of sheets, and what numbers and formats mean.
import { addDays, type CalendarDate } from '../../shared/instant.ts';

/** A day that a sheet shows as one. */
export interface DayCell {
  readonly date: CalendarDate;
}

/**
 * Text, a number, yes or no, a day, or nothing. A number of more than 15 digits is the text it is written as: the sheet has
 * lost its last digits already, and whoever reads it should see that.
 */
export type SheetCell = string | number | boolean | DayCell | null;

/** Merged cells, from the first to the last of both, counted from 0. */
export interface SheetRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Text of a cell as a person would read it: a day as 2023-06-05, a number as it is written. */
export function cellText(cell: SheetCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return cell.date;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return String(cell);
}

/** `A` is 0, `AB` is 27. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (let at = 0; at < letters.length; at += 1) index = index * 26 + (letters.charCodeAt(at) - 64);
  return index - 1;
}

export function rangeOf(reference: string): SheetRange | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference);
  if (match === null) return null;
  const [, left = '', top = '', right = left, bottom = top] = match;
  return { top: Number(top) - 1, left: columnIndex(left), bottom: Number(bottom) - 1, right: columnIndex(right) };
}

/** Whether a built-in number format shows a day; 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean sheets. */
export function isDayFormat(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58;
}

/** Whether a written format shows a day: years or days among its letters, not in quotes, escapes or brackets. */
export function isDayCode(code: string): boolean {
  const letters = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[yd]|e{1,4}(?![+-])|[年月日]/i.test(letters) && !/^general$/i.test(letters.trim());
}

const days = new Map<number, CalendarDate>();

/** The day that a number of days is, from the end of 1899 (which had a 29 February 1900) or from 1904. Whole days only: no clock ever shifts it. */
export function dayOf(serial: number, from1904: boolean): CalendarDate | null {
  const whole = Math.floor(serial) + (from1904 ? 1462 : 0);
  // To the end of 9999.
  if (!(whole >= 1 && whole <= 2_958_465)) return null;
  const known = days.get(whole);
  if (known !== undefined) return known;
  const day = addDays('1899-12-30', whole < 60 ? whole + 1 : whole);
  if (days.size < 100_000) days.set(whole, day);
  return day;
}

/** A number as a sheet writes it. */
export function numberCell(written: string): SheetCell {
  const value = Number(written);
  return written.trim() === '' || !Number.isFinite(value) || Math.abs(value) >= 1e15 ? written : value;
}

/** Without the empty cells at its end. */
export function trimmed(cells: SheetCell[]): SheetCell[] {
  let length = cells.length;
  while (length > 0 && (cells[length - 1] === null || cells[length - 1] === '')) length -= 1;
  return length === cells.length ? cells : cells.slice(0, length);
}
