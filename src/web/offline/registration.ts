// Sets the worker up on this device, and says when a newer one waits. A new worker takes over when the person presses, never by itself: what
// stands in a form stays where it is, and drafts are kept besides.
import { useSyncExternalStore } from 'react';
import { isForTheRoad } from './outbox-sign.ts';

const path = '/worker.js';
let waiting: ServiceWorker | null = null;
let set = false;
const listeners = new Set<() => void>();

function container(): ServiceWorkerContainer | null {
  return (navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker ?? null;
}

function found(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

/** False where there are no workers: without https, or in a browser that knows none. */
export async function setUpWorker(): Promise<boolean> {
  const workers = container();
  if (workers === null || !import.meta.env.PROD) return false;
  if (set) return true;
  set = true;
  try {
    const registration = await workers.register(path, { updateViaCache: 'none' });
    watch(registration);
    return true;
  } catch {
    set = false;
    return false;
  }
}

function watch(registration: ServiceWorkerRegistration): void {
  // The first worker of a device has nobody to wait for.
  const note = (): void => (registration.waiting !== null && isForTheRoad() ? found(registration.waiting) : undefined);
  note();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', note);
  });
  // Somebody may leave the page open for days.
  setInterval(() => void registration.update().catch(() => undefined), 60 * 60_000);
}

/** Whether a newer version waits. */
export function useNewVersion(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => waiting !== null);
}

/** The person pressed: the new worker takes over, and the page is loaded anew with it. */
export function takeNewVersion(): void {
  if (waiting === null) {
    location.reload();
    return;
  }
  container()?.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take over');
}
