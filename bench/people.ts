// People of a benchmark: one account with one open session per seat. Sessions outlast any clock a benchmark may set, and are proved.
import { sql } from 'kysely';
import type { Role } from '../src/modules/access/model.ts';
import { hashToken, newToken } from '../src/kernel/session-cookie.ts';
import { type BenchWorld, monday } from './world.ts';

export interface Seat {
  readonly role: Role;
  readonly unitCodes: readonly string[];
}

const sessionEnd = '2099-01-01T00:00:00.000+08:00';

/** Session tokens, one per seat. */
export async function openAccounts(world: BenchWorld, name: string, seats: readonly Seat[]): Promise<string[]> {
  const people = seats.map(({ role, unitCodes }, index) => ({ id: `${name} ${index}`, role, unitCodes, token: newToken() }));
  const grants = people.flatMap(({ id, role, unitCodes }) => unitCodes.map((unitCode) => ({ id, role, unitCode })));
  const ids = people.map(({ id }) => id);
  await world.database.write(async (tx) => {
    await sql`insert into account (id, sign_in_name, display_name, demonstration, created_at) select id, id, id, true, ${monday}::timestamptz from unnest(${ids}::text[]) as t(id)`.execute(tx);
    await sql`insert into role_grant (account_id, role, unit_code)
      select * from unnest(${grants.map(({ id }) => id)}::text[], ${grants.map(({ role }) => role)}::text[], ${grants.map(({ unitCode }) => unitCode)}::text[])`.execute(tx);
    await sql`insert into session (token_hash, account_id, created_at, expires_at, last_seen_at, proved_at)
      select hash, id, ${monday}::timestamptz, ${sessionEnd}::timestamptz, ${sessionEnd}::timestamptz, ${sessionEnd}::timestamptz from unnest(${people.map(({ token }) => hashToken(token))}::text[], ${ids}::text[]) as t(hash, id)`.execute(tx);
  });
  return people.map(({ token }) => token);
}
