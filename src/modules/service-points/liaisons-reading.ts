// What is stored of liaison officers: wrapped, one row each; erased ones stay as rows without a person.
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';

export interface SealedLiaison {
  readonly id: string;
  readonly side: 'point' | 'bureau';
  readonly sealed: string;
  readonly toldOn: CalendarDate;
  readonly since: CalendarDate;
  readonly version: number;
}

const columns = ['id', 'side', 'sealed', 'toldOn', 'since', 'version'] as const;

/** Those in office, in the order they came. */
export async function listLiaisons(tx: Tx, pointId: string): Promise<SealedLiaison[]> {
  const rows = await tx.selectFrom('liaisonOfficer').select(columns).where('provinceCode', '=', provinceOfRecord(pointId)).where('pointId', '=', pointId).where('until', 'is', null).orderBy('since').orderBy('id').execute();
  return rows.flatMap(({ sealed, ...row }) => (sealed === null ? [] : [{ ...row, sealed }]));
}

export async function countLiaisons(tx: Tx, pointId: string): Promise<number> {
  const { count } = await tx.selectFrom('liaisonOfficer').select((of) => of.fn.countAll<number>().as('count')).where('provinceCode', '=', provinceOfRecord(pointId)).where('pointId', '=', pointId).where('until', 'is', null).executeTakeFirstOrThrow();
  return count;
}

/** One of a point, held until the transaction ends. */
export async function lockLiaison(tx: Tx, pointId: string, id: string): Promise<{ readonly version: number; readonly until: CalendarDate | null } | undefined> {
  return tx.selectFrom('liaisonOfficer').select(['version', 'until']).where('provinceCode', '=', provinceOfRecord(pointId)).where('id', '=', id).where('pointId', '=', pointId).forUpdate().executeTakeFirst();
}
