// Every minute: work whose counts changed by acts of the public (answers, check-ins) brings its ledger entry up to date, so that
// nobody of the public ever writes a ledger and a thousand answers are one version (docs/decisions/0031).
import type { Clock } from './kernel/clock.ts';
import type { Context } from './kernel/context.ts';
import { databaseErrorCode, type Tx } from './kernel/database.ts';
import type { Log } from './kernel/log.ts';
import { actAsMachine, type Ports } from './kernel/transact.ts';
import { caseRefresher } from './modules/column/counting.ts';
import { questionnaireRefresher } from './modules/questionnaires/actions/counting.ts';
import { trainingRefresher } from './modules/trainings/counting.ts';
import type { Instant } from './shared/instant.ts';

/** Work of one kind that counts while nobody looks. */
export interface Refresher {
  readonly kind: string;
  /** Work whose entry lags behind, in editions that are open; those that lag longest first. */
  list(tx: Tx, most: number): Promise<readonly { readonly id: string; readonly unitCode: string }[]>;
  /** Brings one up to date (activities/from-work.ts), acting as a clerk of its unit. */
  refresh(context: Context, id: string): Promise<void>;
}

export const refreshers: readonly Refresher[] = [questionnaireRefresher, trainingRefresher, caseRefresher];

const minute = 60_000;
const atOnce = 200;
const machineName = '系统';

/** One round over all kinds; how many were brought up to date. One that fails is told of and keeps none of the others. */
export async function refreshAll(ports: Ports, now: Instant, log: Log, goesOn: () => boolean = () => true): Promise<number> {
  let done = 0;
  for (const { kind, list, refresh } of refreshers) {
    for (const { id, unitCode } of await ports.database.read((tx) => list(tx, atOnce))) {
      if (!goesOn()) return done;
      const actor = { name: machineName, grants: [{ role: 'clerk', unitCode }] };
      await actAsMachine(ports, now, actor, (context) => refresh(context, id))
        .then(() => void (done += 1))
        .catch((error: unknown) => log.warn({ step: kind, code: databaseErrorCode(error) ?? (error instanceof Error ? error.name : null) }, 'a count could not be brought up to date'));
    }
  }
  return done;
}

/** The function stops it, and resolves when what is under way is done. */
export function startRefreshing(ports: Ports, clock: Clock, log: Log): () => Promise<void> {
  let stopped = false;
  let running: Promise<unknown> | null = null;
  const again = (): void => {
    if (ports.mode.isReadOnly()) return;
    running ??= refreshAll(ports, clock.now(), log, () => !stopped)
      .catch((error: unknown) => log.warn({ code: databaseErrorCode(error) ?? null }, 'bringing counts up to date failed'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(again, minute);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
