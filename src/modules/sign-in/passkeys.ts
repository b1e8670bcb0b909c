// Passkeys as the library checks them: what is asked of the browser, and whether its answer holds. Touches no table.
import type { VerifyAuthenticationResponseOpts } from '@simplewebauthn/server';
import { expectedOriginOf, type RelyingParty } from './rules/ways.ts';
import type { PasskeyMade, PasskeyUsed } from './model/ways.ts';

type AuthenticatorTransport = NonNullable<VerifyAuthenticationResponseOpts['credential']['transports']>[number];

/** Loaded when the first passkey comes: it is a fifth of what a start loads. */
const webauthn = async () => import('@simplewebauthn/server');

/** Elliptic curves and RSA with SHA-256, Ed25519: what authenticators in use know. */
const algorithms = [-8, -7, -257];
const patience = 5 * 60_000;

export interface KnownPasskey {
  readonly credentialId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface PasskeyHolder {
  readonly accountId: string;
  readonly signInName: string;
  readonly displayName: string;
}

/** What the browser is asked to make: a passkey that checks its holder itself, by finger, face or PIN, so that it alone is two factors. */
export async function passkeyToMake(party: RelyingParty, siteName: string, holder: PasskeyHolder, known: readonly KnownPasskey[]) {
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: siteName,
    rpID: party.id,
    userName: holder.signInName,
    userDisplayName: holder.displayName,
    userID: Uint8Array.from(Buffer.from(holder.accountId)),
    timeout: patience,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
}

/** The passkey an answer brings; null when it does not answer this challenge, on this site, by a checked holder. */
export async function madePasskey(party: RelyingParty, challenge: string, answer: PasskeyMade): Promise<(KnownPasskey & { readonly synced: boolean }) | null> {
  const { verifyRegistrationResponse } = await webauthn();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: answer,
    ...expectedOf(party, challenge, answer),
    supportedAlgorithmIDs: algorithms,
  }).catch(refusedByLibrary);
  if (!verified || registrationInfo === undefined) return null;
  const { credential, credentialBackedUp, credentialDeviceType } = registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: (answer.response.transports ?? []).filter((one) => /^[a-z-]{1,20}$/.test(one)),
    synced: credentialBackedUp || credentialDeviceType === 'multiDevice',
  };
}

/** What the browser is asked to sign. `known` empty: any passkey it holds for this site, which says whose it is. */
export async function passkeyToUse(party: RelyingParty, known: readonly Pick<KnownPasskey, 'credentialId' | 'transports'>[]) {
  const { generateAuthenticationOptions } = await webauthn();
  return generateAuthenticationOptions({
    rpID: party.id,
    timeout: patience,
    userVerification: 'required',
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
  });
}

/** The counter after a use that holds, else null. A counter that does not grow means that the key was copied. */
export async function usedPasskey(party: RelyingParty, challenge: string, known: KnownPasskey, answer: PasskeyUsed): Promise<number | null> {
  const { verifyAuthenticationResponse } = await webauthn();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: answer,
    ...expectedOf(party, challenge, answer),
    credential: {
      id: known.credentialId, publicKey: Uint8Array.from(Buffer.from(known.publicKey, 'base64url')), counter: known.counter, transports: known.transports as AuthenticatorTransport[],
    },
  }).catch(refusedByLibrary);
  return verified && authenticationInfo !== undefined ? authenticationInfo.newCounter : null;
}

/** That it answers this challenge, on this site, by a holder the authenticator checked. */
function expectedOf(party: RelyingParty, challenge: string, { response }: Pick<PasskeyMade | PasskeyUsed, 'response'>) {
  return { expectedChallenge: challenge, expectedOrigin: expectedOriginOf(party, claimedOriginOf(response.clientDataJSON)), expectedRPID: party.id, requireUserVerification: true };
}

/** The library throws for every answer that does not hold; none of its reasons is for whoever asks. */
function refusedByLibrary(): { verified: false; registrationInfo?: undefined; authenticationInfo?: undefined } {
  return { verified: false };
}

/** Where the answer says it was made. Only compared, never trusted. */
function claimedOriginOf(clientData: string): string {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8'));
    return typeof said === 'object' && said !== null && 'origin' in said && typeof said.origin === 'string' ? said.origin : '';
  } catch {
    return '';
  }
}
