// What is done with returns: acts, notes, and the readings of versions, changes, differences and past instants.
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import type { Instant } from '../../shared/instant.ts';
import { type Json, problem } from '../../shared/problem.ts';
import { authorise } from '../access/queries.ts';
import { seesOwnRows } from '../access/rules.ts';
import { getDeadlines, getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { isLate } from '../editions/rules.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import { findSeal } from '../seals/queries.ts';
import { type ActStatement, loggedSeal } from '../seals/rules.ts';
import { sealReturn, signAct } from '../seals/sealing.ts';
import type { Placement } from '../units/queries.ts';
import { assembleLive, findingsOn, freeze } from './assembly.ts';
import { getReturn, getReturnVersion, listReturnActs, takeReturnAct, writeFindingNote } from './contract.ts';
import type { ReturnCommand } from './model.ts';
import { actingUnitOf, appendAct, findVersion, insertVersion, keyOf, listActs, listNotes, lockReturn, saveNote } from './queries.ts';
import { readingActions } from './readings.ts';
import { type ActPayload, actsSeen, basisFor, decideAct, type ReturnStatus, statusAfter, statusOf, statusSeen, submittedVersionsOf, verbOf } from './rules.ts';
import { actShown, isFrozen, viewReturn } from './view.ts';

const read = implement(getReturn, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  return viewReturn(context, await getUnitEdition(context.tx, input.edition, unit.p1), unit);
});

const act = implement(takeReturnAct, async (context, input) => {
  const { command } = input;
  const unit = await authorise(context, verbOf(command.act), input.edition, input.unitCode);
  const edition = await getUnitEdition(context.tx, input.edition, unit.p1);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const key = keyOf(edition.code, unit);
  await lockReturn(context.tx, key, context.now);
  const acts = await listActs(context.tx, key);
  const status = statusOf(acts);
  // Decided on what the caller sees: a refusal names who acted last, and that may be the unit's own affair.
  enforce(decideAct(statusSeen(acts, basisFor(context.actor, unit)), { act: command.act, accountId: context.actor.accountId, hasUpper: unit.parentCode !== null, seenVersion: input.version }));
  const returnVersion = command.act === 'send_for_review' ? await freezeNow(context, edition, unit, status) : status.frozenVersion;
  // Acts of one return never go back in time, whatever the machine's clock did.
  const at = status.last !== null && status.last.at > context.now ? status.last.at : context.now;
  const { payload, logged } = await payloadOf(context, { edition, unit, number: status.frozenVersion, at }, command);
  const taken = { number: status.version + 1, act: command.act, returnVersion, accountId: context.actor.accountId, accountName: context.actor.name, at, payload };
  const next = statusAfter(status, taken);
  await appendAct(context.tx, key, taken, actingUnitOf(command.act, unit), next);
  context.record({
    action: `return_${command.act}`, unitCode: unit.unitCode, subjectKind: 'return', subjectId: `${edition.code}/${unit.unitCode}`,
    before: { state: status.state, version: status.version }, after: { state: next.state, version: next.version, returnVersion, ...logged }, basis: 'reason' in command ? command.reason : null,
  });
  return viewReturn(context, edition, unit);
});

/** Freezes the table: no hard finding may stand, every soft one must have its 说明. Returns the version's number. */
async function freezeNow(context: Context, edition: UnitEdition, unit: Placement, status: ReturnStatus): Promise<number> {
  const key = keyOf(edition.code, unit);
  const live = await assembleLive(context.tx, edition, unit, true);
  const notes = await listNotes(context.tx, key);
  const findings = findingsOn(edition, live, notes);
  const hard = findings.filter(({ severity }) => severity === 'hard');
  if (hard.length > 0) raise(problem('hard_findings', { checks: hard.map(({ check }) => check) }));
  const silent = findings.filter(({ note }) => note === null);
  if (silent.length > 0) raise(problem('notes_missing', { checks: silent.map(({ check }) => check) }));
  // The nation's table is accepted by nobody: what it corrects is what it sealed.
  const correctedNumber = unit.parentCode === null ? status.sealedVersion : status.acceptedVersion;
  const version = freeze({
    edition, live, status,
    unit: await getPlacedUnit(context.tx, edition.code, unit.unitCode),
    previous: status.frozenVersion === 0 ? null : ((await findVersion(context.tx, key, status.frozenVersion)) ?? null),
    corrected: correctedNumber === null ? null : ((await findVersion(context.tx, key, correctedNumber)) ?? null),
    notes: findings.flatMap(({ check, note }) => (note === null ? [] : [{ check, note }])),
    preparedBy: context.actor.name,
    now: context.now,
  });
  await insertVersion(context.tx, key, version, context.now);
  return version.content.number;
}

