// The text forms of C2SP: signed notes, checkpoints of a log, cosignatures of witnesses, keys to check them with
// (c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature). Only one spelling of each is taken.
import { bytesOfHex, hexOf, type SignatureSuite, type VerifySignature } from '../../../shared/signature.ts';
import { isHash, type Sha256 } from './merkle.ts';

export type NoteSuite = Extract<SignatureSuite, 'Ed25519' | 'SM2-SM3'>;

/** A key that notes are checked with. `cosigner`: it signs a time too (cosignature/v1). */
export interface NoteKey {
  readonly name: string;
  readonly suite: NoteSuite;
  readonly cosigner: boolean;
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface Note {
  /** What is signed, with its last line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(at, at + 3);
    const sextets = [one >> 2, ((one & 3) << 4) | (two >> 4), ((two & 15) << 2) | (three >> 6), three & 63];
    const said = Math.min(3, bytes.length - at) + 1;
    text += sextets.map((sextet, place) => (place < said ? (alphabet[sextet] ?? '') : '=')).join('');
  }
  return text;
}

/** The bytes, or null: also where spare bits are not zero, so that a text has one spelling. */
export function bytesOfBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const [one = 0, two = 0, three = 0, four = 0] = Array.from({ length: 4 }, (_unused, place) => Math.max(0, alphabet.indexOf(text.charAt(at + place))));
    bytes.push((one << 2) | (two >> 4), ((two & 15) << 4) | (three >> 2), ((three & 3) << 6) | four);
  }
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const whole = Uint8Array.from(bytes.slice(0, bytes.length - padding));
  return base64Of(whole) === text ? whole : null;
}

/** Names and texts here are ASCII: one byte a character. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    if (code > 0x7f) throw new RangeError('not ASCII');
    return code;
  });
}

export const keyNamePattern = /^[\x21-\x2a\x2c-\x7e]{1,200}$/;

/** 0xff and a name of ours, for C2SP has no type for SM2. */
const sm2Type = [0xff, ...asciiBytes('fuwuyue.checkpoint.sm2-sm3')];

function typeBytes({ suite, cosigner }: NoteKey): readonly number[] {
  return suite === 'SM2-SM3' ? sm2Type : [cosigner ? 4 : 1];
}

/** Eight hexadecimal digits that say which key of this name signed. */
export function keyIdOf(key: NoteKey, sha256: Sha256): string {
  return sha256(Uint8Array.from([...asciiBytes(`${key.name}\n`), ...typeBytes(key), ...key.publicKey])).slice(0, 8);
}

/** `name+id+base64`: a key on one line, to be copied by hand. */
export function keyTextOf(key: NoteKey, sha256: Sha256): string {
  return `${key.name}+${keyIdOf(key, sha256)}+${base64Of(Uint8Array.from([...typeBytes(key), ...key.publicKey]))}`;
}

export function readKeyText(text: string, sha256: Sha256): NoteKey | null {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = bytesOfBase64(encoded);
  if (!keyNamePattern.test(name) || bytes === null) return null;
  const key = typedKey(name, bytes);
  return key !== null && keyIdOf(key, sha256) === id ? key : null;
}

function typedKey(name: string, bytes: Uint8Array): NoteKey | null {
  if (bytes.length === 33 && (bytes[0] === 1 || bytes[0] === 4)) return { name, suite: 'Ed25519', cosigner: bytes[0] === 4, publicKey: bytes.slice(1) };
  const isSm2 = bytes.length === sm2Type.length + 65 && sm2Type.every((byte, at) => bytes[at] === byte);
  return isSm2 ? { name, suite: 'SM2-SM3', cosigner: false, publicKey: bytes.slice(sm2Type.length) } : null;
}

export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${base64Of(Uint8Array.from([...(bytesOfHex(keyId) ?? []), ...signature]))}\n`;
}

export function noteOf({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

const mostSignatures = 100;

/** Null when it is no note: a letter too many is one letter nobody signed. */
export function readNote(note: string): Note | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (!/^[\x20-\x7e\n]*$/.test(text) || lines.length > mostSignatures) return null;
  const signatures = lines.map(readSignatureLine);
  return signatures.includes(null) ? null : { text, signatures: signatures.filter((signature) => signature !== null) };
}

export function readSignatureLine(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  const bytes = bytesOfBase64(encoded);
  if (!keyNamePattern.test(name) || bytes === null || bytes.length < 5) return null;
  return { name, keyId: hexOf(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64Of(bytesOfHex(root) ?? new Uint8Array())}\n`;
}

/** Lines behind the third are a log's own; ours has none. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', encoded = ''] = text.split('\n');
  const bytes = bytesOfBase64(encoded);
  if (!text.endsWith('\n') || !keyNamePattern.test(origin) || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes === null) return null;
  const read = { origin, size: Number(size), root: hexOf(bytes) };
  return Number.isSafeInteger(read.size) && isHash(read.root) ? read : null;
}

/** What a cosignature at a time (POSIX seconds) signs. */
export function cosignedBytes(text: string, time: number): Uint8Array {
  return asciiBytes(`cosignature/v1\ntime ${time}\n${text}`);
}

/** The time in front of the signature, as 64 bits. */
export function cosignatureOf(time: number, signature: Uint8Array): Uint8Array {
  const stamp = new Uint8Array(8);
  let rest = time;
  for (let at = 7; at >= 0; at -= 1) {
    stamp[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return Uint8Array.from([...stamp, ...signature]);
}

/** POSIX seconds of a cosignature, or null. */
export function cosignatureTime(signature: Uint8Array): number | null {
  if (signature.length !== 72) return null;
  const time = signature.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(time) ? time : null;
}

/** Whether a signature of a note is the key's. */
export async function signatureHolds(text: string, { name, keyId, signature }: NoteSignature, key: NoteKey, tools: NoteTools): Promise<boolean> {
  if (name !== key.name || keyId !== keyIdOf(key, tools.sha256)) return false;
  if (!key.cosigner) return tools.verify(key.suite, key.publicKey, asciiBytes(text), signature);
  const time = cosignatureTime(signature);
  return time !== null && tools.verify(key.suite, key.publicKey, cosignedBytes(text, time), signature.subarray(8));
}

export interface NoteTools {
  readonly sha256: Sha256;
  readonly verify: VerifySignature;
}

export interface SignedBy {
  readonly checkpoint: Checkpoint;
  readonly text: string;
  /** The keys, of those given, that signed it. */
  readonly keys: readonly NoteKey[];
}

/** The checkpoint of a note and who of these signed it; null when it is none, or a line in the name of one of them is not its. */
export async function openCheckpoint(noteText: string, keys: readonly NoteKey[], tools: NoteTools): Promise<SignedBy | null> {
  const note = readNote(noteText);
  const checkpoint = note === null ? null : readCheckpoint(note.text);
  if (note === null || checkpoint === null) return null;
  const signed: NoteKey[] = [];
  for (const key of keys) {
    const id = keyIdOf(key, tools.sha256);
    const lines = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === id);
    for (const line of lines) if (!(await signatureHolds(note.text, line, key, tools))) return null;
    if (lines.length > 0) signed.push(key);
  }
  return { checkpoint, text: note.text, keys: signed };
}
