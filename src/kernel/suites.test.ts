import { sm2 } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { bytesOfHex, hexOf, type SignatureSuite, sm2UserId } from '../shared/signature.ts';
import { curve, type CurvePoint, jointMultiple, Point, preparedMultiple, windowsOf } from '../shared/sm2-points.ts';
import { keyPairOf, newKeyPair, signWith, verifyWith } from './suites.ts';

const all: readonly SignatureSuite[] = ['SM2-SM3', 'P256-SHA256', 'Ed25519'];
const message = Buffer.from('本单位盖章');

describe.each(all)('%s', (suite) => {
  it('verifies its own signature and nothing else', () => {
    const [ours, theirs] = [newKeyPair(suite), newKeyPair(suite)];
    const signature = signWith(ours, message);
    expect(signature).toHaveLength(64);
    expect(verifyWith(suite, ours.publicKey, message, signature)).toBe(true);
    expect(verifyWith(suite, theirs.publicKey, message, signature)).toBe(false);
    expect(verifyWith(suite, ours.publicKey, Buffer.from('本单位盖章。'), signature)).toBe(false);
    for (let at = 0; at < 64; at += 7) {
      const flipped = Buffer.from(signature);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << at % 8);
      expect(verifyWith(suite, ours.publicKey, message, flipped)).toBe(false);
    }
    for (const other of all.filter((one) => one !== suite)) expect(verifyWith(other, ours.publicKey, message, signature)).toBe(false);
  });

  it('never throws at what is no key and no signature', () => {
    const { publicKey } = newKeyPair(suite);
    const off = Buffer.from(publicKey);
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
    for (const key of [new Uint8Array(), new Uint8Array(65), new Uint8Array(32), off]) expect(verifyWith(suite, key, message, new Uint8Array(64))).toBe(false);
    for (const signature of [new Uint8Array(), new Uint8Array(64), new Uint8Array(64).fill(255), new Uint8Array(72)]) expect(verifyWith(suite, publicKey, message, signature)).toBe(false);
  });

  it('makes the same key pair of the same secret, and another of another', () => {
    const secret = new Uint8Array(32).fill(7);
    expect(keyPairOf(suite, secret)).toEqual(keyPairOf(suite, secret));
    expect(keyPairOf(suite, new Uint8Array(32).fill(8)).publicKey).not.toEqual(keyPairOf(suite, secret).publicKey);
    expect(() => keyPairOf(suite, new Uint8Array(16))).toThrow(RangeError);
  });
});

describe('SM2', () => {
  // GM/T 0003.5-2012, annex A: the example with the recommended curve.
  const publicKey = bytesOfHex('0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13') ?? new Uint8Array();
  const published = bytesOfHex('f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa') ?? new Uint8Array();

  it('takes the signature of the standard, made for the user id 1234567812345678', () => {
    expect(verifyWith('SM2-SM3', publicKey, Buffer.from('message digest'), published)).toBe(true);
    expect(verifyWith('SM2-SM3', publicKey, Buffer.from('message digesu'), published)).toBe(false);
  });

  it('holds and does not hold as sm-crypto-v2 says', () => {
    for (let round = 0; round < 25; round += 1) {
      const pair = newKeyPair('SM2-SM3');
      const signature = signWith(pair, message);
      const flipped = Uint8Array.from(signature, (byte, at) => (at === round * 2 ? byte ^ 1 : byte));
      const theirs = (sealed: Uint8Array): boolean => sm2.doVerifySignature(message, hexOf(sealed), hexOf(pair.publicKey), { hash: true, userId: sm2UserId });
      expect([verifyWith('SM2-SM3', pair.publicKey, message, signature), theirs(signature)]).toEqual([true, true]);
      expect([verifyWith('SM2-SM3', pair.publicKey, message, flipped), theirs(flipped)]).toEqual([false, false]);
    }
  });

  it('takes a number once only: r and s beyond the order are refused', () => {
    const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
    const half = (from: number): bigint => BigInt(`0x${hexOf(published.subarray(from, from + 32))}`);
    const spelt = (r: bigint, s: bigint): Uint8Array => bytesOfHex([r, s].map((number) => number.toString(16).padStart(64, '0')).join('')) ?? new Uint8Array();
    expect(verifyWith('SM2-SM3', publicKey, Buffer.from('message digest'), spelt(half(0), half(32)))).toBe(true);
    for (const [r, s] of [[0n, half(32)], [half(0), 0n], [half(0), order], [order, half(32)]] as const) expect(verifyWith('SM2-SM3', publicKey, Buffer.from('message digest'), spelt(r, s))).toBe(false);
  });
});

describe('s·G + t·P', () => {
  const { n } = curve;
  const numbers = (seed: string): bigint => BigInt(`0x${keyPairOf('SM2-SM3', Buffer.from(seed.padEnd(32, '.'))).privateKey.toString('hex')}`);
  const slowly = (s: bigint, t: bigint, point: CurvePoint): bigint | null => {
    const sum = Point.BASE.multiply(s).add(point.multiply(t));
    return sum.is0() ? null : sum.toAffine().x;
  };

  it('is what the library says, digit by digit and at the ends', () => {
    const edges = [1n, 2n, 3n, 15n, 16n, 17n, 127n, 128n, 129n, 255n, (n - 1n) / 2n, (n + 1n) / 2n, n - 2n, n - 1n];
    const point = Point.BASE.multiply(numbers('a key'));
    const windows = windowsOf(point);
    for (const [at, edge] of edges.entries()) {
      const other = numbers(`other ${at}`);
      for (const [s, t] of [[edge, other], [other, edge], [edge, edges.at(-1 - at) ?? 1n]] as const) {
        const expected = slowly(s, t, point);
        expect([jointMultiple(s, t, point), preparedMultiple(s, t, windows)]).toEqual([expected, expected]);
      }
    }
  });

  it('knows doubling, opposites and infinity, where P is a small multiple of G', () => {
    for (const multiple of [1n, 3n, n - 1n, n - 2n]) {
      const point = Point.BASE.multiply(multiple);
      for (const t of [1n, 2n, n - 1n]) {
        // Together nothing, once nothing and once the base, and twice the same.
        for (const rest of [0n, 1n, (multiple * t) % n]) {
          const s = (((rest - multiple * t) % n) + n) % n || 1n;
          expect(jointMultiple(s, t, point)).toBe(slowly(s, t, point));
        }
      }
    }
    expect([jointMultiple(1n, n - 1n, Point.BASE), preparedMultiple(1n, n - 1n, windowsOf(Point.BASE))]).toEqual([null, null]);
  });

  it('verifies the same for a key met once and a key met often', () => {
    const pair = keyPairOf('SM2-SM3', Buffer.from('met often'.padEnd(32, '.')));
    const signature = signWith(pair, message);
    const changed = Uint8Array.from(signature, (byte, at) => (at === 40 ? byte ^ 4 : byte));
    for (let times = 0; times < 20; times += 1) expect([signature, changed].map((one) => verifyWith('SM2-SM3', pair.publicKey, message, one))).toEqual([true, false]);
  });
});
