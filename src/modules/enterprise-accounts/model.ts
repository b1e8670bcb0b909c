// Accounts of enterprises: one each, opened by the unit that keeps it, asked for by the enterprise or offered to it.
import { z } from 'zod';
import { calendarDate, instant } from '../../shared/instant.ts';
import { plainText } from '../../shared/wire.ts';

export const phoneNumber = z.string().trim().regex(/^\+?[0-9][0-9 -]{4,18}[0-9]$/, { error: 'phone' });

/** Who at the enterprise holds the account. Kept wrapped. */
export const contact = z.strictObject({ name: plainText(30), phone: phoneNumber });
export type Contact = z.output<typeof contact>;

/** Twenty signs as they are printed, `8Q2K-MN4T-7XPA-W3RB-5DHC`; blanks and hyphens mean nothing. */
export const openingCode = z.string().min(1, { error: 'text_missing' }).max(40, { error: 'text_too_long' });

/** A code to be handed to the enterprise, shown once. */
export const handedCode = z.object({ accountId: z.string(), code: z.string(), path: z.string(), expiresAt: instant });
export type HandedCode = z.output<typeof handedCode>;

/** `waiting` the code was not used yet; `in_use`; `disabled`. */
export const accountState = z.enum(['waiting', 'in_use', 'disabled']);
export type AccountState = z.output<typeof accountState>;

export const keptAccount = z.object({
  accountId: z.string(),
  uscc: z.string(),
  name: z.string(),
  contact,
  state: accountState,
  checked: z.string(),
  openedByName: z.string(),
  openedAt: instant,
  lastSignedInAt: instant.nullable(),
  /** Somebody asked to open it anew; `mayDecide` whoever looks is another. */
  recovery: z.object({ reason: z.string(), contact, byName: z.string(), at: instant, mayDecide: z.boolean() }).nullable(),
});
export type KeptAccount = z.output<typeof keptAccount>;

export const accountRequest = z.object({ id: z.string(), uscc: z.string(), name: z.string(), contact, askedAt: instant, /** Registered name of the code, where it is known. */ registeredName: z.string().nullable() });
export type AccountRequest = z.output<typeof accountRequest>;

export const competentUnit = z.object({ code: z.string(), name: z.string() });
export type CompetentUnit = z.output<typeof competentUnit>;

/** One service the enterprise took part in, as the ledger tells it: nothing of other participants. */
export const ownService = z.object({ occurredOn: calendarDate, kind: z.object({ zh: z.string(), en: z.string() }), title: z.string(), unitName: z.string() });
export type OwnService = z.output<typeof ownService>;

/** Somebody looked: which post of which unit on which day, how often. No name. */
export const ownView = z.object({ day: calendarDate, unitName: z.string(), post: z.string(), what: z.enum(['assessment', 'contacts']), times: z.number().int() });
export type OwnView = z.output<typeof ownView>;
