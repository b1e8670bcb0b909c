// Whether a package holds: offline, with nothing but its bytes. The container, both manifests, every seal, every sum, from the
// leaves to the top. Stops at the first fault and names it; says what it has proven and what no package alone can prove.
import { canonicalText } from '../../seals/rules.ts';
import { algorithms, bagitText, baseNameOf, contentOf, infoText, inOrder, isEvidence, isPayload, isSafePath, isTagManifest, manifestIn, manifestOf, type PackageDescription, paths, tagManifestOf } from './bag.ts';
import { addedUp, contentFault, contentIn, firstDifference, firstSealFault, isObject, linksOf, type Numbers, type PackedContent, type PackedSeal, type SealedContent, sealsIn, walkTree } from './contents.ts';
import { openContainer, type Opened, type PackageReader, type PackageTools, type PackedFile, type Progress } from './container.ts';
import { type IndexedFile, indexIn, indexSheet } from './evidence-index.ts';
import { fault, type PackageFault } from './faults.ts';
import { checkProofs, checkSignatures, type Issuer, isReceiptOf, issuersOf, keysIn, type PackedKeys, type PackedSubmission, type Position, proofsIn, submissionFault, submissionIn, untrustedFault } from './proving.ts';
import { notProvenBy, provenBy, type Statement } from './statements.ts';

export interface VerifiedUnit {
  readonly code: string;
  readonly name: string;
  readonly depth: number;
  readonly version: number;
  readonly receiptCode: string;
  readonly sealedAt: string;
  /** Units that report to it and are not included. */
  readonly missing: number;
}

export interface PackageVerdict {
  readonly holds: boolean;
  readonly firstFault: PackageFault | null;
  readonly statements: readonly Statement[];
  readonly files: number;
  readonly bytes: number;
  readonly description: PackageDescription | null;
  /** Rows of the table, for showing it; from the definition of the edition. */
  readonly indicators: readonly { readonly code: string; readonly row: number; readonly label: string; readonly unitWord: string }[];
  /** Own figures of all units, added up here. */
  readonly total: Numbers;
  /** From the top down; only when everything holds. */
  readonly units: readonly VerifiedUnit[];
  /** Who sealed and submitted, and where it stands in the log; only when everything holds. */
  readonly signing: Signing | null;
}

export interface Signing {
  readonly seal: PackedSeal;
  readonly submission: PackedSubmission | null;
  readonly signed: number;
  readonly unsigned: number;
  readonly issuers: readonly Issuer[];
  readonly positions: readonly Position[];
}

/** What was found so far, so that a verdict on a broken package still says what the package is. */
interface Work {
  readonly tools: PackageTools;
  readonly progress: Progress;
  readonly files: Opened['files'];
  readonly folder: string;
  description: PackageDescription | null;
  indicators: PackageVerdict['indicators'];
  seals: readonly PackedSeal[];
  readonly contents: Map<string, PackedContent>;
  order: readonly { readonly unit: string; readonly depth: number }[];
  total: Numbers;
  links: number;
  /** Fingerprints of which the installation's key must have one; empty: any. */
  readonly trusted: readonly string[];
  keys: PackedKeys;
  signed: number;
  unsigned: number;
  issuers: readonly Issuer[];
  submission: PackedSubmission | null;
  positions: readonly Position[];
}

const noKeys: PackedKeys = { format: 'fuwuyue.keys/1', installation: [], units: [], logs: null, witnesses: [] };

const kept = (path: string): boolean => !isEvidence(path) && (path.endsWith('.json') || path.endsWith('.csv') || path.endsWith('.txt')) && path !== paths.readme;

/** `trusted`: fingerprints (64 symbols, or the first 32) of which the installation's key must have one. */
export async function verifyPackage(reader: PackageReader, tools: PackageTools, progress: Progress = () => undefined, trusted: readonly string[] = []): Promise<PackageVerdict> {
  const { found: opened, fault: wrong } = await openContainer(reader, tools, { keeps: kept, isSafe: isSafePath }, progress);
  if (opened === null) return verdictOf(null, wrong, reader.bytes);
  const work: Work = {
    tools, progress, ...opened, description: null, indicators: [], seals: [], contents: new Map(), order: [], total: {}, links: 0, trusted, keys: noKeys, signed: 0, unsigned: 0, issuers: [],
    submission: null, positions: [],
  };
  return verdictOf(work, await firstFaultIn(work), reader.bytes);
}

