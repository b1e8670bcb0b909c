// Signatures of seals, certificates of keys, and proofs that a seal stands in the log, as they lie in a package: read by hand and
// held against what they must say. Pure; each check stops at the first fault.
import { leafBytes, leafText } from '../../../shared/leaf.ts';
import { isSealSuite } from '../../../shared/signature.ts';
import type { InstallationKey, KeyLink, UnitKey, UnitSignature } from '../../keys/model.ts';
import { certificateFault, fingerprintText, linkedWith, linkHolds, logKeysText, signatureFault, textFault } from '../../keys/rules.ts';
import { payloadHash } from '../../proofs/rules/checking.ts';
import { inclusionHolds } from '../../proofs/rules/merkle.ts';
import { type NoteKey, type NoteTools, openCheckpoint, readKeyText } from '../../proofs/rules/note.ts';
import { actStatementText, type SealEntry, sealStatementText } from '../../seals/rules.ts';
import { hasTexts, isObject, isSignature, isTexts, isWhole, type Loose, type PackedSeal } from './contents.ts';
import type { PackageTools, Progress } from './container.ts';
import { fault, type PackageFault } from './faults.ts';

/** `data/keys.json`: whatever signatures in the package are verified with. */
export interface PackedKeys {
  readonly format: 'fuwuyue.keys/1';
  readonly installation: readonly InstallationKey[];
  /** Where keys of the installation vouch for each other. */
  readonly links?: readonly KeyLink[];
  readonly units: readonly UnitKey[];
  /** Keys of the logs in C2SP's form, vouched for by a key of the installation; null where nothing of a log is inside. */
  readonly logs: { readonly keys: readonly string[]; readonly issuer: number; readonly signature: string } | null;
  /** Keys of witnesses, as the installation knows them. */
  readonly witnesses: readonly string[];
}

/** That one act stands in the log. */
export interface PackedProof {
  readonly act: 'seal' | 'submit';
  readonly unit: string;
  readonly origin: string;
  readonly index: number;
  /** Of the checkpoint it leads to. */
  readonly size: number;
  /** The audit record of the act, and the digests of all records of the same write. */
  readonly record: string;
  readonly records: readonly string[];
  readonly leaf: string;
  readonly path: readonly string[];
}

/** `data/proofs.json`; empty when no checkpoint covered the seal yet. */
export interface PackedProofs {
  readonly format: 'fuwuyue.proofs/1';
  readonly checkpoints: readonly { readonly origin: string; readonly note: string }[];
  readonly proofs: readonly PackedProof[];
}

const isKey = (value: unknown): value is Loose => isObject(value) && isWhole(value['number']) && isSealSuite(value['suite']) && hasTexts(value, 'publicKey', 'from');
const isUnitKey = (value: unknown): boolean => isKey(value) && isWhole(value['issuer']) && hasTexts(value, 'unit', 'certificate');
const isLink = (value: unknown): boolean => isObject(value) && isWhole(value['from']) && isWhole(value['to']) && isTexts(value['signatures']) && value['signatures'].length === 2;
const isLinks = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.every(isLink));
const isLogKeys = (value: unknown): boolean => value === null || (isObject(value) && isTexts(value['keys']) && isWhole(value['issuer']) && hasTexts(value, 'signature'));

export function keysIn(value: unknown): PackedKeys | null {
  if (!isObject(value) || value['format'] !== 'fuwuyue.keys/1' || !isTexts(value['witnesses']) || !isLogKeys(value['logs']) || !isLinks(value['links'])) return null;
  const { installation, units } = value;
  const held = Array.isArray(installation) && installation.every(isKey) && Array.isArray(units) && units.every(isUnitKey);
  return held ? (value as unknown as PackedKeys) : null;
}

const isProof = (value: unknown): boolean =>
  isObject(value) && (value['act'] === 'seal' || value['act'] === 'submit') && hasTexts(value, 'unit', 'origin', 'record', 'leaf') && isWhole(value['index']) && isWhole(value['size'])
  && isTexts(value['records']) && isTexts(value['path']);
