// What is kept of backups, drills, restores, moves and upgrades.
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
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
