// When things happen in the demonstration: entries in June, returns from 1 July, and a clock that starts two days before the deadline.
import { addDays, type CalendarDate, epochOf, type Instant, instantOf } from '../shared/instant.ts';
import type { Dice } from './dice.ts';

/** Where the demonstration's clock starts. */
export const demonstrationStart: Instant = '2023-07-05T09:00:00.000+08:00';

export function later(at: Instant, minutes: number): Instant {
  return instantOf(epochOf(at) + Math.round(minutes * 60_000));
}

/** Working days of June 2023: 22 to 24 June were the Dragon Boat holiday, 25 June was worked. */
const workingDays: readonly CalendarDate[] = Array.from({ length: 30 }, (_, index) => addDays('2023-06-01', index)).filter((date, index) => {
  if (date === '2023-06-25') return true;
  return index % 7 !== 2 && index % 7 !== 3 && date !== '2023-06-22' && date !== '2023-06-23';
});

/** A day inside the window, nearly always a working day. */
export function windowDate(dice: Dice): CalendarDate {
  return dice.chance(96) ? dice.pick(workingDays) : addDays('2023-06-01', dice.between(0, 29));
}

/** When an entry of that day was typed in: the same afternoon or in the days after, but never after `latest`. */
export function typedInAfter(dice: Dice, date: CalendarDate, latest: Instant): Instant {
  const late = dice.chance(25) ? dice.between(1, 6) : 0;
  const two = (value: number): string => String(value).padStart(2, '0');
  const at = `${addDays(date, late)}T${two(dice.between(14, 19))}:${two(dice.between(0, 59))}:${two(dice.between(0, 59))}.000+08:00`;
  return at <= latest ? at : later(latest, -dice.between(1, 60));
}

/** Office hours of 1 to 3 July, shared out evenly: the moment of the number-th of so many. */
export function officeSlot(number: number, of: number): Instant {
  const minutes = Math.floor((number / Math.max(of, 1)) * 3 * 480);
  return later(`2023-07-0${1 + Math.floor(minutes / 480)}T08:30:00.000+08:00`, minutes % 480);
}

/** When the installation of the demonstration was set up: units, people, and the keys units sign with. */
export const setUp: Instant = '2023-05-31T10:00:00.000+08:00';
