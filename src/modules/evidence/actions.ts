// Taking files in and handing them out. Bytes are written before the transaction: a record never points to nothing,
// and bytes without a record harm nobody.
import { randomUUID } from 'node:crypto';
import { checkUpload } from '../../kernel/checked-upload.ts';
import { type Actor, type Context, found, implement, implementInStages, type Implementation, raise } from '../../kernel/context.ts';
import { enforce } from '../../shared/decision.ts';
import { problem } from '../../shared/problem.ts';
import { recordId } from '../../shared/province.ts';
import { authorise } from '../access/queries.ts';
import { may } from '../access/rules.ts';
import { findActivityLedger } from '../activities/queries.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { findSubmittedCut } from '../figures/standing.ts';
import { findPlacement } from '../units/queries.ts';
import * as contract from './contract.ts';
import { takeFile } from './intake.ts';
import { findEvidence, findEvidenceAt, listEvidenceOf, type LocatedEvidence, saveEvidence, sumUnitBytes, wasEvidenceAt } from './queries.ts';
import { isScarce, isShown, isShownInline, maximumUnitBytes } from './rules.ts';

type Reader = Pick<Context, 'tx' | 'actor'>;

const uploadEvidence = implementInStages(
  contract.uploadEvidence,
  async (context, { edition, unitCode, name }) => {
    const actor = signedIn(context.actor);
    // Before the slow work, so that nobody can make this machine draw pictures who may not even keep them.
    await context.read((tx) => authorise({ tx, actor }, 'write_ledger', edition, unitCode));
    const checked = await checkUpload(context, unitCode, 'evidence');
    const { thumbnail, ...file } = enforce(await takeFile(context.bytes, name));
    await context.blobs.put(file.sha256, file.bytes);
    if (thumbnail !== null) await context.blobs.put(thumbnailOf(file.sha256), thumbnail);
    return { ...file, checked };
  },
  async (context, { edition, unitCode }, file) => {
    const { tx, actor, now } = context;
    const unit = await authorise(context, 'write_ledger', edition, unitCode);
    if ((await getEditionByCode(tx, edition)).closedAt !== null) raise(problem('refused_by_rule', { rule: 'edition_closed' }));
    const unitBytes = (await sumUnitBytes(tx, edition, unit)) + file.bytes.length;
    if (unitBytes > maximumUnitBytes) raise(problem('storage_full', { unitCode, maximumBytes: maximumUnitBytes }));
    const id = recordId(unit.provinceCode, randomUUID());
    const kept = await saveEvidence(tx, { id, editionCode: edition, unit, file, uploadedBy: actor.accountId, uploadedAt: now });
    context.record({
      action: 'evidence.upload', unitCode, subjectKind: 'evidence', subjectId: id,
      after: { name: kept.name, mediaType: kept.mediaType, bytes: kept.bytes, sha256: kept.sha256, sm3: kept.sm3, checked: kept.checked },
    });
    return { ...kept, unitBytes, scarce: isScarce(unitBytes) };
  },
);

const listEvidence = implement(contract.listEvidence, async (context, { id }) => {
  const { tx } = context;
  const { editionCode, unitCode } = found(await findActivityLedger(tx, id), 'activity', id);
  const cut = await authoriseReading(context, editionCode, unitCode);
  return { evidence: cut === 'live' ? await listEvidenceOf(tx, id) : found(await findEvidenceAt(tx, id, cut), 'activity', id) };
});

const readEvidence = implementInStages(
  contract.readEvidence,
  async (context, { id, thumbnail }) => {
    const actor = signedIn(context.actor);
    const evidence = await context.read((tx) => getReadable({ tx, actor }, id));
    if (!isShown(evidence.checked)) raise(problem('file_refused', { reason: evidence.checked === 'infected' ? 'infected' : 'check_pending' }));
    // Pictures have a width; nothing else has a thumbnail.
    if (thumbnail && evidence.width === null) raise(problem('not_found', { kind: 'thumbnail', id }));
    const bytes = found(await context.blobs.get(thumbnail ? thumbnailOf(evidence.sha256) : evidence.sha256), 'evidence_content', id);
    const mediaType = thumbnail ? 'image/jpeg' : evidence.mediaType;
    return { mediaType, fileName: evidence.name, inline: isShownInline(mediaType), bytes };
  },
  async (_context, _input, file) => file,
);

async function getReadable(reader: Reader, id: string): Promise<LocatedEvidence> {
  const evidence = found(await findEvidence(reader.tx, id), 'evidence', id);
  const cut = await authoriseReading(reader, evidence.editionCode, evidence.unitCode);
  if (cut !== 'live' && !(await wasEvidenceAt(reader.tx, evidence, cut))) raise(problem('not_found', { kind: 'evidence', id }));
  return evidence;
}

/** `live`: the unit's own people. A ledger number: upper units, who see what stood behind the submitted return, never drafts. */
async function authoriseReading({ tx, actor }: Reader, editionCode: string, unitCode: string): Promise<'live' | number> {
  const unit = found(await findPlacement(tx, editionCode, unitCode), 'unit', unitCode);
  if (may(actor, 'read_ledger', unit)) return 'live';
  const cut = may(actor, 'read_submitted_records', unit) ? await findSubmittedCut(tx, editionCode, unit) : null;
  return cut ?? raise(problem('not_permitted', { verb: 'read_submitted_records', unitCode }));
}

function signedIn(actor: Actor | null): Actor {
  return actor ?? raise(problem('not_signed_in'));
}

function thumbnailOf(sha256: string): string {
  return `${sha256}-thumbnail`;
}

export const evidenceActions: readonly Implementation[] = [uploadEvidence, listEvidence, readEvidence];
