// What may be asked about rights: what I may do at a unit, why not, and who could change it.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { editionCode, unitCode } from '../../shared/wire.ts';
import { returnActName, returnState } from '../returns/model.ts';
import { role, verb } from './model.ts';

/** People of one post at one unit; without names for those who have nothing to do with the unit. */
const holder = z.object({ role, unitCode: z.string(), unitName: z.string(), names: z.array(z.string()), me: z.boolean() });
export type Holder = z.output<typeof holder>;

/**
 * Why not: `elsewhere` the unit is none of mine and none below; `role` no role of mine gives it anywhere; `relation` a role of mine gives
 * it, but not at a unit that stands so; `state` not in this state of the return; `edition_closed`; `separation_of_duties` I prepared it.
 */
const hindrance = z.enum(['elsewhere', 'role', 'relation', 'state', 'edition_closed', 'separation_of_duties']);
export type Hindrance = z.output<typeof hindrance>;

const right = z.object({
  verb,
  of: z.string(),
  may: z.boolean(),
  why: z.array(hindrance),
  stepUp: z.boolean(),
  /** Two people are needed. */
  twoPersons: z.boolean(),
  holders: z.array(holder),
});
export type Right = z.output<typeof right>;

export const rightsView = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  relation: z.enum(['own', 'child', 'below', 'elsewhere']),
  /** What I am, as far as it counts at this unit. */
  roles: z.array(z.object({ role, unitCode: z.string(), unitName: z.string() })),
  /** Null for whoever may not read the return: where it stands is not told then. */
  state: returnState.nullable(),
  editionClosed: z.boolean(),
  rights: z.array(right),
  /** What may be done with the return as it stands, and by whom. */
  next: z.array(z.object({ act: returnActName, holders: z.array(holder) })),
  /** Who gives and takes roles at this unit. */
  granters: z.array(holder),
  /** Who closes an edition and opens it again. */
  closers: z.array(holder),
});
export type RightsView = z.output<typeof rightsView>;

export const explainRights = endpoint({
  name: 'access.explain',
  method: 'GET',
  path: '/api/editions/:edition/units/:unitCode/rights',
  summary: 'What the caller may do at a unit, why not, and who could change it.',
  input: z.strictObject({ edition: editionCode, unitCode }),
  output: rightsView,
});
