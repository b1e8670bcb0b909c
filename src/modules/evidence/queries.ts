// What is stored about evidence. The bytes lie in the blob store under `sha256`, a thumbnail under `<sha256>-thumbnail`.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { Placement } from '../units/queries.ts';
import type { KeptFile } from './intake.ts';
import type { Checked, Evidence } from './model.ts';

const shown = ['id', 'name', 'mediaType', 'bytes', 'sha256', 'sm3', 'width', 'height', 'uploadedAt', 'checked'] as const;

export interface LocatedEvidence extends Evidence {
  readonly editionCode: string;
  readonly unitCode: string;
}

export async function findEvidence(tx: Tx, id: string): Promise<LocatedEvidence | undefined> {
  return tx.selectFrom('evidence').select([...shown, 'editionCode', 'unitCode']).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
}

/** The evidence of an entry as it stands. */
export async function listEvidenceOf(tx: Tx, activityId: string): Promise<Evidence[]> {
  return tx
    .selectFrom('evidence')
    .select(shown)
    .where('provinceCode', '=', provinceOfRecord(activityId))
    .where('activityId', '=', activityId)
    .where('removedAt', 'is', null)
    .orderBy('uploadedAt')
    .orderBy('id')
    .execute();
}

/** The evidence an entry had in the ledger as at a ledger number; undefined when the entry was not in it. */
export async function findEvidenceAt(tx: Tx, activityId: string, cut: number): Promise<Evidence[] | undefined> {
  const province = provinceOfRecord(activityId);
  const { rows } = await sql<{ ids: string[]; change: string }>`
    select array(select jsonb_array_elements_text(content->'evidence')) as ids, change from activity_version
    where province_code = ${province} and activity_id = ${activityId} and ledger_no <= ${cut} order by version desc limit 1`.execute(tx);
  const version = rows[0];
  if (version === undefined || version.change === 'deleted') return undefined;
  if (version.ids.length === 0) return [];
  return tx.selectFrom('evidence').select(shown).where('provinceCode', '=', province).where('id', 'in', version.ids).orderBy('uploadedAt').orderBy('id').execute();
}

