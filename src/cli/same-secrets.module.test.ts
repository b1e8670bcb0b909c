import { afterAll, beforeAll, expect, it } from 'vitest';
import { memorySecrets } from '../kernel/secrets.ts';
import { makeDatabase, type TestDatabase } from '../testing/databases.ts';
import { CommandFault } from './faults.ts';
import { demandSameSecrets } from './same-secrets.ts';

let place: TestDatabase;
beforeAll(async () => {
  place = await makeDatabase();
});
afterAll(() => place.drop());

it('takes the secrets it was first served with, also after a new root, refuses an empty or another folder, and takes it once the loss is known', async () => {
  const own = memorySecrets();
  const demand = (secrets: ReturnType<typeof memorySecrets>, lost = false) => demandSameSecrets(place.database, secrets, 'secrets', lost);
  await demand(own);
  expect(await own.roots()).toEqual([1]);
  await demand(own);
  await own.renewRoot();
  await demand(own);
  await own.forgetRoot(1);
  await demand(own);

  const empty = memorySecrets();
  await expect(demand(empty)).rejects.toBeInstanceOf(CommandFault);
  // Nothing was made in silence.
  expect(await empty.roots()).toEqual([]);
  const other = memorySecrets();
  await other.get('root-1', 32);
  await expect(demand(other)).rejects.toThrow(/lacks those of this installation/);
  await demand(other, true);
  await demand(other);
  await expect(demand(own)).rejects.toBeInstanceOf(CommandFault);
});
