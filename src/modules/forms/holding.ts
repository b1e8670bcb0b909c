// Which confirmed form holds for a unit, for those who freeze what it stands on.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Placement } from '../units/queries.ts';

export interface HoldingForm {
  readonly id: string;
  readonly sha256: string;
  readonly name: string;
  /** Only the cells in which the form holds. */
  readonly figures: { readonly [code: string]: number };
}

export async function listHoldingForms(tx: Tx, editionCode: string, unit: Placement): Promise<HoldingForm[]> {
  const { rows } = await sql<HoldingForm>`
    select id, sha256, file_name as name, jsonb_strip_nulls(figures) as figures from form_reading
    where province_code = ${unit.provinceCode} and edition_code = ${editionCode} and unit_code = ${unit.unitCode} and confirmed_at is not null and removed_ledger_no is null
    order by confirmed_at, id`.execute(tx);
  return rows;
}
