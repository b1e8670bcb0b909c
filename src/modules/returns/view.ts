// A return as its people see it: state, both tables, findings, and which acts are open to this caller and why the others are not.
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Role } from '../access/model.ts';
import { may, seesOwnRows } from '../access/rules.ts';
import { rolesThatGive } from '../access/rules/policy.ts';
import { getDeadlines, type UnitEdition } from '../editions/queries.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import { findSeal } from '../seals/queries.ts';
import type { Placement } from '../units/queries.ts';
import type { NotedFinding } from '../validation/model.ts';
import { assembleLive, findingsOn } from './assembly.ts';
import { type ActView, returnActName, type ReturnActName, type ReturnBasis, type ReturnView } from './model.ts';
import { actingUnitOf, findVersion, keyOf, listActs, listNotes, type StoredVersion } from './queries.ts';
import { acceptableFrom, actsSeen, basisFor, decideAct, type ReturnAct, type ReturnStatus, statusSeen, upperActs, verbOf } from './rules.ts';

/** States in which the frozen version, not the live table, is what counts. */
export function isFrozen(state: ReturnView['state']): boolean {
  return ['in_review', 'approved', 'signed', 'sealed', 'submitted', 'accepted', 'correction_requested'].includes(state);
}

export function actShown(act: ReturnAct, unit: Placement): ActView {
  const reasons = act.payload.reasons ?? (act.payload.reason === undefined ? [] : [{ indicator: null, text: act.payload.reason }]);
  return {
    number: act.number, act: act.act, returnVersion: act.returnVersion, accountName: act.accountName, actingUnitCode: actingUnitOf(act.act, unit), at: act.at,
    reasons: [...reasons], late: act.payload.late ?? null, receiptCode: act.payload.receiptCode ?? null, signed: act.payload.signed ?? null,
  };
}

export async function viewReturn(context: Context, edition: UnitEdition, unit: Placement): Promise<ReturnView> {
  const { tx } = context;
  const key = keyOf(edition.code, unit);
  const acts = await listActs(tx, key);
  const basis = basisFor(context.actor, unit);
  const status = statusSeen(acts, basis);
  const placed = await getPlacedUnit(tx, edition.code, unit.unitCode);
  const frozen = await findFrozen(tx, key, status);
  const { live, findings } = await liveSeen(context, edition, unit, { basis, state: status.state, frozen });
  const deadlines = await getDeadlines(tx, edition, unit);
  return {
    basis,
    unit: { code: placed.code, name: placed.name, kind: placed.kind, parentCode: unit.parentCode },
    state: status.state,
    version: status.version,
    frozen: frozen?.content ?? null,
    frozenExtension: frozen !== undefined && seesOwnRows(context.actor, unit.provinceCode) ? frozen.extension : null,
    live,
    findings,
    acts: actsSeen(acts, basis).map((act) => actShown(act, unit)),
    seal: frozen === undefined ? null : await findSeal(tx, edition.code, unit.unitCode, status.frozenVersion),
    submittedVersion: status.submittedVersion,
    acceptedVersion: status.acceptedVersion,
    late: status.late,
    due: deadlines.due,
    ...namesOf(status),
    ...(edition.closedAt === null ? openActs(context, unit, status, findings) : { may: [], mayNot: [] }),
    mayWriteNotes: edition.closedAt === null && may(context.actor, 'self_check', unit) && !isFrozen(status.state),
  };
}

const emptyTable: ReturnView['live'] = { own: {}, children: [], missing: [], total: {}, ledgerNo: 0, entries: 0, forms: [] };

/** The table as a 送审 now would freeze it, and the findings on what counts. From above there is only the submitted version. */
async function liveSeen(
  { tx }: Context, edition: UnitEdition, unit: Placement, seen: { readonly basis: ReturnBasis; readonly state: ReturnView['state']; readonly frozen: StoredVersion | undefined },
): Promise<Pick<ReturnView, 'live' | 'findings'>> {
  const { basis, state, frozen } = seen;
  const onFrozen = frozen === undefined ? [] : findingsOn(edition, frozen.content, new Map(frozen.content.notes.map(({ check, note }) => [check, note])));
  if (basis === 'submitted') return { live: emptyTable, findings: onFrozen };
  const { extension: _extension, ...live } = await assembleLive(tx, edition, unit);
  if (isFrozen(state) && frozen !== undefined) return { live, findings: onFrozen };
  return { live, findings: findingsOn(edition, live, await listNotes(tx, keyOf(edition.code, unit))) };
}

/** The version that was frozen last; undefined before the first. */
async function findFrozen(tx: Tx, key: ReturnType<typeof keyOf>, status: ReturnStatus): Promise<StoredVersion | undefined> {
  return status.frozenVersion === 0 ? undefined : findVersion(tx, key, status.frozenVersion);
}

function namesOf({ preparedBy, approvedBy, signedBy }: ReturnStatus): Pick<ReturnView, 'preparedByName' | 'approvedByName' | 'signedByName'> {
  return { preparedByName: preparedBy?.name ?? null, approvedByName: approvedBy?.name ?? null, signedByName: signedBy?.name ?? null };
}

/** Every act the state allows: those the caller may do, and for the rest the rule that forbids and the roles that can. */
function openActs(context: Context, unit: Placement, status: ReturnStatus, findings: readonly NotedFinding[]): Pick<ReturnView, 'may' | 'mayNot'> {
  const open: ReturnActName[] = [];
  const closed: ReturnView['mayNot'] = [];
  const hasUpper = unit.parentCode !== null;
  for (const act of returnActName.options) {
    if (!acceptableFrom(act, hasUpper).includes(status.state)) continue;
    const roles = rolesFor(act, hasUpper);
    const decision = decideAct(status, { act, accountId: context.actor.accountId, hasUpper, seenVersion: null });
    if (!may(context.actor, verbOf(act), unit)) closed.push({ act, rule: 'not_permitted', roles });
    else if (!decision.ok) closed.push({ act, rule: decision.problem.code, roles });
    else if (act === 'send_for_review' && findings.some(({ severity }) => severity === 'hard')) closed.push({ act, rule: 'hard_findings', roles });
    else if (act === 'send_for_review' && findings.some(({ note }) => note === null)) closed.push({ act, rule: 'notes_missing', roles });
    else open.push(act);
  }
  return { may: open, mayNot: closed };
}

function rolesFor(act: ReturnActName, hasUpper: boolean): Role[] {
  return rolesThatGive(verbOf(act), upperActs.has(act) && hasUpper ? 'child' : 'own');
}
