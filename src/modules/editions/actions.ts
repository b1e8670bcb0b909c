// What is done about editions while they run: internal deadlines and a province's own rows. The definition itself is never
// changed here; it comes from a file (loading.ts).
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import type { Json } from '../../shared/problem.ts';
import { problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { seesOwnRows, verbsAt } from '../access/rules.ts';
import { recountProvince } from '../figures/recount.ts';
import { findPlacement } from '../units/queries.ts';
import { closingActions } from './closing.ts';
import * as contract from './contract.ts';
import type { ExtensionIndicator } from './model.ts';
import {
  deleteInternalDeadline, getDeadlines, getEditionByCode, getUnitEdition, getUnitKind, hasUnitsBelow, listEditions, listExtensions, lockKnownExtensions, removeExtension, saveExtension,
  saveInternalDeadline,
} from './queries.ts';
import { decideExtension } from './rules/extension.ts';
import { decideInternalDeadline, suggestDeadline } from './rules.ts';
import { stateCouncilCalendar } from './working-days.ts';

const list = implement(contract.listEditions, async (context) => {
  const editions = await listEditions(context.tx);
  return {
    editions: editions.map(({ code, definition, closedAt }) => ({
      code, ordinal: definition.ordinal.zh, theme: definition.theme.zh, official: definition.official, closed: closedAt !== null, deadline: definition.deadline,
    })),
  };
});

const get = implement(contract.getEdition, async (context, { edition: code, unitCode }) => {
  const unit = found(await findPlacement(context.tx, code, unitCode), 'unit', unitCode);
  // Whoever may do anything at a unit needs its edition, whatever the role.
  if (verbsAt(context.actor, unit).length === 0) raise(problem('not_permitted', { verb: 'read_figures', unitCode }));
  const edition = await getEditionByCode(context.tx, code);
  const extensions = seesOwnRows(context.actor, unit.provinceCode) ? await listExtensions(context.tx, code, unit.p1) : [];
  return { definition: edition.definition, extensions, deadlines: await getDeadlines(context.tx, edition, unit), closed: edition.closedAt !== null, closedAt: edition.closedAt };
});

const setDeadline = implement(contract.setInternalDeadline, async (context, { edition: code, unitCode, dueAt, reason }) => {
  const unit = await authorise(context, 'set_deadline', code, unitCode);
  const edition = await getEditionByCode(context.tx, code);
  const before = await getDeadlines(context.tx, edition, unit);
  const closed = edition.closedAt !== null;
  if (dueAt === null) {
    if (closed) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
    await deleteInternalDeadline(context.tx, code, unitCode);
  } else {
    enforce(decideInternalDeadline(dueAt, { ownDue: before.due, now: context.now, closed, hasUnitsBelow: await hasUnitsBelow(context.tx, code, unitCode) }));
    await saveInternalDeadline(context.tx, { editionCode: code, unitCode, dueAt, reason, setBy: context.actor.accountId, setAt: context.now });
  }
  context.record({
    action: 'editions.set_internal_deadline', unitCode, subjectKind: 'internal_deadline', subjectId: `${code}/${unitCode}`,
    before: { dueAt: before.forBelow }, after: { dueAt }, basis: reason,
  });
  return { ...before, forBelow: dueAt };
});

const suggest = implement(contract.suggestInternalDeadline, async (context, { edition: code, unitCode }) => {
  const unit = await authorise(context, 'set_deadline', code, unitCode);
  const edition = await getEditionByCode(context.tx, code);
  const { due } = await getDeadlines(context.tx, edition, unit);
  return suggestDeadline(edition.definition.deadline, due, unit.depth, stateCouncilCalendar);
});

const addRow = implement(contract.addExtensionRow, async (context, { edition: code, unitCode, definition }) => {
  const unit = await authorise(context, 'extend_table', code, unitCode);
  const edition = await getEditionByCode(context.tx, code);
  const known = await lockKnownExtensions(context.tx, code, unitCode);
  const facts = { edition: edition.definition, unitKind: await getUnitKind(context.tx, unitCode), closed: edition.closedAt !== null, known };
  const { baseSlot } = enforce(decideExtension(definition, facts));
  await saveExtension(context.tx, code, { definition, baseSlot, unitCode });
  await recountProvince(context.tx, await getUnitEdition(context.tx, code, unitCode), unit.provinceCode, definition.counting.kinds);
  recordRow(context, 'editions.add_extension_row', code, unitCode, { definition, baseSlot });
  return { definition, baseSlot };
});

const removeRow = implement(contract.removeExtensionRow, async (context, { edition: code, unitCode, code: rowCode }) => {
  const unit = await authorise(context, 'extend_table', code, unitCode);
  const edition = await getEditionByCode(context.tx, code);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  await lockKnownExtensions(context.tx, code, unitCode);
  const row = (await listExtensions(context.tx, code, unitCode)).find((one) => one.definition.code === rowCode);
  const extension = found(row, 'extension_row', rowCode);
  await removeExtension(context.tx, code, unit, extension, context.now);
  recordRow(context, 'editions.remove_extension_row', code, unitCode, extension);
  return { done: true as const };
});

function recordRow(context: Context, action: string, editionCode: string, unitCode: string, row: { readonly definition: ExtensionIndicator; readonly baseSlot: number }): void {
  const told: Json = { code: row.definition.code, label: row.definition.label, measure: row.definition.counting.measure, kinds: row.definition.counting.kinds, baseSlot: row.baseSlot };
  const added = action === 'editions.add_extension_row';
  context.record({
    action, unitCode, subjectKind: 'extension_row', subjectId: `${editionCode}/${unitCode}/${row.definition.code}`,
    before: added ? null : told, after: added ? told : null,
  });
}

export const editionActions: readonly Implementation[] = [list, get, setDeadline, suggest, addRow, removeRow, ...closingActions];
