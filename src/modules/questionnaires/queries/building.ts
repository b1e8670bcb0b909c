// What is stored of questionnaires as they are built: the draft, and the versions that were published.
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/database.ts';
import type { Instant } from '../../../shared/instant.ts';
import { provinceOfRecord } from '../../../shared/province.ts';
import type { Placement } from '../../units/queries.ts';
import type { QuestionnaireState, QuestionnaireSummary, QuestionnaireVersion } from '../model/building.ts';
import { definition as definitionSchema, type Definition } from '../model/definition.ts';

export interface StoredQuestionnaire {
  readonly id: string;
  readonly editionCode: string;
  readonly unitCode: string;
  readonly version: number;
  readonly definition: Definition;
  readonly published: number;
  readonly changed: boolean;
  readonly closedAt: Instant | null;
  readonly removedAt: Instant | null;
  readonly demonstration: boolean;
  readonly savedByName: string;
  readonly savedAt: Instant;
}

const columns = ['id', 'editionCode', 'unitCode', 'version', 'definition', 'published', 'changed', 'closedAt', 'removedAt', 'demonstration', 'savedByName', 'savedAt'] as const;

function ofId(tx: Tx, id: string) {
  return tx.selectFrom('questionnaire').select(columns).where('provinceCode', '=', provinceOfRecord(id)).where('id', '=', id);
}

function stored<R extends { readonly definition: unknown }>(row: R): Omit<R, 'definition'> & { readonly definition: Definition } {
  return { ...row, definition: definitionSchema.parse(row.definition) };
}

export async function findQuestionnaire(tx: Tx, id: string): Promise<StoredQuestionnaire | undefined> {
  const row = await ofId(tx, id).executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

/** A questionnaire held until the transaction ends. */
export async function lockQuestionnaire(tx: Tx, id: string): Promise<StoredQuestionnaire | undefined> {
  const row = await ofId(tx, id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : stored(row);
}

export function stateOf({ published, closedAt, removedAt }: Pick<StoredQuestionnaire, 'published' | 'closedAt' | 'removedAt'>): QuestionnaireState {
  if (removedAt !== null) return 'binned';
  if (published === 0) return 'draft';
  return closedAt === null ? 'open' : 'closed';
}

/** A unit's questionnaires, the newest first, without their texts. */
export async function listStoredQuestionnaires(tx: Tx, editionCode: string, unit: Pick<Placement, 'provinceCode' | 'unitCode'>): Promise<QuestionnaireSummary[]> {
  const { rows } = await sql<Omit<QuestionnaireSummary, 'state'> & Pick<StoredQuestionnaire, 'closedAt' | 'removedAt'>>`
    select id, coalesce(definition->'title'->>'zh', '') as title, version, published, changed, closed_at, removed_at, saved_at, saved_by_name, demonstration,
      (select coalesce(sum(jsonb_array_length(s->'questions')), 0)::int from jsonb_array_elements(definition->'sections') s) as questions,
      array(select jsonb_array_elements_text(definition->'languages')) as languages
    from questionnaire where province_code = ${unit.provinceCode} and edition_code = ${editionCode} and unit_code = ${unit.unitCode}
    order by saved_at desc, id limit 200`.execute(tx);
  return rows.map(({ closedAt, removedAt, ...row }) => ({ ...row, state: stateOf({ ...row, closedAt, removedAt }) }));
}

interface Saver {
  readonly accountId: string;
  readonly name: string;
  readonly now: Instant;
}

export interface NewQuestionnaire {
  readonly id: string;
  readonly editionCode: string;
  readonly unit: Pick<Placement, 'provinceCode' | 'unitCode'>;
  readonly definition: Definition;
  readonly demonstration: boolean;
}

export async function insertQuestionnaire(tx: Tx, { id, editionCode, unit, definition, demonstration }: NewQuestionnaire, by: Saver): Promise<void> {
  await tx
    .insertInto('questionnaire')
    .values({
      provinceCode: unit.provinceCode, id, editionCode, unitCode: unit.unitCode, version: 1, definition: JSON.stringify(definition), closedAt: null, removedAt: null, demonstration,
      createdBy: by.accountId, savedByName: by.name, savedAt: by.now,
    })
    .execute();
}

export type Changes = Partial<Pick<StoredQuestionnaire, 'definition' | 'published' | 'changed' | 'closedAt' | 'removedAt'>>;

/** The next state; returns its version. */
export async function saveQuestionnaire(tx: Tx, { id, version }: Pick<StoredQuestionnaire, 'id' | 'version'>, { definition, ...changes }: Changes, by: Saver): Promise<number> {
  await tx
    .updateTable('questionnaire')
    .set({ ...changes, ...(definition === undefined ? {} : { definition: JSON.stringify(definition) }), version: version + 1, savedByName: by.name, savedAt: by.now })
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('id', '=', id)
    .execute();
  return version + 1;
}

export async function insertVersion(tx: Tx, { id, editionCode, unitCode, definition }: Pick<StoredQuestionnaire, 'id' | 'editionCode' | 'unitCode' | 'definition'>, number: number, by: Saver): Promise<void> {
  await tx
    .insertInto('questionnaireVersion')
    .values({
      provinceCode: provinceOfRecord(id), questionnaireId: id, number, editionCode, unitCode, definition: JSON.stringify(definition), publishedBy: by.accountId, publishedByName: by.name, publishedAt: by.now,
    })
    .execute();
}

export async function listVersions(tx: Tx, id: string): Promise<QuestionnaireVersion[]> {
  const { rows } = await sql<QuestionnaireVersion>`
    select number, coalesce(definition->'title'->>'zh', '') as title, published_at, published_by_name from questionnaire_version
    where province_code = ${provinceOfRecord(id)} and questionnaire_id = ${id} order by number desc limit 200`.execute(tx);
  return rows;
}

export async function findVersion(tx: Tx, id: string, number: number): Promise<(QuestionnaireVersion & { readonly definition: Definition }) | undefined> {
  const row = await tx
    .selectFrom('questionnaireVersion')
    .select(['number', 'definition', 'publishedAt', 'publishedByName'])
    .where('provinceCode', '=', provinceOfRecord(id))
    .where('questionnaireId', '=', id)
    .where('number', '=', number)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const definition = definitionSchema.parse(row.definition);
  return { ...row, definition, title: definition.title['zh'] ?? '' };
}

export async function findUnitName(tx: Tx, unitCode: string): Promise<string> {
  return (await tx.selectFrom('unit').select('name').where('code', '=', unitCode).executeTakeFirst())?.name ?? unitCode;
}
