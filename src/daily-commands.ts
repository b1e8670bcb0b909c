// What the server does every day by a process of its own (docs/decisions/0030): its backup, and the check of the whole log. Once after
// its hour, tried again an hour after it failed; what was due while the server stood still is made up for.
import { dueSince } from './backup/keeping.ts';
import type { Clock } from './kernel/clock.ts';
import type { Config } from './kernel/config.ts';
import type { Database } from './kernel/database.ts';
import type { Log } from './kernel/log.ts';
import { type OwnCommand, runOwnCommand } from './kernel/own-command.ts';
import { findRuns } from './modules/operations/queries.ts';
import { addDays, epochOf } from './shared/instant.ts';

const look = 60_000;
const patience = 60 * 60_000;

export interface DailyCommand {
  readonly kind: 'backup' | 'log_check';
  /** `02:30`, Shanghai time; null: never. */
  readonly at: string | null;
  readonly command: readonly string[];
  /** Whether the first is due as soon as there has been none; else at the next hour. */
  readonly atOnce: boolean;
}

export function dailyBackup({ directory, at }: Config['backup']): DailyCommand {
  return { kind: 'backup', at: directory === null ? null : at, command: ['backup', '--scheduled', '--json'], atOnce: true };
}

/** Edits inside what the server keeps hashed are found by reading all of it only. */
export const dailyLogCheck: DailyCommand = { kind: 'log_check', at: '03:40', command: ['log', 'check', '--scheduled', '--json'], atOnce: false };

export interface DailyKeeper {
  /** Ends a command that is under way: what it had written goes with it. */
  stop(): Promise<void>;
}

export interface Keeping {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly run?: (command: readonly string[]) => OwnCommand;
  /** Milliseconds between looks. */
  readonly every?: number;
}

export function startDaily({ kind, at, command, atOnce }: DailyCommand, { database, clock, log, run = runOwnCommand, every = look }: Keeping): DailyKeeper {
  if (at === null) return { stop: async () => undefined };
  const startedAt = clock.now();
  let running: OwnCommand | null = null;
  let triedAt: string | null = null;
  let busy = false;
  const keep = async (): Promise<void> => {
    const now = clock.now();
    if (triedAt !== null && epochOf(now) - epochOf(triedAt) < patience) return;
    const { last } = await database.read((tx) => findRuns(tx, kind));
    const due = dueSince(now, at, (date) => addDays(date, -1));
    if (last === null ? !atOnce && due <= startedAt : last.held && last.at >= due) return;
    triedAt = now;
    running = run(command);
    const exit = await running.ended;
    running = null;
    if (exit === 0) triedAt = null;
    log[exit === 0 ? 'info' : 'error']({ exit, step: kind }, exit === 0 ? 'a daily command is done' : 'a daily command failed');
  };
  // A database that is away is told of by others.
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void keep().catch(() => undefined).finally(() => {
      busy = false;
    });
  }, every);
  return {
    stop: async () => {
      clearInterval(timer);
      running?.stop();
      await running?.ended;
    },
  };
}
