// The lock on a backup: the age format (age-encryption.org/v1), so that the age command line opens it too. Streamed: never more
// than a piece of it is held.
import { open, readFile } from 'node:fs/promises';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Whom a file is locked for: holders of keys, or whoever knows a passphrase (which age allows alone only). */
export type Lock = { readonly recipients: readonly string[] } | { readonly passphrase: string };

/** What may open a file. */
export interface Keys {
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
}

export const noKeys: Keys = { identities: [], passphrases: [] };

type Pieces = AsyncIterable<Uint8Array>;

export class LockRefused extends Error {}

/** Locks pieces as they come. A recipient that is none is refused before the first byte. */
export function locking(lock: Lock): (pieces: Pieces) => Pieces {
  const encrypter = new Encrypter();
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase);
  else {
    for (const recipient of lock.recipients) {
      try {
        encrypter.addRecipient(recipient);
      } catch {
        throw new LockRefused(recipient);
      }
    }
  }
  return async function* locked(pieces) {
    yield* await encrypter.encrypt(streamOf(pieces));
  };
}

export type OpeningFault = 'key_missing' | 'key_wrong' | 'bytes_changed';

/** A file that could not be opened, or not to its end. */
export class NotOpened extends Error {
  readonly fault: OpeningFault;
  constructor(fault: OpeningFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Opens pieces as they come; every piece is proved before it is handed on. */
export function opening(keys: Keys): (pieces: Pieces) => Pieces {
  return async function* opened(pieces) {
    if (keys.identities.length + keys.passphrases.length === 0) throw new NotOpened('key_missing');
    const decrypter = new Decrypter();
    for (const identity of keys.identities) decrypter.addIdentity(identity);
    for (const passphrase of keys.passphrases) decrypter.addPassphrase(passphrase);
    const plain = await decrypter.decrypt(streamOf(pieces)).catch((error: unknown) => {
      throw new NotOpened(error instanceof Error && /no identity matched/.test(error.message) ? 'key_wrong' : 'bytes_changed');
    });
    try {
      yield* plain;
    } catch {
      throw new NotOpened('bytes_changed');
    }
  };
}

function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await iterator.return?.()),
  });
}

const beginning = 'age-encryption.org/v1';

export async function isLocked(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(beginning.length), 0, beginning.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === beginning;
  } finally {
    await file.close();
  }
}

/** The lock with one key more, that only this process knows, for as long as it needs to prove what it wrote. */
export async function withProof(lock: Lock): Promise<{ lock: Lock; keys: Keys }> {
  if ('passphrase' in lock) return { lock, keys: { identities: [], passphrases: [lock.passphrase] } };
  const identity = await generateX25519Identity();
  return { lock: { recipients: [...lock.recipients, await identityToRecipient(identity)] }, keys: { identities: [identity], passphrases: [] } };
}

/** A file of keys as age-keygen writes it: a line each, with remarks. */
export async function readIdentities(path: string): Promise<string[]> {
  return linesOf(await readFile(path, 'utf8'));
}

/** Recipients by blanks, commas or lines. */
export function recipientsOf(text: string): string[] {
  return linesOf(text).flatMap((line) => line.split(/[\s,]+/)).filter((word) => word !== '');
}

/** The passphrase is the first line of its file. */
export async function readPassphrase(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).split(/\r?\n/)[0] ?? '';
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
