// What may happen to articles of the column, and what of them is found by searching. Pure.
import { allowed, type Decision, refused } from '../../shared/decision.ts';
import type { Instant } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import type { ArticleAct, ArticleBlock, ArticleDocument, ArticleState, ReleaseNode } from './model.ts';

interface Transition {
  readonly from: readonly ArticleState[];
  readonly to: ArticleState;
}

/** From which states an act goes where. A draft of a published article that is withdrawn, sent back or removed leaves the published version standing. */
const transitions: { readonly [A in ArticleAct]: Transition } = {
  offer: { from: ['draft'], to: 'offered' },
  withdraw: { from: ['offered'], to: 'draft' },
  send_back: { from: ['offered'], to: 'draft' },
  publish: { from: ['offered'], to: 'published' },
  take_down: { from: ['draft', 'offered', 'published'], to: 'taken_down' },
  remove: { from: ['draft'], to: 'removed' },
  restore: { from: ['removed', 'taken_down'], to: 'draft' },
};

/** What `change` an act leaves among the versions. */
export const changeOfAct = { offer: 'offered', withdraw: 'withdrawn', send_back: 'sent_back', publish: 'published', take_down: 'taken_down', remove: 'removed', restore: 'restored' } as const;

export interface Standing {
  readonly state: ArticleState;
  readonly publishedVersion: number | null;
  /** Whoever wrote anything since the last publication. */
  readonly authors: readonly string[];
  readonly document: ArticleDocument;
}

/** Whether somebody may do this with an article as it stands; where to it goes. */
export function decideAct(act: ArticleAct, { state, publishedVersion, authors, document }: Standing, caller: { readonly accountId: string; readonly reason: string | null }): Decision<ArticleState> {
  const { from, to } = transitions[act];
  if (!from.includes(state)) return refused(problem('wrong_state', { act, state }));
  if (act === 'take_down' && publishedVersion === null) return refused(problem('wrong_state', { act, state }));
  // The public goes on reading it: what is in the bin must not be on the column.
  if (act === 'remove' && publishedVersion !== null) return refused(problem('refused_by_rule', { rule: 'article_is_public' }));
  if (act === 'publish' && authors.includes(caller.accountId)) return refused(problem('refused_by_rule', { rule: 'author_publishes' }));
  if ((act === 'take_down' || act === 'send_back') && caller.reason === null) return refused(problem('refused_by_rule', { rule: 'reason_missing' }));
  if (act === 'offer' && document.blocks.length === 0) return refused(problem('refused_by_rule', { rule: 'article_empty' }));
  return allowed(to);
}

/** A draft may be written on; so may what was published, which is then a draft of its next version. */
export function maySaveIn(state: ArticleState): boolean {
  return state === 'draft' || state === 'published';
}

export function picturesOf({ blocks }: Pick<ArticleDocument, 'blocks'>): { readonly id: string; readonly alt: string }[] {
  return blocks.flatMap((block) => (block.type === 'picture' ? [{ id: block.picture, alt: block.alt }] : []));
}

function wordsOf(block: ArticleBlock): string {
  if (block.type === 'heading') return block.text;
  if (block.type === 'picture') return block.caption;
  if (block.type === 'list') return block.items.map((item) => item.map(({ text }) => text).join('')).join('\n');
  return block.runs.map(({ text }) => text).join('');
}

/** All that is said in an article, a line a piece. */
export function textOf({ title, summary, blocks }: ArticleDocument): string {
  return [title, summary, ...blocks.map(wordsOf)].join('\n');
}

/** As it is compared: full width as half, no case. */
const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Pairs of neighbouring characters of each word or run of characters; single ones too, so that one character finds something. */
export function bigramsOf(text: string): string[] {
  const found = new Set<string>();
  for (const [run] of comparable(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    const characters = Array.from(run);
    characters.forEach((character, at) => {
      found.add(character);
      const next = characters[at + 1];
      if (next !== undefined) found.add(`${character}${next}`);
    });
  }
  return [...found];
}

/** What an article must hold to be found by words: their pairs, or the one character. */
export function soughtOf(query: string): string[] {
  return bigramsOf(query).filter((piece, _at, all) => Array.from(piece).length === 2 || !all.some((other) => other !== piece && Array.from(other).length === 2 && other.includes(piece)));
}

/** Who sees the published version: everybody, from the later of the publication and the day it is not to be seen before. */
export function visibleFrom(notBefore: Instant | null, publishedAt: Instant): Instant {
  return notBefore !== null && notBefore > publishedAt ? notBefore : publishedAt;
}

export interface OwnFigures {
  readonly code: string;
  readonly parent: string | null;
  readonly values: readonly number[];
}

/** The code of a unit's own work in a release. */
export const ownCode = (code: string): string => `${code}.own`;

/** Places of a release from the units' own figures: each unit is the sum of its own work and the units below it. Parents first. */
export function nodesOf(units: readonly OwnFigures[], top: string): ReleaseNode[] {
  const below = new Map<string, OwnFigures[]>();
  for (const unit of units) if (unit.parent !== null && unit.code !== top) below.set(unit.parent, [...(below.get(unit.parent) ?? []), unit]);
  const place = (unit: OwnFigures, parent: string | null): ReleaseNode[] => {
    const children = below.get(unit.code) ?? [];
    if (children.length === 0) return [{ code: unit.code, parent, values: [...unit.values] }];
    const own: ReleaseNode = { code: ownCode(unit.code), parent: unit.code, values: [...unit.values] };
    const subtrees = children.map((child) => place(child, unit.code));
    const values = unit.values.map((value, at) => value + subtrees.reduce((sum, [child]) => sum + (child?.values[at] ?? 0), 0));
    return [{ code: unit.code, parent, values }, own, ...subtrees.flat()];
  };
  const first = units.find(({ code }) => code === top);
  return first === undefined ? [] : place(first, null);
}
