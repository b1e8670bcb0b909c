// What may happen to accounts: which role where, who proposes and who approves it, who stands in for whom. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { type CalendarDate, dateOf, daysBetween, epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { type Duty, role as roles, type Role, type UnitPlacement } from '../access/model.ts';
import { dutyOf } from '../access/rules/duties.ts';
import { type Granted, may } from '../access/rules.ts';
import type { UnitKind } from '../units/model.ts';
import type { RecoverySide, RequestState, Verdict } from './model.ts';

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

/** With which of his grants somebody keeps an account: those of the three administrators are kept by a system administrator alone. */
export function keeping(caller: Granted, duty: Duty): Granted {
  return duty === 'business' ? caller : holding(caller, 'system_administrator');
}

/** One of the three administrators does not end the last of another at a unit: nobody would approve, or read the log. `others`: in use, with the role there. */
export function endRole(role: Role, others: number): Decision<true> {
  return dutyOf(role) !== 'business' && others === 0 ? refused(problem('refused_by_rule', { rule: 'last_administrator', role })) : allowed(true);
}

/** A role proposed, and where its unit stands. */
export interface PlacedRole {
  readonly role: Role;
  readonly unit: UnitPlacement;
}

/**
 * Who may propose a role: whoever keeps the unit's accounts. The roles of the three administrators are proposed by a system
 * or a security administrator only, so that with the approval below a security administrator always has a hand in it.
 */
export function mayPropose(caller: Granted, { role, unit }: PlacedRole): boolean {
  if (dutyOf(role) === 'business') return may(caller, 'manage_accounts', unit);
  return may(holding(caller, 'system_administrator'), 'manage_accounts', unit) || may(holding(caller, 'security_administrator'), 'approve_grants', unit);
}

/**
 * Who may approve a role, apart from the proposer: a security administrator at or above the unit; for those who record,
 * those who check and those of the column also the unit's own head, on a phone if need be, or the coordinator above. (A county with two people.)
 */
export function mayApprove(caller: Granted, { role, unit }: PlacedRole): boolean {
  if (role === 'clerk' || role === 'reviewer' || role === 'column_editor' || role === 'column_publisher') return may(caller, 'approve_grants', unit);
  return may(holding(caller, 'security_administrator'), 'approve_grants', unit);
}

export interface Deciding {
  readonly caller: Granted & { readonly accountId: string };
  readonly state: RequestState;
  readonly accountId: string;
  readonly proposedBy: string;
  readonly roles: readonly PlacedRole[];
}

/** Whether somebody may decide a request for roles. Creating and granting are two people (security A6.1), and nobody grants himself anything. */
export function decideGrant({ caller, state, accountId, proposedBy, roles: wanted }: Deciding): Decision<true> {
  const blocked = wanted.find((one) => !mayApprove(caller, one));
  if (blocked !== undefined) return refused(problem('not_permitted', { verb: 'approve_grants', unitCode: blocked.unit.unitCode }));
  if (caller.accountId === proposedBy) return refused(problem('refused_by_rule', { rule: 'own_proposal' }));
  if (caller.accountId === accountId) return refused(problem('refused_by_rule', { rule: 'own_grant' }));
  return state === 'pending' ? allowed(true) : refused(problem('refused_by_rule', { rule: 'already_decided' }));
}

/** The sides somebody may take in recovering an account of these units: for the unit, as its head or from above; for security. */
export function recoverySides(caller: Granted, units: readonly UnitPlacement[]): RecoverySide[] {
  const everywhere = (by: Granted): boolean => units.length > 0 && units.every((unit) => may(by, 'recover_accounts', unit));
  const sides: RecoverySide[] = [];
  if (everywhere(holding(caller, 'head', 'coordinator', 'national_office'))) sides.push('unit');
  if (everywhere(holding(caller, 'security_administrator'))) sides.push('security');
  return sides;
}

export interface DecidingRecovery {
  readonly caller: Granted & { readonly accountId: string };
  readonly state: RequestState;
  readonly accountId: string;
  readonly requestedBy: string;
  readonly requestedAs: RecoverySide;
  readonly units: readonly UnitPlacement[];
}

/** A recovery needs one from each side, two people, neither of them the holder. */
export function decideRecovery({ caller, state, accountId, requestedBy, requestedAs, units }: DecidingRecovery): Decision<true> {
  const other = requestedAs === 'unit' ? 'security' : 'unit';
  if (!recoverySides(caller, units).includes(other)) return refused(problem('not_permitted', { verb: 'recover_accounts', unitCode: units[0]?.unitCode ?? '' }));
  if (caller.accountId === requestedBy) return refused(problem('refused_by_rule', { rule: 'own_proposal' }));
  if (caller.accountId === accountId) return refused(problem('refused_by_rule', { rule: 'own_recovery' }));
  return state === 'pending' ? allowed(true) : refused(problem('refused_by_rule', { rule: 'already_decided' }));
}

