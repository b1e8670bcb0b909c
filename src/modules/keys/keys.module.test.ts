// Units sign with keys of their own: made at the first seal, certified, replaced when they cannot be opened, verifiable for ever.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../../kernel/digest.ts';
import { memorySecrets, type Secrets } from '../../kernel/secrets.ts';
import { verifyWith } from '../../kernel/suites.ts';
import type { AuditRecord } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import { monday, openWorld, type World } from '../../testing/harness.ts';
import { act, bringUp, fillLedger, upperOf } from '../../testing/steps.ts';
import { listReturnActs } from '../returns/contract.ts';
import { listSeals } from '../seals/queries.ts';
import { actStatementText, firstChainFault, sealStatementText } from '../seals/rules.ts';
import { listCertifyingKeys } from './contract.ts';
import type { UnitSignature } from './model.ts';
import { findCurrentKey, linksOf, listHeldKeys, listInstallationKeys, listUnitKeys } from './queries.ts';
import { certificateFault, fingerprintShown, foldFingerprint, linkHolds, signatureFault } from './rules.ts';
import { NothingToRotate, rotateInstallationKey, signAsUnit } from './signing.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const county = '990101';
const tools = { encode: (text: string) => new TextEncoder().encode(text), verify: verifyWith };

async function faultOf(tx: Tx, unit: string, text: string, signature: UnitSignature): Promise<string | null> {
  const [key] = await listUnitKeys(tx, [{ unit, key: signature.key }]);
  return (await signatureFault(text, signature, key, tools)) ?? (key === undefined ? 'key_missing' : certificateFault(key, await listInstallationKeys(tx), tools));
}

describe('a seal', () => {
  it('is signed by the unit, with a key that the installation certifies and nobody else can use', () => world.rolledBack(async (country) => {
    await fillLedger(country, county);
    const { seal } = await bringUp(country, county);
    const [stored] = await listSeals(country.tx);
    if (stored?.signed === null || stored === undefined) throw new Error('not signed');
    expect(seal?.signed).toEqual(stored.signed);
    expect(stored.signed).toMatchObject({ suite: 'SM2-SM3', key: 1, by: `head of ${county}` });
    expect(await faultOf(country.tx, county, sealStatementText({ ...stored, by: stored.signed.by }), stored.signed)).toBeNull();
    expect(await faultOf(country.tx, county, sealStatementText({ ...stored, by: `clerk of ${county}` }), stored.signed)).toBe('signature');
    expect(firstChainFault([stored], sha256Of)).toBeNull();
    expect(firstChainFault([{ ...stored, signed: { ...stored.signed, key: 2 } }], sha256Of)).toMatchObject({ fault: 'hash' });
    expect(firstChainFault([{ ...stored, signed: null }], sha256Of)).toMatchObject({ fault: 'hash' });
    const records = await country.tx.selectFrom('auditEvent').select(['action', 'requestId', 'after']).where('action', 'in', ['return_seal', 'unit_key_made']).orderBy('id').execute();
    expect(records.map(({ action, requestId }) => [action, requestId])).toEqual([['unit_key_made', stored.requestId], ['return_seal', stored.requestId]]);
    expect(records.at(-1)?.after).toMatchObject({ seal: { number: stored.number, hash: stored.hash, sha256: stored.sha256 } });
  })());

  it('is followed by a signed submission and a signed taking, each by the unit that acts', () => world.rolledBack(async (country) => {
    await fillLedger(country, county);
    await bringUp(country, county);
    await act(country, upperOf(county), county, { act: 'accept' });
    const rows = await country.tx.selectFrom('returnAct').select(['act', 'at', 'accountName', 'payload', 'returnVersion']).where('unitCode', '=', county).where('act', 'in', ['submit', 'accept']).orderBy('number').execute();
    const [seal] = await listSeals(country.tx);
    for (const [index, actingUnit] of [county, '990100'].entries()) {
      const row = rows[index];
      const { signed, due = null, late = null } = (row?.payload ?? {}) as { signed?: UnitSignature; due?: string; late?: boolean };
      if (row === undefined || signed === undefined) throw new Error('not signed');
      const statement = { act: row.act as 'submit' | 'accept', edition: '2023', unit: county, version: row.returnVersion, sha256: seal?.sha256 ?? '', actingUnit, at: row.at, by: row.accountName, due, late };
      expect(await faultOf(country.tx, actingUnit, actStatementText(statement), signed)).toBeNull();
      expect(await faultOf(country.tx, actingUnit, actStatementText({ ...statement, late: true }), signed)).toBe('signature');
    }
    const { acts } = await country.as(`clerk of ${county}`).call(listReturnActs, { edition: '2023', unitCode: county });
    expect(acts.filter(({ signed }) => signed !== null).map((one) => one.act)).toEqual(['submit', 'accept']);
  })());
});

