// What is stored of seals: an append-only chain, gap-free because one lock orders all sealing.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Instant } from '../../shared/instant.ts';
import { canonicalText, chainStart, receiptCodeOf, type SealEntry } from './rules.ts';

export interface Seal extends SealEntry {
  readonly hash: string;
  readonly receiptCode: string;
}

const chainLock = 4_120_230_707;

/** Appends a seal. The lock is held until commit, so sealing is the last thing a transaction should do. */
export async function appendSeal(tx: Tx, sealed: { at: Instant; edition: string; unit: string; version: number; sha256: string; sm3: string }): Promise<Seal> {
  await sql`select pg_advisory_xact_lock(${chainLock}::bigint)`.execute(tx);
  const last = await tx.selectFrom('sealLog').select(['number', 'hash']).orderBy('number', 'desc').limit(1).executeTakeFirst();
  const entry: SealEntry = { ...sealed, number: (last?.number ?? 0) + 1, previousHash: last?.hash ?? chainStart };
  const hash = sha256Of(canonicalText(entry));
  const receiptCode = receiptCodeOf(entry, hash);
  await tx
    .insertInto('sealLog')
    .values({ number: entry.number, at: entry.at, editionCode: entry.edition, unitCode: entry.unit, returnVersion: entry.version, sha256: entry.sha256, sm3: entry.sm3, receiptCode, previousHash: entry.previousHash, hash })
    .execute();
  return { ...entry, hash, receiptCode };
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

/** The whole chain in order, for checking it. */
export async function listSeals(tx: Tx): Promise<Seal[]> {
  return (await tx.selectFrom('sealLog').selectAll().orderBy('number').execute()).map(sealOfRow);
}

function sealOfRow(row: { number: number; at: Instant; editionCode: string; unitCode: string; returnVersion: number; sha256: string; sm3: string; receiptCode: string; previousHash: string; hash: string }): Seal {
  return {
    number: row.number, at: row.at, edition: row.editionCode, unit: row.unitCode, version: row.returnVersion, sha256: row.sha256, sm3: row.sm3,
    previousHash: row.previousHash, hash: row.hash, receiptCode: row.receiptCode,
  };
}
