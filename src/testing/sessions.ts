// Sessions as the door leaves them, for servers that tests start and people whom nobody needs to see sign in.
import { sql } from 'kysely';
import type { Tx } from '../kernel/database.ts';
import { hashToken } from '../kernel/session-cookie.ts';
import type { Instant } from '../shared/instant.ts';
import type { Person } from './country.ts';

/** Until `until`, else for a day from now; what is asked of whom much hangs on is proven for as long. */
export async function openSessions(tx: Tx, sessions: readonly { readonly token: string; readonly signInName: string }[], until: Instant | null = null): Promise<void> {
  const hashes = sessions.map(({ token }) => hashToken(token));
  const names = sessions.map(({ signInName }) => signInName);
  await sql`insert into session (token_hash, account_id, created_at, last_seen_at, expires_at, proved_at)
    select hash, account.id, now(), now(), ends, ends
    from unnest(${hashes}::text[], ${names}::text[]) as t(hash, name) join account on account.sign_in_name = t.name,
    coalesce(${until}::timestamptz, now() + interval '1 day') as ends`.execute(tx);
}

export const signInNameOf = (person: Person): string => person.replaceAll(' ', '.');
