// A package proves that what is in it stands in the log: with the checkpoint that covers it, who cosigned it, and the keys for all of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../kernel/database.ts';
import { sha256Of, sm3Of } from '../../kernel/digest.ts';
import { memorySecrets } from '../../kernel/secrets.ts';
import { type Country, monday, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, edition, fillLedger, upperOf } from '../../testing/steps.ts';
import { listInstallationKeys } from '../keys/queries.ts';
import { fingerprintText } from '../keys/rules.ts';
import { rotateInstallationKey, type Signing } from '../keys/signing.ts';
import { makeCheckpoint, rememberKeys } from '../proofs/keeping.ts';
import { checkpointText, keyIdOf, keyTextOf, readNote } from '../proofs/rules/note.ts';
import { cosign, cosignerKey, cosignerOf, openLogKeys } from '../proofs/signing.ts';
import { canonicalText } from '../seals/rules.ts';
import { bagged, type PackagePart, writePackage } from './building.ts';
import { downloadPackage, getPackage, makePackage } from './contract.ts';
import { bytesReader, nodeTools } from './reading.ts';
import { baseNameOf, type PackageDescription, isPayload, paths } from './rules/bag.ts';
import { openContainer } from './rules/container.ts';
import type { FaultKind } from './rules/faults.ts';
import type { PackedKeys, PackedProofs } from './rules/proving.ts';
import { type PackageVerdict, verifyPackage } from './rules/verifying.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const [county, city] = ['990101', '990100'];
const witness = cosignerOf('auditor.example/w1', new Uint8Array(32).fill(5));

async function checkpointed(tx: Tx, provinceCode: number, cosigned: boolean): Promise<void> {
  const keys = await openLogKeys(logSecrets);
  await rememberKeys(tx, keys);
  const made = await makeCheckpoint(tx, provinceCode, keys, monday);
  if (!cosigned || made === null) return;
  const key = cosignerKey(witness);
  const [keyId, publicKey] = [keyIdOf(key, sha256Of), keyTextOf(key, sha256Of)];
  await tx.insertInto('logWitness').values({ name: witness.name, keyId, publicKey, address: null, registeredBy: 'test', registeredAt: monday, removedAt: null }).execute();
  const { note, origin, size, root } = made;
  expect(readNote(note)?.text).toBe(checkpointText({ origin, size, root }));
  await tx.insertInto('logCosignature').values({ provinceCode, origin, size, witnessName: witness.name, keyId, at: monday, line: cosign(checkpointText({ origin, size, root }), 1_687_741_400, witness) }).execute();
}
const logSecrets = memorySecrets();

async function packed(country: Country, unitCode: string): Promise<Uint8Array> {
  const client = country.as(unitCode.endsWith('00') ? `coordinator of ${unitCode}` : `clerk of ${unitCode}`);
  const { sealed } = await client.call(getPackage, { edition, unitCode });
  const { id } = await client.call(makePackage, { edition, unitCode, version: sealed?.version ?? 0, evidence: [] });
  return (await client.call(downloadPackage, { id })) as Uint8Array;
}

const verdictOn = async (bytes: Uint8Array): Promise<PackageVerdict> => verifyPackage(bytesReader(bytes), nodeTools);

