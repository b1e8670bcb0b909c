// Who may be there twice at a unit: named without a code though the register has one, or under two codes.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import { type Likeness, type Merge, merge } from './model.ts';
import { nameBigrams, nameKeyOf } from './rules.ts';
import { bySureness, likenessOf, nameStemOf } from './rules/likeness.ts';
import type { UnitKey } from './register-reading.ts';

/** So many are looked at; nobody works through more at once. */
const mostNames = 300;
const mostShown = 100;

interface NamedOften {
  readonly name: string;
  readonly entries: number;
}

/** Names without a code in the unit's live entries of the edition, the frequent first. */
async function listUncoded(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey): Promise<NamedOften[]> {
  const { rows } = await sql<NamedOften>`
    select one->>'name' as name, count(*)::int as entries
    from activity a cross join jsonb_array_elements(a.content->'enterprises') as one
    where a.province_code = ${provinceCode} and a.edition_code = ${editionCode} and a.unit_code = ${unitCode} and a.deleted_at is null and one->>'uscc' is null
    group by 1 order by 2 desc, 1 limit ${mostNames}`.execute(tx);
  return rows;
}

interface Candidate {
  readonly asked: string;
  readonly uscc: string;
  readonly name: string;
}

/** Registered enterprises whose names hold each of these; the beginning of the form of company is enough. */
async function listCandidates(tx: Tx, names: readonly string[]): Promise<Candidate[]> {
  const asked = names.map((name) => ({ name, bigrams: nameBigrams(nameStemOf(name)) })).filter(({ bigrams }) => bigrams.length > 1);
  if (asked.length === 0) return [];
  const { rows } = await sql<Candidate>`
    select t.name as asked, e.uscc, e.name
    from unnest(${asked.map(({ name }) => name)}::text[], ${asked.map(({ bigrams }) => bigrams.join(' '))}::text[]) as t(name, bigrams)
    cross join lateral (select uscc, name from enterprise where name_bigrams @> string_to_array(t.bigrams, ' ') order by char_length(name), uscc limit 5) e`.execute(tx);
  return rows;
}

interface KnownHere {
  readonly uscc: string;
  readonly name: string;
  readonly entries: number;
}

/** Enterprises with a code that the unit knows, with how many entries name them. */
async function listKnownHere(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey): Promise<KnownHere[]> {
  const { rows } = await sql<KnownHere>`
    with served as (
      select p.enterprise_id, count(*)::int as entries from activity a join participation p on p.province_code = a.province_code and p.activity_id = a.id
      where a.province_code = ${provinceCode} and a.edition_code = ${editionCode} and a.unit_code = ${unitCode} and a.deleted_at is null group by 1
    ), known as (
      select enterprise_id from served
      union select enterprise_id from enterprise_record where province_code = ${provinceCode} and unit_code = ${unitCode}
      union select enterprise_id from target_enterprise where province_code = ${provinceCode} and edition_code = ${editionCode} and unit_code = ${unitCode}
    )
    select e.uscc, e.name, coalesce(s.entries, 0) as entries from known k join enterprise e on e.id = k.enterprise_id left join served s on s.enterprise_id = e.id order by e.uscc`.execute(tx);
  return rows;
}

export async function listLikely(tx: Tx, unit: UnitKey): Promise<Likeness[]> {
  const [uncoded, known] = [await listUncoded(tx, unit), await listKnownHere(tx, unit)];
  const here = new Map(known.map((one) => [one.uscc, one.entries]));
  const often = new Map(uncoded.map(({ name, entries }) => [name, entries]));
  const ofNames = (await listCandidates(tx, uncoded.map(({ name }) => name))).flatMap(({ asked, uscc, name }): Likeness[] => {
    const sign = likenessOf(asked, name);
    return sign === null ? [] : [{ from: { uscc: null, name: asked, entries: often.get(asked) ?? 0 }, into: { uscc, name, entries: here.get(uscc) ?? 0 }, sign }];
  });
  return [...ofNames, ...pairsOf(known)].toSorted((a, b) => bySureness(a, b) || b.from.entries - a.from.entries || (a.from.name < b.from.name ? -1 : 1)).slice(0, mostShown);
}

/** Two codes with one name, or names that differ in the form of company only; the one named oftener stays. */
function pairsOf(known: readonly KnownHere[]): Likeness[] {
  const groups = new Map<string, KnownHere[]>();
  for (const one of known) groups.set(nameStemOf(one.name), [...(groups.get(nameStemOf(one.name)) ?? []), one]);
  return [...groups.values()].flatMap((group) => {
    const [into, ...others] = group.toSorted((a, b) => b.entries - a.entries || (a.uscc < b.uscc ? -1 : 1));
    return into === undefined ? [] : others.map((from): Likeness => ({ from, into, sign: nameKeyOf(from.name) === nameKeyOf(into.name) ? 'same_name' : 'same_stem' }));
  });
}

const mergesShown = 50;

/** What the unit merged in the edition, the newest first. */
export async function listMerges(tx: Tx, { provinceCode, editionCode, unitCode }: UnitKey, id: string | null = null): Promise<Merge[]> {
  const { rows } = await sql<Omit<Merge, 'from' | 'into'> & { fromUscc: string | null; fromName: string; intoUscc: string; intoName: string }>`
    select m.id, f.uscc as from_uscc, m.from_name, i.uscc as into_uscc, i.name as into_name, m.reason, jsonb_array_length(m.trace->'entries') as changed, (m.trace->>'left')::int as left,
      m.account_name, m.at, m.undone_at, m.undone_by_name, m.undone_reason
    from enterprise_merge m join enterprise i on i.id = m.into_enterprise_id left join enterprise f on f.id = m.from_enterprise_id
    where m.province_code = ${provinceCode} and m.edition_code = ${editionCode} and m.unit_code = ${unitCode} and (${id}::text is null or m.id = ${id})
    order by m.at desc, m.id limit ${mergesShown}`.execute(tx);
  return rows.map(({ fromUscc, fromName, intoUscc, intoName, ...rest }) => merge.parse({ ...rest, from: { uscc: fromUscc, name: fromName }, into: { uscc: intoUscc, name: intoName } }));
}
