// What is stored about forms read in: the file, its reading, what was confirmed, and what a unit has said about a layout.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { StoredAdjustment } from '../figures/queries.ts';
import type { Placement } from '../units/queries.ts';
import { type FormChoices, formChoices, type FormReading, formReading, type FormRecord } from './model.ts';

export interface StoredForm {
  readonly id: string;
  readonly provinceCode: number;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly reading: FormReading;
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
  readonly figures: Readonly<Record<string, number | null>> | null;
  readonly ledgerNo: number | null;
  readonly replacesId: string | null;
  readonly confirmedByName: string | null;
  readonly confirmedAt: Instant | null;
  readonly removedLedgerNo: number | null;
}

interface FormRow extends Omit<StoredForm, 'reading' | 'figures'> {
  readonly reading: unknown;
  readonly figures: unknown;
}

function storedForm(row: FormRow): StoredForm {
  return { ...row, reading: formReading.parse(row.reading), figures: row.figures as Readonly<Record<string, number | null>> | null };
}

export interface NewForm {
  readonly id: string;
  readonly editionCode: string;
  readonly unit: Placement;
  readonly file: { readonly name: string; readonly mediaType: string; readonly bytes: number; readonly sha256: string; readonly sm3: string };
  readonly reading: FormReading;
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
}

export async function insertForm(tx: Tx, { id, editionCode, unit, file, reading, uploadedBy, uploadedAt }: NewForm): Promise<StoredForm> {
  const row = await tx
    .insertInto('formReading')
    .values({
      provinceCode: unit.provinceCode, id, editionCode, unitCode: unit.unitCode, fileName: file.name, mediaType: file.mediaType, bytes: file.bytes, sha256: file.sha256, sm3: file.sm3,
      reading: JSON.stringify(reading), uploadedBy, uploadedAt, figures: null, ledgerNo: null, replacesId: null, confirmedBy: null, confirmedByName: null, confirmedAt: null, removedLedgerNo: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return storedForm(row);
}

export async function findForm(tx: Tx, id: string, lock = false): Promise<StoredForm | undefined> {
  const query = tx.selectFrom('formReading').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? undefined : storedForm(row);
}

/** Confirmed forms of a unit, the one that holds first, then the newest. */
export async function listConfirmed(tx: Tx, editionCode: string, unit: Placement): Promise<StoredForm[]> {
  const rows = await tx
    .selectFrom('formReading')
    .selectAll()
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .where('confirmedAt', 'is not', null)
    .orderBy(sql`removed_ledger_no is not null`)
    .orderBy('confirmedAt', 'desc')
    .execute();
  return rows.map(storedForm);
}

export async function findHolding(tx: Tx, editionCode: string, unit: Placement): Promise<StoredForm | null> {
  const [first] = await listConfirmed(tx, editionCode, unit);
  return first !== undefined && first.removedLedgerNo === null ? first : null;
}

export interface Confirmation {
  readonly figures: Readonly<Record<string, number | null>>;
  readonly ledgerNo: number;
  readonly replacesId: string | null;
  readonly accountId: string;
  readonly accountName: string;
  readonly at: Instant;
}

export async function saveConfirmation(tx: Tx, form: StoredForm, { figures, ledgerNo, replacesId, accountId, accountName, at }: Confirmation): Promise<StoredForm> {
  const row = await tx
    .updateTable('formReading')
    .set({ figures: JSON.stringify(figures), ledgerNo, replacesId, confirmedBy: accountId, confirmedByName: accountName, confirmedAt: at, removedLedgerNo: null })
    .where('provinceCode', '=', form.provinceCode)
    .where('id', '=', form.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return storedForm(row);
}

export async function saveRemoval(tx: Tx, form: StoredForm, ledgerNo: number): Promise<void> {
  await tx.updateTable('formReading').set({ removedLedgerNo: ledgerNo }).where('provinceCode', '=', form.provinceCode).where('id', '=', form.id).execute();
}

/** Adjustments of a form that count now. */
export async function listAdjustmentsOf(tx: Tx, form: StoredForm): Promise<StoredAdjustment[]> {
  return tx.selectFrom('adjustment').selectAll().where('provinceCode', '=', form.provinceCode).where('formId', '=', form.id).where('removedLedgerNo', 'is', null).orderBy('id').execute();
}

/** Entries recorded since each form was confirmed. */
export async function recordOf(tx: Tx, form: StoredForm): Promise<FormRecord> {
  const { id, fileName, mediaType, bytes, sha256, uploadedAt, confirmedAt, confirmedByName, figures, removedLedgerNo } = form;
  const { rows } = await sql<{ entries: number }>`
    select count(*)::integer as entries from activity where province_code = ${form.provinceCode} and edition_code = ${form.editionCode} and unit_code = ${form.unitCode}
      and deleted_at is null and created_at > ${confirmedAt}::timestamptz`.execute(tx);
  return { id, fileName, mediaType, bytes, sha256, uploadedAt, confirmedAt, confirmedByName, figures: { ...figures }, withdrawn: removedLedgerNo !== null, entriesSince: rows[0]?.entries ?? 0 };
}

/** Whether the form counted in the unit's ledger as at a ledger number: some of its adjustments did, or all its figures were the ledger's own. */
export async function countedAt(tx: Tx, form: StoredForm, cut: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from adjustment where province_code = ${form.provinceCode} and form_id = ${form.id} and ledger_no <= ${cut} and (removed_ledger_no is null or removed_ledger_no > ${cut}) limit 1`.execute(tx);
  return rows.length > 0 || (form.ledgerNo !== null && form.ledgerNo <= cut && (form.removedLedgerNo === null || form.removedLedgerNo > cut));
}

export async function findChoices(tx: Tx, editionCode: string, unit: Placement, fingerprint: string): Promise<FormChoices | null> {
  const row = await tx
    .selectFrom('formMapping')
    .select('choices')
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return row === undefined ? null : formChoices.parse(row.choices);
}

export async function saveChoices(tx: Tx, form: StoredForm, fingerprint: string, choices: FormChoices, by: { readonly accountId: string; readonly at: Instant }): Promise<void> {
  const { provinceCode, editionCode, unitCode } = form;
  await tx
    .insertInto('formMapping')
    .values({ provinceCode, editionCode, unitCode, fingerprint, choices: JSON.stringify(choices), ...by })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'editionCode', 'unitCode', 'fingerprint']).doUpdateSet({ choices: JSON.stringify(choices), ...by }))
    .execute();
}

/** Forms whose questions nobody answered. How many went. */
export async function deleteUnconfirmed(tx: Tx, uploadedBefore: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from form_reading where (province_code, id) in (select province_code, id from form_reading where confirmed_at is null and uploaded_at < ${uploadedBefore} limit ${most})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
