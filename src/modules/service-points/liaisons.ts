// Liaison officers (联络员) of service points: personal information (D4), kept as contacts of enterprises are: wrapped, seen by the unit
// itself only, every look recorded, and erased when they go.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { unwrapJson, wrapJson } from '../../kernel/wrapped-json.ts';
import { dateOf } from '../../shared/instant.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { provinceOfRecord, recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { endLiaison, readLiaisons, saveLiaison } from './contract.ts';
import { listLiaisons, lockLiaison, type SealedLiaison } from './liaisons-reading.ts';
import { liaisonPerson, type LiaisonPerson } from './model.ts';
import { findPoint, type StoredPoint } from './queries.ts';

const boundOf = (id: string): string => `liaison_officer/${id}`;

export function sealLiaison(secrets: Secrets, id: string, person: LiaisonPerson): Promise<string> {
  return wrapJson(secrets, person, boundOf(id));
}

function openLiaison(secrets: Secrets, { id, sealed }: SealedLiaison): Promise<LiaisonPerson> {
  return unwrapJson(secrets, liaisonPerson, sealed, boundOf(id));
}

async function authorised(context: Context, verb: 'read_contacts' | 'keep_contacts', edition: string, id: string): Promise<StoredPoint> {
  const point = found(await findPoint(context.tx, id), 'service_point', id);
  await authorise(context, verb, edition, point.unitCode);
  return point;
}

function recorded(context: Context, action: string, point: StoredPoint, after: { readonly [name: string]: string | number | null }): void {
  context.record({ action, unitCode: point.unitCode, subjectKind: 'service_point', subjectId: point.id, after: { name: point.content.name, ...after } });
}

const read = implement(readLiaisons, async (context, { edition, id }) => {
  const point = await authorised(context, 'read_contacts', edition, id);
  const sealed = await listLiaisons(context.tx, id);
  const liaisons = await Promise.all(sealed.map(async (one) => {
    const { sealed: _sealed, ...rest } = one;
    return { ...rest, person: await openLiaison(context.secrets, one) };
  }));
  recorded(context, 'service_points.read_liaisons', point, { count: liaisons.length });
  return { liaisons };
});

const save = implement(saveLiaison, async (context, { edition, id, liaison, version, side, person, toldOn, since }) => {
  const point = await authorised(context, 'keep_contacts', edition, id);
  if (toldOn > dateOf(context.now)) raise(invalidInput([{ path: 'toldOn', rule: 'date_in_future' }]));
  const { tx, actor, now } = context;
  const key = liaison ?? recordId(provinceOfRecord(id), randomUUID());
  const values = { side, toldOn, since, sealed: await sealLiaison(context.secrets, key, person), changedAt: now };
  if (liaison === null) {
    await tx.insertInto('liaisonOfficer').values({ provinceCode: provinceOfRecord(id), id: key, pointId: id, unitCode: point.unitCode, ...values, until: null, version: 1, createdBy: actor.accountId, createdAt: now }).execute();
  } else {
    const before = await standing(context, id, liaison, version);
    await tx.updateTable('liaisonOfficer').set({ ...values, version: before + 1 }).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', liaison).execute();
  }
  recorded(context, liaison === null ? 'service_points.name_liaison' : 'service_points.correct_liaison', point, { liaison: key, side, since });
  return { done: true as const };
});

/** The version of one in office, as it was read; held until the transaction ends. */
async function standing(context: Context, pointId: string, id: string, seen: number | null): Promise<number> {
  const { version, until } = found(await lockLiaison(context.tx, pointId, id), 'liaison_officer', id);
  if (until !== null) raise(problem('wrong_state', { kind: 'liaison_officer', state: 'ended' }));
  if (version !== seen) raise(problem('stale_version', { version }));
  return version;
}

const end = implement(endLiaison, async (context, { edition, id, liaison, version }) => {
  const point = await authorised(context, 'keep_contacts', edition, id);
  const before = await standing(context, id, liaison, version);
  await context.tx
    .updateTable('liaisonOfficer').set({ sealed: null, until: dateOf(context.now), version: before + 1, changedAt: context.now })
    .where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', liaison).execute();
  recorded(context, 'service_points.end_liaison', point, { liaison });
  return { done: true as const };
});

export const liaisonActions: readonly Implementation[] = [read, save, end];
