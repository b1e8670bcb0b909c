// What is stored of packages, and what of a sealed return goes into one: the contents and seals of all included units, and the
// evidence behind the own entries as they stood.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { EntryContent } from '../activities/model.ts';
import { sealSignatureOf } from '../seals/queries.ts';
import type { Placement } from '../units/queries.ts';
import { type ExchangeReceipt, type PackageRecord, packagesKept } from './model.ts';
import type { PackedSeal } from './rules/contents.ts';

export interface StoredContent {
  readonly unitCode: string;
  readonly content: unknown;
  readonly seal: PackedSeal | null;
}

/** Sealed versions of units, each named with its number. */
export async function listSealedContents(tx: Tx, editionCode: string, wanted: readonly { readonly unitCode: string; readonly version: number }[]): Promise<StoredContent[]> {
  const { rows } = await sql<{ unitCode: string; content: unknown; number: number | null } & SealColumns>`
    select v.unit_code, v.content, s.number, s.at, s.return_version as version, s.sha256, s.sm3, s.previous_hash, s.hash, s.receipt_code, s.suite, s.key_number, s.sealed_by, s.signature
    from unnest(${wanted.map(({ unitCode }) => unitCode)}::text[], ${wanted.map(({ version }) => version)}::integer[]) as w(unit_code, number)
    join return_version v on v.province_code = left(w.unit_code, 2)::smallint and v.edition_code = ${editionCode} and v.unit_code = w.unit_code and v.number = w.number
    left join seal_log s on s.edition_code = v.edition_code and s.unit_code = v.unit_code and s.return_version = v.number
    order by v.unit_code`.execute(tx);
  return rows.map(({ unitCode, content, number, suite, keyNumber, sealedBy, signature, ...seal }) => ({
    unitCode, content, seal: number === null ? null : { ...seal, number, edition: editionCode, unit: unitCode, signed: sealSignatureOf({ suite, keyNumber, sealedBy, signature }) },
  }));
}

interface SealColumns {
  readonly at: string;
  readonly version: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly receiptCode: string;
  readonly suite: string | null;
  readonly keyNumber: number | null;
  readonly sealedBy: string | null;
  readonly signature: string | null;
}

export interface StoredEvidence {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly activityId: string;
  readonly content: Pick<EntryContent, 'kind' | 'title' | 'occurredOn' | 'values' | 'enterprises'>;
}

/** Evidence of the unit's ledger as at a ledger number, in the order of the days. */
export async function listEvidenceAt(tx: Tx, editionCode: string, unit: Placement, ledgerNo: number, most: number): Promise<StoredEvidence[]> {
  const { rows } = await sql<StoredEvidence>`
    with standing as (
      select distinct on (activity_id) activity_id, change, content from activity_version
      where province_code = ${unit.provinceCode} and edition_code = ${editionCode} and unit_code = ${unit.unitCode} and ledger_no <= ${ledgerNo}
      order by activity_id, version desc
    )
    select e.id, e.name, e.media_type, e.bytes, e.sha256, e.sm3, s.activity_id, s.content
    from standing s
    cross join lateral jsonb_array_elements_text(s.content->'evidence') with ordinality as named(id, place)
    join evidence e on e.province_code = ${unit.provinceCode} and e.id = named.id and e.removed_at is null and e.checked in ('unchecked', 'clean')
    where s.change <> 'deleted'
    order by s.content->>'occurredOn', s.activity_id, named.place limit ${most}`.execute(tx);
  return rows;
}

export interface NewPackage extends Omit<PackageRecord, 'at' | 'accountName' | 'kept'> {
  readonly editionCode: string;
  readonly unit: Placement;
  readonly kept: boolean;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  readonly accountId: string | null;
  readonly accountName: string;
  readonly at: string;
}

const shown = ['id', 'returnVersion', 'receiptCode', 'fileName', 'bytes', 'sha256', 'sm3', 'units', 'evidence', 'kept', 'accountName', 'at'] as const;

/** Keeps the record; of older packages of the unit only the record. */
export async function savePackage(tx: Tx, { unit, editionCode, files, ...made }: NewPackage): Promise<PackageRecord> {
  const key = { provinceCode: unit.provinceCode, editionCode, unitCode: unit.unitCode };
  const saved = await tx.insertInto('package').values({ ...key, ...made, files: JSON.stringify(files) }).returning(shown).executeTakeFirstOrThrow();
  // Two made in the same millisecond are ordered by chance: the one just made is never the one that goes.
  await sql`
    update package set kept = false where province_code = ${key.provinceCode} and edition_code = ${editionCode} and unit_code = ${key.unitCode} and kept
    and id not in (select id from package where province_code = ${key.provinceCode} and edition_code = ${editionCode} and unit_code = ${key.unitCode} and kept
      order by id = ${saved.id} desc, at desc, id limit ${packagesKept})`.execute(tx);
  return saved;
}

/** Newest first. */
export async function listPackages(tx: Tx, editionCode: string, unit: Placement): Promise<PackageRecord[]> {
  return tx
    .selectFrom('package')
    .select(shown)
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
}

export interface LocatedPackage extends PackageRecord {
  readonly editionCode: string;
  readonly unitCode: string;
}

export async function findPackage(tx: Tx, id: string): Promise<LocatedPackage | undefined> {
  return tx.selectFrom('package').select([...shown, 'editionCode', 'unitCode']).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
}

/** Oldest first: the last one counts. */
export async function listExchangeReceipts(tx: Tx, editionCode: string, unit: Placement): Promise<ExchangeReceipt[]> {
  return tx
    .selectFrom('exchangeReceipt')
    .select(['number', 'returnVersion', 'receiptNumber', 'receivedAt', 'reason', 'accountName', 'at'])
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .orderBy('number')
    .execute();
}

export async function saveExchangeReceipt(tx: Tx, editionCode: string, unit: Placement, receipt: ExchangeReceipt & { readonly accountId: string }): Promise<void> {
  await tx.insertInto('exchangeReceipt').values({ provinceCode: unit.provinceCode, editionCode, unitCode: unit.unitCode, ...receipt }).execute();
}
