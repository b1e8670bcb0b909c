// What is done with reports: drafting, saving state by state, taking away and bringing back, and files in Word and PDF.
import { randomUUID } from 'node:crypto';
import { type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { getPlacedUnit } from '../figures/standing.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { type BoundTable, readBoundTable, readLedgerFacts } from './facts.ts';
import { readMaterial, resolveMaterial } from './files.ts';
import type { ReportDocument, ReportKind, ReportSummary } from './model.ts';
import { findReport, findStoredVersion, insertReport, listPictures, listStoredReports, listStoredVersions, lockReport, type NextState, saveState, type StoredReport } from './queries.ts';
import { findSubmittedReport, getReadable, openOwn, openUnit } from './reading.ts';
import { blanksOf, changesOf, normalRuns, shownBy } from './rules.ts';
import { draftOf } from './rules/drafting.ts';
import { reportMediaTypes, writeReport } from './writing/writing.ts';

function summaryOf(report: StoredReport, { table }: BoundTable): ReportSummary {
  const { id, kind, version, savedAt, savedByName, demonstration, document } = report;
  return { id, kind, title: document.title, version, savedAt, savedByName, blanks: blanksOf(document, table).length, demonstration };
}

const list = implement(contract.listReports, async (context, input) => {
  const opened = await openUnit(context, input.edition, input.unitCode);
  const { edition, unit, from, bound } = opened;
  const submitted = from === 'own' ? undefined : await findSubmittedReport(context.tx, opened);
  const reports = from === 'own' ? await listStoredReports(context.tx, edition.code, unit) : submitted === undefined ? [] : [submitted];
  return { reports: reports.map((report) => summaryOf(report, bound)), mayWrite: edition.closedAt === null && may(context.actor, 'write_report', unit) };
});

const read = implement(contract.getReport, async (context, { id }) => {
  const { report, edition, unit, from, bound } = await getReadable(context, id);
  const named = report.document.blocks.flatMap((block) => (block.type === 'picture' ? [block.evidence] : []));
  const pictures = named.length === 0 ? [] : await listPictures(context.tx, edition.code, unit, named);
  const writes = from === 'own' && edition.closedAt === null && may(context.actor, 'write_report', unit);
  return {
    ...summaryOf(report, bound),
    edition: edition.code,
    unitCode: unit.unitCode,
    unitName: (await getPlacedUnit(context.tx, edition.code, unit.unitCode)).name,
    from,
    document: report.document,
    figures: bound.table,
    changes: from === 'own' ? changesOf(report.document, report.shown, bound.table) : [],
    pictures: pictures.map(({ sha256: _sha256, ...picture }) => picture),
    may: writes ? ['save' as const, 'remove' as const] : [],
  };
});

/** The unit and edition of a report that the caller may write. */
async function openForWriting(context: Context, editionCode: string, unitCode: string): Promise<{ readonly unit: Placement; readonly edition: UnitEdition }> {
  const unit = await authorise(context, 'write_report', editionCode, unitCode);
  const edition = await getUnitEdition(context.tx, editionCode, unit.p1);
  if (edition.closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
  return { unit, edition };
}

/** A report held for writing, as the caller has seen it. */
async function holdReport(context: Context, id: string, seen: number): Promise<{ readonly report: StoredReport; readonly unit: Placement; readonly edition: UnitEdition }> {
  const { editionCode, unitCode } = found(await findReport(context.tx, id), 'report', id);
  const opened = await openForWriting(context, editionCode, unitCode);
  const report = found(await lockReport(context.tx, id), 'report', id);
  if (report.version !== seen) raise(problem('stale_version', { seen, version: report.version, by: report.savedByName, at: report.savedAt }));
  return { report, ...opened };
}

async function draft({ tx }: Context, kind: ReportKind, edition: UnitEdition, unit: Placement): Promise<{ readonly document: ReportDocument; readonly bound: BoundTable }> {
  const bound = await readBoundTable(tx, edition, unit, 'own');
  const placed = await getPlacedUnit(tx, edition.code, unit.unitCode);
  const upperName = unit.parentCode === null ? null : (await getPlacedUnit(tx, edition.code, unit.parentCode)).name;
  const below = await tx.selectFrom('placement').select('unitCode').where('editionCode', '=', edition.code).where('parentCode', '=', unit.unitCode).limit(1).executeTakeFirst();
  const document = draftOf({
    kind, edition: edition.definition, unit: { name: placed.name, depth: unit.depth, upperName, hasUnitsBelow: below !== undefined }, figures: bound.table,
    ledger: await readLedgerFacts(tx, edition, unit, bound.cut),
  });
  return { document, bound };
}

const create = implement(contract.createReport, async (context, input) => {
  const { unit, edition } = await openForWriting(context, input.edition, input.unitCode);
  if (input.kind === 'summary') await refuseSecondSummary(context, edition.code, unit);
  const { document, bound } = await draft(context, input.kind, edition, unit);
  const id = recordId(unit.provinceCode, randomUUID());
  const state = { change: 'drafted' as const, document, shown: shownBy(document, bound.table) };
  await insertReport(context.tx, { id, kind: input.kind, editionCode: edition.code, unit, demonstration: false, acts: bound.acts }, actOf(context), state);
  context.record({ action: 'report_drafted', unitCode: unit.unitCode, subjectKind: 'report', subjectId: id, after: { kind: input.kind, version: 1, title: document.title } });
  return { id, version: 1, savedAt: context.now };
});

async function refuseSecondSummary({ tx }: Context, editionCode: string, unit: Placement): Promise<void> {
  const standing = (await listStoredReports(tx, editionCode, unit)).find(({ kind }) => kind === 'summary');
  if (standing !== undefined) raise(problem('duplicate', { kind: 'report', id: standing.id }));
}

function actOf({ actor, now }: Context): { readonly accountId: string; readonly accountName: string; readonly now: string } {
  return { accountId: actor.accountId, accountName: actor.name, now };
}

/** Saves the next state with its audit record. */
async function keep(context: Context, report: StoredReport, bound: BoundTable, state: NextState, more: { readonly [name: string]: number } = {}): Promise<{ version: number; savedAt: string }> {
  const version = await saveState(context.tx, report, actOf(context), state, bound);
  context.record({
    action: `report_${state.change}`, unitCode: report.unitCode, subjectKind: 'report', subjectId: report.id, before: { version: report.version }, after: { version, title: state.document.title, ...more },
  });
  return { version, savedAt: context.now };
}

const save = implement(contract.saveReport, async (context, input) => {
  const { report, unit, edition } = await holdReport(context, input.id, input.version);
  refuseRemoved(report);
  const bound = await readBoundTable(context.tx, edition, unit, 'own');
  const blocks = input.document.blocks.map((block) => ('runs' in block ? { ...block, runs: normalRuns(block.runs) } : block));
  const document = { ...input.document, blocks };
  await refuseForeignPictures(context, edition.code, unit, document, report.document);
  const now = shownBy(document, bound.table);
  // What was shown before stays the measure until somebody takes note: else the first letter typed would hide that a number changed.
  const shown = input.noted ? now : Object.fromEntries(Object.entries(now).map(([key, value]) => [key, report.shown[key] === undefined ? value : report.shown[key]]));
  return keep(context, report, bound, { change: 'saved', document, shown });
});

function refuseRemoved(report: StoredReport): void {
  if (report.removedAt !== null) raise(problem('wrong_state', { act: 'save', state: 'removed', by: report.savedByName, at: report.removedAt }));
}

/** Only pictures of the unit's own evidence; one that stood in the report already may have gone since. */
async function refuseForeignPictures({ tx }: Context, editionCode: string, unit: Placement, document: ReportDocument, before: ReportDocument): Promise<void> {
  const namedIn = ({ blocks }: ReportDocument): string[] => blocks.flatMap((block) => (block.type === 'picture' ? [block.evidence] : []));
  const stood = new Set(namedIn(before));
  const added = namedIn(document).filter((id) => !stood.has(id));
  if (added.length === 0) return;
  const known = new Set((await listPictures(tx, editionCode, unit, added)).map(({ id }) => id));
  const foreign = added.find((id) => !known.has(id));
  if (foreign !== undefined) raise(problem('not_found', { kind: 'evidence', id: foreign }));
}

const restore = implement(contract.restoreReport, async (context, input) => {
  const { report, unit, edition } = await holdReport(context, input.id, input.version);
  const earlier = found(await findStoredVersion(context.tx, input.id, input.toVersion), 'report_version', String(input.toVersion));
  if (report.removedAt !== null && report.kind === 'summary') await refuseSecondSummary(context, edition.code, unit);
  const bound = await readBoundTable(context.tx, edition, unit, 'own');
  const state = { change: 'restored' as const, document: earlier.document, shown: shownBy(earlier.document, bound.table) };
  return keep(context, report, bound, state, { toVersion: input.toVersion });
});

const redraft = implement(contract.redraftReport, async (context, input) => {
  const { report, unit, edition } = await holdReport(context, input.id, input.version);
  refuseRemoved(report);
  const { document, bound } = await draft(context, report.kind, edition, unit);
  return keep(context, report, bound, { change: 'drafted', document, shown: shownBy(document, bound.table) });
});

const remove = implement(contract.removeReport, async (context, input) => {
  const { report, unit, edition } = await holdReport(context, input.id, input.version);
  refuseRemoved(report);
  await keep(context, report, await readBoundTable(context.tx, edition, unit, 'own'), { change: 'removed', document: report.document, shown: report.shown });
  return { done: true as const };
});

const versions = implement(contract.listReportVersions, async (context, { id }) => {
  await openOwn(context, id);
  return { versions: await listStoredVersions(context.tx, id) };
});

const version = implement(contract.getReportVersion, async (context, { id, number }) => {
  await openOwn(context, id);
  const { document, ...shown } = found(await findStoredVersion(context.tx, id, number), 'report_version', String(number));
  return { version: shown, document };
});

const pictures = implement(contract.listReportPictures, async (context, input) => {
  const unit = await authorise(context, 'read_ledger', input.edition, input.unitCode);
  return { pictures: (await listPictures(context.tx, input.edition, unit, null)).map(({ sha256: _sha256, ...picture }) => picture) };
});

const file = implementInStages(
  contract.exportReport,
  async (context, { id, format }) => {
    const actor = context.actor ?? raise(problem('not_signed_in'));
    const { material, unitCode } = await context.read(async (tx) => {
      const { report, edition, unit, bound } = await getReadable({ tx, actor }, id);
      return { material: await readMaterial(tx, report, edition, unit, bound.table), unitCode: unit.unitCode };
    });
    // Whoever takes a report out is told of in the trail, though nothing changes.
    await context.write(async (_tx, record) => record({ action: 'report_taken', unitCode, subjectKind: 'report', subjectId: id, after: { title: material.document.title, format } }));
    const bytes = await writeReport(await resolveMaterial(material, context.blobs), format, context.now);
    const name = material.document.title === '' ? '报告' : material.document.title;
    return { mediaType: reportMediaTypes[format], fileName: `${material.demonstration ? '演示 ' : ''}${name}.${format}`, inline: false, bytes };
  },
  async (_context, _input, made) => made,
);

export const reportActions: readonly Implementation[] = [list, create, read, save, restore, redraft, remove, versions, version, pictures, file];