describe('the key of a unit', () => {
  const signing = (tx: Tx, secrets: Secrets, events: AuditRecord[] = []) => ({ tx, secrets, now: monday, record: (event: AuditRecord) => void events.push(event) });

  it('stays while it can be opened, and is replaced when suite or root is another; what it signed verifies for ever', () => world.rolledBack(async ({ tx }) => {
    const secrets = memorySecrets();
    const events: AuditRecord[] = [];
    const first = await signAsUnit(signing(tx, secrets, events), county, 'one');
    expect((await signAsUnit(signing(tx, secrets, events), county, 'two')).key).toBe(first.key);
    expect(events.map(({ action }) => action)).toEqual(['installation_key_made', 'unit_key_made']);
    const elsewhere = memorySecrets('P256-SHA256');
    const second = await signAsUnit(signing(tx, elsewhere), county, 'one');
    expect(second).toMatchObject({ suite: 'P256-SHA256', key: 2 });
    const third = await signAsUnit(signing(tx, secrets), county, 'one');
    expect(third).toMatchObject({ suite: 'SM2-SM3', key: 3 });
    for (const signature of [first, second, third]) expect(await faultOf(tx, county, 'one', signature)).toBeNull();
    const held = await listHeldKeys(tx, county);
    expect(held.map(({ number, privateKey, retiredAt }) => [number, privateKey !== null, retiredAt !== null])).toEqual([[3, true, false], [2, false, true], [1, false, true]]);
  })());

  it('cannot be put in the place of another unit\'s', () => world.rolledBack(async ({ tx }) => {
    const secrets = memorySecrets();
    await signAsUnit(signing(tx, secrets), county, 'one');
    await signAsUnit(signing(tx, secrets), '990102', 'one');
    const [theirs, ours] = [await findCurrentKey(tx, county), await findCurrentKey(tx, '990102')];
    // Whoever can write to the database gives a unit another's key: it does not open there, so nothing is signed with it.
    await tx.updateTable('unitKey').set({ privateKey: theirs?.privateKey ?? null, publicKey: theirs?.publicKey ?? '' }).where('unitCode', '=', '990102').execute();
    expect((await signAsUnit(signing(tx, secrets), '990102', 'two')).key).toBe(2);
    if (ours === undefined || theirs === undefined) throw new Error('no key');
    expect(await certificateFault({ ...ours, publicKey: theirs.publicKey }, await listInstallationKeys(tx), tools)).toBe('certificate');
  })());

  it('is one, though two units seal for the first time at once', async () => {
    const secrets = memorySecrets();
    const { database } = world.committed;
    const signatures = await Promise.all([county, county, '990102', '990201'].map(async (unit) => database.write(async (tx) => ({ unit, signature: await signAsUnit(signing(tx, secrets), unit, 'at once') }))));
    await database.read(async (tx) => {
      for (const { unit, signature } of signatures) expect(await faultOf(tx, unit, 'at once', signature)).toBeNull();
      expect(await listInstallationKeys(tx)).toHaveLength(1);
      expect(await listHeldKeys(tx, county)).toHaveLength(1);
    });
    const { keys } = await world.committed.anyone().call(listCertifyingKeys, {});
    expect(keys).toMatchObject([{ number: 1, suite: 'SM2-SM3' }]);
    expect(keys[0]).not.toHaveProperty('privateKey');
    expect(foldFingerprint(keys[0]?.fingerprint ?? '')).toHaveLength(32);
  });
});

describe('the key of the installation', () => {
  const signing = (tx: Tx, secrets: Secrets, events: AuditRecord[] = []) => ({ tx, secrets, now: monday, record: (event: AuditRecord) => void events.push(event) });

  it('is replaced by command: what it certified verifies, its private half is gone, and both keys vouch for each other', () => world.rolledBack(async ({ tx }) => {
    const secrets = memorySecrets();
    const events: AuditRecord[] = [];
    // As in an installation where nobody has signed yet.
    for (const table of ['unitKey', 'installationKey'] as const) await tx.deleteFrom(table).execute();
    await expect(rotateInstallationKey(signing(tx, secrets), { reason: '每年更换', compromised: false })).rejects.toBeInstanceOf(NothingToRotate);
    const first = await signAsUnit(signing(tx, secrets), county, 'one');
    expect(await rotateInstallationKey(signing(tx, secrets, events), { reason: '每年更换', compromised: false })).toEqual({ before: 1, number: 2, linked: true });
    expect(events).toMatchObject([{ action: 'installation_key_made', subjectId: '2', basis: '每年更换', after: { follows: 1 } }]);
    // A unit keeps its key; the next one it gets has the new certificate.
    expect((await signAsUnit(signing(tx, secrets), county, 'two')).key).toBe(first.key);
    const second = await signAsUnit(signing(tx, secrets), '990102', 'two');
    expect([(await findCurrentKey(tx, county))?.issuer, (await findCurrentKey(tx, '990102'))?.issuer]).toEqual([1, 2]);
    expect([await faultOf(tx, county, 'one', first), await faultOf(tx, '990102', 'two', second)]).toEqual([null, null]);
    const keys = await listInstallationKeys(tx);
    expect(keys.map(({ privateKey }) => privateKey === null)).toEqual([true, false]);
    const [link] = linksOf(keys);
    if (link === undefined) throw new Error('no link');
    expect(await linkHolds(link, keys, tools)).toBe(true);
    expect(await linkHolds({ ...link, signatures: [link.signatures[1], link.signatures[0]] }, keys, tools)).toBe(false);
    expect(await linkHolds(link, keys.map((key) => ({ ...key, publicKey: keys[0]?.publicKey ?? '' })), tools)).toBe(false);
    expect(await rotateInstallationKey(signing(tx, secrets), { reason: '私钥泄露', compromised: true })).toEqual({ before: 2, number: 3, linked: false });
    expect(linksOf(await listInstallationKeys(tx))).toHaveLength(1);
  })());
});

it('a fingerprint is taken however it is typed', () => {
  const whole = 'ab'.repeat(32);
  expect(fingerprintShown(whole)).toBe('ABAB ABAB ABAB ABAB ABAB ABAB ABAB ABAB');
  for (const typed of [whole, fingerprintShown(whole), 'ab:'.repeat(16).slice(0, -1), 'ＡＢ'.repeat(16)]) expect(foldFingerprint(typed)).not.toBeNull();
  for (const typed of ['', 'abab', `${whole}ab`, 'x'.repeat(32)]) expect(foldFingerprint(typed)).toBeNull();
});
