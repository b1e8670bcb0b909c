// Filled forms read in, confirmed and taken back. Reading is slow work and opens files of strangers: it happens before any
// transaction, in a thread of its own. What a form has and the ledger has not becomes adjustments that name the form.
import { randomUUID } from 'node:crypto';
import { type FormFormat, type FormRefusal, formReader, maximumFormBytes } from '../../documents/form-reading.ts';
import { demandChecked } from '../../kernel/checked-upload.ts';
import { type Actor, type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import { openGate } from '../../kernel/gate.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { adjust, takeBack } from '../figures/adjusting.ts';
import { readOwnCounters } from '../figures/queries.ts';
import { allCounters, figuresOf, valuesOf } from '../figures/rules.ts';
import { findSubmittedCut, getPlacedUnit } from '../figures/standing.ts';
import { findPlacement, type Placement } from '../units/queries.ts';
import { confirmForm, listReadForms, readFilledForm, readFormContent, withdrawForm } from './contract.ts';
import type { FormReading } from './model.ts';
import { choicesOf, differencesOf, withLedger } from './rules/confirming.ts';
import { expectedForm } from './rules/expecting.ts';
import { readForm } from './rules/reading.ts';
import * as stored from './stored.ts';

const reader = formReader();
/** A form takes some ten milliseconds; a crowd beyond this is told to come back. */
const gate = openGate(2, 40);

const mediaTypes: { readonly [F in FormFormat]: string } = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  text: 'text/csv',
};

type Asked = Pick<Context, 'tx' | 'actor'>;

async function editionOpen(tx: Context['tx'], code: string, unit: Placement): Promise<UnitEdition> {
  const edition = await getUnitEdition(tx, code, unit.p1);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  return edition;
}

const read = implementInStages(
  readFilledForm,
  async (context, input) => {
    const actor = signedIn(context.actor);
    const { expected, unit } = await context.read(async (tx) => {
      const unit = await authorise({ tx, actor }, 'adjust_figures', input.edition, input.unitCode);
      const edition = await editionOpen(tx, input.edition, unit);
      const { name, shortName } = await getPlacedUnit(tx, edition.code, unit.unitCode);
      return { unit, expected: expectedForm(edition.definition, edition.extensions.map(({ definition }) => definition), [name, shortName]) };
    });
    await demandChecked(context, input.unitCode, 'form');
    const grids = await gate(() => reader.read(context.bytes));
    if (!grids.ok) return refuse(grids.refusal);
    const plain = readForm(grids.grids, expected) ?? refuse('no_form');
    const choices = await context.read((tx) => stored.findChoices(tx, input.edition, unit, fingerprintOf(plain)));
    const reading = choices === null ? plain : (readForm(grids.grids, expected, choices) ?? plain);
    const sha256 = sha256Of(context.bytes);
    await context.blobs.put(sha256, context.bytes);
    return { reading: { ...reading, layout: plain.layout }, remembered: choices !== null, file: { name: input.name, mediaType: mediaTypes[grids.format], bytes: context.bytes.length, sha256, sm3: sm3Of(context.bytes) } };
  },
  async (context, input, { reading, remembered, file }) => {
    const { tx, actor, now } = context;
    const unit = await authorise(context, 'adjust_figures', input.edition, input.unitCode);
    const edition = await editionOpen(tx, input.edition, unit);
    const form = await stored.insertForm(tx, { id: recordId(unit.provinceCode, randomUUID()), editionCode: edition.code, unit, file, reading, uploadedBy: actor.accountId, uploadedAt: now });
    context.record({ action: 'form.read', unitCode: unit.unitCode, subjectKind: 'form', subjectId: form.id, after: { name: file.name, sha256: file.sha256, sm3: file.sm3, asked: reading.doubts.length } });
    const holding = await stored.findHolding(tx, edition.code, unit);
    const ledger = await ledgerFigures(tx, edition, unit, holding);
    return { form: await stored.recordOf(tx, form), reading: withLedger(reading, ledger), ledger, remembered, replaces: holding === null ? null : await stored.recordOf(tx, holding) };
  },
);

