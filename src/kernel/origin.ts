// Whether a write comes from our own pages (0028). A foreign page can make a browser send our cookie, but not this header without
// asking first, which is never granted; and the browser says where the page came from, in one of two ways.
import type { Context as HonoContext } from 'hono';
import { problem } from '../shared/problem.ts';
import { requestKeyHeader, requestKeyPattern } from '../shared/request.ts';
import { raise } from './context.ts';

/** The request key of a write from our own pages, or from no page at all. */
export function guardWrite(http: HonoContext, origin: string | null): string {
  return guardKey(http, origin, http.req.header(requestKeyHeader));
}

/** As `guardWrite`, where a form without script carries the key among its fields. */
export function guardKey(http: HonoContext, origin: string | null, key: string | undefined): string {
  if (!isOurs(http, origin)) raise(problem('cross_site_refused'));
  if (key === undefined || !requestKeyPattern.test(key)) {
    raise(problem('invalid_input', { issues: [{ path: requestKeyHeader, rule: 'request_key' }] }));
  }
  return key;
}

function isOurs(http: HonoContext, origin: string | null): boolean {
  const site = http.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  // Browsers leave that out on plain http; but all since Chromium 90 send an origin with every write.
  const from = http.req.header('origin');
  return from === undefined || from === origin || (origin === null && hostOf(from) === http.req.header('host'));
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
