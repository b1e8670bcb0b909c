// What may be asked about service points.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { calendarDate } from '../../shared/instant.ts';
import { done, editionCode, plainText, queryInteger, recordIdentifier, unitCode } from '../../shared/wire.ts';
import { visitTopic } from '../visits/model.ts';
import {
  liaisonOfficer, liaisonPerson, liaisonSide, namingAct, pointCount, pointService, publicPoint, servicePoint, servicePointContent, servicePointKind, servicePointState, servicePointStep, workingAct,
} from './model.ts';

const ofUnit = { edition: editionCode, unitCode };
const one = { edition: editionCode, id: recordIdentifier };
const version = z.number().int().min(1).max(1_000_000);
const path = '/api/editions/:edition/service-points/:id';

export const listServicePoints = endpoint({
  name: 'service_points.list',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/service-points',
  summary: 'Service points of a unit, those whose yearly check is due first.',
  input: z.strictObject({ ...ofUnit, kind: servicePointKind.optional(), state: servicePointState.optional(), query: plainText(60).optional(), offset: queryInteger(0, 1_000_000, 0), limit: queryInteger(1, 200, 50) }),
  output: z.object({ points: z.array(servicePoint), total: z.number().int(), mayWrite: z.boolean() }),
});

export const countServicePoints = endpoint({
  name: 'service_points.count',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/service-points/counts',
  summary: 'How many points the unit and all below it have, by kind, and what their logs hold of this edition\'s window; figures only.',
  input: z.strictObject(ofUnit),
  output: z.object({ counts: z.array(pointCount) }),
});

export const getServicePoint = endpoint({
  name: 'service_points.get',
  method: 'GET',
  path,
  summary: 'One point with what brought it where it is, and its service log.',
  input: z.strictObject(one),
  output: z.object({ point: servicePoint, steps: z.array(servicePointStep), services: z.array(pointService), liaisons: z.number().int() }),
});

export const addServicePoint = endpoint({
  name: 'service_points.add',
  method: 'POST',
  path: '/api/editions/:edition/units/:unitCode/service-points',
  summary: 'A new candidate.',
  input: z.strictObject({ ...ofUnit, content: servicePointContent }),
  output: servicePoint,
  problems: ['refused_by_rule'],
});

export const editServicePoint = endpoint({
  name: 'service_points.edit',
  method: 'PUT',
  path,
  summary: 'Changes what is written of a point; `version` is the one that was read.',
  input: z.strictObject({ ...one, version, content: servicePointContent }),
  output: servicePoint,
  problems: ['stale_version', 'refused_by_rule'],
});

export const actOnServicePoint = endpoint({
  name: 'service_points.act',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/acts',
  summary: 'One step on the way to a name, or the yearly check. What fails needs a note.',
  input: z.strictObject({ ...one, version, act: workingAct, onDay: calendarDate, note: plainText(200, 0).default('') }),
  output: servicePoint,
  problems: ['stale_version', 'refused_by_rule'],
});

export const nameServicePoint = endpoint({
  name: 'service_points.name',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/naming',
  summary: 'Names a point, which makes it public, revokes it with a reason, or takes that back; by the head or the upper unit, and never by whoever inspected it.',
  input: z.strictObject({ ...one, version, act: namingAct, onDay: calendarDate, note: plainText(200, 0).default('') }),
  output: servicePoint,
  problems: ['stale_version', 'refused_by_rule'],
  stepUp: true,
});

export const readLiaisons = endpoint({
  name: 'service_points.read_liaisons',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/liaisons/read',
  summary: 'Liaison officers of a point: personal information, so that the look is recorded.',
  input: z.strictObject(one),
  output: z.object({ liaisons: z.array(liaisonOfficer) }),
});

export const saveLiaison = endpoint({
  name: 'service_points.save_liaison',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/liaisons',
  summary: 'Names a liaison officer (`id` null), or corrects one. `toldOn`: when the person was told what the telephone number is kept for.',
  input: z.strictObject({ ...one, liaison: recordIdentifier.nullable(), version: version.nullable(), side: liaisonSide, person: liaisonPerson, toldOn: calendarDate, since: calendarDate }),
  output: done,
  problems: ['stale_version', 'refused_by_rule'],
});

export const endLiaison = endpoint({
  name: 'service_points.end_liaison',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/liaisons/:liaison/end',
  summary: 'A liaison officer goes: name and number are erased, that there was one stays.',
  input: z.strictObject({ ...one, liaison: recordIdentifier, version }),
  output: done,
  problems: ['stale_version', 'wrong_state'],
});

export const logService = endpoint({
  name: 'service_points.log_service',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/services',
  summary: 'One line of the service log. Not what was confided: what it was about.',
  input: z.strictObject({ ...one, occurredOn: calendarDate, topic: visitTopic, enterpriseName: plainText(60, 0).default(''), what: plainText(300, 2) }),
  output: pointService,
  problems: ['refused_by_rule'],
});

export const binService = endpoint({
  name: 'service_points.bin_service',
  method: 'POST',
  path: '/api/editions/:edition/service-points/:id/services/:service/bin',
  summary: 'Takes a line of the log out, or brings it back.',
  input: z.strictObject({ ...one, service: recordIdentifier, binned: z.boolean() }),
  output: pointService,
});

export const findServicePoints = endpoint({
  name: 'service_points.find_public',
  method: 'GET',
  path: '/api/service-points',
  summary: 'Named points for anybody: by place (a unit and all below it), kind and words.',
  access: 'public',
  limit: 'visitor',
  input: z.strictObject({ unitCode: unitCode.optional(), kind: servicePointKind.optional(), query: plainText(40).optional(), offset: queryInteger(0, 100_000, 0), limit: queryInteger(1, 100, 50) }),
  output: z.object({ points: z.array(publicPoint), total: z.number().int() }),
});
