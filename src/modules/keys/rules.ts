// What a certificate says, how a key is named on paper, and whether a signature is a unit's. Pure, the same in Node and in a page.
import { canonicalize } from 'json-canonicalize';
import { bytesOfHex, type VerifySignature } from '../../shared/signature.ts';
import type { InstallationKey, KeyLink, UnitKey, UnitSignature } from './model.ts';

export interface KeyTools {
  readonly encode: (text: string) => Uint8Array;
  readonly verify: VerifySignature;
}

/** RFC 8785 text the installation signs for a unit's key. */
export function certificateText({ unit, number, suite, publicKey, from }: Omit<UnitKey, 'issuer' | 'certificate'>, issuer: Pick<InstallationKey, 'number' | 'publicKey'>): string {
  return canonicalize({ schema: 'fuwuyue.unit-key/1', unit, number, suite, publicKey, from, issuer: issuer.number, issuerKey: issuer.publicKey });
}

/** RFC 8785 text by which the installation vouches for the keys its logs are signed with. */
export function logKeysText(keys: readonly string[]): string {
  return canonicalize({ schema: 'fuwuyue.log-keys/1', keys: [...keys].sort() });
}

/** RFC 8785 text by which two keys of the installation vouch for each other: it goes on with the second. */
export function linkText(from: Omit<InstallationKey, 'from'>, to: Omit<InstallationKey, 'from'>): string {
  const named = ({ number, suite, publicKey }: Omit<InstallationKey, 'from'>): object => ({ number, suite, publicKey });
  return canonicalize({ schema: 'fuwuyue.installation-keys/1', from: named(from), to: named(to) });
}

/** Whether both keys signed. */
export async function linkHolds({ from, to, signatures }: KeyLink, keys: readonly InstallationKey[], tools: KeyTools): Promise<boolean> {
  const [before, after] = [from, to].map((wanted) => keys.find(({ number }) => number === wanted));
  if (before === undefined || after === undefined) return false;
  const text = linkText(before, after);
  const faults = await Promise.all([textFault(text, signatures[0], before, tools), textFault(text, signatures[1], after, tools)]);
  return faults.every((fault) => fault === null);
}

/** The numbers of all keys that are known with one of these, by links there and back. */
export function linkedWith(numbers: Iterable<number>, links: readonly Pick<KeyLink, 'from' | 'to'>[]): Set<number> {
  const known = new Set(numbers);
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const { from, to } of links) if (known.has(from) || known.has(to)) known.add(from).add(to);
  }
  return known;
}

/** What the fingerprint of a key is taken of: SHA-256 over this text. */
export function fingerprintText({ suite, publicKey }: Pick<InstallationKey, 'suite' | 'publicKey'>): string {
  return canonicalize({ suite, publicKey });
}

/** Thirty-two of a fingerprint's symbols in groups of four: what is read out on the telephone, or printed. */
export function fingerprintShown(sha256: string): string {
  return (sha256.slice(0, 32).toUpperCase().match(/.{4}/g) ?? []).join(' ');
}

/** A fingerprint as somebody typed it, or null: whole or its first thirty-two symbols, in any grouping. */
export function foldFingerprint(typed: string): string | null {
  const folded = typed.normalize('NFKC').toLowerCase().replace(/[\s:：-]/gu, '');
  return /^([0-9a-f]{32}|[0-9a-f]{64})$/.test(folded) ? folded : null;
}

export type SignatureFault = 'key_missing' | 'issuer_missing' | 'certificate' | 'signature';

/** Why a certificate does not hold, or null. */
export async function certificateFault(key: UnitKey, issuers: readonly InstallationKey[], tools: KeyTools): Promise<SignatureFault | null> {
  const issuer = issuers.find(({ number }) => number === key.issuer);
  if (issuer === undefined) return 'issuer_missing';
  return (await textFault(certificateText(key, issuer), key.certificate, issuer, tools)) === null ? null : 'certificate';
}

/** Why a text was not signed by this key of the unit, or null; the key's certificate is looked at apart. */
export async function signatureFault(text: string, { suite, key: number, signature }: UnitSignature, key: UnitKey | undefined, tools: KeyTools): Promise<SignatureFault | null> {
  if (key === undefined || key.number !== number || key.suite !== suite) return 'key_missing';
  return textFault(text, signature, key, tools);
}

/** Whether a text was signed with a key, whosever it is. */
export async function textFault(text: string, signature: string, { suite, publicKey }: Pick<InstallationKey, 'suite' | 'publicKey'>, { encode, verify }: KeyTools): Promise<'signature' | null> {
  const [keyBytes, signatureBytes] = [bytesOfHex(publicKey), bytesOfHex(signature)];
  const holds = keyBytes !== null && signatureBytes !== null && (await verify(suite, keyBytes, encode(text), signatureBytes));
  return holds ? null : 'signature';
}
