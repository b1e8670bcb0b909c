// What is stored of answers. Nothing here takes an address, an account of the public or a time finer than the day.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/database.ts';
import { hashToken } from '../../../kernel/session-cookie.ts';
import type { CalendarDate, Instant } from '../../../shared/instant.ts';
import { provinceOfRecord } from '../../../shared/province.ts';
import type { Lane } from '../model/answers.ts';
import { channelCodePattern, type ChannelKind } from '../model/channels.ts';
import type { AnswerSheet, Definition } from '../model/definition.ts';

/** What is behind a public link. */
export interface LinkedForm {
  readonly provinceCode: number;
  readonly questionnaireId: string;
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly published: number;
  /** Ended by the questionnaire, its channel or the edition. */
  readonly closed: boolean;
  readonly demonstration: boolean;
  /** Of a one-time link; null otherwise. */
  readonly used: boolean | null;
  readonly withdrawn: boolean | null;
  readonly enterpriseId: number | null;
}

const isOpenLink = (code: string): boolean => channelCodePattern.test(code);

/** By the code of an open link, or the token of a one-time link. */
export async function findLinkedForm(tx: Tx, code: string): Promise<LinkedForm | undefined> {
  const province = Number(code.slice(0, 2));
  const closed = sql`(q.closed_at is not null or q.removed_at is not null or c.closed_at is not null or e.closed_at is not null or q.published = 0) as closed`;
  const shown = sql`c.province_code, c.questionnaire_id, c.id as channel_id, c.kind, c.edition_code, c.unit_code, u.name as unit_name, q.published, q.demonstration, ${closed}`;
  const joined = sql`join questionnaire q on q.province_code = c.province_code and q.id = c.questionnaire_id join edition e on e.code = c.edition_code join unit u on u.code = c.unit_code`;
  const { rows } = isOpenLink(code)
    ? await sql<LinkedForm>`select ${shown}, null as used, null as withdrawn, null as enterprise_id from questionnaire_channel c ${joined} where c.province_code = ${province} and c.code = ${code}`.execute(tx)
    : await sql<LinkedForm>`
      select ${shown}, i.used, i.withdrawn, i.enterprise_id
      from questionnaire_invitation i join questionnaire_channel c on c.province_code = i.province_code and c.id = i.channel_id ${joined}
      where i.province_code = ${province} and i.token_hash = ${hashToken(code)}`.execute(tx);
  return rows[0];
}

export async function findPublished(tx: Tx, questionnaireId: string, number: number): Promise<Definition | undefined> {
  const { rows } = await sql<{ definition: Definition }>`
    select definition from questionnaire_version where province_code = ${provinceOfRecord(questionnaireId)} and questionnaire_id = ${questionnaireId} and number = ${number}`.execute(tx);
  return rows[0]?.definition;
}

