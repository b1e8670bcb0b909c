// A report with all a file needs, read in one transaction; the pictures come from the store when the database is let go.
import sharp from 'sharp';
import type { BlobStore } from '../../kernel/blobs.ts';
import { openGate } from '../../kernel/gate.ts';
import type { Tx } from '../../kernel/database.ts';
import type { UnitEdition } from '../editions/queries.ts';
import type { Placement } from '../units/queries.ts';
import { readBoundTable } from './facts.ts';
import type { FigureTable, ReportDocument, ReportKind } from './model.ts';
import { findSummaryReport, isMadeUp, listPictures, type StoredPicture } from './queries.ts';
import { type ResolvedPicture, type ResolvedReport, resolveReport } from './rules/resolved.ts';

/** What is read of a report before its file is made. */
export interface ReportMaterial {
  readonly kind: ReportKind;
  readonly document: ReportDocument;
  readonly figures: FigureTable;
  readonly edition: UnitEdition;
  readonly pictures: readonly StoredPicture[];
  readonly demonstration: boolean;
}

export async function readMaterial(
  tx: Tx, report: { readonly kind: ReportKind; readonly document: ReportDocument; readonly demonstration: boolean }, edition: UnitEdition, unit: Placement, figures: FigureTable,
): Promise<ReportMaterial> {
  const named = report.document.blocks.flatMap((block) => (block.type === 'picture' ? [block.evidence] : []));
  const pictures = named.length === 0 ? [] : await listPictures(tx, edition.code, unit, named);
  return { kind: report.kind, document: report.document, figures, edition, pictures, demonstration: report.demonstration || !edition.definition.official || (await isMadeUp(tx)) };
}

/** The summary report of a unit as it stands, with the figures last sealed: what a package takes along. Null when there is none. */
export async function readSummaryMaterial(tx: Tx, edition: UnitEdition, unit: Placement): Promise<ReportMaterial | null> {
  const report = await findSummaryReport(tx, edition.code, unit);
  if (report === undefined) return null;
  const { table } = await readBoundTable(tx, edition, unit, 'own');
  return readMaterial(tx, report, edition, unit, table);
}

/** 150 points an inch over the width of the page: more only makes the file heavy. */
const longestSide = 1200;
// A picture being opened takes memory: one report at a time draws its own.
const gate = openGate(1, 60);

export async function resolveMaterial({ pictures, edition, ...material }: ReportMaterial, blobs: BlobStore): Promise<ResolvedReport> {
  const images = new Map<string, ResolvedPicture['image']>();
  for (const picture of pictures) images.set(picture.id, await imageOf(picture, blobs));
  const { columns } = edition.definition.table;
  return resolveReport(material.document, { kind: material.kind, figures: material.figures, indicators: edition.indicators, columns, images, demonstration: material.demonstration });
}

async function imageOf({ sha256 }: StoredPicture, blobs: BlobStore): Promise<ResolvedPicture['image']> {
  const bytes = await blobs.get(sha256);
  return bytes === null ? null : gate(() => drawSmaller(bytes));
}

async function drawSmaller(bytes: Uint8Array): Promise<ResolvedPicture['image']> {
  try {
    const small = sharp(bytes).resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#ffffff' });
    const { data, info } = await small.jpeg({ quality: 82 }).toBuffer({ resolveWithObject: true });
    return { bytes: new Uint8Array(data), type: 'jpg', width: info.width, height: info.height };
  } catch {
    return null;
  }
}
