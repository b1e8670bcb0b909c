// Queries for what lies behind a cell: the records whose adds sum to it, live or as at a ledger number, and its days.
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate } from '../../shared/instant.ts';
import type { Placement } from '../units/queries.ts';
import type { CounterPlace } from './model.ts';

export interface Behind {
  readonly id: string;
  readonly kind: string;
  readonly occurredOn: CalendarDate;
  readonly title: string;
  readonly version: number;
  readonly adds: number;
  readonly times: number | null;
  readonly adjustment: boolean;
  readonly formId: string | null;
  readonly accountName: string;
}

export interface BehindPage {
  readonly records: readonly Behind[];
  readonly total: number;
  readonly sum: number;
}

export interface BehindQuestion {
  readonly editionCode: string;
  readonly unit: Placement;
  readonly indicator: string;
  readonly place: CounterPlace;
  /** null: the ledger now; a number: the ledger as at that ledger number. */
  readonly cut: number | null;
  readonly offset: number;
  readonly limit: number;
}

/** The records and adjustments behind a unit's own figure, in order of date; `sum` is over all of them and equals the figure. */
export async function listBehind(tx: Tx, question: BehindQuestion): Promise<BehindPage> {
  const { editionCode, unit, indicator, place, cut, offset, limit } = question;
  const held = sql`province_code = ${unit.provinceCode} and edition_code = ${editionCode} and unit_code = ${unit.unitCode}`;
  const adjusted = cut === null ? sql`removed_ledger_no is null` : sql`ledger_no <= ${cut} and (removed_ledger_no is null or removed_ledger_no > ${cut})`;
  const { rows } = await sql<Behind & { total: number; sum: number }>`
    with ledger as (${ledgerAt(held, cut)}), counted as (${countedBy(place)})
    select *, count(*) over ()::bigint as total, coalesce(sum(adds) over (), 0)::bigint as sum from (
      select id, kind, occurred_on, title, version, adds, times, false as adjustment, null::text as form_id, account_name from counted
      union all
      select id, 'adjustment', (at at time zone 'Asia/Shanghai')::date, reason, 1, delta, null::bigint, true, form_id, account_name
      from adjustment where ${held} and indicator = ${indicator} and ${adjusted}
    ) behind
    order by occurred_on, id offset ${offset} limit ${limit}`.execute(tx);
  const first = rows[0];
  if (first === undefined && offset > 0) {
    const page = await listBehind(tx, { ...question, offset: 0, limit: 1 });
    return { ...page, records: [] };
  }
  return { records: rows.map(({ total: _total, sum: _sum, ...record }) => record), total: first?.total ?? 0, sum: first?.sum ?? 0 };
}

/** The unit's entries: as they stand, or the latest version of each at a ledger number. */
function ledgerAt(held: RawBuilder<unknown>, cut: number | null): RawBuilder<unknown> {
  if (cut === null) {
    return sql`select id, kind, occurred_on, title, version, content, counters, amounts, distinct_counters, created_by_name as account_name
      from activity where ${held} and deleted_at is null`;
  }
  return sql`select id, kind, occurred_on, title, version, content, counters, amounts, distinct_counters, account_name from (
      select distinct on (activity_id) activity_id as id, content->>'kind' as kind, (content->>'occurredOn')::date as occurred_on,
        content->>'title' as title, version, content, counters, amounts, distinct_counters, account_name, change
      from activity_version where ${held} and ledger_no <= ${cut} order by activity_id, version desc
    ) newest where change <> 'deleted'`;
}

function countedBy(place: CounterPlace): RawBuilder<unknown> {
  if (place.kind === 'sum') {
    return sql`select id, kind, occurred_on, title, version, account_name, amounts[array_position(counters, ${place.sum}::smallint)] as adds, null::bigint as times
      from ledger where ${place.sum}::smallint = any(counters)`;
  }
  // An enterprise met twice is added by its first record, so that the adds sum to the distinct figure.
  return sql`select l.id, kind, occurred_on, title, version, account_name,
      coalesce(firsts.number, 0) + coalesce(amounts[array_position(counters, ${place.uncoded}::smallint)], 0) as adds,
      coalesce(amounts[array_position(counters, ${place.times}::smallint)], 0) as times
    from ledger l left join (
      select id, count(*) as number from (
        select id, row_number() over (partition by one->>'uscc' order by occurred_on, id) as turn
        from ledger, jsonb_array_elements(content->'enterprises') as one
        where ${place.distinct}::smallint = any(distinct_counters) and one->>'uscc' is not null
      ) turns where turn = 1 group by id
    ) firsts on firsts.id = l.id
    where ${place.distinct}::smallint = any(distinct_counters)`;
}

/** What each day added to a counter in a unit's jurisdiction. */
export async function listDays(tx: Tx, editionCode: string, unit: Placement, counter: number): Promise<{ date: CalendarDate; value: number }[]> {
  const scope = unit.depth === 0 ? sql`true` : sql`a.province_code = ${unit.provinceCode} and ${unit.unitCode} in (pl.unit_code, pl.p1, pl.p2, pl.p3)`;
  const { rows } = await sql<{ date: CalendarDate; value: number }>`
    select a.occurred_on as date, sum(a.amounts[array_position(a.counters, ${counter}::smallint)])::bigint as value
    from activity a join placement pl on pl.edition_code = a.edition_code and pl.unit_code = a.unit_code
    where a.edition_code = ${editionCode} and a.deleted_at is null and ${counter}::smallint = any(a.counters) and ${scope}
    group by 1 order by 1`.execute(tx);
  return rows;
}
