// A small proof log without a database: leaves with their records' digests, signed and cosigned checkpoints, as an export.
import { sha256Of } from '../kernel/digest.ts';
import { memorySecrets } from '../kernel/secrets.ts';
import { payloadHash, type KeptLeaf } from '../modules/proofs/rules/checking.ts';
import { type ExportLine, exportFormat } from '../modules/proofs/rules/exported.ts';
import { listProver } from '../modules/proofs/rules/merkle.ts';
import { checkpointText, keyTextOf } from '../modules/proofs/rules/note.ts';
import { type Cosigner, cosign, cosignerKey, cosignerOf, type LogKeys, noteKeysOf, openLogKeys, signCheckpoint } from '../modules/proofs/signing.ts';
import { leafBytes, leafText, logStart } from '../shared/leaf.ts';

export type BuiltLeaf = KeptLeaf & { readonly digests: readonly string[] };

export interface BuiltLog {
  readonly origin: string;
  readonly keys: LogKeys;
  readonly witness: Cosigner;
  readonly leaves: readonly BuiltLeaf[];
  readonly notes: readonly string[];
}

/** The next leaf of a log; its text is hashed as it stands, whatever it says. */
export function nextLeaf(before: BuiltLeaf | undefined, digests: readonly string[], at: string): BuiltLeaf {
  const content = { seq: (before?.seq ?? -1) + 1, at, payload: payloadHash(digests, sha256Of), previous: before?.hash ?? logStart, records: digests.length };
  return { ...content, hash: sha256Of(leafBytes(leafText(content))), digests };
}

export function leafTime(number: number): string {
  return `2023-06-26T${String(9 + Math.floor(number / 3600)).padStart(2, '0')}:${String(Math.floor(number / 60) % 60).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}.000+08:00`;
}

/** A log with checkpoints at these sizes, all cosigned by one witness. */
export async function buildLog(size: number, checkpointsAt: readonly number[]): Promise<BuiltLog> {
  const keys = await openLogKeys(memorySecrets());
  const witness = cosignerOf('auditor.example/w1', await memorySecrets().get('witness', 32));
  const origin = 'fuwuyue-0123456789abcdef/33';
  const leaves: BuiltLeaf[] = [];
  for (let number = 0; number < size; number += 1) {
    const digests = Array.from({ length: 1 + (number % 3) }, (_unused, record) => sha256Of(`record ${number} ${record}`)).toSorted();
    leaves.push(nextLeaf(leaves.at(-1), digests, leafTime(number)));
  }
  const prover = listProver(leaves.map(({ hash }) => hash), sha256Of);
  const notes = checkpointsAt.map((at) => {
    const checkpoint = { origin, size: at, root: prover.root(at) };
    return `${signCheckpoint(checkpoint, keys)}${cosign(checkpointText(checkpoint), 1_687_741_200 + at, witness)}`;
  });
  return { origin, keys, witness, leaves, notes };
}

export function exportLines({ origin, keys, witness, leaves, notes }: BuiltLog): string[] {
  const lines: ExportLine[] = [
    { kind: 'export', format: exportFormat, installation: origin.split('/')[0] ?? '' },
    { kind: 'log', origin, size: leaves.length, keys: noteKeysOf(keys, origin).map((key) => keyTextOf(key, sha256Of)), witnesses: [keyTextOf(cosignerKey(witness), sha256Of)] },
    ...notes.map((note) => ({ kind: 'checkpoint' as const, note })),
    ...leaves.map((leaf) => ({ kind: 'leaf' as const, ...leaf })),
    { kind: 'end', logs: 1, leaves: leaves.length, checkpoints: notes.length },
  ];
  return lines.map((line) => JSON.stringify(line));
}
