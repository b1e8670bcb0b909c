// Signatures in a page: SM2, P-256 and Ed25519 on the curves of @noble. The browser's own crypto knows no
// SM2, Ed25519 only of late, and is missing where a page comes without TLS. Proven against Node's.
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { SignatureSuite, VerifySignature } from '../../shared/signature.ts';
import { sm2Holds } from '../../shared/sm2.ts';
import { Sm3 } from './sm3.ts';

const sm3 = (...parts: readonly Uint8Array[]): Uint8Array => new Sm3().update(concatBytes(...parts)).digest();

const verifiers: { readonly [S in SignatureSuite]: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean } = {
  'SM2-SM3': (publicKey, message, signature) => sm2Holds(publicKey, message, signature, sm3),
  // OpenSSL makes and takes either half of s; so do we.
  'P256-SHA256': (publicKey, message, signature) => p256.verify(signature, message, publicKey, { lowS: false }),
  Ed25519: (publicKey, message, signature) => ed25519.verify(signature, message, publicKey),
};

export const verifySignature: VerifySignature = (suite, publicKey, message, signature) => {
  if (signature.length !== 64 || publicKey.length !== (suite === 'Ed25519' ? 32 : 65)) return false;
  try {
    return verifiers[suite](publicKey, message, signature);
  } catch {
    return false;
  }
};
