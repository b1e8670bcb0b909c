// Serves the site: reads the request, lets the page ask, lays the answer out. Works without script; a form is answered by a
// redirect, or shown again with what was typed.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context as HonoContext, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { withPosition } from '../kernel/browser-policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Ask } from '../kernel/http.ts';
import { getColumnVersion } from '../modules/column/contract.ts';
import { type Problem, problem, ProblemRaised, problemStatuses } from '../shared/problem.ts';
import { formOf } from './forms.ts';
import { encodingFor, hasIt, type Keeper, type KeptPage, type Made, openKeeper } from './keeping.ts';
import { layout, type Modes, problemPage, stylePath, switchPath } from './layout.ts';
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
  /** Milliseconds between two looks whether the column has changed (keeping.ts). */
  readonly askEvery?: number;
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

const mostPages = 600;

/** What the serving of one page needs beside the ports: which paths there are, and the pages kept. */
interface Served extends SitePorts {
  readonly paths: ReadonlySet<string>;
  readonly keeper: Keeper;
}

export function serveSite(pages: readonly SitePage[], given: SitePorts): Hono {
  const app = new Hono();
  const ports: Served = { ...given, paths: new Set(pages.map(({ path }) => path)), keeper: openKeeper({ askEvery: given.askEvery ?? 5_000, mostPages, clock: () => performance.now() }) };
  app.get(stylePath, (http) => asset(http, ports, 'style.css', 'text/css; charset=utf-8'));
  app.get('/site/:script{[a-z-]+\\.js}', (http) => asset(http, ports, http.req.param('script'), 'text/javascript; charset=utf-8'));
  app.post(switchPath, bodyLimit({ maxSize: plainForm }), (http) => switched(http, ports));
  for (const page of pages) {
    app.get(page.path, (http) => (page.kept === undefined ? answered(http, ports, page.read) : kept(http, ports, page.read, page.kept)));
    const { act } = page;
    if (act === undefined) continue;
    const maxSize = page.maximumBytes ?? plainForm;
    const tooLarge = (http: HonoContext): Promise<Response> => answered(http, ports, async () => Promise.reject(new ProblemRaised(problem('too_large', { maximumBytes: maxSize }))));
    app.post(page.path, bodyLimit({ maxSize, onError: tooLarge }), (http) => answered(http, ports, async (request) => act(request, await formOf(http))));
  }
  return app;
}

async function answered(http: HonoContext, ports: Served, show: (request: SiteRequest) => Promise<Shown | SiteFile | Redirect>): Promise<Response> {
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
  if ('geolocation' in shown && shown.geolocation === true) http.header('permissions-policy', withPosition);
  if ('bytes' in shown) return sent(http, shown);
  const page = await layout(request, modesOf(http), shown);
  return http.body(String(page), (shown.status ?? 200) as 200, { 'content-type': 'text/html; charset=utf-8', 'content-language': request.words.frame.lang });
}

type Read = SitePage['read'];

/** Of the same address only what counts: anything else in a query would fill the memory with the same page. */
function addressOf(url: URL, names: readonly string[]): string {
  const told = new URLSearchParams();
  for (const name of names) {
    const value = url.searchParams.get(name) ?? '';
    if (value !== '') told.set(name, value.slice(0, 100));
  }
  return `${url.pathname}${told.size === 0 ? '' : `?${told.toString()}`}`;
}

/** A page that is the same for everybody: as it was kept, or made and kept. Warm, it asks nobody for anything. */
async function kept(http: HonoContext, ports: Served, read: Read, names: readonly string[]): Promise<Response> {
  const url = new URL(http.req.url);
  const path = addressOf(url, names);
  const { large, contrast } = modesOf(http);
  // Without an address of its own the server is called as the caller calls it, and feeds repeat that.
  const key = `${ports.publicUrl === null ? url.host : ''} ${languageOf(http)} ${large ? 'large' : ''} ${contrast ? 'contrast' : ''} ${path}`;
  const page = await ports.keeper.page(key, () => make(http, ports, read, path), () => versionNow(http, ports));
  return handedOut(http, page);
}

async function versionNow(http: HonoContext, { ask }: Served): Promise<string> {
  const verdict = await ask(http, getColumnVersion, { input: {}, requestKey: null });
  if (!verdict.ok) throw new Error(verdict.problem.code);
  return verdict.answer.version;
}

async function make(http: HonoContext, ports: Served, read: Read, path: string): Promise<Made> {
  const request = { ...requestOf(http, ports), path };
  const [shown, requestId] = await read(request).then((made) => [made, null] as const, (error: unknown) => wrongOf(error));
  if ('code' in shown) return madeOf(http, request, problemPage(request, shown, requestId ?? '', problemStatuses[shown.code]), retryAfterOf(shown));
  return 'to' in shown ? { status: 303, headers: { location: shown.to, 'cache-control': 'no-store' }, bytes: new Uint8Array() } : madeOf(http, request, shown, {});
}

