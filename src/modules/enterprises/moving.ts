// What a unit wrote down of an enterprise, moved to the one it is taken for, and back.
import { z } from 'zod';
import type { Context } from '../../kernel/context.ts';
import { recordContent, targetTag } from './model.ts';
import { findRecord, isTarget, type StoredRecord, type UnitKey } from './register-reading.ts';
import { recordsMerged } from './rules/likeness.ts';

const storedRecord = recordContent.extend({ version: z.number().int() });

export const movedTrace = z.object({
  /** What was written down of the one that went, and of the other before it came. */
  from: storedRecord.nullable(),
  into: storedRecord.nullable(),
  /** Version of the other's after it came; null when nothing came. */
  intoVersion: z.number().int().nullable(),
  contacts: z.array(z.string()),
  target: z.boolean(),
  /** Whether the other came onto the list by this. */
  targetCame: z.boolean(),
});
export type MovedTrace = z.output<typeof movedTrace>;

export async function moveKnown(context: Context, key: UnitKey, fromId: number, intoId: number): Promise<MovedTrace> {
  const { tx, now } = context;
  const [from, into] = [await findRecord(tx, key, fromId, true), await findRecord(tx, key, intoId, true)];
  const [target, there] = [await isTarget(tx, key, fromId), await isTarget(tx, key, intoId)];
  const intoVersion = from === undefined ? null : (into?.version ?? 0) + 1;
  if (from !== undefined && intoVersion !== null) {
    await writeRecord(context, key, intoId, { ...recordsMerged(into, from), version: intoVersion });
    await ofUnit(tx.deleteFrom('enterpriseRecord'), key).where('enterpriseId', '=', fromId).execute();
  }
  const contacts = await ofUnit(tx.updateTable('enterpriseContact').set({ enterpriseId: intoId, changedAt: now }), key).where('enterpriseId', '=', fromId).returning('id').execute();
  if (target) await moveTarget(context, key, { from: fromId, into: intoId });
  return { from: from ?? null, into: into ?? null, intoVersion, contacts: contacts.map(({ id }) => id).sort(), target, targetCame: target && !there };
}

export interface MovingBack {
  readonly fromId: number;
  readonly intoId: number;
  readonly moved: MovedTrace;
}

/** What was changed since stays with the one it was changed of. */
export async function moveBack(context: Context, key: UnitKey, { fromId, intoId, moved }: MovingBack): Promise<void> {
  const { tx, now } = context;
  if (moved.from !== null && (await findRecord(tx, key, fromId, true)) === undefined) await writeRecord(context, key, fromId, moved.from);
  const into = await findRecord(tx, key, intoId, true);
  if (into !== undefined && into.version === moved.intoVersion) {
    if (moved.into === null) await ofUnit(tx.deleteFrom('enterpriseRecord'), key).where('enterpriseId', '=', intoId).execute();
    else await writeRecord(context, key, intoId, { ...moved.into, version: into.version + 1 });
  }
  if (moved.contacts.length > 0) {
    await ofUnit(tx.updateTable('enterpriseContact').set({ enterpriseId: fromId, changedAt: now }), key).where('id', 'in', moved.contacts).where('enterpriseId', '=', intoId).execute();
  }
  if (!moved.target) return;
  if (moved.targetCame) await moveTarget(context, key, { from: intoId, into: fromId });
  else await addTarget(context, key, fromId);
}

/** The rows of one unit of whatever has its columns. */
function ofUnit<Q extends { where(column: 'provinceCode', is: '=', value: number): Q; where(column: 'unitCode', is: '=', value: string): Q }>(query: Q, { provinceCode, unitCode }: UnitKey): Q {
  return query.where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode);
}

type Written = Omit<StoredRecord, 'tags'> & { readonly tags: readonly string[] };

async function writeRecord({ tx, actor, now }: Context, { provinceCode, unitCode }: UnitKey, enterpriseId: number, record: Written): Promise<void> {
  const values = { tags: targetTag.options.filter((tag) => record.tags.includes(tag)), industry: record.industry, address: record.address, note: record.note, version: record.version, changedAt: now };
  await tx
    .insertInto('enterpriseRecord').values({ provinceCode, unitCode, enterpriseId, ...values, createdBy: actor.accountId, createdAt: now })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'unitCode', 'enterpriseId']).doUpdateSet(values)).execute();
}

async function addTarget({ tx, actor, now }: Context, { provinceCode, editionCode, unitCode }: UnitKey, enterpriseId: number): Promise<void> {
  await tx.insertInto('targetEnterprise').values({ provinceCode, editionCode, unitCode, enterpriseId, addedBy: actor.accountId, addedAt: now }).onConflict((conflict) => conflict.doNothing()).execute();
}

async function moveTarget(context: Context, key: UnitKey, { from, into }: { readonly from: number; readonly into: number }): Promise<void> {
  await ofUnit(context.tx.deleteFrom('targetEnterprise'), key).where('editionCode', '=', key.editionCode).where('enterpriseId', '=', from).execute();
  await addTarget(context, key, into);
}
