// Service points (服务站点): places with a standing link between bureau and enterprises, and how they come to be named.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText, unitCode } from '../../shared/wire.ts';
import { uscc } from '../enterprises/model.ts';
import { visitTopic } from '../visits/model.ts';

/** 联络点, 服务站, 指导站, 示范点（站、区）, 保护基地. */
export const servicePointKind = z.enum(['contact_point', 'service_station', 'guidance_station', 'demo_site', 'protection_base']);
export type ServicePointKind = z.output<typeof servicePointKind>;

/** CANDIDATE → NURTURING → APPLIED → INSPECTED → NAMED → REVIEWED → REVOKED (domain 4.4). */
export const servicePointState = z.enum(['candidate', 'nurturing', 'applied', 'inspected', 'named', 'reviewed', 'revoked']);
export type ServicePointState = z.output<typeof servicePointState>;

/** `fail_inspection` and `fail_review` send it back to be nurtured. */
export const workingAct = z.enum(['nurture', 'apply', 'pass_inspection', 'fail_inspection', 'pass_review', 'fail_review']);
/** Giving a name and taking it: what the public sees. `restore` takes a revocation back. */
export const namingAct = z.enum(['name', 'revoke', 'restore']);
export const servicePointAct = z.enum([...workingAct.options, ...namingAct.options]);
export type ServicePointAct = z.output<typeof servicePointAct>;

/** Where it lies (WGS 84), to five decimals: a metre or so. */
export const position = z.strictObject({ latitude: z.number().min(3, { error: 'outside_country' }).max(54, { error: 'outside_country' }), longitude: z.number().min(73, { error: 'outside_country' }).max(136, { error: 'outside_country' }) });
export type Position = z.output<typeof position>;

/** What is written of a point. Everything is an office's, nothing a person's: it is public once the point is named. */
export const servicePointContent = z.strictObject({
  kind: servicePointKind,
  name: plainText(60, 4),
  /** The enterprise it is at; null at a park, an association, a street. */
  uscc: uscc.nullable().default(null),
  /** Who runs it: the park, the association, the enterprise by name. */
  body: plainText(60, 0).default(''),
  address: plainText(100, 4),
  position: position.nullable().default(null),
  hours: plainText(60, 0).default(''),
  telephone: z.string().overwrite((text) => text.normalize('NFKC').trim()).regex(/^$|^[0-9+() -]{5,24}$/, { error: 'telephone_wrong' }).default(''),
  /** Whom it serves: 「园区 120 家企业」. */
  coverage: plainText(100, 0).default(''),
});
export type ServicePointContent = z.output<typeof servicePointContent>;

export const servicePoint = z.object({
  id: z.string(),
  unitCode,
  content: servicePointContent,
  state: servicePointState,
  namedOn: calendarDate.nullable(),
  reviewedOn: calendarDate.nullable(),
  /** The yearly check is due; null while it is not named. */
  reviewDueOn: calendarDate.nullable(),
  version: z.number().int(),
  demonstration: z.boolean(),
  changedByName: z.string(),
  changedAt: instant,
  may: z.array(z.union([servicePointAct, z.enum(['edit', 'log'])])),
});
export type ServicePoint = z.output<typeof servicePoint>;
export type ServicePointVerb = ServicePoint['may'][number];

export const servicePointStep = z.object({ act: z.string(), from: servicePointState.nullable(), to: servicePointState, onDay: calendarDate, note: z.string(), accountName: z.string(), at: instant });
export type ServicePointStep = z.output<typeof servicePointStep>;

export const liaisonPerson = z.strictObject({ name: plainText(40), post: plainText(40, 0).default(''), telephone: z.string().overwrite((text) => text.normalize('NFKC').trim()).regex(/^[0-9+() -]{5,24}$/, { error: 'telephone_wrong' }) });
export type LiaisonPerson = z.output<typeof liaisonPerson>;

/** Of the point (联络员), or of the bureau (指导员). */
export const liaisonSide = z.enum(['point', 'bureau']);
export const liaisonOfficer = z.object({ id: z.string(), side: liaisonSide, person: liaisonPerson, toldOn: calendarDate, since: calendarDate, version: z.number().int() });
export type LiaisonOfficer = z.output<typeof liaisonOfficer>;

/** What was talked about is said in the words of a visit. */
export const pointService = z.object({ id: z.string(), occurredOn: calendarDate, topic: visitTopic, enterpriseName: z.string(), what: z.string(), byName: z.string(), deleted: z.boolean() });
export type PointService = z.output<typeof pointService>;

/** A named point as the public sees it. */
export const publicPoint = z.object({
  id: z.string(), kind: servicePointKind, name: z.string(), body: z.string(), unitName: z.string(), address: z.string(), position: position.nullable(), hours: z.string(), telephone: z.string(), coverage: z.string(), demonstration: z.boolean(),
});
export type PublicPoint = z.output<typeof publicPoint>;

/** How many points a unit and all below it have, by kind: named ones, and those on their way. */
export const pointCount = z.object({ kind: servicePointKind, named: z.number().int(), onTheWay: z.number().int(), services: z.number().int() });
export type PointCount = z.output<typeof pointCount>;
