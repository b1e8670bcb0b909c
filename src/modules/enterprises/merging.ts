// Two enterprises taken for one, with a trace, and back. What is sealed stays as it was: entries change by new versions of the unit's own
// open ledger only, entries of other services say what those services say, and the register keeps both codes.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { InputOf } from '../../shared/endpoint.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfRecord, recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { openLedger } from '../activities/actions.ts';
import { changeInBulk, lockActivities } from '../activities/bulk.ts';
import { findVersion } from '../activities/queries.ts';
import { listLikenesses, mergeEnterprises, undoMerge } from './contract.ts';
import { listLikely, listMerges } from './likeness-reading.ts';
import { moveBack, moveKnown, movedTrace } from './moving.ts';
import type { UnitKey } from './register-reading.ts';
import { getRegistered, keyOf } from './register.ts';
import { attendancesMerged, type Taken } from './rules/likeness.ts';

/** Entries a merge may change at once: more are worked through in the ledger itself. */
const mostEntries = 2_000;

/** What a merge changed, as it is kept. */
const mergeTrace = z.object({
  /** Entries with the version that the merge made. */
  entries: z.array(z.object({ id: z.string(), version: z.number().int() })),
  left: z.number().int(),
  moved: movedTrace.nullable(),
});

const list = implement(listLikenesses, async (context, { edition, unitCode }) => {
  const key = keyOf(await authorise(context, 'read_ledger', edition, unitCode), edition);
  return { likely: await listLikely(context.tx, key), merges: await listMerges(context.tx, key) };
});

/** Live entries of the unit that name whom, by code or by name alone. */
async function listNaming(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey, fromId: number | null, name: string): Promise<string[]> {
  const named = fromId === null
    ? sql`exists (select from jsonb_array_elements(a.content->'enterprises') as one where one->>'uscc' is null and one->>'name' = ${name})`
    : sql`exists (select from participation p where p.province_code = a.province_code and p.activity_id = a.id and p.enterprise_id = ${fromId})`;
  const { rows } = await sql<{ id: string }>`
    select a.id from activity a where a.province_code = ${provinceCode} and a.edition_code = ${editionCode} and a.unit_code = ${unitCode} and a.deleted_at is null and ${named}
    order by a.id limit ${mostEntries + 1}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Merges of one unit come one after another: of two at once the second sees what the first did. */
async function holdMerges(tx: Tx, unitCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('enterprise_merge'), hashtext(${unitCode}))`.execute(tx);
}

/** Who goes: registered under another code, or a name that entries have without one. */
async function goerOf(context: Context, from: InputOf<typeof mergeEnterprises>['from']): Promise<{ readonly id: number | null; readonly uscc: string | null; readonly name: string; readonly taken: Taken }> {
  if ('name' in from) return { id: null, uscc: null, name: from.name, taken: from };
  return { ...(await getRegistered(context, from.uscc)), taken: from };
}

const merge = implement(mergeEnterprises, async (context, { edition, unitCode, from, into, reason }) => {
  const ledger = await openLedger(context, edition, unitCode);
  const { tx, actor, now } = context;
  const { key } = ledger;
  await holdMerges(tx, unitCode);
  const [target, goer] = [await getRegistered(context, into), await goerOf(context, from)];
  if (goer.id === target.id) raise(problem('refused_by_rule', { rule: 'merge_same' }));
  await refuseCircle(tx, key, goer.id, target.id);
  const ids = await listNaming(tx, key, goer.id, goer.name);
  if (ids.length > mostEntries) raise(problem('refused_by_rule', { rule: 'too_many_entries', maximum: mostEntries }));
  if (ids.length === 0 && goer.id === null) raise(problem('not_found', { kind: 'enterprise', id: goer.name }));
  const { changed, left } = await renameIn(context, ledger, ids, { taken: goer.taken, into: target, reason });
  const moved = goer.id === null ? null : await moveKnown(context, key, goer.id, target.id);
  const id = recordId(key.provinceCode, randomUUID());
  await tx.insertInto('enterpriseMerge').values({
    provinceCode: key.provinceCode, id, editionCode: edition, unitCode, fromEnterpriseId: goer.id, fromName: goer.name, intoEnterpriseId: target.id, reason,
    trace: JSON.stringify({ entries: changed, left, moved }), accountId: actor.accountId, accountName: actor.name, at: now, undoneAt: null, undoneByName: null, undoneReason: null,
  }).execute();
  context.record({
    action: 'enterprises.merge', unitCode, subjectKind: 'enterprise', subjectId: target.uscc,
    before: { name: goer.name, uscc: goer.uscc }, after: { name: target.name, uscc: target.uscc, entries: changed.length, left, merge: id }, basis: reason,
  });
  return found((await listMerges(tx, key, id))[0], 'merge', id);
});

