// Databases of one test: empty and migrated, or copies of another.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../kernel/database.ts';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly database: Database;
  /** Waits until nobody is connected any more. */
  settled(): Promise<void>;
  drop(): Promise<void>;
}

export async function makeDatabase(template: string = inject('server').template): Promise<TestDatabase> {
  const server = inject('server');
  const { host, port, user, password } = server;
  const name = `fuwuyue_test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name} template ${template}`);
  const database = openDatabase({ ...server, database: name, maximumConnections: 4 });
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`;
  return {
    name,
    url: `postgres://${user}${secret}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    database,
    settled: async () => {
      for (;;) {
        const rows = await administer(`select 1 from pg_stat_activity where datname = '${name}' and backend_type = 'client backend'`);
        if (rows === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    drop: async () => {
      // A template of others was closed before.
      await database.close().catch(() => undefined);
      await administer(`drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(statement: string): Promise<number> {
  const client = new pg.Client({ ...inject('server'), database: 'postgres' });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
