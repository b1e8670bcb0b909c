// What logs and witnesses say to each other, by C2SP tlog-witness: a checkpoint with the proof that it goes on from the last one seen,
// answered with a cosignature. Here both sides: as witness of other installations, and as a log that takes cosignatures.
import type { Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { bytesOfHex, hexOf } from '../../shared/signature.ts';
import { instantOf, type Instant } from '../../shared/instant.ts';
import { findCheckpoint, findConsistency, findInstallation, listHandovers, listKeysOf, listWitnessKeys, originOf, type StoredCheckpoint } from './queries.ts';
import { readHandover } from './rules/handover.ts';
import { consistencyHolds, emptyRoot, isHash } from './rules/merkle.ts';
import { base64Of, bytesOfBase64, type Checkpoint, cosignatureTime, keyIdOf, noteOf, openCheckpoint, readKeyText, readNote, type NoteKey, type NoteSignature, signatureLine } from './rules/note.ts';
import { type Cosigner, cosign, nodeNoteTools } from './signing.ts';
import { faultOf, type WitnessFault } from './witnessed.ts';

export interface Reply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422 | 503;
  readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
}

const plain = (status: Reply['status'], body = ''): Reply => ({ status, type: 'text/plain; charset=utf-8', body });

export interface AddCheckpoint {
  readonly old: number;
  readonly path: readonly string[];
  readonly note: string;
}

export function addCheckpointText({ old, path, note }: AddCheckpoint): string {
  return `old ${old}\n${path.map((one) => `${base64Of(bytesOfHex(one) ?? new Uint8Array())}\n`).join('')}\n${note}`;
}

const mostProofLines = 63;

export function readAddCheckpoint(body: string): AddCheckpoint | null {
  const split = body.indexOf('\n\n');
  const [first = '', ...lines] = split < 0 ? [] : body.slice(0, split).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const path = lines.map((line) => hexOf(bytesOfBase64(line) ?? new Uint8Array()));
  if (old === undefined || path.length > mostProofLines || !path.every(isHash)) return null;
  return { old: Number(old), path, note: body.slice(split + 2) };
}

/** As witness: cosigns a checkpoint of a log that was registered, once it goes on from the last one. */
export async function witnessCheckpoint(tx: Tx, body: string, cosigner: Cosigner, now: Instant, time: number): Promise<Reply> {
  const asked = readAddCheckpoint(body);
  const origin = asked === null ? '' : (asked.note.split('\n')[0] ?? '');
  if (asked === null) return plain(400);
  // Locked: of two at once the second must see the first.
  const known = await tx.selectFrom('logOrigin').selectAll().where('origin', '=', origin).forUpdate().executeTakeFirst();
  const key = known === undefined ? null : readKeyText(known.publicKey, sha256Of);
  if (known === undefined || key === null) return plain(404);
  const opened = await openCheckpoint(asked.note, [key], nodeNoteTools);
  if (opened === null || opened.keys.length === 0 || opened.checkpoint.origin !== origin) return plain(403);
  const { size, root } = opened.checkpoint;
  if (asked.old > size) return plain(400);
  if (asked.old !== known.size) return { status: 409, type: 'text/x.tlog.size', body: `${known.size}\n` };
  if (known.size === size && known.root !== root) return { status: 409, type: 'text/x.tlog.size', body: `${known.size}\n` };
  if (!consistencyHolds({ first: known.size, second: size, firstRoot: known.size === 0 ? emptyRoot(sha256Of) : known.root, secondRoot: root, path: asked.path }, sha256Of)) return plain(422);
  await tx.updateTable('logOrigin').set({ size, root, seenAt: now }).where('origin', '=', origin).execute();
  return plain(200, cosign(opened.text, time, cosigner));
}

export interface Taken {
  readonly reply: Reply;
  /** What somebody can show to have seen of the log, and the log does not hold. */
  readonly fault: (WitnessFault & { readonly root: string }) | null;
}

/** As log: keeps cosignatures of registered witnesses on a checkpoint of our own. One that the log does not lead to proves that it went back. */
export async function takeCosignatures(tx: Tx, note: string): Promise<Taken> {
  const own = await openOwn(tx, note);
  if (own === null) return { reply: plain(403), fault: null };
  const witnesses = await listWitnessKeys(tx);
  const seen = await openCheckpoint(note, witnesses, nodeNoteTools);
  const [by] = seen?.keys ?? [];
  if (seen === null || by === undefined) return { reply: plain(403), fault: null };
  const { provinceCode, checkpoint, signatures } = own;
  const fault = await contradiction(tx, provinceCode, checkpoint, by.name);
  if (fault !== null) return { reply: plain(409), fault: { ...fault, root: checkpoint.root } };
  await keepCheckpoint(tx, own, note, signatures);
  await keepCosignatures(tx, { provinceCode, ...checkpoint }, signatures, seen.keys);
  return { reply: plain(200), fault: null };
}

