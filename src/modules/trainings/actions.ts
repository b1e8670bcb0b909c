// What officers do with trainings: drafted, announced, held or called off, corrected; people added, checked in, read out. The ledger
// follows in the same transaction.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { qrPathOf } from '../../documents/qr.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfUnit, recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { openLedger, refuseIssues } from '../activities/actions.ts';
import { findEntryOfWork } from '../activities/queries.ts';
import { getEditionByCode } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import { venueCodeAt } from './codes.ts';
import * as contract from './contract.ts';
import { keepTrainingEntry } from './counting.ts';
import type { Training } from './model.ts';
import { countIn, demandOpenToday, nameOf, takePlace } from './people.ts';
import {
  countAll, findFeedback, findPlace, findPlaceByCode, findTraining, findWas, insertTraining, listPlaces, listTrainings, lockTraining, saveTraining, type StoredTraining, type TrainingBy,
} from './queries.ts';
import { canDo, decideAct, mostEnterprises, trainingIssues, trainingWork, verbsOfTraining } from './rules.ts';

type Caller = Parameters<typeof verbsOfTraining>[1];

const byOf = ({ actor, now }: Context): TrainingBy => ({ accountId: actor.accountId, accountName: actor.name, now });

async function callerAt({ tx, actor }: Context, unit: Placement, editionCode: string): Promise<Caller> {
  const { closedAt } = await getEditionByCode(tx, editionCode);
  return { writes: may(actor, 'run_trainings', unit), opens: may(actor, 'open_trainings', unit), editionClosed: closedAt !== null };
}

const noCounts = { places: 0, checkIns: 0, enterprises: 0, attendances: 0 };

function asShown({ stateBefore: _before, ...training }: StoredTraining, counts: Training['counts'], caller: Caller): Training {
  return { ...training, counts, may: verbsOfTraining(training, caller) };
}

async function shown(context: Context, training: StoredTraining, caller: Caller): Promise<Training> {
  return asShown(training, (await countAll(context.tx, [training])).get(training.id) ?? noCounts, caller);
}

/** A training whose unit's ledger the caller may read. */
async function openReading(context: Context, id: string): Promise<{ readonly training: StoredTraining; readonly caller: Caller }> {
  const training = found(await findTraining(context.tx, id), 'training', id);
  const unit = await authorise(context, 'read_ledger', training.editionCode, training.unitCode);
  return { training, caller: await callerAt(context, unit, training.editionCode) };
}

/** A training the caller may run, held until the transaction ends; while the edition is open. */
async function hold(context: Context, id: string, verb: 'run_trainings' | 'open_trainings' = 'run_trainings'): Promise<{ readonly training: StoredTraining; readonly caller: Caller }> {
  const { editionCode, unitCode } = found(await findTraining(context.tx, id), 'training', id);
  const unit = await authorise(context, verb, editionCode, unitCode);
  const caller = await callerAt(context, unit, editionCode);
  if (caller.editionClosed) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  return { training: found(await lockTraining(context.tx, id), 'training', id), caller };
}

function recorded(context: Context, action: string, { id, unitCode, version, state, content }: StoredTraining, more: { readonly before?: StoredTraining; readonly basis?: string; readonly after?: { readonly [name: string]: string | number | boolean | null } } = {}): void {
  context.record({
    action: `trainings.${action}`, unitCode, subjectKind: 'training', subjectId: id, ...(more.before === undefined ? {} : { before: { version: more.before.version, state: more.before.state } }),
    after: { version, state, title: content.title, ...more.after }, basis: more.basis ?? null,
  });
}

const list = implement(contract.listTrainings, async (context, { edition, unitCode, state, offset, limit }) => {
  const unit = await authorise(context, 'read_ledger', edition, unitCode);
  const caller = await callerAt(context, unit, edition);
  const { trainings, total } = await listTrainings(context.tx, { provinceCode: unit.provinceCode, editionCode: edition, unitCode }, state ?? null, { offset, limit });
  const counts = await countAll(context.tx, trainings);
  return { trainings: trainings.map((one) => asShown(one, counts.get(one.id) ?? noCounts, caller)), total, mayWrite: caller.writes && !caller.editionClosed };
});

const get = implement(contract.getTraining, async (context, { id }) => {
  const { training, caller } = await openReading(context, id);
  const entryId = await findEntryOfWork(context.tx, provinceOfUnit(training.unitCode), { kind: trainingWork, id, part: 'training' });
  const { enterprises } = await findWas(context.tx, id);
  return { training: await shown(context, training, caller), feedback: await findFeedback(context.tx, id), entryId: entryId ?? null, beyond: Math.max(0, enterprises.length - mostEnterprises) };
});

const create = implement(contract.createTraining, async (context, { edition, unitCode, content }) => {
  const unit = await authorise(context, 'run_trainings', edition, unitCode);
  const ledger = await openLedger(context, edition, unitCode);
  refuseIssues(trainingIssues(content, ledger.edition.definition));
  const training = await insertTraining(context.tx, ledger.key, recordId(unit.provinceCode, randomUUID()), content, byOf(context));
  recorded(context, 'create', training);
  return asShown(training, noCounts, await callerAt(context, unit, edition));
});

