// Signs for a unit with the key the server holds, made and certified when it is first needed. Whoever cannot open the old key, because
// the suite was changed or the root is gone, goes on with a new one; what the old one signed verifies for ever.
import type { AuditRecord } from '../../kernel/context.ts';
import { type KeyPair, newKeyPair, signWith, WrapRefused } from '../../kernel/suites.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import type { Instant } from '../../shared/instant.ts';
import { hexOf, type SealSuite } from '../../shared/signature.ts';
import { nationUnit } from '../../shared/wire.ts';
import type { InstallationKey, KeyLink, UnitSignature } from './model.ts';
import { findCurrentKey, type HeldInstallationKey, type HeldUnitKey, insertInstallationKey, insertUnitKey, installationKeyBound, listInstallationKeys, retireInstallationKey, unitKeyBound } from './queries.ts';
import { certificateText, linkText } from './rules.ts';

/** What signing needs; a Context has it all. */
export interface Signing {
  readonly tx: Tx;
  readonly secrets: Secrets;
  /** When a key that has to be made is made. */
  readonly now: Instant;
  record(event: AuditRecord): void;
}

const encoder = new TextEncoder();

export async function signAsUnit(signing: Signing, unitCode: string, text: string): Promise<UnitSignature> {
  const { number, pair } = await openUnitKey(signing, unitCode);
  return { suite: signing.secrets.suite, key: number, signature: hexOf(signWith(pair, encoder.encode(text))) };
}

interface OpenedKey {
  readonly number: number;
  readonly pair: KeyPair;
}

async function openUnitKey(signing: Signing, unitCode: string): Promise<OpenedKey> {
  const current = await findCurrentKey(signing.tx, unitCode);
  const opened = current === undefined ? null : await openedWith(signing.secrets, current, current.privateKey, unitKeyBound(unitCode, current.number));
  if (current !== undefined && opened !== null) return { number: current.number, pair: opened };
  return makeUnitKey(signing, unitCode, current);
}

/** The key pair; null when it has another suite or cannot be opened any more. */
async function openedWith(secrets: Secrets, { suite, publicKey }: Pick<InstallationKey, 'suite' | 'publicKey'>, wrapped: string | null, bound: string): Promise<KeyPair | null> {
  if (wrapped === null || suite !== secrets.suite) return null;
  try {
    return { suite, publicKey: Buffer.from(publicKey, 'hex'), privateKey: await secrets.unwrap(wrapped, bound) };
  } catch (error) {
    if (error instanceof WrapRefused) return null;
    throw error;
  }
}

/** A new key of a unit; the one before goes out of use, and its private part with it. */
export async function makeUnitKey(signing: Signing, unitCode: string, before: HeldUnitKey | undefined, reason: string | null = null): Promise<OpenedKey> {
  const { tx, secrets, now } = signing;
  const issuer = await openInstallationKey(signing);
  const pair = newKeyPair(secrets.suite);
  const number = (before?.number ?? 0) + 1;
  const key = { unit: unitCode, number, suite: secrets.suite, publicKey: hexOf(pair.publicKey), from: now };
  const certificate = hexOf(signWith(issuer.pair, encoder.encode(certificateText(key, { number: issuer.number, publicKey: hexOf(issuer.pair.publicKey) }))));
  const privateKey = await secrets.wrap(pair.privateKey, unitKeyBound(unitCode, number));
  // Two first seals at once make one key.
  if (!(await insertUnitKey(tx, { ...key, issuer: issuer.number, certificate, privateKey }))) return openUnitKey(signing, unitCode);
  signing.record({
    action: 'unit_key_made', unitCode, subjectKind: 'unit_key', subjectId: `${unitCode}/${number}`, basis: reason,
    before: before === undefined ? null : { number: before.number, suite: before.suite }, after: { number, suite: key.suite, publicKey: key.publicKey, issuer: issuer.number },
  });
  return { number, pair };
}

