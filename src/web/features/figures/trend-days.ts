// The days of a trend as they are drawn: every day of the month in order, days outside it that have something, and the running total.
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { getTrend } from '../../../modules/figures/contract.ts';

export interface TrendDay {
  readonly date: string;
  readonly value: number;
  readonly running: number;
  /** Not in the month of the edition. */
  readonly outside: boolean;
}

type Day = OutputOf<typeof getTrend>['days'][number];

/** A day without anything is a day with 0; days to come are left out, for nothing is known of them. */
export function trendDays(days: readonly Day[], window: { readonly from: string; readonly to: string }, today: string): TrendDay[] {
  const last = today < window.to ? today : window.to;
  const values = new Map(daysBetween(window.from, last).map((date) => [date, 0]));
  for (const { date, value } of days) values.set(date, (values.get(date) ?? 0) + value);
  let running = 0;
  return [...values].sort(([a], [b]) => a.localeCompare(b)).map(([date, value]) => {
    running += value;
    return { date, value, running, outside: date < window.from || date > window.to };
  });
}

function daysBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let time = Date.parse(`${from}T00:00:00Z`); time <= Date.parse(`${to}T00:00:00Z`); time += 86_400_000) dates.push(new Date(time).toISOString().slice(0, 10));
  return dates;
}
