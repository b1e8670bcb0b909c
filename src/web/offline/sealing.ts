// Locks what lies on the device: AES-GCM with a key that the browser keeps and nobody can take out of it; and, for a file that leaves
// the device, with a password.
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Null where the browser offers no cryptography: a page that did not come over https. */
export function cryptography(): SubtleCrypto | null {
  return (globalThis.crypto as { readonly subtle?: SubtleCrypto } | undefined)?.subtle ?? null;
}

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

export async function makeDeviceKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** `bound` says what it is: a sealed text put in another's place does not open. */
export async function seal(subtle: SubtleCrypto, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, bound: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, bytes: await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(bound) }, key, bytes) };
}

/** Null when it does not open: another key, or changed bytes. */
export async function unseal(subtle: SubtleCrypto, key: CryptoKey, { iv, bytes }: Sealed, bound: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const opened = await subtle.decrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(bound) }, key, bytes).catch(() => null);
  return opened === null ? null : new Uint8Array(opened);
}

export const bytesOfText = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);
export const textOfBytes = (bytes: Uint8Array): string => decoder.decode(bytes);

/** OWASP's figure for PBKDF2 with SHA-256. */
const rounds = 600_000;

async function keyOfPassword(subtle: SubtleCrypto, password: string, salt: Uint8Array<ArrayBuffer>, use: KeyUsage, times: number): Promise<CryptoKey> {
  const base = await subtle.importKey('raw', bytesOfText(password.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times }, base, { name: 'AES-GCM', length: 256 }, false, [use]);
}

/** A file of the outbox, as JSON: everything in it but how it is locked is locked. */
export interface LockedFile {
  readonly format: 'fuwuyue-outbox-1';
  readonly rounds: number;
  readonly salt: string;
  readonly iv: string;
  readonly content: string;
}

const fileBound = 'fuwuyue-outbox-1';

export async function lockFile(subtle: SubtleCrypto, password: string, content: Uint8Array<ArrayBuffer>): Promise<LockedFile> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const { iv, bytes } = await seal(subtle, await keyOfPassword(subtle, password, salt, 'encrypt', rounds), content, fileBound);
  return { format: fileBound, rounds, salt: base64Of(salt), iv: base64Of(iv), content: base64Of(new Uint8Array(bytes)) };
}

/** Null: the password is another, or the file was changed. */
export async function openFile(subtle: SubtleCrypto, password: string, file: LockedFile): Promise<Uint8Array<ArrayBuffer> | null> {
  const [salt, iv, bytes] = [bytesOfBase64(file.salt), bytesOfBase64(file.iv), bytesOfBase64(file.content)];
  if (salt === null || iv === null || bytes === null) return null;
  const key = await keyOfPassword(subtle, password, salt, 'decrypt', file.rounds);
  return unseal(subtle, key, { iv, bytes: bytes.buffer }, fileBound);
}

/** Whether a text is such a file; a made-up number of rounds would only keep the telephone busy. */
export function readLockedFile(text: string): LockedFile | null {
  try {
    const file = JSON.parse(text) as Partial<LockedFile> | null;
    const whole = file?.format === fileBound && [file.salt, file.iv, file.content].every((part) => typeof part === 'string') && Number.isInteger(file.rounds) && Number(file.rounds) >= 100_000 && Number(file.rounds) <= 5_000_000;
    return whole ? (file as LockedFile) : null;
  } catch {
    return null;
  }
}

/** In pieces: a picture is more arguments than a call may have. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
