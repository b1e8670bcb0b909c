// Signatures in a page: SM2 (GB/T 32918.2, verification), P-256 and Ed25519 on the curves of @noble. The browser's own crypto knows no
// SM2, Ed25519 only of late, and is missing where a page comes without TLS. Proven against Node's and sm-crypto-v2.
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { rememberingKeys, sm2UserId, type SignatureSuite, type VerifySignature } from '../../shared/signature.ts';
import { Sm3 } from './sm3.ts';

/** GB/T 32918.5. */
const sm2Curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Sm2Point = weierstrass(sm2Curve);

const sm2Key = rememberingKeys((publicKey) => Sm2Point.fromBytes(publicKey), (publicKey) => Sm2Point.fromBytes(publicKey).precompute(8, false));

const sm3 = (...parts: readonly Uint8Array[]): Uint8Array => new Sm3().update(concatBytes(...parts)).digest();
const bytesOf = (number: bigint): Uint8Array => hexToBytes(number.toString(16).padStart(64, '0'));
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes)}`);

/** What identifies the signer in the digest: user id, curve and key. */
function identityOf(publicKey: Uint8Array): Uint8Array {
  const id = utf8ToBytes(sm2UserId);
  const { a, b, Gx, Gy } = sm2Curve;
  return sm3(Uint8Array.of((id.length * 8) >> 8, (id.length * 8) & 255), id, ...[a, b, Gx, Gy].map(bytesOf), publicKey.subarray(1));
}

function sm2Holds(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const { n } = sm2Curve;
  const [r, s] = [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32))];
  const t = (r + s) % n;
  if (r === 0n || s === 0n || r >= n || s >= n || t === 0n) return false;
  const digest = numberOf(sm3(identityOf(publicKey), message));
  const { x } = Sm2Point.BASE.multiplyUnsafe(s).add(sm2Key(publicKey).multiplyUnsafe(t)).toAffine();
  return (digest + x) % n === r;
}

const verifiers: { readonly [S in SignatureSuite]: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean } = {
  'SM2-SM3': sm2Holds,
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
