// One PostgreSQL for a whole test run: DATABASE_URL's server if set, else the embedded one in a temporary folder.
// Migrates a template once; each test file copies it (about 30 ms).
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../kernel/embedded-postgres.ts';
import { migrate } from '../kernel/migrate.ts';
import { unclassifiedTables } from '../kernel/walls.ts';

declare module 'vitest' {
  interface ProvidedContext {
    server: { host: string; port: number; user: string; password: string; template: string };
  }
}

export const templateName = 'fuwuyue_test_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['DATABASE_URL'];
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-test-'));
  // Run as root, the database's own user must get in; else its cluster lies elsewhere and would be left behind.
  await chmod(directory, 0o711);
  const embedded = url === undefined ? await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), settings: { max_connections: '100' } }) : null;
  const server = embedded === null ? fromUrl(url ?? '') : { host: embedded.connection.host, port: embedded.connection.port, user: embedded.connection.user, password: '' };
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  await client.query(`drop database if exists ${templateName} with (force)`);
  await client.query(`create database ${templateName}`);
  const { walls } = await migrate({ ...server, database: templateName }, 'migrations');
  if (walls?.stands !== true) throw new Error('the tests need a database user that may create roles: what they prove is proved behind the second wall');
  await client.end();
  await refuseUnclassified({ ...server, database: templateName });
  project.provide('server', { ...server, template: templateName });
  return async () => {
    await embedded?.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

/** Told at once, and not by requests that fail for want of a right. */
async function refuseUnclassified(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  const unclassified = await unclassifiedTables(client);
  await client.end();
  if (unclassified.length > 0) throw new Error(`tables without a row in \`tables\` of src/kernel/walls.ts (which rights, which rows a request may see, and why): ${unclassified.join(', ')}`);
}

function fromUrl(text: string): { host: string; port: number; user: string; password: string } {
  const url = new URL(text);
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port === '' ? '5432' : url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}
