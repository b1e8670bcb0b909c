// What is done with service points: proposed, nurtured, inspected, named by another, checked every year, revoked; and what was done there.
import { randomUUID } from 'node:crypto';
import { beyondReach } from '../../kernel/database.ts';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { dateOf } from '../../shared/instant.ts';
import { invalidInput, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getEditionByCode } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { countLiaisons } from './liaisons-reading.ts';
import type { ServicePoint, ServicePointAct } from './model.ts';
import {
  binService, countPoints, findPoint, insertPoint, insertService, insertStep, listPoints, listPublic, listServices, listSteps, lockPoint, type PointActor, savePoint, type StoredPoint,
} from './queries.ts';
import { decideAct, type PointCaller, reviewDueOn, verbsOfPoint } from './rules.ts';

export const actorOf = ({ actor, now }: Context): PointActor => ({ accountId: actor.accountId, accountName: actor.name, now });

function callerAt({ actor }: Context, unit: Placement): PointCaller {
  return { accountId: actor.accountId, writes: may(actor, 'write_ledger', unit), names: may(actor, 'name_service_points', unit) };
}

function shown({ stateBefore: _before, stateBy, ...point }: StoredPoint, caller: PointCaller): ServicePoint {
  return { ...point, reviewDueOn: reviewDueOn(point), may: verbsOfPoint({ ...point, stateBy }, caller) };
}

/** A point whose unit the caller may read, and what they may do there: its own people, and whoever names it from above. */
async function openPoint(context: Context, edition: string, id: string): Promise<{ readonly point: StoredPoint; readonly caller: PointCaller }> {
  const point = found(await findPoint(context.tx, id), 'service_point', id);
  const unit = await authorise(context, 'read_service_points', edition, point.unitCode);
  return { point, caller: callerAt(context, unit) };
}

/** As `openPoint`, for whoever writes there; the point is held. */
export async function holdPoint(context: Context, edition: string, id: string): Promise<{ readonly point: StoredPoint; readonly caller: PointCaller }> {
  const { unitCode } = found(await findPoint(context.tx, id), 'service_point', id);
  const unit = await authorise(context, 'write_ledger', edition, unitCode);
  return { point: found(await lockPoint(context.tx, id), 'service_point', id), caller: callerAt(context, unit) };
}

function notInFuture(context: Context, day: string, path: string): void {
  if (day > dateOf(context.now)) raise(invalidInput([{ path, rule: 'date_in_future' }]));
}

function recorded(context: Context, action: string, { id, unitCode, state, version, content }: StoredPoint, before: StoredPoint | null, basis: string | null = null): void {
  context.record({
    action, unitCode, subjectKind: 'service_point', subjectId: id, ...(before === null ? {} : { before: { version: before.version, state: before.state } }),
    after: { version, state, name: content.name, kind: content.kind }, basis,
  });
}

const list = implement(contract.listServicePoints, async (context, { edition, unitCode, kind, state, query, offset, limit }) => {
  const unit = await authorise(context, 'read_service_points', edition, unitCode);
  const caller = callerAt(context, unit);
  const { points, total } = await listPoints(context.tx, unitCode, { kind: kind ?? null, state: state ?? null, query: query ?? null }, { offset, limit });
  return { points: points.map((point) => shown(point, caller)), total, mayWrite: caller.writes };
});

const count = implement(contract.countServicePoints, async (context, { edition, unitCode }) => {
  await authorise(context, 'read_figures', edition, unitCode);
  const { definition } = await getEditionByCode(context.tx, edition);
  return { counts: await countPoints(context.tx, edition, unitCode, definition.window) };
});

const get = implement(contract.getServicePoint, async (context, { edition, id }) => {
  const { point, caller } = await openPoint(context, edition, id);
  const [steps, services, liaisons] = [await listSteps(context.tx, id), await listServices(context.tx, id), await countLiaisons(context.tx, id)];
  return { point: shown(point, caller), steps, services, liaisons };
});