/** What the installation vouches for itself; null where its key does not exist yet or cannot be opened. Changes nothing. */
export async function signAsInstallation(tx: Tx, secrets: Secrets, text: string): Promise<{ readonly issuer: number; readonly signature: string } | null> {
  const current = (await listInstallationKeys(tx)).findLast(({ suite }) => suite === secrets.suite);
  const pair = current === undefined ? null : await openedWith(secrets, current, current.privateKey, installationKeyBound(current.number));
  return current === undefined || pair === null ? null : { issuer: current.number, signature: hexOf(signWith(pair, encoder.encode(text))) };
}

async function openInstallationKey(signing: Signing): Promise<OpenedKey> {
  const { tx, secrets } = signing;
  const all = await listInstallationKeys(tx);
  const current = all.findLast(({ suite }) => suite === secrets.suite);
  const opened = current === undefined ? null : await openedWith(secrets, current, current.privateKey, installationKeyBound(current.number));
  if (current !== undefined && opened !== null) return { number: current.number, pair: opened };
  return (await makeInstallationKey(signing, { all, reason: null, linkedTo: null })) ?? openInstallationKey(signing);
}

interface MakingInstallationKey {
  readonly all: readonly HeldInstallationKey[];
  readonly reason: string | null;
  /** The key before, where the two shall vouch for each other. */
  readonly linkedTo: OpenedKey | null;
}

/** Null where somebody else made one at the same moment. */
async function makeInstallationKey({ tx, secrets, now, record }: Signing, { all, reason, linkedTo }: MakingInstallationKey): Promise<OpenedKey | null> {
  const number = (all.at(-1)?.number ?? 0) + 1;
  const pair = newKeyPair(secrets.suite);
  const key = { number, suite: secrets.suite, publicKey: hexOf(pair.publicKey), from: now };
  const link = linkedTo === null ? null : linkOf(linkedTo, { number, pair });
  if (!(await insertInstallationKey(tx, { ...key, privateKey: await secrets.wrap(pair.privateKey, installationKeyBound(number)), link }))) return null;
  const after = { number, suite: key.suite, publicKey: key.publicKey, ...(linkedTo === null ? {} : { follows: linkedTo.number }) };
  record({ action: 'installation_key_made', unitCode: nationUnit, subjectKind: 'installation_key', subjectId: String(number), after, ...(reason === null ? {} : { basis: reason }) });
  return { number, pair };
}

function linkOf(from: OpenedKey, to: OpenedKey): KeyLink {
  const named = ({ number, pair }: OpenedKey): Omit<InstallationKey, 'from'> => ({ number, suite: pair.suite as SealSuite, publicKey: hexOf(pair.publicKey) });
  const text = encoder.encode(linkText(named(from), named(to)));
  return { from: from.number, to: to.number, signatures: [hexOf(signWith(from.pair, text)), hexOf(signWith(to.pair, text))] };
}

/** No key that could be replaced, or another command replaces it at this moment. */
export class NothingToRotate extends Error {}

/**
 * A new key of the installation; the private half of the one before goes. Both vouch for each other, unless the one before is in wrong
 * hands: then nothing it says counts, and the new fingerprint has to be given out on paper.
 */
export async function rotateInstallationKey(signing: Signing, { reason, compromised }: { readonly reason: string; readonly compromised: boolean }): Promise<{ readonly before: number; readonly number: number; readonly linked: boolean }> {
  const { tx, secrets, now } = signing;
  const all = await listInstallationKeys(tx);
  const current = all.findLast(({ suite }) => suite === secrets.suite);
  if (current === undefined) throw new NothingToRotate('no key');
  const opened = compromised ? null : await openedWith(secrets, current, current.privateKey, installationKeyBound(current.number));
  const linkedTo = opened === null ? null : { number: current.number, pair: opened };
  const made = await makeInstallationKey(signing, { all, reason, linkedTo });
  if (made === null) throw new NothingToRotate('at the same moment');
  await retireInstallationKey(tx, current.number, now);
  return { before: current.number, number: made.number, linked: linkedTo !== null };
}
