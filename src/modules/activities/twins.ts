// Queries for likely duplicates (domain 9, question 3): entries of the same day with the same title or place in the
// province, and entries with the same or a similar picture. Of other units only name and date ever leave here, and a title that
// the asker has written too: what else they are drafting is theirs.
import { sql } from 'kysely';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import type { CalendarDate } from '../../shared/instant.ts';
import type { Twin } from './model.ts';
import type { LedgerKey } from './queries.ts';
import { type Likeness, placeKeyOf, titleKeyOf, twinSignsOf } from './rules.ts';

export interface TwinQuestion {
  readonly ledger: LedgerKey;
  readonly occurredOn: CalendarDate;
  readonly title: string;
  readonly place: string;
  /** Evidence of the unit that the entry has or will have. */
  readonly evidence: readonly string[];
  /** The entry itself. */
  readonly except: string | null;
}

type Picture = Likeness['pictures'][number];

interface CandidateRow {
  readonly id: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly occurredOn: CalendarDate;
  readonly title: string;
  readonly place: string;
}

const mostTwins = 20;

export async function listTwins(tx: Tx, question: TwinQuestion): Promise<Twin[]> {
  return beyondReach(tx, 'twins', () => findTwins(tx, question));
}

async function findTwins(tx: Tx, question: TwinQuestion): Promise<Twin[]> {
  const pictures = await listOwnPictures(tx, question);
  const asked: Likeness = { occurredOn: question.occurredOn, titleKey: titleKeyOf(question.title), placeKey: placeKeyOf(question.place), pictures };
  const seen = pictures.length === 0 ? [] : await listPictureCandidates(tx, question, pictures);
  const picturesOf = new Map<string, Picture[]>();
  for (const { id, sha256, perceptualHash } of seen) picturesOf.set(id, [...(picturesOf.get(id) ?? []), { sha256, perceptualHash }]);
  const candidates = new Map([...(await listSameDay(tx, question, asked)), ...seen].map((row) => [row.id, row]));
  return [...candidates.values()]
    .filter(({ id }) => id !== question.except)
    .map((row) => twinOf(row, asked, picturesOf.get(row.id) ?? [], question.ledger.unitCode))
    .filter(({ signs }) => signs.length > 0)
    .sort((a, b) => Number(a.id === null) - Number(b.id === null) || b.signs.length - a.signs.length || (a.occurredOn < b.occurredOn ? 1 : -1))
    .slice(0, mostTwins);
}

function twinOf(row: CandidateRow, asked: Likeness, pictures: readonly Picture[], ownUnit: string): Twin {
  const likeness = { occurredOn: row.occurredOn, titleKey: titleKeyOf(row.title), placeKey: placeKeyOf(row.place), pictures };
  const own = row.unitCode === ownUnit;
  return {
    id: own ? row.id : null,
    unitCode: row.unitCode, unitName: row.unitName, occurredOn: row.occurredOn, title: own || likeness.titleKey === asked.titleKey ? row.title : null, signs: twinSignsOf(asked, likeness),
  };
}

async function listOwnPictures(tx: Tx, { ledger, evidence }: TwinQuestion): Promise<Picture[]> {
  if (evidence.length === 0) return [];
  return tx
    .selectFrom('evidence')
    .select(['sha256', 'perceptualHash'])
    .where('provinceCode', '=', ledger.provinceCode)
    .where('unitCode', '=', ledger.unitCode)
    .where('id', 'in', evidence)
    .execute();
}

async function listSameDay(tx: Tx, { ledger, occurredOn }: TwinQuestion, asked: Likeness): Promise<CandidateRow[]> {
  const { rows } = await sql<CandidateRow>`
    select a.id, a.unit_code, u.name as unit_name, a.occurred_on, a.title, a.place
    from activity a join unit u on u.code = a.unit_code
    where a.province_code = ${ledger.provinceCode} and a.edition_code = ${ledger.editionCode} and a.occurred_on = ${occurredOn} and a.deleted_at is null
      and (a.title_key = ${asked.titleKey} or (a.place <> '' and lower(replace(normalize(a.place, nfkc), ' ', '')) = ${asked.placeKey}))
    order by a.unit_code <> ${ledger.unitCode}, a.title_key <> ${asked.titleKey} limit 200`.execute(tx);
  return rows;
}

/** The same bytes anywhere in the province and in any year; similar ones are looked for in the unit and on the same day. */
async function listPictureCandidates(tx: Tx, { ledger, occurredOn }: TwinQuestion, pictures: readonly Picture[]): Promise<(CandidateRow & Picture)[]> {
  const { rows } = await sql<CandidateRow & Picture>`
    with near as (
      select province_code, id from activity where province_code = ${ledger.provinceCode} and edition_code = ${ledger.editionCode} and unit_code = ${ledger.unitCode}
      union
      select province_code, id from activity where province_code = ${ledger.provinceCode} and edition_code = ${ledger.editionCode} and occurred_on = ${occurredOn}
    ), looked_at as (
      select e.province_code, e.activity_id, e.sha256, e.perceptual_hash from near join evidence e on e.province_code = near.province_code and e.activity_id = near.id
      where e.perceptual_hash is not null and e.removed_at is null
      union
      select province_code, activity_id, sha256, perceptual_hash from evidence
      where province_code = ${ledger.provinceCode} and sha256 = any(${pictures.map(({ sha256 }) => sha256)}::text[]) and activity_id is not null and removed_at is null
    )
    select a.id, a.unit_code, u.name as unit_name, a.occurred_on, a.title, a.place, looked_at.sha256, looked_at.perceptual_hash
    from looked_at join activity a on a.province_code = looked_at.province_code and a.id = looked_at.activity_id join unit u on u.code = a.unit_code
    where a.deleted_at is null`.execute(tx);
  return rows;
}
