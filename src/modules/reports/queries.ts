// What is stored of reports: how each stands, and its earlier states.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { epochOf, type Instant, instantOf } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import type { Placement } from '../units/queries.ts';
import { reportDocument, type ReportDocument, type ReportKind, reportKind, type ReportPicture, type ReportVersion, shownNumbers, type ShownNumbers } from './model.ts';

export interface StoredReport {
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly kind: ReportKind;
  readonly version: number;
  readonly document: ReportDocument;
  readonly shown: ShownNumbers;
  readonly removedAt: Instant | null;
  readonly demonstration: boolean;
  readonly savedByName: string;
  readonly savedAt: Instant;
}

const columns = ['id', 'editionCode', 'unitCode', 'kind', 'version', 'document', 'shown', 'removedAt', 'demonstration', 'savedByName', 'savedAt'] as const;

function storedReport<R extends { readonly kind: string; readonly document: unknown; readonly shown: unknown }>(row: R): Omit<R, 'kind' | 'document' | 'shown'> & Pick<StoredReport, 'kind' | 'document' | 'shown'> {
  return { ...row, kind: reportKind.parse(row.kind), document: reportDocument.parse(row.document), shown: shownNumbers.parse(row.shown) };
}

export async function findReport(tx: Tx, id: string): Promise<StoredReport | undefined> {
  const row = await tx.selectFrom('report').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : storedReport(row);
}

/** A report held until the transaction ends. */
export async function lockReport(tx: Tx, id: string): Promise<StoredReport | undefined> {
  const row = await tx.selectFrom('report').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : storedReport(row);
}

