// The one gate of every action: finds where the unit stands and asks the policy. Authorise first, alone, then write.
import { problem } from '../../shared/problem.ts';
import { type Actor, type Context, raise } from '../../kernel/context.ts';
import { findPlacement, type Placement } from '../units/queries.ts';
import { may } from './rules.ts';
import type { Verb } from './model.ts';

/** The placement of the unit, if the caller may do `verb` there; otherwise not_permitted. A unit the edition does not know is not_found. */
export async function authorise({ tx, actor }: Pick<Context, 'tx' | 'actor'>, verb: Verb, editionCode: string, unitCode: string): Promise<Placement> {
  return permitted(actor, verb, unitCode, await findPlacement(tx, editionCode, unitCode));
}

/** As `authorise`, where the placement has been asked for together with something else. */
export function permitted(actor: Actor, verb: Verb, unitCode: string, placement: Placement | undefined): Placement {
  if (placement === undefined) raise(problem('not_found', { kind: 'unit', id: unitCode }));
  if (!may(actor, verb, placement)) raise(problem('not_permitted', { verb, unitCode }));
  return placement;
}

/** As `authorise`, for what everybody with any role at the unit may see, such as their own task list. */
export async function authoriseMember(context: Context, editionCode: string, unitCode: string): Promise<Placement> {
  const placement = await findPlacement(context.tx, editionCode, unitCode);
  if (placement === undefined) raise(problem('not_found', { kind: 'unit', id: unitCode }));
  if (!context.actor.grants.some((grant) => grant.unitCode === unitCode)) raise(problem('not_permitted', { verb: 'read_tasks', unitCode }));
  return placement;
}
