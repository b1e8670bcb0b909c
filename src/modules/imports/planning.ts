// What a part of a sheet would do: the same for looking and for taking. Reads only.
import { cellText, type SheetCell } from '../../documents/sheets/cells.ts';
import { found } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Instant } from '../../shared/instant.ts';
import { recordIdPattern } from '../../shared/province.ts';
import type { EntryContent } from '../activities/model.ts';
import type { LedgerKey } from '../activities/queries.ts';
import { changedFieldsOf, titleKeyOf } from '../activities/rules.ts';
import type { EditionDefinition, EntryKind } from '../editions/model.ts';
import { listByCodes } from '../enterprises/queries.ts';
import type { CheckedRow, RowVerdict } from './model.ts';
import { type ComparedEntry, findRowEntries, type LikelyTwin, listLikely, type StoredJob, type StoredPart } from './queries.ts';
import { cleanCell } from './rules.ts';
import { codesToLookUp, fieldsOf, identityOf, isNoRow, readRow, type RowFields } from './rules/rows.ts';

export function kindOf(definition: EditionDefinition, code: string | null): EntryKind {
  return found(definition.kinds.find((kind) => kind.code === code), 'kind', code ?? '');
}

export function rowsOf(json: string): string[][] {
  return (JSON.parse(json) as SheetCell[][]).map((cells) => cells.map(cellText));
}

/** Rows of a part after the headings, each with its number in the sheet, from 1. */
export function bodyRows(job: Pick<StoredJob, 'headerRow'>, part: Pick<StoredPart, 'firstRow' | 'rows'>): { readonly row: number; readonly cells: string[] }[] {
  return rowsOf(part.rows).map((cells, index) => ({ row: part.firstRow + index, cells })).filter(({ row }) => row > (job.headerRow ?? -1) + 1);
}

/** Counts rows that say the same, so that the second of two is the second again when the sheet comes again. */
export function keyMaker(definition: EditionDefinition, columns: readonly (string | null)[]): (cells: readonly string[]) => string {
  const seen = new Map<string, number>();
  return (cells) => {
    if (isNoRow(cells)) return '';
    const { numbered, text } = identityOf(fieldsOf(cells, columns), definition);
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    if (numbered && times > 1) return numberTwice;
    if (numbered && recordIdPattern.test(text.slice(1))) return text;
    const digest = sha256Of(`${text}|${times}`).slice(0, 32);
    return times > 1 ? `${digest}${repeatedMark}` : digest;
  };
}

const numberTwice = '!';
const repeatedMark = '+';

export interface PlannedRow extends CheckedRow {
  readonly key: string;
  /** The entry the row would be; the answer has it of changed rows only. */
  readonly content: EntryContent | null;
}

export interface SheetRow {
  readonly row: number;
  readonly cells: string[];
  readonly key: string;
  readonly fields: RowFields;
}

export interface LedgerQuestion {
  readonly job: StoredJob;
  readonly part: StoredPart;
  readonly ledger: LedgerKey;
  readonly definition: EditionDefinition;
  readonly now: Instant;
  /** The entries named, as they stand: held by who will change them. */
  readonly entries: (ids: readonly string[]) => Promise<ReadonlyMap<string, ComparedEntry>>;
}

export async function planLedger(tx: Tx, { job, part, ledger, definition, now, entries }: LedgerQuestion): Promise<PlannedRow[]> {
  const kind = kindOf(definition, job.kind);
  const body = new Map(bodyRows(job, part).map(({ row, cells }) => [row, cells]));
  const keys = part.rowKeys ?? [];
  const rows = [...body].map(([row, cells]): SheetRow => ({ row, cells, key: keys[row - part.firstRow] ?? '', fields: fieldsOf(cells, job.columns) })).filter(({ key }) => key !== '');
  const made = await findRowEntries(tx, ledger, kind.code, rows.map(({ key }) => key));
  const idOf = ({ key }: SheetRow): string | null => (key.startsWith('#') ? key.slice(1) : (made.get(key) ?? null));
  const known = await entries(rows.flatMap((row) => idOf(row) ?? []));
  const register = new Map((await listByCodes(tx, [...new Set(rows.flatMap(({ fields }) => codesToLookUp(fields)))])).map(({ uscc, name }) => [uscc, name]));
  const planned = rows.map((row): PlannedRow => {
    const id = idOf(row);
    const before = id === null ? undefined : known.get(id);
    const fault = row.key === numberTwice ? 'number_twice' : row.key.startsWith('#') && before === undefined ? 'unknown_number' : before !== undefined && before.content.kind !== kind.code ? 'number_of_other_kind' : null;
    if (fault !== null) return plain(row, 'wrong', { issues: [{ column: 'number', issue: { path: 'number', rule: fault } }], cells: row.cells });
    if (before !== undefined && before.deletedAt !== null) return plain(row, 'deleted', { activityId: id });
    const { content, issues, uncoded } = readRow(row.fields, { definition, kind, register, base: before?.content ?? null, now });
    if (content === null) return plain(row, 'wrong', { issues, cells: row.cells, activityId: id });
    if (before === undefined) return plain(row, 'new', { content, uncoded, repeated: row.key.endsWith(repeatedMark) });
    const same = changedFieldsOf(before.content, content).length === 0;
    return same ? plain(row, 'same', { activityId: id, uncoded }) : plain(row, 'changed', { activityId: id, uncoded, before: before.content, after: content, content });
  });
  return withTwins(planned, await listLikely(tx, ledger, planned.flatMap(newEntry)), ledger.unitCode);
}

/** A planned row with nothing said about it but the verdict. */
export function plain({ row, cells, key, fields }: SheetRow, verdict: RowVerdict, more: Partial<PlannedRow>): PlannedRow {
  const label = cleanCell(fields.get('title') ?? '') || (cells.map(cleanCell).find((text) => text !== '') ?? '');
  return { row, key, verdict, label: label.slice(0, 100), issues: [], content: null, before: null, after: null, activityId: null, uncoded: 0, twins: [], repeated: false, cells: [], ...more };
}

function newEntry({ verdict, content }: PlannedRow): { readonly occurredOn: string; readonly titleKey: string }[] {
  return verdict === 'new' && content !== null ? [{ occurredOn: content.occurredOn, titleKey: titleKeyOf(content.title) }] : [];
}

/** Entries of the same day and title; of other units only that they have one. */
function withTwins(rows: readonly PlannedRow[], likely: readonly LikelyTwin[], ownUnit: string): PlannedRow[] {
  if (likely.length === 0) return [...rows];
  const byDay = new Map<string, LikelyTwin[]>();
  for (const one of likely) byDay.set(`${one.occurredOn} ${one.titleKey}`, [...(byDay.get(`${one.occurredOn} ${one.titleKey}`) ?? []), one]);
  return rows.map((row) => {
    const [entry] = newEntry(row);
    const twins = entry === undefined ? [] : (byDay.get(`${entry.occurredOn} ${entry.titleKey}`) ?? []);
    return { ...row, twins: twins.slice(0, 3).map(({ id, unitCode, unitName, title }) => ({ id: unitCode === ownUnit ? id : null, unitName, title })) };
  });
}

/** The entry a planned row is taken as. */
export function contentOf({ row, content }: PlannedRow): EntryContent {
  return found(content, 'row', String(row));
}
