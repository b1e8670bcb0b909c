// What is stored about editions. A loaded edition never changes, so it is kept in memory once read.
import { found } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Layout } from '../figures/model.ts';
import { layoutWith } from '../figures/rules.ts';
import { editionDefinition, type EditionDefinition, extensionIndicator, type ExtensionIndicator } from './model.ts';

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
  return rows.map((row) => ({ ...row, definition: extensionIndicator.parse(row.definition) }));
}

/** An edition as one unit counts: national indicators, then its province's own. */
export interface UnitEdition extends LoadedEdition {
  readonly extensions: readonly StoredExtension[];
  readonly indicators: readonly (EditionDefinition['indicators'][number] | ExtensionIndicator)[];
  readonly layout: Layout;
}

export async function getUnitEdition(tx: Tx, editionCode: string, provinceUnit: string | null): Promise<UnitEdition> {
  const edition = await getEditionByCode(tx, editionCode);
  const extensions = await listExtensions(tx, editionCode, provinceUnit);
  return {
    ...edition,
    extensions,
    indicators: [...edition.definition.indicators, ...extensions.map(({ definition }) => definition)],
    layout: layoutWith(edition.definition, extensions),
  };
}
