// Answers as they are added up, and suggestions drawn from their texts.
import { sql } from 'kysely';
import { readInBatches, type Tx } from '../../../kernel/database.ts';
import type { CalendarDate, Instant } from '../../../shared/instant.ts';
import { provinceOfRecord } from '../../../shared/province.ts';
import type { FreeText, SuggestionContent } from '../model/results.ts';
import type { OutgoingQuestionnaire } from './channels.ts';
import type { StoredSheet } from './answers.ts';

export interface AnswerFilter {
  readonly channel: string | null;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

const of = (questionnaireId: string) => sql`a.province_code = ${provinceOfRecord(questionnaireId)} and a.questionnaire_id = ${questionnaireId}`;

function chosenBy({ channel, from, to }: AnswerFilter) {
  return sql`(${channel}::text is null or a.channel_id = ${channel}) and (${from}::date is null or a.answered_on >= ${from}::date) and (${to}::date is null or a.answered_on <= ${to}::date)`;
}

export async function listSheets(tx: Tx, questionnaireId: string, filter: AnswerFilter): Promise<StoredSheet[]> {
  const { rows } = await sql<{ answers: StoredSheet }>`select a.answers from questionnaire_answer a where ${of(questionnaireId)} and ${chosenBy(filter)}`.execute(tx);
  return rows.map(({ answers }) => answers);
}

export interface AnswerParts {
  readonly channels: ReadonlyMap<string, number>;
  readonly days: readonly { readonly day: CalendarDate; readonly answers: number }[];
  readonly all: number;
}

export async function countParts(tx: Tx, questionnaireId: string): Promise<AnswerParts> {
  const { rows } = await sql<{ channelId: string; day: CalendarDate; answers: number }>`
    select a.channel_id, a.answered_on as day, count(*) as answers from questionnaire_answer a where ${of(questionnaireId)} group by 1, 2`.execute(tx);
  const channels = new Map<string, number>();
  const days = new Map<CalendarDate, number>();
  for (const { channelId, day, answers } of rows) {
    channels.set(channelId, (channels.get(channelId) ?? 0) + answers);
    days.set(day, (days.get(day) ?? 0) + answers);
  }
  return { channels, days: [...days].map(([day, answers]) => ({ day, answers })), all: rows.reduce((sum, { answers }) => sum + answers, 0) };
}

/** Texts of one question: its answer, or what was written `beside` an option. By random id: in no order of time. */
export async function listTexts(tx: Tx, questionnaireId: string, { question, beside }: { readonly question: string; readonly beside: boolean }, page: { readonly offset: number; readonly limit: number }): Promise<{ texts: FreeText[]; total: number }> {
  const text = beside ? sql`a.answers->'texts'->>${question}` : sql`a.answers->'values'->>${question}`;
  const { rows } = await sql<FreeText & { total: number }>`
    select a.id as answer_id, ${question} as question, ${text} as text, coalesce(e.name, a.answers->'enterprise'->>'name') as enterprise, t.suggestion_id, count(*) over () as total
    from questionnaire_answer a left join enterprise e on e.id = a.enterprise_id
    left join questionnaire_suggestion_text t on t.province_code = a.province_code and t.answer_id = a.id and t.question = ${question}
    where ${of(questionnaireId)} and ${text} is not null order by a.id offset ${page.offset} limit ${page.limit}`.execute(tx);
  return { texts: rows.map(({ answerId, text: written, enterprise, suggestionId }) => ({ answerId, question, text: written, enterprise, suggestionId })), total: rows[0]?.total ?? 0 };
}

/** The texts themselves, for the entry they stand behind. */
export async function readTexts(tx: Tx, questionnaireId: string, texts: SuggestionContent['texts']): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select coalesce(a.answers->'texts'->>t.question, case when jsonb_typeof(a.answers->'values'->t.question) = 'string' then a.answers->'values'->>t.question end) as text
    from unnest(${texts.map(({ answerId }) => answerId)}::text[], ${texts.map(({ question }) => question)}::text[]) as t(answer_id, question)
    join questionnaire_answer a on ${of(questionnaireId)} and a.id = t.answer_id`.execute(tx);
  return rows.flatMap(({ text }) => (text === null ? [] : [text]));
}

export interface StoredSuggestion {
  readonly id: string;
  readonly provinceCode: number;
  readonly questionnaireId: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly title: string;
  readonly topic: string | null;
  readonly version: number;
  readonly removedAt: Instant | null;
  readonly savedAt: Instant;
  readonly savedByName: string;
}

export async function listSuggestions(tx: Tx, questionnaireId: string): Promise<(StoredSuggestion & { texts: number; entryId: string | null })[]> {
  const { rows } = await sql<StoredSuggestion & { texts: number; entryId: string | null }>`
    select s.id, s.province_code, s.questionnaire_id, s.edition_code, s.unit_code, s.title, s.topic, s.version, s.removed_at, s.saved_at, s.saved_by_name, x.id as entry_id,
      (select count(*) from questionnaire_suggestion_text t where t.province_code = s.province_code and t.suggestion_id = s.id) as texts
    from questionnaire_suggestion s left join activity x on x.province_code = s.province_code and x.source_kind = 'questionnaires' and x.source_id = s.id and x.deleted_at is null
    where s.province_code = ${provinceOfRecord(questionnaireId)} and s.questionnaire_id = ${questionnaireId} and s.removed_at is null order by s.saved_at desc, s.id`.execute(tx);
  return rows;
}

export async function lockSuggestion(tx: Tx, id: string): Promise<StoredSuggestion | undefined> {
  return tx
    .selectFrom('questionnaireSuggestion')
    .select(['id', 'provinceCode', 'questionnaireId', 'editionCode', 'unitCode', 'title', 'topic', 'version', 'removedAt', 'savedAt', 'savedByName'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** A suggestion with the texts behind it; false where one of them stands behind another. */
export async function saveSuggestion(tx: Tx, of: Pick<OutgoingQuestionnaire, 'id' | 'provinceCode' | 'editionCode' | 'unitCode'>, saved: { readonly id: string; readonly version: number; readonly content: SuggestionContent }, by: { readonly name: string; readonly now: Instant }): Promise<boolean> {
  const { id: questionnaireId, provinceCode, editionCode, unitCode } = of;
  const { id, version, content } = saved;
  const changed = { title: content.title, topic: content.topic, version, savedByName: by.name, savedAt: by.now };
  await tx
    .insertInto('questionnaireSuggestion')
    .values({ provinceCode, id, questionnaireId, editionCode, unitCode, removedAt: null, ...changed })
    .onConflict((conflict) => conflict.columns(['provinceCode', 'id']).doUpdateSet(changed))
    .execute();
  await forgetTexts(tx, saved.id);
  const { numAffectedRows } = await sql`
    insert into questionnaire_suggestion_text (province_code, suggestion_id, answer_id, question, edition_code, unit_code)
    select distinct ${provinceCode}::smallint, ${id}, t.answer_id, t.question, ${editionCode}, ${unitCode}
    from unnest(${content.texts.map(({ answerId }) => answerId)}::text[], ${content.texts.map(({ question }) => question)}::text[]) as t(answer_id, question)
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0) === new Set(content.texts.map(({ answerId, question }) => `${answerId} ${question}`)).size;
}

