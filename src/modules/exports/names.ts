// What a unit is called on a file.
import { found } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';

export async function getUnitNames(tx: Tx, unitCode: string): Promise<{ name: string; shortName: string }> {
  return found(await tx.selectFrom('unit').select(['name', 'shortName']).where('code', '=', unitCode).executeTakeFirst(), 'unit', unitCode);
}
