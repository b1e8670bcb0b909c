// What is stored about channels and one-time links. Of a token only the hash is kept, and nothing leads from a link to an answer.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/database.ts';
import type { CalendarDate, Instant } from '../../../shared/instant.ts';
import { provinceOfRecord } from '../../../shared/province.ts';
import type { ChannelKind } from '../model/channels.ts';
import type { Definition } from '../model/definition.ts';
import type { ChannelFacts, Going } from '../rules/channels.ts';

export interface OutgoingQuestionnaire extends Going {
  readonly provinceCode: number;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly demonstration: boolean;
  /** As published last; null before. */
  readonly definition: Definition | null;
}

export async function findOutgoing(tx: Tx, id: string): Promise<OutgoingQuestionnaire | undefined> {
  const { rows } = await sql<OutgoingQuestionnaire>`
    select q.id, q.province_code, q.edition_code, q.unit_code, q.published, q.closed_at, q.removed_at, q.demonstration, v.definition
    from questionnaire q left join questionnaire_version v on v.province_code = q.province_code and v.questionnaire_id = q.id and v.number = q.published
    where q.province_code = ${provinceOfRecord(id)} and q.id = ${id}`.execute(tx);
  return rows[0];
}

export interface StoredChannel extends ChannelFacts {
  readonly id: string;
  readonly provinceCode: number;
  readonly questionnaireId: string;
  readonly unitCode: string;
  readonly editionCode: string;
  readonly name: string;
  readonly code: string | null;
  readonly openedOn: CalendarDate;
  readonly closedAt: Instant | null;
  readonly version: number;
}

/** With what each counts, in the order they were opened. */
export async function listChannels(tx: Tx, questionnaireId: string): Promise<StoredChannel[]> {
  const of = sql`province_code = ${provinceOfRecord(questionnaireId)} and questionnaire_id = ${questionnaireId}`;
  const { rows } = await sql<StoredChannel>`
    with a as (select channel_id, count(*) as n from questionnaire_answer where ${of} group by 1),
      i as (select channel_id, count(*) as n from questionnaire_invitation where ${of} and not withdrawn group by 1)
    select c.id, c.province_code, c.questionnaire_id, c.unit_code, c.edition_code, c.kind, c.name, c.code, c.handed_out, c.opened_on, c.closed_at, c.version,
      coalesce(a.n, 0) as answers, coalesce(i.n, 0) as invitations
    from questionnaire_channel c left join a on a.channel_id = c.id left join i on i.channel_id = c.id
    where c.province_code = ${provinceOfRecord(questionnaireId)} and c.questionnaire_id = ${questionnaireId} order by c.created_at, c.id`.execute(tx);
  return rows;
}

export type LockedChannel = Omit<StoredChannel, 'answers' | 'invitations'>;

export async function lockChannel(tx: Tx, id: string): Promise<LockedChannel | undefined> {
  return tx
    .selectFrom('questionnaireChannel')
    .select(['id', 'provinceCode', 'questionnaireId', 'unitCode', 'editionCode', 'kind', 'name', 'code', 'handedOut', 'openedOn', 'closedAt', 'version'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export interface NewChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly code: string | null;
  readonly handedOut: number;
  readonly openedOn: CalendarDate;
}

export async function insertChannel(tx: Tx, of: OutgoingQuestionnaire, channel: NewChannel, by: { readonly accountId: string; readonly name: string; readonly now: Instant }): Promise<void> {
  const { provinceCode, id: questionnaireId, editionCode, unitCode } = of;
  await tx
    .insertInto('questionnaireChannel')
    .values({ provinceCode, questionnaireId, editionCode, unitCode, closedAt: null, createdBy: by.accountId, createdByName: by.name, createdAt: by.now, ...channel })
    .execute();
}

export async function saveChannel(tx: Tx, { id, provinceCode, version }: LockedChannel, next: { readonly name: string; readonly handedOut: number; readonly closedAt: Instant | null }): Promise<void> {
  await tx.updateTable('questionnaireChannel').set({ ...next, version: version + 1 }).where('provinceCode', '=', provinceCode).where('id', '=', id).execute();
}

export interface StoredInvitation {
  readonly id: string;
  readonly channelId: string;
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly madeOn: CalendarDate;
  readonly used: boolean;
  readonly withdrawn: boolean;
}

export async function listInvitations(tx: Tx, channel: Pick<LockedChannel, 'id' | 'provinceCode'>): Promise<StoredInvitation[]> {
  const { rows } = await sql<StoredInvitation>`
    select i.id, i.channel_id, i.enterprise_id, e.uscc, e.name, i.made_on, i.used, i.withdrawn
    from questionnaire_invitation i join enterprise e on e.id = i.enterprise_id
    where i.province_code = ${channel.provinceCode} and i.channel_id = ${channel.id} order by e.name, i.id`.execute(tx);
  return rows;
}

export async function lockInvitation(tx: Tx, id: string): Promise<StoredInvitation | undefined> {
  const { rows } = await sql<StoredInvitation>`
    select i.id, i.channel_id, i.enterprise_id, e.uscc, e.name, i.made_on, i.used, i.withdrawn
    from questionnaire_invitation i join enterprise e on e.id = i.enterprise_id
    where i.province_code = ${provinceOfRecord(id)} and i.id = ${id} for update of i`.execute(tx);
  return rows[0];
}

export interface NewInvitation {
  readonly id: string;
  readonly enterpriseId: number;
  readonly tokenHash: string;
}

export async function insertInvitations(tx: Tx, channel: LockedChannel, made: readonly NewInvitation[], madeOn: CalendarDate): Promise<void> {
  if (made.length === 0) return;
  const { provinceCode, id: channelId, questionnaireId, editionCode, unitCode } = channel;
  await tx.insertInto('questionnaireInvitation').values(made.map((one) => ({ provinceCode, channelId, questionnaireId, editionCode, unitCode, madeOn, ...one }))).execute();
}

export async function saveInvitation(tx: Tx, id: string, next: { readonly tokenHash: string; readonly madeOn: CalendarDate } | { readonly withdrawn: boolean }): Promise<void> {
  await tx.updateTable('questionnaireInvitation').set(next).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).execute();
}
