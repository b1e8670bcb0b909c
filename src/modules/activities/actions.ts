// What is done with the ledger: recording, editing by version, the recycle bin, undo. Every change of an entry changes the
// unit's figures in the same transaction; nothing here ever changes another unit's entries.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { type InputIssue, invalidInput, problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise, permitted } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { countingRulesOf, findUnitInEdition, getEditionByCode, type LoadedEdition, type UnitEdition } from '../editions/queries.ts';
import { contentIssues, isLate } from '../editions/rules.ts';
import { ensureEnterprises, findIds, type NamedEnterprise } from '../enterprises/queries.ts';
import { contributionOf } from '../figures/rules.ts';
import { findSubmittedCut } from '../figures/standing.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import type { Activity, EntryContent, WorkSource } from './model.ts';
import {
  findActivity, findActivityLedger, findVersion, insertActivities, type LedgerAct, type LedgerKey, listActivities, listKnownUnits, listLastContents, listVersions,
  lockActivity, type LockedActivity, lockEvidence, type NextVersion, saveNextVersion, type StoredActivity,
} from './queries.ts';
import {
  canChange, canRestore, changedFieldsOf, coHostIssues, type EntryFigureChange, evidenceIssues, figureChangeOf, figureChangeOfMany, keptContributionOf, type KeptContribution, verbsOfEntry,
} from './rules.ts';
import { listTwins } from './twins.ts';

/** A unit's ledger, open for writing. */
export interface OpenLedger {
  readonly unit: Placement;
  readonly edition: UnitEdition;
  readonly key: LedgerKey;
}

export async function openLedger(context: Context, editionCode: string, unitCode: string): Promise<OpenLedger> {
  const { unit: placed, edition } = await findUnitInEdition(context.tx, editionCode, unitCode, countingRulesOf(editionCode));
  const unit = permitted(context.actor, 'write_ledger', unitCode, placed);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  return { unit, edition, key: { provinceCode: unit.provinceCode, editionCode, unitCode } };
}

function shown(entry: StoredActivity, edition: LoadedEdition, writes: boolean): Activity {
  const { content, id, editionCode, unitCode, version, ledgerNo, deletedAt, demonstration, createdByName, createdAt, changedAt, source } = entry;
  return {
    id, editionCode, unitCode, content, version, ledgerNo, deletedAt, demonstration, createdByName, createdAt, changedAt, source,
    recordedLate: isLate(createdAt, edition.definition.deadline),
    may: verbsOfEntry(entry, { writes, editionClosed: edition.closedAt !== null }),
  };
}

/** What a content is checked against beside the edition: other units and stored evidence. `entries` are checked together, so that none takes another's picture. */
export async function issuesOf(context: Context, ledger: OpenLedger, contents: readonly EntryContent[], activityId: string | null): Promise<InputIssue[][]> {
  const { key, edition } = ledger;
  const units = await listKnownUnits(context.tx, key.editionCode, contents.flatMap(({ coHosts }) => coHosts));
  const evidence = await lockEvidence(context.tx, key.provinceCode, contents.flatMap((content) => content.evidence));
  const taken = new Set<string>();
  return contents.map((content) => {
    const issues = [
      ...contentIssues(edition.definition, content, context.now),
      ...coHostIssues(content.coHosts, key.unitCode, units),
      ...evidenceIssues(content.evidence, { ...key, activityId }, evidence, taken),
    ];
    for (const id of content.evidence) taken.add(id);
    return issues;
  });
}

export function refuseIssues(issues: readonly InputIssue[]): void {
  if (issues.length > 0) raise(invalidInput(issues));
}

/** Enterprises with a code that contents name. */
function namedIn(contents: readonly EntryContent[]): NamedEnterprise[] {
  return contents.flatMap(({ enterprises }) => enterprises.flatMap(({ uscc, name }) => (uscc === null ? [] : [{ uscc, name }])));
}

/**
 * What contents add under the edition's counting rules; enterprises met for the first time are registered. `known` are the ids
 * of the others, where they have been looked up already.
 */
export async function keptOf(context: Context, { edition }: OpenLedger, contents: readonly EntryContent[], known: ReadonlyMap<string, number> | null = null): Promise<KeptContribution[]> {
  const ids = await ensureEnterprises(context.tx, namedIn(contents), { accountId: context.actor.accountId, now: context.now }, known);
  return contents.map((content) => {
    const enterpriseIds = content.enterprises.flatMap(({ uscc }) => (uscc === null ? [] : [found(ids.get(uscc), 'enterprise', uscc)]));
    return keptContributionOf(contributionOf(edition.indicators, edition.layout, content), enterpriseIds);
  });
}