interface Acting {
  readonly edition: UnitEdition;
  readonly unit: Placement;
  /** Of the frozen version. */
  readonly number: number;
  readonly at: Instant;
}

interface Carried {
  readonly payload: ActPayload;
  /** What the audit record says beside the state, so that the log covers seals and signatures. */
  readonly logged: { readonly [key: string]: Json };
}

/** What an act carries: reasons, or at the seal, the submission and the taking what the server adds and signs. */
async function payloadOf(context: Context, acting: Acting, command: ReturnCommand): Promise<Carried> {
  switch (command.act) {
    case 'return_for_correction':
    case 'return_by_upper':
      return { payload: { reasons: command.reasons }, logged: {} };
    case 'request_correction':
    case 'decline_correction':
    case 'reopen':
      return { payload: { reason: command.reason }, logged: {} };
    case 'seal':
      return sealNow(context, acting);
    case 'submit': {
      const { due } = await getDeadlines(context.tx, acting.edition, acting.unit);
      return signNow(context, acting, { act: 'submit', due, late: isLate(context.now, due) });
    }
    case 'accept':
      return signNow(context, acting, { act: 'accept', due: null, late: null });
    case 'self_check':
    case 'send_for_review':
    case 'withdraw':
    case 'approve':
    case 'sign':
      return { payload: {}, logged: {} };
  }
}

async function sealNow(context: Context, { edition, unit, number, at }: Acting): Promise<Carried> {
  const version = found(await findVersion(context.tx, keyOf(edition.code, unit), number), 'return_version', String(number));
  const { sha256, sm3 } = version;
  const seal = await sealReturn(context, { edition: edition.code, unit: unit.unitCode, version: number, sha256, sm3, at, by: context.actor.name }, context.requestId);
  return { payload: { receiptCode: seal.receiptCode }, logged: { seal: loggedSeal(seal) } };
}

async function signNow(context: Context, { edition, unit, number, at }: Acting, said: Pick<ActStatement, 'act' | 'due' | 'late'>): Promise<Carried> {
  const { sha256, receiptCode } = found(await findSeal(context.tx, edition.code, unit.unitCode, number), 'seal', String(number));
  const signed = await signAct(context, { ...said, edition: edition.code, unit: unit.unitCode, version: number, sha256, actingUnit: actingUnitOf(said.act, unit), at, by: context.actor.name });
  const { due, late } = said;
  return { payload: due === null || late === null ? { signed } : { late, due, receiptCode, signed }, logged: { sha256, signature: signed.signature } };
}

const note = implement(writeFindingNote, async (context, input) => {
  const unit = await authorise(context, 'self_check', input.edition, input.unitCode);
  const edition = await getUnitEdition(context.tx, input.edition, unit.p1);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  const key = keyOf(edition.code, unit);
  await lockReturn(context.tx, key, context.now);
  const status = statusOf(await listActs(context.tx, key));
  if (isFrozen(status.state)) raise(problem('wrong_state', { act: 'write_note', state: status.state, by: status.last?.by ?? null, at: status.last?.at ?? null, lastAct: status.last?.act ?? null }));
  await saveNote(context.tx, key, input.check, input.note, { accountId: context.actor.accountId, accountName: context.actor.name, at: context.now });
  context.record({ action: input.note === null ? 'note_removed' : 'note_written', unitCode: unit.unitCode, subjectKind: 'finding_note', subjectId: `${edition.code}/${unit.unitCode}/${input.check}`, after: { note: input.note } });
  return viewReturn(context, edition, unit);
});

const version = implement(getReturnVersion, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  const key = keyOf(input.edition, unit);
  const shown = basisFor(context.actor, unit) === 'own' || submittedVersionsOf(await listActs(context.tx, key)).has(input.number);
  const stored = found(shown ? await findVersion(context.tx, key, input.number) : undefined, 'return_version', String(input.number));
  return { ...stored, extension: seesOwnRows(context.actor, unit.provinceCode) ? stored.extension : null, seal: await findSeal(context.tx, input.edition, unit.unitCode, input.number) };
});

const list = implement(listReturnActs, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  const all = await listActs(context.tx, keyOf(input.edition, unit));
  return { acts: actsSeen(all, basisFor(context.actor, unit)).map((one) => actShown(one, unit)) };
});

export const returnActions: readonly Implementation[] = [read, act, note, version, list, ...readingActions];
