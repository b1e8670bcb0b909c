// What is stored about editions. A loaded edition never changes, so it is kept in memory once read.
import { type Insertable, type RawBuilder, sql } from 'kysely';
import { found } from '../../kernel/context.ts';
import { askTogether, type Tx } from '../../kernel/database.ts';
import type { Schema } from '../../kernel/schema.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { Layout } from '../figures/model.ts';
import { countersNeeded, layoutWith } from '../figures/rules.ts';
import { type UnitKind, unitKind } from '../units/model.ts';
import { type Placement, placementAsked } from '../units/queries.ts';
import type { Deadlines } from './contract.ts';
import { editionDefinition, type EditionDefinition, extensionIndicator, type ExtensionIndicator } from './model.ts';
import type { KnownExtension } from './rules/extension.ts';
import { dueOf } from './rules.ts';

export interface LoadedEdition {
  readonly code: string;
  readonly definition: EditionDefinition;
  readonly digest: string;
  readonly closedAt: Instant | null;
}

export interface StoredExtension {
  readonly definition: ExtensionIndicator;
  readonly baseSlot: number;
  readonly unitCode: string;
}

const parsedDefinitions = new Map<string, EditionDefinition>();

export async function getEditionByCode(tx: Tx, code: string): Promise<LoadedEdition> {
  const row = await tx.selectFrom('edition').select(['code', 'digest', 'closedAt']).where('code', '=', code).executeTakeFirst();
  const { digest, closedAt } = found(row, 'edition', code);
  return { code, digest, closedAt, definition: await definitionOf(tx, code, digest) };
}

async function definitionOf(tx: Tx, code: string, digest: string): Promise<EditionDefinition> {
  const known = parsedDefinitions.get(digest);
  if (known !== undefined) return known;
  const { definition } = await tx.selectFrom('edition').select('definition').where('code', '=', code).executeTakeFirstOrThrow();
  const parsed = editionDefinition.parse(definition);
  parsedDefinitions.set(digest, parsed);
  return parsed;
}

/** Closes an edition, or with null opens it again. */
export async function saveClosing(tx: Tx, code: string, closedAt: Instant | null): Promise<void> {
  await tx.updateTable('edition').set({ closedAt }).where('code', '=', code).execute();
}

/** The own rows of the province a unit lies in; none for the nation. */
export async function listExtensions(tx: Tx, editionCode: string, provinceUnit: string | null): Promise<StoredExtension[]> {
  if (provinceUnit === null) return [];
  const rows = await tx
    .selectFrom('extensionRow')
    .select(['definition', 'baseSlot', 'unitCode'])
    .where('editionCode', '=', editionCode)
    .where('unitCode', '=', provinceUnit)
    .where('removedAt', 'is', null)
    .orderBy('baseSlot')
    .execute();
  return rows.map(storedExtension);
}

function storedExtension<R extends { readonly definition: unknown }>(row: R): R & { readonly definition: ExtensionIndicator } {
  return { ...row, definition: extensionIndicator.parse(row.definition) };
}

/** An edition as one unit counts: national indicators, then its province's own. */
export interface UnitEdition extends LoadedEdition {
  readonly extensions: readonly StoredExtension[];
  readonly indicators: readonly (EditionDefinition['indicators'][number] | ExtensionIndicator)[];
  readonly layout: Layout;
}

export async function getUnitEdition(tx: Tx, editionCode: string, provinceUnit: string | null): Promise<UnitEdition> {
  const { rows } = await editionAsked(editionCode, sql`${provinceUnit}`).execute(tx);
  return loadedAs(tx, editionCode, rows[0]);
}

/** Where a unit stands and the edition as it counts, in one go. With `holding` the shared lock of that name is taken before the edition is read. */
export async function findUnitInEdition(tx: Tx, editionCode: string, unitCode: string, holding: string): Promise<{ unit: Placement | undefined; edition: UnitEdition }> {
  const province = sql`(select p1 from placement where edition_code = ${editionCode} and unit_code = ${unitCode})`;
  const [units, editions] = await askTogether(tx, placementAsked(editionCode, unitCode, holding), editionAsked(editionCode, province));
  return { unit: units[0], edition: await loadedAs(tx, editionCode, editions[0]) };
}

