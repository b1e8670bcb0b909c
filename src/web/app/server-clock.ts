// The server's clock as the browser knows it: the last time it told, run on. The computer's own clock may be wrong, and
// a demonstration lives in another year. Times are milliseconds since 1970; dates are Shanghai days.
import { useEffect, useState } from 'react';

const shanghaiOffset = 8 * 60 * 60 * 1000;
let ahead = 0;
let told = false;

/** Takes the x-server-time header or the serverTime of an answer. */
export function tellServerTime(instant: string): void {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return;
  ahead = time - Date.now();
  told = true;
}

/** What the server's clock was ahead of this one when it was last heard of; for a device without a line. */
export function recallServerTime(difference: number): void {
  if (!told) ahead = difference;
}

export function serverNow(): number {
  return Date.now() + ahead;
}

/** Whether the server has said its time yet; before that, deadlines are not shown. */
export function isServerTimeKnown(): boolean {
  return told;
}

/** Today in Shanghai, `2023-06-15`. */
export function today(now = serverNow()): string {
  return new Date(now + shanghaiOffset).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The server's time, renewed every `seconds`. */
export function useServerNow(seconds = 20): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