const isCheckpoint = (value: unknown): boolean => isObject(value) && hasTexts(value, 'origin', 'note');

export function proofsIn(value: unknown): PackedProofs | null {
  if (!isObject(value) || value['format'] !== 'fuwuyue.proofs/1') return null;
  const { checkpoints, proofs } = value;
  return Array.isArray(checkpoints) && checkpoints.every(isCheckpoint) && Array.isArray(proofs) && proofs.every(isProof) ? (value as unknown as PackedProofs) : null;
}

export const hashOfBytes = (tools: Pick<PackageTools, 'sha256'>) => (bytes: Uint8Array): string => {
  const hash = tools.sha256();
  hash.update(bytes);
  return hash.hex();
};

export interface Issuer {
  readonly number: number;
  readonly fingerprint: string;
  /** Fingerprints of all keys it is known by: its own, and those that vouch for it. */
  readonly knownBy: readonly string[];
}

/** The keys of the installation that certify something in a package. */
export function issuersOf({ installation, links = [], units, logs }: PackedKeys, tools: PackageTools): Issuer[] {
  const sha256 = hashOfBytes(tools);
  const certifying = new Set([...units.map(({ issuer }) => issuer), logs?.issuer]);
  const fingerprints = new Map(installation.map((key) => [key.number, sha256(tools.encode(fingerprintText(key)))]));
  return installation.filter(({ number }) => certifying.has(number)).map(({ number }) => ({
    number, fingerprint: fingerprints.get(number) ?? '', knownBy: [...linkedWith([number], links)].flatMap((one) => fingerprints.get(one) ?? []),
  }));
}

/** Where somebody names fingerprints, signatures there must be, and every key that certifies must have one of these, or be vouched for by one that has. */
export function untrustedFault(trusted: readonly string[], signed: number, issuers: readonly Issuer[], file: string): PackageFault | null {
  const stranger = issuers.find(({ knownBy }) => !knownBy.some((fingerprint) => trusted.some((one) => fingerprint.startsWith(one))));
  const isTrusted = trusted.length === 0 || (signed > 0 && stranger === undefined);
  return isTrusted ? null : fault('untrusted', { file, found: stranger?.fingerprint.slice(0, 32) ?? null });
}

export interface Signed {
  readonly fault: PackageFault | null;
  readonly signed: number;
  readonly unsigned: number;
}

/** Every signature of a seal, each with the certificate of its key. Seals of before the keys of units have none. */
export async function checkSignatures(seals: readonly PackedSeal[], keys: PackedKeys, files: { readonly seals: string; readonly keys: string }, tools: PackageTools, progress: Progress): Promise<Signed> {
  const links = await Promise.all((keys.links ?? []).map((link) => linkHolds(link, keys.installation, tools)));
  if (links.includes(false)) return { fault: fault('certificate', { file: files.keys }), signed: 0, unsigned: 0 };
  const byUnit = new Map(keys.units.map((key) => [`${key.unit} ${key.number}`, key]));
  const faultOf = async ({ signed: signature, ...seal }: PackedSeal): Promise<PackageFault | null> => {
    if (signature === null) return null;
    const key = byUnit.get(`${seal.unit} ${signature.key}`);
    const wrong = await signatureFault(sealStatementText({ ...seal, by: signature.by }), signature, key, tools);
    const found = wrong ?? (key === undefined ? null : await certificateFault(key, keys.installation, tools));
    return found === null ? null : fault(found, { unit: seal.unit, file: found === 'signature' ? files.seals : files.keys });
  };
  // So many at once, for tools that verify on several processors; faults are named in the order of the file all the same.
  for (let from = 0; from < seals.length; from += atOnce) {
    const faults = await Promise.all(seals.slice(from, from + atOnce).map(faultOf));
    const first = faults.find((one) => one !== null);
    if (first !== undefined && first !== null) return { fault: first, signed: from, unsigned: 0 };
    await progress(Math.min(from + atOnce, seals.length), seals.length);
  }
  const signed = seals.filter((seal) => seal.signed !== null).length;
  return { fault: null, signed, unsigned: seals.length - signed };
}

