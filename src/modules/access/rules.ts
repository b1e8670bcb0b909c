// How a caller stands to a unit, and what the policy (rules/policy.ts) lets be done there. Deny by default.
import { provinceOfUnit } from '../../shared/province.ts';
import type { Relation, UnitPlacement, Verb } from './model.ts';
import { type DataClass, gives, policy, verbs } from './rules/policy.ts';

export interface Granted {
  readonly grants: readonly { readonly role: string; readonly unitCode: string }[];
}

const nation = '000000';

/** A province's own rows are for people inside the province; the nation and other provinces never see them. */
export function seesOwnRows(caller: Granted, provinceCode: number): boolean {
  return caller.grants.some((grant) => grant.unitCode !== nation && provinceOfUnit(grant.unitCode) === provinceCode);
}

export function relationOf(callerUnit: string, unit: UnitPlacement): Relation {
  if (callerUnit === unit.unitCode) return 'own';
  if (callerUnit === unit.parentCode) return 'child';
  if (callerUnit === nation || callerUnit === unit.p1 || callerUnit === unit.p2 || callerUnit === unit.p3) return 'below';
  return 'elsewhere';
}

export function may(caller: Granted, verb: Verb, unit: UnitPlacement): boolean {
  return caller.grants.some((grant) => gives(grant.role, verb, relationOf(grant.unitCode, unit)));
}

/** All verbs the caller may do at a unit, for `may` lists sent with records. */
export function verbsAt(caller: Granted, unit: UnitPlacement): Verb[] {
  return verbs.filter((verb) => may(caller, verb, unit));
}

/** Classes the second wall is about: what units write, and the log. */
export type WalledClass = 'content' | 'log';

const content: readonly DataClass[] = ['D1', 'D2', 'D3', 'D4', 'D5'];

const verbsOf: { readonly [W in WalledClass]: readonly Verb[] } = {
  content: verbs.filter((verb) => content.includes(policy[verb].of)),
  log: ['read_audit', 'read_auditor_acts'],
};

/** How far a role sees at all, whatever the verb: nothing, its own unit, or all below it too. The second wall stands there. */
export function depthOf(role: string, walled: WalledClass): 'nothing' | 'own' | 'below' {
  const rows = verbsOf[walled];
  if (rows.some((verb) => gives(role, verb, 'child') || gives(role, verb, 'below'))) return 'below';
  return rows.some((verb) => gives(role, verb, 'own')) ? 'own' : 'nothing';
}
