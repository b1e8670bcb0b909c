// Whether the folder of secrets is the one this database was served with: another would be made anew in silence, and what is
// wrapped under the old root (keys of units, second factors) would be lost to everybody.
import { createHash } from 'node:crypto';
import type { Database } from '../kernel/database.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { CommandFault } from './faults.ts';

const markKey = 'operations.secrets';

const markOf = (root: Uint8Array): string => createHash('sha256').update('fuwuyue.secrets/1\n').update(root).digest('hex');

/** Remembers the newest root by a digest. Refuses where none of those here is the one remembered, unless it is known to be lost. */
export async function demandSameSecrets(database: Database, secrets: Secrets, directory: string, lost: boolean): Promise<void> {
  const remembered = await database.read(async (tx) => tx.selectFrom('setting').select('value').where('key', '=', markKey).executeTakeFirst());
  const numbers = await secrets.roots();
  const marks: string[] = [];
  // None yet: the first is made, but only for a database that never had any.
  for (const number of numbers.length === 0 && (remembered === undefined || lost) ? [1] : numbers) marks.push(markOf(await secrets.get(`root-${number}`, 32)));
  if (remembered !== undefined && !lost && !marks.some((mark) => mark === remembered.value)) {
    throw new CommandFault(1, `密钥目录（${directory}）里没有这个平台原来的密钥。请把原来的密钥目录放回去（在加密备份里，或另行保管的那一份）。确已丢失、没有任何备份时，用 fuwuyue serve --accept-lost-secrets 启动，然后为各单位换发密钥，第二因素须重新绑定。`,
      `The folder of secrets (${directory}) lacks those of this installation. Put the old folder back (it is in an encrypted backup, or where it was kept apart). If it is truly lost, start with fuwuyue serve --accept-lost-secrets, give units new keys, and have second factors set up anew.`);
  }
  const newest = marks.at(-1);
  if (newest === undefined || newest === remembered?.value) return;
  const value = JSON.stringify(newest);
  await database.write((tx) => tx.insertInto('setting').values({ key: markKey, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute());
}