function wrongOf(error: unknown): readonly [Problem, string] {
  if (error instanceof Asked) return [error.problem, error.requestId];
  if (error instanceof ProblemRaised) return [error.problem, randomUUID()];
  throw error;
}

const shortly = 30;

async function madeOf(http: HonoContext, request: SiteRequest, shown: Shown | SiteFile, more: Made['headers']): Promise<Made> {
  const status = 'bytes' in shown ? 200 : shown.status ?? 200;
  // A cache between may show it half a minute longer, and while it asks for a new one; cookies say in which language and mode.
  const caching = status === 200 || status === 410 ? { 'cache-control': `public, max-age=${shown.cacheSeconds ?? shortly}, stale-while-revalidate=60`, 'x-robots-tag': request.demonstration || shown.indexed === false || status !== 200 ? 'noindex' : 'index, follow' } : { 'cache-control': 'no-store' };
  if ('bytes' in shown) {
    const named = shown.fileName === undefined ? {} : { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(shown.fileName)}` };
    return { status, headers: { ...caching, ...named, ...more, 'content-type': shown.mediaType }, bytes: typeof shown.bytes === 'string' ? new TextEncoder().encode(shown.bytes) : shown.bytes };
  }
  const page = await layout(request, modesOf(http), shown);
  return { status, headers: { ...caching, ...more, 'content-type': 'text/html; charset=utf-8', 'content-language': request.words.frame.lang }, bytes: new TextEncoder().encode(String(page)) };
}

function retryAfterOf({ details }: Problem): Made['headers'] {
  return typeof details['retryAfterSeconds'] === 'number' ? { 'retry-after': String(details['retryAfterSeconds']) } : {};
}

function handedOut(http: HonoContext, { status, headers, etag, bodies }: KeptPage): Response {
  const vary = { vary: 'accept-encoding, cookie' };
  if (etag !== '' && hasIt(http.req.header('if-none-match'), etag)) return http.body(null, 304, { ...headers, ...vary, etag });
  const encoding = encodingFor(http.req.header('accept-encoding'));
  const packed = encoding === null ? null : bodies[encoding];
  const body = packed ?? bodies.plain;
  const said = { ...headers, ...vary, ...(etag === '' ? {} : { etag: packed === null ? etag : `W/${etag}` }), ...(packed === null ? {} : { 'content-encoding': encoding ?? '' }), 'content-length': String(body.byteLength) };
  return http.body(body as Uint8Array<ArrayBuffer>, status as 200, said);
}

function sent(http: HonoContext, { mediaType, bytes, fileName }: SiteFile): Response {
  if (fileName !== undefined) http.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
  return http.body(typeof bytes === 'string' ? bytes : new Uint8Array(bytes), 200, { 'content-type': mediaType });
}

function requestOf(http: HonoContext, { ask, clock, demonstration, publicUrl, paths }: Served): SiteRequest {
  const language = languageOf(http);
  const url = new URL(http.req.url);
  return {
    path: `${url.pathname}${url.search}`, language, words: siteWords[language], now: clock.now(), demonstration,
    origin: publicUrl === null ? url.origin : new URL(publicUrl).origin,
    large: modesOf(http).large,
    has: (path) => paths.has(path),
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

const contrastCookie = 'site-contrast';

function modesOf(http: HonoContext): Modes {
  return { large: getCookie(http, textCookie) === 'large', contrast: getCookie(http, contrastCookie) === 'high' };
}

async function switched(http: HonoContext, { secure }: SitePorts): Promise<Response> {
  const form = await formOf(http);
  const set = form.text('set');
  const keep = (name: string): void => setCookie(http, name, set, { path: '/', sameSite: 'Lax', secure, httpOnly: true, maxAge: oneYear });
  if (set === 'zh' || set === 'en') keep(languageCookie);
  if (set === 'large' || set === 'plain') keep(textCookie);
  if (set === 'high' || set === 'soft') keep(contrastCookie);
  const back = form.text('back');
  // Our own pages only: `//elsewhere` is another host.
  return http.redirect(/^\/(?![/\\])/.test(back) ? back : '/column', 303);
}

async function asset(http: HonoContext, { assets }: SitePorts, name: string, mediaType: string): Promise<Response> {
  const bytes = await readFile(join(assets, name)).catch(() => null);
  if (bytes === null) return http.body(null, 404);
  return http.body(new Uint8Array(bytes), 200, { 'content-type': mediaType, 'cache-control': 'no-cache' });
}
