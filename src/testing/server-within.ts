// The whole server as `fuwuyue serve` puts it together, within the test's own process and on the world's database.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../kernel/config.ts';
import type { Log } from '../kernel/log.ts';
import { silentLog } from '../kernel/log.ts';
import { openStore, startServer } from '../main.ts';
import type { World } from './harness.ts';
import { databaseUrlOf } from './server-process.ts';

export interface ServerWithin {
  readonly address: string;
  readonly directory: string;
  close(): Promise<void>;
}

export async function startServerWithin(world: World, settings: { readonly [name: string]: string } = {}, log: Log = silentLog): Promise<ServerWithin> {
  const directory = await mkdtemp(join(tmpdir(), 'fuwuyue-within-'));
  const config = readConfig({ DATA_DIR: directory, PORT: '0', DATABASE_CONNECTIONS: '5', DATABASE_URL: await databaseUrlOf(world.committed.database), ...settings });
  const store = await openStore(config, log);
  const server = await startServer(config, store, log);
  return {
    address: `http://127.0.0.1:${server.port}`,
    directory,
    close: async () => {
      await server.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
