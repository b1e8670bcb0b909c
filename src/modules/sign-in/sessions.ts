// What is stored about sessions and about the tickets between the two steps. Tokens are stored as hashes only.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { hashToken, newToken } from '../../kernel/session-cookie.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Device } from './model.ts';
import type { DeviceKind } from './rules/devices.ts';
import { enrolmentEnd, sessionEnd, ticketEnd } from './rules/sessions.ts';

export type EndedWhy = 'replaced' | 'ended_elsewhere' | 'account_changed' | 'recovered';

export interface NewSession extends DeviceKind {
  readonly accountId: string;
  readonly enrolling: boolean;
  /** Whether a factor was proved now: a password alone, or a link, is none. */
  readonly proved: boolean;
}

/** Opens a session and returns its token, which is stored nowhere. The account's expired sessions go. */
export async function openSession(tx: Tx, { proved, ...session }: NewSession, now: Instant): Promise<string> {
  await tx.deleteFrom('session').where('accountId', '=', session.accountId).where('expiresAt', '<=', now).execute();
  const token = newToken();
  const expiresAt = session.enrolling ? enrolmentEnd(now) : sessionEnd(now);
  await tx.insertInto('session').values({ ...session, id: randomUUID(), tokenHash: hashToken(token), createdAt: now, expiresAt, lastSeenAt: now, provedAt: proved ? now : null }).execute();
  return token;
}

/** Goes for good: signed out, or begun anew in the same browser. */
export async function endSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('session').where('tokenHash', '=', tokenHash).execute();
}

/** Ends all sessions of an account, but the one kept; what they held open is closed, and their browsers can say why. How many. */
export async function endSessions(tx: Tx, accountId: string, keptTokenHash: string | null, ending: { readonly why: EndedWhy; readonly now: Instant } | null = null): Promise<number> {
  if (ending === null) {
    const all = tx.deleteFrom('session').where('accountId', '=', accountId);
    const { numDeletedRows } = await (keptTokenHash === null ? all : all.where('tokenHash', '<>', keptTokenHash)).executeTakeFirst();
    return Number(numDeletedRows);
  }
  const all = tx.updateTable('session').set({ endedAt: ending.now, endedWhy: ending.why }).where('accountId', '=', accountId).where('endedAt', 'is', null).where('expiresAt', '>', ending.now);
  const { numUpdatedRows } = await (keptTokenHash === null ? all : all.where('tokenHash', '<>', keptTokenHash)).executeTakeFirst();
  return Number(numUpdatedRows);
}

/** One desktop and one phone: whoever signs in anew replaces the one of the same class. What was replaced. */
export async function replaceSessionOf(tx: Tx, accountId: string, device: Device, now: Instant): Promise<{ browser: string; system: string } | undefined> {
  return tx.updateTable('session').set({ endedAt: now, endedWhy: 'replaced' }).where('accountId', '=', accountId).where('device', '=', device).where('endedAt', 'is', null).where('expiresAt', '>', now)
    .returning(['browser', 'system']).executeTakeFirst();
}

