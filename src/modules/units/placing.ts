// Writes changes of the dated tree, and lets the open editions follow. Closed editions keep the tree they had.
import { sql } from 'kysely';
import { raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import { lockCountingRules } from '../editions/queries.ts';
import { rebuildFigures } from '../figures/queries.ts';
import { soundOf } from './pinyin.ts';
import { findUsed, listMembers, refreshPlacements } from './queries.ts';
import { listOpenEditions } from './reading.ts';
import type { ReportingLine } from './rules.ts';
import type { PlannedUnit } from './rules/sheet.ts';
import { placeMembers } from './rules/tree.ts';

/** One change of the tree at a time. Take it before reading what the change is decided on. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('units'))`.execute(tx);
}

export interface NewUnit extends PlannedUnit {
  readonly placeCodes: readonly string[];
  readonly demonstration: boolean;
}

export async function insertUnits(tx: Tx, units: readonly NewUnit[]): Promise<void> {
  if (units.length === 0) return;
  const rows = units.map(({ code, name, shortName, kind, parentCode, validFrom, placeCodes, demonstration }) => ({
    code, name, short_name: shortName, kind, province_code: provinceOfUnit(code), ...soundOf(shortName), place_codes: placeCodes, parent_code: parentCode, valid_from: validFrom, demonstration,
  }));
  const told = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as n(code text, name text, short_name text, kind text, province_code smallint, pinyin text, initials text, place_codes text[], parent_code text, valid_from date, demonstration boolean)`;
  await sql`
    insert into unit (code, name, short_name, kind, province_code, pinyin, initials, place_codes, valid_from, demonstration)
    select code, name, short_name, kind, province_code, pinyin, initials, place_codes, valid_from, demonstration from ${told}`.execute(tx);
  await sql`insert into unit_line (unit_code, parent_code, valid_from) select code, parent_code, valid_from from ${told}`.execute(tx);
}

export async function renameUnit(tx: Tx, code: string, name: string, shortName: string): Promise<void> {
  await tx.updateTable('unit').set({ name, shortName, ...soundOf(shortName) }).where('code', '=', code).execute();
}

export async function replaceLines(tx: Tx, unitCode: string, lines: readonly ReportingLine[]): Promise<void> {
  await tx.deleteFrom('unitLine').where('unitCode', '=', unitCode).execute();
  if (lines.length > 0) await tx.insertInto('unitLine').values(lines.map((line) => ({ unitCode, ...line }))).execute();
}

export async function endUnit(tx: Tx, unitCode: string, endsOn: string, successorCodes: readonly string[]): Promise<void> {
  await tx.updateTable('unit').set({ validTo: endsOn, successorCodes: [...successorCodes] }).where('code', '=', unitCode).execute();
  await tx.deleteFrom('unitLine').where('unitCode', '=', unitCode).where('validFrom', '>=', endsOn).execute();
  await sql`update unit_line set valid_to = ${endsOn}::date where unit_code = ${unitCode} and (valid_to is null or valid_to > ${endsOn}::date)`.execute(tx);
}

/**
 * After a change that holds from a day on: the tree must be sound on that day and on every later day something is planned for;
 * open editions are placed anew, and their figures rebuilt where a unit that has recorded something stands elsewhere now.
 */
export async function followTree(tx: Tx, from: string): Promise<void> {
  for (const day of await listDaysOfChange(tx, from)) enforce(placeMembers(await listMembers(tx, day), nationUnit));
  for (const { code, treeDate } of await listOpenEditions(tx)) {
    if (treeDate >= from) await followEdition(tx, code);
  }
}

/** Places one open edition anew. Take `lockTree` before. */
export async function followEdition(tx: Tx, editionCode: string): Promise<void> {
  await lockCountingRules(tx, editionCode);
  const { moved } = await refreshPlacements(tx, editionCode);
  if ((await findUsed(tx, editionCode, moved)) !== undefined) await rebuildFigures(tx, editionCode);
}

const mostDays = 60;

async function listDaysOfChange(tx: Tx, from: string): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct day from (
      select ${from}::date as day union select valid_from from unit_line union select valid_from from unit union select valid_to from unit
    ) days where day >= ${from}::date order by day limit ${mostDays + 1}`.execute(tx);
  if (rows.length > mostDays) raise(problem('refused_by_rule', { rule: 'too_many_days' }));
  return rows.map(({ day }) => day);
}
