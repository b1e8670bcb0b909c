// An export holds as it is; whatever is done to it is found, and the first bad leaf is named.
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../../../kernel/digest.ts';
import { type BuiltLeaf, type BuiltLog, buildLog, exportLines, leafTime, nextLeaf } from '../../../testing/logs.ts';
import { nodeNoteTools } from '../signing.ts';
import { type LogExportFault, verifyLogExport } from './exported.ts';
import { type Checkpoint, readCheckpoint, readNote } from './note.ts';

let log: BuiltLog;
beforeAll(async () => {
  log = await buildLog(40, [1, 16, 30]);
});

const verify = async (changed: BuiltLog, change: (lines: string[]) => string[] = (lines) => lines): Promise<LogExportFault | null> =>
  (await verifyLogExport(change(exportLines(changed)), nodeNoteTools)).fault;

/** The log with other leaves. */
const withLeaves = (change: (leaves: BuiltLeaf[]) => BuiltLeaf[]): BuiltLog => ({ ...log, leaves: change([...log.leaves]) });

/** Leaves from one on written anew, each following from the one before. */
function rewritten(leaves: readonly BuiltLeaf[], from: number, digests: readonly string[]): BuiltLeaf[] {
  const kept = leaves.slice(0, from);
  return leaves.slice(from).reduce((made, { at, digests: own }, index) => [...made, nextLeaf(made.at(-1), index === 0 ? digests : own, at)], kept);
}
const renumbered = (leaves: readonly BuiltLeaf[]): BuiltLeaf[] => leaves.map((leaf, seq) => ({ ...leaf, seq }));
const forged = [sha256Of('forged')];
const leafOf = (leaves: readonly BuiltLeaf[], seq: number): BuiltLeaf => leaves[seq] ?? nextLeaf(undefined, [], '');
const rehashed = (leaf: BuiltLeaf, before: BuiltLeaf, digests: readonly string[]): BuiltLeaf => nextLeaf({ ...before, hash: leaf.previous }, digests, leaf.at);

