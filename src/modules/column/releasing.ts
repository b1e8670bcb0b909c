// Tables of figures for the public: frozen by one official from the ledger or from what was submitted, released by another with
// small numbers left out, so that no table, nor several together, tells them (rules/suppression.ts).
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Context, found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { dateOf, type CalendarDate } from '../../shared/instant.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfRecord, recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getEditionByCode, getUnitEdition } from '../editions/queries.ts';
import type { EditionDefinition } from '../editions/model.ts';
import { readUnitCounters } from '../figures/queries.ts';
import { allCounters, figuresOf } from '../figures/rules.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { type ReleaseBasis, releaseBasis, releaseContent, type ReleaseContent, releaseState, type ReleaseSummary } from './model.ts';
import { nodesOf, type OwnFigures, ownCode } from './rules.ts';
import { type Bound, cellKey, hiddenIn, type Released } from './rules/suppression.ts';

interface UnitBelow {
  readonly unitCode: string;
  readonly parentCode: string | null;
}

async function listUnitsWithin(tx: Tx, editionCode: string, unit: Placement): Promise<UnitBelow[]> {
  const scope = unit.depth === 0 ? sql`true` : sql`province_code = ${unit.provinceCode} and (unit_code = ${unit.unitCode} or ${unit.unitCode} in (p1, p2, p3))`;
  const { rows } = await sql<UnitBelow>`select unit_code, parent_code from placement where edition_code = ${editionCode} and ${scope} order by depth, sort`.execute(tx);
  return rows;
}

/** Each unit's own figures, in the order of the edition's indicators. */
async function readOwn(tx: Tx, definition: EditionDefinition, editionCode: string, unit: Placement, basis: ReleaseBasis): Promise<Map<string, readonly number[]>> {
  const codes = definition.indicators.map(({ code }) => code);
  if (basis === 'returns') {
    const scope = unit.depth === 0 ? sql`true` : sql`pl.province_code = ${unit.provinceCode} and (pl.unit_code = ${unit.unitCode} or ${unit.unitCode} in (pl.p1, pl.p2, pl.p3))`;
    const { rows } = await sql<{ unitCode: string; own: { readonly [code: string]: { readonly value: number } } }>`
      select r.unit_code, v.content->'own' as own from placement pl
      join stat_return r on r.province_code = pl.province_code and r.edition_code = pl.edition_code and r.unit_code = pl.unit_code
      join return_version v on v.province_code = r.province_code and v.edition_code = r.edition_code and v.unit_code = r.unit_code and v.number = coalesce(r.accepted_version, r.submitted_version)
      where pl.edition_code = ${editionCode} and ${scope}`.execute(tx);
    return new Map(rows.map(({ unitCode, own }) => [unitCode, codes.map((code) => own[code]?.value ?? 0)]));
  }
  const edition = await getUnitEdition(tx, editionCode, null);
  const rows = await readUnitCounters(tx, editionCode, unit, allCounters(edition.layout));
  return new Map(rows.map((row) => {
    const figures = figuresOf(edition.indicators, edition.layout, row);
    return [row.unitCode, codes.map((code) => figures[code]?.value ?? 0)];
  }));
}

export async function freezeContent(tx: Tx, editionCode: string, unit: Placement, basis: ReleaseBasis): Promise<ReleaseContent> {
  const { definition } = await getEditionByCode(tx, editionCode);
  const units = await listUnitsWithin(tx, editionCode, unit);
  const own = await readOwn(tx, definition, editionCode, unit, basis);
  const none = definition.indicators.map(() => 0);
  const figures: OwnFigures[] = units.map(({ unitCode, parentCode }) => ({ code: unitCode, parent: unitCode === unit.unitCode ? null : parentCode, values: own.get(unitCode) ?? none }));
  return { indicators: definition.indicators.map(({ code }) => code), nodes: nodesOf(figures, unit.unitCode) };
}

/** 其中 as the rules of suppression take it. */
export function boundsOf({ indicators }: EditionDefinition): Bound[] {
  const at = (code: string): number => indicators.findIndex((one) => one.code === code);
  return indicators.flatMap(({ code, ofWhich }) => (ofWhich === undefined ? [] : [{ less: at(code), more: at(ofWhich) }]));
}

