// Requests that cannot go on before the person has done something: signed in again, opened the lock, proved a factor. They wait here
// while that is asked for over the page, and then go on as they were, with their request keys. Nothing typed is lost.
import { useSyncExternalStore } from 'react';
import type { Failure, FailureCode } from './failure.ts';

/** What is missing, the weightiest first: who signs in again has also opened the lock, and who opens it has not yet proved more. */
const reasons = ['signed_out', 'locked', 'unproved'] as const;
export type HeldWhy = (typeof reasons)[number];

const whys: { readonly [C in FailureCode]?: HeldWhy } = { not_signed_in: 'signed_out', session_locked: 'locked', proof_required: 'unproved' };

export function heldWhy({ code }: Failure): HeldWhy | null {
  return whys[code] ?? null;
}

interface Waiting {
  readonly why: HeldWhy;
  readonly settle: (goOn: boolean) => void;
}

let waiting: Waiting[] = [];
let watching = false;
/** Why the server says a session ended: `replaced` by a sign-in elsewhere. */
let endedBy: string | null = null;
/** The page locked by itself: shown although no request waits. */
let lockedHere = false;
let lockedByHand = false;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Turned on once somebody is signed in; before that a missing session is an ordinary answer. */
export function watchForExpiry(on: boolean): void {
  watching = on;
  if (!on) {
    lockedHere = false;
    settleAll(false);
  }
}

/** Resolves true when what was missing is there, false when there is nobody to ask, or who was asked would not. */
export function hold(failure: Failure): Promise<boolean> {
  const why = heldWhy(failure);
  if (why === null || (why === 'signed_out' && !watching)) return Promise.resolve(false);
  const { reason } = failure.details;
  if (why === 'signed_out') endedBy = typeof reason === 'string' ? reason : null;
  return new Promise((resolve) => {
    waiting.push({ why, settle: resolve });
    tell();
  });
}

/** Nobody has touched the page for a while, in any window of it; or its holder asked for it. Whether it was open until now. */
export function lockHere(byHand = false): boolean {
  if (!watching || lockedHere) return false;
  lockedHere = true;
  lockedByHand = byHand;
  tell();
  return true;
}

/** What was asked for is there: what waited for it, and for less, goes on. */
export function settle(why: HeldWhy): void {
  const from = reasons.indexOf(why);
  if (from <= reasons.indexOf('locked')) lockedHere = false;
  const gone = waiting.filter((one) => reasons.indexOf(one.why) >= from);
  waiting = waiting.filter((one) => reasons.indexOf(one.why) < from);
  for (const one of gone) one.settle(true);
  tell();
}

export function isLockedHere(): boolean {
  return lockedHere;
}

/** The person would not: what waited for it is refused, and its page says so. */
export function giveUp(why: HeldWhy): void {
  const gone = waiting.filter((one) => one.why === why);
  waiting = waiting.filter((one) => one.why !== why);
  for (const one of gone) one.settle(false);
  tell();
}

function settleAll(goOn: boolean): void {
  const gone = waiting;
  waiting = [];
  for (const one of gone) one.settle(goOn);
  tell();
}

function now(): HeldWhy | null {
  return reasons.find((why) => waiting.some((one) => one.why === why) || (why === 'locked' && lockedHere)) ?? null;
}

/** What is to be asked for over the page; null: nothing. */
export function useHeld(): HeldWhy | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, now);
}

export function isLockedByHand(): boolean {
  return lockedByHand;
}

export function sessionEndedBy(): string | null {
  return endedBy;
}