/** A unit's reports that stand, the summary first, then the newest. */
export async function listStoredReports(tx: Tx, editionCode: string, unit: Placement): Promise<StoredReport[]> {
  const rows = await tx
    .selectFrom('report')
    .select(columns)
    .where('provinceCode', '=', unit.provinceCode)
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', unit.unitCode)
    .where('removedAt', 'is', null)
    .orderBy(sql`kind <> 'summary'`)
    .orderBy('savedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(storedReport);
}

/** The summary report of a unit as it stands; what a package takes along. */
export async function findSummaryReport(tx: Tx, editionCode: string, unit: Placement): Promise<StoredReport | undefined> {
  return (await listStoredReports(tx, editionCode, unit)).find(({ kind }) => kind === 'summary');
}

/** The summary report as it stood before an act on the return; undefined when there was none. By acts, not by the clock: both may come in one moment. */
export async function findSummaryBefore(tx: Tx, editionCode: string, unit: Placement, actNumber: number): Promise<StoredReport | undefined> {
  const { rows } = await sql<Omit<StoredReport, 'removedAt' | 'kind' | 'document' | 'shown'> & { change: string; kind: string; document: unknown; shown: unknown }>`
    select r.id, r.edition_code, r.unit_code, r.kind, v.version, v.document, v.shown, r.demonstration, v.account_name as saved_by_name, v.at as saved_at, v.change
    from report r join report_version v on v.province_code = r.province_code and v.report_id = r.id
    where r.province_code = ${unit.provinceCode} and r.edition_code = ${editionCode} and r.unit_code = ${unit.unitCode} and r.kind = 'summary'
      and v.version = (select max(version) from report_version w where w.province_code = r.province_code and w.report_id = r.id and w.return_acts < ${actNumber})
    order by v.at desc, r.id`.execute(tx);
  const row = rows.find(({ change }) => change !== 'removed');
  return row === undefined ? undefined : { ...storedReport(row), removedAt: null };
}

export interface ReportAct {
  readonly accountId: string;
  readonly accountName: string;
  readonly now: Instant;
}

export interface NextState {
  readonly change: 'drafted' | 'saved' | 'restored' | 'removed';
  readonly document: ReportDocument;
  readonly shown: ShownNumbers;
}

interface NewReport {
  readonly id: string;
  readonly kind: ReportKind;
  readonly editionCode: string;
  readonly unit: Pick<Placement, 'unitCode' | 'provinceCode'>;
  readonly demonstration: boolean;
  /** How many acts the return has. */
  readonly acts: number;
}

export async function insertReport(tx: Tx, report: NewReport, act: ReportAct, state: NextState): Promise<void> {
  const { id, kind, editionCode, unit, demonstration } = report;
  await tx
    .insertInto('report')
    .values({
      provinceCode: unit.provinceCode, id, editionCode, unitCode: unit.unitCode, kind, version: 1, document: JSON.stringify(state.document), shown: JSON.stringify(state.shown), removedAt: null,
      demonstration, createdBy: act.accountId, savedByName: act.accountName, savedAt: act.now,
    })
    .execute();
  await insertVersion(tx, { id, editionCode, unitCode: unit.unitCode, version: 1, acts: report.acts }, act, state, act.now);
}

const sittingMilliseconds = 10 * 60_000;

interface ReturnStanding {
  readonly acts: number;
  readonly submittedBy: number | null;
}

/** Gives a report its next state and returns its version. */
export async function saveState(tx: Tx, report: StoredReport, act: ReportAct, state: NextState, standing: ReturnStanding): Promise<number> {
  const version = report.version + 1;
  const province = provinceOfRecord(report.id);
  await tx
    .updateTable('report')
    .set({ version, document: JSON.stringify(state.document), shown: JSON.stringify(state.shown), removedAt: state.change === 'removed' ? act.now : null, savedByName: act.accountName, savedAt: act.now })
    .where('provinceCode', '=', province)
    .where('id', '=', report.id)
    .execute();
  const sitting = state.change === 'saved' ? await findSitting(tx, report, act, standing) : undefined;
  if (sitting !== undefined) await tx.deleteFrom('reportVersion').where('provinceCode', '=', province).where('reportId', '=', report.id).where('version', '=', report.version).execute();
  await insertVersion(tx, { ...report, version, acts: standing.acts }, act, state, sitting ?? act.now);
  return version;
}

/** When the sitting began that this save continues; undefined when it is a state of its own. */
async function findSitting(tx: Tx, report: StoredReport, act: ReportAct, { submittedBy }: ReturnStanding): Promise<Instant | undefined> {
  const last = await tx
    .selectFrom('reportVersion')
    .select(['change', 'accountId', 'beganAt', 'returnActs'])
    .where('provinceCode', '=', provinceOfRecord(report.id))
    .where('reportId', '=', report.id)
    .where('version', '=', report.version)
    .executeTakeFirst();
  if (last === undefined || last.change !== 'saved' || last.accountId !== act.accountId) return undefined;
  if (act.now > instantOf(epochOf(last.beganAt) + sittingMilliseconds)) return undefined;
  // What stood when the return was submitted has travelled with it.
  return submittedBy !== null && last.returnActs < submittedBy ? undefined : last.beganAt;
}

async function insertVersion(tx: Tx, report: Pick<StoredReport, 'id' | 'editionCode' | 'unitCode' | 'version'> & Pick<ReturnStanding, 'acts'>, act: ReportAct, state: NextState, beganAt: Instant): Promise<void> {
  const { id, editionCode, unitCode, version, acts } = report;
  await tx
    .insertInto('reportVersion')
    .values({
      provinceCode: provinceOfRecord(id), reportId: id, version, editionCode, unitCode, change: state.change, document: JSON.stringify(state.document), shown: JSON.stringify(state.shown),
      returnActs: acts, accountId: act.accountId, accountName: act.accountName, beganAt, at: act.now,
    })
    .execute();
}

export async function listStoredVersions(tx: Tx, id: string): Promise<ReportVersion[]> {
  const { rows } = await sql<ReportVersion>`
    select version, document->>'title' as title, change, account_name, at from report_version
    where province_code = ${provinceOfRecord(id)} and report_id = ${id} order by version desc limit 200`.execute(tx);
  return rows;
}

export async function findStoredVersion(tx: Tx, id: string, version: number): Promise<(ReportVersion & { readonly document: ReportDocument }) | undefined> {
  const row = await tx
    .selectFrom('reportVersion')
    .select(['version', 'change', 'accountName', 'at', 'document'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('reportId', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const document = reportDocument.parse(row.document);
  return { ...row, title: document.title, document };
}

export interface StoredPicture extends ReportPicture {
  readonly sha256: string;
}

const picturesShown = 200;

/** Pictures behind the entries of a unit's ledger, those of the newest activity first; with `ids` only these, whatever entry they stand behind. */
export async function listPictures(tx: Tx, editionCode: string, unit: Placement, ids: readonly string[] | null): Promise<StoredPicture[]> {
  const { rows } = await sql<StoredPicture>`
    select e.id, e.name, e.media_type, e.width, e.height, e.sha256, a.title as activity_title
    from evidence e left join activity a on a.province_code = e.province_code and a.id = e.activity_id and a.deleted_at is null
    where e.province_code = ${unit.provinceCode} and e.edition_code = ${editionCode} and e.unit_code = ${unit.unitCode} and e.width is not null and e.height is not null and e.removed_at is null and e.checked in ('unchecked', 'clean')
      and ${ids === null ? sql`a.id is not null` : sql`e.id = any(${ids}::text[])`}
    order by a.occurred_on desc nulls last, e.uploaded_at, e.id limit ${picturesShown}`.execute(tx);
  return rows;
}

/** Whether this is the installation of the demonstration, whose documents are marked. */
export async function isMadeUp(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('setting').select('key').where('key', '=', 'demonstration').executeTakeFirst()) !== undefined;
}
