// What is stored of contacts: that they are there, what may be done with them, and the wrapped rest.
import type { Tx } from '../../kernel/database.ts';
import { type ContactTrace, contactTrace } from './model.ts';
import type { UnitKey } from './register-reading.ts';

type AtUnit = Pick<UnitKey, 'provinceCode' | 'unitCode'>;

const traced = ['id', 'purposes', 'toldOn', 'toldBy', 'toldHow', 'notice', 'version', 'changedAt', 'erasedAt', 'erasedBy', 'erasedFor'] as const;

function contacts(tx: Tx, { provinceCode, unitCode }: AtUnit, enterpriseId: number) {
  return tx.selectFrom('enterpriseContact').where('provinceCode', '=', provinceCode).where('unitCode', '=', unitCode).where('enterpriseId', '=', enterpriseId);
}

/** All contacts of an enterprise at a unit, erased ones too, without what they say. */
export async function listContactTraces(tx: Tx, unit: AtUnit, enterpriseId: number): Promise<ContactTrace[]> {
  const rows = await contacts(tx, unit, enterpriseId).select(traced).orderBy('createdAt').orderBy('id').execute();
  return rows.map((row) => contactTrace.parse(row));
}

export interface SealedContact {
  readonly id: string;
  readonly sealed: string;
}

export async function listSealed(tx: Tx, unit: AtUnit, enterpriseId: number): Promise<SealedContact[]> {
  const rows = await contacts(tx, unit, enterpriseId).select(['id', 'sealed']).where('sealed', 'is not', null).orderBy('createdAt').orderBy('id').execute();
  return rows.map(({ id, sealed }) => ({ id, sealed: sealed ?? '' }));
}

export async function lockContact(tx: Tx, unit: AtUnit, enterpriseId: number, id: string): Promise<ContactTrace | undefined> {
  const row = await contacts(tx, unit, enterpriseId).select(traced).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : contactTrace.parse(row);
}
