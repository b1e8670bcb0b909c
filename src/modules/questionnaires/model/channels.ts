// How a questionnaire goes out and how much of it is counted: channels, one-time links, issued (发放) and returned (回收).
import { z } from 'zod';
import { calendarDate } from '../../../shared/instant.ts';

/** An open link with its code; one-time links, one to an enterprise; paper, entered later by an officer; visits. */
export const channelKind = z.enum(['open', 'invited', 'paper', 'visit']);
export type ChannelKind = z.output<typeof channelKind>;

/** The public end of an open link begins with its province, and so does that of a one-time link, which is longer. No letters that look alike. */
export const channelCodePattern = /^\d{2}[a-hjkmnp-z2-9]{8}$/;
export const invitationTokenPattern = /^\d{2}[a-hjkmnp-z2-9]{20}$/;
export const publicCode = z.string().regex(/^\d{2}([a-hjkmnp-z2-9]{8}|[a-hjkmnp-z2-9]{20})$/, { error: 'questionnaire_link' });

/** A QR code as one path in a square of `size`. */
export const qrPath = z.object({ size: z.number().int(), path: z.string() });

export const counted = z.object({ issued: z.number().int(), returned: z.number().int() });
export type Counted = z.output<typeof counted>;

export const channelState = z.enum(['open', 'closed']);

export const channel = counted.extend({
  id: z.string(),
  kind: channelKind,
  name: z.string(),
  state: channelState,
  openedOn: calendarDate,
  /** Typed; 0 where what goes out is counted. */
  handedOut: z.number().int(),
  /** Address of an open link; null for the others. */
  link: z.object({ address: z.string(), qr: qrPath }).nullable(),
  version: z.number().int(),
});
export type Channel = z.output<typeof channel>;

export const invitationState = z.enum(['waiting', 'used', 'withdrawn']);
export const invitation = z.object({ id: z.string(), uscc: z.string(), name: z.string(), madeOn: calendarDate, state: invitationState });
export type Invitation = z.output<typeof invitation>;

/** Told once, when it is made: of its token only a hash is kept. */
export const madeInvitation = z.object({ id: z.string(), uscc: z.string(), name: z.string(), address: z.string(), qr: qrPath });
export type MadeInvitation = z.output<typeof madeInvitation>;
