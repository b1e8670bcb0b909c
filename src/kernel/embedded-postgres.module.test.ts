// One process owns the embedded server; commands may work beside it, a second owner may not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

const directory = mkdtempSync(join(tmpdir(), 'fuwuyue-beside-'));
let owner: EmbeddedPostgres;
beforeAll(async () => {
  owner = await startEmbeddedPostgres({ dataDirectory: directory });
});
afterAll(async () => {
  await owner.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function answers(): Promise<unknown> {
  const client = new pg.Client(owner.connection);
  await client.connect();
  const { rows } = await client.query('select 1 as one');
  await client.end();
  return rows;
}

it('lets a command work beside its owner, who is not disturbed when that ends', async () => {
  const guest = await startEmbeddedPostgres({ dataDirectory: directory, beside: true });
  expect(guest.connection).toEqual(owner.connection);
  await guest.stop();
  expect(await answers()).toEqual([{ one: 1 }]);
});

it('is found by whoever has another home folder', async () => {
  const { HOME: home } = process.env;
  process.env['HOME'] = directory;
  try {
    const guest = await startEmbeddedPostgres({ dataDirectory: directory, beside: true });
    expect(guest.connection).toEqual(owner.connection);
  } finally {
    process.env['HOME'] = home;
  }
});

it('refuses a second owner', async () => {
  await expect(startEmbeddedPostgres({ dataDirectory: directory })).rejects.toMatchObject({ code: 'data_directory_in_use' });
  expect(await answers()).toEqual([{ one: 1 }]);
});