interface OwnNote {
  readonly provinceCode: number;
  readonly checkpoint: Checkpoint;
  readonly signatures: readonly NoteSignature[];
  readonly keys: readonly NoteKey[];
}

/** A checkpoint with both of our signatures. */
async function openOwn(tx: Tx, note: string): Promise<OwnNote | null> {
  const parsed = readNote(note);
  const origin = parsed?.text.split('\n')[0] ?? '';
  const provinceCode = Number(/\/(\d{2})$/.exec(origin)?.[1] ?? Number.NaN);
  if (parsed === null || !(await listOwnNames(tx)).some((name) => origin === originOf(name, provinceCode))) return null;
  const opened = await openCheckpoint(note, await listKeysOf(tx, origin), nodeNoteTools);
  const suites = new Set(opened?.keys.map(({ suite }) => suite));
  return opened === null || suites.size < 2 ? null : { provinceCode, checkpoint: opened.checkpoint, signatures: parsed.signatures, keys: opened.keys };
}

/** The name of our logs, and those they were handed over from: what was seen under one of them must still be so. */
async function listOwnNames(tx: Tx): Promise<string[]> {
  const before = (await listHandovers(tx)).flatMap((note) => readHandover(readNote(note)?.text ?? '')?.from ?? []);
  const installation = await findInstallation(tx);
  return installation === null ? [] : [installation, ...before];
}

async function contradiction(tx: Tx, provinceCode: number, { size: seen, root }: Checkpoint, by: string): Promise<WitnessFault | null> {
  const size = (await tx.selectFrom('logHead').select('size').where('provinceCode', '=', provinceCode).executeTakeFirst())?.size ?? 0;
  const fault = await faultOf(tx, provinceCode, { size, seen, root });
  return fault === null ? null : { provinceCode, fault, seen, size, by };
}

/** A checkpoint of ours that somebody took out comes back with whoever kept it. */
async function keepCheckpoint(tx: Tx, { provinceCode, checkpoint, keys }: OwnNote, note: string, signatures: readonly NoteSignature[]): Promise<void> {
  if ((await findCheckpoint(tx, provinceCode, checkpoint.size)) !== null) return;
  const text = readNote(note)?.text ?? '';
  const own = signatures.filter(({ name, keyId }) => keys.some((key) => key.name === name && keyIdOf(key, sha256Of) === keyId));
  const latest = await tx.selectFrom('logLeaf').select('at').where('provinceCode', '=', provinceCode).where('seq', '=', checkpoint.size - 1).executeTakeFirstOrThrow();
  await tx.insertInto('logCheckpoint').values({ provinceCode, ...checkpoint, at: latest.at, note: noteOf({ text, signatures: own }) }).onConflict((conflict) => conflict.doNothing()).execute();
}

export async function keepCosignatures(tx: Tx, { provinceCode, origin, size }: Pick<StoredCheckpoint, 'provinceCode' | 'origin' | 'size'>, signatures: readonly NoteSignature[], witnesses: readonly NoteKey[]): Promise<void> {
  for (const key of witnesses) {
    const keyId = keyIdOf(key, sha256Of);
    const signature = signatures.find((one) => one.name === key.name && one.keyId === keyId);
    const time = signature === undefined ? null : cosignatureTime(signature.signature);
    // A time nobody's clock shows would not fit into a row.
    if (signature === undefined || time === null || time > 253_370_764_800) continue;
    await tx
      .insertInto('logCosignature')
      .values({ provinceCode, origin, size, witnessName: key.name, keyId, at: instantOf(time * 1000), line: signatureLine(signature) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What a witness that knows `old` leaves is sent. */
export async function pushFor(tx: Tx, checkpoint: StoredCheckpoint, old: number): Promise<string | null> {
  const proof = await findConsistency(tx, { provinceCode: checkpoint.provinceCode, first: old, second: checkpoint.size });
  return proof === null ? null : addCheckpointText({ old, path: proof.path, note: checkpoint.note });
}

/** The largest size a witness has cosigned of a log, as we know it. */
export async function cosignedSize(tx: Tx, origin: string, key: NoteKey): Promise<number> {
  const row = await tx
    .selectFrom('logCosignature').select((of) => of.fn.max('size').as('size'))
    .where('provinceCode', '=', Number(origin.split('/')[1])).where('origin', '=', origin).where('witnessName', '=', key.name).where('keyId', '=', keyIdOf(key, sha256Of)).executeTakeFirst();
  return row?.size ?? 0;
}
