// What is stored about assessments. Answers are wrapped; the score is in clear for the statistics of groups.
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../kernel/database.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { unwrapJson, wrapJson } from '../../kernel/wrapped-json.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfRecord, provinceOfUnit } from '../../shared/province.ts';
import type { SharedAssessment } from './contract.ts';
import { answers, type Assessment, assessmentSummary, type AssessmentSummary, enterpriseSize, type EnterpriseSize } from './model.ts';
import type { PeerGroup } from './rules.ts';

const content = z.strictObject({ answers, agreedBy: z.string().nullable() });
export type Content = z.output<typeof content>;

export const boundOf = (id: string): string => `assessment/${id}`;

export function wrapContent(secrets: Secrets, id: string, clear: Content): Promise<string> {
  return wrapJson(secrets, clear, boundOf(id));
}

function unwrapContent(secrets: Secrets, id: string, wrapped: string): Promise<Content> {
  return unwrapJson(secrets, content, wrapped, boundOf(id));
}

const summaryColumns = sql`a.id, a.edition_code as edition, a.bank, a.state, a.way, a.score, a.band, a.finished_at, a.changed_at, a.shared_at, a.officer_name, a.visit_id, a.version`;

export interface Stored extends AssessmentSummary {
  readonly unitCode: string;
  readonly enterpriseId: number;
  readonly size: string | null;
  readonly content: string;
}

const storedColumns = sql`${summaryColumns}, a.unit_code, a.enterprise_id, a.size, a.content`;

/** With its answers. */
export async function openStored(secrets: Secrets, stored: Stored): Promise<Assessment> {
  const { answers: given, agreedBy } = await unwrapContent(secrets, stored.id, stored.content);
  return { ...assessmentSummary.parse(stored), size: stored.size === null ? null : enterpriseSize.parse(stored.size), answers: given, agreedBy };
}

export async function listOfEnterprise(tx: Tx, enterpriseId: number): Promise<AssessmentSummary[]> {
  const { rows } = await sql<AssessmentSummary>`select ${summaryColumns} from assessment a where a.enterprise_id = ${enterpriseId} order by a.finished_at desc nulls first, a.id limit 100`.execute(tx);
  return rows;
}

