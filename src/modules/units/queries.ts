// What is stored about units and where they stand.
import type { Tx } from '../../kernel/database.ts';
import type { UnitPlacement } from '../access/model.ts';

export interface Placement extends UnitPlacement {
  readonly provinceCode: number;
}

/** Where a unit stands in an edition; undefined when the edition does not know it. */
export async function findPlacement(tx: Tx, editionCode: string, unitCode: string): Promise<Placement | undefined> {
  return tx
    .selectFrom('placement')
    .select(['unitCode', 'parentCode', 'depth', 'p1', 'p2', 'p3', 'provinceCode'])
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unitCode)
    .executeTakeFirst();
}