/** The longest time somebody stands in for another: a quarter of a year; who is away longer hands over. */
export const longestSubstitution = 92;

export interface Substituting {
  readonly today: CalendarDate;
  readonly accountId: string;
  readonly grants: readonly Grant[];
  readonly substitute: { readonly accountId: string; readonly grants: readonly Grant[]; readonly inUse: boolean };
  readonly roles: readonly Grant[];
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
}

const sameGrant = (one: Grant, other: Grant): boolean => one.role === other.role && one.unitCode === other.unitCode;

/** Whether somebody may be named a substitute: a colleague of the same unit and the same duty, for own roles, for some days. */
export function decideSubstitute({ today, accountId, grants, substitute, roles: wanted, firstDay, lastDay }: Substituting): Decision<readonly Grant[]> {
  const rule = substituteFault();
  return rule === null ? allowed(wanted) : refused(problem('refused_by_rule', { rule }));

  function substituteFault(): string | null {
    if (substitute.accountId === accountId) return 'substitute_self';
    if (!substitute.inUse) return 'substitute_not_in_use';
    if (!wanted.every((one) => grants.some((own) => sameGrant(own, one)))) return 'role_not_held';
    if (!wanted.every(({ unitCode }) => substitute.grants.some((own) => own.unitCode === unitCode))) return 'substitute_elsewhere';
    if (new Set([...wanted, ...substitute.grants].map(({ role }) => dutyOf(role))).size > 1) return 'duties_exclusive';
    if (lastDay < firstDay || lastDay < today) return 'days_past';
    return daysBetween(firstDay, lastDay) > longestSubstitution ? 'substitution_too_long' : null;
  }
}

export interface StandingIn {
  readonly today: CalendarDate;
  readonly substituteId: string;
  readonly callerId: string;
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  readonly revoked: boolean;
}

/** Whether a substitution runs: from its first to its last day, unless revoked. */
export function isRunning({ firstDay, lastDay, revoked }: Pick<StandingIn, 'firstDay' | 'lastDay' | 'revoked'>, today: CalendarDate): boolean {
  return !revoked && firstDay <= today && today <= lastDay;
}

export function decideStandingIn(facts: StandingIn): Decision<true> {
  if (facts.substituteId !== facts.callerId || !isRunning(facts, facts.today)) return refused(problem('refused_by_rule', { rule: 'substitution_not_running' }));
  return allowed(true);
}

/** 「李四（代张三）」: the name every act and record bears while standing in. */
export function nameStandingIn(substitute: string, holder: string): string {
  return `${substitute}（代${holder}）`;
}

/** Accounts are confirmed each year before June; from April on the head is reminded. */
export function attestationDue(today: CalendarDate): CalendarDate {
  return `${today.slice(0, 4)}-05-31`;
}

export function owesAttestation(today: CalendarDate, attestedYears: readonly number[]): boolean {
  return today.slice(5) >= '04-01' && !attestedYears.includes(yearOf(today));
}

export function yearOf(day: CalendarDate): number {
  return Number(day.slice(0, 4));
}

/** The accounts a head confirms: in use, with a business role at the unit. The three administrators are not the head's to stop. */
export function attestedAt<A extends { readonly disabledAt: Instant | null; readonly grants: readonly Grant[] }>(accounts: readonly A[], unitCode: string): A[] {
  return accounts.filter(({ disabledAt, grants }) => disabledAt === null && grants.some((one) => one.unitCode === unitCode && dutyOf(one.role) === 'business'));
}

/** Whether the head said something of each account there is, and of no other; the own account cannot be disabled by it. */
export function decideAttestation(listed: readonly string[], said: readonly { readonly accountId: string; readonly verdict: Verdict }[], callerId: string): Decision<true> {
  const ids = new Set(said.map(({ accountId }) => accountId));
  if (ids.size !== said.length || ids.size !== listed.length || !listed.every((id) => ids.has(id))) return refused(problem('stale_version'));
  return said.some(({ accountId, verdict }) => accountId === callerId && verdict !== 'keep') ? refused(problem('refused_by_rule', { rule: 'own_account' })) : allowed(true);
}

const dormantDays = 90;

/** Nobody has come in for 90 days (等保: 多余账户). */
export function isDormant(lastSeen: Instant, now: Instant): boolean {
  return daysBetween(dateOf(lastSeen), dateOf(now)) >= dormantDays;
}

/** Only the grants of some roles. */
function holding({ grants }: Granted, ...wanted: readonly Role[]): Granted {
  return { grants: grants.filter(({ role }) => wanted.some((one) => one === role)) };
}
