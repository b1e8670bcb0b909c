// Lets slow work through a few at a time, so that a crowd at the door cannot take all memory or all threads.
import { type Problem, problem } from '../shared/problem.ts';
import { raise } from './context.ts';

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

export interface GateOptions {
  /** What those are told who find the queue full, or wait in vain. */
  readonly full?: Problem;
  /** How long anybody waits at most. */
  readonly patienceMilliseconds?: number;
}

const comeBack = problem('rate_limited', { retryAfterSeconds: 5 });

/** At most `atOnce` run, at most `waiting` wait in order; whoever comes then is told to come back. */
export function openGate(atOnce: number, waiting: number, options: GateOptions = {}): Gate {
  const places = openPlaces({ each: atOnce, all: atOnce, waiting, ...options });
  return async (work) => {
    const leave = await places.enter('');
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

export interface PlaceLimits extends GateOptions {
  /** How many one person has at once, and all together. */
  readonly each: number;
  readonly all: number;
  readonly waiting: number;
}

export interface Places {
  /** Waits for a place; the function given back leaves it, and may be called more than once. */
  enter(person: string): Promise<() => void>;
  /** How many hold a place, and how many wait. */
  count(): { readonly held: number; readonly waiting: number };
}

interface Waiter {
  readonly person: string;
  readonly begin: () => void;
}

/** Places that many share and nobody takes all of: the first who waits and has not too many already goes in. */
export function openPlaces({ each, all, waiting, full = comeBack, patienceMilliseconds }: PlaceLimits): Places {
  const held = new Map<string, number>();
  let total = 0;
  const queue: Waiter[] = [];
  const isFree = (person: string): boolean => total < all && (held.get(person) ?? 0) < each;
  const take = (person: string): void => {
    total += 1;
    held.set(person, (held.get(person) ?? 0) + 1);
  };
  const giveBack = (person: string): void => {
    total -= 1;
    const left = (held.get(person) ?? 1) - 1;
    if (left === 0) held.delete(person);
    else held.set(person, left);
    const next = queue.findIndex((waiter) => isFree(waiter.person));
    // The place is handed on at once, so that nobody slips in between.
    if (next >= 0) queue.splice(next, 1)[0]?.begin();
  };
  const leaving = (person: string): (() => void) => {
    let gone = false;
    return () => {
      if (!gone) giveBack(person);
      gone = true;
    };
  };
  return {
    count: () => ({ held: total, waiting: queue.length }),
    enter: async (person) => {
      if (isFree(person)) take(person);
      else {
        if (queue.length >= waiting) raise(full);
        await waitInLine(queue, person, () => take(person), full, patienceMilliseconds);
      }
      return leaving(person);
    },
  };
}

async function waitInLine(queue: Waiter[], person: string, take: () => void, full: Problem, patience: number | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const begun = new Promise<boolean>((resolve) => {
    const waiter: Waiter = {
      person,
      begin: () => {
        take();
        resolve(true);
      },
    };
    queue.push(waiter);
    if (patience !== undefined) {
      timer = setTimeout(() => {
        const at = queue.indexOf(waiter);
        if (at < 0) return;
        queue.splice(at, 1);
        resolve(false);
      }, patience);
    }
  });
  const admitted = await begun;
  clearTimeout(timer);
  if (!admitted) raise(full);
}
