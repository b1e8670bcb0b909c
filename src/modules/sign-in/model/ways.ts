// What one proves oneself with beside a password and a code: passkeys, UKeys, an identity at a sign-in service.
import { z } from 'zod';
import { instant } from '../../../shared/instant.ts';
import { plainText } from '../../../shared/wire.ts';

const base64url = (longest: number): z.ZodString => z.string().max(longest, { error: 'text_too_long' }).regex(/^[A-Za-z0-9_-]+$/, { error: 'passkey_answer' });

/** What a challenge is asked back by: known to the browser it was made for, and to nobody else. */
export const challengeHandle = z.string().regex(/^[A-Za-z0-9_-]{20,80}$/, { error: 'challenge_handle' });

export const factorName = plainText(30);

const browserExtras = { clientExtensionResults: z.looseObject({}), authenticatorAttachment: z.enum(['cross-platform', 'platform']).exactOptional(), type: z.literal('public-key') };

/** What a browser answers when a passkey was made. */
export const passkeyMade = z.strictObject({
  id: base64url(1400),
  rawId: base64url(1400),
  response: z.strictObject({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(20_000),
    authenticatorData: base64url(20_000).exactOptional(),
    transports: z.array(z.string().max(20)).max(10).exactOptional(),
    publicKeyAlgorithm: z.number().int().exactOptional(),
    publicKey: base64url(4000).exactOptional(),
  }),
  ...browserExtras,
});
export type PasskeyMade = z.output<typeof passkeyMade>;

/** What a browser answers when a passkey was used. */
export const passkeyUsed = z.strictObject({
  id: base64url(1400),
  rawId: base64url(1400),
  response: z.strictObject({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(4000),
    userHandle: base64url(200).exactOptional(),
  }),
  ...browserExtras,
});
export type PasskeyUsed = z.output<typeof passkeyUsed>;

/** A passkey as a proof of who is there. */
export const passkeyProof = z.strictObject({ kind: z.literal('passkey'), challenge: challengeHandle, answer: passkeyUsed });
export type PasskeyProof = z.output<typeof passkeyProof>;

/** A UKey as a proof of who is there: SM2 over the text of the challenge, r and s one after the other in hexadecimal digits. */
export const ukeyProof = z.strictObject({
  kind: z.literal('ukey'),
  challenge: challengeHandle,
  publicKey: z.string().regex(/^04[0-9a-f]{128}$/, { error: 'ukey_public_key' }),
  signature: z.string().regex(/^[0-9a-f]{128}$/, { error: 'ukey_signature' }),
});
export type UkeyProof = z.output<typeof ukeyProof>;

export const passkeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Copied to the person's other devices by their maker, or bound to one device. */
  synced: z.boolean(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type PasskeyView = z.output<typeof passkeyView>;

export const ukeyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Who the certificate says holds it; null when only a public key was registered. */
  subject: z.string().nullable(),
  fingerprint: z.string(),
  publicKey: z.string(),
  validUntil: instant.nullable(),
  registeredByName: z.string(),
  registeredAt: instant,
  lastUsedAt: instant.nullable(),
});
export type UkeyView = z.output<typeof ukeyView>;

export const identityView = z.object({ issuer: z.string(), subject: z.string(), label: z.string(), linkedByName: z.string(), linkedAt: instant, lastUsedAt: instant.nullable() });
export type IdentityView = z.output<typeof identityView>;
