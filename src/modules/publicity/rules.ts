// What counts of publicity, what looks like the same report twice, and what a stock may come to. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import { type InputIssue, problem } from '../../shared/problem.ts';
import type { EntryContent } from '../activities/model.ts';
import type { EditionDefinition } from '../editions/model.ts';
import type { MaterialFigures, MaterialForm, MaterialMove, MediaDouble, MediaItemContent } from './model.ts';

/** The kind under which its entries name an item as their work. */
export const publicityWork = 'publicity';
export const mediaPart = 'media';
export const mediaKind = 'media_item';
const listed = 'central';

/** A title as it is compared: without blanks, punctuation, width and case. */
export function titleKeyOf(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/[\p{P}\p{S}\p{Z}\s]/gu, '');
}

/** An address as it is compared: without scheme, `www.` and `m.`, fragment, and what only says how somebody came there. Empty for none. */
export function linkKeyOf(link: string): string {
  const [whole = ''] = link.normalize('NFKC').trim().replace(/^https?:\/\//i, '').split('#');
  const [place = '', query = ''] = whole.split('?');
  const [host = '', ...path] = place.split('/');
  const kept = query.split('&').filter((part) => part !== '' && !/^(utm_[a-z]+|from|share|spm|scene|isappinstalled|timestamp|wx_[a-z]+)(=|$)/i.test(part)).toSorted();
  const address = [host.toLowerCase().replace(/^(www|m)\./, ''), ...path.filter((part) => part !== '')].join('/');
  return kept.length === 0 ? address : `${address}?${kept.join('&')}`;
}

/** Whether a medium stands on the edition's list, or names itself after one that does: 人民日报客户端. */
export function isListed(outlet: string, centralMedia: readonly string[]): boolean {
  const key = titleKeyOf(outlet);
  return centralMedia.some((name) => key.startsWith(titleKeyOf(name)));
}

export const levelsOf = ({ kinds }: Pick<EditionDefinition, 'kinds'>): readonly string[] =>
  kinds.find(({ code }) => code === mediaKind)?.fields.find(({ code }) => code === 'level')?.options?.map(({ code }) => code) ?? [];

/** What is wrong with an item beside what the ledger says of it. */
export function mediaIssues({ level, outlet, origin, originalId, evidence }: MediaItemContent, definition: Pick<EditionDefinition, 'kinds' | 'centralMedia'>): InputIssue[] {
  return [
    ...(levelsOf(definition).includes(level) ? [] : [{ path: 'content.level', rule: 'unknown_option' }]),
    ...(level === listed && !isListed(outlet, definition.centralMedia) ? [{ path: 'content.outlet', rule: 'outlet_not_listed' }] : []),
    ...(origin === 'original' && originalId !== null ? [{ path: 'content.originalId', rule: 'original_has_no_original' }] : []),
    ...(origin === 'repost' && evidence.length > 0 ? [{ path: 'content.evidence', rule: 'screenshot_of_repost' }] : []),
  ];
}

/** The ledger entry of an item; null for what counts as nothing. */
export function entryOfMedia({ title, outlet, level, link, publishedOn, origin, evidence, windowReason }: MediaItemContent): EntryContent | null {
  if (origin === 'repost') return null;
  return {
    kind: mediaKind, occurredOn: publishedOn, title, place: '', values: { level, outlet, origin, ...(link === '' ? {} : { link }) }, enterprises: [], coHosts: [], evidence: [...evidence], windowReason, note: null,
  };
}

/** A report written down twice counts twice: an original that looks like another is taken only once somebody says it is another. */
export function decideDoubles({ origin }: MediaItemContent, doubles: readonly MediaDouble[], confirmed: boolean): Decision<null> {
  const [first] = doubles.filter((double) => double.origin === 'original');
  return origin === 'repost' || confirmed || first === undefined ? allowed(null) : refused(problem('refused_by_rule', { rule: 'media_double', name: first.title, id: first.id }));
}

export function figuresWith(before: MaterialFigures, { kind, amount }: Pick<MaterialMove, 'kind' | 'amount'>): MaterialFigures {
  const received = before.received + (kind === 'received' ? amount : 0);
  const handedOut = before.handedOut + (kind === 'handed_out' ? amount : 0);
  return { received, handedOut, reads: before.reads + (kind === 'read' ? amount : 0), stock: received - handedOut };
}

/** The figures after a move. Refused: nothing moved, the wrong kind for what it is, taken back without a reason, more than there is. */
export function decideMove(form: MaterialForm, before: MaterialFigures, move: MaterialMove): Decision<MaterialFigures> {
  const rule = whyNot(form, move);
  if (rule !== null) return refused(problem('refused_by_rule', { rule }));
  const after = figuresWith(before, move);
  if (after.stock < 0) return refused(problem('refused_by_rule', { rule: 'stock_below_zero', count: before.stock }));
  return after.received < 0 || after.handedOut < 0 || after.reads < 0 ? refused(problem('refused_by_rule', { rule: 'move_below_zero' })) : allowed(after);
}

function whyNot(form: MaterialForm, { kind, amount, occasion, activityId, reason }: MaterialMove): string | null {
  if (amount === 0) return 'move_of_nothing';
  if ((form === 'online') !== (kind === 'read')) return 'move_wrong_kind';
  if (amount < 0 && reason === '') return 'move_reason_missing';
  return kind === 'handed_out' && occasion === '' && activityId === null ? 'move_occasion_missing' : null;
}