export function actOn(context: Context, ledger: OpenLedger, change: EntryFigureChange): LedgerAct {
  return { accountId: context.actor.accountId, accountName: context.actor.name, now: context.now, change: { ...ledger.key, origin: 'records', ...change } };
}

/** A ledger open for new entries. The enterprises they name are looked up in the same round trip. */
export interface Recording {
  readonly ledger: OpenLedger;
  readonly known: ReadonlyMap<string, number> | null;
}

async function openRecording(context: Context, editionCode: string, unitCode: string, contents: readonly EntryContent[]): Promise<Recording> {
  const codes = namedIn(contents).map(({ uscc }) => uscc);
  const [ledger, known] = await Promise.all([openLedger(context, editionCode, unitCode), findIds(context.tx, codes)]);
  return { ledger, known };
}

export async function recordEntries(context: Context, { ledger, known }: Recording, contents: readonly EntryContent[], source: WorkSource | null = null): Promise<Activity[]> {
  const { key, edition } = ledger;
  const kept = await keptOf(context, ledger, contents, known);
  const act = actOn(context, ledger, figureChangeOfMany(kept));
  const entries = contents.map((content, index) => ({ id: recordId(key.provinceCode, randomUUID()), content, kept: found(kept[index], 'contribution', String(index)), source }));
  const ledgerNo = await insertActivities(context.tx, key, act, entries);
  return entries.map(({ id, content }) => {
    const { editionCode, unitCode } = key;
    context.record({
      action: 'activity_recorded', unitCode, subjectKind: 'activity', subjectId: id,
      after: { version: 1, ledgerNo, kind: content.kind, occurredOn: content.occurredOn, title: content.title },
    });
    const born = { id, editionCode, unitCode, content, version: 1, ledgerNo, deletedAt: null, demonstration: false, createdByName: act.accountName, createdAt: act.now, changedAt: act.now, source };
    return shown(born, edition, true);
  });
}

const record = implement(contract.recordActivity, async (context, { edition, unitCode, content }) => {
  const recording = await openRecording(context, edition, unitCode, [content]);
  refuseIssues((await issuesOf(context, recording.ledger, [content], null)).flat());
  const [recorded] = await recordEntries(context, recording, [content]);
  return found(recorded, 'activity', '');
});

const recordMany = implement(contract.recordActivities, async (context, { edition, unitCode, contents }) => {
  const recording = await openRecording(context, edition, unitCode, contents);
  const issues = await issuesOf(context, recording.ledger, contents, null);
  refuseIssues(issues.flatMap((ofRow, row) => ofRow.map((issue) => ({ ...issue, path: issue.path.replace(/^content\b/, `contents.${row}`) }))));
  return { activities: await recordEntries(context, recording, contents) };
});

/** Authorises on the ledger an entry belongs to, then holds the entry. */
async function lockEntry(context: Context, id: string): Promise<{ ledger: OpenLedger; entry: LockedActivity }> {
  const key = found(await findActivityLedger(context.tx, id), 'activity', id);
  const ledger = await openLedger(context, key.editionCode, key.unitCode);
  return { ledger, entry: found(await lockActivity(context.tx, id), 'activity', id) };
}

export async function saveEntry(context: Context, ledger: OpenLedger, entry: LockedActivity, next: NextVersion): Promise<Activity> {
  const act = actOn(context, ledger, figureChangeOf(entry.deletedAt === null ? entry.kept : null, next.kept));
  const ledgerNo = await saveNextVersion(context.tx, entry, act, next);
  const { content, change } = next;
  context.record({
    action: `activity_${change}`, unitCode: entry.unitCode, subjectKind: 'activity', subjectId: entry.id,
    before: { version: entry.version, ledgerNo: entry.ledgerNo },
    after: { version: entry.version + 1, ledgerNo, title: content.title, changed: changedFieldsOf(entry.content, content) },
    basis: next.reason,
  });
  const saved = { ...entry, content, version: entry.version + 1, ledgerNo, deletedAt: next.kept === null ? act.now : null, changedAt: act.now };
  return shown(saved, ledger.edition, true);
}

