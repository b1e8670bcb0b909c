// What is stored about enterprises. The register grows by the entries that name them and is never edited from here.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Enterprise } from './model.ts';
import { nameBigrams, nameKeyOf } from './rules.ts';

// Looked at before the best are picked; enough, since a pair of characters in the name is nearly always the name.
const candidates = 200;

/** Enterprises whose code starts with `prefix` (normalised), in order of code. */
export async function findByCodePrefix(tx: Tx, prefix: string, limit: number): Promise<Enterprise[]> {
  const { rows } = await sql<Enterprise>`select uscc, name from enterprise where uscc like ${`${prefix}%`} order by uscc using ~<~ limit ${limit}`.execute(tx);
  return rows;
}

/** Enterprises whose name contains `query`, those that begin with it first, then the shorter. */
export async function findByName(tx: Tx, query: string, limit: number): Promise<Enterprise[]> {
  const key = nameKeyOf(query);
  if (key === '') return [];
  const { rows } = await sql<Enterprise>`select uscc, name from enterprise where name_bigrams @> ${nameBigrams(query)}::text[] limit ${candidates}`.execute(tx);
  return rows
    .map((one) => ({ one, at: nameKeyOf(one.name).indexOf(key) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Math.min(a.at, 1) - Math.min(b.at, 1) || a.one.name.length - b.one.name.length || (a.one.uscc < b.one.uscc ? -1 : 1))
    .slice(0, limit)
    .map(({ one }) => one);
}

/** Registered names of codes; codes not registered are left out. */
export async function listByCodes(tx: Tx, codes: readonly string[]): Promise<Enterprise[]> {
  if (codes.length === 0) return [];
  return tx.selectFrom('enterprise').select(['uscc', 'name']).where('uscc', 'in', codes).orderBy('uscc').execute();
}

/** An enterprise with a code, as an entry names it. */
export interface NamedEnterprise {
  readonly uscc: string;
  readonly name: string;
}

/** Ids of registered enterprises, by code. */
export async function findIds(tx: Tx, codes: readonly string[]): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ id: number; uscc: string }>`select id, uscc from enterprise where uscc = any(${[...new Set(codes)]}::text[])`.execute(tx);
  return new Map(rows.map(({ id, uscc }) => [uscc, id]));
}

/**
 * Ids of all enterprises named, by code; those met for the first time are registered. A name once registered stays. `found` are
 * those registered before, where they have been looked up already.
 */
export async function ensureEnterprises(
  tx: Tx, named: readonly NamedEnterprise[], by: { readonly accountId: string; readonly now: Instant }, found: ReadonlyMap<string, number> | null = null,
): Promise<Map<string, number>> {
  // In order of code, so that two entries naming the same new enterprises never wait for each other in a circle.
  const names = new Map([...named].sort((a, b) => (a.uscc < b.uscc ? -1 : 1)).map((one) => [one.uscc, one.name]));
  const ids = new Map(found ?? (await findIds(tx, [...names.keys()])));
  const missing = [...names].filter(([uscc]) => !ids.has(uscc));
  if (missing.length === 0) return ids;
  // The update changes nothing: it makes the row of somebody who was faster come back too.
  const added = await sql<{ id: number; uscc: string }>`
    insert into enterprise as e (uscc, name, name_bigrams, created_at, created_by)
    select uscc, name, string_to_array(bigrams, ' '), ${by.now}::timestamptz, ${by.accountId}
    from unnest(${missing.map(([uscc]) => uscc)}::text[], ${missing.map(([, name]) => name)}::text[], ${missing.map(([, name]) => nameBigrams(name).join(' '))}::text[])
      as t(uscc, name, bigrams)
    on conflict (uscc) do update set name = e.name
    returning id, uscc`.execute(tx);
  for (const { id, uscc } of added.rows) ids.set(uscc, id);
  return ids;
}

/** Enterprises of exactly these names, width, case and punctuation aside; and, since names are looked for by pairs of characters, some of longer ones. */
export async function listByNames(tx: Tx, names: readonly string[]): Promise<Enterprise[]> {
  const asked = [...new Set(names)].map(nameBigrams).filter((bigrams) => bigrams.length > 0);
  if (asked.length === 0) return [];
  const { rows } = await sql<Enterprise>`
    select distinct e.uscc, e.name from unnest(${asked.map((bigrams) => bigrams.join(' '))}::text[]) as t(bigrams)
    cross join lateral (select uscc, name from enterprise where name_bigrams @> string_to_array(t.bigrams, ' ') order by cardinality(name_bigrams), uscc limit 5) e`.execute(tx);
  return rows;
}
