// What anybody does with trainings: finds them, takes a place, shows a ticket, gives it back, checks in at the venue, says what it was
// like. Whoever asks reaches no unit: all of it goes through the crossing `trainings`, and tells of other people nothing.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { beyondReach } from '../../kernel/database.ts';
import { qrPathOf } from '../../documents/qr.ts';
import { dateOf, type Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { originOf } from './actions.ts';
import { isVenueCode, makePass, personKeyOf, readPass } from './codes.ts';
import * as contract from './contract.ts';
import type { PublicTraining } from './model.ts';
import { countIn, demandOpenToday, nameOf, takePlace } from './people.ts';
import { countPlaces, findPlaceByCode, findPlaceOfPerson, findTraining, findUnitName, keepFeedback, listAnnounced, lockTraining, newRecord, spendPass, type StoredPlace, type StoredTraining, withdrawPlace } from './queries.ts';
import { closedForOf } from './rules.ts';

function shown({ id, unitCode, state, reason, content: { links: _links, ...content }, content: whole, demonstration }: StoredTraining, unitName: string, places: number, now: Instant): PublicTraining {
  const closed = closedForOf({ state, content: whole }, places, now);
  return { id, unitCode, unitName, content, left: content.capacity === null ? null : Math.max(0, content.capacity - places), closed, reason, demonstration };
}

async function announced({ tx, now }: Context, training: StoredTraining): Promise<PublicTraining> {
  return shown(training, await findUnitName(tx, training.unitCode), await countPlaces(tx, training.id), now);
}

/** A training that was ever announced. */
const isAnnounced = ({ state, stateBefore }: StoredTraining): boolean => state !== 'draft' && !(state === 'cancelled' && stateBefore !== 'open');

async function findAnnounced({ tx }: Context, id: string, hold = false): Promise<StoredTraining> {
  const training = found(hold ? await lockTraining(tx, id) : await findTraining(tx, id), 'training', id);
  return isAnnounced(training) ? training : raise(problem('not_found', { kind: 'training', id }));
}

function recorded(context: Context, action: string, { id, unitCode, content }: StoredTraining): void {
  context.record({ action: `trainings.${action}`, unitCode, subjectKind: 'training', subjectId: id, after: { title: content.title } });
}

const find = implement(contract.findTrainings, async ({ tx, now }, { unitCode, offset, limit }) =>
  beyondReach(tx, 'trainings', async () => {
    const { trainings, total } = await listAnnounced(tx, unitCode ?? null, now, { offset, limit });
    return { trainings: trainings.map(({ unitName, places, ...training }) => shown(training, unitName, places, now)), total };
  }));

const get = implement(contract.getPublicTraining, async (context, { id }) => beyondReach(context.tx, 'trainings', async () => announced(context, await findAnnounced(context, id))));

const signUp = implement(contract.signUp, async (context, { id, enterprise, name, key }) =>
  beyondReach(context.tx, 'trainings', async () => {
    const training = await findAnnounced(context, id, true);
    const { code } = await takePlace(context, training, { person: { enterprise, name }, origin: 'site', key });
    recorded(context, 'sign_up', training);
    return { code };
  }));

async function ofTicket({ tx }: Context, code: string): Promise<{ readonly place: StoredPlace; readonly training: StoredTraining }> {
  const place = found(await findPlaceByCode(tx, code), 'training_ticket', code.slice(0, 2));
  return { place, training: found(await findTraining(tx, place.trainingId), 'training', place.trainingId) };
}

const asksFeedback = ({ state }: StoredTraining, { days, answered, withdrawnAt }: StoredPlace): boolean => state !== 'cancelled' && days.length > 0 && !answered && withdrawnAt === null;

const getTicket = implement(contract.getTicket, async (context, { code, origin }) =>
  beyondReach(context.tx, 'trainings', async () => {
    const { place, training } = await ofTicket(context, code);
    return {
      training: await announced(context, training), edition: training.editionCode, name: await nameOf(context.secrets, place), enterprise: place.enterprise.name, withdrawn: place.withdrawnAt !== null, days: [...place.days],
      links: place.withdrawnAt === null ? training.content.links : [], asksFeedback: asksFeedback(training, place),
      // Behind the mark, so that the code is in no log of addresses.
      qr: qrPathOf(`${originOf(context, origin)}/${training.editionCode}/${training.unitCode}/trainings/${training.id}/check-in#${code}`),
    };
  }));

const withdraw = implement(contract.withdrawTicket, async (context, { code }) =>
  beyondReach(context.tx, 'trainings', async () => {
    const { place, training } = await ofTicket(context, code);
    if (place.days.length > 0 || training.state !== 'open') raise(problem('wrong_state', { kind: 'training_place', state: place.days.length > 0 ? 'checked_in' : training.state }));
    if (place.withdrawnAt === null) await withdrawPlace(context.tx, place, context.now);
    recorded(context, 'withdraw', training);
    return { done: true as const };
  }));

const feedback = implement(contract.giveFeedback, async (context, { code, stars, text }) =>
  beyondReach(context.tx, 'trainings', async () => {
    const { place, training } = await ofTicket(context, code);
    if (place.answered) raise(problem('duplicate', { kind: 'training_feedback' }));
    if (!asksFeedback(training, place)) raise(problem('wrong_state', { kind: 'training_place', state: 'not_checked_in' }));
    if (!(await keepFeedback(context.tx, training, place, { id: newRecord(training, randomUUID()), stars, text, givenOn: dateOf(context.now) }))) raise(problem('duplicate', { kind: 'training_feedback' }));
    recorded(context, 'feedback', training);
    return { done: true as const };
  }));

const venue = implement(contract.openVenue, async (context, { id, code }) =>
  beyondReach(context.tx, 'trainings', async () => {
    const training = await findAnnounced(context, id);
    demandOpenToday(context, training);
    if (!(await isVenueCode(context.secrets, id, code, context.now))) raise(problem('refused_by_rule', { rule: 'venue_code_old', name: '', at: context.now }));
    return { training: await announced(context, training), pass: await makePass(context.secrets, id, context.now) };
  }));

const here = implement(contract.checkInAtVenue, async (context, { id, pass, who }) =>
  beyondReach(context.tx, 'trainings', async () => {
    const { tx, secrets, now } = context;
    const training = await findAnnounced(context, id);
    demandOpenToday(context, training);
    const known = await readPass(secrets, id, pass, now);
    if (known === null) raise(problem('refused_by_rule', { rule: 'venue_code_old', name: '', at: now }));
    if (!(await spendPass(tx, id, pass, known.expiresAt))) raise(problem('duplicate', { kind: 'training_pass' }));
    const place = 'ticket' in who ? await holderOf(context, training, who.ticket) : await comerOf(context, training, who);
    const outcome = await countIn(context, training, place.id, 'venue');
    recorded(context, outcome === 'counted' ? 'check_in_at_venue' : 'check_in_again', training);
    return { outcome, enterprise: place.enterprise, day: dateOf(now) };
  }));

async function holderOf({ tx, now }: Context, { id }: StoredTraining, code: string): Promise<{ readonly id: string; readonly enterprise: string }> {
  const place = await findPlaceByCode(tx, code);
  if (place === undefined || place.trainingId !== id) raise(problem('refused_by_rule', { rule: 'training_ticket', name: '', at: now }));
  if (place.withdrawnAt !== null) raise(problem('refused_by_rule', { rule: 'training_withdrawn', name: '', at: place.withdrawnAt }));
  return { id: place.id, enterprise: place.enterprise.name };
}

/** Somebody without a ticket: whoever has a place by this name is that person. */
async function comerOf(context: Context, training: StoredTraining, person: Parameters<typeof takePlace>[2]['person']): Promise<{ readonly id: string; readonly enterprise: string }> {
  const key = await personKeyOf(context.secrets, training.id, person.enterprise, person.name);
  const before = await findPlaceOfPerson(context.tx, training.id, key);
  const { id } = before ?? (await takePlace(context, training, { person, origin: 'venue', key: randomUUID() }));
  return { id, enterprise: person.enterprise.name };
}

export const publicTrainingActions: readonly Implementation[] = [find, get, signUp, getTicket, withdraw, feedback, venue, here];
