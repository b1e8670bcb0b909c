// The State Council's holiday calendar (节假日及调休) as the package chinese-days has it. Never used where a year is not published:
// outside its years the package answers plain weekdays, so ask `isKnown` too.
import chineseDays from 'chinese-days';
import type { WorkingDayCalendar } from './rules.ts';

const { isWorkday, getHolidaysInRange } = chineseDays;
const knownYears = new Map<string, boolean>();

export const stateCouncilCalendar: WorkingDayCalendar = {
  isWorkingDay: (date) => isWorkday(date),
  isKnown: (date) => {
    const year = date.slice(0, 4);
    const known = knownYears.get(year) ?? getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
    knownYears.set(year, known);
    return known;
  },
};
