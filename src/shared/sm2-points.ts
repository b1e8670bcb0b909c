// s·G + t·P on the curve of SM2, for verifying: nothing here is secret, and nothing takes constant time. Both multiplications share
// their doublings (Straus), numbers are written with few digits (wNAF), points in Jacobian coordinates (GB/T 32918.1, A.1.2.3.2): half
// the multiplications of the complete formulas of @noble/curves, which reads the points and makes the tables.
import { normalizeZ } from '@noble/curves/abstract/curve.js';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

export const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const { p } = curve;

export const Point = weierstrass(curve);
export type CurvePoint = InstanceType<typeof Point>;

interface Affine {
  readonly x: bigint;
  readonly y: bigint;
}

/** X/Z², Y/Z³; at infinity Z is 0. Numbers may be negative, between −p and p. */
interface Jacobian extends Affine {
  readonly z: bigint;
}

const infinity: Jacobian = { x: 1n, y: 1n, z: 0n };

/** The x of s·G + t·P, s and t from 1 to n − 1; null where that is infinity. */
export function jointMultiple(s: bigint, t: bigint, point: CurvePoint): bigint | null {
  const [ofBase, ofPoint] = [digitsOf(s, baseWidth), digitsOf(t, pointWidth)];
  const [baseTable, pointTable] = [baseMultiples(), oddMultiples(point, pointWidth)];
  let sum = infinity;
  for (let at = Math.max(ofBase.length, ofPoint.length) - 1; at >= 0; at -= 1) {
    sum = doubled(sum);
    sum = addDigit(sum, ofBase[at] ?? 0, baseTable);
    sum = addDigit(sum, ofPoint[at] ?? 0, pointTable);
  }
  return affineX(sum);
}

/** The same by tables of both points, without doubling anything: for a key that is met again and again. */
export function preparedMultiple(s: bigint, t: bigint, windows: Windows): bigint | null {
  baseWindows ??= windowsOf(Point.BASE);
  return affineX(addWindows(addWindows(infinity, s, baseWindows), t, windows));
}

function affineX({ x, z }: Jacobian): bigint | null {
  if (z === 0n) return null;
  const inverse = Point.Fp.inv(Point.Fp.create(z));
  return Point.Fp.create(x * inverse * inverse);
}

/** For each digit to the base 256, the lowest first: what it stands for, once to 255 times. */
export type Windows = readonly (readonly Affine[])[];
let baseWindows: Windows | null = null;

/** Some milliseconds' work and a megabyte. */
export function windowsOf(point: CurvePoint): Windows {
  let unit = point;
  return Array.from({ length: 32 }, () => {
    const multiples = [unit];
    for (let last = unit; multiples.length < 255; multiples.push(last)) last = last.add(unit);
    unit = (multiples.at(-1) ?? unit).add(unit);
    return normalizeZ(Point, multiples).map((multiple) => multiple.toAffine());
  });
}

function addWindows(start: Jacobian, number: bigint, windows: Windows): Jacobian {
  let [sum, rest] = [start, number];
  for (const window of windows) {
    const multiple = window[Number(rest & 255n) - 1];
    if (multiple !== undefined) sum = added(sum, multiple);
    rest >>= 8n;
  }
  return sum;
}

/** Of the base, which is always the same, there may be more. */
const baseWidth = 8;
const pointWidth = 5;
let ofBasePoint: readonly Affine[] | null = null;
const baseMultiples = (): readonly Affine[] => (ofBasePoint ??= oddMultiples(Point.BASE, baseWidth));

/** 1·P, 3·P, 5·P and so on: as many as digits of this width ask for. */
function oddMultiples(point: CurvePoint, width: number): readonly Affine[] {
  const two = point.double();
  const multiples = [point];
  for (let last = point; multiples.length < 2 ** (width - 2); multiples.push(last)) last = last.add(two);
  return normalizeZ(Point, multiples).map((multiple) => multiple.toAffine());
}

/** wNAF, the lowest first: each digit is 0 or odd and below 2^(width − 1) either way; of `width` in a row one at most is not 0. */
function digitsOf(number: bigint, width: number): number[] {
  const digits: number[] = [];
  const size = 1n << BigInt(width);
  for (let rest = number; rest > 0n; rest >>= 1n) {
    const low = rest & (size - 1n);
    const digit = (rest & 1n) === 0n ? 0n : low > size >> 1n ? low - size : low;
    digits.push(Number(digit));
    rest -= digit;
  }
  return digits;
}

function addDigit(sum: Jacobian, digit: number, multiples: readonly Affine[]): Jacobian {
  const multiple = multiples[(Math.abs(digit) - 1) >> 1];
  if (digit === 0 || multiple === undefined) return sum;
  return added(sum, digit < 0 ? { x: multiple.x, y: -multiple.y } : multiple);
}

function added(one: Jacobian, other: Affine): Jacobian {
  const { x, y, z } = one;
  if (z === 0n) return { ...other, z: 1n };
  const zz = (z * z) % p;
  const apart = (other.x * zz - x) % p;
  const rise = (other.y * ((zz * z) % p) - y) % p;
  // The same point twice, or a point and its opposite.
  if (apart === 0n) return rise === 0n ? doubled(one) : infinity;
  const square = (apart * apart) % p;
  const cube = (square * apart) % p;
  const middle = (x * square) % p;
  const sumX = (rise * rise - cube - 2n * middle) % p;
  return { x: sumX, y: (rise * (middle - sumX) - y * cube) % p, z: (z * apart) % p };
}

/** With a = −3. No point of the curve has y = 0: its order is prime. */
function doubled({ x, y, z }: Jacobian): Jacobian {
  if (z === 0n) return infinity;
  const zz = (z * z) % p;
  const yy = (y * y) % p;
  const beta = (x * yy) % p;
  const slope = (3n * (x - zz) * (x + zz)) % p;
  const twiceX = (slope * slope - 8n * beta) % p;
  return { x: twiceX, y: (slope * (4n * beta - twiceX) - 8n * yy * yy) % p, z: (2n * y * z) % p };
}
