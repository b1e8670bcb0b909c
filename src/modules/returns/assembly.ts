// Puts a return together: the live table, what a 送审 freezes, and the findings on either. Reads figures and children; writes nothing.
import type { Tx } from '../../kernel/database.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import type { Instant } from '../../shared/instant.ts';
import type { UnitEdition } from '../editions/queries.ts';
import type { Figures } from '../figures/model.ts';
import { readOwnCounters } from '../figures/queries.ts';
import { allCounters, figuresOf, valuesOf } from '../figures/rules.ts';
import { canonicalText } from '../seals/rules.ts';
import { listHoldingForms } from '../forms/holding.ts';
import type { UnitSummary } from '../units/model.ts';
import type { Placement } from '../units/queries.ts';
import type { NotedFinding } from '../validation/model.ts';
import { findingsOf, findingsOnAssembly } from '../validation/rules.ts';
import type { ReturnContent, ReturnExtension } from './model.ts';
import { type ChildReturn, listChildReturns, type StoredVersion } from './queries.ts';
import { addTotals, deltaOf, type ReturnStatus, type Totals } from './rules.ts';

/** A table as it would be frozen now. */
export interface LiveTable {
  readonly own: Figures;
  readonly children: ReturnContent['children'];
  readonly missing: ReturnContent['missing'];
  readonly total: Totals;
  readonly extension: ReturnExtension | null;
  readonly ledgerNo: number;
  readonly entries: number;
  readonly forms: ReturnContent['forms'];
}

/** Own level plus the accepted returns of the units below. With `lock` no entry can come between this and the commit. */
export async function assembleLive(tx: Tx, edition: UnitEdition, unit: Placement, lock = false): Promise<LiveTable> {
  const row = await readOwnCounters(tx, edition.code, unit, allCounters(edition.layout), lock);
  const all = figuresOf(edition.indicators, edition.layout, row);
  const national = new Set(edition.definition.indicators.map(({ code }) => code));
  const own = pick(all, (code) => national.has(code));
  const ownExtension = pick(all, (code) => !national.has(code));
  const below = await listChildReturns(tx, edition.code, unit);
  const accepted = below.filter((child) => child.acceptedVersion !== null);
  return {
    own,
    children: accepted.map(includedChildOf),
    missing: below.filter((child) => child.acceptedVersion === null).map(({ unitCode, name, state }) => ({ unitCode, name, state })),
    total: addTotals([valuesOf(own), ...accepted.map((child) => child.acceptedTotal ?? {})]),
    extension: edition.extensions.length === 0
      ? null
      : { own: ownExtension, total: addTotals([valuesOf(ownExtension), ...accepted.map((child) => child.acceptedExtension ?? {})]) },
    ledgerNo: row.ledgerNo,
    entries: row.entries,
    forms: (await listHoldingForms(tx, edition.code, unit)).map(({ figures, ...form }) => ({ ...form, figures: pick(figures, (code) => national.has(code)) })),
  };
}

function includedChildOf(child: ChildReturn): ReturnContent['children'][number] {
  return { unitCode: child.unitCode, name: child.name, version: child.acceptedVersion ?? 0, sha256: child.acceptedSha256 ?? '', late: child.late, total: { ...child.acceptedTotal } };
}

function pick<T>(figures: { readonly [code: string]: T }, wanted: (code: string) => boolean): { readonly [code: string]: T } {
  return Object.fromEntries(Object.entries(figures).filter(([code]) => wanted(code)));
}

export interface FreezeInput {
  readonly edition: UnitEdition;
  readonly unit: UnitSummary;
  readonly live: LiveTable;
  readonly status: ReturnStatus;
  /** The last frozen version, and the one this corrects, if any. */
  readonly previous: StoredVersion | null;
  readonly corrected: StoredVersion | null;
  readonly notes: readonly { readonly check: string; readonly note: string }[];
  readonly preparedBy: string;
  readonly now: Instant;
}

/** The next frozen version with its digests. */
export function freeze(input: FreezeInput): StoredVersion {
  const { edition, unit, live, status, previous, corrected } = input;
  const extensionText = live.extension === null ? null : canonicalText(live.extension);
  const content: ReturnContent = {
    schema: 'fuwuyue.return/1',
    edition: edition.code,
    editionDigest: edition.digest,
    unit: { code: unit.code, name: unit.name, kind: unit.kind },
    number: status.frozenVersion + 1,
    ledgerNo: live.ledgerNo,
    entries: live.entries,
    own: live.own,
    children: live.children,
    missing: live.missing,
    total: live.total,
    forms: live.forms,
    notes: [...input.notes],
    extensionSha256: extensionText === null ? null : sha256Of(extensionText),
    correction: corrected === null
      ? null
      : { of: corrected.content.number, reason: status.correctionReason ?? '', delta: deltaOf(corrected.content.total, live.total) },
    previousSha256: previous?.sha256 ?? null,
    preparedBy: input.preparedBy,
    frozenAt: input.now,
  };
  const text = canonicalText(content);
  return { content, extension: live.extension, sha256: sha256Of(text), sm3: sm3Of(text) };
}

/** Findings on a table: the edition's checks, then what only the assembly knows (missing children, share of adjustments). */
export function findingsOn(edition: UnitEdition, table: Pick<LiveTable, 'own' | 'missing' | 'total'>, notes: ReadonlyMap<string, string>): NotedFinding[] {
  const findings = [...findingsOf(edition.definition, table.total), ...findingsOnAssembly(table.own, table.missing.map(({ name }) => name))];
  return findings.map((finding) => ({ ...finding, note: notes.get(finding.check) ?? null }));
}
