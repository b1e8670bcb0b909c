// Brings the units of data/units into the database. Done again it changes only what the files changed since the last time, so
// that what people changed here (a name by import, a reporting line) stays. Units the files no longer have, or that they now
// put under another parent, are only reported: from which day on is for a person to say.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { saveAudit } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { nationUnit } from '../../shared/wire.ts';
import { type CountryFile, readCountryFile } from './files.ts';
import { soundOf } from './pinyin.ts';
import type { FiledUnit } from './rules/divisions.ts';

export interface UnitsLoaded {
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  /** Units whose end or move the files tell, left to a person. */
  readonly left: readonly string[];
}

/** The codes' history begins before every edition. */
const beginning = '2000-01-01';
const settingKey = 'units.loaded';

const said = z.record(z.string(), z.tuple([z.string(), z.string(), z.string().nullable(), z.array(z.string())]));
type Said = z.output<typeof said>;

const saidOf = ({ name, shortName, parentCode, placeCodes }: FiledUnit): Said[string] => [name, shortName, parentCode, [...placeCodes]];

export async function loadRealUnits(tx: Tx, now: Instant): Promise<UnitsLoaded> {
  return loadUnits(tx, await readCountryFile(), now);
}

export async function loadUnits(tx: Tx, file: CountryFile, now: Instant): Promise<UnitsLoaded> {
  await sql`select pg_advisory_xact_lock(hashtext('units'))`.execute(tx);
  const stored = await tx.selectFrom('setting').select('value').where('key', '=', settingKey).executeTakeFirst();
  const before = said.parse(stored?.value ?? {});
  const after: Said = Object.fromEntries(file.units.map((unit) => [unit.code, saidOf(unit)]));
  const known = new Set((await tx.selectFrom('unit').select('code').execute()).map(({ code }) => code));
  const fresh = file.units.filter(({ code }) => !known.has(code));
  const changed = file.units.filter(({ code }) => known.has(code) && before[code] !== undefined && differs(before[code], after[code]));
  const left = Object.keys(before).filter((code) => after[code] === undefined || after[code][2] !== before[code]?.[2]);
  const report = { total: file.units.length, added: fresh.length, changed: changed.length, left };
  if (stored !== undefined && fresh.length === 0 && JSON.stringify(before) === JSON.stringify(said.parse(after))) return report;
  await savePlaces(tx, file);
  await insertUnits(tx, fresh);
  for (const unit of changed) await updateUnit(tx, unit);
  const value = JSON.stringify(after);
  await tx.insertInto('setting').values({ key: settingKey, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
  const record = { action: 'units.load', unitCode: nationUnit, subjectKind: 'installation', subjectId: 'units', after: { source: file.source, ...report } };
  await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  return report;
}

/** Whether the file says something else about names or places; the parent is not for the file to change. */
function differs(before: Said[string], after: Said[string] | undefined): boolean {
  return after !== undefined && JSON.stringify([before[0], before[1], before[3]]) !== JSON.stringify([after[0], after[1], after[3]]);
}

async function savePlaces(tx: Tx, { places }: CountryFile): Promise<void> {
  const rows = places.map(({ code, name, parentCode }) => ({ code, name, parent_code: parentCode }));
  await sql`
    insert into place (code, name, parent_code, valid_from)
    select code, name, parent_code, ${beginning}::date from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(code text, name text, parent_code text)
    on conflict (code) do update set name = excluded.name, parent_code = excluded.parent_code
    where (place.name, place.parent_code) is distinct from (excluded.name, excluded.parent_code)`.execute(tx);
}

async function insertUnits(tx: Tx, units: readonly FiledUnit[]): Promise<void> {
  const rows = units.map(({ code, name, shortName, kind, parentCode, placeCodes }) => {
    const sound = soundOf(shortName);
    return { code, name, short_name: shortName, kind, province_code: provinceOfUnit(code), ...sound, place_codes: placeCodes, parent_code: parentCode };
  });
  const filed = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(code text, name text, short_name text, kind text, province_code smallint, pinyin text, initials text, place_codes text[], parent_code text)`;
  await sql`
    insert into unit (code, name, short_name, kind, province_code, pinyin, initials, place_codes, valid_from)
    select code, name, short_name, kind, province_code, pinyin, initials, place_codes, ${beginning}::date from ${filed}`.execute(tx);
  await sql`
    insert into unit_line (unit_code, parent_code, valid_from)
    select code, parent_code, ${beginning}::date from ${filed} where parent_code is not null`.execute(tx);
}

async function updateUnit(tx: Tx, { code, name, shortName, placeCodes }: FiledUnit): Promise<void> {
  await tx.updateTable('unit').set({ name, shortName, ...soundOf(shortName), placeCodes: [...placeCodes] }).where('code', '=', code).execute();
}
