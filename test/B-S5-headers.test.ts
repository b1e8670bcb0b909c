// B-S5. Pass: headers on every route incl. 404/405/500/static/downloads as written here, to the letter; CSP has no `unsafe-*`, no wildcard;
// cookies have the prefix; methods; no version strings. That the journeys end with 0 reports is checked where they run (e2e/browser.ts).
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPolicy } from '../src/kernel/browser-policy.ts';
import { setSessionCookie } from '../src/kernel/session-cookie.ts';
import { makeExport } from '../src/modules/exports/contract.ts';
import { readEvidence, uploadEvidence } from '../src/modules/evidence/contract.ts';
import { implementations } from '../src/modules.ts';
import { isWrite } from '../src/shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { openWorld, type World } from '../src/testing/harness.ts';
import { startServerWithin, type ServerWithin } from '../src/testing/server-within.ts';

const reports = 'report-uri /api/csp-report; report-to csp';
const pagePolicy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default ProseMirrorClipboard; ${reports}`;
const dataPolicy = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; ${reports}`;
const filePolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** On every answer. */
const always = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=(), clipboard-read=(), display-capture=(), browsing-topics=()',
  'referrer-policy': 'no-referrer',
  'reporting-endpoints': 'csp="/api/csp-report"',
  'vary': 'accept-encoding',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

/** What is of the moment, or of the connection. */
const leftOut = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding', 'content-encoding', 'x-server-time', 'x-rows', 'content-disposition', 'set-cookie']);

function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => !leftOut.has(name)));
}

