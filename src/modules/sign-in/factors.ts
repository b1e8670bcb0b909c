// What is stored about passkeys, UKeys and linked identities. Public keys and names only.
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import type { IdentityView, PasskeyView, UkeyView } from './model/ways.ts';
import type { KnownPasskey, PasskeyHolder } from './passkeys.ts';
import { isValidAt } from './rules/ways.ts';

export interface StoredPasskey extends KnownPasskey {
  readonly accountId: string;
}

const passkeyColumns = ['credentialId', 'accountId', 'publicKey', 'counter', 'transports'] as const;

export async function listPasskeys(tx: Tx, accountId: string): Promise<StoredPasskey[]> {
  return tx.selectFrom('passkey').select(passkeyColumns).where('accountId', '=', accountId).orderBy('createdAt').orderBy('credentialId').execute();
}

export async function findPasskey(tx: Tx, credentialId: string): Promise<StoredPasskey | undefined> {
  return tx.selectFrom('passkey').select(passkeyColumns).where('credentialId', '=', credentialId).executeTakeFirst();
}

export async function listPasskeyViews(tx: Tx, accountId: string): Promise<PasskeyView[]> {
  return tx.selectFrom('passkey').select(['credentialId as id', 'name', 'synced', 'createdAt', 'lastUsedAt']).where('accountId', '=', accountId).orderBy('createdAt').orderBy('credentialId').execute();
}

export async function saveNewPasskey(tx: Tx, accountId: string, name: string, passkey: KnownPasskey & { readonly synced: boolean }, now: Instant): Promise<void> {
  await tx.insertInto('passkey').values({ ...passkey, transports: [...passkey.transports], accountId, name, createdAt: now, lastUsedAt: null }).execute();
}

/** Counts a use. False when the counter has moved since it was read: the same answer twice, or a copy of the key. */
export async function savePasskeyUse(tx: Tx, { credentialId, counter }: KnownPasskey, counted: number, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('passkey').set({ counter: counted, lastUsedAt: now }).where('credentialId', '=', credentialId).where('counter', '=', counter).executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function savePasskeyName(tx: Tx, accountId: string, credentialId: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('passkey').set({ name }).where('credentialId', '=', credentialId).where('accountId', '=', accountId).executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deletePasskey(tx: Tx, accountId: string, credentialId: string): Promise<{ readonly name: string } | undefined> {
  return tx.deleteFrom('passkey').where('credentialId', '=', credentialId).where('accountId', '=', accountId).returning('name').executeTakeFirst();
}

export async function findHolder(tx: Tx, accountId: string): Promise<(PasskeyHolder & { readonly demonstration: boolean }) | undefined> {
  return tx.selectFrom('account').select(['id as accountId', 'signInName', 'displayName', 'demonstration']).where('id', '=', accountId).executeTakeFirst();
}

export interface StoredUkey {
  readonly id: string;
  readonly accountId: string;
  readonly publicKey: string;
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
}

export async function listUkeyViews(tx: Tx, accountId: string): Promise<UkeyView[]> {
  return tx
    .selectFrom('ukey')
    .select(['id', 'name', 'subject', 'fingerprint', 'publicKey', 'validUntil', 'registeredByName', 'registeredAt', 'lastUsedAt'])
    .where('accountId', '=', accountId)
    .orderBy('registeredAt')
    .orderBy('id')
    .execute();
}

export async function findUkey(tx: Tx, accountId: string, publicKey: string): Promise<StoredUkey | undefined> {
  return tx.selectFrom('ukey').select(['id', 'accountId', 'publicKey', 'validFrom', 'validUntil']).where('accountId', '=', accountId).where('publicKey', '=', publicKey).executeTakeFirst();
}

/** A key belongs to one account: whoever holds two posts has two keys. */
export async function isUkeyKnown(tx: Tx, fingerprint: string): Promise<boolean> {
  return (await tx.selectFrom('ukey').select('id').where('fingerprint', '=', fingerprint).executeTakeFirst()) !== undefined;
}

/** UKeys of an account whose certificates hold now. */
export async function listUsableUkeys(tx: Tx, accountId: string, now: Instant): Promise<StoredUkey[]> {
  const ukeys = await tx.selectFrom('ukey').select(['id', 'accountId', 'publicKey', 'validFrom', 'validUntil']).where('accountId', '=', accountId).orderBy('registeredAt').orderBy('id').execute();
  return ukeys.filter((ukey) => isValidAt(ukey, now));
}

export interface NewUkey extends StoredUkey {
  readonly fingerprint: string;
  readonly name: string;
  readonly subject: string | null;
  readonly serial: string | null;
}

export async function saveNewUkey(tx: Tx, ukey: NewUkey, by: { readonly accountId: string; readonly name: string }, now: Instant): Promise<void> {
  await tx.insertInto('ukey').values({ ...ukey, registeredBy: by.accountId, registeredByName: by.name, registeredAt: now, lastUsedAt: null }).execute();
}

export async function saveUkeyUse(tx: Tx, id: string, now: Instant): Promise<void> {
  await tx.updateTable('ukey').set({ lastUsedAt: now }).where('id', '=', id).execute();
}

export async function deleteUkey(tx: Tx, accountId: string, id: string): Promise<{ readonly name: string; readonly fingerprint: string } | undefined> {
  return tx.deleteFrom('ukey').where('id', '=', id).where('accountId', '=', accountId).returning(['name', 'fingerprint']).executeTakeFirst();
}

export async function findLinkedAccount(tx: Tx, issuer: string, subject: string): Promise<string | undefined> {
  const row = await tx.selectFrom('linkedIdentity').select('accountId').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
  return row?.accountId;
}

export async function findIdentity(tx: Tx, accountId: string, issuer: string): Promise<IdentityView | undefined> {
  return tx.selectFrom('linkedIdentity').select(['issuer', 'subject', 'label', 'linkedByName', 'linkedAt', 'lastUsedAt']).where('accountId', '=', accountId).where('issuer', '=', issuer).executeTakeFirst();
}

export async function saveNewIdentity(tx: Tx, identity: { readonly issuer: string; readonly subject: string; readonly accountId: string; readonly label: string }, by: { readonly accountId: string; readonly name: string }, now: Instant): Promise<void> {
  await tx.insertInto('linkedIdentity').values({ ...identity, linkedBy: by.accountId, linkedByName: by.name, linkedAt: now, lastUsedAt: null }).execute();
}

export async function saveIdentityUse(tx: Tx, issuer: string, subject: string, now: Instant): Promise<void> {
  await tx.updateTable('linkedIdentity').set({ lastUsedAt: now }).where('issuer', '=', issuer).where('subject', '=', subject).execute();
}

export async function deleteIdentity(tx: Tx, accountId: string, issuer: string): Promise<{ readonly subject: string; readonly label: string } | undefined> {
  return tx.deleteFrom('linkedIdentity').where('accountId', '=', accountId).where('issuer', '=', issuer).returning(['subject', 'label']).executeTakeFirst();
}
