// What may happen to ledger entries, what a change does to the figures, and when two entries look like one activity.
// Pure: the browser shows the same verbs and the same differences.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { type InputIssue, problem } from '../../shared/problem.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Contribution } from '../figures/model.ts';
import type { EntryContent, TwinSign, WorkSource } from './model.ts';

/** What an entry adds to its unit's figures, as it is kept beside the entry: counters and amounts run in parallel. */
export interface KeptContribution {
  readonly counters: readonly number[];
  readonly amounts: readonly number[];
  readonly distinctCounters: readonly number[];
  /** Enterprises with a code, each once. */
  readonly enterpriseIds: readonly number[];
}

/** The difference an entry's change makes; empty where nothing changes. */
export interface EntryFigureChange {
  readonly entries: number;
  readonly amounts: ReadonlyMap<number, number>;
  readonly presences: readonly { readonly enterpriseId: number; readonly counter: number; readonly step: number }[];
}

/** A contribution in the form it is kept, in order of counter. */
export function keptContributionOf(contribution: Contribution, enterpriseIds: readonly number[]): KeptContribution {
  const sorted = [...contribution.amounts].sort(([a], [b]) => a - b);
  return {
    counters: sorted.map(([counter]) => counter),
    amounts: sorted.map(([, amount]) => amount),
    distinctCounters: [...contribution.distinct].sort((a, b) => a - b),
    enterpriseIds: [...new Set(enterpriseIds)].sort((a, b) => a - b),
  };
}

/** From what an entry added to what it adds now; null before it was recorded and while it is deleted. */
export function figureChangeOf(before: KeptContribution | null, after: KeptContribution | null): EntryFigureChange {
  return totalChangeOf([{ entry: before, sign: -1 }, { entry: after, sign: 1 }]);
}

/** What several new entries add together. */
export function figureChangeOfMany(after: readonly KeptContribution[]): EntryFigureChange {
  return totalChangeOf(after.map((entry) => ({ entry, sign: 1 })));
}

/** What several changes of entries make together. */
export function figureChangeOfAll(steps: readonly { readonly before: KeptContribution | null; readonly after: KeptContribution | null }[]): EntryFigureChange {
  return totalChangeOf(steps.flatMap(({ before, after }) => [{ entry: before, sign: -1 as const }, { entry: after, sign: 1 as const }]));
}

function totalChangeOf(parts: readonly { readonly entry: KeptContribution | null; readonly sign: 1 | -1 }[]): EntryFigureChange {
  const amounts = new Map<number, number>();
  const presences = new Map<string, { enterpriseId: number; counter: number; step: number }>();
  let entries = 0;
  for (const { entry, sign } of parts) {
    if (entry === null) continue;
    entries += sign;
    for (const [index, counter] of entry.counters.entries()) amounts.set(counter, (amounts.get(counter) ?? 0) + sign * (entry.amounts[index] ?? 0));
    for (const enterpriseId of entry.enterpriseIds) {
      for (const counter of entry.distinctCounters) {
        const key = `${enterpriseId} ${counter}`;
        const step = (presences.get(key)?.step ?? 0) + sign;
        presences.set(key, { enterpriseId, counter, step });
      }
    }
  }
  return {
    entries,
    amounts: new Map([...amounts].filter(([, amount]) => amount !== 0)),
    presences: [...presences.values()].filter(({ step }) => step !== 0),
  };
}

