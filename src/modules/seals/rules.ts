// What a seal is: a canonical digest of a frozen return, signed with the unit's key and chained to every seal before it.
import { canonicalize } from 'json-canonicalize';
import type { UnitSignature } from '../keys/model.ts';

/** RFC 8785 canonical JSON; our contents hold integers and text only. */
export function canonicalText(content: unknown): string {
  return canonicalize(content);
}

/** What a unit's key signs when it seals. */
export interface SealStatement {
  readonly edition: string;
  readonly unit: string;
  readonly version: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly at: string;
  /** Who put the seal, by the name shown. */
  readonly by: string;
}

/** The signature of a seal, and who had it made. */
export interface SealSignature extends UnitSignature {
  readonly by: string;
}

/** RFC 8785 text of a seal's statement. */
export function sealStatementText({ edition, unit, version, sha256, sm3, at, by }: SealStatement): string {
  return canonicalize({ schema: 'fuwuyue.seal/1', edition, unit, version, sha256, sm3, at, by });
}

/** What a unit's key signs when it submits what it has sealed, or takes what a unit below has submitted. */
export interface ActStatement {
  readonly act: 'submit' | 'accept';
  readonly edition: string;
  /** Whose return it is. */
  readonly unit: string;
  readonly version: number;
  /** Of the sealed content. */
  readonly sha256: string;
  readonly actingUnit: string;
  readonly at: string;
  readonly by: string;
  /** Of a submission: when it was due, and whether it came after that. */
  readonly due: string | null;
  readonly late: boolean | null;
}

export function actStatementText({ act, edition, unit, version, sha256, actingUnit, at, by, due, late }: ActStatement): string {
  return canonicalize({ schema: 'fuwuyue.act/1', act, edition, unit, version, sha256, actingUnit, at, by, due, late });
}

/** The part of a seal that its chain hash covers. */
export interface SealEntry {
  readonly number: number;
  readonly at: string;
  readonly edition: string;
  readonly unit: string;
  readonly version: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly previousHash: string;
  /** Null on seals older than the keys of units; their hash covers no signature. */
  readonly signed: SealSignature | null;
}

/** What the first seal of an installation points back to. */
export const chainStart = '0'.repeat(64);

/** `2023-330106-1-7F3A-90C2`: edition, unit, version and eight symbols of the chain hash, short enough to type from paper. */
export function receiptCodeOf(entry: Pick<SealEntry, 'edition' | 'unit' | 'version'>, hash: string): string {
  const short = hash.slice(0, 8).toUpperCase();
  return `${entry.edition}-${entry.unit}-${entry.version}-${short.slice(0, 4)}-${short.slice(4)}`;
}

/** What stays of a receipt code however it is typed or scanned: letters and digits, small, with O as 0 and I and L as 1. The index of seal_log folds alike. */
export function foldReceipt(text: string): string {
  const code = text.normalize('NFKC').toLowerCase().replace(/^.*\/verify\//u, '');
  return code.replace(/[^0-9a-z]/gu, '').replaceAll('o', '0').replace(/[il]/gu, '1');
}

export interface ChainFault {
  readonly number: number;
  readonly fault: 'gap' | 'previous_hash' | 'hash';
}

/** What the audit record of a seal says of it: by this the log covers the seal. */
export function loggedSeal({ number, hash, sha256, sm3 }: Pick<SealEntry, 'number' | 'sha256' | 'sm3'> & { readonly hash: string }): { readonly number: number; readonly hash: string; readonly sha256: string; readonly sm3: string } {
  return { number, hash, sha256, sm3 };
}

/** The text a seal's hash is taken of: only what it covers, whatever else an entry carries along. */
export function sealText({ number, at, edition, unit, version, sha256, sm3, previousHash, signed }: SealEntry): string {
  const before = { number, at, edition, unit, version, sha256, sm3, previousHash };
  if (signed === null) return canonicalize(before);
  const { suite, key, signature, by } = signed;
  return canonicalize({ ...before, signed: { suite, key, signature, by } });
}

/** The first entry that does not follow from the one before, or null. `hashOf` is SHA-256 over canonical text. */
export function firstChainFault(entries: readonly (SealEntry & { readonly hash: string })[], hashOf: (text: string) => string): ChainFault | null {
  let previous = chainStart;
  let number = 1;
  for (const { hash, ...entry } of entries) {
    if (entry.number !== number) return { number, fault: 'gap' };
    if (entry.previousHash !== previous) return { number, fault: 'previous_hash' };
    if (hashOf(sealText(entry)) !== hash) return { number, fault: 'hash' };
    previous = hash;
    number += 1;
  }
  return null;
}

/** A frozen version as it is stored: its content, the province's own rows beside it, and the digests it was given. */
export interface StoredVersion {
  readonly content: unknown;
  readonly extension: unknown;
  readonly sha256: string;
  readonly sm3: string;
}

/** What must be known of a stored version to hold it against its seal; small, so that contents need not be kept. */
export interface VersionDigests {
  readonly sha256: string;
  readonly sm3: string;
  /** The content still has the digests it was given. */
  readonly contentHolds: boolean;
  /** The own rows still have the digest that the content names. */
  readonly extensionHolds: boolean;
}

export interface Hashes {
  readonly sha256: (text: string) => string;
  readonly sm3: (text: string) => string;
}

export function digestsOf({ content, extension, sha256, sm3 }: StoredVersion, hashes: Hashes): VersionDigests {
  const text = canonicalText(content);
  const named = typeof content === 'object' && content !== null && 'extensionSha256' in content ? content.extensionSha256 : null;
  const found = extension === null ? null : hashes.sha256(canonicalText(extension));
  return { sha256, sm3, contentHolds: hashes.sha256(text) === sha256 && hashes.sm3(text) === sm3, extensionHolds: found === named };
}

export type VersionFault = 'version_missing' | 'content_changed' | 'digest_differs' | 'extension_changed';

/** Whether a sealed version still reads as it was sealed; the first fault, or null. */
export function versionFault(version: VersionDigests | undefined, seal: Pick<SealEntry, 'sha256' | 'sm3'>): VersionFault | null {
  if (version === undefined) return 'version_missing';
  if (!version.contentHolds) return 'content_changed';
  if (version.sha256 !== seal.sha256 || version.sm3 !== seal.sm3) return 'digest_differs';
  return version.extensionHolds ? null : 'extension_changed';
}
