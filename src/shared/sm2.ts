// Verifying SM2 (GB/T 32918.2) on the curve of GB/T 32918.5, the same in Node and in a page; digests are each one's own. sm-crypto-v2
// takes several times as long, for it computes in constant time what is no secret; proven against it and the example of the standard.
import { bytesOfHex, hexOf, rememberingKeys, sm2UserId } from './signature.ts';
import { curve, jointMultiple, Point, preparedMultiple, windowsOf } from './sm2-points.ts';

/** The x of s·G + t·P by a key; null where that is infinity. A key that comes again and again has tables of its own. */
type Multiple = (s: bigint, t: bigint) => bigint | null;

const multipleOf = rememberingKeys<Multiple>(
  (publicKey) => {
    const point = Point.fromBytes(publicKey);
    return (s, t) => jointMultiple(s, t, point);
  },
  (publicKey) => {
    const windows = windowsOf(Point.fromBytes(publicKey));
    return (s, t) => preparedMultiple(s, t, windows);
  },
);

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
  const x = multipleOf(publicKey)(s, t);
  return x !== null && (digest + x) % n === r;
}