export async function endOneSession(tx: Tx, accountId: string, id: string, keptTokenHash: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('session').set({ endedAt: now, endedWhy: 'ended_elsewhere' })
    .where('accountId', '=', accountId).where('id', '=', id).where('tokenHash', '<>', keptTokenHash).where('endedAt', 'is', null).executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface OpenSession extends DeviceKind {
  readonly id: string;
  readonly tokenHash: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly lastSeenAt: Instant | null;
  readonly lockedAt: Instant | null;
}

/** Sessions of an account that can still be gone on with, the last seen first. */
export async function listOpenSessions(tx: Tx, accountId: string, now: Instant): Promise<OpenSession[]> {
  return tx.selectFrom('session').select(['id', 'tokenHash', 'device', 'browser', 'system', 'createdAt', 'expiresAt', 'lastSeenAt', 'lockedAt'])
    .where('accountId', '=', accountId).where('endedAt', 'is', null).where('expiresAt', '>', now).orderBy('lastSeenAt', 'desc').orderBy('id').execute();
}

export interface Renewal {
  /** A factor was proved now. */
  readonly proved: boolean;
  /** The setting up is done: from now on an ordinary session. */
  readonly enrolled: boolean;
}

/** A new token for a session; the one of before counts for requests under way. Opens it when it was locked. Undefined when it has ended. */
export async function renewSession(tx: Tx, tokenHash: string, { proved, enrolled }: Renewal, now: Instant): Promise<string | undefined> {
  const token = newToken();
  const { numUpdatedRows } = await tx.updateTable('session')
    .set((eb) => ({
      previousHash: eb.ref('tokenHash'), tokenHash: hashToken(token), renewedAt: now, lastSeenAt: now, lockedAt: null, ...(proved ? { provedAt: now } : {}),
      ...(enrolled ? { enrolling: false, expiresAt: sessionEnd(now) } : {}),
    }))
    .where((eb) => eb.or([eb('tokenHash', '=', tokenHash), eb('previousHash', '=', tokenHash)]))
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? token : undefined;
}

/** A confirmation proves nothing, so the token stays what it is; only of demonstration accounts. */
export async function confirmSession(tx: Tx, tokenHash: string, now: Instant): Promise<void> {
  await tx.updateTable('session').set({ provedAt: now, lastSeenAt: now, lockedAt: null }).where('tokenHash', '=', tokenHash).execute();
}

export async function lockSession(tx: Tx, tokenHash: string, now: Instant): Promise<void> {
  await tx.updateTable('session').set({ lockedAt: now }).where('tokenHash', '=', tokenHash).where('lockedAt', 'is', null).execute();
}

/** Whether the account has signed in from such a device before; from now on it has. Undefined: it has signed in from none. */
export async function rememberDevice(tx: Tx, accountId: string, { device, browser, system }: DeviceKind, now: Instant): Promise<boolean | undefined> {
  const known = await tx.selectFrom('knownDevice').select(['device', 'browser', 'system']).where('accountId', '=', accountId).execute();
  if (known.some((one) => one.device === device && one.browser === browser && one.system === system)) return true;
  await tx.insertInto('knownDevice').values({ accountId, device, browser, system, firstSeenAt: now }).onConflict((conflict) => conflict.doNothing()).execute();
  return known.length === 0 ? undefined : false;
}

export interface Ticket {
  readonly accountId: string;
  readonly accountVersion: number;
  readonly tries: number;
}

/** A ticket for the second step, stored nowhere. Those of before end: one at a time. */
export async function openTicket(tx: Tx, accountId: string, accountVersion: number, now: Instant): Promise<string> {
  await tx.deleteFrom('signInTicket').where('accountId', '=', accountId).execute();
  const ticket = newToken();
  await tx.insertInto('signInTicket').values({ ticketHash: hashToken(ticket), accountId, accountVersion, expiresAt: ticketEnd(now) }).execute();
  return ticket;
}

/** The ticket, held until the transaction ends. */
export async function lockTicket(tx: Tx, ticket: string, now: Instant): Promise<Ticket | undefined> {
  return tx.selectFrom('signInTicket').select(['accountId', 'accountVersion', 'tries']).where('ticketHash', '=', hashToken(ticket)).where('expiresAt', '>', now).forUpdate().executeTakeFirst();
}

/** Whose ticket it is. */
export async function findTicketHolder(tx: Tx, ticket: string, now: Instant): Promise<{ signInName: string } | undefined> {
  return tx.selectFrom('signInTicket').innerJoin('account', 'account.id', 'signInTicket.accountId').select('account.signInName').where('ticketHash', '=', hashToken(ticket)).where('signInTicket.expiresAt', '>', now).executeTakeFirst();
}

export async function countTryOfTicket(tx: Tx, ticket: string): Promise<void> {
  await tx.updateTable('signInTicket').set((eb) => ({ tries: eb('tries', '+', 1) })).where('ticketHash', '=', hashToken(ticket)).execute();
}

export async function endTicket(tx: Tx, ticket: string): Promise<void> {
  await tx.deleteFrom('signInTicket').where('ticketHash', '=', hashToken(ticket)).execute();
}

/** Deletes sessions that have ended by themselves, so many at most; how many. */
export async function deleteEndedSessions(tx: Tx, now: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from session where token_hash = any(array(select token_hash from session where expires_at <= ${now} limit ${most} for update skip locked))`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** As `deleteEndedSessions`, tickets nobody came back with. */
export async function deleteEndedTickets(tx: Tx, now: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from sign_in_ticket where ticket_hash = any(array(select ticket_hash from sign_in_ticket where expires_at <= ${now} limit ${most} for update skip locked))`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