const save = implement(contract.saveTraining, async (context, { id, version, content }) => {
  const { training, caller } = await hold(context, id);
  enforce(canDo('edit', training, version));
  const edition = await getEditionByCode(context.tx, training.editionCode);
  refuseIssues(trainingIssues(content, edition.definition));
  const saved = await saveTraining(context.tx, training, { content }, byOf(context));
  await keepTrainingEntry(context, saved);
  recorded(context, 'save', saved, { before: training });
  return shown(context, saved, caller);
});

const open = implement(contract.openTraining, async (context, { id, version }) => {
  const { training, caller } = await hold(context, id, 'open_trainings');
  enforce(canDo('open', training, version));
  const saved = await saveTraining(context.tx, training, { standing: { state: 'open', stateBefore: training.state, reason: null } }, byOf(context));
  recorded(context, 'open', saved, { before: training });
  return shown(context, saved, caller);
});

const act = implement(contract.actOnTraining, async (context, { id, version, act: step, reason }) => {
  const { training, caller } = await hold(context, id);
  const state = enforce(decideAct(step, { ...training, startsAt: training.content.startsAt }, version, { reason, now: context.now }));
  const saved = await saveTraining(context.tx, training, { standing: { state, stateBefore: training.state, reason: step === 'cancel' ? reason : null } }, byOf(context));
  await keepTrainingEntry(context, saved);
  recorded(context, step, saved, { before: training, ...(reason === '' ? {} : { basis: reason }) });
  return shown(context, saved, caller);
});

const correct = implement(contract.correctTraining, async (context, { id, version, corrected, reason }) => {
  const { training, caller } = await hold(context, id);
  enforce(canDo('correct', training, version));
  const saved = await saveTraining(context.tx, training, { correction: { corrected, correctedFor: reason } }, byOf(context));
  await keepTrainingEntry(context, saved);
  recorded(context, 'correct', saved, { before: training, basis: reason, after: { corrected } });
  return shown(context, saved, caller);
});

const addPerson = implement(contract.addPerson, async (context, { id, enterprise, name, present }) => {
  const { training } = await hold(context, id);
  enforce(canDo('run', training, null));
  const { id: place, code } = await takePlace(context, training, { person: { enterprise, name }, origin: 'officer', key: randomUUID() });
  if (present) await countIn(context, training, place, 'officer');
  recorded(context, 'add_person', training, { after: { place, present } });
  return { code };
});

const readPeople = implement(contract.readPeople, async (context, { id }) => {
  const training = found(await findTraining(context.tx, id), 'training', id);
  await authorise(context, 'run_trainings', training.editionCode, training.unitCode);
  const people = [];
  for (const place of await listPlaces(context.tx, id)) people.push({ id: place.id, name: await nameOf(context.secrets, place), enterprise: place.enterprise, origin: place.origin, days: [...place.days] });
  recorded(context, 'read_people', training, { after: { count: people.length } });
  return { people };
});

const checkIn = implement(contract.checkIn, async (context, { id, who }) => {
  const training = found(await findTraining(context.tx, id), 'training', id);
  await authorise(context, 'run_trainings', training.editionCode, training.unitCode);
  const place = 'ticket' in who ? await findPlaceByCode(context.tx, who.ticket) : await findPlace(context.tx, id, who.place);
  if (place === undefined || place.trainingId !== id) raise(problem('refused_by_rule', { rule: 'training_ticket', name: '', at: context.now }));
  if (place.withdrawnAt !== null) raise(problem('refused_by_rule', { rule: 'training_withdrawn', name: '', at: place.withdrawnAt }));
  const outcome = await countIn(context, training, place.id, 'officer');
  recorded(context, outcome === 'counted' ? 'check_in' : 'check_in_again', training, { after: { place: place.id } });
  return { outcome, enterprise: place.enterprise.name, day: dateOf(context.now), name: await nameOf(context.secrets, place) };
});

const screen = implement(contract.getVenueScreen, async (context, { id, origin }) => {
  const training = found(await findTraining(context.tx, id), 'training', id);
  await authorise(context, 'run_trainings', training.editionCode, training.unitCode);
  demandOpenToday(context, training);
  const { code, secondsLeft } = await venueCodeAt(context.secrets, id, context.now);
  const address = `${originOf(context, origin)}/trainings/${id}/here?code=${code}`;
  const counts = (await countAll(context.tx, [training])).get(id) ?? noCounts;
  return { title: training.content.title, address, qr: qrPathOf(address), secondsLeft, checkIns: counts.checkIns, day: dateOf(context.now) };
});

/** Of the settings; where there are none, of the page that asks. */
export function originOf({ site }: Pick<Context, 'site'>, asked: string | undefined): string {
  return site.publicUrl === null ? (asked ?? '') : new URL(site.publicUrl).origin;
}

export const trainingActions: readonly Implementation[] = [list, get, create, save, open, act, correct, addPerson, readPeople, checkIn, screen];
