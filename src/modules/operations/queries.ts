// What is kept of backups, drills, restores, moves and upgrades.
import type { Tx } from '../../kernel/database.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import type { Json } from '../../shared/problem.ts';
import type { RunKind } from './model.ts';

export interface Run {
  readonly kind: RunKind;
  readonly at: Instant;
  readonly held: boolean;
  readonly details: { readonly [name: string]: Json };
}

export async function saveRun(tx: Tx, { kind, at, held, details }: Run): Promise<void> {
  await tx.insertInto('operationRun').values({ kind, at, held, details: JSON.stringify(details) }).execute();
}

/** The newest run of a kind, and the newest that held. */
export async function findRuns(tx: Tx, kind: RunKind): Promise<{ readonly last: Run | null; readonly held: Run | null }> {
  const newest = tx.selectFrom('operationRun').select(['kind', 'at', 'held', 'details']).where('kind', '=', kind).orderBy('id', 'desc').limit(1);
  const last = (await newest.executeTakeFirst()) ?? null;
  return { last, held: last === null || last.held ? last : ((await newest.where('held', '=', true).executeTakeFirst()) ?? null) };
}

const activeMinutes = 15;

/** Sessions that are open, and those that asked for something in the last minutes. */
export async function findPeople(tx: Tx, now: Instant): Promise<{ readonly sessions: number; readonly active: number }> {
  const since = instantOf(epochOf(now) - activeMinutes * 60_000);
  const counted = await tx
    .selectFrom('session')
    .select((of) => [of.fn.countAll<number>().as('sessions'), of.fn.countAll<number>().filterWhere('lastSeenAt', '>', since).as('active')])
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return counted ?? { sessions: 0, active: 0 };
}
