// What is done with packages: looked at, made, handed out; and the answer of the document-exchange system typed back.
import { randomUUID } from 'node:crypto';
import { type Actor, type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { openGate } from '../../kernel/gate.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { getUnitEdition, type UnitEdition } from '../editions/queries.ts';
import { readSummaryMaterial } from '../reports/files.ts';
import { blanksOf } from '../reports/rules.ts';
import { lockReturn, keyOf } from '../returns/queries.ts';
import type { Placement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { writeDocuments } from './documents.ts';
import { gather, getSealed, readPackables, readStatus, type Sealed, standingOf } from './gathering.ts';
import { contentsOf, makeInStore } from './making.ts';
import { type Attachment, mostEvidence, mostEvidenceBytes, type PackageView } from './model.ts';
import { findPackage, listExchangeReceipts, listPackages, saveExchangeReceipt, savePackage } from './queries.ts';
import { decideChoice } from './rules/choosing.ts';

const read = implement(contract.getPackage, async (context, { edition, unitCode }) => {
  // Drafts and pictures of the own ledger are in it: for the unit's own people.
  const unit = await authorise(context, 'read_ledger', edition, unitCode);
  const { status } = await readStatus(context.tx, edition, unit);
  const standing = standingOf(status);
  const sealed = standing === 'sealed' ? await getSealed(context.tx, edition, unit) : null;
  return {
    sealed: sealed === null ? null : { version: sealed.seal.version, receiptCode: sealed.seal.receiptCode, sealedAt: sealed.seal.at, children: sealed.content.children.length },
    standing,
    attachments: await attachmentsOf(context, await getUnitEdition(context.tx, edition, null), unit, sealed !== null),
    packables: sealed === null ? [] : (await readPackables(context.tx, sealed)).map(({ sha256: _sha256, sm3: _sm3, indicators: _indicators, ...shown }) => shown),
    packages: await listPackages(context.tx, edition, unit),
    receipts: await listExchangeReceipts(context.tx, edition, unit),
    mayMake: may(context.actor, 'make_package', unit),
  } satisfies PackageView;
});

/** What the notice wants: recognised by its words, the rest is for the clerk to see to. */
async function attachmentsOf({ tx }: Context, edition: UnitEdition, unit: Placement, sealed: boolean): Promise<Attachment[]> {
  const report = await readSummaryMaterial(tx, edition, unit);
  return edition.definition.attachments.map((name): Attachment => {
    if (name.includes('统计表')) return { name, document: 'table', ready: sealed, blanks: 0 };
    if (!name.includes('报告')) return { name, document: 'other', ready: false, blanks: 0 };
    return { name, document: 'report', ready: report !== null, blanks: report === null ? 0 : blanksOf(report.document, report.figures).length };
  });
}

/** Each takes a processor and much of a disk for some seconds. */
const making = openGate(1, 8);

const make = implementInStages(
  contract.makePackage,
  async (context, { edition, unitCode, version, evidence }) => {
    const actor = signedIn(context.actor);
    const gathered = await context.read(async (tx) => {
      const unit = await authorise({ tx, actor }, 'make_package', edition, unitCode);
      return gather(tx, refuseOther(await getSealed(tx, edition, unit), version), context);
    });
    const chosen = enforce(decideChoice(gathered.packables, new Set(evidence), { bytes: mostEvidenceBytes, count: mostEvidence }));
    const { blobs, demonstration } = context;
    return making(async () => {
      const documents = await writeDocuments(gathered, blobs);
      return makeInStore(await contentsOf({ gathered, chosen, documents, blobs, demonstration }), blobs);
    });
  },
  async (context, { edition, unitCode, version }, made) => {
    const unit = await authorise(context, 'make_package', edition, unitCode);
    // Meanwhile it may have been returned: then nothing is recorded and the bytes go.
    const { seal } = refuseOther(await getSealed(context.tx, edition, unit), version);
    const id = recordId(unit.provinceCode, randomUUID());
    const { files, ...about } = made;
    const saved = await savePackage(context.tx, {
      ...about, files, id, unit, editionCode: edition, returnVersion: version, receiptCode: seal.receiptCode, kept: true,
      accountId: context.actor.accountId, accountName: context.actor.name, at: context.now,
    });
    context.record({ action: 'package_made', unitCode, subjectKind: 'package', subjectId: id, after: { edition, returnVersion: version, files: files.length, ...about } });
    return saved;
  },
);

function refuseOther<S extends Sealed>(sealed: S, version: number): S {
  if (sealed.seal.version !== version) raise(problem('refused_by_rule', { rule: 'other_version_sealed' }));
  return sealed;
}

const pieceBytes = 1_048_576;

const download = implement(contract.downloadPackage, async (context, { id }) => {
  const stored = found(await findPackage(context.tx, id), 'package', id);
  await authorise(context, 'make_package', stored.editionCode, stored.unitCode);
  const blob = stored.kept ? await context.blobs.open(stored.sha256) : null;
  if (blob === null) raise(problem('not_found', { kind: 'package_content', id }));
  await blob.close();
  context.record({ action: 'package_downloaded', unitCode: stored.unitCode, subjectKind: 'package', subjectId: id, after: { sha256: stored.sha256, bytes: stored.bytes } });
  return {
    mediaType: 'application/zip',
    fileName: stored.fileName,
    rows: stored.bytes,
    chunks: () => piecesOf(context, stored.sha256),
  };
});

async function* piecesOf({ blobs }: Pick<Context, 'blobs'>, name: string): AsyncGenerator<Uint8Array> {
  const blob = await blobs.open(name);
  if (blob === null) throw new Error('a package is gone while it is handed out');
  try {
    for (let at = 0; at < blob.bytes; at += pieceBytes) yield await blob.read(at, pieceBytes);
  } finally {
    await blob.close();
  }
}

const receipt = implement(contract.writeExchangeReceipt, async (context, { edition, unitCode, seen, returnVersion, receiptNumber, receivedAt, reason }) => {
  const unit = await authorise(context, 'make_package', edition, unitCode);
  await lockReturn(context.tx, keyOf(edition, unit), context.now);
  const before = await listExchangeReceipts(context.tx, edition, unit);
  const last = before.at(-1);
  if (before.length !== seen) raise(problem('stale_version', { seen, version: before.length, by: last?.accountName ?? null, at: last?.at ?? null, lastAct: null }));
  const sealedAt = await getSealedAt(context, edition, unit, returnVersion);
  if (last?.returnVersion === returnVersion && reason === null) raise(problem('refused_by_rule', { rule: 'correction_needs_reason' }));
  if (receivedAt > context.now) raise(problem('refused_by_rule', { rule: 'received_in_future' }));
  if (receivedAt < sealedAt) raise(problem('refused_by_rule', { rule: 'received_before_seal' }));
  const written = { number: before.length + 1, returnVersion, receiptNumber, receivedAt, reason, accountName: context.actor.name, at: context.now };
  await saveExchangeReceipt(context.tx, edition, unit, { ...written, accountId: context.actor.accountId });
  context.record({
    action: 'exchange_receipt_written', unitCode, subjectKind: 'exchange_receipt', subjectId: `${edition}/${unitCode}/${written.number}`,
    before: last === undefined ? null : { receiptNumber: last.receiptNumber, receivedAt: last.receivedAt }, after: { returnVersion, receiptNumber, receivedAt }, basis: reason,
  });
  return written;
});

/** Only what was sealed was ever sent. To the minute: the clerk types no seconds. */
async function getSealedAt({ tx }: Context, edition: string, unit: Placement, version: number): Promise<string> {
  const { acts } = await readStatus(tx, edition, unit);
  const sealed = acts.find(({ act, returnVersion }) => act === 'seal' && returnVersion === version);
  return sealed === undefined ? raise(problem('refused_by_rule', { rule: 'nothing_sealed_stands' })) : `${sealed.at.slice(0, 16)}:00.000+08:00`;
}

function signedIn(actor: Actor | null): Actor {
  return actor ?? raise(problem('not_signed_in'));
}

export const packageActions: readonly Implementation[] = [read, make, download, receipt];