function verdictOf(work: Work | null, wrong: PackageFault | null, bytes: number): PackageVerdict {
  const firstFault = withUnit(wrong);
  if (work === null) return { holds: false, firstFault, bytes, files: 0, statements: [], description: null, indicators: [], total: {}, units: [], signing: null };
  const { description, indicators, total, files } = work;
  const about = { firstFault, bytes, files: files.size, description, indicators, total };
  return firstFault === null ? { holds: true, ...about, ...provenIn(work) } : { holds: false, ...about, statements: [], units: [], signing: null };
}

function provenIn(work: Work): Pick<PackageVerdict, 'statements' | 'units' | 'signing'> {
  const { files, contents, links, signed, unsigned, issuers, positions, submission, trusted, description } = work;
  const found = {
    files: files.size, units: contents.size, links, signed, unsigned, issuers, positions, submitted: submission !== null, trusted: trusted.length > 0, unit: description?.unit.code ?? '',
  };
  return { statements: [...provenBy(found), ...notProvenBy(found)], units: unitsOf(work), signing: signingOf(work) };
}

function signingOf({ seals, description, submission, signed, unsigned, issuers, positions }: Work): Signing | null {
  const seal = seals.find(({ unit }) => unit === description?.unit.code);
  return seal === undefined ? null : { seal, submission, signed, unsigned, issuers, positions };
}

/** A file of a unit is known by its name, whatever is wrong with it. */
function withUnit(found: PackageFault | null): PackageFault | null {
  return found === null || found.unit !== null || found.file === null ? found : { ...found, unit: unitOf(found.file) };
}

function unitsOf({ order, contents, seals }: Work): VerifiedUnit[] {
  const sealed = new Map(seals.map((seal) => [seal.unit, seal]));
  return order.flatMap(({ unit, depth }) => {
    const [content, seal] = [contents.get(unit)?.content, sealed.get(unit)];
    if (content === undefined || seal === undefined) return [];
    return [{ code: unit, name: content.unit.name, depth, version: content.number, receiptCode: seal.receiptCode, sealedAt: seal.at, missing: content.missing.length }];
  });
}

async function firstFaultIn(work: Work): Promise<PackageFault | null> {
  return manifestFault(work) ?? descriptionFault(work) ?? (await contentsFault(work)) ?? totalFault(work) ?? editionFault(work) ?? (await keysFault(work)) ?? (await receiptFault(work)) ?? (await proofsFault(work)) ?? indexFault(work);
}

const textOf = ({ files, tools }: Work, path: string): string | null => {
  const content = files.get(path)?.content;
  return content === undefined || content === null ? null : tools.decode(content);
};