interface StoredRelease {
  readonly provinceCode: number;
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly asOf: CalendarDate;
  readonly basis: string;
  readonly state: string;
  readonly content: ReleaseContent;
  readonly hidden: readonly string[] | null;
  readonly frozenBy: string;
  readonly demonstration: boolean;
}

/** Every table of the edition that ever was public, of whatever unit: one taken back has been read already. */
async function listEverPublic(tx: Tx, editionCode: string): Promise<Released[]> {
  const rows = await beyondReach(tx, 'released', () => tx.selectFrom('columnRelease').select(['asOf', 'content', 'hidden']).where('editionCode', '=', editionCode).where('hidden', 'is not', null).orderBy('decidedAt').execute());
  return rows.map(({ asOf, content, hidden }) => ({ asOf, nodes: releaseContent.parse(content).nodes, hidden: new Set(Array.isArray(hidden) ? hidden.filter((one) => typeof one === 'string') : []) }));
}

const freeze = implement(contract.freezeRelease, async (context, { edition, unitCode, asOf, basis }) => {
  const unit = await authorise(context, 'freeze_column', edition, unitCode);
  if (asOf > dateOf(context.now)) raise(problem('refused_by_rule', { rule: 'release_of_the_future' }));
  const content = await freezeContent(context.tx, edition, unit, basis);
  if (content.nodes.every(({ values }) => values.every((value) => value === 0))) raise(problem('refused_by_rule', { rule: 'release_empty' }));
  if (content.nodes.some(({ values }) => values.some((value) => value < 0))) raise(problem('refused_by_rule', { rule: 'release_negative' }));
  const id = recordId(unit.provinceCode, randomUUID());
  const { actor, now } = context;
  await context.tx.insertInto('columnRelease').values({
    provinceCode: unit.provinceCode, id, editionCode: edition, unitCode, asOf, basis, content: JSON.stringify(content), state: 'frozen', hidden: null, reason: null,
    frozenBy: actor.accountId, frozenByName: actor.name, frozenAt: now, decidedBy: null, decidedByName: null, decidedAt: null,
  }).execute();
  context.record({ action: 'column.freeze', unitCode, subjectKind: 'column_release', subjectId: id, after: { asOf, basis, units: content.nodes.length } });
  return { id };
});

const decide = implement(contract.decideRelease, async (context, { id, verdict, reason }) => {
  const { tx, actor, now } = context;
  const key = found(await tx.selectFrom('columnRelease').select(['editionCode', 'unitCode']).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).executeTakeFirst(), 'column_release', id);
  await authorise(context, 'publish_column', key.editionCode, key.unitCode);
  // One release at a time in an edition: each must know all that is public before it.
  await sql`select pg_advisory_xact_lock(hashtext(${`column release ${key.editionCode}`}))`.execute(tx);
  const release = found(await lockRelease(tx, id), 'column_release', id);
  refuseDecision(release, verdict, reason, actor.accountId);
  const hidden = verdict === 'release' ? await releaseNow(context, release) : release.hidden;
  if (verdict === 'withdraw') await tx.updateTable('releasedTable').set({ withdrawnAt: now, withdrawnWhy: reason, changedAt: now }).where('provinceCode', '=', release.provinceCode).where('releaseId', '=', id).execute();
  const state = ({ release: 'released', refuse: 'refused', withdraw: 'withdrawn' } as const)[verdict];
  await tx.updateTable('columnRelease')
    .set({ state, reason, hidden: hidden === null ? null : JSON.stringify(hidden), decidedBy: actor.accountId, decidedByName: actor.name, decidedAt: now })
    .where('provinceCode', '=', release.provinceCode).where('id', '=', id).execute();
  context.record({ action: `column.${verdict}_table`, unitCode: release.unitCode, subjectKind: 'column_release', subjectId: id, before: { state: release.state }, after: { state, asOf: release.asOf, hidden: hidden?.length ?? 0 }, basis: reason });
  return { done: true as const };
});

async function lockRelease(tx: Tx, id: string): Promise<StoredRelease | undefined> {
  const row = await tx.selectFrom('columnRelease').selectAll().where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : { ...row, content: releaseContent.parse(row.content), hidden: Array.isArray(row.hidden) ? row.hidden.filter((one) => typeof one === 'string') : null };
}

