// Verifying SM2 (GB/T 32918.2) on the curve of GB/T 32918.5, the same in Node and in a page; digests are each one's own. Three fifths of
// what sm-crypto-v2 takes, which computes in constant time what is no secret; proven against it and the example of the standard.
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { bytesOfHex, hexOf, rememberingKeys, sm2UserId } from './signature.ts';

const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const Point = weierstrass(curve);
const pointOf = rememberingKeys((publicKey) => Point.fromBytes(publicKey), (publicKey) => Point.fromBytes(publicKey).precompute(8, false));

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes)}`);

/** Length and text of the user id, and the curve: what stands in front of the key when its identity is digested. */
const identityHead = ((): Uint8Array => {
  const id = Array.from(sm2UserId, (letter) => letter.charCodeAt(0));
  const { a, b, Gx, Gy } = curve;
  const parameters = [a, b, Gx, Gy].map((number) => number.toString(16).padStart(64, '0')).join('');
  return Uint8Array.of((id.length * 8) >> 8, (id.length * 8) & 255, ...id, ...(bytesOfHex(parameters) ?? []));
})();

/** Whether r‖s is the key's over the message. Throws when the key is no point of the curve. */
export function sm2Holds(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, sm3: (...parts: readonly Uint8Array[]) => Uint8Array): boolean {
  const { n } = curve;
  const [r, s] = [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32))];
  const t = (r + s) % n;
  if (r === 0n || s === 0n || r >= n || s >= n || t === 0n) return false;
  const digest = numberOf(sm3(sm3(identityHead, publicKey.subarray(1)), message));
  const { x } = Point.BASE.multiplyUnsafe(s).add(pointOf(publicKey).multiplyUnsafe(t)).toAffine();
  return (digest + x) % n === r;
}
