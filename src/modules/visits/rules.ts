// What may happen to a visit, which ledger entries it counts as, and what it leaves to be done. Pure: the telephone shows the same.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { type InputIssue, problem } from '../../shared/problem.ts';
import type { Instant } from '../../shared/instant.ts';
import type { EntryContent } from '../activities/model.ts';
import type { EditionDefinition } from '../editions/model.ts';
import type { FollowUps, VisitContent, VisitState, VisitVerb } from './model.ts';

/** As ledger entries name the work they come from. */
export const visitSourceKind = 'visits';

/** How a visit stands, for what may be done with it. */
export interface Standing {
  readonly state: VisitState;
  readonly cancelledAt: Instant | null;
  readonly version: number;
}

export function verbsOfVisit({ state, cancelledAt, followUps }: Standing & { readonly followUps: FollowUps }, caller: { readonly writes: boolean; readonly editionClosed: boolean }): VisitVerb[] {
  if (!caller.writes || caller.editionClosed) return [];
  if (cancelledAt !== null) return ['restore'];
  if (state === 'planned') return ['record', 'replan', 'cancel'];
  return ['edit', 'cancel', ...(Object.keys(followUps).length === 0 ? [] : (['settle'] as const))];
}

const statesOf: { readonly [V in Exclude<VisitVerb, 'restore'>]: readonly VisitState[] } = { record: ['planned'], replan: ['planned'], edit: ['made'], cancel: ['planned', 'made'], settle: ['made'] };

/** Whether a verb fits a visit as it stands; `seen` is the version the caller has read, null where that is another question. */
export function canDo(verb: VisitVerb, visit: Standing & { readonly changedByName: string; readonly changedAt: Instant }, seen: number | null): Decision<true> {
  const { state, cancelledAt, version, changedByName, changedAt } = visit;
  if (seen !== null && seen !== version) return refused(problem('stale_version', { version, changedByName, changedAt }));
  const rule = whyNot(verb, state, cancelledAt !== null);
  return rule === null ? allowed(true) : refused(problem('refused_by_rule', { rule, name: changedByName, at: changedAt }));
}

function whyNot(verb: VisitVerb, state: VisitState, cancelled: boolean): string | null {
  if (verb === 'restore') return cancelled ? null : 'visit_stands';
  if (cancelled) return 'visit_called_off';
  if (statesOf[verb].includes(state)) return null;
  return state === 'made' ? 'visit_made' : 'visit_not_made';
}

type Kinds = Pick<EditionDefinition, 'kinds'>;

/** What a visit counts as, by part. A kind the edition does not know counts nothing. */
export function entriesOf({ kinds }: Kinds, content: VisitContent): ReadonlyMap<string, EntryContent> {
  const { occurredOn, windowReason, enterprise } = content;
  const common = { occurredOn, windowReason, place: '', coHosts: [], evidence: [], note: null };
  const entries: [string, EntryContent][] = [
    ['visit', { ...common, kind: 'visit', title: titleOf(enterprise.name), place: content.place, values: content.values, enterprises: [enterprise], evidence: content.evidence, note: content.found === '' ? null : content.found }],
    ...content.suggestions.map(({ number, title, topic }): [string, EntryContent] => [
      `suggestion-${number}`,
      { ...common, kind: 'suggestion', title, values: knownOf(kinds, 'suggestion', { items: 1, source: 'visit', topic }), enterprises: [enterprise] },
    ]),
  ];
  const copies = uncountedCopies(content);
  if (copies > 0) entries.push(['questionnaires', { ...common, kind: 'questionnaire_issue', title: `走访时发放问卷：${enterprise.name}`.slice(0, 100), values: knownOf(kinds, 'questionnaire_issue', { channel: 'paper', issued: copies }), enterprises: [] }]);
  return new Map(entries.filter(([, { kind }]) => kinds.some(({ code }) => code === kind)));
}

function titleOf(enterpriseName: string): string {
  return `走访${enterpriseName}`.slice(0, 100);
}

/** Copies of questionnaires that are kept nowhere here: the visit itself counts them. */
export function uncountedCopies({ questionnaires }: Pick<VisitContent, 'questionnaires'>): number {
  return questionnaires.filter(({ questionnaire }) => questionnaire === null).reduce((sum, { copies }) => sum + copies, 0);
}

/** Values of those fields that the edition's kind has. */
function knownOf(kinds: EditionDefinition['kinds'], kind: string, values: EntryContent['values']): EntryContent['values'] {
  const known = new Set((kinds.find(({ code }) => code === kind)?.fields ?? []).map(({ code }) => code));
  return Object.fromEntries(Object.entries(values).filter(([code, value]) => known.has(code) && value !== null));
}

/** Every part a visit counts as now or counted as before: those that are gone take their entries with them. */
export function partsToKeep(before: readonly string[], now: ReadonlyMap<string, EntryContent>): readonly string[] {
  return [...new Set([...now.keys(), ...before])];
}

/** What only a visit demands; the rest is the ledger's to say. */
export function visitIssues({ kinds }: Kinds, content: VisitContent): InputIssue[] {
  const topics = kinds.find(({ code }) => code === 'suggestion')?.fields.find(({ code }) => code === 'topic')?.options?.map(({ code }) => code) ?? [];
  return [
    ...content.met.flatMap((post, index) => (bearsTelephone(post) ? [{ path: `content.met.${index}`, rule: 'telephone_number' }] : [])),
    ...content.suggestions.flatMap(({ topic }, index) => (topic === null || topics.includes(topic) ? [] : [{ path: `content.suggestions.${index}.topic`, rule: 'unknown_choice' }])),
    ...twiceAt(content.suggestions.map(({ number }) => String(number)), 'content.suggestions'),
    ...twiceAt(content.questionnaires.map(({ questionnaire }) => questionnaire ?? ''), 'content.questionnaires'),
    ...twiceAt(content.topics, 'content.topics'),
    ...twiceAt(content.tags, 'content.tags'),
  ];
}

function twiceAt(values: readonly string[], path: string): InputIssue[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [{ path: `${path}.${index}`, rule: 'given_twice' }] : []));
}

/** A telephone number, however it is grouped: those belong to the contacts of the register, with the firm's consent. */
export function bearsTelephone(text: string): boolean {
  return /\d{7,}/.test(text.normalize('NFKC').replace(/[\s()+-]/g, ''));
}

/** What is left to be done: what was taken up already stays so while the visit still says that it is due. */
export function followUpsOf({ grievance, assessment }: Pick<VisitContent, 'grievance' | 'assessment'>, before: FollowUps): FollowUps {
  const open = { done: false, byName: null, at: null };
  return { ...(grievance ? { grievance: before.grievance ?? open } : {}), ...(assessment ? { assessment: before.assessment ?? open } : {}) };
}

/** The order of a day after somebody arranged it: exactly its visits, or what was seen is not what is there any more. */
export function decideOrder(present: readonly string[], wanted: readonly string[]): Decision<readonly string[]> {
  const same = present.length === wanted.length && present.every((id) => wanted.includes(id));
  return same ? allowed(wanted) : refused(problem('stale_version', { count: present.length }));
}

/** A day on which a visit may be planned: of the edition. */
export function dayIssues({ grace }: Pick<EditionDefinition, 'grace'>, day: string): InputIssue[] {
  return day < grace.from || day > grace.to ? [{ path: 'day', rule: 'date_outside_edition', from: grace.from, to: grace.to }] : [];
}
