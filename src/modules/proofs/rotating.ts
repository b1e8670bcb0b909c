// New keys for the logs. A name has one pair of keys for ever, so the logs go on under a new one; the keys of before sign where to, and
// then go. The leaves stay, and their tree: whoever kept a checkpoint of before holds it against the log as it is (decision 0042).
import type { Database, Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import type { Instant } from '../../shared/instant.ts';
import { ensureInstallation, freshInstallationName, leaveLogRecord, makeCheckpoint, rememberKeys } from './keeping.ts';
import { addHandover, extendSubtrees, lockKeyNumber, nameInstallation, rootAt, storeKeyNumber } from './queries.ts';
import { keyTextOf } from './rules/note.ts';
import { type LogKeys, logSecretNames, noteKeysOf, openLogKeys, signHandover } from './signing.ts';
import { type Witnessed, witnessedPath, writeWitnessed } from './witnessed.ts';

export interface Rotated {
  readonly before: string;
  readonly after: string;
  /** New ones, in C2SP's form under the name `log`. */
  readonly keys: readonly string[];
  /** Whether the keys of before signed it; where not, witnesses begin anew. */
  readonly handedOver: boolean;
}

export interface Rotating {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly dataDirectory: string;
  readonly reason: string;
  readonly now: Instant;
  /** The keys of before are in wrong hands: what they sign counts no more. */
  readonly compromised: boolean;
}

const textsOf = (keys: LogKeys): string[] => noteKeysOf(keys, 'log').map((key) => keyTextOf(key, sha256Of));

/** Throws LogBroken where a log does not lead to its last checkpoint: new keys would cover it up. */
export async function rotateLogKeys({ database, secrets, dataDirectory, reason, now, compromised }: Rotating): Promise<Rotated> {
  const { rotated, number, logs } = await database.write(async (tx) => {
    const before = await ensureInstallation(tx);
    const old = await lockKeyNumber(tx);
    const keys = await openLogKeys(secrets, old);
    for (const provinceCode of await listProvinces(tx)) await makeCheckpoint(tx, provinceCode, keys, now);
    return { number: old, ...(await goOnUnderNewName(tx, { secrets, number: old + 1, before, signer: compromised ? null : keys, reason, now })) };
  });
  await writeWitnessed(witnessedPath(dataDirectory), rotated.after, logs);
  for (const name of logSecretNames(number)) await secrets.forget(name);
  return rotated;
}

/** Where the folder of secrets was lost the keys are others, and a name that signed with the lost ones cannot be gone on with. Null where all is as it was. */
export async function adoptKeys(tx: Tx, secrets: Secrets, now: Instant): Promise<{ readonly rotated: Rotated; readonly logs: Witnessed['logs'] } | null> {
  const before = await ensureInstallation(tx);
  const number = await lockKeyNumber(tx);
  if (await rememberKeys(tx, await openLogKeys(secrets, number))) return null;
  return goOnUnderNewName(tx, { secrets, number, before, signer: null, reason: 'log keys lost', now });
}

interface NewName {
  readonly secrets: Secrets;
  readonly number: number;
  readonly before: string;
  /** The keys of before; null where they may not, or cannot, sign. */
  readonly signer: LogKeys | null;
  readonly reason: string;
  readonly now: Instant;
}

async function goOnUnderNewName(tx: Tx, { secrets, number, before, signer, reason, now }: NewName): Promise<{ readonly rotated: Rotated; readonly logs: Witnessed['logs'] }> {
  const after = freshInstallationName();
  const keys = await openLogKeys(secrets, number);
  await nameInstallation(tx, after);
  await storeKeyNumber(tx, number);
  await rememberKeys(tx, keys);
  if (signer !== null) await addHandover(tx, signHandover({ from: before, to: after, keys: textsOf(keys) }, signer));
  const rotated = { before, after, keys: textsOf(keys), handedOver: signer !== null };
  await leaveLogRecord(tx, now, 'log.rotate', { before: { installation: before }, after: { installation: after, keys: rotated.keys, handedOver: rotated.handedOver }, basis: reason });
  const logs: Record<string, Witnessed['logs'][string]> = {};
  for (const provinceCode of await listProvinces(tx)) {
    const { size } = await tx.selectFrom('logHead').select('size').where('provinceCode', '=', provinceCode).executeTakeFirstOrThrow();
    await extendSubtrees(tx, provinceCode, size);
    logs[String(provinceCode)] = { size, root: await rootAt(tx, provinceCode, size), by: 'log' };
  }
  return { rotated, logs };
}

async function listProvinces(tx: Tx): Promise<number[]> {
  return (await tx.selectFrom('logHead').select('provinceCode').orderBy('provinceCode').execute()).map(({ provinceCode }) => provinceCode);
}