export async function findStored(tx: Tx, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select ${storedColumns} from assessment a where a.province_code = ${provinceOfRecord(id)} and a.id = ${id}`.execute(tx);
  return rows[0];
}

/** The one finished before another of the same enterprise. */
export async function findEarlier(tx: Tx, { enterpriseId, finishedAt, id }: Pick<Stored, 'enterpriseId' | 'finishedAt' | 'id'>): Promise<Stored | undefined> {
  if (finishedAt === null) return undefined;
  const { rows } = await sql<Stored>`
    select ${storedColumns} from assessment a where a.enterprise_id = ${enterpriseId} and a.finished_at < ${finishedAt}::timestamptz and a.id <> ${id} order by a.finished_at desc limit 1`.execute(tx);
  return rows[0];
}

/** The draft of an enterprise, held until the transaction ends. */
export async function lockDraft(tx: Tx, enterpriseId: number): Promise<{ readonly id: string; readonly version: number } | undefined> {
  return tx.selectFrom('assessment').select(['id', 'version']).where('enterpriseId', '=', enterpriseId).where('state', '=', 'draft').forUpdate().executeTakeFirst();
}

export interface Saved {
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly enterpriseId: number;
  readonly bank: string;
  readonly way: 'alone' | 'with_officer';
  readonly content: string;
  readonly size: EnterpriseSize | null;
  /** Of a finished one. */
  readonly result: { readonly score: number; readonly band: string } | null;
  readonly sharedAt: Instant | null;
  readonly officer: { readonly accountId: string; readonly name: string } | null;
  readonly visitId: string | null;
}

const columnsOf = ({ editionCode, bank, content: wrapped, size, result }: Saved, now: Instant) => ({
  editionCode, bank, content: wrapped, size, state: result === null ? 'draft' as const : 'finished' as const, score: result?.score ?? null, band: result?.band ?? null, finishedAt: result === null ? null : now, changedAt: now,
});

/** Without reading it back: an official may leave what he may not read. */
export async function insertAssessment(tx: Tx, saved: Saved, now: Instant): Promise<void> {
  const { id, unitCode, enterpriseId, way, sharedAt, officer, visitId } = saved;
  await tx.insertInto('assessment').values({
    ...columnsOf(saved, now), provinceCode: provinceOfUnit(unitCode), id, unitCode, enterpriseId, way, version: 1, sharedAt, officerId: officer?.accountId ?? null, officerName: officer?.name ?? null, visitId, createdAt: now,
  }).execute();
}

export async function updateDraft(tx: Tx, saved: Saved, version: number, now: Instant): Promise<void> {
  await tx.updateTable('assessment').set({ ...columnsOf(saved, now), version: version + 1 }).where('provinceCode', '=', provinceOfRecord(saved.id)).where('id', '=', saved.id).execute();
}

export async function saveShared(tx: Tx, id: string, sharedAt: Instant | null): Promise<void> {
  await tx.updateTable('assessment').set((eb) => ({ sharedAt, version: eb('version', '+', 1) })).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}

export async function deleteAssessment(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('assessment').where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}

export async function listSharedAt(tx: Tx, editionCode: string, unitCode: string): Promise<SharedAssessment[]> {
  const { rows } = await sql<SharedAssessment>`
    select ${summaryColumns}, n.uscc, n.name from assessment a join enterprise n on n.id = a.enterprise_id
    where a.province_code = ${provinceOfUnit(unitCode)} and a.edition_code = ${editionCode} and a.unit_code = ${unitCode} and a.shared_at is not null
    order by a.finished_at desc, a.id limit 1000`.execute(tx);
  return rows;
}

export async function findEnterprise(tx: Tx, id: number): Promise<{ readonly uscc: string; readonly name: string } | undefined> {
  return tx.selectFrom('enterprise').select(['uscc', 'name']).where('id', '=', id).executeTakeFirst();
}

/** Scores of others, the last of each, in the groups an enterprise may be compared with, the narrowest first. Asked beyond the wall. */
export async function listPeerGroups(tx: Tx, own: { readonly enterpriseId: number; readonly size: string | null; readonly unitCode: string; readonly bank: string }): Promise<PeerGroup[]> {
  const { rows } = await sql<{ score: number; size: string; provinceCode: number }>`
    select distinct on (a.enterprise_id) a.score, a.size, a.province_code from assessment a
    where a.state = 'finished' and a.bank = ${own.bank} and a.enterprise_id <> ${own.enterpriseId} order by a.enterprise_id, a.finished_at desc`.execute(tx);
  const scoresOf = (list: typeof rows): number[] => list.map(({ score }) => score);
  const sameSize = rows.filter(({ size }) => size === own.size);
  return [
    { name: 'size_in_province', scores: scoresOf(sameSize.filter(({ provinceCode }) => provinceCode === provinceOfUnit(own.unitCode))) },
    { name: 'size', scores: scoresOf(sameSize) },
    { name: 'everybody', scores: scoresOf(rows) },
  ];
}

export interface UnitCount {
  readonly unitCode: string;
  readonly unitName: string;
  readonly finished: number;
  readonly shared: number;
}

/** At a unit and at those that report to it, with all below each. Asked beyond the wall: counts only. */
export async function countBelow(tx: Tx, editionCode: string, unitCode: string): Promise<UnitCount[]> {
  const { rows } = await sql<UnitCount>`
    select u.code as unit_code, u.name as unit_name, count(*) filter (where a.state = 'finished')::int as finished, count(a.shared_at)::int as shared
    from placement p join unit u on u.code = p.unit_code
    left join placement b on b.edition_code = p.edition_code and (b.unit_code = p.unit_code or (p.unit_code <> ${unitCode} and p.unit_code in (b.p1, b.p2, b.p3)))
    left join assessment a on a.province_code = b.province_code and a.edition_code = p.edition_code and a.unit_code = b.unit_code
    where p.edition_code = ${editionCode} and (p.unit_code = ${unitCode} or p.parent_code = ${unitCode})
    group by u.code, u.name, p.depth, p.sort order by p.depth, p.sort`.execute(tx);
  return rows;
}
