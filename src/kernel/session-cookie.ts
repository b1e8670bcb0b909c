// The session cookie: an opaque random token; the database knows only its hash.
import { createHash, randomBytes } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { Instant } from '../shared/instant.ts';
import type { Actor } from './context.ts';
import type { Database } from './database.ts';

/** A session that was ended by something its holder should hear of. */
export interface EndedSession {
  readonly ended: string;
}

/** Who holds a token. `present`: somebody sits there; a request a page makes by itself keeps no session from locking. */
export type Identity = (database: Database, token: string, now: Instant, present: boolean) => Promise<Actor | EndedSession | null>;

export function sessionCookie(secure: boolean): string {
  return secure ? '__Host-fuwuyue' : 'fuwuyue';
}

export function setSessionCookie(http: HonoContext, token: string | null, secure: boolean): void {
  const name = sessionCookie(secure);
  if (token === null) deleteCookie(http, name, { path: '/', secure });
  else setCookie(http, name, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure });
}

/** 256 random bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
