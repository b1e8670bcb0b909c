// A session that ends in the middle of work: requests wait here while the person signs in over the page. Nothing typed is lost.
import { useSyncExternalStore } from 'react';

type Waiting = (signedIn: boolean) => void;

let waiting: Waiting[] = [];
let watching = false;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Turned on once somebody is signed in; before that a missing session is an ordinary answer. */
export function watchForExpiry(on: boolean): void {
  watching = on;
  if (!on) settleSignIn(false);
}

/** Resolves true when the person has signed in again, false when there is nobody to ask. */
export function waitForSignIn(): Promise<boolean> {
  if (!watching) return Promise.resolve(false);
  return new Promise((resolve) => {
    waiting.push(resolve);
    tell();
  });
}

export function settleSignIn(signedIn: boolean): void {
  const settled = waiting;
  waiting = [];
  for (const resolve of settled) resolve(signedIn);
  tell();
}

/** Whether requests wait for a new session. */
export function useExpired(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => waiting.length > 0);
}
