// What is stored of who did what. Only ever read here; records are written by the kernel with the act they tell of.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Json } from '../../shared/problem.ts';
import { provinceOfRecord, provinceOfUnit } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import { type EntryContent, entryContent } from '../activities/model.ts';
import { callingNames, readingActions } from './model.ts';
import { versionsOf } from './rules.ts';

export interface AuditEvent {
  readonly id: number;
  readonly at: Instant;
  readonly provinceCode: number;
  readonly leaf: number | null;
  readonly unitCode: string;
  readonly unitName: string | null;
  readonly accountName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly subjectName: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly basis: string | null;
}

export interface AuditQuestion {
  readonly unitCode: string;
  /** Of the units below too, as this edition places them. */
  readonly belowIn: string | null;
  /** Only what accounts of this duty did. */
  readonly duty: string | null;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly action: string | null;
  readonly reads: boolean;
  readonly person: string | null;
  readonly query: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Only events with a smaller id: the next page. */
  readonly before: number | null;
  readonly limit: number;
}

type Condition = RawBuilder<unknown>;

function ofUnits({ unitCode, belowIn }: AuditQuestion): Condition {
  if (belowIn === null) return sql`unit_code = ${unitCode}`;
  if (unitCode === nationUnit) return sql`true`;
  return sql`unit_code in (select p.unit_code from placement p where p.edition_code = ${belowIn} and ${unitCode} in (p.unit_code, p.parent_code, p.p1, p.p2, p.p3))`;
}

/** A part of a text, as it is written: no pattern. */
const holds = (text: Condition, part: string): Condition => sql`strpos(lower(${text}), lower(${part})) > 0`;

/** What a subject is called by in its records. */
const calledBy = sql`concat_ws(' ', subject_id, ${sql.join(callingNames.flatMap((name) => [sql`before ->> ${name}`, sql`after ->> ${name}`]))})`;

function conditionsOf(question: AuditQuestion): Condition[] {
  const { duty, subjectKind, subjectId, action, reads, person, query, from, to, before } = question;
  const asked: readonly (Condition | null)[] = [
    ofUnits(question),
    duty === null ? null : sql`account_id in (select a.id from account a where a.duty = ${duty})`,
    subjectKind === null ? null : sql`subject_kind = ${subjectKind}`,
    subjectId === null ? null : sql`subject_id = ${subjectId}`,
    action === null ? null : sql`action = ${action}`,
    reads ? sql`action = any(${[...readingActions]}::text[])` : null,
    person === null ? null : holds(sql`account_name`, person),
    query === null ? null : holds(calledBy, query),
    from === null ? null : sql`at >= ${`${from}T00:00:00.000+08:00`}::timestamptz`,
    to === null ? null : sql`at < ${`${to}T00:00:00.000+08:00`}::timestamptz + interval '1 day'`,
    before === null ? null : sql`id < ${before}`,
  ];
  return asked.filter((one) => one !== null);
}

/** Events, newest first. Each province's newest are taken from the end of its own index and put together: no sorting of whole trails. */
export async function listEvents(tx: Tx, question: AuditQuestion): Promise<AuditEvent[]> {
  const { unitCode, belowIn, limit } = question;
  const provinces = belowIn !== null && unitCode === nationUnit ? sql`select province_code from log_head` : sql`select ${provinceOfUnit(unitCode)}::smallint as province_code`;
  const { rows } = await sql<AuditEvent>`
    select e.id, e.at, e.province_code, e.leaf, e.unit_code, u.name as unit_name, e.account_name, e.action, e.subject_kind, e.subject_id, a.display_name as subject_name, e.before, e.after, e.basis
    from (${provinces}) l cross join lateral (
      select * from audit_event where province_code = l.province_code and ${sql.join(conditionsOf(question), sql` and `)} order by id desc limit ${limit}
    ) e left join unit u on u.code = e.unit_code left join account a on e.subject_kind = 'account' and a.id = e.subject_id
    order by e.id desc limit ${limit}`.execute(tx);
  return rows;
}

export interface EntryTold {
  readonly before: EntryContent | null;
  readonly after: EntryContent;
}

/** What entries said before and after, by the id of the record; records name the versions only. */
export async function findEntries(tx: Tx, events: readonly AuditEvent[]): Promise<ReadonlyMap<number, EntryTold>> {
  const asked = events.flatMap((event) => (event.subjectKind === 'activity' ? [{ event, ...versionsOf(event) }] : []));
  const wanted = asked.flatMap(({ event: { subjectId }, before, after }) => [before, after].flatMap((version) => (version === null ? [] : [{ province: provinceOfRecord(subjectId), id: subjectId, version }])));
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ activityId: string; version: number; content: unknown }>`
    select v.activity_id, v.version, v.content
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(province smallint, id text, version integer)
    join activity_version v on v.province_code = w.province and v.activity_id = w.id and v.version = w.version`.execute(tx);
  const contents = new Map(rows.map(({ activityId, version, content }) => [`${activityId}/${version}`, entryContent.parse(content)]));
  return new Map(asked.flatMap(({ event, before, after }) => {
    const now = contents.get(`${event.subjectId}/${after ?? 0}`);
    return now === undefined ? [] : [[event.id, { before: contents.get(`${event.subjectId}/${before ?? 0}`) ?? null, after: now }] as const];
  }));
}