function jsonOf(work: Work, path: string): unknown {
  const text = textOf(work, path);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Both manifests of each kind, written as we write them, list exactly the files that are there, with their digests. */
function manifestFault(work: Work): PackageFault | null {
  const { files } = work;
  if (textOf(work, paths.bagit) !== bagitText) return fault(files.has(paths.bagit) ? 'file_changed' : 'not_a_package', { file: paths.bagit });
  const listed = (path: string, tags: boolean): boolean => (tags ? !isPayload(path) && !isTagManifest(path) : isPayload(path));
  for (const tags of [true, false]) {
    for (const algorithm of algorithms) {
      const file = tags ? tagManifestOf(algorithm) : manifestOf(algorithm);
      if (!files.has(file)) return fault('file_missing', { file });
      const manifest = manifestIn(textOf(work, file) ?? '');
      if (manifest === null) return fault('manifest', { file });
      const wrong = firstUnlike(manifest, new Map([...files].filter(([path]) => listed(path, tags)).map(([path, packed]) => [path, packed[algorithm]])));
      if (wrong !== null) return wrong;
    }
  }
  const order = [...files.keys()];
  const moved = inOrder(order).findIndex((path, at) => path !== order[at]);
  return moved < 0 ? null : fault('layout', { file: order[moved] ?? null });
}

function firstUnlike(manifest: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): PackageFault | null {
  for (const [file, digest] of manifest) {
    const there = found.get(file);
    if (there === undefined) return fault('file_missing', { file });
    if (there !== digest) return fault('file_changed', { file, expected: digest, found: there });
  }
  const beside = [...found.keys()].find((file) => !manifest.has(file));
  return beside === undefined ? null : fault('file_unlisted', { file: beside });
}

function descriptionIn(value: unknown): PackageDescription | null {
  if (!isObject(value) || (value['format'] !== 'fuwuyue.package/1' && value['format'] !== 'fuwuyue.package/2')) return null;
  const { edition, unit, version, sha256, sealedAt, receiptCode, demonstration, units, evidence, software } = value;
  const texts = [sha256, sealedAt, receiptCode, software];
  const named = isObject(edition) && isObject(unit) && [edition['code'], edition['title'], unit['code'], unit['name']].every((text) => typeof text === 'string') && typeof edition['official'] === 'boolean';
  if (!named || !texts.every((text) => typeof text === 'string') || typeof demonstration !== 'boolean') return null;
  return [version, units, evidence].every((number) => Number.isSafeInteger(number)) ? (value as unknown as PackageDescription) : null;
}

/** The description is there, the folder has its name, and bag-info says the same. */
function descriptionFault(work: Work): PackageFault | null {
  const description = descriptionIn(jsonOf(work, paths.description));
  if (description === null) return fault('unreadable', { file: paths.description });
  work.description = description;
  const payload = [...work.files].filter(([path]) => isPayload(path)).map(([, { bytes }]) => bytes);
  const info = infoText(description, { files: payload.length, bytes: payload.reduce((sum, bytes) => sum + bytes, 0) });
  if (textOf(work, paths.info) !== info) return fault('description', { file: paths.info });
  if (work.folder !== baseNameOf(description)) return fault('description', { file: work.folder });
  return null;
}

/** Every content with its seal, and every seal by itself. */
async function contentsFault(work: Work): Promise<PackageFault | null> {
  const { description, files, contents, progress } = work;
  const seals = sealsIn(jsonOf(work, paths.seals));
  if (seals === null || description === null) return fault('unreadable', { file: paths.seals });
  work.seals = seals;
  const { tools } = work;
  const wrongSeal = firstSealFault(seals, paths.seals, (text) => digestOf(text, tools));
  if (wrongSeal !== null) return wrongSeal;
  const { links, broken } = linksOf(seals, paths.seals);
  if (broken !== null) return broken;
  work.links = links;
  const sealed = new Map(seals.map((seal) => [seal.unit, seal]));
  for (const [path, file] of files) {
    const unit = path === paths.content ? description.unit.code : unitOf(path);
    if (unit === null) continue;
    const packed = packedContent(work, path, file);
    if (packed === null) return fault('unreadable', { file: path, unit });
    contents.set(unit, packed);
    const wrong = contentFault(packed, sealed.get(unit), unit);
    if (wrong !== null) return wrong;
    if (contents.size % 50 === 0) await progress(contents.size, sealed.size);
  }
  const without = seals.find(({ unit }) => !contents.has(unit));
  return without === undefined ? null : fault('child_missing', { unit: without.unit });
}

function digestOf(text: string, tools: PackageTools): string {
  const hash = tools.sha256();
  hash.update(tools.encode(text));
  return hash.hex();
}

function unitOf(path: string): string | null {
  const unit = /^data\/returns\/(\d{6})\.json$/.exec(path)?.[1];
  return unit === undefined || path !== contentOf(unit) ? null : unit;
}

function packedContent(work: Work, file: string, { sha256, sm3 }: PackedFile): PackedContent | null {
  const parsed = jsonOf(work, file);
  const content = contentIn(parsed);
  return content === null ? null : { file, content, canonical: canonicalText(parsed) === textOf(work, file), sha256, sm3 };
}

/** The tree from the top to the leaves, and the own figures of all units added up again. */
function totalFault(work: Work): PackageFault | null {
  const { description, contents } = work;
  if (description === null) return fault('description', { file: paths.description });
  const unit = description.unit.code;
  const top = contents.get(unit);
  if (top === undefined) return fault('file_missing', { file: paths.content, unit });
  const { fault: wrong, order } = walkTree(unit, contents);
  if (wrong !== null) return wrong;
  work.order = order;
  work.total = addedUp([...contents.values()].map(({ content }) => content));
  const difference = firstDifference(work.total, top.content.total);
  if (difference !== null) return fault('nation', { unit, file: paths.content, ...difference });
  return describedFault(work, top.content, top.sha256);
}

/** What the description says is what the sealed content and its seal say. */
function describedFault({ description, seals, contents, files }: Work, content: SealedContent, sha256: string): PackageFault | null {
  const seal = seals.find((one) => one.unit === content.unit.code);
  const said = description === null ? [] : [
    [description.edition.code, content.edition], [description.unit.name, content.unit.name], [description.version, content.number], [description.sha256, sha256],
    [description.sealedAt, seal?.at], [description.receiptCode, seal?.receiptCode], [description.units, contents.size], [description.evidence, [...files.keys()].filter(isEvidence).length],
  ];
  const wrong = said.find(([one, other]) => one !== other);
  return wrong === undefined ? null : fault('description', { file: paths.description, expected: wrong[1] ?? null, found: wrong[0] ?? null });
}

/** The definition of the edition is the one the sealed content names; it gives the table its words. */
function editionFault(work: Work): PackageFault | null {
  const definition = jsonOf(work, paths.edition);
  const top = work.contents.get(work.description?.unit.code ?? '');
  if (!isObject(definition) || !Array.isArray(definition['indicators']) || top === undefined) return fault('unreadable', { file: paths.edition });
  const digest = digestOf(canonicalText(definition), work.tools);
  if (digest !== top.content.editionDigest) return fault('edition', { file: paths.edition, expected: top.content.editionDigest, found: digest });
  const indicators: readonly unknown[] = definition['indicators'];
  work.indicators = indicators.flatMap((one) => {
    if (!isObject(one)) return [];
    const { code, row, label, unitWord } = one;
    return typeof code === 'string' && typeof row === 'number' && typeof label === 'string' && typeof unitWord === 'string' ? [{ code, row, label, unitWord }] : [];
  });
  return null;
}

/** Every signature of a seal, by a key that the installation certifies; and whether that is the installation somebody trusts. */
async function keysFault(work: Work): Promise<PackageFault | null> {
  const { files, seals, tools, progress, trusted, description } = work;
  // Packages of the first format know no keys.
  const keys = files.has(paths.keys) || description?.format === 'fuwuyue.package/2' ? keysIn(jsonOf(work, paths.keys)) : noKeys;
  if (keys === null) return fault('unreadable', { file: paths.keys });
  const { fault: wrong, signed, unsigned } = await checkSignatures(seals, keys, { seals: paths.seals, keys: paths.keys }, tools, progress);
  if (wrong !== null) return wrong;
  Object.assign(work, { keys, signed, unsigned, issuers: issuersOf(keys, tools) });
  return untrustedFault(trusted, signed, work.issuers, paths.keys);
}

/** `data/receipt.json`: of the seal, and of the submission when there was one. */
async function receiptFault(work: Work): Promise<PackageFault | null> {
  const receipt = jsonOf(work, paths.receipt);
  const seal = work.seals.find(({ unit }) => unit === work.description?.unit.code);
  if (!isObject(receipt) || (receipt['format'] !== 'fuwuyue.receipt/1' && receipt['format'] !== 'fuwuyue.receipt/2') || seal === undefined) return fault('unreadable', { file: paths.receipt });
  if (!isReceiptOf(receipt, seal)) return fault('receipt', { file: paths.receipt, unit: seal.unit });
  const submission = submissionIn(receipt);
  if (submission === undefined) return fault('unreadable', { file: paths.receipt });
  work.submission = submission;
  return submission === null ? null : submissionFault(submission, seal, work.keys, work.tools);
}

/** What of it stands in the log, when a checkpoint covered it. */
async function proofsFault(work: Work): Promise<PackageFault | null> {
  const { files, description, seals, keys, submission, tools } = work;
  if (!files.has(paths.proofs) && description?.format === 'fuwuyue.package/1') return null;
  const proofs = proofsIn(jsonOf(work, paths.proofs));
  if (proofs === null) return fault('unreadable', { file: paths.proofs });
  const { fault: wrong, positions } = await checkProofs(proofs, keys, { seals: new Map(seals.map((seal) => [seal.unit, seal])), submission }, paths.proofs, tools);
  work.positions = positions;
  return wrong;
}

/** The index names every picture and file there is, and no other; the sheet says what the JSON says. */
function indexFault(work: Work): PackageFault | null {
  const packed = new Map([...work.files].filter(([path]) => isEvidence(path)));
  if (!work.files.has(paths.evidenceList)) {
    const beside = [...packed.keys(), paths.evidenceSheet].find((path) => work.files.has(path));
    return beside === undefined ? null : fault('index', { file: beside });
  }
  const index = indexIn(jsonOf(work, paths.evidenceList));
  if (index === null || index.demonstration !== work.description?.demonstration) return fault('unreadable', { file: paths.evidenceList });
  const listed = new Map(index.files.map((one) => [one.path, one]));
  const unlike = [...packed].find(([path, file]) => !isSameFile(listed.get(path), file));
  if (unlike !== undefined) return fault('index', { file: unlike[0] });
  if (listed.size !== packed.size || index.files.length !== packed.size) return fault('index', { file: paths.evidenceList });
  return textOf(work, paths.evidenceSheet) === indexSheet(index) ? null : fault('index', { file: paths.evidenceSheet });
}

function isSameFile(listed: IndexedFile | undefined, { sha256, sm3, bytes }: PackedFile): boolean {
  return listed?.sha256 === sha256 && listed.sm3 === sm3 && listed.bytes === bytes;
}
