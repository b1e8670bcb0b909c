// What is known of a seal beside its digests: by which key it was signed, and where it stands in the log.
import { beyondReach, type Tx } from '../../kernel/database.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import { listInstallationKeys, listUnitKeys } from '../keys/queries.ts';
import { fingerprintShown, fingerprintText } from '../keys/rules.ts';
import { findInclusion, findInstallation, listWitnessKeys, originOf } from '../proofs/queries.ts';
import { openCheckpoint } from '../proofs/rules/note.ts';
import { nodeNoteTools } from '../proofs/signing.ts';
import type { SealProof } from './model.ts';
import type { Seal } from './queries.ts';

export async function readSealProof(tx: Tx, seal: Pick<Seal, 'unit' | 'signed' | 'requestId'>): Promise<SealProof> {
  return beyondReach(tx, 'proof', async () => ({ signature: await signatureOf(tx, seal), log: await placeOf(tx, seal) }));
}

async function signatureOf(tx: Tx, { unit, signed }: Pick<Seal, 'unit' | 'signed'>): Promise<SealProof['signature']> {
  const [key] = signed === null ? [] : await listUnitKeys(tx, [{ unit, key: signed.key }]);
  const issuer = key === undefined ? undefined : (await listInstallationKeys(tx)).find(({ number }) => number === key.issuer);
  if (signed === null || issuer === undefined) return null;
  return { suite: signed.suite, key: signed.key, fingerprint: fingerprintShown(sha256Of(fingerprintText(issuer))) };
}

async function placeOf(tx: Tx, { unit, requestId }: Pick<Seal, 'unit' | 'requestId'>): Promise<SealProof['log']> {
  const provinceCode = provinceOfUnit(unit);
  const leaf = requestId === null ? undefined : await tx.selectFrom('logLeaf').select('seq').where('provinceCode', '=', provinceCode).where('requestId', '=', requestId).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (leaf === undefined || requestId === null) return null;
  const found = await findInclusion(tx, { provinceCode, requestId });
  if (found === null) return { origin: originOf((await findInstallation(tx)) ?? '', provinceCode), index: leaf.seq, checkpoint: null };
  const opened = await openCheckpoint(found.checkpoint, await listWitnessKeys(tx, true), nodeNoteTools);
  return { origin: found.origin, index: found.index, checkpoint: { size: found.size, witnesses: (opened?.keys ?? []).map(({ name }) => name) } };
}