export async function findEnterpriseName(tx: Tx, id: number): Promise<string | null> {
  return (await tx.selectFrom('enterprise').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null;
}

/** A sheet as it is stored; of a named questionnaire by an open link with who says to have filled it in. */
export type StoredSheet = AnswerSheet & { readonly enterprise?: { readonly uscc: string; readonly name: string } };

export interface NewAnswer {
  readonly id: string;
  readonly version: number;
  readonly answeredOn: CalendarDate;
  readonly language: string;
  readonly lane: Lane;
  readonly answers: StoredSheet;
  readonly enterpriseId: number | null;
  readonly enteredByName: string | null;
}

/** What lets an answer in, once. */
export type Pass = { readonly token: string } | { readonly nonce: string; readonly until: Instant };

type Place = Pick<LinkedForm, 'provinceCode' | 'questionnaireId' | 'channelId' | 'editionCode' | 'unitCode' | 'demonstration'>;

/** Takes the pass and keeps the answer, in one statement; false where the pass was taken before. Nothing of the one is written beside the other. */
export async function keepAnswer(tx: Tx, place: Place, answer: NewAnswer, pass: Pass | null): Promise<boolean> {
  const { provinceCode, questionnaireId, channelId, editionCode, unitCode, demonstration } = place;
  const { id, version, answeredOn, language, lane, answers, enterpriseId, enteredByName } = answer;
  const gate = pass === null
    ? sql`select`
    : 'token' in pass
      ? sql`update questionnaire_invitation set used = true where province_code = ${provinceCode} and token_hash = ${hashToken(pass.token)} and not used and not withdrawn returning 1`
      : sql`insert into questionnaire_ticket_spent (province_code, hash, expires_at) values (${provinceCode}, ${hashToken(pass.nonce)}, ${pass.until}) on conflict do nothing returning 1`;
  const { numAffectedRows } = await sql`
    with gate as (${gate})
    insert into questionnaire_answer (province_code, id, questionnaire_id, version, channel_id, edition_code, unit_code, answered_on, language, lane, answers, enterprise_id, entered_by_name, demonstration)
    select ${provinceCode}::smallint, ${id}, ${questionnaireId}, ${version}::integer, ${channelId}, ${editionCode}, ${unitCode}, ${answeredOn}::date, ${language}, ${lane}, ${JSON.stringify(answers)}::jsonb,
      ${enterpriseId}::integer, ${enteredByName}::text, ${demonstration}::boolean from gate`.execute(tx);
  return numAffectedRows === 1n;
}

/** Counts one answer without proof of work; false where the hour of the channel is full. */
export async function takeSlowPlace(tx: Tx, { provinceCode, channelId }: Pick<LinkedForm, 'provinceCode' | 'channelId'>, hour: Instant, most: number): Promise<boolean> {
  const { rows } = await sql`
    insert into questionnaire_slow_hour as s (province_code, channel_id, hour, accepted) values (${provinceCode}, ${channelId}, ${hour}, 1)
    on conflict (province_code, channel_id, hour) do update set accepted = s.accepted + 1 where s.accepted < ${most} returning 1`.execute(tx);
  return rows.length === 1;
}

/** Questionnaires with answers their ledger entry does not count yet, in editions that are open. */
export async function listUnsettled(tx: Tx, most: number): Promise<{ id: string; unitCode: string }[]> {
  const { rows } = await sql<{ id: string; unitCode: string }>`
    select distinct a.questionnaire_id as id, a.unit_code from questionnaire_answer a join edition e on e.code = a.edition_code
    where not a.settled and e.closed_at is null limit ${most}`.execute(tx);
  return rows;
}

/**
 * Marks answers as counted by writing them anew, all of one questionnaire together and in order of their random ids: afterwards neither
 * the place of a row nor its transaction tells when it came. As the owner of the tables: requests may not take an answer away.
 */
export async function settleAnswers(tx: Tx, questionnaireId: string): Promise<void> {
  const columns = sql`province_code, id, questionnaire_id, version, channel_id, edition_code, unit_code, answered_on, language, lane, answers, enterprise_id, entered_by_name, demonstration`;
  await sql`
    with old as (delete from questionnaire_answer where province_code = ${provinceOfRecord(questionnaireId)} and questionnaire_id = ${questionnaireId} and not settled returning *)
    insert into questionnaire_answer (${columns}, settled) select ${columns}, true from old order by id`.execute(tx);
}

/** Hashes nobody can use any more, and hours long past; how many went. */
export async function forgetSpentTickets(tx: Tx, now: Instant, most: number): Promise<number> {
  const spent = await sql`
    with old as materialized (select province_code, hash from questionnaire_ticket_spent where expires_at < ${now} limit ${most} for update skip locked)
    delete from questionnaire_ticket_spent s using old where s.province_code = old.province_code and s.hash = old.hash`.execute(tx);
  const hours = await sql`delete from questionnaire_slow_hour where hour < ${now}::timestamptz - interval '2 days'`.execute(tx);
  return Number(spent.numAffectedRows ?? 0) + Number(hours.numAffectedRows ?? 0);
}
