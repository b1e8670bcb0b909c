// What a seal is: a canonical digest of a frozen return, chained to every seal before it. Signatures come with issue 3 of 5.
import { canonicalize } from 'json-canonicalize';

/** RFC 8785 canonical JSON; our contents hold integers and text only. */
export function canonicalText(content: unknown): string {
  return canonicalize(content);
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
}

/** What the first seal of an installation points back to. */
export const chainStart = '0'.repeat(64);

/** `2023-330106-1-7F3A-90C2`: edition, unit, version and eight symbols of the chain hash, short enough to type from paper. */
export function receiptCodeOf(entry: SealEntry, hash: string): string {
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

/** Only what the hash covers, whatever else an entry carries along. */
function coveredPart({ number, at, edition, unit, version, sha256, sm3, previousHash }: SealEntry): SealEntry {
  return { number, at, edition, unit, version, sha256, sm3, previousHash };
}

/** The first entry that does not follow from the one before, or null. `hashOf` is SHA-256 over canonical text. */
export function firstChainFault(entries: readonly (SealEntry & { readonly hash: string })[], hashOf: (text: string) => string): ChainFault | null {
  let previous = chainStart;
  let number = 1;
  for (const { hash, ...given } of entries) {
    const entry = coveredPart(given);
    if (entry.number !== number) return { number, fault: 'gap' };
    if (entry.previousHash !== previous) return { number, fault: 'previous_hash' };
    if (hashOf(canonicalText(entry)) !== hash) return { number, fault: 'hash' };
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