const edit = implement(contract.editActivity, async (context, { id, version, content, reason }) => {
  const { ledger, entry } = await lockEntry(context, id);
  enforce(canChange(entry, version));
  refuseIssues((await issuesOf(context, ledger, [content], id)).flat());
  const [kept] = await keptOf(context, ledger, [content]);
  return saveEntry(context, ledger, entry, { change: 'edited', content, kept: found(kept, 'contribution', id), reason });
});

const remove = implement(contract.deleteActivity, async (context, { id, version }) => {
  const { ledger, entry } = await lockEntry(context, id);
  enforce(canChange(entry, version));
  return saveEntry(context, ledger, entry, { change: 'deleted', content: entry.content, kept: null, reason: null });
});

const restore = implement(contract.restoreActivity, async (context, { id, version, toVersion }) => {
  const { ledger, entry } = await lockEntry(context, id);
  enforce(canRestore(entry, version, toVersion));
  const { content } = found(await findVersion(context.tx, id, toVersion), 'activity_version', String(toVersion));
  // The content was good when it was recorded; only its evidence may have gone to another entry since.
  const evidence = await lockEvidence(context.tx, ledger.key.provinceCode, content.evidence);
  refuseIssues(evidenceIssues(content.evidence, { ...ledger.key, activityId: id }, evidence, new Set()));
  const [kept] = await keptOf(context, ledger, [content]);
  return saveEntry(context, ledger, entry, { change: 'restored', content, kept: found(kept, 'contribution', id), reason: null });
});

const list = implement(contract.listActivities, async (context, input) => {
  const unit = await authorise(context, 'read_ledger', input.edition, input.unitCode);
  const edition = await getEditionByCode(context.tx, input.edition);
  const filter = { kind: input.kind ?? null, from: input.from ?? null, to: input.to ?? null, query: input.query ?? null, deleted: input.deleted };
  const key = { provinceCode: unit.provinceCode, editionCode: input.edition, unitCode: input.unitCode };
  const { activities, total } = await listActivities(context.tx, key, filter, input);
  const writes = may(context.actor, 'write_ledger', unit);
  return { activities: activities.map((entry) => shown(entry, edition, writes)), total };
});

const get = implement(contract.getActivity, async (context, { id }) => {
  const entry = found(await findActivity(context.tx, id), 'activity', id);
  const unit = await authorise(context, 'read_submitted_records', entry.editionCode, entry.unitCode);
  const edition = await getEditionByCode(context.tx, entry.editionCode);
  if (!may(context.actor, 'read_ledger', unit)) return getSubmitted(context, entry, edition, unit);
  const versions = await listVersions(context.tx, id);
  return { activity: shown(entry, edition, may(context.actor, 'write_ledger', unit)), versions };
});

/** An entry as an upper unit may see it: as it stood in the ledger that the submitted version was frozen from, not before and no later. */
async function getSubmitted(context: Context, entry: StoredActivity, edition: LoadedEdition, unit: Placement) {
  const cut = await findSubmittedCut(context.tx, entry.editionCode, unit);
  const versions = cut === null ? [] : await listVersions(context.tx, entry.id, cut);
  const [last] = versions;
  if (last === undefined || last.change === 'deleted') raise(problem('not_found', { kind: 'activity', id: entry.id }));
  const submitted = { ...entry, content: last.content, version: last.version, ledgerNo: last.ledgerNo, deletedAt: null, changedAt: last.at };
  return { activity: shown(submitted, edition, false), versions: [last] };
}

const twins = implement(contract.findTwins, async (context, input) => {
  const unit = await authorise(context, 'read_ledger', input.edition, input.unitCode);
  const ledger = { provinceCode: unit.provinceCode, editionCode: input.edition, unitCode: input.unitCode };
  const evidence = input.evidence.split(',').filter((id) => id !== '');
  return { twins: await listTwins(context.tx, { ledger, occurredOn: input.occurredOn, title: input.title, place: input.place, evidence, except: input.except ?? null }) };
});

const defaults = implement(contract.getRecordingDefaults, async (context, { edition, unitCode }) => {
  const unit = await authorise(context, 'read_ledger', edition, unitCode);
  const { contents, lastPlace } = await listLastContents(context.tx, { provinceCode: unit.provinceCode, editionCode: edition, unitCode });
  // Pictures and a reason belong to one activity; a copy starts without them.
  return { lastByKind: Object.fromEntries(contents.map((content) => [content.kind, { ...content, evidence: [], windowReason: null }])), lastPlace };
});

export const activityActions: readonly Implementation[] = [twins, defaults, list, recordMany, record, get, edit, remove, restore];
