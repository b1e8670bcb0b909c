// What is stored about evidence. The bytes lie in the blob store under `sha256`, a thumbnail under `<sha256>-thumbnail`.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { Placement } from '../units/queries.ts';
import type { KeptFile } from './intake.ts';
import type { Evidence } from './model.ts';

const shown = ['id', 'name', 'mediaType', 'bytes', 'sha256', 'sm3', 'width', 'height', 'uploadedAt'] as const;

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
  readonly file: Omit<KeptFile, 'thumbnail'>;
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
}

export async function saveEvidence(tx: Tx, { id, editionCode, unit, file, uploadedBy, uploadedAt }: Upload): Promise<Evidence> {
  return tx
    .insertInto('evidence')
    .values({
      provinceCode: unit.provinceCode, id, editionCode, unitCode: unit.unitCode, activityId: null, removedAt: null, uploadedBy, uploadedAt,
      name: file.name, mediaType: file.mediaType, bytes: file.bytes.length, sha256: file.sha256, sm3: file.sm3,
      perceptualHash: file.perceptualHash, width: file.width, height: file.height,
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
