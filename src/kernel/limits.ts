// How often, and how many at once: per session, per address and by kind of endpoint (security A11). Counted in memory, for each
// process its own: a limit is there to keep one from taking what belongs to all, not to keep accounts.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Endpoint } from '../shared/endpoint.ts';
import { problem } from '../shared/problem.ts';
import { type Actor, raise } from './context.ts';
import { openPlaces, type Places } from './gate.ts';

/** Requests in a window. */
interface Rate {
  readonly points: number;
  readonly seconds: number;
}

/**
 * `anonymous`: by address, whoever has no session; `visitor`: by address, what the public asks, often many behind one; `sign_in`: by address too, what tries a password, a link or a code. `session`: ten
 * a second, thirty at once. `upload`: files of one person; what hangs on one record is limited to twenty files besides.
 */
export const plainRates = {
  anonymous: { points: 60, seconds: 60 },
  visitor: { points: 600, seconds: 60 },
  sign_in: { points: 60, seconds: 60 },
  session: { points: 30, seconds: 3 },
  upload: { points: 600, seconds: 3_600 },
} as const satisfies { readonly [kind: string]: Rate };

export type RateKind = keyof typeof plainRates;
export const rateKinds = Object.keys(plainRates) as readonly RateKind[];

/** Other numbers of requests than the plain ones (LIMITS). */
export type RatePoints = { readonly [K in RateKind]?: number };

/** Files under way: of one person, of all; how many wait, and how long. */
const uploadPlaces = { each: 3, all: 16, waiting: 200, patienceMilliseconds: 60_000 } as const;
const filePlaces = { each: 2, all: 4, waiting: 100, patienceMilliseconds: 60_000 } as const;

/** Everything else: what does not fit is refused at once, and what waited three seconds has waited in vain (security B-L4). */
const ordinary = { atOnce: 100, waiting: 400, patienceMilliseconds: 3_000 } as const;

export interface Caller {
  readonly address: string;
  readonly actor: Actor | null;
}

export interface Limits {
  /** Counts one request, or raises rate_limited with the seconds until the next is taken. */
  count(endpoint: Pick<Endpoint, 'limit'>, caller: Caller): Promise<void>;
  /** A place for what takes long; the function leaves it. Held from before a file is read until it is made. */
  enter(endpoint: Pick<Endpoint, 'limit'>, caller: Caller): Promise<() => void>;
  /** Does the work when there is room, or raises overloaded. */
  admit<T>(endpoint: Pick<Endpoint, 'limit'>, work: () => Promise<T>): Promise<T>;
  /** How many work and wait now, by kind. */
  queues(): { readonly [kind: string]: { readonly held: number; readonly waiting: number } };
}

export function openLimits(points: RatePoints = {}): Limits {
  const counters = Object.fromEntries(rateKinds.map((kind) => [kind, counterOf(kind, points[kind] ?? plainRates[kind].points)])) as { readonly [K in RateKind]: Counter };
  const places: { readonly [kind: string]: Places } = { upload: openPlaces(uploadPlaces), file: openPlaces(filePlaces) };
  const busy = problem('overloaded', { retryAfterSeconds: 2 });
  const room = openPlaces({ each: ordinary.atOnce, all: ordinary.atOnce, waiting: ordinary.waiting, full: busy, patienceMilliseconds: ordinary.patienceMilliseconds });
  return {
    count: async ({ limit }, { address, actor }) => {
      // Whoever has a session may try for another one no oftener.
      if (limit === 'sign_in') await counters.sign_in(address);
      else if (limit === 'visitor') await counters.visitor(address);
      else if (actor === null) await counters.anonymous(address);
      else await counters.session(actor.sessionHash);
      if (actor !== null && limit === 'upload') await counters.upload(actor.accountId);
    },
    enter: async ({ limit }, { address, actor }) => places[limit]?.enter(actor?.accountId ?? address) ?? (() => undefined),
    admit: async ({ limit }, work) => {
      // The others have queues of their own, in which they may wait longer without taking the room of everybody.
      if (limit !== 'plain' && limit !== 'visitor') return work();
      const leave = await room.enter('');
      return work().finally(leave);
    },
    queues: () => ({ plain: room.count(), ...Object.fromEntries(Object.entries(places).map(([kind, place]) => [kind, place.count()])) }),
  };
}

type Counter = (key: string) => Promise<void>;

function counterOf(kind: RateKind, points: number): Counter {
  const limiter = new RateLimiterMemory({ keyPrefix: kind, points, duration: plainRates[kind].seconds });
  return async (key) => {
    await limiter.consume(key).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      raise(problem('rate_limited', { kind, retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) }));
    });
  };
}

/** For tests of other things: everybody is let in at once. */
export const noLimits: Limits = {
  count: async () => undefined,
  enter: async () => () => undefined,
  admit: async (_endpoint, work) => work(),
  queues: () => ({}),
};
