// The one place where the machine's time is read. Everybody else is handed `now`.
import { instantOf, type Instant } from '../shared/instant.ts';

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instantOf(Date.now()) };

/** A clock that runs at the machine's pace from another moment. Only demonstrations and tests may use it. */
export function shiftedClock(startsAt: number): Clock {
  const offset = startsAt - Date.now();
  return { now: () => instantOf(Date.now() + offset) };
}

export function fixedClock(at: Instant): Clock & { set(next: Instant): void } {
  let current = at;
  return {
    now: () => current,
    set: (next) => {
      current = next;
    },
  };
}