interface StoredEdition {
  readonly digest: string;
  readonly closedAt: Instant | null;
  readonly extensions: readonly (Omit<StoredExtension, 'definition'> & { readonly definition: unknown })[];
}

function editionAsked(editionCode: string, provinceUnit: RawBuilder<unknown>): RawBuilder<StoredEdition> {
  return sql<StoredEdition>`
    select digest, closed_at, coalesce((
      select json_agg(json_build_object('definition', x.definition, 'baseSlot', x.base_slot, 'unitCode', x.unit_code) order by x.base_slot) from extension_row x
      where x.edition_code = e.code and x.unit_code = ${provinceUnit} and x.removed_at is null), '[]') as extensions
    from edition e where e.code = ${editionCode}`;
}

async function loadedAs(tx: Tx, editionCode: string, stored: StoredEdition | undefined): Promise<UnitEdition> {
  const { digest, closedAt, extensions } = found(stored, 'edition', editionCode);
  const edition = { code: editionCode, digest, closedAt, definition: await definitionOf(tx, editionCode, digest) };
  return withExtensions(edition, extensions.map(storedExtension));
}

function withExtensions(edition: LoadedEdition, extensions: readonly StoredExtension[]): UnitEdition {
  return {
    ...edition,
    extensions,
    indicators: [...edition.definition.indicators, ...extensions.map(({ definition }) => definition)],
    layout: layoutWith(edition.definition, extensions),
  };
}

/** When a unit must have submitted, and what it has set for those below it. */
export async function getDeadlines(tx: Tx, edition: LoadedEdition, unit: Placement): Promise<Deadlines> {
  const line = [nationUnit, unit.p1, unit.p2, unit.p3].filter((code) => code !== null && code !== unit.unitCode);
  const rows = await tx
    .selectFrom('internalDeadline')
    .innerJoin('unit', 'unit.code', 'internalDeadline.unitCode')
    .select(['internalDeadline.unitCode', 'unit.name', 'internalDeadline.dueAt'])
    .where('internalDeadline.editionCode', '=', edition.code)
    .where('internalDeadline.unitCode', 'in', [...line, unit.unitCode])
    .execute();
  const above = line.flatMap((code) => rows.filter(({ unitCode }) => unitCode === code));
  const { due, setBy } = dueOf(edition.definition.deadline, above);
  return {
    edition: edition.definition.deadline,
    due,
    setByUnitCode: setBy,
    setByUnitName: above.find(({ unitCode }) => unitCode === setBy)?.name ?? null,
    forBelow: rows.find(({ unitCode }) => unitCode === unit.unitCode)?.dueAt ?? null,
  };
}

export async function saveInternalDeadline(tx: Tx, deadline: Insertable<Schema['internalDeadline']>): Promise<void> {
  const { dueAt, reason, setBy, setAt } = deadline;
  await tx
    .insertInto('internalDeadline')
    .values(deadline)
    .onConflict((conflict) => conflict.columns(['editionCode', 'unitCode']).doUpdateSet({ dueAt, reason, setBy, setAt }))
    .execute();
}

export async function deleteInternalDeadline(tx: Tx, editionCode: string, unitCode: string): Promise<void> {
  await tx.deleteFrom('internalDeadline').where('editionCode', '=', editionCode).where('unitCode', '=', unitCode).execute();
}

export async function hasUnitsBelow(tx: Tx, editionCode: string, unitCode: string): Promise<boolean> {
  const child = await tx.selectFrom('placement').select('unitCode').where('editionCode', '=', editionCode).where('parentCode', '=', unitCode).limit(1).executeTakeFirst();
  return child !== undefined;
}

/**
 * The lock held (shared) by whoever counts entries, by a statement before the one that reads the edition, so that it sees the
 * change: an entry counted by rows that changed meanwhile would be missing in the new row, and no recount from what is kept
 * would find it.
 */
export function countingRulesOf(editionCode: string): string {
  return `counting rules ${editionCode}`;
}

