// B-P5: ten thousand flipped bits, wrong sizes and wrong orders in leaves, proofs, checkpoints, cosignatures and whole exports. Passes when
// every one of them is found.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../src/kernel/digest.ts';
import { verifyLogExport } from '../src/modules/proofs/rules/exported.ts';
import { consistencyHolds, consistencyParts, inclusionHolds, inclusionParts, listProver } from '../src/modules/proofs/rules/merkle.ts';
import { type NoteKey, openCheckpoint } from '../src/modules/proofs/rules/note.ts';
import { cosignerKey, nodeNoteTools, noteKeysOf } from '../src/modules/proofs/signing.ts';
import { leafBytes, leafText } from '../src/shared/leaf.ts';
import { type BuiltLog, buildLog, exportLines } from '../src/testing/logs.ts';

const leaves = 61;
let log: BuiltLog;
let keys: readonly NoteKey[];
let prover: ReturnType<typeof listProver>;
let roots: readonly string[];
beforeAll(async () => {
  log = await buildLog(leaves, [33, 60]);
  keys = [...noteKeysOf(log.keys, log.origin), cosignerKey(log.witness)];
  prover = listProver(log.leaves.map(({ hash }) => hash), sha256Of);
  roots = Array.from({ length: leaves + 1 }, (_unused, size) => prover.root(size));
});

/** One bit of the bytes of a hash. */
function flipHash(hash: string, bit: number): string {
  const bytes = Buffer.from(hash, 'hex');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('hex');
}

/** One bit of a text; what is no text any more is found by whoever reads it. */
function flipText(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('utf8');
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new RangeError(String(index));
  return found;
};

const tried = { inclusion: 0, consistency: 0, leaf: 0, checkpoint: 0, export: 0 };
const seed = 20_230_626;

describe('B-P5: a flipped bit', () => {
  it('in a leaf, a hash of the path, the root, the index or the size of an inclusion proof is found', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: leaves }), fc.nat(), fc.nat(), fc.nat(255), (size, which, place, bit) => {
      const index = which % size;
      const claim = { index, size, leafHash: at(log.leaves, index).hash, path: prover.prove(inclusionParts(index, size)), root: at(roots, size) };
      const part = place % (claim.path.length + 4);
      const changed = [
        { ...claim, leafHash: flipHash(claim.leafHash, bit) },
        { ...claim, root: flipHash(claim.root, bit) },
        { ...claim, index: size > 1 ? (index + 1 + (bit % (size - 1))) % size : size },
        // A size that gives the path another shape; where it does not, the size is the checkpoint's, whose signature holds it.
        { ...claim, size: size * 2 + (bit % 2) },
        ...claim.path.map((_hash, step) => ({ ...claim, path: claim.path.with(step, flipHash(at(claim.path, step), bit)) })),
      ];
      tried.inclusion += 1;
      return inclusionHolds(claim, sha256Of) && !inclusionHolds(at(changed, part), sha256Of);
    }), { numRuns: 4_000, seed });
  });

  it('in a path, a root or a size of a consistency proof is found', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: leaves }), fc.nat(), fc.nat(), fc.nat(255), (second, which, place, bit) => {
      const first = 1 + (which % (second - 1));
      const claim = { first, second, firstRoot: at(roots, first), secondRoot: at(roots, second), path: prover.prove(consistencyParts(first, second)) };
      const changed = [
        { ...claim, firstRoot: flipHash(claim.firstRoot, bit) },
        { ...claim, secondRoot: flipHash(claim.secondRoot, bit) },
        { ...claim, second: second * 2 + (bit % 2) },
        { ...claim, path: claim.path.toSpliced(bit % claim.path.length, 1) },
        ...claim.path.map((_hash, step) => ({ ...claim, path: claim.path.with(step, flipHash(at(claim.path, step), bit)) })),
      ];
      tried.consistency += 1;
      return consistencyHolds(claim, sha256Of) && !consistencyHolds(at(changed, place % changed.length), sha256Of);
    }), { numRuns: 3_000, seed });
  });

  it('in the text of a leaf gives another hash, or is none', () => {
    fc.assert(fc.property(fc.nat(leaves - 1), fc.nat(100_000), (index, bit) => {
      const leaf = at(log.leaves, index);
      const text = leafText(leaf);
      tried.leaf += 1;
      try {
        return sha256Of(leafBytes(text)) === leaf.hash && sha256Of(leafBytes(flipText(text, bit))) !== leaf.hash;
      } catch (error) {
        return error instanceof RangeError;
      }
    }), { numRuns: 2_400, seed });
  });

  it('in a checkpoint, a signature or a cosignature is found', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(0, 1), fc.nat(100_000), async (which, bit) => {
      const note = at(log.notes, which);
      const opened = await openCheckpoint(flipText(note, bit), keys, nodeNoteTools);
      tried.checkpoint += 1;
      // Either it is none any more, or a line no longer is one of those known.
      return opened === null || opened.keys.length < keys.length;
    }), { numRuns: 300, seed });
    for (const note of log.notes) expect((await openCheckpoint(note, keys, nodeNoteTools))?.keys).toHaveLength(3);
  });

  it('anywhere in an exported log, lines in another order, and lines taken out or doubled are found', async () => {
    const small = await buildLog(9, [8]);
    const lines = exportLines(small);
    expect((await verifyLogExport(lines, nodeNoteTools)).fault).toBeNull();
    await fc.assert(fc.asyncProperty(fc.nat(lines.length - 1), fc.nat(100_000), fc.constantFrom('bit', 'bit', 'bit', 'bit', 'swap', 'drop', 'double'), async (which, bit, what) => {
      const other = (which + 1 + (bit % (lines.length - 1))) % lines.length;
      const changed = {
        bit: () => lines.with(which, flipText(at(lines, which), bit)),
        swap: () => lines.with(which, at(lines, other)).with(other, at(lines, which)),
        drop: () => lines.toSpliced(which, 1),
        double: () => lines.toSpliced(other, 0, at(lines, which)),
      }[what]();
      tried.export += 1;
      return (await verifyLogExport(changed, nodeNoteTools)).fault !== null;
    }), { numRuns: 300, seed });
    const total = Object.values(tried).reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(10_000);
    console.log(`B-P5: ${total} changes (${Object.entries(tried).map(([what, count]) => `${count} ${what}`).join(', ')}), all found; seed ${seed}`);
  });
});
