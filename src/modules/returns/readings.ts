// Readings of returns beside the return itself: what changed, why totals differ, what stood at an instant. Nothing is written.
import { type Context, implement, type Implementation } from '../../kernel/context.ts';
import { authorise } from '../access/queries.ts';
import { getUnitEdition } from '../editions/queries.ts';
import { counts, valuesOf } from '../figures/rules.ts';
import { assembleLive } from './assembly.ts';
import { getDifference, getReturnAsOf, getReturnChanges } from './contract.ts';
import type { ReturnBasis } from './model.ts';
import {
  findVersion, keyOf, type LedgerChange, listActs, listChildActs, listChildReturns, listChildVersions, listLedgerChanges, listSubmittedChanges, type StoredVersion,
} from './queries.ts';
import { addTotals, basisFor, differenceOf, explainDifference, type ReturnStatus, statusAt, statusSeen, type Totals, untouched } from './rules.ts';
import { isFrozen } from './view.ts';

const causesShown = 20;

const changes = implement(getReturnChanges, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  const edition = await getUnitEdition(context.tx, input.edition, unit.p1);
  const key = keyOf(edition.code, unit);
  const acts = await listActs(context.tx, key);
  const basis = basisFor(context.actor, unit);
  const status = statusSeen(acts, basis);
  const all = edition.definition.indicators;
  const counted = await findCounted(context, key, status, basis);
  if (basis === 'submitted' && counted === undefined) return { basis, sinceVersion: null, sinceAt: null, changes: [], unchanged: all.length };
  const frozen = counted !== undefined;
  const current = counted ?? (await assembleLive(context.tx, edition, unit));
  const before = acts.findLast((act) => act.act === (unit.parentCode === null ? 'seal' : 'submit') && (!frozen || act.returnVersion < status.frozenVersion));
  const baseline = before === undefined ? undefined : await findVersion(context.tx, key, before.returnVersion);
  const from: Totals = baseline?.content.total ?? {};
  const ownFrom = baseline === undefined ? {} : valuesOf(baseline.content.own);
  const listChanges = basis === 'own' ? listLedgerChanges : listSubmittedChanges;
  const ledger = await listChanges(context.tx, key, baseline?.content.ledgerNo ?? 0, current.ledgerNo);
  const shown = all.flatMap((indicator) => {
    const to = current.total[indicator.code] ?? 0;
    const old = from[indicator.code] ?? 0;
    if (to === old) return [];
    const own = (current.own[indicator.code]?.value ?? 0) - (ownFrom[indicator.code] ?? 0);
    const causes = ledger.filter((change) => canHaveCaused(change, indicator)).slice(0, causesShown);
    return [{ indicator: indicator.code, from: old, to, own, children: to - old - own, causes: causes.map(({ kind: _kind, values: _values, ...cause }) => cause) }];
  });
  return { basis, sinceVersion: before?.returnVersion ?? null, sinceAt: before?.at ?? null, changes: shown, unchanged: all.length - shown.length };
});

/** The frozen version that counts for the caller; undefined while it is the live table, or from above nothing yet. */
async function findCounted({ tx }: Context, key: ReturnType<typeof keyOf>, status: ReturnStatus, basis: ReturnBasis): Promise<StoredVersion['content'] | undefined> {
  const counts = basis === 'own' ? isFrozen(status.state) : status.frozenVersion > 0;
  return counts ? (await findVersion(tx, key, status.frozenVersion))?.content : undefined;
}

/** Whether a change of the ledger can have changed a cell. An adjustment names its cell as its kind. */
function canHaveCaused(change: LedgerChange, indicator: { readonly code: string; readonly counting: Parameters<typeof counts>[0] }): boolean {
  return change.kind === indicator.code || counts(indicator.counting, { kind: change.kind, values: change.values, enterprises: [] });
}

const difference = implement(getDifference, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  const edition = await getUnitEdition(context.tx, input.edition, unit.p1);
  const key = keyOf(edition.code, unit);
  const basis = basisFor(context.actor, unit);
  const frozen = await findCounted(context, key, statusSeen(await listActs(context.tx, key), basis), basis);
  if (basis === 'submitted' && frozen === undefined) return { basis, total: {}, childrenNow: {}, terms: [], adjusted: {}, residual: {} };
  const table = frozen ?? (await assembleLive(context.tx, edition, unit));
  const now = (await listChildReturns(context.tx, edition.code, unit)).map((child) => ({
    unitCode: child.unitCode, name: child.name, submittedVersion: child.submittedVersion, submittedAt: child.submittedAt, total: child.submittedTotal,
  }));
  const terms = explainDifference({ own: valuesOf(table.own), frozenAt: frozen?.frozenAt ?? null, included: table.children, now });
  const childrenNow = addTotals(now.map((child) => child.total ?? {}));
  const explained = addTotals([childrenNow, ...terms.map((term) => term.amounts)]);
  return {
    basis,
    total: table.total,
    childrenNow,
    terms: terms.filter((term) => term.kind === 'missing' || term.kind === 'own_level' || Object.values(term.amounts).some((amount) => amount !== 0)),
    adjusted: Object.fromEntries(Object.entries(table.own).map(([code, figure]) => [code, figure.adjustments])),
    residual: differenceOf(table.total, explained),
  };
});

const asOf = implement(getReturnAsOf, async (context, input) => {
  const unit = await authorise(context, 'read_return', input.edition, input.unitCode);
  const key = keyOf(input.edition, unit);
  const own = statusAt(await listActs(context.tx, key), input.at);
  const version = unit.parentCode === null ? own.sealedVersion : own.submittedVersion;
  const stored = version === null ? undefined : await findVersion(context.tx, key, version);
  const acts = await listChildActs(context.tx, input.edition, unit, input.at);
  const below = await listChildReturns(context.tx, input.edition, unit);
  const statuses = new Map(below.map((child) => [child.unitCode, statusAt(acts.get(child.unitCode) ?? [], input.at)]));
  const wanted = [...statuses].flatMap(([unitCode, status]) => (status.submittedVersion === null ? [] : [{ unitCode, version: status.submittedVersion }]));
  const versions = await listChildVersions(context.tx, input.edition, unit, wanted);
  return {
    at: input.at,
    own: { state: own.state, version, total: stored?.content.total ?? null, sha256: stored?.sha256 ?? null },
    children: below.map((child) => {
      const status = statuses.get(child.unitCode) ?? untouched;
      return {
        unitCode: child.unitCode, name: child.name, state: status.state, version: status.submittedVersion, submittedAt: status.submittedAt, late: status.late,
        total: versions.get(child.unitCode)?.total ?? null,
      };
    }),
    sumOfChildren: addTotals([...versions.values()].map((one) => one.total)),
  };
});

export const readingActions: readonly Implementation[] = [changes, difference, asOf];
