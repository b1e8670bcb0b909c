// The ledger entry that a piece of work counts as (docs/decisions/0031): a visit made, a training held, a questionnaire handed out.
// It is made, changed and deleted in the transaction of the work's own act, says what the work says, and nobody types it twice.
import { isDeepStrictEqual } from 'node:util';
import { type Context, found } from '../../kernel/context.ts';
import { issuesOf, keptOf, openLedger, type OpenLedger, recordEntries, refuseIssues, saveEntry } from './actions.ts';
import { type EntryContent, entryContent, type WorkSource } from './model.ts';
import { findEntryOfWork, lockActivity, type LockedActivity } from './queries.ts';

export interface WorkEntry {
  readonly edition: string;
  readonly unitCode: string;
  readonly source: WorkSource;
  /** What the work counts as now; null when it counts as nothing (not done yet, cancelled, in the bin). */
  readonly content: EntryContent | null;
}

/**
 * Brings the entry of a work in line with it, whatever it was before; does nothing where they agree. Demands `write_ledger` at the unit,
 * an open edition and a content as the edition asks for. Raises invalid_input with paths `content.…`, not_permitted, refused_by_rule.
 * @returns the id of the entry, or null when there never was one.
 */
export async function keepEntryOfWork(context: Context, { edition, unitCode, source, content }: WorkEntry): Promise<string | null> {
  const ledger = await openLedger(context, edition, unitCode);
  const id = await findEntryOfWork(context.tx, ledger.key.provinceCode, source);
  if (id === undefined) return content === null ? null : record(context, ledger, source, entryContent.parse(content));
  const entry = found(await lockActivity(context.tx, id), 'activity', id);
  if (content !== null) await bringInLine(context, ledger, entry, entryContent.parse(content));
  else if (entry.deletedAt === null) await saveEntry(context, ledger, entry, { change: 'deleted', content: entry.content, kept: null, reason: null });
  return id;
}

async function record(context: Context, ledger: OpenLedger, source: WorkSource, content: EntryContent): Promise<string> {
  refuseIssues((await issuesOf(context, ledger, [content], null)).flat());
  const [recorded] = await recordEntries(context, { ledger, known: null }, [content], source);
  return found(recorded, 'activity', source.id).id;
}

async function bringInLine(context: Context, ledger: OpenLedger, entry: LockedActivity, content: EntryContent): Promise<void> {
  if (entry.deletedAt === null && isDeepStrictEqual(entry.content, content)) return;
  refuseIssues((await issuesOf(context, ledger, [content], entry.id)).flat());
  const [kept] = await keptOf(context, ledger, [content]);
  await saveEntry(context, ledger, entry, { change: entry.deletedAt === null ? 'edited' : 'restored', content, kept: found(kept, 'contribution', entry.id), reason: null });
}