/** What was taken for another already is not taken for a third, nor is anything taken for it. */
async function refuseCircle(tx: Tx, { provinceCode, unitCode }: UnitKey, fromId: number | null, intoId: number): Promise<void> {
  const gone = await tx
    .selectFrom('enterpriseMerge').select('fromEnterpriseId')
    .where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode).where('undoneAt', 'is', null).where('fromEnterpriseId', 'in', [intoId, ...(fromId === null ? [] : [fromId])])
    .execute();
  if (gone.length > 0) raise(problem('refused_by_rule', { rule: 'merged_before' }));
}

interface Renaming {
  readonly taken: Taken;
  readonly into: { readonly uscc: string; readonly name: string };
  readonly reason: string;
}

type Ledger = Awaited<ReturnType<typeof openLedger>>;

async function renameIn(context: Context, ledger: Ledger, ids: readonly string[], { taken, into, reason }: Renaming) {
  const held = [...(await lockActivities(context.tx, ledger.key, ids)).values()].filter(({ deletedAt }) => deletedAt === null);
  const own = held.filter(({ source }) => source === null);
  const edited = own.map((entry) => ({ entry, content: { ...entry.content, enterprises: attendancesMerged(entry.content.enterprises, taken, { uscc: into.uscc, name: into.name }) }, reason }));
  if (edited.length > 0) await changeInBulk(context, ledger, { recorded: [], edited, deleted: [] });
  return { changed: own.map(({ id, version }) => ({ id, version: version + 1 })), left: held.length - own.length };
}

const undo = implement(undoMerge, async (context, { id, reason }) => {
  const { tx, actor, now } = context;
  const kept = found(
    await tx.selectFrom('enterpriseMerge').select(['editionCode', 'unitCode']).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst(), 'merge', id,
  );
  const ledger = await openLedger(context, kept.editionCode, kept.unitCode);
  const { key } = ledger;
  await holdMerges(tx, key.unitCode);
  const row = await tx.selectFrom('enterpriseMerge').selectAll().where('provinceCode', '=', key.provinceCode).where('id', '=', id).executeTakeFirstOrThrow();
  if (row.undoneAt !== null) raise(problem('wrong_state', { kind: 'merge', state: 'undone' }));
  const trace = mergeTrace.parse(row.trace);
  const restored = await restoreEntries(context, ledger, trace.entries, reason);
  if (trace.moved !== null && row.fromEnterpriseId !== null) await moveBack(context, key, { fromId: row.fromEnterpriseId, intoId: row.intoEnterpriseId, moved: trace.moved });
  await tx.updateTable('enterpriseMerge').set({ undoneAt: now, undoneByName: actor.name, undoneReason: reason }).where('provinceCode', '=', key.provinceCode).where('id', '=', id).execute();
  const merged = found((await listMerges(tx, key, id))[0], 'merge', id);
  const left = trace.entries.length - restored;
  context.record({
    action: 'enterprises.undo_merge', unitCode: key.unitCode, subjectKind: 'enterprise', subjectId: merged.into.uscc,
    before: { name: merged.into.name, uscc: merged.into.uscc }, after: { name: merged.from.name, uscc: merged.from.uscc, entries: restored, left, merge: id }, basis: reason,
  });
  return { merge: merged, restored, left };
});

/** Entries that stand as the merge left them get the content from before it, as a new version. */
async function restoreEntries(context: Context, ledger: Ledger, changed: readonly { readonly id: string; readonly version: number }[], reason: string): Promise<number> {
  const held = await lockActivities(context.tx, ledger.key, changed.map(({ id }) => id));
  const edited = [];
  for (const { id, version } of changed) {
    const entry = held.get(id);
    if (entry === undefined || entry.version !== version || entry.deletedAt !== null) continue;
    const before = found(await findVersion(context.tx, id, version - 1), 'activity_version', String(version - 1));
    edited.push({ entry, content: { ...entry.content, enterprises: before.content.enterprises }, reason });
  }
  if (edited.length > 0) await changeInBulk(context, ledger, { recorded: [], edited, deleted: [] });
  return edited.length;
}

export const mergeActions: readonly Implementation[] = [list, merge, undo];
