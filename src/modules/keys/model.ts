// Keys that sign: of units, held by the server until a UKey does it, and of the installation, which certifies them.
import { z } from 'zod';
import { instant } from '../../shared/instant.ts';
import { sealSuites } from '../../shared/signature.ts';

const publicKey = z.string().regex(/^04[0-9a-f]{128}$/);
export const sealSuite = z.enum(sealSuites);

/** A key of the installation, as anybody may know it. */
export const installationKey = z.object({ number: z.number().int(), suite: sealSuite, publicKey, from: instant });
export type InstallationKey = z.output<typeof installationKey>;

/** Two keys of the installation that vouch for each other: both signed the text that names the two (rules.ts). */
export const keyLink = z.object({ from: z.number().int(), to: z.number().int(), signatures: z.tuple([z.string(), z.string()]) });
export type KeyLink = z.output<typeof keyLink>;

/** A unit's public key with its certificate: the installation's signature over unit, number, key and time. */
export const unitKey = z.object({ unit: z.string(), number: z.number().int(), suite: sealSuite, publicKey, from: instant, issuer: z.number().int(), certificate: z.string() });
export type UnitKey = z.output<typeof unitKey>;

/** What a key signed: by which, and the signature. */
export const unitSignature = z.object({ suite: sealSuite, key: z.number().int(), signature: z.string() });
export type UnitSignature = z.output<typeof unitSignature>;
