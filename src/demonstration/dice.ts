// A small seeded generator: the demonstration is the same on every machine and in every run. Never used for secrets.
import { sha256Of } from '../kernel/digest.ts';

export interface Dice {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Several different ones, in the order drawn; all of them when fewer are there. The values must differ from each other. */
  sample<T>(from: readonly T[], wanted: number): T[];
}

/** Dice of their own for each purpose, so that a change in one place moves nothing elsewhere. Mulberry32 behind. */
export function diceOf(purpose: string): Dice {
  let state = Number.parseInt(sha256Of(purpose).slice(0, 8), 16);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  };
  return {
    between: (from, to) => from + below(to - from + 1),
    chance: (percent) => next() * 100 < percent,
    pick,
    sample: (from, wanted) => {
      const drawn = new Set<(typeof from)[number]>();
      const enough = Math.min(wanted, from.length);
      while (drawn.size < enough) drawn.add(pick(from));
      return [...drawn];
    },
  };
}

/** A stable identifier in the shape of a UUID. */
export function identifierOf(purpose: string): string {
  const hex = sha256Of(`fuwuyue demonstration ${purpose}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
