// What a draft is made of: the figures a report is bound to, and what the unit's own ledger says beside them. As at the sealed
// version where there is one, so that text and table speak of the same ledger.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { CalendarDate } from '../../shared/instant.ts';
import type { UnitEdition } from '../editions/queries.ts';
import type { Figures } from '../figures/model.ts';
import { assembleLive } from '../returns/assembly.ts';
import { findVersion, keyOf, listActs } from '../returns/queries.ts';
import { statusOf } from '../returns/rules.ts';
import type { Placement } from '../units/queries.ts';
import type { FigureTable } from './model.ts';
import type { LedgerEvent, LedgerFacts } from './rules/drafting.ts';

export interface BoundTable {
  readonly table: FigureTable;
  /** The ledger number the own figures stand on; null for the ledger as it is now. */
  readonly cut: number | null;
  /** How many acts the return has. */
  readonly acts: number;
  /** Number of the act that submitted it last. */
  readonly submittedBy: number | null;
}

/** The table a report is bound to: the last sealed version, else the live one; from above the submitted one. */
export async function readBoundTable(tx: Tx, edition: UnitEdition, unit: Placement, from: 'own' | 'submitted'): Promise<BoundTable> {
  const key = keyOf(edition.code, unit);
  const acts = await listActs(tx, key);
  const status = statusOf(acts);
  const standing = { acts: acts.length, submittedBy: acts.findLast(({ act }) => act === 'submit')?.number ?? null };
  const number = from === 'own' ? status.sealedVersion : status.submittedVersion;
  const sealed = number === null ? undefined : await findVersion(tx, key, number);
  if (sealed !== undefined && number !== null) {
    const { content, extension } = sealed;
    const own = { ...content.own, ...extension?.own };
    const table = tableOf({ own, total: { ...content.total, ...extension?.total }, children: content.children });
    return { table: { basis: 'sealed', version: number, ...table }, cut: content.ledgerNo, ...standing };
  }
  const live = await assembleLive(tx, edition, unit);
  const table = tableOf({ own: { ...live.own, ...live.extension?.own }, total: { ...live.total, ...live.extension?.total }, children: live.children });
  return { table: { basis: 'live', version: null, ...table }, cut: null, ...standing };
}

interface Frozen {
  readonly own: Figures;
  readonly total: { readonly [indicator: string]: number };
  readonly children: readonly { readonly unitCode: string; readonly name: string; readonly total: { readonly [indicator: string]: number } }[];
}

/** Returns carry 家次 of the own level only: where units below are added in, those of the jurisdiction are not known. */
function tableOf({ own, total, children }: Frozen): Pick<FigureTable, 'own' | 'jurisdiction' | 'units'> {
  return {
    own: Object.fromEntries(Object.entries(own).map(([code, { value, times }]) => [code, { value, times }])),
    jurisdiction: Object.fromEntries(Object.entries(total).map(([code, value]) => [code, { value, times: children.length === 0 ? (own[code]?.times ?? null) : null }])),
    units: children.map((child) => ({ unitCode: child.unitCode, name: child.name, total: { ...child.total } })),
  };
}

const listed = { events: 12, media: 6, cases: 6, suggestions: 5 } as const;

export async function readLedgerFacts(tx: Tx, edition: UnitEdition, unit: Placement, cut: number | null): Promise<LedgerFacts> {
  const ledger = ledgerAt(edition.code, unit, cut);
  const choiceFields = edition.definition.kinds.flatMap(({ code, fields }) => fields.filter(({ type }) => type === 'choice').map((field) => `${code}.${field.code}`));
  const { rows } = await sql<{ facts: RawFacts }>`
    with ledger as (${ledger})
    select json_build_object(
      'entries', (select count(*)::integer from ledger), 'firstOn', (select min(content->>'occurredOn') from ledger), 'lastOn', (select max(content->>'occurredOn') from ledger),
      'events', (select coalesce(json_agg(e), '[]') from (
        select content->>'kind' as kind, content->>'title' as title, content->>'occurredOn' as "occurredOn", (content->'values'->>'attendances')::integer as attendances, content->'evidence' as pictures
        from ledger where content->'values'->>'attendances' is not null order by (content->'values'->>'attendances')::integer desc, content->>'occurredOn', id limit ${listed.events}) e),
      'choices', (select coalesce(json_agg(c), '[]') from (
        select content->>'kind' as kind, chosen.key as field, chosen.value as option, count(*)::integer as count
        from ledger, jsonb_each_text(content->'values') as chosen where (content->>'kind') || '.' || chosen.key = any(${choiceFields}::text[]) and chosen.value is not null
        group by 1, 2, 3 order by 4 desc, 1, 2, 3) c),
      'sums', (select coalesce(json_agg(s), '[]') from (
        select content->>'kind' as kind, field, sum((content->'values'->>field)::bigint)::bigint as sum
        from ledger, unnest(array['returned', 'trade_secrets', 'patents']) as field where content->'values'->>field ~ '^[0-9]+$' group by 1, 2 order by 1, 2) s),
      'media', (select coalesce(json_agg(m), '[]') from (
        select content->>'title' as title, coalesce(content->'values'->>'outlet', '') as outlet from ledger
        where content->>'kind' = 'media_item' and coalesce(content->'values'->>'origin', 'original') = 'original'
        order by (content->'values'->>'level' = 'central') desc nulls last, content->>'occurredOn', id limit ${listed.media}) m),
      'cases', (select coalesce(json_agg(t), '[]') from (
        select content->>'title' as title from ledger where content->>'kind' = 'typical_case' and coalesce(content->'values'->>'publication', 'first') = 'first'
        order by content->>'occurredOn', id limit ${listed.cases}) t),
      'suggestions', (select coalesce(json_agg(g), '[]') from (
        select content->>'title' as title from ledger where content->>'kind' = 'suggestion' order by content->>'occurredOn', id limit ${listed.suggestions}) g)
    ) as facts`.execute(tx);
  const facts = rows[0]?.facts;
  if (facts === undefined) throw new Error('a ledger without an answer');
  return { ...facts, events: await withPictures(tx, unit, facts.events) };
}

interface RawFacts extends LedgerFacts {
  readonly firstOn: CalendarDate | null;
}

/** Keeps of what lies behind an event only pictures that are still there. */
async function withPictures(tx: Tx, unit: Placement, events: readonly LedgerEvent[]): Promise<LedgerEvent[]> {
  const named = events.flatMap(({ pictures }) => pictures);
  if (named.length === 0) return [...events];
  const rows = await tx.selectFrom('evidence').select('id').where('provinceCode', '=', unit.provinceCode).where('id', 'in', named).where('width', 'is not', null).where('removedAt', 'is', null).execute();
  const there = new Set(rows.map(({ id }) => id));
  return events.map((event) => ({ ...event, pictures: event.pictures.filter((id) => there.has(id)) }));
}

/** The unit's entries as they stand, or the latest version of each at a ledger number. */
function ledgerAt(editionCode: string, unit: Placement, cut: number | null) {
  const held = sql`province_code = ${unit.provinceCode} and edition_code = ${editionCode} and unit_code = ${unit.unitCode}`;
  if (cut === null) return sql`select id, content from activity where ${held} and deleted_at is null`;
  return sql`select id, content from (
      select distinct on (activity_id) activity_id as id, content, change from activity_version where ${held} and ledger_no <= ${cut} order by activity_id, version desc
    ) newest where change <> 'deleted'`;
}
