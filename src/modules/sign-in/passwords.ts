// Password hashes: argon2id with OWASP's parameters. Slow on purpose, so never called inside a transaction.
import { hash, verify } from '@node-rs/argon2';
import { openGate } from '../../kernel/gate.ts';

/** argon2id, 19 MiB, two passes, one lane (OWASP Password Storage; security A1.1). 2 is argon2id. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Compared with when there is no account or no password, so that both cost the same. The password behind it was
 * random and is not known to anybody.
 */
export const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$qQ3P/zuwEK9ZHInDurwC5Q$yJyeruAX2koJXeopr6QrCZBJdBPqBN6IOTVLZx63+qk';

// Two of the four threads of Node's pool: files must still be read while a crowd signs in.
const gate = openGate(2, 400);

export function hashPassword(password: string): Promise<string> {
  return gate(() => hash(password, parameters));
}

/** Whether the password is the one behind the hash; without a hash it is compared all the same, and wrong. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const same = await gate(() => verify(stored ?? nobodysHash, password));
  return same && stored !== null;
}
