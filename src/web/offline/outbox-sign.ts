// Whether something lies in the outbox of this device, as one small sign that the frame looks at before it loads anything of the outbox.
const key = 'fuwuyue.outbox';
const listeners = new Set<() => void>();

export function noteOutbox(full: boolean): void {
  try {
    if (full) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // The pages of visits show it all the same.
  }
  for (const listener of listeners) listener();
}

/** Also on a device whose worker was set up for the road, whatever became of the sign. */
export function hasOutbox(): boolean {
  try {
    return localStorage.getItem(key) !== null || isForTheRoad();
  } catch {
    return isForTheRoad();
  }
}

/** Whether a worker of ours answers for this page: it was set up on this device. */
export function isForTheRoad(): boolean {
  return ((navigator as { readonly serviceWorker?: ServiceWorkerContainer }).serviceWorker?.controller ?? null) !== null;
}

export function onOutboxSign(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