export async function forgetTexts(tx: Tx, suggestionId: string): Promise<void> {
  await tx.deleteFrom('questionnaireSuggestionText').where('provinceCode', '=', provinceOfRecord(suggestionId)).where('suggestionId', '=', suggestionId).execute();
}

export async function removeSuggestion(tx: Tx, id: string, version: number, now: Instant): Promise<void> {
  await forgetTexts(tx, id);
  await tx.updateTable('questionnaireSuggestion').set({ removedAt: now, version }).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}

export interface RawAnswer {
  readonly version: number;
  readonly channelId: string;
  readonly answeredOn: CalendarDate;
  readonly language: string;
  readonly answers: StoredSheet;
  readonly uscc: string | null;
  readonly enterprise: string | null;
}

const answersAtOnce = 1_000;

/** Every answer, by random id, so many at a time. */
export function readAnswers(tx: Tx, questionnaireId: string): AsyncIterable<readonly RawAnswer[]> {
  return readInBatches(tx, sql<RawAnswer>`
    select a.version, a.channel_id, a.answered_on, a.language, a.answers, coalesce(e.uscc, a.answers->'enterprise'->>'uscc') as uscc, coalesce(e.name, a.answers->'enterprise'->>'name') as enterprise
    from questionnaire_answer a left join enterprise e on e.id = a.enterprise_id where ${of(questionnaireId)} order by a.id`, answersAtOnce);
}
