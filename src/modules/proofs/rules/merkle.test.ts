// The tree against published vectors, every proof of small trees, and proofs that must not hold.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consistencyHolds, consistencyParts, emptyRoot, growingTree, inclusionHolds, inclusionParts, listProver } from './merkle.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The leaves and roots of the tests of Certificate Transparency (RFC 6962 trees of one to eight leaves). */
const published = {
  leaves: ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'],
  roots: [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
};
const leafHashOf = (hex: string): string => sha256(Buffer.from(`00${hex}`, 'hex'));
const leaves = Array.from({ length: 64 }, (_, index) => leafHashOf(Buffer.from(`leaf ${index}`).toString('hex')));
const prover = listProver(leaves, sha256);
const roots = Array.from({ length: 65 }, (_, size) => prover.root(size));
const other = sha256(Buffer.from('other'));
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new RangeError(String(index));
  return found;
};

describe('the tree', () => {
  it('has the published roots', () => {
    const tree = growingTree(sha256);
    expect(tree.root()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [index, leaf] of published.leaves.entries()) {
      tree.add(leafHashOf(leaf));
      expect(tree.root()).toBe(published.roots[index]);
    }
  });

  it('has the published proofs of eight leaves', () => {
    const eight = listProver(published.leaves.map(leafHashOf), sha256);
    expect(eight.prove(inclusionParts(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(eight.prove(inclusionParts(5, 8))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(eight.prove(consistencyParts(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('grows as it is counted from scratch', () => {
    const tree = growingTree(sha256);
    for (const [size, root] of roots.entries()) {
      expect(tree.root()).toBe(root);
      if (size < 64) tree.add(at(leaves, size));
    }
  });
});

describe('proofs', () => {
  it('of every leaf in every tree up to 64 hold, and none that was changed', () => {
    const seen = { held: 0, refused: 0, wrong: 0 };
    const refuse = (claim: Parameters<typeof inclusionHolds>[0]): void => {
      if (!inclusionHolds(claim, sha256)) seen.refused += 1;
      else seen.wrong += 1;
    };
    for (let size = 1; size <= 64; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = { index, size, leafHash: at(leaves, index), path: prover.prove(inclusionParts(index, size)), root: at(roots, size) };
        if (inclusionHolds(claim, sha256)) seen.held += 1;
        refuse({ ...claim, path: [...claim.path, other] });
        refuse({ ...claim, leafHash: other });
        refuse({ ...claim, root: other });
        refuse({ ...claim, index: size });
        if (claim.path.length > 0) refuse({ ...claim, path: claim.path.slice(1) });
        if (claim.path.length > 0) refuse({ ...claim, path: claim.path.slice(0, -1) });
        if (size > 1) refuse({ ...claim, index: (index + 1) % size });
        if (claim.path.length > 1) refuse({ ...claim, path: claim.path.toReversed() });
      }
    }
    expect(seen).toEqual({ held: 2080, refused: 16629, wrong: 0 });
  });

  it('of every two trees up to 64 hold, and none that was changed; a wrong second size is found though the path is right', () => {
    const seen = { held: 0, refused: 0, wrong: 0 };
    const refuse = (claim: Parameters<typeof consistencyHolds>[0]): void => {
      if (!consistencyHolds(claim, sha256)) seen.refused += 1;
      else seen.wrong += 1;
    };
    for (let second = 0; second <= 64; second += 1) {
      for (let first = 0; first <= second; first += 1) {
        const claim = { first, second, firstRoot: at(roots, first), secondRoot: at(roots, second), path: prover.prove(consistencyParts(first, second)) };
        if (consistencyHolds(claim, sha256)) seen.held += 1;
        refuse({ ...claim, path: [...claim.path, other] });
        refuse({ ...claim, firstRoot: other });
        refuse({ ...claim, first: second + 1 });
        if (first === 0 && second > 0) continue;
        refuse({ ...claim, secondRoot: other });
        if (claim.path.length > 0) refuse({ ...claim, path: claim.path.slice(0, -1) });
        // Another tree has the same path only where it has the same shape; those are the only wrong sizes that no path can tell.
        if (first !== second) refuse({ ...claim, second: second * 2 });
        if (first !== second) refuse({ ...claim, second: second * 4 + 1 });
      }
    }
    expect(seen).toMatchObject({ held: 2145, wrong: 0 });
    expect(seen.refused).toBeGreaterThan(12_000);
  });

  it('of trees that cannot be are refused, not computed', () => {
    const root = emptyRoot(sha256);
    for (const size of [-1, 1.5, Number.NaN, 2 ** 53]) {
      expect(inclusionHolds({ index: 0, size, leafHash: other, path: [], root: other }, sha256)).toBe(false);
      expect(consistencyHolds({ first: 0, second: size, firstRoot: root, secondRoot: root, path: [] }, sha256)).toBe(false);
    }
    expect(inclusionHolds({ index: 0, size: 1, leafHash: 'no hash', path: [], root: 'no hash' }, sha256)).toBe(false);
  });
});
