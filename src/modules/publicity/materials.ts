// What is done with materials: named, received, handed out, corrected with a reason. The ledger is compared with, never changed.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { openLedger } from '../activities/actions.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { actorOf, demandVersion, openReading } from './actions.ts';
import * as contract from './contract.ts';
import { compareWithLedger, findMaterial, insertMaterial, insertMove, isEntryOf, listMaterials, listMoves, lockMaterial, saveMaterial, shownMaterial, type StoredMaterial } from './queries.ts';
import { decideMove } from './rules.ts';

/** Authorises on the ledger a material belongs to, then holds the material. */
async function holdMaterial(context: Context, edition: string, id: string): Promise<{ readonly key: LedgerKey; readonly material: StoredMaterial }> {
  const { unitCode, editionCode } = found(await findMaterial(context.tx, id), 'material', id);
  const { key } = await openLedger(context, editionCode, unitCode);
  if (editionCode !== edition) raise(problem('not_found', { kind: 'material', id }));
  return { key, material: found(await lockMaterial(context.tx, id), 'material', id) };
}

function recorded(context: Context, action: string, { id, unitCode, version, content, figures }: StoredMaterial, before: StoredMaterial | null, basis: string | null = null): void {
  context.record({
    action, unitCode, subjectKind: 'material', subjectId: id, ...(before === null ? {} : { before: { version: before.version, name: before.content.name, ...before.figures } }), after: { version, name: content.name, form: content.form, ...figures }, basis,
  });
}

const list = implement(contract.listMaterials, async (context, { edition, unitCode, bin }) => {
  const { key, mayWrite } = await openReading(context, edition, unitCode);
  return { materials: await listMaterials(context.tx, key, bin), comparison: await compareWithLedger(context.tx, key), mayWrite };
});

const moves = implement(contract.listMoves, async (context, { edition, unitCode, material, offset, limit }) => {
  const { key } = await openReading(context, edition, unitCode);
  return listMoves(context.tx, key, material ?? null, { offset, limit });
});

const add = implement(contract.addMaterial, async (context, { edition, unitCode, content }) => {
  const { key } = await openLedger(context, edition, unitCode);
  const material = await insertMaterial(context.tx, key, recordId(key.provinceCode, randomUUID()), content, actorOf(context));
  recorded(context, 'publicity.add_material', material, null);
  return shownMaterial(material);
});

const edit = implement(contract.editMaterial, async (context, { edition, id, version, content, binned }) => {
  const { material } = await holdMaterial(context, edition, id);
  demandVersion(material, version);
  const { stock, received, reads } = material.figures;
  if (content.form !== material.content.form && received + reads > 0 && (content.form === 'online' || material.content.form === 'online')) raise(problem('refused_by_rule', { rule: 'material_form_fixed' }));
  if (binned && stock > 0) raise(problem('refused_by_rule', { rule: 'material_in_stock', count: stock }));
  const saved = await saveMaterial(context.tx, material, { content, deletedAt: binned ? context.now : null }, actorOf(context));
  recorded(context, binned === material.binned ? 'publicity.edit_material' : binned ? 'publicity.bin_material' : 'publicity.unbin_material', saved, material);
  return shownMaterial(saved);
});

const move = implement(contract.moveMaterial, async (context, { edition, id, move: moved }) => {
  const { key, material } = await holdMaterial(context, edition, id);
  if (material.binned) raise(problem('refused_by_rule', { rule: 'material_in_bin' }));
  if (moved.onDay > dateOf(context.now)) raise(invalidInput([{ path: 'move.onDay', rule: 'date_in_future' }]));
  if (moved.activityId !== null && !(await isEntryOf(context.tx, key, moved.activityId))) raise(invalidInput([{ path: 'move.activityId', rule: 'entry_unknown' }]));
  const figures = enforce(decideMove(material.content.form, material.figures, moved));
  const saved = await saveMaterial(context.tx, material, { figures }, actorOf(context));
  await insertMove(context.tx, material, moved, actorOf(context));
  recorded(context, moved.amount < 0 ? 'publicity.correct_material' : `publicity.${moved.kind}_material`, saved, material, moved.reason === '' ? null : moved.reason);
  return shownMaterial(saved);
});

export const materialActions: readonly Implementation[] = [list, moves, add, edit, move];
