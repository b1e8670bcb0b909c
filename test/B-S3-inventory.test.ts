// B-S3 Inventory: what the router serves is what the OpenAPI document lists and what the policy has a row for, path by path and method by
// method; what is no /api is a page of the site by its list, with a form only where it acts. Passes when they are the same, and everything else is answered by nobody.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openApiOf } from '../src/kernel/openapi.ts';
import { implementations } from '../src/modules.ts';
import { endpointRows } from '../src/modules/access/rules/endpoints.ts';
import { sitePages } from '../src/site/pages.ts';
import { openWorld, type World } from '../src/testing/harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ maximumConnections: 2 });
});
afterAll(() => world.close());

const endpoints = implementations.map(({ endpoint }) => endpoint);
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

interface Described {
  readonly paths: { readonly [path: string]: { readonly [method: string]: { readonly operationId: string } } };
}

it('the router, the document and the policy know the same', () => {
  const routed = world.committed.app.routes.filter(({ path }) => path.startsWith('/api/') && path !== '/api/*').map(({ method, path }) => `${method} ${path.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`);
  const { paths } = openApiOf(endpoints, '0') as unknown as Described;
  const described = Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  expect(routed.toSorted()).toEqual(described.toSorted());
  const named = Object.values(paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));
  expect(named.toSorted()).toEqual(Object.keys(endpointRows).toSorted());
  console.log(`B-S3: ${routed.length} routes, each in the document and in the policy`);
});

it('the rest of the router is the pages of the site, each as it is listed', () => {
  // A form has a limit of its own before it: the same path twice.
  const routed = new Set(world.committed.app.routes.filter(({ path }) => !path.startsWith('/api/')).map(({ method, path }) => `${method} ${path}`));
  const listed = sitePages.flatMap(({ path, act }) => [`GET ${path}`, ...(act === undefined ? [] : [`POST ${path}`])]);
  expect([...routed].toSorted()).toEqual([...listed, 'GET /site/style.css', 'GET /site/:script{[a-z-]+\\.js}', 'POST /site/switch'].toSorted());
  expect(listed.length).toBeGreaterThan(sitePages.length);
});

it('any other method or path is answered by nobody, whoever asks', async () => {
  const clerk = world.committed.as('clerk of 990101');
  const known = new Map<string, Set<string>>();
  for (const { method, path } of endpoints) {
    const shape = path.replaceAll(/:[A-Za-z]+/g, 'x');
    known.set(shape, new Set([...(known.get(shape) ?? []), method]));
  }
  for (const [path, served] of known) {
    for (const method of methods.filter((one) => !served.has(one) && !(one === 'HEAD' && served.has('GET')))) {
      const response = await clerk.raw(path, { method });
      // Another endpoint's path may match with other values; none may be let in by a method it has not.
      expect([404, 400, 403], `${method} ${path}`).toContain(response.status);
    }
  }
  for (const path of ['/api', '/api/', '/api/v1/units', '/api/admin', '/api/debug', '/api/editions/2023/units/990101/ledger', '/api/graphql', '/api/%2e%2e/etc']) {
    expect((await clerk.raw(path)).status, path).toBe(404);
  }
});

it('what only reads cannot write: its transaction is read-only, behind the wall too', async () => {
  const { database } = world.committed;
  for (const one of [database, database.within({ accountId: '', reach: '*', logReach: [] })]) {
    await expect(one.read((tx) => sql`delete from known_device`.execute(tx))).rejects.toMatchObject({ code: '25006' });
  }
});

it('outside of the router only these are served', () => {
  const sources = (directory: string): string[] => readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
  const served = [...sources('src/kernel'), 'src/main.ts'].flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bapp\.(get|post|put|delete|all|on)\(([^,]+),/g)].map((match) => `${match[1] ?? ''} ${match[2] ?? ''}`));
  expect(served.toSorted()).toEqual([
    "all '/api/*'", "get '/*'", "get '/api/openapi.json'", "get '/healthz'", "get '/readyz'", 'get path', 'on method', 'post path', 'post reportPath',
  ]);
});
