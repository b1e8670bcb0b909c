// Reads what a sheet is made of: the live table for a draft, else the frozen content with the name and seal it had then.
import { sql } from 'kysely';
import { readConfig } from '../../kernel/config.ts';
import { raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { problem } from '../../shared/problem.ts';
import type { Instant } from '../../shared/instant.ts';
import { nationUnit } from '../../shared/wire.ts';
import { getUnitEdition, type LoadedEdition } from '../editions/queries.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import { assembleLive } from '../returns/assembly.ts';
import type { ReturnBasis } from '../returns/model.ts';
import { findVersion, keyOf, listActs, type StoredVersion } from '../returns/queries.ts';
import { statusSeen, submittedVersionsOf } from '../returns/rules.ts';
import { findSeal } from '../seals/queries.ts';
import type { Placement } from '../units/queries.ts';
import type { WantedSheet } from './contract.ts';
import type { FormSheet } from './model.ts';
import { formSheetOf } from './rules.ts';

export interface SheetRequest {
  readonly edition: LoadedEdition;
  readonly unit: Placement;
  readonly wanted: WantedSheet;
  /** `submitted`: only versions that were submitted, and no draft. */
  readonly basis: ReturnBasis;
  readonly demonstration: boolean;
  readonly now: Instant;
}

/** The sheet that is meant; undefined when there is none, or none for this caller. */
export async function findSheet(tx: Tx, request: SheetRequest): Promise<FormSheet | undefined> {
  const number = await numberWanted(tx, request);
  if (number === undefined) return undefined;
  if (number === 'draft') return draftSheet(tx, request);
  const version = await findVersion(tx, keyOf(request.edition.code, request.unit), number);
  return version === undefined ? undefined : sheetOfVersion(tx, request, version);
}

async function numberWanted(tx: Tx, { edition, unit, wanted, basis }: SheetRequest): Promise<number | 'draft' | undefined> {
  if (wanted === 'draft') return basis === 'own' ? 'draft' : undefined;
  const acts = await listActs(tx, keyOf(edition.code, unit));
  if (wanted !== 'newest') return basis === 'own' || submittedVersionsOf(acts).has(wanted) ? wanted : undefined;
  const status = statusSeen(acts, basis);
  return basis === 'own' ? (status.sealedVersion ?? 'draft') : (status.submittedVersion ?? undefined);
}

/** What a 送审 now would freeze. */
async function draftSheet(tx: Tx, { edition, unit, demonstration, now }: SheetRequest): Promise<FormSheet> {
  const { total } = await assembleLive(tx, await getUnitEdition(tx, edition.code, unit.p1), unit);
  const { name } = await getPlacedUnit(tx, edition.code, unit.unitCode);
  return formSheetOf(edition.definition, { unitName: name, figures: total, receipt: null, demonstration, asOf: now });
}

/** A version as it was: figures and name from what was frozen, the date from its seal. One without a seal is a draft. */
export async function sheetOfVersion(tx: Tx, { edition, unit, demonstration }: Pick<SheetRequest, 'edition' | 'unit' | 'demonstration'>, { content }: StoredVersion): Promise<FormSheet> {
  // An edition that returns stand on is never changed (editions/loading.ts), so its definition is the one of then.
  if (content.editionDigest !== edition.digest) raise(problem('not_found', { kind: 'edition_definition', id: content.editionDigest }));
  const seal = await findSeal(tx, edition.code, unit.unitCode, content.number);
  const receipt = seal === null ? null : { code: seal.receiptCode, version: content.number, sealedAt: seal.at, address: verifyAddress(seal.receiptCode) };
  return formSheetOf(edition.definition, { unitName: content.unit.name, figures: content.total, receipt, demonstration, asOf: seal?.at ?? content.frozenAt });
}

/** Where a receipt is checked; anyone may open it. */
export function verifyAddress(receiptCode: string): string {
  const { publicUrl, host, port } = readConfig(process.env);
  const base = publicUrl ?? `http://${host}:${port}`;
  return `${base.replace(/\/+$/, '')}/verify/${receiptCode}`;
}

export interface SheetBelow extends Placement {
  readonly name: string;
  readonly version: number | null;
}

/** Units below, in tree order, with the version each submitted last. */
export async function listBelow(tx: Tx, editionCode: string, unit: Placement, depth: 'children' | 'all'): Promise<SheetBelow[]> {
  const below = depth === 'children'
    ? sql`pl.parent_code = ${unit.unitCode}`
    : unit.unitCode === nationUnit ? sql`pl.depth > 0` : sql`${unit.unitCode} in (pl.p1, pl.p2, pl.p3) and pl.unit_code <> ${unit.unitCode}`;
  const { rows } = await sql<SheetBelow>`
    select pl.unit_code, pl.parent_code, pl.depth, pl.p1, pl.p2, pl.p3, pl.province_code, u.name, r.submitted_version as version
    from placement pl join unit u on u.code = pl.unit_code
    left join stat_return r on r.province_code = pl.province_code and r.edition_code = pl.edition_code and r.unit_code = pl.unit_code
    where pl.edition_code = ${editionCode} and ${below} order by pl.sort`.execute(tx);
  return rows;
}