/** The package with its keys or proofs changed, and everything that lists files made anew. */
async function forged(bytes: Uint8Array, change: (content: { keys: PackedKeys; proofs: PackedProofs }) => void): Promise<Uint8Array> {
  const { found } = await openContainer(bytesReader(bytes), nodeTools, { keeps: () => true, isSafe: () => true }, () => undefined);
  const files = new Map([...(found?.files ?? [])].map(([path, { content }]) => [path, content ?? new Uint8Array()]));
  const read = (path: string): unknown => JSON.parse(Buffer.from(files.get(path) ?? '').toString());
  const content = { keys: read(paths.keys) as PackedKeys, proofs: read(paths.proofs) as PackedProofs };
  change(content);
  files.set(paths.keys, Buffer.from(canonicalText(content.keys)));
  files.set(paths.proofs, Buffer.from(canonicalText(content.proofs)));
  const part = (path: string): PackagePart => {
    const held = files.get(path) ?? new Uint8Array();
    return { path, bytes: held.length, sha256: sha256Of(held), sm3: sm3Of(held), load: () => held };
  };
  const description = read(paths.description) as PackageDescription;
  expect(found?.folder).toBe(baseNameOf(description));
  const pieces: Uint8Array[] = [];
  await writePackage(description, bagged(description, [...files.keys()].filter(isPayload).map(part), [paths.readme, paths.verifier].map(part)), async (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

/** An object one may change. */
type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? Open<E>[] : T[K] };

describe('a package', () => {
  it('made before a checkpoint says so; made after, it proves seal and submission to stand in the log', () => world.rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    const before = await verdictOn(await packed(country, county));
    expect(before).toMatchObject({ holds: true, signing: { signed: 1, unsigned: 0, positions: [], submission: { by: `head of ${county}`, late: false } } });
    expect(before.statements).toContainEqual(expect.objectContaining({ code: 'no_checkpoint', proven: false }));
    await checkpointed(country.tx, 99, false);
    const after = await verdictOn(await packed(country, county));
    expect(after.signing?.positions).toMatchObject([{ act: 'seal', unit: county, witnesses: [] }, { act: 'submit', unit: county }]);
    expect(after.signing?.positions[0]?.origin).toMatch(/^fuwuyue-[0-9a-f]{16}\/99$/);
    expect(after.statements.filter(({ proven }) => proven).map(({ code }) => code)).toEqual(expect.arrayContaining(['signatures', 'submission', 'inclusion']));
    expect(after.statements).toContainEqual(expect.objectContaining({ code: 'unwitnessed', proven: false }));
  })());

  it('made before keys were replaced holds after it, for whoever trusts the old fingerprint; one made later holds for whoever trusts either', () => world.rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    await checkpointed(country.tx, 99, false);
    const before = await packed(country, county);
    const signing: Signing = { tx: country.tx, secrets: country.ports.secrets, now: monday, record: () => undefined };
    expect(await rotateInstallationKey(signing, { reason: '每年更换', compromised: false })).toMatchObject({ linked: true });
    await act(country, upperOf(county), county, { act: 'accept' });
    await fillLedger(country, city);
    await bringUp(country, city);
    const after = await packed(country, city);
    const [old, fresh] = (await listInstallationKeys(country.tx)).map((key) => sha256Of(fingerprintText(key)).slice(0, 32));
    const faultOf = async (bytes: Uint8Array, ...trusted: string[]): Promise<FaultKind | null> => (await verifyPackage(bytesReader(bytes), nodeTools, () => undefined, trusted)).firstFault?.kind ?? null;
    expect([await faultOf(before), await faultOf(before, old ?? ''), await faultOf(before, fresh ?? '')]).toEqual([null, null, 'untrusted']);
    expect([await faultOf(after), await faultOf(after, old ?? ''), await faultOf(after, fresh ?? ''), await faultOf(after, '0'.repeat(32))]).toEqual([null, null, null, 'untrusted']);
    // Whoever forges that one vouches for the other is found out; whoever leaves it out is trusted by nobody.
    const swapped = await forged(after, ({ keys }) => void Object.assign(keys, { links: keys.links?.map((link) => ({ ...link, signatures: link.signatures.toReversed() })) }));
    expect(await faultOf(swapped)).toBe('certificate');
    const unlinked = await forged(after, ({ keys }) => void Object.assign(keys, { links: [] }));
    expect([await faultOf(unlinked), await faultOf(unlinked, old ?? ''), await faultOf(unlinked, old ?? '', fresh ?? '')]).toEqual([null, 'untrusted', null]);
  })());

  it('of a city proves the seals it includes too, names the witness, and every lie about keys and log is found out', () => world.rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    await act(country, upperOf(county), county, { act: 'accept' });
    await fillLedger(country, city);
    await bringUp(country, city);
    await checkpointed(country.tx, 99, true);
    const bytes = await packed(country, city);
    const { signing, statements } = await verdictOn(bytes);
    expect(signing?.positions.map(({ act: what, unit, witnesses }) => [what, unit, ...witnesses])).toEqual([['seal', city, witness.name], ['seal', county, witness.name], ['submit', city, witness.name]]);
    expect(statements).toContainEqual(expect.objectContaining({ code: 'witnessed', proven: true }));
    const lies: readonly (readonly [FaultKind, (content: { keys: Open<PackedKeys>; proofs: Open<PackedProofs> }) => void])[] = [
      ['record', ({ proofs }) => proofs.proofs.forEach((proof) => void (proof.record = proof.record.replace('"returnVersion":1', '"returnVersion":2')))],
      ['record', ({ proofs: { proofs } }) => proofs.forEach((proof) => void (proof.unit = city))],
      ['leaf', ({ proofs }) => proofs.proofs.forEach((proof) => void (proof.leaf = proof.leaf.replace('"records":', '"records":1')))],
      ['leaf', ({ proofs }) => proofs.proofs.forEach((proof) => void (proof.index += 1))],
      ['inclusion', ({ proofs }) => proofs.proofs.forEach((proof) => void (proof.path = proof.path.toReversed()))],
      ['checkpoint', ({ proofs }) => proofs.checkpoints.forEach((checkpoint) => void (checkpoint.note = checkpoint.note.replace(/\n(\d+)\n/, (_all, size) => `\n${Number(size) + 1}\n`)))],
      ['checkpoint', ({ proofs }) => void (proofs.checkpoints = [])],
      ['key_missing', ({ keys }) => void (keys.logs = null)],
      ['log_keys', ({ keys }) => void (keys.logs = keys.logs === null ? null : { ...keys.logs, keys: keys.logs.keys.slice(1) })],
      ['key_missing', ({ keys }) => void (keys.units = keys.units.filter(({ unit }) => unit !== city))],
    ];
    for (const [kind, lie] of lies) {
      const verdict = await verdictOn(await forged(bytes, lie as never));
      expect([verdict.holds, verdict.firstFault?.kind]).toEqual([false, kind]);
    }
  })());
});
