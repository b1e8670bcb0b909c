// When a key or a pointer was last touched, in any window of this browser; and when the server last heard of it.
const key = 'fuwuyue.touched';
const minute = 60_000;

let here = Date.now();
let written = 0;
let sent = 0;

/** Also the other windows of it are told, at most every few seconds. */
export function touch(): void {
  here = Date.now();
  if (here - written < 5_000) return;
  written = here;
  try {
    localStorage.setItem(key, String(here));
  } catch {
    // Then this window counts alone.
  }
}

export function lastTouchedAt(): number {
  try {
    return Math.max(here, Number(localStorage.getItem(key) ?? 0));
  } catch {
    return here;
  }
}

/** Nobody has touched anything for a minute: what is asked now, the page asks by itself. */
export function isUnattended(): boolean {
  return Date.now() - lastTouchedAt() >= minute;
}

export function noteSent(): void {
  sent = Date.now();
}

export function sentAt(): number {
  return sent;
}
