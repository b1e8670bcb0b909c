// Points in time and calendar dates as text, always Asia/Shanghai, so that comparing text compares time.
// Never a JavaScript Date: a date column read as a Date shifts a day (docs/decisions/0006).
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const shanghai = 'Asia/Shanghai';

/** `2023-07-07T17:00:00.000+08:00`: 29 characters, milliseconds, offset +08:00. Lexicographic order is time order. */
export type Instant = string & { readonly instantBrand?: never };

/** `2023-06-15`, a day in Shanghai. */
export type CalendarDate = string & { readonly dateBrand?: never };

const normalInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+08:00$/;

/** Milliseconds since 1970 to the normal form. */
export function instantOf(epochMilliseconds: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)
    .toZonedDateTimeISO(shanghai)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
}

export function epochOf(instant: Instant): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

/** Any ISO 8601 instant with an offset, or what PostgreSQL prints, to the normal form. Throws RangeError otherwise. */
export function parseInstant(text: string): Instant {
  if (normalInstant.test(text)) return text;
  return instantOf(Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds);
}

export function dateOf(instant: Instant): CalendarDate {
  return instant.slice(0, 10);
}

export function isCalendarDate(text: string): boolean {
  // The database's calendar has no year 0000.
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

// Marked pure, so that rules in the browser that only compare dates bring neither zod nor Temporal along (40 KB compressed).

/** A calendar date on the wire. */
export const calendarDate = /* @__PURE__ */ (() => z.string().refine(isCalendarDate, { error: 'calendar_date' }))();

const inNormalYears = (text: string): boolean => text >= '1900' && text < '9999';

/** An instant on the wire: any ISO 8601 text with an offset, from 1900 to 9998; normalised on the way in, once it is known to be one. */
export const instant = /* @__PURE__ */ (() => z.iso
  .datetime({ offset: true, error: 'instant', abort: true })
  .refine(inNormalYears, { error: 'instant', abort: true })
  .overwrite(parseInstant))();
