// The life of a service point (domain 4.4): what follows what, who may, and when the yearly check is due. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { addDays, type CalendarDate, type Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { namingAct, type ServicePointAct, type ServicePointState, type ServicePointVerb } from './model.ts';

interface Step {
  readonly from: readonly ServicePointState[];
  /** Null: back to where it was. */
  readonly to: ServicePointState | null;
  /** By another than who brought it where it is. */
  readonly another: boolean;
  readonly reasoned: boolean;
}

const isNaming = (act: ServicePointAct): boolean => namingAct.options.some((one) => one === act);

const plain = { another: false, reasoned: false } as const;

export const steps: { readonly [A in ServicePointAct]: Step } = {
  nurture: { ...plain, from: ['candidate'], to: 'nurturing' },
  apply: { ...plain, from: ['candidate', 'nurturing'], to: 'applied' },
  pass_inspection: { ...plain, from: ['applied'], to: 'inspected' },
  fail_inspection: { ...plain, from: ['applied'], to: 'nurturing', reasoned: true },
  name: { ...plain, from: ['inspected'], to: 'named', another: true },
  pass_review: { ...plain, from: ['named', 'reviewed'], to: 'reviewed' },
  fail_review: { ...plain, from: ['named', 'reviewed'], to: 'nurturing', reasoned: true },
  revoke: { ...plain, from: ['candidate', 'nurturing', 'applied', 'inspected', 'named', 'reviewed'], to: 'revoked', reasoned: true },
  restore: { ...plain, from: ['revoked'], to: null },
};

export interface StandingPoint {
  readonly state: ServicePointState;
  readonly stateBefore: ServicePointState | null;
  /** The account that brought it where it is. */
  readonly stateBy: string;
  readonly version: number;
  readonly changedByName: string;
  readonly changedAt: Instant;
}

/** What somebody may do at the point's unit. */
export interface PointCaller {
  readonly accountId: string;
  readonly writes: boolean;
  /** The head of the unit, and the unit above it. */
  readonly names: boolean;
}

export function verbsOfPoint(point: Pick<StandingPoint, 'state' | 'stateBy'>, caller: PointCaller): ServicePointVerb[] {
  const acts = (Object.keys(steps) as ServicePointAct[]).filter((act) => whyNot(act, point, caller) === null);
  return [...(caller.writes && point.state !== 'revoked' ? (['edit'] as const) : []), ...(caller.writes && point.state !== 'revoked' ? (['log'] as const) : []), ...acts];
}

/** The state an act leads to. Raises nothing: refused as stale, by state, by right, for the same person, or for want of a reason. */
export function decideAct(act: ServicePointAct, point: StandingPoint, caller: PointCaller, seen: number, note: string): Decision<ServicePointState> {
  if (point.version !== seen) return refused(problem('stale_version', { version: point.version, changedByName: point.changedByName, changedAt: point.changedAt }));
  const rule = whyNot(act, point, caller) ?? (steps[act].reasoned && note === '' ? 'point_reason_missing' : null);
  if (rule !== null) return refused(problem('refused_by_rule', { rule, name: point.changedByName, at: point.changedAt }));
  return allowed(steps[act].to ?? point.stateBefore ?? 'candidate');
}

function whyNot(act: ServicePointAct, { state, stateBy }: Pick<StandingPoint, 'state' | 'stateBy'>, { accountId, writes, names }: PointCaller): string | null {
  const { from, another } = steps[act];
  if (isNaming(act) ? !names : !writes) return 'point_not_yours';
  if (!from.includes(state)) return 'point_wrong_state';
  return another && stateBy === accountId ? 'point_by_another' : null;
}

export const isPublic = (state: ServicePointState): boolean => state === 'named' || state === 'reviewed';

/** A year after it was named or last passed the check (the rolling check of 普陀, domain 4.4); null while it is not named. */
export function reviewDueOn({ state, namedOn, reviewedOn }: { readonly state: ServicePointState; readonly namedOn: CalendarDate | null; readonly reviewedOn: CalendarDate | null }): CalendarDate | null {
  const from = reviewedOn ?? namedOn;
  if (!isPublic(state) || from === null) return null;
  // Of 29 February the 28th.
  const [year, rest] = [from.slice(0, 4), from.slice(4)];
  const next = `${String(Number(year) + 1).padStart(4, '0')}${rest}`;
  return rest === '-02-29' ? addDays(`${next.slice(0, 4)}-03-01`, -1) : next;
}