const atOnce = 128;

/** What of a receipt its submission's signature covers. */
export interface PackedSubmission {
  readonly at: string;
  readonly by: string;
  readonly due: string;
  readonly late: boolean;
  readonly signed: UnitSignature;
}

/** Whether a receipt is that of a seal. */
export function isReceiptOf(receipt: Loose, { edition, unit, version, receiptCode, at }: PackedSeal): boolean {
  return receipt['edition'] === edition && receipt['unit'] === unit && receipt['version'] === version && receipt['receiptCode'] === receiptCode && receipt['sealedAt'] === at;
}

/** The submission in `data/receipt.json`; null when there was none, or it was not signed yet; undefined when it cannot be read. */
export function submissionIn(receipt: Loose): PackedSubmission | null | undefined {
  const { submittedAt: at, submittedBy: by, due, late, submission: signed } = receipt;
  if (signed === null || signed === undefined) return null;
  const readable = typeof at === 'string' && typeof by === 'string' && typeof due === 'string' && typeof late === 'boolean' && isSignature(signed);
  return readable ? { at, by, due, late, signed } : undefined;
}

export async function submissionFault({ at, by, due, late, signed }: PackedSubmission, seal: PackedSeal, keys: PackedKeys, tools: PackageTools): Promise<PackageFault | null> {
  const { edition, unit, version, sha256 } = seal;
  const key = keys.units.find((one) => one.unit === unit && one.number === signed.key);
  const text = actStatementText({ act: 'submit', edition, unit, version, sha256, actingUnit: unit, at, by, due, late });
  const wrong = (await signatureFault(text, signed, key, tools)) ?? (key === undefined ? null : await certificateFault(key, keys.installation, tools));
  return wrong === null ? null : fault(wrong === 'signature' ? 'submission' : wrong, { unit });
}

/** Where a seal or a submission stands in the log. */
export interface Position {
  readonly act: PackedProof['act'];
  readonly unit: string;
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  /** Witnesses that cosigned the checkpoint, by name. */
  readonly witnesses: readonly string[];
}

export interface Proven {
  readonly fault: PackageFault | null;
  readonly positions: readonly Position[];
}

/** What is to be proven of: the seals in the package, and the signature of the submission. */
export interface Acts {
  readonly seals: ReadonlyMap<string, PackedSeal>;
  readonly submission: PackedSubmission | null;
}

interface OpenedCheckpoint {
  readonly root: string;
  readonly witnesses: readonly string[];
}

/** Every proof from its record up to a checkpoint that the installation signed. */
export async function checkProofs({ checkpoints, proofs }: PackedProofs, keys: PackedKeys, acts: Acts, file: string, tools: PackageTools): Promise<Proven> {
  const noteTools: NoteTools = { sha256: hashOfBytes(tools), verify: tools.verify };
  const opened = new Map<string, OpenedCheckpoint>();
  if (checkpoints.length > 0) {
    const wrong = await logKeysFault(keys, tools);
    if (wrong !== null) return { fault: wrong, positions: [] };
  }
  const [logKeys, witnesses] = [keys.logs?.keys ?? [], keys.witnesses].map((texts) => texts.flatMap((text) => readKeyText(text, noteTools.sha256) ?? []));
  for (const { origin, note } of checkpoints) {
    const ofLog = (logKeys ?? []).filter(({ name }) => name === origin);
    const checkpoint = await openSigned(note, origin, ofLog, witnesses ?? [], noteTools);
    if (checkpoint === null) return { fault: fault('checkpoint', { file, found: origin }), positions: [] };
    opened.set(`${origin} ${checkpoint.size}`, checkpoint);
  }
  const positions: Position[] = [];
  for (const proof of proofs) {
    const checkpoint = opened.get(`${proof.origin} ${proof.size}`);
    const wrong = checkpoint === undefined ? fault('checkpoint', { file, unit: proof.unit }) : proofFault(proof, checkpoint, acts, file, tools);
    if (wrong !== null || checkpoint === undefined) return { fault: wrong, positions };
    const { act, unit, origin, index, size } = proof;
    positions.push({ act, unit, origin, index, size, witnesses: checkpoint.witnesses });
  }
  return { fault: null, positions };
}

