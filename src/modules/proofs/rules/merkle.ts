// The Merkle tree of RFC 9162 over hashes in hexadecimal: which subtrees a root and a proof are made of, and whether a proof holds.
// Pure, so that whoever checks needs no server.

/** SHA-256 in lower-case hexadecimal. */
export type Sha256 = (bytes: Uint8Array) => string;

/** Of 2^level leaves, beginning with leaf position · 2^level. */
export interface Subtree {
  readonly level: number;
  readonly position: number;
}

/** A hash that is made of complete subtrees, largest first. */
export type Parts = readonly Subtree[];

const hashPattern = /^[0-9a-f]{64}$/;

export function isHash(text: unknown): text is string {
  return typeof text === 'string' && hashPattern.test(text);
}

export function nodeHash(left: string, right: string, sha256: Sha256): string {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  for (let at = 0; at < 32; at += 1) {
    bytes[at + 1] = byteAt(left, at);
    bytes[at + 33] = byteAt(right, at);
  }
  return sha256(bytes);
}

/** Quicker than parsing: a tree is a hash for every leaf. */
function byteAt(hash: string, at: number): number {
  return (digitOf(hash.charCodeAt(at * 2)) << 4) | digitOf(hash.charCodeAt(at * 2 + 1));
}

const digitOf = (code: number): number => (code < 58 ? code - 48 : code - 87);

export function emptyRoot(sha256: Sha256): string {
  return sha256(new Uint8Array());
}

/** The largest power of two below a number above 1. */
function powerBelow(number: number): number {
  let power = 1;
  while (power * 2 < number) power *= 2;
  return power;
}

/** The complete subtrees of leaves begin to end, where begin stands at the beginning of one that reaches to end at least. */
function partsOf(begin: number, end: number): Subtree[] {
  const parts: Subtree[] = [];
  for (let from = begin; from < end; ) {
    let level = 0;
    while (from % 2 ** (level + 1) === 0 && from + 2 ** (level + 1) <= end) level += 1;
    parts.push({ level, position: from / 2 ** level });
    from += 2 ** level;
  }
  return parts;
}

export function rootParts(size: number): Parts {
  return partsOf(0, size);
}

/** What an inclusion proof is made of, from the leaf up (2.1.3.1). */
export function inclusionParts(index: number, size: number): Parts[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) throw new RangeError('no leaf of this tree');
  const path: Parts[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + powerBelow(end - begin);
    if (index < middle) {
      path.unshift(partsOf(middle, end));
      end = middle;
    } else {
      path.unshift(partsOf(begin, middle));
      begin = middle;
    }
  }
  return path;
}

/** What a consistency proof is made of (2.1.4.1). Empty from nothing and from a tree to itself. */
export function consistencyParts(first: number, second: number): Parts[] {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second) throw new RangeError('no such trees');
  if (first === 0 || first === second) return [];
  const path: Parts[] = [];
  let [begin, end] = [0, second];
  // Whether the subtree at hand is a whole tree of the first size: then its hash is known to whoever asks.
  let whole = true;
  while (first !== end) {
    const middle = begin + powerBelow(end - begin);
    if (first <= middle) {
      path.unshift(partsOf(middle, end));
      end = middle;
    } else {
      path.unshift(partsOf(begin, middle));
      begin = middle;
      whole = false;
    }
  }
  if (!whole) path.unshift(partsOf(begin, end));
  return path;
}

/** The hash of parts, once the hashes of their subtrees are known. */
export function hashOfParts(parts: Parts, hashOf: (subtree: Subtree) => string, sha256: Sha256): string {
  return parts.map(hashOf).reduceRight((right, left) => nodeHash(left, right, sha256));
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: string;
  readonly path: readonly string[];
  readonly root: string;
}

/**
 * Goes up from a node to the root of a tree, past the hashes beside the way; whether it ends there with the path used up. One that is
 * too long or too short proves nothing.
 */
