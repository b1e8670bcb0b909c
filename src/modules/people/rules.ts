// What may happen to accounts: which role where. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { dutyOf, role as roles, type Role } from '../access/model.ts';
import type { UnitKind } from '../units/model.ts';

const minute = 60_000;

/** A one-time link holds 72 hours (security A7; ASVS V6.4.1). */
export function linkEnd(now: Instant): Instant {
  return instantOf(epochOf(now) + 72 * 60 * minute);
}

export interface Grant {
  readonly role: Role;
  readonly unitCode: string;
}

export interface GrantableUnit {
  readonly code: string;
  readonly kind: UnitKind;
  readonly hasChildren: boolean;
}

/**
 * The roles a new account may hold, each once. Each of the three administrators holds nothing else (三员分立, security A6.1); the
 * national office sits at the nation, a coordinator where there is somebody to coordinate.
 */
export function grantRoles(wanted: readonly Grant[], units: readonly GrantableUnit[]): Decision<readonly Grant[]> {
  const grants = wanted.filter((one, at) => wanted.findIndex((other) => other.role === one.role && other.unitCode === one.unitCode) === at);
  if (new Set(grants.map((grant) => dutyOf(grant.role))).size > 1) return refused(problem('refused_by_rule', { rule: 'duties_exclusive' }));
  for (const { role, unitCode } of grants) {
    const unit = units.find(({ code }) => code === unitCode);
    if (unit === undefined) return refused(problem('not_found', { kind: 'unit', id: unitCode }));
    if (!isRoleAt(role, unit)) return refused(problem('refused_by_rule', { rule: 'role_not_at_unit', role, unitCode }));
  }
  return allowed(grants);
}

/** The roles somebody may hold at a unit. */
export function rolesAt(unit: GrantableUnit): Role[] {
  return roles.options.filter((one) => isRoleAt(one, unit));
}

function isRoleAt(role: Role, unit: GrantableUnit): boolean {
  if (role === 'national_office') return unit.kind === 'nation';
  // What a coordinator is elsewhere, the national office is at the nation.
  if (role === 'coordinator') return unit.hasChildren && unit.kind !== 'nation';
  return true;
}

/** Nobody disables or enables himself: the last administrator would be gone with nobody to undo it. */
export function changeState(actorId: string, accountId: string): Decision<true> {
  return actorId === accountId ? refused(problem('refused_by_rule', { rule: 'own_account' })) : allowed(true);
}
