// A report as a caller may read it: the unit's own people as it stands, units above the summary as it stood when the return was
// submitted (decision 0018). Everything else is not found.
import { type Actor, found, raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { problem } from '../../shared/problem.ts';
import { may } from '../access/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { findPlacement, type Placement } from '../units/queries.ts';
import { type BoundTable, readBoundTable } from './facts.ts';
import { findReport, findSummaryBefore, type StoredReport } from './queries.ts';

export interface Reader {
  readonly tx: Tx;
  readonly actor: Actor;
}

export interface ReadableUnit {
  readonly unit: Placement;
  readonly edition: UnitEdition;
  readonly from: 'own' | 'submitted';
  readonly bound: BoundTable;
}

/** How a caller reads reports of a unit; not_permitted for those who may not read its return. */
export async function openUnit({ tx, actor }: Reader, editionCode: string, unitCode: string): Promise<ReadableUnit> {
  const unit = found(await findPlacement(tx, editionCode, unitCode), 'unit', unitCode);
  if (!may(actor, 'read_return', unit)) raise(problem('not_permitted', { verb: 'read_return', unitCode }));
  const from = may(actor, 'read_ledger', unit) ? 'own' : 'submitted';
  const edition = await getUnitEdition(tx, editionCode, unit.p1);
  return { unit, edition, from, bound: await readBoundTable(tx, edition, unit, from) };
}

/** The reports from above: the one that travelled, or none. */
export async function findSubmittedReport(tx: Tx, { edition, unit, bound }: ReadableUnit): Promise<StoredReport | undefined> {
  return bound.submittedBy === null ? undefined : findSummaryBefore(tx, edition.code, unit, bound.submittedBy);
}

export async function getReadable(reader: Reader, id: string): Promise<ReadableUnit & { readonly report: StoredReport }> {
  const report = found(await findReport(reader.tx, id), 'report', id);
  const opened = await openUnit(reader, report.editionCode, report.unitCode);
  if (opened.from === 'own') return { ...opened, report: report.removedAt === null ? report : raise(problem('not_found', { kind: 'report', id })) };
  const submitted = await findSubmittedReport(reader.tx, opened);
  return { ...opened, report: found(submitted?.id === id ? submitted : undefined, 'report', id) };
}

/** The unit of a report for its own people, who alone see what came before. */
export async function openOwn(reader: Reader, id: string): Promise<StoredReport> {
  const report = found(await findReport(reader.tx, id), 'report', id);
  const unit = found(await findPlacement(reader.tx, report.editionCode, report.unitCode), 'unit', report.unitCode);
  if (!may(reader.actor, 'read_ledger', unit)) raise(problem('not_permitted', { verb: 'read_ledger', unitCode: report.unitCode }));
  return report;
}
