// What is stored of keys: public parts for whoever verifies, private parts wrapped.
import { sql } from 'kysely';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { provinceOfUnit } from '../../shared/province.ts';
import type { SealSuite } from '../../shared/signature.ts';
import type { InstallationKey, KeyLink, UnitKey } from './model.ts';

/** A private key is bound to whom it belongs to and which of its keys it is. */
export const installationKeyBound = (number: number): string => `installation_key/${number}`;
export const unitKeyBound = (unitCode: string, number: number): string => `unit_key/${unitCode}/${number}`;

export interface HeldInstallationKey extends InstallationKey {
  /** Null once retired. */
  readonly privateKey: string | null;
  /** With the key before. */
  readonly link: KeyLink | null;
}

export interface HeldUnitKey extends UnitKey {
  /** Null once retired. */
  readonly privateKey: string | null;
  readonly retiredAt: Instant | null;
}

export async function listInstallationKeys(tx: Tx): Promise<HeldInstallationKey[]> {
  const rows = await tx.selectFrom('installationKey').selectAll().orderBy('number').execute();
  return rows.map(({ number, suite, publicKey, privateKey, madeAt, follows, followsSignature, ownSignature }) => ({
    number, suite: suite as SealSuite, publicKey, privateKey, from: madeAt,
    link: follows === null ? null : { from: follows, to: number, signatures: [followsSignature ?? '', ownSignature ?? ''] },
  }));
}

/** As anybody may know it. */
export function publicPartOf({ number, suite, publicKey, from }: HeldInstallationKey): InstallationKey {
  return { number, suite, publicKey, from };
}

export function linksOf(keys: readonly HeldInstallationKey[]): KeyLink[] {
  return keys.flatMap(({ link }) => link ?? []);
}

/** Certificates it signed verify for ever: only its private half goes. */
export async function retireInstallationKey(tx: Tx, number: number, now: Instant): Promise<void> {
  await tx.updateTable('installationKey').set({ privateKey: null, retiredAt: now }).where('number', '=', number).execute();
}

/** Waits for whoever makes one at the same moment; false when that one was first. */
export async function insertInstallationKey(tx: Tx, { number, suite, publicKey, privateKey, from, link }: HeldInstallationKey): Promise<boolean> {
  const made = await tx.insertInto('installationKey').values({ number, suite, publicKey, privateKey, madeAt: from, retiredAt: null, follows: link?.from ?? null, followsSignature: link?.signatures[0] ?? null, ownSignature: link?.signatures[1] ?? null }).onConflict((conflict) => conflict.doNothing()).returning('number').executeTakeFirst();
  return made !== undefined;
}

/** The newest key of a unit. */
export async function findCurrentKey(tx: Tx, unitCode: string): Promise<HeldUnitKey | undefined> {
  const [newest] = await listHeldKeys(tx, unitCode);
  return newest;
}

/** All keys of a unit, the newest first. */
export async function listHeldKeys(tx: Tx, unitCode: string): Promise<HeldUnitKey[]> {
  const rows = await tx.selectFrom('unitKey').selectAll().where('provinceCode', '=', provinceOfUnit(unitCode)).where('unitCode', '=', unitCode).orderBy('number', 'desc').execute();
  return rows.map(heldOf);
}

/** The keys of units in use, all of them or of one. */
export async function listCurrentKeys(tx: Tx): Promise<HeldUnitKey[]> {
  return (await tx.selectFrom('unitKey').selectAll().where('retiredAt', 'is', null).orderBy('unitCode').execute()).map(heldOf);
}

function heldOf(row: { unitCode: string; number: number; suite: string; publicKey: string; privateKey: string | null; madeAt: Instant; issuer: number; certificate: string; retiredAt: Instant | null }): HeldUnitKey {
  const { unitCode: unit, number, suite, publicKey, privateKey, madeAt: from, issuer, certificate, retiredAt } = row;
  return { unit, number, suite: suite as SealSuite, publicKey, privateKey, from, issuer, certificate, retiredAt };
}

/** The public keys of given numbers, with their certificates. */
export async function listUnitKeys(tx: Tx, wanted: readonly { readonly unit: string; readonly key: number }[]): Promise<UnitKey[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<UnitKey>`
    select distinct k.unit_code as unit, k.number, k.suite, k.public_key, k.made_at as "from", k.issuer, k.certificate
    from unnest(${wanted.map(({ unit }) => unit)}::text[], ${wanted.map(({ key }) => key)}::integer[]) as w(unit_code, number)
    join unit_key k on k.province_code = left(w.unit_code, 2)::smallint and k.unit_code = w.unit_code and k.number = w.number
    order by k.unit_code, k.number`.execute(tx);
  return rows;
}

/** Waits for whoever makes one at the same moment; false when that one was first. The key before it goes out of use. */
export async function insertUnitKey(tx: Tx, { unit, number, suite, publicKey, privateKey, from, issuer, certificate }: UnitKey & { readonly privateKey: string }): Promise<boolean> {
  const key = { provinceCode: provinceOfUnit(unit), unitCode: unit };
  const made = await tx
    .insertInto('unitKey')
    .values({ ...key, number, suite, publicKey, privateKey, madeAt: from, issuer, certificate, retiredAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();
  if (made === undefined) return false;
  await tx.updateTable('unitKey').set({ privateKey: null, retiredAt: from }).where('provinceCode', '=', key.provinceCode).where('unitCode', '=', unit).where('number', '<', number).where('retiredAt', 'is', null).execute();
  return true;
}
