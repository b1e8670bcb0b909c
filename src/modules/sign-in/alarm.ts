// Somebody tries passwords all over the installation: too thinly spread for any one name or address, seen only in the sum.
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Log } from '../../kernel/log.ts';
import { epochOf, type Instant } from '../../shared/instant.ts';
import { alarmTries, addressWindow } from './rules.ts';
import { countTries } from './tries.ts';

export interface Alarm {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks once; when it told last, and null when it had nothing to tell. At most once an hour. */
export async function lookForStorm({ database, clock, log }: Alarm, toldAt: Instant | null): Promise<Instant | null> {
  const now = clock.now();
  if (toldAt !== null && epochOf(now) - epochOf(toldAt) < addressWindow) return toldAt;
  const tries = await database.read((tx) => countTries(tx, now));
  if (tries < alarmTries) return null;
  log.warn({ tries, minutes: addressWindow / 60_000 }, 'wrong passwords and codes are being tried all over the installation');
  return now;
}

/** Looks every minute. Ends when told to. */
export function watchForStorm(alarm: Alarm): () => void {
  let toldAt: Instant | null = null;
  const look = async (): Promise<void> => {
    toldAt = await lookForStorm(alarm, toldAt).catch(() => toldAt);
  };
  const timer = setInterval(() => void look(), 60_000);
  timer.unref();
  return () => clearInterval(timer);
}
