// Which writes come from our own pages.
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { ProblemRaised } from '../shared/problem.ts';
import { guardWrite } from './origin.ts';

async function answer(headers: Record<string, string>, origin: string | null): Promise<string> {
  const app = new Hono();
  app.post('/', (http) => {
    try {
      return http.text(guardWrite(http, origin));
    } catch (error) {
      return http.text(error instanceof ProblemRaised ? error.problem.code : 'fault');
    }
  });
  return (await app.request('/', { method: 'POST', headers: { 'x-request-key': 'key-of-this-write', host: 'fuwuyue.example:8443', ...headers } })).text();
}

const taken = 'key-of-this-write';
const ours = 'https://fuwuyue.example:8443';

it.each([
  ['the browser says it is our page', { 'sec-fetch-site': 'same-origin' }, ours, taken],
  ['typed or from a bookmark', { 'sec-fetch-site': 'none' }, ours, taken],
  ['a sister host is not our page', { 'sec-fetch-site': 'same-site', origin: ours }, ours, 'cross_site_refused'],
  ['a foreign page', { 'sec-fetch-site': 'cross-site' }, null, 'cross_site_refused'],
  ['the browser says nothing, but the origin is ours', { origin: ours }, ours, taken],
  ['and it is not', { origin: 'https://evil.example' }, ours, 'cross_site_refused'],
  ['another port is another origin', { origin: 'https://fuwuyue.example' }, ours, 'cross_site_refused'],
  ['a page without an origin', { origin: 'null' }, null, 'cross_site_refused'],
  ['no public address is set: the host asked for counts', { origin: 'http://fuwuyue.example:8443' }, null, taken],
  ['and a foreign one does not', { origin: 'http://evil.example' }, null, 'cross_site_refused'],
  ['no browser at all', {}, ours, taken],
  ['without a key', { 'x-request-key': '' }, ours, 'invalid_input'],
  ['with something else for a key', { 'x-request-key': 'a b' }, ours, 'invalid_input'],
])('%s', async (_title, headers, origin, expected) => {
  expect(await answer(headers, origin)).toBe(expected);
});
