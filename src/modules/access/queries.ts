// The one gate of every action: finds where the unit stands and asks the policy. Authorise first, alone, then write.
import { sql } from 'kysely';
import { nationUnit } from '../../shared/wire.ts';
import { problem } from '../../shared/problem.ts';
import { type Actor, type Context, raise } from '../../kernel/context.ts';
import { findPlacement, type Placement } from '../units/queries.ts';
import type { Reach, Tx } from '../../kernel/database.ts';
import { depthOf, may, type WalledClass } from './rules.ts';
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

/** Whose account it is, where it is an enterprise's; otherwise not_permitted. */
export function authoriseEnterprise({ actor }: Pick<Context, 'actor'>): { readonly enterpriseId: number; readonly unitCode: string } {
  const { enterpriseId, enterpriseUnit } = actor;
  if (enterpriseId === null || enterpriseUnit === null) raise(problem('not_permitted', { verb: 'own_enterprise' }));
  return { enterpriseId, unitCode: enterpriseUnit };
}

/** The units a holder of these grants reaches at all, in whatever edition: what the second wall lets through. */
export async function reachOf(tx: Tx, grants: Actor['grants']): Promise<Pick<Actor, 'reach' | 'logReach'>> {
  const above = [...new Set(grants.flatMap(({ role, unitCode }) => (looksDown(role) && unitCode !== nationUnit ? [unitCode] : [])))];
  const lower = above.length === 0 ? [] : await listBelow(tx, above);
  const within = (walled: WalledClass): Reach => {
    const held = grants.map(({ role, unitCode }) => ({ unitCode, depth: depthOf(role, walled) })).filter(({ depth }) => depth !== 'nothing');
    if (held.some(({ unitCode, depth }) => unitCode === nationUnit && depth === 'below')) return '*';
    return [...new Set(held.flatMap(({ unitCode, depth }) => [unitCode, ...(depth === 'below' ? lower.flatMap(({ above: code, unitCode: one }) => (code === unitCode ? [one] : [])) : [])]))];
  };
  return { reach: within('content'), logReach: within('log') };
}

const looksDown = (role: string): boolean => depthOf(role, 'content') === 'below' || depthOf(role, 'log') === 'below';

interface Below {
  readonly above: string;
  readonly unitCode: string;
}

/** By edition, for then each look goes into an index. */
async function listBelow(tx: Tx, unitCodes: readonly string[]): Promise<Below[]> {
  const { rows } = await sql<Below>`
    select distinct a.code as above, p.unit_code
    from unnest(${unitCodes}::text[]) as a(code) cross join edition e
    join placement p on p.edition_code = e.code and (p.parent_code = a.code or p.p1 = a.code or p.p2 = a.code or p.p3 = a.code)`.execute(tx);
  return rows;
}
