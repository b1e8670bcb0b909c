// Signs checkpoints with the installation's own keys (Ed25519 and SM2) and cosigns those of others, as witness.
import type { Secrets } from '../../kernel/secrets.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { type KeyPair, keyPairOf, signWith, verifyWith } from '../../kernel/suites.ts';
import { type Handover, handoverText } from './rules/handover.ts';
import { asciiBytes, type Checkpoint, checkpointText, cosignatureOf, cosignedBytes, keyIdOf, type NoteKey, noteOf, type NoteTools, signatureLine } from './rules/note.ts';

export const nodeNoteTools: NoteTools = { sha256: sha256Of, verify: verifyWith };

/** The keys every checkpoint of this installation is signed with, the same for all its logs. */
export interface LogKeys {
  readonly ed25519: KeyPair;
  readonly sm2: KeyPair;
}

/** Which secrets they are made of: the first pair has no number. */
export function logSecretNames(number: number): readonly [ed25519: string, sm2: string] {
  return number === 1 ? ['log-ed25519', 'log-sm2'] : [`log-ed25519-${number}`, `log-sm2-${number}`];
}

export async function openLogKeys(secrets: Secrets, number = 1): Promise<LogKeys> {
  const [ed25519, sm2] = logSecretNames(number);
  return { ed25519: keyPairOf('Ed25519', await secrets.get(ed25519, 32)), sm2: keyPairOf('SM2-SM3', await secrets.get(sm2, 32)) };
}

/** As checkers know them: under the name of a log. */
export function noteKeysOf({ ed25519, sm2 }: LogKeys, origin: string): readonly NoteKey[] {
  return [
    { name: origin, suite: 'Ed25519', cosigner: false, publicKey: ed25519.publicKey },
    { name: origin, suite: 'SM2-SM3', cosigner: false, publicKey: sm2.publicKey },
  ];
}

export function signCheckpoint(checkpoint: Checkpoint, keys: LogKeys): string {
  const text = checkpointText(checkpoint);
  const signatures = noteKeysOf(keys, checkpoint.origin).map((key) => ({
    name: key.name, keyId: keyIdOf(key, sha256Of), signature: signWith(key.suite === 'Ed25519' ? keys.ed25519 : keys.sm2, asciiBytes(text)),
  }));
  return noteOf({ text, signatures });
}

/** The keys of before sign which name and which keys the logs go on with (rules/handover.ts). */
export function signHandover(handover: Handover, keys: LogKeys): string {
  const text = handoverText(handover);
  const signatures = noteKeysOf(keys, handover.from).map((key) => ({
    name: key.name, keyId: keyIdOf(key, sha256Of), signature: signWith(key.suite === 'Ed25519' ? keys.ed25519 : keys.sm2, asciiBytes(text)),
  }));
  return noteOf({ text, signatures });
}

/** A witness: a name and an Ed25519 key of its own. */
export interface Cosigner {
  readonly name: string;
  readonly pair: KeyPair;
}

export function cosignerOf(name: string, seed: Uint8Array): Cosigner {
  return { name, pair: keyPairOf('Ed25519', seed) };
}

export function cosignerKey({ name, pair }: Cosigner): NoteKey {
  return { name, suite: 'Ed25519', cosigner: true, publicKey: pair.publicKey };
}

/** The line that is put under a checkpoint (cosignature/v1). `time` in POSIX seconds. */
export function cosign(text: string, time: number, cosigner: Cosigner): string {
  const key = cosignerKey(cosigner);
  return signatureLine({ name: key.name, keyId: keyIdOf(key, sha256Of), signature: cosignatureOf(time, signWith(cosigner.pair, cosignedBytes(text, time))) });
}