function refuse(refusal: FormRefusal | 'no_form'): never {
  if (refusal === 'too_large') return raise(problem('too_large', { maximumBytes: maximumFormBytes }));
  return raise(problem('file_refused', { reason: refusal === 'unreadable' ? 'file_unreadable' : refusal }));
}

const fingerprintOf = ({ layout }: FormReading): string => sha256Of(layout);

/** The unit's own figures as they are without the form that holds. */
async function ledgerFigures(tx: Context['tx'], edition: UnitEdition, unit: Placement, holding: stored.StoredForm | null, lock = false): Promise<Record<string, number>> {
  const row = await readOwnCounters(tx, edition.code, unit, allCounters(edition.layout), lock);
  const values = { ...valuesOf(figuresOf(edition.indicators, edition.layout, row)) };
  const ofForm = holding === null ? [] : await stored.listAdjustmentsOf(tx, holding);
  for (const { indicator, delta } of ofForm) values[indicator] = (values[indicator] ?? 0) - delta;
  return values;
}

const confirm = implement(confirmForm, async (context, input) => {
  const { tx } = context;
  const { form, unit, edition } = await formForChange(context, input.id);
  if (form.confirmedAt !== null) raise(problem('wrong_state', { kind: 'form', state: form.removedLedgerNo === null ? 'confirmed' : 'withdrawn' }));
  const missing = edition.indicators.find(({ code }) => input.figures[code] === undefined);
  if (missing !== undefined) raise(problem('refused_by_rule', { rule: 'form_question_open', indicator: missing.code }));
  const holding = await stored.findHolding(tx, edition.code, unit);
  const ledger = await ledgerFigures(tx, edition, unit, holding, true);
  const below = edition.indicators.find(({ code }) => (input.figures[code] ?? ledger[code] ?? 0) < (ledger[code] ?? 0) && !input.below.includes(code));
  if (below !== undefined) raise(problem('refused_by_rule', { rule: 'form_below_ledger', indicator: below.code, value: input.figures[below.code] ?? 0, ledger: ledger[below.code] ?? 0 }));
  const replacing = holding === null ? null : await remove(context, edition, unit, holding, `由《${form.fileName}》替代`);
  const figures = Object.fromEntries(edition.indicators.map(({ code }) => [code, input.figures[code] ?? null]));
  const held = await hold(context, edition, unit, form, { figures, ledger, replacesId: holding?.id ?? null, after: replacing });
  const choices = choicesOf(form.reading, input.chosen);
  if (choices !== null) await stored.saveChoices(tx, form, fingerprintOf(form.reading), choices, { accountId: context.actor.accountId, at: context.now });
  context.record({ action: 'form.confirm', unitCode: unit.unitCode, subjectKind: 'form', subjectId: form.id, before: holding === null ? null : { replaced: holding.id }, after: { name: form.fileName, sha256: form.sha256, figures } });
  return stored.recordOf(tx, held);
});

const withdraw = implement(withdrawForm, async (context, input) => {
  const { tx } = context;
  const { form, unit, edition } = await formForChange(context, input.id);
  if (form.confirmedAt === null || form.removedLedgerNo !== null) raise(problem('wrong_state', { kind: 'form', state: form.confirmedAt === null ? 'unconfirmed' : 'withdrawn' }));
  const after = await remove(context, edition, unit, form, input.reason);
  const replaced = input.restore && form.replacesId !== null ? await stored.findForm(tx, form.replacesId, true) : undefined;
  if (replaced !== undefined && replaced.figures !== null) {
    const ledger = await ledgerFigures(tx, edition, unit, null, true);
    await hold(context, edition, unit, replaced, { figures: replaced.figures, ledger, replacesId: replaced.replacesId, after });
  }
  context.record({ action: 'form.withdraw', unitCode: unit.unitCode, subjectKind: 'form', subjectId: form.id, before: { name: form.fileName, sha256: form.sha256 }, after: { restored: replaced?.id ?? null }, basis: input.reason });
  return stored.recordOf(tx, found(await stored.findForm(tx, form.id), 'form', form.id));
});

