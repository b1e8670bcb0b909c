// A server ends orderly on Ctrl+C, also when the same Ctrl+C reaches it twice, as it does under npm.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../testing/harness.ts';
import { databaseUrlOf, startServerProcess } from '../testing/server-process.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => world.close());

it('stops by itself when interrupted twice', async () => {
  const server = await startServerProcess({ DATABASE_URL: await databaseUrlOf(world.committed.database) });
  expect(await server.interrupt()).toBe(0);
});
