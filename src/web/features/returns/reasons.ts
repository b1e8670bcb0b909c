// Reasons a table goes back with, as typed: per cell or for the whole table. The limits are the server's. Knows no DOM.
import type { ReturnReason } from '../../../modules/returns/model.ts';

export const reasonLimits = { shortest: 8, longest: 200 } as const;
/** A reason for one cell may be shorter: the cell says half of it. */
export const cellReasonLimits = { shortest: 4, longest: 200 } as const;
export type ReasonLimits = typeof reasonLimits | typeof cellReasonLimits;

export type ReasonProblem = 'missing' | 'too_short' | 'too_long';

export function reasonProblem(typed: string, { shortest, longest }: ReasonLimits): ReasonProblem | null {
  const { length } = typed.normalize('NFC').trim();
  if (length === 0) return 'missing';
  if (length < shortest) return 'too_short';
  return length > longest ? 'too_long' : null;
}

/** One line of the form; `indicator` is empty for the whole table. */
export interface ReasonDraft {
  readonly key: number;
  readonly indicator: string;
  readonly text: string;
}

/** A line for each marked cell, else one for the whole table. */
export function firstDrafts(marked: readonly string[]): ReasonDraft[] {
  return (marked.length === 0 ? [''] : marked).map((indicator, key) => ({ key, indicator, text: '' }));
}

/** The next line: for the whole table unless that is listed, else for the first cell that is not. */
export function withNextDraft(drafts: readonly ReasonDraft[], indicators: readonly string[]): ReasonDraft[] {
  const listed = new Set(drafts.map(({ indicator }) => indicator));
  const indicator = [...indicators, ''].find((code) => !listed.has(code)) ?? '';
  return [...drafts, { key: Math.max(-1, ...drafts.map(({ key }) => key)) + 1, indicator, text: '' }];
}

/** The lines as sent. */
export function reasonsOf(drafts: readonly ReasonDraft[]): ReturnReason[] {
  return drafts.map(({ indicator, text }) => ({ indicator: indicator === '' ? null : indicator, text: text.trim() }));
}

/** A phrase chosen from the templates, after what is typed already; chosen twice it stands once. */
export function withPhrase(typed: string, phrase: string): string {
  if (typed.includes(phrase)) return typed;
  const before = typed.trimEnd();
  return before === '' ? phrase : `${before}${/[\w.;:,]$/.test(before) ? ' ' : ''}${phrase}`;
}