function refuseDecision({ state, frozenBy }: StoredRelease, verdict: 'release' | 'refuse' | 'withdraw', reason: string | null, accountId: string): void {
  if (state !== (verdict === 'withdraw' ? 'released' : 'frozen')) raise(problem('wrong_state', { act: verdict, state }));
  if (verdict !== 'release' && reason === null) raise(problem('refused_by_rule', { rule: 'reason_missing' }));
  if (verdict !== 'withdraw' && frozenBy === accountId) raise(problem('refused_by_rule', { rule: 'freezer_releases' }));
}

async function releaseNow({ tx, now }: Context, { provinceCode, id, editionCode, unitCode, asOf, basis, content }: StoredRelease): Promise<readonly string[]> {
  const { definition } = await getEditionByCode(tx, editionCode);
  const hidden = hiddenIn({ asOf, nodes: content.nodes }, await listEverPublic(tx, editionCode), content.indicators.length, boundsOf(definition));
  if (hidden === null) raise(problem('refused_by_rule', { rule: 'release_reveals' }));
  await saveReleasedTables(tx, { provinceCode, id, editionCode, unitCode, asOf, basis, content, hidden, now });
  return [...hidden];
}

export interface NewTables {
  readonly provinceCode: number;
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly asOf: CalendarDate;
  readonly basis: string;
  readonly content: ReleaseContent;
  readonly hidden: ReadonlySet<string>;
  readonly now: string;
}

/** What the public sees, a row a unit. */
export async function saveReleasedTables(tx: Tx, { provinceCode, id, editionCode, unitCode, asOf, basis, content, hidden, now }: NewTables): Promise<void> {
  const shown = ({ code, values }: ReleaseContent['nodes'][number]): (number | null)[] => values.map((value, at) => (hidden.has(cellKey(code, at)) ? null : value));
  const byCode = new Map(content.nodes.map((node) => [node.code, node]));
  const lineOf = (code: string): string[] => {
    const parent = byCode.get(code)?.parent ?? null;
    return [code, ...(parent === null ? [] : lineOf(parent))];
  };
  const rows = content.nodes.filter(({ code }) => !code.includes('.')).map((node) => {
    const own = byCode.get(ownCode(node.code));
    return { unitCode: node.code, above: lineOf(node.code), cells: { indicators: content.indicators, total: shown(node), own: own === undefined ? null : shown(own) } };
  });
  await sql`
    insert into released_table (province_code, release_id, edition_code, unit_code, of_unit, above, as_of, basis, cells, released_at, changed_at)
    select ${provinceCode}::smallint, ${id}, ${editionCode}, r->>'unitCode', ${unitCode}, array(select jsonb_array_elements_text(r->'above')), ${asOf}::date, ${basis}, r->'cells', ${now}::timestamptz, ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r`.execute(tx);
}

const list = implement(contract.listReleases, async (context, { edition, unitCode }) => {
  const unit = await authorise(context, 'read_column', edition, unitCode);
  const { rows } = await sql<Omit<ReleaseSummary, 'may' | 'mayNot'> & { frozenBy: string }>`
    select id, as_of, basis, state, jsonb_array_length(content->'nodes') as units, jsonb_array_length(content->'nodes') * jsonb_array_length(content->'indicators') as cells, jsonb_array_length(hidden) as hidden,
      frozen_by, frozen_by_name, frozen_at, decided_by_name, decided_at, reason, demonstration
    from column_release where province_code = ${unit.provinceCode} and edition_code = ${edition} and unit_code = ${unitCode} order by frozen_at desc limit 100`.execute(context.tx);
  const publishes = may(context.actor, 'publish_column', unit);
  const releases = rows.map(({ frozenBy, ...row }) => {
    const state = releaseState.parse(row.state);
    const own = frozenBy === context.actor.accountId;
    const acts = state === 'frozen' && !own ? ['release' as const, 'refuse' as const] : state === 'released' ? ['withdraw' as const] : [];
    return { ...row, state, basis: releaseBasis.parse(row.basis), may: publishes ? acts : [], mayNot: state === 'frozen' ? (publishes ? (own ? 'freezer_releases' : null) : 'role') : null };
  });
  return { releases, mayFreeze: may(context.actor, 'freeze_column', unit) };
});

export const releaseActions: readonly Implementation[] = [freeze, decide, list];