/** The installation vouches for the keys of its logs, so that one fingerprint is enough to know all of them. */
async function logKeysFault({ logs, installation }: PackedKeys, tools: PackageTools): Promise<PackageFault | null> {
  const issuer = installation.find(({ number }) => number === logs?.issuer);
  if (logs === null || issuer === undefined) return fault('key_missing');
  return (await textFault(logKeysText(logs.keys), logs.signature, issuer, tools)) === null ? null : fault('log_keys');
}

async function openSigned(note: string, origin: string, ofLog: readonly NoteKey[], witnesses: readonly NoteKey[], tools: NoteTools): Promise<(OpenedCheckpoint & { readonly size: number }) | null> {
  const opened = await openCheckpoint(note, [...ofLog, ...witnesses], tools);
  if (opened === null || opened.checkpoint.origin !== origin || ofLog.length === 0 || !ofLog.every((key) => opened.keys.includes(key))) return null;
  const { size, root } = opened.checkpoint;
  return { size, root, witnesses: opened.keys.filter(({ cosigner }) => cosigner).map(({ name }) => name) };
}

function proofFault(proof: PackedProof, { root }: OpenedCheckpoint, acts: Acts, file: string, tools: PackageTools): PackageFault | null {
  const { unit, act, index, size, path, leaf } = proof;
  const sha256 = hashOfBytes(tools);
  const about = { file, unit };
  if (!saysSo(proof, acts)) return fault('record', about);
  const digest = sha256(tools.encode(proof.record));
  if (!proof.records.includes(digest)) return fault('record', about);
  const content = leafIn(leaf);
  const fits = content !== null && content.seq === index && content.records === proof.records.length && content.payload === payloadHash(proof.records, sha256) && proof.origin.endsWith(`/${unit.slice(0, 2)}`);
  if (!fits) return fault('leaf', { ...about, found: act });
  return inclusionHolds({ index, size, leafHash: sha256(leafBytes(leaf)), path, root }, sha256) ? null : fault('inclusion', about);
}

function leafIn(text: string): { readonly seq: number; readonly records: number; readonly payload: string } | null {
  const value = jsonOf(text);
  if (!isObject(value) || !isWhole(value['seq']) || !isWhole(value['records']) || !hasTexts(value, 'at', 'payload', 'previous')) return null;
  const leaf = value as unknown as Parameters<typeof leafText>[0];
  return leafText(leaf) === text ? leaf : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The record is that of the very seal, or of the very submission, in the package. */
function saysSo({ act, unit, record }: PackedProof, { seals, submission }: Acts): boolean {
  const said = jsonOf(record);
  const seal = seals.get(unit);
  if (!isObject(said) || seal === undefined || said['action'] !== `return_${act}` || said['unitCode'] !== unit || said['subjectId'] !== `${seal.edition}/${unit}`) return false;
  const after = isObject(said['after']) ? said['after'] : {};
  if (after['returnVersion'] !== seal.version) return false;
  if (act === 'submit') return after['signature'] === submission?.signed.signature;
  return isObject(after['seal']) && isSame(after['seal'], seal);
}

function isSame(logged: Loose, { number, hash, sha256, sm3 }: Pick<SealEntry, 'number' | 'sha256' | 'sm3'> & { readonly hash: string }): boolean {
  return logged['number'] === number && logged['hash'] === hash && logged['sha256'] === sha256 && logged['sm3'] === sm3;
}