describe('an exported log', () => {
  it('holds as it is, and says what was signed and cosigned', async () => {
    const verdict = await verifyLogExport(exportLines(log), nodeNoteTools);
    expect(verdict).toMatchObject({ installation: 'fuwuyue-0123456789abcdef', leaves: 40, fault: null });
    expect(verdict.logs[0]).toMatchObject({ origin: log.origin, size: 40, checkpoints: 3, signed: { size: 30 }, cosigned: { 'auditor.example/w1': 30 } });
  });

  it.each<[string, number, string, () => BuiltLog]>([
    ['a leaf edited', 7, 'edited', () => withLeaves((leaves) => leaves.map((leaf) => (leaf.seq === 7 ? { ...leaf, records: leaf.records + 1 } : leaf)))],
    ['a leaf edited with its hash', 7, 'edited', () => withLeaves((leaves) => leaves.map((leaf) => (leaf.seq === 7 ? rehashed(leaf, leafOf(leaves, 6), forged) : leaf)))],
    ['a leaf deleted', 7, 'deleted', () => withLeaves((leaves) => leaves.toSpliced(7, 1))],
    ['leaves deleted and the rest renumbered', 7, 'deleted', () => withLeaves((leaves) => renumbered(leaves.toSpliced(7, 3)))],
    ['leaves swapped', 7, 'swapped', () => withLeaves((leaves) => leaves.with(7, leafOf(leaves, 9)).with(9, leafOf(leaves, 7)))],
    ['leaves swapped with their numbers', 7, 'swapped', () => withLeaves((leaves) => renumbered(leaves.with(7, leafOf(leaves, 9)).with(9, leafOf(leaves, 7))))],
    ['a leaf inserted and the rest renumbered', 7, 'inserted', () => withLeaves((leaves) => renumbered(leaves.toSpliced(7, 0, nextLeaf(leaves[6], forged, leafTime(7)))))],
    ['a leaf twice', 7, 'inserted', () => withLeaves((leaves) => leaves.toSpliced(8, 0, leafOf(leaves, 7)))],
    ['the end cut off', 38, 'truncated', () => withLeaves((leaves) => leaves.slice(0, 38))],
    ['the end cut off below a checkpoint', 20, 'truncated', () => withLeaves((leaves) => leaves.slice(0, 20))],
    ['all rewritten from a leaf on', 16, 'rewritten', () => withLeaves((leaves) => rewritten(leaves, 20, forged))],
    ['an audit record edited', 7, 'record_edited', () => withLeaves((leaves) => leaves.map((leaf) => (leaf.seq === 7 ? { ...leaf, digests: [...leaf.digests.slice(1), ...forged] } : leaf)))],
    ['an audit record deleted', 8, 'record_deleted', () => withLeaves((leaves) => leaves.map((leaf) => (leaf.seq === 8 ? { ...leaf, digests: leaf.digests.slice(1) } : leaf)))],
    ['an audit record added', 8, 'record_inserted', () => withLeaves((leaves) => leaves.map((leaf) => (leaf.seq === 8 ? { ...leaf, digests: [...leaf.digests, ...forged] } : leaf)))],
    ['a leaf that goes back in time', 39, 'time', () => withLeaves((leaves) => [...leaves.slice(0, 39), nextLeaf(leaves[38], forged, leafTime(3))])],
  ])('with %s is found out, and the leaf is named', async (_what, seq, fault, changed) => {
    const found = await verify({ ...changed() }, (lines) => {
      // Whoever cuts the end off cuts it off the size too, unless that is what is tried.
      const size = fault === 'truncated' ? 40 : changed().leaves.length;
      return lines.map((line) => line.replace(/("kind":"log".*"size":)\d+/, `$1${size}`));
    });
    expect(found).toEqual({ fault, seq, origin: log.origin });
  });

  it('with a checkpoint or cosignature nobody signed is found out', async () => {
    const other = await buildLog(40, [30]);
    const [note = ''] = other.notes;
    expect(await verify({ ...log, notes: [...log.notes.slice(0, 2), note] })).toEqual({ fault: 'checkpoint_forged', origin: log.origin, size: 30 });
    const [first = '', second = ''] = log.notes;
    expect(await verify({ ...log, notes: [first, second.replace('auditor.example/w1', 'auditor.example/w2')] })).toEqual({ fault: 'cosignature_forged', origin: log.origin, size: 16 });
    expect(await verify({ ...log, notes: [second, first] })).toMatchObject({ fault: 'checkpoint_forged', size: 1 });
  });

  it('signed anew by somebody else holds only for whoever knows no key', async () => {
    const other = await buildLog(40, [30]);
    const tools = { ...nodeNoteTools, trusted: JSON.parse(exportLines(log)[1] ?? '{}').keys as string[] };
    expect((await verifyLogExport(exportLines(log), tools)).fault).toBeNull();
    expect((await verifyLogExport(exportLines(other), tools)).fault).toEqual({ fault: 'key_not_trusted', origin: log.origin });
  });

  it('must lead to the checkpoints somebody kept', async () => {
    const keptBy = async (kept: readonly Checkpoint[]) => (await verifyLogExport(exportLines(log), { ...nodeNoteTools, kept })).fault;
    const [first = '', second = ''] = log.notes.map((note) => readNote(note)?.text ?? '');
    const [one, other] = [readCheckpoint(first), readCheckpoint(second)];
    if (one === null || other === null) throw new Error('no checkpoints');
    expect(await keptBy([one, other])).toBeNull();
    expect(await keptBy([{ ...other, root: one.root }])).toMatchObject({ fault: 'rewritten', origin: log.origin });
    expect(await keptBy([{ ...other, size: 41 }])).toMatchObject({ fault: 'truncated', seq: 40 });
    expect(await keptBy([{ ...other, origin: 'fuwuyue-0000000000000000/99' }])).toMatchObject({ fault: 'truncated', origin: 'fuwuyue-0000000000000000/99' });
  });

  it('cut off, lengthened or something else is refused with the line', async () => {
    expect(await verify(log, (lines) => lines.slice(0, -1))).toEqual({ fault: 'cut_off', line: 45 });
    expect(await verify(log, (lines) => [...lines, '{}'])).toEqual({ fault: 'line_unreadable', line: 47 });
    expect(await verify(log, (lines) => lines.slice(1))).toEqual({ fault: 'no_export', line: 1 });
    expect(await verify(log, () => [])).toEqual({ fault: 'no_export', line: 0 });
    expect(await verify(log, (lines) => lines.map((line) => line.replace('"kind":"leaf"', '"kind":"leaf","note":"x"')))).toEqual({ fault: 'line_unreadable', line: 6 });
  });
});
