// Puts a package together and writes it: files with their digests become a bag, the bag a ZIP file. Knows no database: what goes
// in is handed over. The same contents give the same bytes.
import { type Append, writeStoredZip } from '../../documents/archive.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import { canonicalText } from '../seals/rules.ts';
import { type Algorithm, algorithms, bagitText, baseNameOf, contentOf, infoText, inOrder, manifestOf, manifestText, type PackageDescription, paths, readmeText, tagManifestOf } from './rules/bag.ts';
import type { UnitSignature } from '../keys/model.ts';
import type { PackedSeal } from './rules/contents.ts';
import { type EvidenceIndex, type IndexedFile, indexSheet } from './rules/evidence-index.ts';
import type { PackedKeys, PackedProofs } from './rules/proving.ts';

/** A file of the package; its bytes may come when its turn comes, its digests are known before. */
export interface PackagePart {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  load(): Promise<Uint8Array> | Uint8Array;
}

/** `data/receipt.json`: of the seal, and of the submission when there was one. */
export interface PackedReceipt {
  readonly format: 'fuwuyue.receipt/2';
  readonly edition: string;
  readonly unit: string;
  readonly version: number;
  readonly receiptCode: string;
  readonly sealedAt: string;
  readonly submittedAt: string | null;
  readonly due: string | null;
  readonly late: boolean | null;
  readonly preparedBy: string | null;
  readonly approvedBy: string | null;
  readonly signedBy: string | null;
  readonly submittedBy: string | null;
  /** By the unit's key, over what the receipt says of the submission; null on those older than the keys. */
  readonly submission: UnitSignature | null;
}

export interface PackageContents {
  readonly description: PackageDescription;
  /** The edition's definition and the sealed contents, as they were digested. */
  readonly edition: unknown;
  readonly content: unknown;
  readonly below: ReadonlyMap<string, unknown>;
  /** The package's own first, then by unit. */
  readonly seals: readonly PackedSeal[];
  readonly receipt: PackedReceipt;
  readonly keys: PackedKeys;
  readonly proofs: PackedProofs;
  /** 统计表 and 总结报告. */
  readonly documents: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly evidence: readonly (IndexedFile & { load(): Promise<Uint8Array> })[];
  /** The page that verifies the package. */
  readonly verifier: Uint8Array;
}

const encoder = new TextEncoder();

function partOf(path: string, content: string | Uint8Array): PackagePart {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return { path, bytes: bytes.length, sha256: sha256Of(bytes), sm3: sm3Of(bytes), load: () => bytes };
}

/** Every file of the package in its order, manifests too. */
export function partsOf(contents: PackageContents): PackagePart[] {
  const { description, evidence } = contents;
  const payload = [
    partOf(paths.description, canonicalText(description)),
    partOf(paths.edition, canonicalText(contents.edition)),
    partOf(paths.content, canonicalText(contents.content)),
    ...[...contents.below].map(([unit, content]) => partOf(contentOf(unit), canonicalText(content))),
    partOf(paths.seals, canonicalText({ format: 'fuwuyue.seals/1', seals: contents.seals })),
    partOf(paths.receipt, canonicalText(contents.receipt)),
    partOf(paths.keys, canonicalText(contents.keys)),
    partOf(paths.proofs, canonicalText(contents.proofs)),
    ...contents.documents.map(({ path, bytes }) => partOf(path, bytes)),
    ...evidenceParts(evidence, description.demonstration),
  ];
  return bagged(description, payload, [partOf(paths.readme, readmeText(description)), partOf(paths.verifier, contents.verifier)]);
}

function evidenceParts(evidence: PackageContents['evidence'], demonstration: boolean): PackagePart[] {
  if (evidence.length === 0) return [];
  const index: EvidenceIndex = { format: 'fuwuyue.evidence/1', demonstration, files: evidence.map(({ load: _load, ...file }) => file) };
  return [partOf(paths.evidenceList, canonicalText(index)), partOf(paths.evidenceSheet, indexSheet(index)), ...evidence];
}

/** Adds what makes a bag of it: its description, the manifests of the payload, and those of everything else. */
export function bagged(description: PackageDescription, payload: readonly PackagePart[], beside: readonly PackagePart[]): PackagePart[] {
  const info = infoText(description, { files: payload.length, bytes: payload.reduce((sum, { bytes }) => sum + bytes, 0) });
  const listing = (algorithm: Algorithm, parts: readonly PackagePart[]): string => manifestText(parts.map((part) => [part.path, part[algorithm]]));
  const tags = [
    partOf(paths.bagit, bagitText),
    partOf(paths.info, info),
    ...algorithms.map((algorithm) => partOf(manifestOf(algorithm), listing(algorithm, payload))),
    ...beside,
  ];
  const all = [...payload, ...tags, ...algorithms.map((algorithm) => partOf(tagManifestOf(algorithm), listing(algorithm, tags)))];
  const byPath = new Map(all.map((part) => [part.path, part]));
  return inOrder(byPath.keys()).flatMap((path) => byPath.get(path) ?? []);
}

/** Writes the package; `progress` is told how many of its bytes are there. Returns how many and both digests of the file. */
export async function writePackage(description: PackageDescription, parts: readonly PackagePart[], append: Append): Promise<void> {
  const folder = baseNameOf(description);
  await writeStoredZip(parts.map(({ path, load }) => ({ name: `${folder}/${path}`, load })), append);
}
