// What is stored about reminders.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { Placement } from '../units/queries.ts';
import type { ReminderView } from './model.ts';
import type { Remindable } from './rules.ts';

export async function listReminders(tx: Tx, editionCode: string, unit: Placement): Promise<ReminderView[]> {
  const rows = await tx
    .selectFrom('reminder')
    .innerJoin('unit', 'unit.code', 'reminder.fromUnitCode')
    .select(['reminder.id', 'reminder.fromUnitCode', 'unit.name as fromUnitName', 'reminder.accountName', 'reminder.text', 'reminder.at', 'reminder.readAt'])
    .where('reminder.provinceCode', '=', unit.provinceCode)
    .where('reminder.editionCode', '=', editionCode)
    .where('reminder.unitCode', '=', unit.unitCode)
    .orderBy('reminder.at', 'desc')
    .limit(20)
    .execute();
  return rows.map(({ readAt, ...row }) => ({ ...row, read: readAt !== null }));
}

/** Holds a unit's reminding, so that two of its people at once do not remind the same units twice. */
export async function lockReminding(tx: Tx, editionCode: string, fromUnitCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`reminders ${editionCode} ${fromUnitCode}`}))`.execute(tx);
}

/** Those of these units that stand below the unit, with whether they have submitted and when the unit reminded them last. */
export async function listRemindable(tx: Tx, editionCode: string, unit: Placement, unitCodes: readonly string[]): Promise<(Remindable & { provinceCode: number })[]> {
  const { rows } = await sql<Remindable & { provinceCode: number }>`
    select pl.unit_code, pl.parent_code, pl.depth, pl.p1, pl.p2, pl.p3, pl.province_code,
      coalesce(r.submitted_version is not null and r.state in ('submitted', 'accepted', 'correction_requested'), false) as submitted,
      (select max(m.at) from reminder m where m.province_code = pl.province_code and m.edition_code = pl.edition_code and m.unit_code = pl.unit_code
        and m.from_unit_code = ${unit.unitCode}) as reminded_at
    from placement pl
    left join stat_return r on r.province_code = pl.province_code and r.edition_code = pl.edition_code and r.unit_code = pl.unit_code
    where pl.edition_code = ${editionCode} and pl.unit_code = any(${unitCodes}::text[]) and pl.unit_code <> ${unit.unitCode}
      and (${unit.depth} = 0 or ${unit.unitCode} in (pl.p1, pl.p2, pl.p3))
    order by pl.sort`.execute(tx);
  return rows;
}

export interface NewReminder {
  readonly provinceCode: number;
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly fromUnitCode: string;
  readonly accountName: string;
  readonly text: string;
  readonly at: Instant;
}

export async function insertReminders(tx: Tx, reminders: readonly NewReminder[]): Promise<void> {
  await tx.insertInto('reminder').values(reminders.map((reminder) => ({ ...reminder, readAt: null }))).execute();
}

export async function lockReminder(tx: Tx, id: string): Promise<{ editionCode: string; unitCode: string; readAt: Instant | null } | undefined> {
  return tx.selectFrom('reminder').select(['editionCode', 'unitCode', 'readAt']).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function markReminderRead(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx.updateTable('reminder').set({ readAt: at }).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}
