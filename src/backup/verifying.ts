// fuwuyue verify FILE: offline, with nothing but the file. Every entry against its digest, every file of evidence against its
// name, the chain of seals, and every sealed table against its seal. The first fault is named.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { sha256Of, sm3Of } from '../kernel/digest.ts';
import { parseInstant } from '../shared/instant.ts';
import { sealSuites } from '../shared/signature.ts';
import { sealSignatureOf } from '../modules/seals/queries.ts';
import { type ChainFault, digestsOf, firstChainFault, type VersionDigests, type VersionFault, versionFault } from '../modules/seals/rules.ts';
import { type ArchiveFault, readArchive } from './archive.ts';
import { type Keys, noKeys } from './locking.ts';

export type BackupFault =
  | ArchiveFault
  | { readonly fault: 'no_backup' }
  | { readonly fault: 'file_changed' | 'file_missing'; readonly entry: string }
  | { readonly fault: ChainFault['fault'] | VersionFault; readonly seal: number; readonly unitCode: string; readonly version: number };

export const backupHeader = z.object({ format: z.literal('fuwuyue.backup/1'), version: z.string(), takenAt: z.string(), migrations: z.array(z.object({ file: z.string(), sha256: z.string() })), tables: z.array(z.string()), /** Whether the keys of the installation are in it. */ secrets: z.boolean().default(false) });
export type BackupHeader = z.output<typeof backupHeader>;

export interface BackupVerdict {
  readonly header: BackupHeader | null;
  readonly rows: number;
  readonly files: number;
  readonly secrets: number;
  readonly seals: number;
  readonly fault: BackupFault | null;
}

/** Not in backups made before seals were signed. */
const signatureColumns = { suite: z.enum(sealSuites).nullable().default(null), key_number: z.number().nullable().default(null), sealed_by: z.string().nullable().default(null), signature: z.string().nullable().default(null) };
const sealRow = z.object({ number: z.number(), at: z.string(), edition_code: z.string(), unit_code: z.string(), return_version: z.number(), sha256: z.string(), sm3: z.string(), previous_hash: z.string(), hash: z.string(), ...signatureColumns });
const versionRow = z.object({ edition_code: z.string(), unit_code: z.string(), number: z.number(), content: z.unknown(), extension: z.unknown(), sha256: z.string(), sm3: z.string() });
const packageRow = z.object({ sha256: z.string(), kept: z.boolean() });
const evidenceRow = z.object({ sha256: z.string(), removed_at: z.string().nullable() });

type SealRow = z.output<typeof sealRow>;
class Collected {
  header: BackupHeader | null = null;
  rows = 0;
  secrets = 0;
  readonly seals: SealRow[] = [];
  readonly versions = new Map<string, VersionDigests>();
  readonly wantedFiles = new Set<string>();
  readonly files = new Set<string>();
  changedFile: string | null = null;
}

export async function verifyBackup(path: string, keys: Keys = noKeys): Promise<BackupVerdict> {
  const found = new Collected();
  const inArchive = await readArchive(path, async (name, bytes) => collect(found, name, bytes), keys);
  const fault = inArchive ?? faultIn(found);
  return { header: found.header, rows: found.rows, files: found.files.size, secrets: found.secrets, seals: found.seals.length, fault };
}

function collect(found: Collected, name: string, bytes: Buffer): void {
  if (name === 'header.json') {
    const parsed = backupHeader.safeParse(safeJson(bytes.toString('utf8')));
    found.header = parsed.success ? parsed.data : null;
  } else if (name.startsWith('blobs/')) collectFile(found, name, bytes);
  else if (name.startsWith('secrets/')) found.secrets += 1;
  else if (name.startsWith('tables/')) collectRows(found, name.split('/')[1] ?? '', bytes);
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A picture lies under the digest of its bytes; its thumbnail, made from it, only beside it. */
function collectFile(found: Collected, name: string, bytes: Buffer): void {
  const file = basename(name);
  found.files.add(file);
  if (file.length === 64 && createHash('sha256').update(bytes).digest('hex') !== file) found.changedFile ??= name;
}

function collectRows(found: Collected, table: string, bytes: Buffer): void {
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line === '') continue;
    found.rows += 1;
    if (!read.has(table)) continue;
    const row = safeJson(line);
    if (table === 'seal_log') found.seals.push(sealRow.parse(row));
    else if (table === 'return_version') collectVersion(found, versionRow.parse(row));
    else collectWanted(found, table, row);
  }
}

const read: ReadonlySet<string> = new Set(['seal_log', 'return_version', 'evidence', 'package']);

/** Files that must be there: of evidence that was not removed, and of packages that are kept. */
function collectWanted(found: Collected, table: string, row: unknown): void {
  if (table === 'package') {
    const { sha256, kept } = packageRow.parse(row);
    if (kept) found.wantedFiles.add(sha256);
    return;
  }
  const { sha256, removed_at } = evidenceRow.parse(row);
  if (removed_at === null) found.wantedFiles.add(sha256);
}

function collectVersion(found: Collected, row: z.output<typeof versionRow>): void {
  found.versions.set(`${row.edition_code} ${row.unit_code} ${row.number}`, digestsOf(row, { sha256: sha256Of, sm3: sm3Of }));
}

function faultIn(found: Collected): BackupFault | null {
  if (found.header === null) return { fault: 'no_backup' };
  if (found.changedFile !== null) return { fault: 'file_changed', entry: found.changedFile };
  for (const sha256 of found.wantedFiles) if (!found.files.has(sha256)) return { fault: 'file_missing', entry: `blobs/${sha256}` };
  return sealFault(found);
}

function sealFault({ seals, versions }: Collected): BackupFault | null {
  const ordered = seals.toSorted((a, b) => a.number - b.number);
  const place = (seal: SealRow): { seal: number; unitCode: string; version: number } => ({ seal: seal.number, unitCode: seal.unit_code, version: seal.return_version });
  const entries = ordered.map((seal) => ({
    number: seal.number, at: parseInstant(seal.at), edition: seal.edition_code, unit: seal.unit_code, version: seal.return_version, sha256: seal.sha256, sm3: seal.sm3, previousHash: seal.previous_hash, hash: seal.hash,
    signed: sealSignatureOf({ suite: seal.suite, keyNumber: seal.key_number, sealedBy: seal.sealed_by, signature: seal.signature }),
  }));
  const broken = firstChainFault(entries, sha256Of);
  const atFault = broken === null ? undefined : (ordered.find(({ number }) => number >= broken.number) ?? ordered.at(-1));
  if (broken !== null && atFault !== undefined) return { ...place(atFault), seal: broken.number, fault: broken.fault };
  for (const seal of ordered) {
    const version = versions.get(`${seal.edition_code} ${seal.unit_code} ${seal.return_version}`);
    const fault = versionFault(version, seal);
    if (fault !== null) return { ...place(seal), fault };
  }
  return null;
}
