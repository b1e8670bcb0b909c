// How numbers, dates and times are written in English.
import type { format as zhFormat } from '../zh/format.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function parts(instant: string): { year: number; month: string; day: number; weekday: string; clock: string } {
  const local = new Date(Date.parse(instant.length === 10 ? `${instant}T00:00:00+08:00` : instant) + 8 * 3_600_000);
  return { year: local.getUTCFullYear(), month: months[local.getUTCMonth()] ?? '', day: local.getUTCDate(), weekday: weekdays[local.getUTCDay()] ?? '', clock: local.toISOString().slice(11, 16) };
}

export const format: typeof zhFormat = {
  number: (value) => value.toLocaleString('en-GB'),
  signed: (value) => (value > 0 ? `+${value.toLocaleString('en-GB')}` : value < 0 ? `−${Math.abs(value).toLocaleString('en-GB')}` : '0'),
  date: (value) => {
    const { year, month, day } = parts(value);
    return `${day} ${month} ${year}`;
  },
  shortDate: (value) => {
    const { month, day, weekday } = parts(value);
    return `${weekday} ${day} ${month}`;
  },
  instant: (value) => {
    const { year, month, day, weekday, clock } = parts(value);
    return `${weekday} ${day} ${month} ${year}, ${clock}`;
  },
  shortInstant: (value) => {
    const { month, day, weekday, clock } = parts(value);
    return `${weekday} ${day} ${month}, ${clock}`;
  },
  list: (words) => words.join(', '),
  bytes: (bytes) => (bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} kB`),
  quoted: (words) => `“${words}”`,
};
