// Names of signature suites and the one shape of a verifying function, for Node and the browser alike. Keys and signatures are
// raw bytes: public keys of curves as 04‖x‖y, signatures as r‖s.

/** What seals are signed with. The first is the default; which one an installation uses is a setting. */
export const sealSuites = ['SM2-SM3', 'P256-SHA256'] as const;
export type SealSuite = (typeof sealSuites)[number];

/** Checkpoints of the log carry an Ed25519 line too. */
export type SignatureSuite = SealSuite | 'Ed25519';

/** Whether a signature is the key's over the message. Never throws: what cannot be read does not verify. */
export type VerifySignature = (suite: SignatureSuite, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

/**
 * Who verifies thousands of certificates meets one key again and again: tables for it are worked out once. `plain` reads a key,
 * `quick` prepares it, which costs as much as some dozens of signatures.
 */
export function rememberingKeys<K>(plain: (publicKey: Uint8Array) => K, quick: (publicKey: Uint8Array) => K): (publicKey: Uint8Array) => K {
  const often = 16;
  const most = 32;
  const seen = new Map<string, { times: number; quick: K | null }>();
  return (publicKey) => {
    const name = hexOf(publicKey);
    const known = seen.get(name) ?? { times: 0, quick: null };
    known.times += 1;
    // The oldest goes; a key that is used all the time comes back at once.
    seen.delete(name);
    seen.set(name, known);
    const [oldest] = seen.keys();
    if (seen.size > most && oldest !== undefined) seen.delete(oldest);
    if (known.times > often) known.quick ??= quick(publicKey);
    return known.quick ?? plain(publicKey);
  };
}

export function isSealSuite(name: unknown): name is SealSuite {
  return typeof name === 'string' && (sealSuites as readonly string[]).includes(name);
}

/** GM/T 0009: the user id SM2 signatures are made with where none was agreed; certificates and keys on sticks use it too. */
export const sm2UserId = '1234567812345678';

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes, or null when it is no lower-case hexadecimal text. */
export function bytesOfHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_unused, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}
