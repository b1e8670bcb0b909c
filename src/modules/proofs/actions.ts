// Answers what anyone may ask of the logs, and registers witnesses.
import { found, implement, type Implementation, raise } from '../../kernel/context.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { problem } from '../../shared/problem.ts';
import { nationUnit } from '../../shared/wire.ts';
import { authorise } from '../access/queries.ts';
import { findCurrentEditionCode } from '../editions/queries.ts';
import * as contract from './contract.ts';
import { findConsistency, findInclusion, findInclusionOf, findInstallation, listCheckpoints, listHandovers, listKeyTexts, listLogs, listWitnesses } from './queries.ts';
import { emptyRoot } from './rules/merkle.ts';
import { keyIdOf, keyTextOf, type NoteKey, readKeyText } from './rules/note.ts';
import { cosignerKey, cosignerOf } from './signing.ts';

const list = implement(contract.listLogs, async ({ tx, secrets, readOnly }) => {
  const installation = await findInstallation(tx);
  const witness = installation === null ? null : cosignerKey(cosignerOf(`${installation}/witness`, await secrets.get('log-witness', 32)));
  return { installation, keys: await listKeyTexts(tx), witnessKey: witness === null ? null : keyTextOf(witness, sha256Of), readOnly, handovers: await listHandovers(tx), logs: await listLogs(tx) };
});

const checkpoints = implement(contract.listLogCheckpoints, async ({ tx }, { provinceCode, before, limit }) => ({
  checkpoints: (await listCheckpoints(tx, provinceCode, before ?? null, limit)).map(({ size, root, at, note }) => ({ size, root, at, note })),
}));

const inclusion = implement(contract.proveInclusion, async ({ tx }, { provinceCode, index, requestId }) => {
  if (requestId !== undefined) return { inclusion: await findInclusion(tx, { provinceCode, requestId }) };
  return { inclusion: await findInclusionOf(tx, provinceCode, index ?? 0) };
});

const consistency = implement(contract.proveConsistency, async ({ tx }, asked) => ({ consistency: await findConsistency(tx, asked) }));

const witnesses = implement(contract.listWitnesses, async ({ tx }) => ({
  witnesses: await listWitnesses(tx),
  origins: await tx.selectFrom('logOrigin').select(['origin', 'publicKey', 'size', 'seenAt']).orderBy('origin').execute(),
}));

type Asking = Parameters<typeof authorise>[0];

async function authoriseWitnesses(context: Asking): Promise<void> {
  const edition = found(await findCurrentEditionCode(context.tx), 'edition', 'current');
  await authorise(context, 'manage_witnesses', edition, nationUnit);
}

/** A key that can be read and is of the kind wanted. */
function readKey(text: string, cosigner: boolean): NoteKey {
  const key = readKeyText(text, sha256Of);
  if (key === null || key.suite !== 'Ed25519' || key.cosigner !== cosigner) raise(problem('refused_by_rule', { rule: cosigner ? 'witness_key' : 'log_key' }));
  return key;
}

const register = implement(contract.registerWitness, async (context, { publicKey, address }) => {
  await authoriseWitnesses(context);
  const { tx, actor, now } = context;
  const key = readKey(publicKey, true);
  const keyId = keyIdOf(key, sha256Of);
  const known = await tx.selectFrom('logWitness').select('removedAt').where('name', '=', key.name).where('keyId', '=', keyId).forUpdate().executeTakeFirst();
  if (known?.removedAt === null) raise(problem('duplicate', { kind: 'witness', id: key.name }));
  const witness = { name: key.name, keyId, publicKey, address, registeredBy: actor.name, registeredAt: now, removedAt: null };
  await tx.insertInto('logWitness').values(witness).onConflict((conflict) => conflict.columns(['name', 'keyId']).doUpdateSet(witness)).execute();
  context.record({ action: 'log.register_witness', unitCode: nationUnit, subjectKind: 'log_witness', subjectId: key.name, after: { keyId, publicKey, address } });
  return { witness };
});

const remove = implement(contract.removeWitness, async (context, { name, keyId }) => {
  await authoriseWitnesses(context);
  const { tx, now } = context;
  const { numUpdatedRows } = await tx.updateTable('logWitness').set({ removedAt: now }).where('name', '=', name).where('keyId', '=', keyId).where('removedAt', 'is', null).executeTakeFirst();
  if (numUpdatedRows === 0n) raise(problem('not_found', { kind: 'witness', id: name }));
  context.record({ action: 'log.remove_witness', unitCode: nationUnit, subjectKind: 'log_witness', subjectId: name, before: { keyId } });
  return { done: true as const };
});

const registerOrigin = implement(contract.registerOrigin, async (context, { publicKey }) => {
  await authoriseWitnesses(context);
  const { tx, actor, now } = context;
  const { name: origin } = readKey(publicKey, false);
  const added = await tx
    .insertInto('logOrigin').values({ origin, publicKey, size: 0, root: emptyRoot(sha256Of), registeredBy: actor.name, registeredAt: now, seenAt: null })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) raise(problem('duplicate', { kind: 'log_origin', id: origin }));
  context.record({ action: 'log.register_origin', unitCode: nationUnit, subjectKind: 'log_origin', subjectId: origin, after: { publicKey } });
  return { done: true as const };
});

export const proofActions: readonly Implementation[] = [list, checkpoints, inclusion, consistency, witnesses, register, remove, registerOrigin];
