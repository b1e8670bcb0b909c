// Reads, in one transaction, all that goes into a package of a sealed return; the bytes of evidence and the documents come later,
// when the database is let go.
import { found, raise } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { problem } from '../../shared/problem.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { isPicture } from '../evidence/rules.ts';
import type { FormSheet } from '../forms/model.ts';
import { sheetOfVersion } from '../forms/queries.ts';
import { counts } from '../figures/rules.ts';
import { readSummaryMaterial, type ReportMaterial } from '../reports/files.ts';
import type { ReturnContent } from '../returns/model.ts';
import { findVersion, keyOf, listActs, type StoredVersion } from '../returns/queries.ts';
import { type ReturnAct, type ReturnStatus, statusOf } from '../returns/rules.ts';
import { findSeal } from '../seals/queries.ts';
import type { Placement } from '../units/queries.ts';
import type { PackedReceipt } from './building.ts';
import type { Packable, PackageView } from './model.ts';
import { listEvidenceAt, listSealedContents, type StoredContent } from './queries.ts';
import type { PackedSeal } from './rules/contents.ts';
import { readVouching, type Vouching } from './vouching.ts';

/** Evidence of the sealed version, with what its index says. */
export interface PackableFile extends Packable {
  readonly sha256: string;
  readonly sm3: string;
  readonly indicators: readonly string[];
}

export interface Sealed {
  /** Without a province's own rows: they never travel above it. */
  readonly edition: UnitEdition;
  readonly unit: Placement;
  readonly version: StoredVersion;
  readonly content: ReturnContent;
  readonly seal: PackedSeal;
  readonly receipt: PackedReceipt;
}

export interface Gathered extends Sealed {
  readonly below: readonly StoredContent[];
  readonly packables: readonly PackableFile[];
  readonly sheet: FormSheet;
  /** 总结报告; null where there is none. */
  readonly report: ReportMaterial | null;
  readonly vouching: Vouching;
}

const standing: ReadonlySet<ReturnStatus['state']> = new Set(['sealed', 'submitted', 'accepted', 'correction_requested']);

/** Whether a sealed version stands, or why not. */
export function standingOf({ state, sealedVersion }: ReturnStatus): PackageView['standing'] {
  if (sealedVersion === null) return 'not_sealed';
  return standing.has(state) ? 'sealed' : 'being_changed';
}

export async function readStatus(tx: Tx, edition: string, unit: Placement): Promise<{ readonly status: ReturnStatus; readonly acts: readonly ReturnAct[] }> {
  const acts = await listActs(tx, keyOf(edition, unit));
  return { status: statusOf(acts), acts };
}

/** The sealed version that stands; refused when none does. */
export async function getSealed(tx: Tx, editionCode: string, unit: Placement): Promise<Sealed> {
  const { status, acts } = await readStatus(tx, editionCode, unit);
  const number = status.sealedVersion;
  if (number === null || standingOf(status) !== 'sealed') raise(problem('refused_by_rule', { rule: 'nothing_sealed_stands' }));
  const version = found(await findVersion(tx, keyOf(editionCode, unit), number), 'return_version', String(number));
  const { requestId: _request, ...seal } = found(await findSeal(tx, editionCode, unit.unitCode, number), 'seal', String(number));
  return { edition: await getUnitEdition(tx, editionCode, null), unit, version, content: version.content, seal, receipt: receiptOf(status, acts, seal) };
}

function receiptOf(status: ReturnStatus, acts: readonly ReturnAct[], seal: PackedSeal): PackedReceipt {
  const { edition, unit, version, receiptCode, at: sealedAt } = seal;
  const nameOf = (person: { readonly name: string } | null): string | null => person?.name ?? null;
  return {
    format: 'fuwuyue.receipt/2', edition, unit, version, receiptCode, sealedAt, ...submissionOf(acts, version),
    preparedBy: nameOf(status.preparedBy), approvedBy: nameOf(status.approvedBy), signedBy: nameOf(status.signedBy),
  };
}

function submissionOf(acts: readonly ReturnAct[], version: number): Pick<PackedReceipt, 'submittedAt' | 'submittedBy' | 'due' | 'late' | 'submission'> {
  const submitted = acts.findLast(({ act, returnVersion }) => act === 'submit' && returnVersion === version);
  if (submitted === undefined) return { submittedAt: null, submittedBy: null, due: null, late: null, submission: null };
  const { due = null, late = null, signed = null } = submitted.payload;
  return { submittedAt: submitted.at, submittedBy: submitted.accountName, due, late, submission: signed };
}

export async function gather(tx: Tx, sealed: Sealed, { secrets, demonstration }: { readonly secrets: Secrets; readonly demonstration: boolean }): Promise<Gathered> {
  const { edition, unit, version, seal, content, receipt } = sealed;
  const below = await readBelow(tx, edition.code, content);
  const seals = [seal, ...below.flatMap((one) => one.seal ?? [])];
  const proven = new Set([unit.unitCode, ...content.children.map(({ unitCode }) => unitCode)]);
  return {
    ...sealed,
    sheet: await sheetOfVersion(tx, { edition, unit, demonstration }, version),
    report: await readSummaryMaterial(tx, edition, unit),
    below,
    vouching: await readVouching(tx, secrets, { receipt, seals, proven }),
    packables: await readPackables(tx, sealed),
  };
}

/** Every included unit down to the leaves, level by level. */
async function readBelow(tx: Tx, editionCode: string, top: ReturnContent): Promise<StoredContent[]> {
  const all: StoredContent[] = [];
  for (let wanted = includedIn(top); wanted.length > 0; ) {
    const level = await listSealedContents(tx, editionCode, wanted);
    if (level.length < wanted.length) throw new Error(`an included return of edition ${editionCode} is not stored`);
    all.push(...level);
    wanted = level.flatMap(({ content }) => includedIn(content as ReturnContent));
  }
  return all;
}

function includedIn({ children }: ReturnContent): { unitCode: string; version: number }[] {
  return children.map(({ unitCode, version }) => ({ unitCode, version }));
}

/** More than anybody looks through; a unit has some hundreds. */
const mostPackables = 2000;

export async function readPackables(tx: Tx, { edition, unit, content }: Sealed): Promise<PackableFile[]> {
  const { kinds, indicators } = edition.definition;
  const names = new Map(kinds.map(({ code, name }) => [code, name.zh]));
  const stored = await listEvidenceAt(tx, edition.code, unit, content.ledgerNo, mostPackables);
  return stored.map(({ content: entry, ...file }) => {
    const counted = indicators.filter(({ counting }) => counts(counting, entry));
    return {
      ...file, picture: isPicture(file.mediaType), title: entry.title, date: entry.occurredOn, kind: names.get(entry.kind) ?? entry.kind,
      rows: [...new Set(counted.map(({ row }) => row))], indicators: counted.map(({ code }) => code),
    };
  });
}
