// Password hashes: argon2id. Slow on purpose, so never called inside a transaction.
import { hash, verify } from '@node-rs/argon2';
import { openGate } from '../../kernel/gate.ts';

/**
 * argon2id, 64 MiB as in the second choice of RFC 9106, four passes, one lane: 110 ms on the machine it was measured on, where OWASP's
 * least (19 MiB, two passes) takes 20 ms. `fuwuyue bench sign-ins` says what it takes here. 2 is argon2id.
 */
const parameters = { algorithm: 2, memoryCost: 65_536, timeCost: 4, parallelism: 1 } as const;

/**
 * Compared with when there is no account or no password, so that both cost the same. The password behind it was
 * random and is not known to anybody.
 */
export const nobodysHash = '$argon2id$v=19$m=65536,t=4,p=1$SNMrtkFD/vX1y03nedSLuA$ZPZkFvujTLLtPqXkb9seebPD5MjVxmrzTFQ8S2JZOOA';

// Two of the four threads of Node's pool, so 128 MiB at most: files must still be read, and memory be there, while a crowd signs in.
// A rush waits: a thousand are through within a minute.
const gate = openGate(2, 1_000);

export function hashPassword(password: string): Promise<string> {
  return gate(() => hash(password, parameters));
}

/** Whether the password is the one behind the hash; without a hash it is compared all the same, and wrong. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const same = await gate(() => verify(stored ?? nobodysHash, password));
  return same && stored !== null;
}
