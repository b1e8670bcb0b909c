// The server's own daily backup (docs/decisions/0030): once after its hour, tried again an hour after it failed, by a process of
// its own. What was due while the server stood still is made up for.
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

export interface BackupKeeper {
  /** Ends a backup that is under way: what it had written goes with it. */
  stop(): Promise<void>;
}

export interface Keeping {
  readonly backup: Config['backup'];
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly run?: () => OwnCommand;
  /** Milliseconds between looks. */
  readonly every?: number;
}

export function startScheduledBackups({ backup, database, clock, log, run = () => runOwnCommand(['backup', '--scheduled', '--json']), every = look }: Keeping): BackupKeeper {
  const { directory, at } = backup;
  if (directory === null || at === null) return { stop: async () => undefined };
  let running: OwnCommand | null = null;
  let triedAt: string | null = null;
  let busy = false;
  const keep = async (): Promise<void> => {
    const now = clock.now();
    if (triedAt !== null && epochOf(now) - epochOf(triedAt) < patience) return;
    const { last } = await database.read((tx) => findRuns(tx, 'backup'));
    if (last !== null && last.held && last.at >= dueSince(now, at, (date) => addDays(date, -1))) return;
    triedAt = now;
    running = run();
    const exit = await running.ended;
    running = null;
    if (exit === 0) triedAt = null;
    log[exit === 0 ? 'info' : 'error']({ exit }, exit === 0 ? 'scheduled backup made' : 'the scheduled backup failed');
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
