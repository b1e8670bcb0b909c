// A moment as people type it (2023-07-07 17:00 · 2023年7月7日17时, also in full-width characters), as an instant of Shanghai. Knows no DOM.
const moment = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\((?:周|星期)?.\))?[T ]*(?:(\d{1,2})(?:[:时点](\d{1,2})?(?::(\d{1,2}))?)?分?)?$/;

/** Null where it is no moment. A day without a time is its beginning. */
export function readMoment(typed: string): string | null {
  const match = moment.exec(typed.normalize('NFKC').trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || year < 1900 || hour > 23 || minute > 59 || second > 59) return null;
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.000+08:00`;
}

/** An instant as typed: 2023-07-07 17:00. */
export function typedMoment(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}
