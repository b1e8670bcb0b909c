// What is stored of seals: an append-only chain, gap-free because one lock orders all sealing.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Instant } from '../../shared/instant.ts';
import type { SealSuite } from '../../shared/signature.ts';
import type { KnownReceipt } from './contract.ts';
import { chainStart, receiptCodeOf, type SealEntry, type SealSignature, type SealStatement, sealText } from './rules.ts';

export interface Seal extends SealEntry {
  readonly hash: string;
  readonly receiptCode: string;
  /** The request that put it; null on seals older than the keys of units. */
  readonly requestId: string | null;
}

const chainLock = 4_120_230_707;

export interface NewSeal extends Omit<SealStatement, 'by'> {
  /** Made before: the lock waits for nothing. */
  readonly signed: SealSignature;
  readonly requestId: string;
}

/** Appends a seal. The lock is held until commit, so sealing is the last thing a transaction should do. */
export async function appendSeal(tx: Tx, { requestId, ...sealed }: NewSeal): Promise<Seal> {
  await sql`select pg_advisory_xact_lock(${chainLock}::bigint)`.execute(tx);
  const last = await tx.selectFrom('sealLog').select(['number', 'hash']).orderBy('number', 'desc').limit(1).executeTakeFirst();
  const entry: SealEntry = { ...sealed, number: (last?.number ?? 0) + 1, previousHash: last?.hash ?? chainStart };
  const hash = sha256Of(sealText(entry));
  const { suite, key: keyNumber, by: sealedBy, signature } = sealed.signed;
  const receiptCode = receiptCodeOf(entry, hash);
  await tx
    .insertInto('sealLog')
    .values({ number: entry.number, at: entry.at, editionCode: entry.edition, unitCode: entry.unit, returnVersion: entry.version, sha256: entry.sha256, sm3: entry.sm3, receiptCode, previousHash: entry.previousHash, hash, suite, keyNumber, sealedBy, signature, requestId })
    .execute();
  return { ...entry, hash, receiptCode, requestId };
}

export async function findSeal(tx: Tx, edition: string, unit: string, version: number): Promise<Seal | null> {
  const row = await tx
    .selectFrom('sealLog')
    .selectAll()
    .where('editionCode', '=', edition)
    .where('unitCode', '=', unit)
    .where('returnVersion', '=', version)
    .executeTakeFirst();
  return row === undefined ? null : sealOfRow(row);
}

/** The sealed table that a folded receipt code belongs to (rules.foldReceipt). */
export async function findReceipt(tx: Tx, folded: string): Promise<{ readonly receipt: Omit<KnownReceipt, 'proof'>; readonly seal: Pick<Seal, 'unit' | 'signed' | 'requestId'> } | null> {
  const { rows } = await sql<FoundReceipt>`
    select s.receipt_code, s.edition_code, e.definition->'table'->>'title' as title, (e.definition->>'official')::boolean as official,
      s.unit_code, v.content->'unit'->>'name' as unit_name, s.return_version, s.at, s.sha256, s.sm3, n.return_version as later_version, n.at as later_at, s.suite, s.key_number, s.sealed_by, s.signature, s.request_id
    from seal_log s
    join edition e on e.code = s.edition_code
    join unit u on u.code = s.unit_code
    join return_version v on v.province_code = u.province_code and v.edition_code = s.edition_code and v.unit_code = s.unit_code and v.number = s.return_version
    left join lateral (
      select l.return_version, l.at from seal_log l
      where l.edition_code = s.edition_code and l.unit_code = s.unit_code and l.return_version > s.return_version order by l.return_version desc limit 1
    ) n on true
    where translate(lower(replace(s.receipt_code, '-', '')), 'oil', '011') = ${folded} order by s.number limit 1`.execute(tx);
  const row = rows[0];
  if (row === undefined) return null;
  const receipt = {
    receiptCode: row.receiptCode, edition: { code: row.editionCode, title: row.title, official: row.official }, unit: { code: row.unitCode, name: row.unitName },
    version: row.returnVersion, sealedAt: row.at, sha256: row.sha256, sm3: row.sm3,
    later: row.laterVersion === null || row.laterAt === null ? null : { version: row.laterVersion, sealedAt: row.laterAt },
  };
  return { receipt, seal: { unit: row.unitCode, requestId: row.requestId, signed: sealSignatureOf(row) } };
}

interface FoundReceipt extends Pick<SealRow, 'suite' | 'keyNumber' | 'sealedBy' | 'signature' | 'requestId'> {
  readonly receiptCode: string;
  readonly editionCode: string;
  readonly title: string;
  readonly official: boolean;
  readonly unitCode: string;
  readonly unitName: string;
  readonly returnVersion: number;
  readonly at: Instant;
  readonly sha256: string;
  readonly sm3: string;
  readonly laterVersion: number | null;
  readonly laterAt: Instant | null;
}

/** The whole chain in order, for checking it. */
export async function listSeals(tx: Tx): Promise<Seal[]> {
  return (await tx.selectFrom('sealLog').selectAll().orderBy('number').execute()).map(sealOfRow);
}

interface SealRow {
  readonly number: number;
  readonly at: Instant;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly returnVersion: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly receiptCode: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly suite: string | null;
  readonly keyNumber: number | null;
  readonly sealedBy: string | null;
  readonly signature: string | null;
  readonly requestId: string | null;
}

function sealOfRow(row: SealRow): Seal {
  return {
    number: row.number, at: row.at, edition: row.editionCode, unit: row.unitCode, version: row.returnVersion, sha256: row.sha256, sm3: row.sm3,
    previousHash: row.previousHash, hash: row.hash, receiptCode: row.receiptCode, requestId: row.requestId, signed: sealSignatureOf(row),
  };
}

/** The signature in a row of seal_log; its columns are all there or none (a constraint of the table). */
export function sealSignatureOf({ suite, keyNumber, sealedBy, signature }: Pick<SealRow, 'suite' | 'keyNumber' | 'sealedBy' | 'signature'>): SealSignature | null {
  return suite === null || keyNumber === null || sealedBy === null || signature === null ? null : { suite: suite as SealSuite, key: keyNumber, by: sealedBy, signature };
}
