// What counts as issued and as returned, and the ledger entry a questionnaire counts as. Row 4 counts what was issued (domain 9, 8):
// of an open link the answers sent in, of one-time links those made, of paper and visits the copies handed out.
import { allowed, type Decision, refused } from '../../../shared/decision.ts';
import type { CalendarDate, Instant } from '../../../shared/instant.ts';
import { problem } from '../../../shared/problem.ts';
import type { EntryContent } from '../../activities/model.ts';
import { isOutsideWindow } from '../../editions/rules.ts';
import type { ChannelKind, Counted } from '../model/channels.ts';

/** What is known of a channel. */
export interface ChannelFacts {
  readonly kind: ChannelKind;
  readonly handedOut: number;
  /** One-time links made and not withdrawn. */
  readonly invitations: number;
  readonly answers: number;
}

/** Of copies on paper never fewer than came back: a number typed too low is no reason to lose answers. */
export function countedOf({ kind, handedOut, invitations, answers }: ChannelFacts): Counted {
  if (kind === 'open') return { issued: answers, returned: answers };
  return { issued: Math.max(kind === 'invited' ? invitations : handedOut, answers), returned: answers };
}

export function totalOf(channels: readonly Counted[]): Counted {
  return channels.reduce((sum, { issued, returned }) => ({ issued: sum.issued + issued, returned: sum.returned + returned }), { issued: 0, returned: 0 });
}

/** By links, by hand, or both, as the edition's form of the entry asks. */
export function wayOf(channels: readonly ChannelFacts[]): 'online' | 'paper' | 'mixed' {
  const ways = new Set(channels.filter((channel) => countedOf(channel).issued > 0).map(({ kind }) => (kind === 'open' || kind === 'invited' ? 'online' : 'paper')));
  return ways.size === 2 ? 'mixed' : ([...ways][0] ?? 'online');
}

interface Days {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Null while nothing went out. `outside` is the reason an entry needs whose day lies outside of the month. */
export function issueEntryOf(
  questionnaire: { readonly title: string; readonly firstDay: CalendarDate; readonly outside: string; readonly note: string },
  channels: readonly ChannelFacts[],
  edition: { readonly window: Days; readonly grace: Days },
): EntryContent | null {
  const { issued, returned } = totalOf(channels.map(countedOf));
  if (issued === 0) return null;
  const { firstDay } = questionnaire;
  const occurredOn = firstDay < edition.grace.from ? edition.grace.from : firstDay > edition.grace.to ? edition.grace.to : firstDay;
  return {
    kind: 'questionnaire_issue', occurredOn, title: Array.from(questionnaire.title).slice(0, 100).join(''), place: '', values: { channel: wayOf(channels), issued, returned }, enterprises: [], coHosts: [],
    windowReason: isOutsideWindow(edition.window, occurredOn) ? questionnaire.outside : null, evidence: [], note: questionnaire.note,
  };
}

/** A questionnaire as far as going out is concerned. */
export interface Going {
  readonly id: string;
  readonly published: number;
  readonly closedAt: Instant | null;
  readonly removedAt: Instant | null;
}

/** Only what was published goes out, and only until it is closed. */
export function canGoOut<Q extends Going>(questionnaire: Q): Decision<Q> {
  const state = questionnaire.removedAt !== null ? 'binned' : questionnaire.published === 0 ? 'draft' : questionnaire.closedAt !== null ? 'closed' : null;
  return state === null ? allowed(questionnaire) : refused(problem('wrong_state', { kind: 'questionnaire', state }));
}

/** Copies on paper are typed where they are handed out; of visits each says how many it left, and what goes by a link is counted. */
export function isTyped(kind: ChannelKind): boolean {
  return kind === 'paper';
}

/** Given out by hand: an officer enters what comes back. */
export function isHandedOut(kind: ChannelKind): boolean {
  return kind === 'paper' || kind === 'visit';
}
