// Why somebody may or may not: the policy, the state of the return and the closing of the edition, said one by one.
import { nationUnit } from '../../../shared/wire.ts';
import { acceptableFrom, decideAct, type ReturnStatus, verbOf } from '../../returns/rules.ts';
import { type ReturnActName, returnActName } from '../../returns/model.ts';
import type { Hindrance } from '../contract.ts';
import type { Relation, Role, UnitPlacement, Verb } from '../model.ts';
import { type Granted, may, relationOf } from '../rules.ts';
import { gives, type Near, policy } from './policy.ts';

export interface Standing {
  readonly unit: UnitPlacement;
  /** As the caller sees it; null when it is not seen. */
  readonly status: ReturnStatus | null;
  readonly editionClosed: boolean;
  readonly accountId: string;
}

const nearest: readonly Relation[] = ['own', 'child', 'below', 'elsewhere'];

/** How the caller's nearest unit stands to this one. */
export function nearestRelation(caller: Granted, unit: UnitPlacement): Relation {
  const relations = new Set(caller.grants.map((grant) => relationOf(grant.unitCode, unit)));
  return nearest.find((one) => relations.has(one)) ?? 'elsewhere';
}

/** Everything that stands in the way; empty when nothing does. */
export function hindrancesOf(caller: Granted, verb: Verb, { unit, status, editionClosed, accountId }: Standing): Hindrance[] {
  const hindrances: Hindrance[] = [];
  if (!may(caller, verb, unit)) hindrances.push(whyNotGiven(caller, verb, unit));
  const { when } = policy[verb];
  if (when !== 'always' && editionClosed) hindrances.push('edition_closed');
  if (when === 'act' && status !== null) {
    const hasUpper = unit.parentCode !== null;
    const open = returnActName.options.filter((act) => verbOf(act) === verb && acceptableFrom(act, hasUpper).includes(status.state));
    if (open.length === 0) hindrances.push('state');
    else if (open.every((act) => !decideAct(status, { act, accountId, hasUpper, seenVersion: null }).ok)) hindrances.push('separation_of_duties');
  }
  return hindrances;
}

function whyNotGiven(caller: Granted, verb: Verb, unit: UnitPlacement): Hindrance {
  if (nearestRelation(caller, unit) === 'elsewhere') return 'elsewhere';
  const somewhere = caller.grants.some(({ role }) => (['own', 'child', 'below'] as const).some((relation) => gives(role, verb, relation)));
  return somewhere ? 'relation' : 'role';
}

/** The acts that the state of a return allows, whoever does them. */
export function actsOpen(status: ReturnStatus | null, hasUpper: boolean, editionClosed: boolean): ReturnActName[] {
  return editionClosed || status === null ? [] : returnActName.options.filter((act) => acceptableFrom(act, hasUpper).includes(status.state));
}

export interface Post {
  readonly role: Role;
  readonly unitCode: string;
}

/** What is asked at the nation, whatever unit is looked at. */
const ofTheNation: ReadonlySet<Verb> = new Set(['close_edition', 'import_units', 'manage_witnesses', 'read_health']);
const nation: UnitPlacement = { unitCode: nationUnit, parentCode: null, depth: 0, p1: null, p2: null, p3: null };

/** Those who can do it: at the unit, or at the nation where it is the nation's to do. */
export function holdersOf<P extends Post>(posts: readonly P[], verb: Verb, unit: UnitPlacement): P[] {
  return postsFor(posts, verb, ofTheNation.has(verb) ? nation : unit);
}

/** Of these posts, those that give the verb at the unit. */
export function postsFor<P extends Post>(posts: readonly P[], verb: Verb, unit: UnitPlacement): P[] {
  return posts.filter(({ role, unitCode }) => {
    const relation = relationOf(unitCode, unit);
    return relation !== 'elsewhere' && gives(role, verb, relation satisfies Near);
  });
}
