// Lets slow work through a few at a time, so that a crowd at the door cannot take all memory or all threads.
import { problem } from '../shared/problem.ts';
import { raise } from './context.ts';

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `atOnce` run, at most `waiting` wait in order; whoever comes then is told to come back (rate_limited). */
export function openGate(atOnce: number, waiting: number): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) raise(problem('rate_limited', { retryAfterSeconds: 5 }));
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back, so that nobody slips in between.
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
