// The ledger, the recycle bin and the enterprises served as tables. Rows are read in batches: a ledger may be of any length.
import { sql } from 'kysely';
import { readInBatches, type Tx } from '../../kernel/database.ts';
import { authorise } from '../access/queries.ts';
import type { EntryContent } from '../activities/model.ts';
import { type LedgerFilter, type LedgerKey, matchingActivities } from '../activities/queries.ts';
import type { EditionDefinition, EntryKind, KindField } from '../editions/model.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { isOutsideWindow } from '../editions/rules.ts';
import type { UncodedReason } from '../enterprises/model.ts';
import { dateColumn, type ExportCell, type ExportColumn, type ExportRequest, type ExportRow, type ExportTable, numberColumn, type OpenedExport, said, textColumn } from './tables.ts';
import type { ExportWords } from './words.ts';

const rowsAtOnce = 2_000;

interface LedgerRow {
  readonly id: string;
  /** As it was checked when it was recorded; not parsed again, which would take as long as all the rest. */
  readonly content: EntryContent;
  readonly demonstration: boolean;
  readonly createdByName: string;
  readonly recordedAt: string;
  readonly deletedAt: string | null;
  readonly late: boolean;
}

const asText = (column: 'created_at' | 'deleted_at') => sql<string>`to_char(${sql.ref(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')`;

export async function openLedger(request: ExportRequest, filter: LedgerFilter): Promise<OpenedExport> {
  const { context, words } = request;
  const unit = await authorise(context, 'read_ledger', request.edition, request.unitCode);
  const { definition } = await getEditionByCode(context.tx, request.edition);
  const key = { provinceCode: unit.provinceCode, editionCode: request.edition, unitCode: request.unitCode };
  const kind = definition.kinds.find(({ code }) => code === filter.kind);
  const filtered = [
    [words.filters.kind, kind === undefined ? filter.kind : said(words, kind.name)], [words.filters.from, filter.from], [words.filters.to, filter.to], [words.filters.query, filter.query],
  ] as const;
  return {
    rows: (await countOf(context.tx, key, filter)).total,
    filter: filtered.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const])),
    basis: null,
    open: (tx) => ledgerTable(tx, key, filter, definition, words),
  };
}

async function countOf(tx: Tx, key: LedgerKey, filter: LedgerFilter): Promise<{ total: number; kinds: string[] }> {
  return matchingActivities(tx, key, filter)
    .select((of) => [of.fn.countAll<number>().as('total'), sql<string[]>`coalesce(array_agg(distinct kind), '{}')`.as('kinds')])
    .executeTakeFirstOrThrow();
}

