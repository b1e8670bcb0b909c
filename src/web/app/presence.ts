// Whether somebody sits at this page, in any window of it: keys and pointers, nothing else. A page nobody touches locks itself, and
// what it asks the server meanwhile says that nobody asked for it.
import { useEffect } from 'react';
import { lockSession, whoAmI } from '../../modules/sign-in/contract.ts';
import { call } from './client.ts';
import { isForTheRoad } from '../offline/outbox-sign.ts';
import { failureOf } from './failure.ts';
import { isLockedHere, lockHere, settle } from './held-requests.ts';
import { lastTouchedAt, noteSent, sentAt, touch } from './touches.ts';

const minute = 60_000;
const signs = ['keydown', 'pointerdown', 'wheel', 'touchstart', 'compositionupdate'] as const;
/** What another window writes when its lock was opened: one opens all. */
const openedKey = 'fuwuyue.opened';

/** Tells the other windows that the lock is open. */
export function tellOpened(): void {
  try {
    localStorage.setItem(openedKey, String(performance.timeOrigin + performance.now()));
  } catch {
    // The others ask by themselves.
  }
}

/** A telephone without a line could not be opened again, and its holder stands at a firm: it is locked once the server can be reached. */
async function lockIfReached(): Promise<void> {
  if (isLockedHere()) return;
  const reached = await call(lockSession, {}).then(() => true, (error: unknown) => failureOf(error).code !== 'no_connection');
  if (reached) lockHere();
}

/** Watches while somebody is signed in. Typing for long without a request is being there too: then one is sent. */
export function usePresence(idleMinutes: number): void {
  useEffect(() => {
    touch();
    noteSent();
    for (const sign of signs) addEventListener(sign, touch, { capture: true, passive: true });
    const beat = (): void => {
      const idle = Date.now() - lastTouchedAt();
      if (idle >= idleMinutes * minute && isForTheRoad()) void lockIfReached();
      else if (idle >= idleMinutes * minute) {
        // The server would lock it by itself; at once is safer on a machine that others use.
        if (lockHere()) void call(lockSession, {}).catch(() => undefined);
      } else if (idle < minute && Date.now() - sentAt() >= minute) void call(whoAmI, {}).catch(() => undefined);
    };
    const timer = setInterval(beat, 15_000);
    // A machine that slept: the timer did not run, and somebody else may have opened it.
    const woken = (): void => (document.visibilityState === 'visible' && Date.now() - lastTouchedAt() >= idleMinutes * minute ? beat() : undefined);
    document.addEventListener('visibilitychange', woken);
    const opened = (event: StorageEvent): void => {
      if (event.key === openedKey) settle('locked');
    };
    addEventListener('storage', opened);
    return () => {
      for (const sign of signs) removeEventListener(sign, touch, { capture: true });
      clearInterval(timer);
      document.removeEventListener('visibilitychange', woken);
      removeEventListener('storage', opened);
    };
  }, [idleMinutes]);
}
