// Which scheduled backups there are, when the next is due, and which may go. Pure.
import { dateOf, type Instant } from '../shared/instant.ts';

/** How many days, months and years keep their newest backup. */
export const kept = { days: 35, months: 12, years: 3 } as const;

const pattern = /^fuwuyue-(\d{4}-\d{2}-\d{2})-\d{6}\.backup(\.age)?$/;

/** Names sort by time. */
export function scheduledName(now: Instant, locked: boolean): string {
  return `fuwuyue-${dateOf(now)}-${now.slice(11, 19).replaceAll(':', '')}.backup${locked ? '.age' : ''}`;
}

export function dayOfBackup(name: string): string | null {
  return pattern.exec(name)?.[1] ?? null;
}

/** The newest of each of the last days, months and years stay; nothing that is no scheduled backup is ever named. */
export function superfluous(names: readonly string[], { days, months, years }: typeof kept = kept): string[] {
  const newestFirst = names.filter((name) => dayOfBackup(name) !== null).toSorted().reverse();
  const stays = new Set([days, months, years].flatMap((most, index) => newestOf(newestFirst, [10, 7, 4][index] ?? 10, most)));
  return newestFirst.filter((name) => !stays.has(name)).reverse();
}

function newestOf(newestFirst: readonly string[], letters: number, most: number): string[] {
  const newest = new Map<string, string>();
  for (const name of newestFirst) {
    const period = (dayOfBackup(name) ?? '').slice(0, letters);
    if (!newest.has(period)) newest.set(period, name);
  }
  return [...newest.values()].slice(0, most);
}

/** The last moment a backup was due at, by Shanghai time: today's, or yesterday's before that. */
export function dueSince(now: Instant, at: string, dayBefore: (date: string) => string): Instant {
  const today = `${dateOf(now)}T${at}:00.000+08:00`;
  return now >= today ? today : `${dayBefore(dateOf(now))}T${at}:00.000+08:00`;
}
