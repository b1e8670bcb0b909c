// Who comes to trainings: names are personal information (D4), wrapped under the root; places are taken one after the other, so that
// capacity holds whoever is first.
import { randomUUID } from 'node:crypto';
import { type Context, raise } from '../../kernel/context.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { hashToken } from '../../kernel/session-cookie.ts';
import { dateOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import type { Attendance } from '../enterprises/model.ts';
import { personKeyOf, ticketCodeOf } from './codes.ts';
import { countPlaces, findPlaceOfPerson, insertCheckIn, insertPlace, newRecord, type StoredPlace, type StoredTraining } from './queries.ts';
import { closedForOf, isDayOf } from './rules.ts';

const boundOf = (id: string): string => `training_place/${id}`;

export function sealName(secrets: Secrets, id: string, name: string): Promise<string> {
  return secrets.wrap(Buffer.from(name, 'utf8'), boundOf(id));
}

export async function nameOf(secrets: Secrets, { id, sealed }: Pick<StoredPlace, 'id' | 'sealed'>): Promise<string | null> {
  return sealed === null ? null : (await secrets.unwrap(sealed, boundOf(id))).toString('utf8');
}

export interface Person {
  readonly enterprise: Attendance;
  readonly name: string;
}

interface Taking {
  readonly person: Person;
  readonly origin: 'site' | 'officer' | 'venue';
  /** Of this sign-up: the same once more is the same ticket. */
  readonly key: string;
}

/** A place for a person in a training that is held; whoever is at the door is let in beyond the capacity. */
export async function takePlace(context: Context, training: StoredTraining, { person, origin, key }: Taking): Promise<{ readonly id: string; readonly code: string }> {
  const { tx, secrets, now, actor } = context;
  const personKey = await personKeyOf(secrets, training.id, person.enterprise, person.name);
  const code = await ticketCodeOf(secrets, Number(training.id.slice(0, 2)), JSON.stringify([training.id, key, personKey]));
  const before = await findPlaceOfPerson(tx, training.id, personKey);
  if (before !== undefined) return before.codeHash === hashToken(code) ? { id: before.id, code } : raise(problem('duplicate', { kind: 'training_place' }));
  const closed = origin === 'site' ? closedForOf(training, await countPlaces(tx, training.id), now) : null;
  if (closed !== null) raise(problem('refused_by_rule', { rule: `training_${closed}`, name: training.changedByName, at: training.changedAt }));
  const id = newRecord(training, randomUUID());
  const taken = await insertPlace(tx, training, { id, enterprise: person.enterprise, sealed: await sealName(secrets, id, person.name), personKey, code, origin }, { accountId: actor.accountId === '' ? null : actor.accountId, now });
  return taken ? { id, code } : raise(problem('duplicate', { kind: 'training_place' }));
}

/** Counts a person today, once; refused on days the training is not held. */
export async function countIn(context: Context, training: StoredTraining, placeId: string, way: 'officer' | 'venue'): Promise<'counted' | 'before'> {
  demandOpenToday(context, training);
  return (await insertCheckIn(context.tx, training, placeId, { day: dateOf(context.now), way, at: context.now })) ? 'counted' : 'before';
}

export function demandOpenToday({ now }: Pick<Context, 'now'>, training: StoredTraining): void {
  if (training.state !== 'open') raise(problem('wrong_state', { kind: 'training', state: training.state }));
  if (!isDayOf(training.content, dateOf(now))) raise(problem('refused_by_rule', { rule: 'training_not_today', name: training.changedByName, at: training.changedAt }));
}
