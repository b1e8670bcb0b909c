// Makes a package: documents, digests, bag, ZIP file, and the proof that what was made holds. No transaction is open meanwhile.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '../../kernel/blobs.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { packageRoot, version } from '../../kernel/package-root.ts';
import { type PackageContents, type PackagePart, partsOf, writePackage } from './building.ts';
import type { PackedDocument } from './documents.ts';
import type { Gathered, PackableFile } from './gathering.ts';
import { nodeTools } from './reading.ts';
import { baseNameOf, type PackageDescription } from './rules/bag.ts';
import type { PackageReader } from './rules/container.ts';
import { faultSentence } from './rules/faults.ts';
import { verifyPackage } from './rules/verifying.ts';

export interface Making {
  readonly gathered: Gathered;
  readonly chosen: readonly PackableFile[];
  readonly documents: readonly PackedDocument[];
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly demonstration: boolean;
}

/** The page of the build that goes into every package. */
async function verifierPage(): Promise<Uint8Array> {
  return readFile(join(packageRoot, 'dist', 'verifier', 'verifier.html'));
}

export async function contentsOf({ gathered, chosen, documents, blobs, demonstration }: Making): Promise<PackageContents> {
  const { edition, content, seal, below, receipt, vouching } = gathered;
  const description: PackageDescription = {
    format: 'fuwuyue.package/2',
    edition: { code: edition.code, title: edition.definition.table.title, official: edition.definition.official },
    unit: { code: content.unit.code, name: content.unit.name },
    version: content.number, sha256: seal.sha256, sealedAt: seal.at, receiptCode: seal.receiptCode,
    demonstration, units: below.length + 1, evidence: chosen.length, software: `fuwuyue ${version}`,
  };
  return {
    description,
    edition: edition.definition,
    content,
    below: new Map(below.map((one) => [one.unitCode, one.content])),
    seals: [seal, ...below.flatMap((one) => one.seal ?? [])],
    receipt,
    ...vouching,
    documents,
    evidence: chosen.map((file, at) => ({
      path: `data/evidence/${String(at + 1).padStart(4, '0')}.${endingOf(file.name)}`, name: file.name, mediaType: file.mediaType, bytes: file.bytes, sha256: file.sha256, sm3: file.sm3,
      entry: { id: file.activityId, title: file.title, date: file.date, kind: file.kind }, rows: file.rows, indicators: file.indicators,
      load: () => loadEvidence(blobs, file),
    })),
    verifier: await verifierPage(),
  };
}

/** The ending alone is kept of a name: what people call their files stands in the index. */
function endingOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? 'bin';
}

async function loadEvidence(blobs: Pick<BlobStore, 'get'>, { id, sha256 }: PackableFile): Promise<Uint8Array> {
  const bytes = await blobs.get(sha256);
  if (bytes === null || sha256Of(bytes) !== sha256) throw new Error(`the bytes of evidence ${id} are not what was taken in`);
  return bytes;
}

export interface Made {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly units: number;
  readonly evidence: number;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/** Writes a package piece by piece, and what it came to. */
export async function writeMade(contents: PackageContents, append: (bytes: Uint8Array) => Promise<void>): Promise<Made> {
  const parts: readonly PackagePart[] = partsOf(contents);
  const [sha256, sm3] = [createHash('sha256'), createHash('sm3')];
  let bytes = 0;
  await writePackage(contents.description, parts, async (piece) => {
    sha256.update(piece);
    sm3.update(piece);
    bytes += piece.length;
    await append(piece);
  });
  const { units, evidence } = contents.description;
  return {
    fileName: `${baseNameOf(contents.description)}${contents.description.demonstration ? '-demonstration' : ''}.zip`, bytes, sha256: sha256.digest('hex'), sm3: sm3.digest('hex'), units, evidence,
    files: parts.map((part) => ({ path: part.path, bytes: part.bytes, sha256: part.sha256 })),
  };
}

/** Into the blob store, under its digest. Nothing is handed out that does not hold. */
export async function makeInStore(contents: PackageContents, blobs: BlobStore): Promise<Made> {
  const written: Made[] = [];
  await blobs.build(async (append) => {
    const made = await writeMade(contents, append);
    written.push(made);
    return made.sha256;
  });
  const [made] = written;
  const blob = made === undefined ? null : await blobs.open(made.sha256);
  if (made === undefined || blob === null) throw new Error('a package is gone as soon as it was made');
  try {
    await proveMade(blob);
  } finally {
    await blob.close();
  }
  return made;
}

/** A package that does not hold shows that something stored was changed: it is no package to hand out. */
export async function proveMade(reader: PackageReader): Promise<void> {
  const { firstFault } = await verifyPackage(reader, nodeTools, async () => new Promise((resolve) => void setImmediate(resolve)));
  if (firstFault !== null) throw new PackageRefused(faultSentence(firstFault).english);
}

/** What was made does not hold. */
export class PackageRefused extends Error {}
