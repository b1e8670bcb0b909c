// A real server whose line to the database runs through a proxy that the test can spoil.
import type { Database } from '../kernel/database.ts';
import type { Person } from './country.ts';
import { openProxy, type Proxy } from './proxy.ts';
import { databaseUrlOf, type ServerProcess, startServerProcess } from './server-process.ts';
import { openSessions, signInNameOf } from './sessions.ts';

/** Cookies of so many sessions of a person of the small country: one alone may ask no more than ten times a second. */
export async function sessionsFor(database: Database, person: Person, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, (_, index) => `${index}-${person.replaceAll(' ', '-')}`.padEnd(43, 'x'));
  await database.write((tx) => openSessions(tx, tokens.map((token) => ({ token, signInName: signInNameOf(person) }))));
  return tokens.map((token) => `fuwuyue=${token}`);
}

export async function serverBehind(
  database: Database,
  settings: { readonly [name: string]: string } = {},
): Promise<{ readonly proxy: Proxy; readonly server: ServerProcess }> {
  const url = new URL(await databaseUrlOf(database));
  const folder = url.searchParams.get('host');
  const proxy = await openProxy(folder === null || !folder.startsWith('/') ? { port: Number(url.port) } : { path: `${folder}/.s.PGSQL.${url.port}` });
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return { proxy, server: await startServerProcess({ DATABASE_URL: url.toString(), ...settings }) };
}
