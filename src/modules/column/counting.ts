// The ledger entry a typical case counts as (row 8): a case that this unit published first, once the public may read it. Kept by the
// machine (docs/decisions/0031): whoever publishes need not be somebody who writes the ledger. A case taken down was published all the same.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { found } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Refresher } from '../../refreshing.ts';
import { dateOf, type Instant } from '../../shared/instant.ts';
import { provinceOfRecord } from '../../shared/province.ts';
import { keepEntryOfWork } from '../activities/from-work.ts';
import type { EntryContent } from '../activities/model.ts';
import { getEditionByCode } from '../editions/queries.ts';

/** The kind under which its entries name an article as their work. */
export const columnWork = 'column';

const kind = 'typical_case';
const outside = '典型案例在服务月之外公开，按公开日期登记';

async function listLagging(tx: Tx, most: number): Promise<{ id: string; unitCode: string }[]> {
  const { rows } = await sql<{ id: string; unitCode: string }>`
    select p.id, p.unit_code from published_article p
    join article t on t.province_code = p.province_code and t.id = p.id
    join edition e on e.code = t.edition_code and e.closed_at is null
    left join activity a on a.province_code = p.province_code and a.source_kind = ${columnWork} and a.source_id = p.id and a.source_part = 'case'
    where p.kind = ${kind} and not p.demonstration and p.visible_from <= now() and a.title is distinct from p.document->>'title'
    order by p.visible_from limit ${most}`.execute(tx);
  return rows;
}

interface PublishedCase {
  readonly editionCode: string;
  readonly unitCode: string;
  readonly title: string;
  /** The source printed is the unit itself, or none: else it is somebody else's case, shown once more. */
  readonly own: boolean;
  readonly publishedAt: Instant;
}

async function findCase(tx: Tx, id: string): Promise<PublishedCase | undefined> {
  const { rows } = await sql<PublishedCase>`
    select t.edition_code, p.unit_code, p.document->>'title' as title, coalesce(p.document->>'origin', '') in ('', u.name, u.short_name) as own, p.published_at
    from published_article p join article t on t.province_code = p.province_code and t.id = p.id join unit u on u.code = p.unit_code
    where p.province_code = ${provinceOfRecord(id)} and p.id = ${id} and p.kind = ${kind}`.execute(tx);
  return rows[0];
}

async function keepCaseEntry(context: Context, id: string): Promise<void> {
  const { editionCode, unitCode, title, own, publishedAt } = found(await findCase(context.tx, id), 'article', id);
  const { definition: { kinds, window } } = await getEditionByCode(context.tx, editionCode);
  // An edition may not count cases, or not ask how they came out.
  const fields = kinds.find(({ code }) => code === kind)?.fields;
  if (fields === undefined) return;
  const occurredOn = dateOf(publishedAt);
  const said = Object.entries({ publication: own ? 'first' : 'repost', channel: 'website' }).filter(([code]) => fields.some((field) => field.code === code));
  const content: EntryContent = {
    kind, occurredOn, title, place: '', values: Object.fromEntries(said), enterprises: [], coHosts: [], evidence: [], note: null,
    windowReason: occurredOn < window.from || occurredOn > window.to ? outside : null,
  };
  await keepEntryOfWork(context, { edition: editionCode, unitCode, source: { kind: columnWork, id, part: 'case' }, content });
}

export const caseRefresher: Refresher = { kind: columnWork, list: listLagging, refresh: keepCaseEntry };