async function ledgerTable(tx: Tx, key: LedgerKey, filter: LedgerFilter, definition: EditionDefinition, words: ExportWords): Promise<ExportTable> {
  const { total, kinds } = await countOf(tx, key, filter);
  const names = new Map((await tx.selectFrom('placement').innerJoin('unit', 'unit.code', 'placement.unitCode').select(['unit.code', 'unit.shortName']).where('editionCode', '=', key.editionCode).execute()).map(({ code, shortName }) => [code, shortName]));
  const layout = fieldLayout(definition.kinds.filter(({ code }) => kinds.includes(code)), words);
  const statement = matchingActivities(tx, key, filter)
    .select(['id', 'content', 'demonstration', 'createdByName', asText('created_at').as('recordedAt'), asText('deleted_at').as('deletedAt'), sql<boolean>`created_at >= ${definition.deadline}::timestamptz`.as('late')])
    .orderBy(filter.deleted ? 'deletedAt' : 'occurredOn', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id');
  async function* batches(): AsyncGenerator<readonly ExportRow[]> {
    let number = 0;
    for await (const rows of readInBatches(tx, sql<LedgerRow>`${statement}`, rowsAtOnce)) {
      yield rows.map((row) => {
        number += 1;
        return ledgerRow(number, row, { filter, definition, words, layout, names });
      });
    }
  }
  return { columns: ledgerColumns(filter, words, layout), rows: total, batches };
}

interface FieldLayout {
  readonly columns: readonly ExportColumn[];
  /** The column of each field, by kind and code. Fields of two kinds with the same words share one. */
  readonly places: ReadonlyMap<string, readonly { readonly field: KindField; readonly at: number }[]>;
}

function fieldLayout(kinds: readonly EntryKind[], words: ExportWords): FieldLayout {
  const columns: ExportColumn[] = [];
  const headOf = (field: KindField): string => (field.unitWord === undefined ? said(words, field.name) : words.withUnit(said(words, field.name), field.unitWord));
  const placed = (field: KindField): { field: KindField; at: number } => {
    const head = headOf(field);
    const known = columns.findIndex((column) => column.head === head);
    if (known >= 0) return { field, at: known };
    columns.push(field.type === 'integer' ? numberColumn(head, 12) : textColumn(head, 16));
    return { field, at: columns.length - 1 };
  };
  const places = new Map(kinds.map(({ code, fields }) => [code, fields.map(placed)]));
  return { columns, places };
}

function ledgerColumns(filter: LedgerFilter, { ledger }: ExportWords, layout: FieldLayout): ExportColumn[] {
  return [
    numberColumn(ledger.number, 7), dateColumn(ledger.date), textColumn(ledger.kind, 14), textColumn(ledger.title, 36), textColumn(ledger.place, 20), ...layout.columns,
    numberColumn(ledger.enterpriseCount, 8), textColumn(ledger.enterprises, 40), textColumn(ledger.coHosts, 16), textColumn(ledger.windowReason, 16), textColumn(ledger.note, 20), numberColumn(ledger.evidence, 11),
    textColumn(ledger.by, 10), textColumn(ledger.recordedAt, 19), ...(filter.deleted ? [textColumn(ledger.deletedAt, 19)] : []), textColumn(ledger.marks, 12), textColumn(ledger.id, 40),
  ];
}

interface LedgerReading {
  readonly filter: LedgerFilter;
  readonly definition: EditionDefinition;
  readonly words: ExportWords;
  readonly layout: FieldLayout;
  readonly names: ReadonlyMap<string, string>;
}

function ledgerRow(number: number, row: LedgerRow, { filter, definition, words, layout, names }: LedgerReading): ExportRow {
  const { content } = row;
  const kind = definition.kinds.find(({ code }) => code === content.kind);
  const fields = layout.columns.map((): ExportCell => null);
  for (const { field, at } of layout.places.get(content.kind) ?? []) fields[at] = fieldValue(field, content.values[field.code] ?? null, words);
  const enterprises = content.enterprises.map(({ name, uscc, reason }) => words.enterprise(name, uscc ?? words.reasons[reason]));
  const marks = [row.late ? words.marks.late : '', isOutsideWindow(definition.window, content.occurredOn) ? words.marks.outside : '', row.demonstration ? words.marks.demonstration : ''];
  return [
    number, content.occurredOn, kind === undefined ? content.kind : said(words, kind.name), content.title, content.place, ...fields, enterprises.length, enterprises.join(words.separator),
    content.coHosts.map((code) => names.get(code) ?? code).join(words.separator), content.windowReason, content.note, content.evidence.length, row.createdByName, row.recordedAt,
    ...(filter.deleted ? [row.deletedAt] : []), marks.filter((mark) => mark !== '').join(words.separator), row.id,
  ];
}

function fieldValue(field: KindField, value: string | number | null, words: ExportWords): ExportCell {
  const option = field.options?.find(({ code }) => code === value);
  return option === undefined ? value : said(words, option.name);
}

interface EnterpriseRow {
  readonly uscc: string | null;
  readonly name: string;
  readonly reason: UncodedReason | null;
  readonly times: number;
  readonly kinds: readonly string[];
  readonly first: string;
  readonly last: string;
}

/** Enterprises with a code once each; those without one by the name and reason they were written down with. */
export async function openEnterprises(request: ExportRequest): Promise<OpenedExport> {
  const { context, words } = request;
  const unit = await authorise(context, 'read_ledger', request.edition, request.unitCode);
  const { definition } = await getEditionByCode(context.tx, request.edition);
  const { enterprises: heads } = words;
  const columns = [textColumn(heads.uscc, 22), textColumn(heads.name, 36), textColumn(heads.reason, 14), numberColumn(heads.times), textColumn(heads.kinds, 30), dateColumn(heads.first), dateColumn(heads.last)];
  const statement = sql<EnterpriseRow>`
    select one->>'uscc' as uscc, coalesce(max(e.name), max(one->>'name')) as name, one->>'reason' as reason,
      count(*) as times, array_agg(distinct a.kind) as kinds, min(a.occurred_on)::text as first, max(a.occurred_on)::text as last
    from activity a cross join jsonb_array_elements(a.content->'enterprises') as one left join enterprise e on e.uscc = one->>'uscc'
    where a.province_code = ${unit.provinceCode} and a.edition_code = ${request.edition} and a.unit_code = ${request.unitCode} and a.deleted_at is null
    group by one->>'uscc', case when one->>'uscc' is null then one->>'name' end, one->>'reason'
    order by 4 desc, 1, 2`;
  const counted = async (tx: Tx): Promise<number> => (await sql<{ total: number }>`select count(*) as total from (${statement}) as served`.execute(tx)).rows[0]?.total ?? 0;
  const kindNames = new Map(definition.kinds.map(({ code, name }) => [code, said(words, name)]));
  const rowOf = (row: EnterpriseRow): ExportRow => [
    row.uscc, row.name, row.reason === null ? null : words.reasons[row.reason], row.times, row.kinds.map((kind) => kindNames.get(kind) ?? kind).join(words.separator), row.first, row.last,
  ];
  return {
    rows: await counted(context.tx), filter: [], basis: null,
    open: async (tx) => ({
      columns, rows: await counted(tx),
      async *batches() {
        for await (const rows of readInBatches(tx, statement, rowsAtOnce)) yield rows.map(rowOf);
      },
    }),
  };
}
