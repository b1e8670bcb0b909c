// What pages of the site bring beside their HTML is there, switches lead nowhere else, and the page of service points finds and turns pages.
import { readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAsking } from '../kernel/http.ts';
import { implementations } from '../modules.ts';
import { openWorld, type World } from '../testing/harness.ts';
import { edition } from '../testing/steps.ts';
import { addServicePoint, actOnServicePoint, nameServicePoint } from '../modules/service-points/contract.ts';
import { scriptPath, stylePath, switchPath } from './layout.ts';
import { sitePages } from './pages.ts';
import { serveSite } from './serve.ts';

let world: World;
const assets = join(tmpdir(), 'fuwuyue-site-assets');
const scripts = readdirSync('src/site/scripts').filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => name.slice(0, -3));
beforeAll(async () => {
  world = await openWorld();
  await mkdir(assets, { recursive: true });
  for (const name of ['style.css', ...scripts.map((script) => `${script}.js`)]) await writeFile(join(assets, name), `/* ${name} */`);
});
afterAll(async () => {
  await world.close();
  await rm(assets, { recursive: true });
});

it('hands out its style and every script, and nothing beside them', async () => {
  const { ports, clock } = world.committed;
  const app = serveSite(sitePages, { ask: openAsking(implementations, ports), clock, demonstration: false, publicUrl: null, secure: false, assets });
  for (const path of [stylePath, ...scripts.map(scriptPath)]) expect([path, (await app.request(path)).status, await (await app.request(path)).text()]).toEqual([path, 200, `/* ${path.slice('/site/'.length)} */`]);
  for (const path of ['/site/nothing.js', '/site/..%2fserve.js', '/site/style.css.map', '/site/.js']) expect([path, (await app.request(path)).status]).toEqual([path, 404]);
});

it('leads back to its own pages only', async () => {
  const switched = async (back: string): Promise<string | null> =>
    (await world.committed.app.request(switchPath, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ set: 'large', back }).toString() })).headers.get('location');
  expect(await switched('/points?kind=demo_site')).toBe('/points?kind=demo_site');
  for (const back of ['//elsewhere.example/', '/\\elsewhere.example', 'https://elsewhere.example/', '']) expect(await switched(back)).toBe('/column');
});

it('shows named service points, escaped as they were typed, and a page of them at a time', () => world.rolledBack(async (country) => {
  const clerk = country.as('clerk of 990101');
  const page = async (query: string): Promise<string> => (await country.anyone().raw(`/points${query}`)).text();
  expect(await page('')).toContain('还没有已命名的服务站点');
  for (const number of [1, 2]) {
    const { id } = await clerk.call(addServicePoint, { edition, unitCode: '990101', content: { kind: 'contact_point', name: `<b>示例联络点${number}</b>`, address: '望月县示例路1号', position: { latitude: 30.25, longitude: 120.17 } } });
    await clerk.call(actOnServicePoint, { edition, id, version: 1, act: 'apply', onDay: '2023-06-20' });
    await clerk.call(actOnServicePoint, { edition, id, version: 2, act: 'pass_inspection', onDay: '2023-06-20' });
    await country.as('head of 990101').call(nameServicePoint, { edition, id, version: 3, act: 'name', onDay: '2023-06-20' });
  }
  const shown = await page('?unit=990000&query=示例&kind=contact_point');
  expect(shown).toContain('&lt;b&gt;示例联络点1&lt;/b&gt;');
  expect(shown).not.toContain('<b>示例');
  expect(shown).toMatch(/<li data-latitude="30.25" data-longitude="120.17">/);
  expect(await page('?kind=nothing&page=-7&unit=x')).toContain('共 2 个');
  expect(await page('?lang=en')).toContain('Nearest first');
})());
