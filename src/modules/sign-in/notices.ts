// What a holder should know of the account: kept until seen, shown on the home page. Never an address, never a secret.
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { NoticeKind, NoticeView } from './model.ts';
import { noticeView } from './model.ts';

export async function saveNotice(tx: Tx, accountId: string, kind: NoticeKind, details: { readonly [name: string]: string | number }, now: Instant): Promise<void> {
  await tx.insertInto('accountNotice').values({ id: randomUUID(), accountId, kind, details: JSON.stringify(details), at: now }).execute();
}

const shownAtOnce = 20;

/** What was not yet seen, newest first. */
export async function listNotices(tx: Tx, accountId: string): Promise<NoticeView[]> {
  const rows = await tx.selectFrom('accountNotice').select(['id', 'kind', 'details', 'at']).where('accountId', '=', accountId).where('seenAt', 'is', null).orderBy('at', 'desc').orderBy('id').limit(shownAtOnce).execute();
  return rows.map((row) => noticeView.parse(row));
}

export async function markSeen(tx: Tx, accountId: string, until: Instant, now: Instant): Promise<void> {
  await tx.updateTable('accountNotice').set({ seenAt: now }).where('accountId', '=', accountId).where('seenAt', 'is', null).where('at', '<=', until).execute();
}

/** Deletes notices of before a moment, so many at most; how many. What was done is in the log anyway. */
export async function deleteNoticesBefore(tx: Tx, before: Instant, most: number): Promise<number> {
  const old = tx.selectFrom('accountNotice').select('id').where('at', '<', before).limit(most).forUpdate().skipLocked();
  const { numDeletedRows } = await tx.deleteFrom('accountNotice').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}