const add = implement(contract.addServicePoint, async (context, { edition, unitCode, content }) => {
  const unit = await authorise(context, 'write_ledger', edition, unitCode);
  const by = actorOf(context);
  const point = await insertPoint(context.tx, recordId(unit.provinceCode, randomUUID()), unitCode, content, by);
  await insertStep(context.tx, point, { act: 'propose', from: null, onDay: dateOf(context.now), note: '' }, by);
  recorded(context, 'service_points.add', point, null);
  return shown(point, callerAt(context, unit));
});

const edit = implement(contract.editServicePoint, async (context, { edition, id, version, content }) => {
  const { point, caller } = await holdPoint(context, edition, id);
  if (point.version !== version) raise(problem('stale_version', { version: point.version, changedByName: point.changedByName, changedAt: point.changedAt }));
  if (point.state === 'revoked') raise(problem('refused_by_rule', { rule: 'point_wrong_state', name: point.changedByName, at: point.changedAt }));
  const saved = await savePoint(context.tx, point, { content }, actorOf(context));
  recorded(context, 'service_points.edit', saved, point);
  return shown(saved, caller);
});

interface Taken {
  readonly edition: string;
  readonly id: string;
  readonly version: number;
  readonly act: ServicePointAct;
  readonly onDay: string;
  readonly note: string;
}

async function take(context: Context, verb: 'write_ledger' | 'name_service_points', { edition, id, version, act: step, onDay, note }: Taken): Promise<ServicePoint> {
  const { unitCode } = found(await findPoint(context.tx, id), 'service_point', id);
  const unit = await authorise(context, verb, edition, unitCode);
  notInFuture(context, onDay, 'onDay');
  const point = found(await lockPoint(context.tx, id), 'service_point', id);
  const caller = callerAt(context, unit);
  const state = enforce(decideAct(step, point, caller, version, note));
  const standing = {
    state, stateBefore: step === 'revoke' ? point.state : null,
    namedOn: step === 'name' ? onDay : step === 'fail_review' ? null : point.namedOn, reviewedOn: step === 'pass_review' ? onDay : step === 'fail_review' ? null : point.reviewedOn,
  };
  const by = actorOf(context);
  const saved = await savePoint(context.tx, point, { standing }, by);
  await insertStep(context.tx, saved, { act: step, from: point.state, onDay, note }, by);
  recorded(context, `service_points.${step}`, saved, point, note === '' ? null : note);
  return shown(saved, caller);
}

const act = implement(contract.actOnServicePoint, (context, input) => take(context, 'write_ledger', input));
const name = implement(contract.nameServicePoint, (context, input) => take(context, 'name_service_points', input));

const log = implement(contract.logService, async (context, { edition, id, ...service }) => {
  const { point } = await holdPoint(context, edition, id);
  notInFuture(context, service.occurredOn, 'occurredOn');
  if (point.state === 'revoked') raise(problem('refused_by_rule', { rule: 'point_wrong_state', name: point.changedByName, at: point.changedAt }));
  const logged = await insertService(context.tx, point, { id: recordId(Number(id.slice(0, 2)), randomUUID()), ...service }, actorOf(context));
  context.record({ action: 'service_points.log_service', unitCode: point.unitCode, subjectKind: 'service_point', subjectId: id, after: { name: point.content.name, service: logged.id, topic: logged.topic, occurredOn: logged.occurredOn } });
  return logged;
});

const bin = implement(contract.binService, async (context, { edition, id, service, binned }) => {
  const { point } = await holdPoint(context, edition, id);
  const line = found(await binService(context.tx, id, service, binned ? context.now : null), 'point_service', service);
  context.record({ action: binned ? 'service_points.bin_service' : 'service_points.unbin_service', unitCode: point.unitCode, subjectKind: 'service_point', subjectId: id, after: { name: point.content.name, service, occurredOn: line.occurredOn } });
  return line;
});

const findPublic = implement(contract.findServicePoints, async ({ tx }, { unitCode, kind, query, offset, limit }) =>
  beyondReach(tx, 'named_points', () => listPublic(tx, { unitCode: unitCode ?? null, kind: kind ?? null, query: query ?? null }, { offset, limit })));

export const servicePointActions: readonly Implementation[] = [findPublic, count, list, get, add, edit, act, name, log, bin];
