// What the deadline banner says, and how urgently (ux C2.7): pure, so that -8 days, -2 days, -3 hours and +1 second can be tested.
export type Urgency = 'calm' | 'soon' | 'now' | 'after';

export interface TimeLeft {
  readonly urgency: Urgency;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** From now to the deadline, both in milliseconds since 1970. Red for the last four hours, amber for the last three days. */
export function timeLeft(due: number, now: number): TimeLeft {
  const left = due - now;
  if (left <= 0) return { urgency: 'after', days: 0, hours: 0, minutes: 0 };
  const urgency = left <= 4 * hour ? 'now' : left <= 3 * day ? 'soon' : 'calm';
  // Rounded up, so that the last minute is still one minute.
  const minutes = Math.ceil(left / minute);
  return { urgency, days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}