function climbs(from: number, last: number, path: readonly string[], pass: (beside: string, side: 'left' | 'right') => void): boolean {
  let [fn, sn] = [from, last];
  for (const beside of path) {
    if (sn === 0) return false;
    const left = fn % 2 === 1 || fn === sn;
    pass(beside, left ? 'left' : 'right');
    if (left) while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0;
}

/** 2.1.3.2. */
export function inclusionHolds({ index, size, leafHash, path, root }: InclusionClaim, sha256: Sha256): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leafHash, root, ...path].every(isHash)) return false;
  let hash = leafHash;
  const arrived = climbs(index, size - 1, path, (beside, side) => {
    hash = side === 'left' ? nodeHash(beside, hash, sha256) : nodeHash(hash, beside, sha256);
  });
  return arrived && hash === root;
}

export interface ConsistencyClaim {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: string;
  readonly secondRoot: string;
  readonly path: readonly string[];
}

/** 2.1.4.2, with the cases it leaves out: from nothing to anything, and a tree to itself, both without a path. */
export function consistencyHolds({ first, second, firstRoot, secondRoot, path }: ConsistencyClaim, sha256: Sha256): boolean {
  if (!isCount(first) || !isCount(second) || first > second || ![firstRoot, secondRoot, ...path].every(isHash)) return false;
  if (first === second) return path.length === 0 && firstRoot === secondRoot;
  if (first === 0) return path.length === 0 && firstRoot === emptyRoot(sha256);
  if (path.length === 0) return false;
  const [start = '', ...rest] = isPowerOfTwo(first) ? [firstRoot, ...path] : path;
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [fromFirst, fromSecond] = [start, start];
  const arrived = climbs(fn, sn, rest, (beside, side) => {
    if (side === 'left') fromFirst = nodeHash(beside, fromFirst, sha256);
    fromSecond = side === 'left' ? nodeHash(beside, fromSecond, sha256) : nodeHash(fromSecond, beside, sha256);
  });
  return arrived && fromFirst === firstRoot && fromSecond === secondRoot;
}

const half = (number: number): number => Math.floor(number / 2);
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

function isPowerOfTwo(number: number): boolean {
  let rest = number;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

/** A tree that grows leaf by leaf and keeps no more than one hash a level. */
export interface GrowingTree {
  readonly size: number;
  add(leafHash: string): void;
  root(): string;
}

/** `onComplete` is told every complete subtree above the leaves. */
export function growingTree(sha256: Sha256, onComplete: (subtree: Subtree, hash: string) => void = () => undefined): GrowingTree {
  const edge: { readonly level: number; readonly hash: string }[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add: (leafHash) => {
      let made = { level: 0, hash: leafHash };
      for (let last = edge.at(-1); last?.level === made.level; last = edge.at(-1)) {
        edge.pop();
        made = { level: made.level + 1, hash: nodeHash(last.hash, made.hash, sha256) };
        onComplete({ level: made.level, position: Math.floor(size / 2 ** made.level) }, made.hash);
      }
      edge.push(made);
      size += 1;
    },
    root: () => (edge.length === 0 ? emptyRoot(sha256) : edge.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right, sha256))),
  };
}

/** A proof of a list of leaf hashes that is at hand whole. */
export function listProver(leafHashes: readonly string[], sha256: Sha256): { hashOf(subtree: Subtree): string; prove(parts: readonly Parts[]): string[]; root(size: number): string } {
  const known = new Map<string, string>();
  const tree = growingTree(sha256, ({ level, position }, hash) => void known.set(`${level} ${position}`, hash));
  for (const leaf of leafHashes) tree.add(leaf);
  const hashOf = ({ level, position }: Subtree): string => {
    const hash = level === 0 ? leafHashes[position] : known.get(`${level} ${position}`);
    if (hash === undefined) throw new RangeError('beyond the tree');
    return hash;
  };
  return {
    hashOf,
    prove: (parts) => parts.map((one) => hashOfParts(one, hashOf, sha256)),
    root: (size) => (size === 0 ? emptyRoot(sha256) : hashOfParts(rootParts(size), hashOf, sha256)),
  };
}