/** Fields that differ between two contents; the kind's own fields as `values.<code>`. */
export function changedFieldsOf(before: EntryContent, after: EntryContent): string[] {
  const fields = (['kind', 'occurredOn', 'title', 'place', 'enterprises', 'coHosts', 'windowReason', 'evidence', 'note'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const values = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].sort();
  return [...fields, ...values.filter((code) => (before.values[code] ?? null) !== (after.values[code] ?? null)).map((code) => `values.${code}`)];
}

export type EntryVerb = 'edit' | 'delete' | 'restore';

/** What may be done with an entry by somebody who may (or may not) write the ledger. An earlier version can be restored while the entry lives too. */
export function verbsOfEntry(entry: { readonly deletedAt: Instant | null; readonly version: number; readonly source: WorkSource | null }, caller: { readonly writes: boolean; readonly editionClosed: boolean }): EntryVerb[] {
  if (!caller.writes || caller.editionClosed || entry.source !== null) return [];
  if (entry.deletedAt !== null) return ['restore'];
  return entry.version > 1 ? ['edit', 'delete', 'restore'] : ['edit', 'delete'];
}

/** An entry as it stands when somebody wants to change it. */
export interface StandingEntry {
  readonly version: number;
  readonly deletedAt: Instant | null;
  readonly changedByName: string;
  readonly changedAt: Instant;
  readonly source: WorkSource | null;
}

/** Editing and deleting need a living entry, still at the version that was read: of two at once only one wins. */
export function canChange(entry: StandingEntry, versionRead: number): Decision<StandingEntry> {
  if (entry.source !== null) return refused(entryOfWork(entry.source));
  if (entry.version !== versionRead) return refused(staleVersion(entry));
  if (entry.deletedAt !== null) return refused(problem('wrong_state', { kind: 'activity', state: 'deleted' }));
  return allowed(entry);
}

/** A deleted entry comes back with any of its contents, also long after; a living one goes back to an earlier one. */
export function canRestore(entry: StandingEntry, versionRead: number, toVersion: number): Decision<StandingEntry> {
  if (entry.source !== null) return refused(entryOfWork(entry.source));
  if (entry.version !== versionRead) return refused(staleVersion(entry));
  if (toVersion > entry.version) return refused(problem('not_found', { kind: 'activity_version', id: String(toVersion) }));
  if (entry.deletedAt === null && toVersion === entry.version) return refused(problem('wrong_state', { kind: 'activity', state: 'live' }));
  return allowed(entry);
}

/** What counts a piece of work says what that work says: it is changed there. */
function entryOfWork({ kind, id }: WorkSource) {
  return problem('refused_by_rule', { rule: 'entry_of_work', sourceKind: kind, sourceId: id });
}

function staleVersion(entry: StandingEntry) {
  return problem('stale_version', { version: entry.version, changedByName: entry.changedByName, changedAt: entry.changedAt });
}

/** Co-hosts are other units that the edition knows, each once. They count nothing (domain 9, question 3). Paths start at `content`, as an edition's do. */
export function coHostIssues(coHosts: readonly string[], unitCode: string, known: ReadonlySet<string>): InputIssue[] {
  return coHosts.flatMap((code, index) => {
    const path = `content.coHosts.${index}`;
    if (code === unitCode) return [{ path, rule: 'own_unit', unitCode: code }];
    if (!known.has(code)) return [{ path, rule: 'unknown_unit', unitCode: code }];
    return coHosts.indexOf(code) === index ? [] : [{ path, rule: 'given_twice' }];
  });
}

/** A piece of evidence as it is stored. */
export interface KnownEvidence {
  readonly id: string;
  readonly unitCode: string;
  readonly editionCode: string;
  /** The live entry it is attached to. */
  readonly attachedTo: string | null;
}

/** Evidence is the unit's own, of the same edition, and behind one entry only. `taken` is what other entries of the same batch use. */
export function evidenceIssues(
  evidence: readonly string[],
  owner: { readonly unitCode: string; readonly editionCode: string; readonly activityId: string | null },
  known: ReadonlyMap<string, KnownEvidence>,
  taken: ReadonlySet<string>,
): InputIssue[] {
  return evidence.flatMap((id, index) => {
    const path = `content.evidence.${index}`;
    const stored = known.get(id);
    if (stored === undefined || stored.unitCode !== owner.unitCode || stored.editionCode !== owner.editionCode) return [{ path, rule: 'unknown_evidence' }];
    if (stored.attachedTo !== null && stored.attachedTo !== owner.activityId) return [{ path, rule: 'attached_elsewhere' }];
    return taken.has(id) || evidence.indexOf(id) !== index ? [{ path, rule: 'given_twice' }] : [];
  });
}

const punctuation = /[\p{P}\p{S}\p{Z}\s]/gu;
const editionWords = /首届|第[一二三四五六七八九十\d]+届|(?:19|20)\d\d年度?|企业商业秘密保护能力提升服务月|服务月/g;

/** A title as titles are compared: half-width, lower case, without blanks, punctuation and the words that name the edition. */
export function titleKeyOf(title: string): string {
  const bare = title.normalize('NFKC').toLowerCase().replace(punctuation, '');
  const named = bare.replace(editionWords, '');
  return named === '' ? bare : named;
}

/** A place as places are compared; the same is written in SQL where entries of a day are searched. */
export function placeKeyOf(place: string): string {
  return place.normalize('NFKC').replaceAll(' ', '').toLowerCase();
}

/** What is looked at to see whether two entries are the same activity. */
export interface Likeness {
  readonly occurredOn: string;
  readonly titleKey: string;
  readonly placeKey: string;
  readonly pictures: readonly { readonly sha256: string; readonly perceptualHash: string | null }[];
}

/** Pictures differing in no more than this many of 64 bits look the same. */
export const similarPictureBits = 6;

export function twinSignsOf(asked: Likeness, other: Likeness): TwinSign[] {
  const signs: TwinSign[] = [];
  const sameDate = asked.occurredOn === other.occurredOn;
  if (sameDate && asked.titleKey === other.titleKey) signs.push('same_date_and_title');
  if (sameDate && asked.placeKey !== '' && asked.placeKey === other.placeKey) signs.push('same_date_and_place');
  const hashes = new Set(asked.pictures.map(({ sha256 }) => sha256));
  if (other.pictures.some(({ sha256 }) => hashes.has(sha256))) signs.push('same_picture');
  else if (asked.pictures.some((mine) => other.pictures.some((theirs) => differingBits(mine.perceptualHash, theirs.perceptualHash) <= similarPictureBits))) signs.push('similar_picture');
  return signs;
}

/** In how many places two hashes written in 0 and 1 differ; infinite when one is missing. */
export function differingBits(one: string | null, other: string | null): number {
  if (one === null || other === null || one.length !== other.length || one === '') return Number.POSITIVE_INFINITY;
  let differing = 0;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) differing += 1;
  return differing;
}