async function formForChange(context: Context, id: string): Promise<{ form: stored.StoredForm; unit: Placement; edition: UnitEdition }> {
  const form = found(await stored.findForm(context.tx, id, true), 'form', id);
  const unit = await authorise(context, 'adjust_figures', form.editionCode, form.unitCode);
  return { form, unit, edition: await editionOpen(context.tx, form.editionCode, unit) };
}

interface Held {
  readonly figures: Readonly<Record<string, number | null>>;
  readonly ledger: Readonly<Record<string, number>>;
  readonly replacesId: string | null;
  /** The ledger's number of what was removed for it. */
  readonly after: number | null;
}

/** Adds what the form has and the ledger has not. */
async function hold(context: Context, edition: UnitEdition, unit: Placement, form: stored.StoredForm, { figures, ledger, replacesId, after }: Held): Promise<stored.StoredForm> {
  let ledgerNo = after ?? (await readOwnCounters(context.tx, edition.code, unit, allCounters(edition.layout))).ledgerNo;
  for (const { indicator, delta } of differencesOf(figures, ledger)) {
    const row = await adjust(context, edition, unit, { indicator, delta, reason: `报表《${form.fileName}》`, formId: form.id });
    ledgerNo = row.ledgerNo;
  }
  return stored.saveConfirmation(context.tx, form, { figures, ledgerNo, replacesId, accountId: context.actor.accountId, accountName: context.actor.name, at: context.now });
}

/** Takes back all that a form added. The ledger's number afterwards. */
async function remove(context: Context, edition: UnitEdition, unit: Placement, form: stored.StoredForm, reason: string): Promise<number> {
  let ledgerNo = (await readOwnCounters(context.tx, edition.code, unit, allCounters(edition.layout), true)).ledgerNo;
  for (const adjustment of await stored.listAdjustmentsOf(context.tx, form)) ledgerNo = await takeBack(context, edition, unit, adjustment, reason);
  await stored.saveRemoval(context.tx, form, ledgerNo);
  return ledgerNo;
}

const list = implement(listReadForms, async (context, input) => {
  const unit = await authorise(context, 'read_ledger', input.edition, input.unitCode);
  const forms = await stored.listConfirmed(context.tx, input.edition, unit);
  return { forms: await Promise.all(forms.map((form) => stored.recordOf(context.tx, form))) };
});

const content = implementInStages(
  readFormContent,
  async (context, { id }) => {
    const actor = signedIn(context.actor);
    const form = await context.read((tx) => readable({ tx, actor }, id));
    const bytes = found(await context.blobs.get(form.sha256), 'form_content', id);
    // Whoever takes a form's file is told of in the trail, though nothing changes.
    await context.write(async (_tx, record) => record({ action: 'form.take', unitCode: form.unitCode, subjectKind: 'form', subjectId: id, after: { name: form.fileName, sha256: form.sha256 } }));
    return { mediaType: form.mediaType, fileName: form.fileName, inline: false, bytes };
  },
  async (_context, _input, file) => file,
);

/** The unit's own people, and those above it once the form stands behind what was submitted. */
async function readable({ tx, actor }: Asked, id: string): Promise<stored.StoredForm> {
  const form = found(await stored.findForm(tx, id), 'form', id);
  const unit = found(await findPlacement(tx, form.editionCode, form.unitCode), 'unit', form.unitCode);
  if (may(actor, 'read_ledger', unit)) return form;
  const cut = may(actor, 'read_submitted_records', unit) ? await findSubmittedCut(tx, form.editionCode, unit) : null;
  if (cut === null) return raise(problem('not_permitted', { verb: 'read_submitted_records', unitCode: form.unitCode }));
  return (await stored.countedAt(tx, form, cut)) ? form : raise(problem('not_found', { kind: 'form', id }));
}

const signedIn = (actor: Actor | null): Actor => actor ?? raise(problem('not_signed_in'));

export const formIntakeActions: readonly Implementation[] = [read, confirm, withdraw, list, content];