/** Held by whoever changes the rows or rules of an edition: waits for those who are counting by the old ones. */
export async function lockCountingRules(tx: Tx, editionCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${countingRulesOf(editionCode)}))`.execute(tx);
}

/** A province's rows, those taken out included. They are held until the transaction ends: two rows must not get the same counters. */
export async function lockKnownExtensions(tx: Tx, editionCode: string, provinceUnit: string): Promise<KnownExtension[]> {
  await lockCountingRules(tx, editionCode);
  const rows = await tx.selectFrom('extensionRow').select(['definition', 'baseSlot', 'removedAt']).where('editionCode', '=', editionCode).where('unitCode', '=', provinceUnit).execute();
  return rows.map(({ definition, baseSlot, removedAt }) => ({ definition: extensionIndicator.parse(definition), baseSlot, removed: removedAt !== null }));
}

/** Adds a row, or brings one back that had been taken out. */
export async function saveExtension(tx: Tx, editionCode: string, extension: StoredExtension): Promise<void> {
  const { unitCode, baseSlot } = extension;
  const definition = JSON.stringify(extension.definition);
  await tx
    .insertInto('extensionRow')
    .values({ editionCode, unitCode, code: extension.definition.code, definition, baseSlot, removedAt: null })
    .onConflict((conflict) => conflict.columns(['editionCode', 'unitCode', 'code']).doUpdateSet({ definition, baseSlot, removedAt: null }))
    .execute();
}

/** Takes a row out. One that never counted anything is forgotten, so that its counters are free again. */
export async function removeExtension(tx: Tx, editionCode: string, unit: Placement, extension: StoredExtension, now: Instant): Promise<void> {
  const { code, counting } = extension.definition;
  const first = extension.baseSlot;
  const counters = Array.from({ length: countersNeeded(counting) }, (_, index) => first + index);
  const key = sql`edition_code = ${editionCode} and unit_code = ${unit.unitCode} and code = ${code}`;
  const held = sql`province_code = ${unit.provinceCode} and edition_code = ${editionCode}`;
  const { rows } = await sql<{ counted: boolean }>`
    select exists (select from activity_version where ${held} and (counters && ${counters}::smallint[] or distinct_counters && ${counters}::smallint[]))
      or exists (select from adjustment where ${held} and counter = any(${counters}::smallint[])) as counted`.execute(tx);
  await (rows[0]?.counted ? sql`update extension_row set removed_at = ${now}::timestamptz where ${key}` : sql`delete from extension_row where ${key}`).execute(tx);
}

export async function getUnitKind(tx: Tx, unitCode: string): Promise<UnitKind> {
  const row = await tx.selectFrom('unit').select('kind').where('code', '=', unitCode).executeTakeFirst();
  return unitKind.parse(found(row, 'unit', unitCode).kind);
}

/** All editions, newest first. */
export async function listEditions(tx: Tx): Promise<LoadedEdition[]> {
  const rows = await tx.selectFrom('edition').select(['code', 'digest', 'closedAt']).execute();
  const editions: LoadedEdition[] = [];
  for (const row of rows) editions.push({ ...row, definition: await definitionOf(tx, row.code, row.digest) });
  return editions.sort((a, b) => b.definition.window.from.localeCompare(a.definition.window.from) || b.code.localeCompare(a.code));
}

/** The edition people work in: the newest open one, or when all are closed the newest; undefined before the first is loaded. */
export async function findCurrentEditionCode(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select code from edition order by closed_at is null desc, definition->'window'->>'from' desc, code desc limit 1`.execute(tx);
  return rows[0]?.code;
}

/** What already stands on an edition: returns, and rows that know their counters by number. */
export async function readEditionUse(tx: Tx, editionCode: string): Promise<{ returns: boolean; counters: boolean }> {
  const { rows } = await sql<{ returns: boolean; counters: boolean }>`
    select exists (select from stat_return where edition_code = ${editionCode}) as returns,
      exists (select from adjustment where edition_code = ${editionCode}) or exists (select from extension_row where edition_code = ${editionCode}) as counters`.execute(tx);
  return rows[0] ?? { returns: true, counters: true };
}
