// What is stored of notices.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import type { Placement } from '../units/queries.ts';
import type { ReceivedNotice, SentNotice } from './model.ts';

export interface UnitBelow {
  readonly unitCode: string;
  readonly parentCode: string | null;
  readonly provinceCode: number;
  readonly name: string;
}

export async function listUnitsBelow(tx: Tx, editionCode: string, unit: Placement): Promise<UnitBelow[]> {
  const scope = unit.depth === 0 ? sql`true` : sql`pl.province_code = ${unit.provinceCode} and ${unit.unitCode} in (pl.p1, pl.p2, pl.p3)`;
  const { rows } = await sql<UnitBelow>`
    select pl.unit_code, pl.parent_code, pl.province_code, u.name from placement pl join unit u on u.code = pl.unit_code
    where pl.edition_code = ${editionCode} and pl.unit_code <> ${unit.unitCode} and ${scope} order by pl.depth, pl.sort`.execute(tx);
  return rows;
}

export interface NewNotice {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly onDay: CalendarDate | null;
}

export interface Sender {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

export async function insertNotice(tx: Tx, editionCode: string, unitCode: string, { id, title, text, onDay }: NewNotice, to: readonly Pick<UnitBelow, 'unitCode' | 'provinceCode'>[], by: Sender): Promise<void> {
  await tx.insertInto('notice').values({ provinceCode: provinceOfUnit(unitCode), id, editionCode, unitCode, title, text, onDay, createdBy: by.accountId, createdByName: by.accountName, sentAt: by.now }).execute();
  await tx
    .insertInto('noticeReceipt')
    .values(to.map((one) => ({ provinceCode: one.provinceCode, noticeId: id, unitCode: one.unitCode, editionCode, fromUnitCode: unitCode, title, text, onDay, sentByName: by.accountName, sentAt: by.now, readAt: null, readByName: null, remindedAt: null })))
    .execute();
}

export async function listReceived(tx: Tx, editionCode: string, unit: Placement): Promise<ReceivedNotice[]> {
  return tx
    .selectFrom('noticeReceipt').innerJoin('unit', 'unit.code', 'noticeReceipt.fromUnitCode')
    .select(['noticeId as id', 'fromUnitCode', 'unit.name as fromUnitName', 'title', 'text', 'onDay', 'sentByName', 'sentAt', 'readAt', 'readByName', 'remindedAt', 'noticeReceipt.demonstration'])
    .where('noticeReceipt.provinceCode', '=', unit.provinceCode).where('editionCode', '=', editionCode).where('noticeReceipt.unitCode', '=', unit.unitCode)
    .orderBy('sentAt', 'desc').limit(50).execute();
}

export async function listSent(tx: Tx, editionCode: string, unit: Placement): Promise<SentNotice[]> {
  const notices = await tx
    .selectFrom('notice').select(['id', 'title', 'text', 'onDay', 'createdByName as sentByName', 'sentAt', 'demonstration'])
    .where('provinceCode', '=', unit.provinceCode).where('editionCode', '=', editionCode).where('unitCode', '=', unit.unitCode).orderBy('sentAt', 'desc').limit(50).execute();
  if (notices.length === 0) return [];
  const ids = notices.map(({ id }) => id);
  const receipts = await tx
    .selectFrom('noticeReceipt').innerJoin('unit', 'unit.code', 'noticeReceipt.unitCode')
    .select(['noticeId', 'noticeReceipt.unitCode', 'unit.name as unitName', 'readAt', 'readByName', 'remindedAt']).where('noticeId', 'in', ids).orderBy('noticeReceipt.unitCode').execute();
  const readings = await tx.selectFrom('noticeReading').select(['noticeId', 'unitCode', 'accountName as name', 'at']).where('noticeId', 'in', ids).orderBy('at').execute();
  return notices.map((notice) => ({
    ...notice,
    receipts: receipts.filter(({ noticeId }) => noticeId === notice.id).map(({ noticeId, ...receipt }) => ({
      ...receipt, readers: readings.filter((one) => one.noticeId === noticeId && one.unitCode === receipt.unitCode).map(({ name, at }) => ({ name, at })),
    })),
  }));
}

/** Who reads first stands on the receipt; each who reads is kept once. False when the unit received no such notice. */
export async function markNoticeRead(tx: Tx, unit: Placement, id: string, { accountId, accountName, now }: Sender): Promise<boolean> {
  const { provinceCode, unitCode } = unit;
  const row = await tx
    .updateTable('noticeReceipt').set((of) => ({ readAt: of.fn.coalesce('readAt', sql<Instant>`${now}::timestamptz`), readByName: of.fn.coalesce('readByName', sql<string>`${accountName}::text`) }))
    .where('provinceCode', '=', provinceCode).where('noticeId', '=', id).where('unitCode', '=', unitCode).returning('noticeId').executeTakeFirst();
  if (row === undefined) return false;
  await tx.insertInto('noticeReading').values({ provinceCode, noticeId: id, unitCode, accountId, accountName, at: now }).onConflict((conflict) => conflict.doNothing()).execute();
  return true;
}

export async function findNotice(tx: Tx, unit: Placement, id: string): Promise<{ readonly title: string; readonly editionCode: string } | undefined> {
  return tx.selectFrom('notice').select(['title', 'editionCode']).where('provinceCode', '=', unit.provinceCode).where('id', '=', id).where('unitCode', '=', unit.unitCode).executeTakeFirst();
}

/** Receipts of a notice, held. */
export async function lockReceipts(tx: Tx, id: string) {
  return tx.selectFrom('noticeReceipt').select(['provinceCode', 'unitCode', 'readAt', 'remindedAt']).where('noticeId', '=', id).orderBy('unitCode').forUpdate().execute();
}

export async function markReminded(tx: Tx, id: string, units: readonly { readonly provinceCode: number; readonly unitCode: string }[], now: Instant): Promise<void> {
  for (const { provinceCode, unitCode } of units) {
    await tx.updateTable('noticeReceipt').set({ remindedAt: now }).where('provinceCode', '=', provinceCode).where('noticeId', '=', id).where('unitCode', '=', unitCode).execute();
  }
}

/** Days that notices speak of: received and sent by the unit. */
export async function listNoticeDays(tx: Tx, editionCode: string, unit: Placement, { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate }) {
  const { rows } = await sql<{ day: CalendarDate; title: string; unitCode: string; unitName: string; read: boolean }>`
    select n.on_day as day, n.title, n.from_unit_code as unit_code, u.name as unit_name, n.read_at is not null as read from notice_receipt n join unit u on u.code = n.from_unit_code
      where n.province_code = ${unit.provinceCode} and n.edition_code = ${editionCode} and n.unit_code = ${unit.unitCode} and n.on_day between ${from}::date and ${to}::date
    union all
    select n.on_day, n.title, n.unit_code, u.name, false from notice n join unit u on u.code = n.unit_code
      where n.province_code = ${unit.provinceCode} and n.edition_code = ${editionCode} and n.unit_code = ${unit.unitCode} and n.on_day between ${from}::date and ${to}::date`.execute(tx);
  return rows;
}
