// Reads what proves a package: the public keys its signatures are verified with, and that the seals stand in the log. Of the package's
// own unit and of those directly included; further down seals follow from digests and signatures.
import { sql } from 'kysely';
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { linksOf, listInstallationKeys, listUnitKeys, publicPartOf } from '../keys/queries.ts';
import { linkedWith, logKeysText } from '../keys/rules.ts';
import { signAsInstallation } from '../keys/signing.ts';
import type { Inclusion } from '../proofs/model.ts';
import { findInclusionOf, listKeysOf, listRecordTexts, listWitnessKeys } from '../proofs/queries.ts';
import { keyTextOf, type NoteKey, openCheckpoint } from '../proofs/rules/note.ts';
import { nodeNoteTools } from '../proofs/signing.ts';
import type { PackedReceipt } from './building.ts';
import type { PackedSeal } from './rules/contents.ts';
import type { PackedKeys, PackedProof, PackedProofs } from './rules/proving.ts';

export interface Vouching {
  readonly keys: PackedKeys;
  readonly proofs: PackedProofs;
}

export interface Vouched {
  readonly receipt: PackedReceipt;
  /** The package's own first. */
  readonly seals: readonly PackedSeal[];
  /** Units whose seals are proven to stand in the log. */
  readonly proven: ReadonlySet<string>;
}

export async function readVouching(tx: Tx, secrets: Secrets, vouched: Vouched): Promise<Vouching> {
  const { proofs, checkpoints, logKeys, witnesses } = await beyondReach(tx, 'proof', () => readProofs(tx, vouched));
  const { receipt, seals } = vouched;
  const signing = [...seals.flatMap(({ unit, signed }) => (signed === null ? [] : [{ unit, key: signed.key }])), ...(receipt.submission === null ? [] : [{ unit: receipt.unit, key: receipt.submission.key }])];
  const units = await listUnitKeys(tx, signing);
  const keyTexts = logKeys.map((key) => keyTextOf(key, sha256Of)).toSorted();
  const voucher = keyTexts.length === 0 ? null : await signAsInstallation(tx, secrets, logKeysText(keyTexts));
  const issuers = new Set([...units.map(({ issuer }) => issuer), ...(voucher === null ? [] : [voucher.issuer])]);
  const all = await listInstallationKeys(tx);
  // With those they are known by: whoever trusts an older key, or a newer one, knows these too.
  const known = linkedWith(issuers, linksOf(all));
  const installation = all.filter(({ number }) => known.has(number)).map(publicPartOf);
  const links = linksOf(all).filter(({ to }) => known.has(to));
  // Where nobody can vouch for the log's keys, nothing said of the log could be believed.
  const held = voucher === null ? { checkpoints: [], proofs: [] } : { checkpoints, proofs };
  return {
    keys: { format: 'fuwuyue.keys/1', installation, ...(links.length === 0 ? {} : { links }), units, logs: voucher === null ? null : { keys: keyTexts, ...voucher }, witnesses: voucher === null ? [] : witnesses.map((key) => keyTextOf(key, sha256Of)) },
    proofs: { format: 'fuwuyue.proofs/1', ...held },
  };
}

interface ReadProofs {
  readonly proofs: readonly PackedProof[];
  readonly checkpoints: PackedProofs['checkpoints'];
  readonly logKeys: readonly NoteKey[];
  readonly witnesses: readonly NoteKey[];
}

async function readProofs(tx: Tx, { receipt, seals, proven }: Vouched): Promise<ReadProofs> {
  const acts = seals.filter(({ unit }) => proven.has(unit)).map(({ unit, edition, version }) => ({ act: 'seal' as const, unit, edition, version }));
  const { unit, edition, version, submission } = receipt;
  const wanted = submission === null ? acts : [...acts, { act: 'submit' as const, unit, edition, version }];
  const notes = new Map<string, Inclusion>();
  const proofs: PackedProof[] = [];
  for (const one of wanted) {
    const leaf = await findLeafOf(tx, one);
    const found = leaf === null ? null : await findInclusionOf(tx, provinceOfUnit(one.unit), leaf);
    const record = found === null ? undefined : (await listRecordTexts(tx, provinceOfUnit(one.unit), found.index)).find((text) => isRecordOf(text, one));
    if (found === null || record === undefined) continue;
    const { origin, index, size, leaf: text, records, path } = found;
    notes.set(`${origin} ${size}`, found);
    proofs.push({ act: one.act, unit: one.unit, origin, index, size, record, records, leaf: text, path });
  }
  const checkpoints = [...notes.values()].map(({ origin, checkpoint }) => ({ origin, note: checkpoint }));
  return { proofs, checkpoints, ...(await readNoteKeys(tx, checkpoints)) };
}

interface Act {
  readonly act: PackedProof['act'];
  readonly unit: string;
  readonly edition: string;
  readonly version: number;
}

/** The leaf of the write that sealed or submitted a version. */
async function findLeafOf(tx: Tx, { act, unit, edition, version }: Act): Promise<number | null> {
  const { rows } = await sql<{ leaf: number }>`
    select leaf from audit_event where province_code = ${provinceOfUnit(unit)} and subject_kind = 'return' and subject_id = ${`${edition}/${unit}`}
    and action = ${`return_${act}`} and (after->>'returnVersion')::integer = ${version} and leaf is not null order by id desc limit 1`.execute(tx);
  return rows[0]?.leaf ?? null;
}

/** Of all records of the write, the one that says what was done. */
function isRecordOf(text: string, { act, unit }: Act): boolean {
  const { action, unitCode } = JSON.parse(text) as { readonly action: string; readonly unitCode: string };
  return action === `return_${act}` && unitCode === unit;
}

/** The keys the checkpoints are really signed with, and the witnesses that cosigned one of them. */
async function readNoteKeys(tx: Tx, checkpoints: PackedProofs['checkpoints']): Promise<Pick<ReadProofs, 'logKeys' | 'witnesses'>> {
  const cosigners = await listWitnessKeys(tx, true);
  const logKeys: NoteKey[] = [];
  const witnesses = new Set<NoteKey>();
  for (const { origin, note } of checkpoints) {
    const known = await listKeysOf(tx, origin);
    const opened = await openCheckpoint(note, [...known, ...cosigners], nodeNoteTools);
    for (const key of opened?.keys ?? []) {
      if (key.cosigner) witnesses.add(key);
      else if (!logKeys.some((one) => keyTextOf(one, sha256Of) === keyTextOf(key, sha256Of))) logKeys.push(key);
    }
  }
  return { logKeys, witnesses: [...witnesses] };
}