const data = { ...always, 'cache-control': 'no-store', 'content-security-policy': dataPolicy };
const json = { ...data, 'content-type': 'application/json' };
const problem = { ...data, 'content-type': 'application/problem+json; charset=utf-8' };
const page = { ...always, 'content-security-policy': pagePolicy };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('the server as it is put together', () => {
  let server: ServerWithin;
  beforeAll(async () => {
    server = await startServerWithin(world, { PUBLIC_URL: 'https://fuwuyue.example', LIMITS: 'anonymous=10000 sign_in=10000' });
  });
  afterAll(() => server.close());
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${server.address}${path}`, { redirect: 'manual', ...init });
  const secure = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

  it('says the same of every route of the API to whoever has no session', async () => {
    for (const { endpoint } of implementations) {
      const path = endpoint.path.replaceAll(/:[a-zA-Z]+/g, 'x');
      const response = await ask(path, { method: endpoint.method, ...(isWrite(endpoint) ? { headers: { [requestKeyHeader]: randomUUID() }, body: '{}' } : {}) });
      expect([endpoint.name, headersOf(response)]).toEqual([endpoint.name, { ...(response.ok ? json : problem), ...secure }]);
      expect([endpoint.name, response.status]).toEqual([endpoint.name, endpoint.access === 'public' ? expect.toBeOneOf([200, 400, 401, 403, 404, 422, 503]) : 401]);
    }
  });

  it('and of all that is no endpoint', async () => {
    const unknown = await ask('/api/nothing');
    expect([unknown.status, headersOf(unknown)]).toEqual([404, { ...problem, ...secure }]);
    for (const path of ['/api/openapi.json', '/healthz', '/readyz']) {
      const answer = await ask(path);
      const policy = path.startsWith('/api/') ? dataPolicy : pagePolicy;
      expect([path, answer.status, headersOf(answer)]).toEqual([path, 200, { ...data, ...secure, 'content-security-policy': policy, 'content-type': expect.stringMatching(/^application\/json/) }]);
    }
    const witness = await ask('/witness/cosignature', { method: 'POST', body: 'nothing' });
    expect([witness.status, headersOf(witness)]).toEqual([403, { ...page, ...secure, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }]);
    const missing = await ask('/nothing.js');
    expect([missing.status, headersOf(missing), await missing.text()]).toEqual([404, { ...page, ...secure, 'cache-control': 'no-store' }, '']);
    for (const path of ['/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/package.json', '/assets/..%2f..%2f..%2fpackage.json', '/.env', '/assets/%00.js']) expect([path, (await ask(path)).status]).toEqual([path, expect.toBeOneOf([200, 404, 503])]);
    for (const path of ['/package.json', '/..%2fpackage.json', '/.git/config', '/%2e%2e/package.json']) expect(await (await ask(path)).text()).not.toContain('"dependencies"');
  });

  it('and of pages: the page anew each time, its files for ever', async () => {
    const start = await ask('/');
    // Not built: the same headers, another status.
    const cached = start.status === 200 ? 'no-cache' : 'no-store';
    expect(headersOf(start)).toEqual({ ...page, ...secure, 'cache-control': cached, 'content-type': expect.stringMatching(/^text\/(html|plain)/) });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await start.text())?.[1];
    if (script === undefined) return console.log('SKIP B-S5 static files: dist/web is not built');
    const served = await ask(script);
    expect(headersOf(served)).toEqual({ ...page, ...secure, 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'text/javascript; charset=utf-8' });
  });

  it('and when something in it breaks', async () => {
    await renamed('sign_in_link', 'sign_in_link_away');
    const broken = await ask('/api/sign-in-links/use', { method: 'POST', headers: { [requestKeyHeader]: randomUUID(), 'content-type': 'application/json' }, body: JSON.stringify({ token: 'x'.repeat(43) }) });
    await renamed('sign_in_link_away', 'sign_in_link');
    expect([broken.status, headersOf(broken)]).toEqual([500, { ...problem, ...secure }]);
    expect(await broken.json()).toEqual({ type: 'urn:fuwuyue:problem:internal_error', code: 'internal_error', status: 500, details: {}, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('takes five methods and no other, and never grants anything to another origin', async () => {
    for (const method of ['OPTIONS', 'PATCH', 'PROPFIND']) {
      for (const path of ['/', '/api/me', '/healthz']) {
        const answer = await ask(path, { method, headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST', 'access-control-request-headers': requestKeyHeader } });
        expect([method, path, answer.status, answer.headers.get('allow')]).toEqual([method, path, 405, 'GET, HEAD, POST, PUT, DELETE']);
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
    // `fetch` itself refuses to send this one.
    expect(await new Promise((resolve) => request(`${server.address}/api/me`, { method: 'TRACE' }, (answer) => resolve(answer.resume().statusCode)).end())).toBe(405);
    const posted = await ask('/', { method: 'POST', body: 'x' });
    expect([posted.status, await posted.text()]).toEqual([404, '']);
  });

  it('takes no request whose length is told twice', async () => {
    const { hostname, port } = new URL(server.address);
    const told = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'));
      socket.on('error', reject);
      socket.once('data', (bytes) => {
        resolve(bytes.toString('latin1'));
        socket.destroy();
      });
    });
    expect(told.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  });

  it('tells no version of anything', async () => {
    for (const path of ['/', '/api/nothing', '/healthz', '/readyz', '/nothing.js', '/verifier.html']) {
      const answer = await ask(path);
      const told = JSON.stringify([...answer.headers]);
      expect([path, /node|hono|postgres|fuwuyue\/|server"|powered/i.exec(told)?.[0]]).toEqual([path, undefined]);
      if (path === '/readyz') expect(Object.keys((await answer.json()) as object).sort()).toEqual(['database', 'disk', 'edition', 'mode', 'schema', 'status', 'walls']);
    }
  });

  it('takes reports of browsers, and says nothing in return', async () => {
    const send = (body: string, type: string): Promise<Response> => ask('/api/csp-report', { method: 'POST', headers: { 'content-type': type }, body });
    const old = await send(JSON.stringify({ 'csp-report': { 'effective-directive': 'script-src', 'blocked-uri': 'inline' } }), 'application/csp-report');
    expect([old.status, await old.text(), headersOf(old)]).toEqual([204, '', { ...data, ...secure }]);
    for (const body of ['', '[]', 'null', '{"csp-report":7}', '['.repeat(5000), JSON.stringify([{ body: { effectiveDirective: 'x\nforged line' } }]), 'x'.repeat(20_000)]) expect((await send(body, 'application/reports+json')).status).toBe(204);
  });
});

it('lets one page of the site ask where the reader is, and no other', async () => {
  const app = new Hono();
  app.use(browserPolicy({ secure: false, ukeyService: null }));
  app.route('/', world.committed.app);
  const permitted = async (path: string): Promise<string> => (await app.request(path)).headers.get('permissions-policy') ?? '';
  expect(await permitted('/points')).toBe(always['permissions-policy'].replace('geolocation=()', 'geolocation=(self)'));
  for (const path of ['/firm', '/firm/sign-in', '/nothing']) expect(await permitted(path)).toBe(always['permissions-policy']);
});

it('carries the same over everything that needs a session, downloads too', async () => {
  const app = new Hono();
  app.use(browserPolicy({ secure: false, ukeyService: null }));
  app.route('/', world.committed.app);
  const ask = async (path: string, init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> } = {}): Promise<Response> =>
    app.request(path, { ...init, headers: { cookie: 'fuwuyue=person.clerk-of-990101', ...init.headers } });
  let asked = 0;
  for (const { endpoint } of implementations) {
    const path = endpoint.path.replaceAll(':edition', '2023').replaceAll(':unitCode', '990101').replaceAll(/:[a-zA-Z]+/g, '99-00000000-0000-4000-8000-000000000000');
    const response = await ask(path, { method: endpoint.method, ...(isWrite(endpoint) ? { headers: { [requestKeyHeader]: randomUUID(), 'content-type': 'application/json' }, body: '{}' } : {}) });
    const file = response.ok && endpoint.answer !== 'json';
    const expected = file ? { ...data, 'content-security-policy': filePolicy, 'cache-control': 'private, no-store', 'content-type': expect.any(String) } : response.ok ? json : problem;
    expect([endpoint.name, response.status >= 500 ? response.status : 0, headersOf(response)]).toEqual([endpoint.name, 0, expected]);
    asked += 1;
  }
  const name = '合影 "x"\r\n.jpg';
  const shape = requestOf(uploadEvidence, { edition: '2023', unitCode: '990101', name });
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } }).jpeg().toBuffer();
  const sent = await ask(shape.path, { method: 'POST', headers: { [requestKeyHeader]: randomUUID() }, body: new Uint8Array(picture) });
  const { id } = (await sent.json()) as { id: string };
  const read = await ask(requestOf(readEvidence, { id }).path);
  expect(headersOf(read)).toEqual({ ...data, 'content-security-policy': filePolicy, 'cache-control': 'private, no-store', 'content-type': 'image/jpeg' });
  expect(read.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent('合影 "x" .jpg')}`);
  const exported = requestOf(makeExport, { edition: '2023', unitCode: '990101', format: 'csv', subject: { kind: 'ledger' } });
  const stream = await ask(exported.path, { method: 'POST', headers: { [requestKeyHeader]: randomUUID(), 'content-type': 'application/json' }, body: exported.body });
  expect([stream.status, stream.headers.get('content-disposition'), headersOf(stream)['content-security-policy'], headersOf(stream)['cache-control']]).toEqual([200, expect.stringMatching(/^attachment; filename\*=UTF-8''/), filePolicy, 'private, no-store']);
  await stream.arrayBuffer();
  console.log(`B-S5: ${asked} endpoints with and without a session, pages, probes, 404, 405, 500, downloads: headers to the letter`);
});

it('gives the session a cookie no other host or path can set, and no script can read', async () => {
  for (const [secure, expected] of [[true, '__Host-fuwuyue=token; Path=/; HttpOnly; Secure; SameSite=Lax'], [false, 'fuwuyue=token; Path=/; HttpOnly; SameSite=Lax']] as const) {
    const app = new Hono();
    app.get('/', (http) => {
      setSessionCookie(http, 'token', secure);
      return http.body(null);
    });
    expect((await app.request('/')).headers.get('set-cookie')).toBe(expected);
  }
});

it('has no loophole in any policy', () => {
  for (const policy of [pagePolicy, dataPolicy, filePolicy]) {
    expect(policy).not.toMatch(/unsafe-|\*|https?:|data:/);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
  }
});

async function renamed(from: string, to: string): Promise<void> {
  await world.committed.database.write((tx) => sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(tx));
}
