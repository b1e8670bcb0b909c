// Whether this installation holds demonstration data, and what time it is there. The demonstration's clock stands still while the server is off.
import type { Database, Tx } from '../kernel/database.ts';
import type { Instant } from '../shared/instant.ts';

const flag = 'demonstration';
const clock = 'demonstration_time';

export async function isDemonstration(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('setting').select('key').where('key', '=', flag).executeTakeFirst()) !== undefined;
}

export async function demonstrationTime(tx: Tx): Promise<Instant | null> {
  const row = await tx.selectFrom('setting').select('value').where('key', '=', clock).executeTakeFirst();
  return typeof row?.value === 'string' ? row.value : null;
}

export async function markDemonstration(tx: Tx, now: Instant): Promise<void> {
  await setSetting(tx, flag, true);
  await setSetting(tx, clock, now);
}

export async function unmarkDemonstration(tx: Tx): Promise<void> {
  await tx.deleteFrom('setting').where('key', 'in', [flag, clock]).execute();
}

export async function keepDemonstrationTime(database: Database, now: Instant): Promise<void> {
  await database.write((tx) => setSetting(tx, clock, now));
}

async function setSetting(tx: Tx, key: string, value: string | boolean): Promise<void> {
  const stored = JSON.stringify(value);
  await tx.insertInto('setting').values({ key, value: stored }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value: stored })).execute();
}