/** Whether a piece of evidence stood behind an entry of the unit's ledger as at a ledger number. */
export async function wasEvidenceAt(tx: Tx, evidence: LocatedEvidence, cut: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from (
      select distinct on (activity_id) content, change from activity_version
      where province_code = ${provinceOfRecord(evidence.id)} and edition_code = ${evidence.editionCode} and unit_code = ${evidence.unitCode} and ledger_no <= ${cut}
      order by activity_id, version desc
    ) newest where change <> 'deleted' and content->'evidence' @> ${JSON.stringify([evidence.id])}::jsonb limit 1`.execute(tx);
  return rows.length > 0;
}

export interface Upload {
  readonly id: string;
  readonly editionCode: string;
  readonly unit: Placement;
  readonly file: Omit<KeptFile, 'thumbnail'> & { readonly checked: Checked };
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
}

export async function saveEvidence(tx: Tx, { id, editionCode, unit, file, uploadedBy, uploadedAt }: Upload): Promise<Evidence> {
  return tx
    .insertInto('evidence')
    .values({
      provinceCode: unit.provinceCode, id, editionCode, unitCode: unit.unitCode, activityId: null, removedAt: null, uploadedBy, uploadedAt,
      name: file.name, mediaType: file.mediaType, bytes: file.bytes.length, sha256: file.sha256, sm3: file.sm3,
      perceptualHash: file.perceptualHash, width: file.width, height: file.height, checked: file.checked,
    })
    .returning(shown)
    .executeTakeFirstOrThrow();
}

/** Bytes a unit keeps for an edition, thumbnails left out. */
export async function sumUnitBytes(tx: Tx, editionCode: string, unit: Placement): Promise<number> {
  const total: RawBuilder<number> = sql<number>`coalesce(sum(bytes), 0)::bigint`;
  const { bytes } = await tx
    .selectFrom('evidence')
    .select(total.as('bytes'))
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return bytes;
}

/** A unit's ledger in which evidence has stood behind no entry since before a moment. */
export interface UnattachedIn {
  readonly provinceCode: number;
  readonly editionCode: string;
  readonly unitCode: string;
}

export async function listUnitsWithUnattached(tx: Tx, uploadedBefore: Instant): Promise<UnattachedIn[]> {
  return tx
    .selectFrom('evidence')
    .select(['provinceCode', 'editionCode', 'unitCode'])
    .distinct()
    .where('activityId', 'is', null)
    .where('removedAt', 'is', null)
    .where('uploadedAt', '<', uploadedBefore)
    .execute();
}

export interface Unattached {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Deletes evidence of a unit that no version of any entry ever named: what was frozen or only taken off an entry can be
 * shown for ever. Asked twice, the second time with the rows held, because an entry may be taking one at this moment.
 */
export async function deleteUnattached(tx: Tx, { provinceCode, editionCode, unitCode }: UnattachedIn, uploadedBefore: Instant, most: number): Promise<Unattached[]> {
  const ofUnit = sql`province_code = ${provinceCode} and edition_code = ${editionCode} and unit_code = ${unitCode}`;
  const neverNamed = sql`id not in (select jsonb_array_elements_text(content->'evidence') from activity_version where ${ofUnit})`;
  const held = await sql<{ id: string }>`
    select id from evidence where ${ofUnit} and activity_id is null and removed_at is null and uploaded_at < ${uploadedBefore} and ${neverNamed}
    order by uploaded_at, id limit ${most} for update skip locked`.execute(tx);
  if (held.rows.length === 0) return [];
  const ids = held.rows.map(({ id }) => id);
  const { rows } = await sql<Unattached>`delete from evidence where ${ofUnit} and id = any(${ids}::text[]) and ${neverNamed} returning id, name, bytes, sha256`.execute(tx);
  return rows;
}

/** Which of these digests a row names whose bytes are still to be shown: of evidence, of a picture of the column, of a form read in, or of a package that is kept. */
export async function listNamedDigests(tx: Tx, digests: readonly string[]): Promise<Set<string>> {
  const asked = [...new Set(digests)];
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from evidence where sha256 = any(${asked}::text[]) and removed_at is null
    union select sha256 from form_reading where sha256 = any(${asked}::text[])
    union select sha256 from column_picture where sha256 = any(${asked}::text[])
    union select sha256 from package where sha256 = any(${asked}::text[]) and kept`.execute(tx);
  return new Set(rows.map(({ sha256 }) => sha256));
}

export interface PendingFile {
  readonly provinceCode: number;
  readonly id: string;
  readonly unitCode: string;
  readonly name: string;
  readonly sha256: string;
}

/** Files the virus scanner did not answer about, the oldest first. */
export async function listPending(tx: Tx, most: number): Promise<PendingFile[]> {
  return tx
    .selectFrom('evidence')
    .select(['provinceCode', 'id', 'unitCode', 'name', 'sha256'])
    .where('checked', '=', 'pending')
    .where('removedAt', 'is', null)
    .orderBy('uploadedAt')
    .limit(most)
    .execute();
}

/** Whether it was still pending. */
export async function saveVerdict(tx: Tx, { provinceCode, id }: PendingFile, checked: 'clean' | 'infected'): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('evidence').set({ checked }).where('provinceCode', '=', provinceCode).where('id', '=', id).where('checked', '=', 'pending').executeTakeFirst();
  return numUpdatedRows > 0n;
}

const blobKey = 720_230_602;

/** Keeps every file of evidence where it is until the transaction ends. Those who copy them all hold it. */
export async function holdBlobs(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${blobKey})`.execute(tx);
}

/** Whether files may be removed until the transaction ends: nobody copies them, and nobody can begin to. */
export async function mayRemoveBlobs(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${blobKey}) as free`.execute(tx);
  return rows[0]?.free ?? false;
}
