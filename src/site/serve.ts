// Serves the site: reads the request, lets the page ask, lays the answer out. Works without script; a form is answered by a
// redirect, or shown again with what was typed.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context as HonoContext, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../kernel/clock.ts';
import type { Ask } from '../kernel/http.ts';
import { type Problem, problem, ProblemRaised, problemStatuses } from '../shared/problem.ts';
import { formOf } from './forms.ts';
import { layout, problemPage, scriptPath, stylePath, switchPath } from './layout.ts';
import { siteWords } from './language/words.ts';
import type { Redirect, Shown, SiteFile, SiteLanguage, SitePage, SiteRequest } from './page.ts';

export interface SitePorts {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly demonstration: boolean;
  /** Of the settings; null: whatever host was asked for. */
  readonly publicUrl: string | null;
  /** Cookies must be Secure. */
  readonly secure: boolean;
  /** Folder of the built style and scripts. */
  readonly assets: string;
}

const plainForm = 65_536;
const oneYear = 31_536_000;

class Asked extends Error {
  readonly problem: Problem;
  readonly requestId: string;
  constructor(raised: Problem, requestId: string) {
    super(raised.code);
    this.problem = raised;
    this.requestId = requestId;
  }
}

export function serveSite(pages: readonly SitePage[], ports: SitePorts): Hono {
  const app = new Hono();
  app.get(stylePath, (http) => asset(http, ports, 'style.css', 'text/css; charset=utf-8'));
  app.get(scriptPath(':name{[a-z-]+}'), (http) => asset(http, ports, `${http.req.param('name') ?? ''}.js`, 'text/javascript; charset=utf-8'));
  app.post(switchPath, bodyLimit({ maxSize: plainForm }), (http) => switched(http, ports));
  for (const page of pages) {
    app.get(page.path, (http) => answered(http, ports, page.read));
    const { act } = page;
    if (act === undefined) continue;
    const maxSize = page.maximumBytes ?? plainForm;
    const tooLarge = (http: HonoContext): Promise<Response> => answered(http, ports, async () => Promise.reject(new ProblemRaised(problem('too_large', { maximumBytes: maxSize }))));
    app.post(page.path, bodyLimit({ maxSize, onError: tooLarge }), (http) => answered(http, ports, async (request) => act(request, await formOf(http))));
  }
  return app;
}

async function answered(http: HonoContext, ports: SitePorts, show: (request: SiteRequest) => Promise<Shown | SiteFile | Redirect>): Promise<Response> {
  const request = requestOf(http, ports);
  try {
    return await rendered(http, request, await show(request));
  } catch (error) {
    if (error instanceof Asked) return wrong(http, request, error.problem, error.requestId);
    if (error instanceof ProblemRaised) return wrong(http, request, error.problem, randomUUID());
    throw error;
  }
}

async function wrong(http: HonoContext, request: SiteRequest, raised: Problem, requestId: string): Promise<Response> {
  const { retryAfterSeconds } = raised.details;
  if (typeof retryAfterSeconds === 'number') http.header('retry-after', String(retryAfterSeconds));
  return rendered(http, request, problemPage(request, raised, requestId, problemStatuses[raised.code]));
}

async function rendered(http: HonoContext, request: SiteRequest, shown: Shown | SiteFile | Redirect): Promise<Response> {
  if ('to' in shown) return http.redirect(shown.to, 303);
  http.header('cache-control', shown.cacheSeconds === undefined ? 'no-store' : `public, max-age=${shown.cacheSeconds}`);
  if (shown.indexed === true) http.header('x-robots-tag', 'index, follow');
  if ('bytes' in shown) return sent(http, shown);
  const page = await layout(request, isLarge(http), shown);
  return http.body(String(page), (shown.status ?? 200) as 200, { 'content-type': 'text/html; charset=utf-8', 'content-language': request.words.frame.lang });
}

function sent(http: HonoContext, { mediaType, bytes, fileName }: SiteFile): Response {
  if (fileName !== undefined) http.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
  return http.body(typeof bytes === 'string' ? bytes : new Uint8Array(bytes), 200, { 'content-type': mediaType });
}

function requestOf(http: HonoContext, { ask, clock, demonstration, publicUrl }: SitePorts): SiteRequest {
  const language = languageOf(http);
  const url = new URL(http.req.url);
  return {
    path: `${url.pathname}${url.search}`, language, words: siteWords[language], now: clock.now(), demonstration,
    origin: publicUrl === null ? url.origin : new URL(publicUrl).origin,
    parameter: (name) => http.req.param(name) ?? '',
    query: (name) => http.req.query(name) ?? '',
    ask: async (endpoint, input) => {
      const verdict = await ask(http, endpoint, { input, requestKey: null });
      if (verdict.ok) return verdict.answer;
      throw new Asked(verdict.problem, verdict.requestId);
    },
    send: (endpoint, input, { requestKey }, bytes) => ask(http, endpoint, { input, requestKey, ...(bytes === undefined ? {} : { bytes }) }),
  };
}

const languageCookie = 'site-language';
const textCookie = 'site-text';

/** What the address says, else what was chosen; Chinese unless said. */
function languageOf(http: HonoContext): SiteLanguage {
  const said = http.req.query('lang') ?? getCookie(http, languageCookie);
  return said === 'en' ? 'en' : 'zh';
}

const isLarge = (http: HonoContext): boolean => getCookie(http, textCookie) === 'large';

async function switched(http: HonoContext, { secure }: SitePorts): Promise<Response> {
  const form = await formOf(http);
  const set = form.text('set');
  const keep = (name: string): void => setCookie(http, name, set, { path: '/', sameSite: 'Lax', secure, httpOnly: true, maxAge: oneYear });
  if (set === 'zh' || set === 'en') keep(languageCookie);
  if (set === 'large' || set === 'plain') keep(textCookie);
  const back = form.text('back');
  // Our own pages only: `//elsewhere` is another host.
  return http.redirect(/^\/(?![/\\])/.test(back) ? back : '/column', 303);
}

async function asset(http: HonoContext, { assets }: SitePorts, name: string, mediaType: string): Promise<Response> {
  const bytes = await readFile(join(assets, name)).catch(() => null);
  if (bytes === null) return http.body(null, 404);
  return http.body(new Uint8Array(bytes), 200, { 'content-type': mediaType, 'cache-control': 'no-cache' });
}
