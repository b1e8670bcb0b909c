// Checks a whole log: every leaf against its records, its own text and the one before, its number and its time; then the roots of
// signed checkpoints. Names the first bad leaf and what was done to it.
import { leafBytes, type LeafContent, leafText, logStart, payloadText } from '../../../shared/leaf.ts';
import { growingTree, isHash, type Sha256 } from './merkle.ts';

/** A leaf as somebody keeps it. */
export interface KeptLeaf extends LeafContent {
  readonly hash: string;
}

export type LeafFaultKind =
  /** Its text no longer has its hash, or the next one points to another. */
  | 'edited'
  | 'deleted' | 'inserted' | 'swapped'
  /** The end is missing. */
  | 'truncated'
  /** Earlier than the one before. */
  | 'time'
  /** Points to another leaf than the one before it. */
  | 'chain'
  /** Every leaf from here to a signed checkpoint follows from the one before, but the checkpoint says otherwise. */
  | 'rewritten'
  | 'record_edited' | 'record_deleted' | 'record_inserted'
  /** An audit record that no leaf covers, though the log had begun. */
  | 'record_outside';

export interface LeafFault {
  /** Number of the first bad leaf. */
  readonly seq: number;
  readonly fault: LeafFaultKind;
}

/** A leaf that does not follow; `explain` finds out why. */
export interface Suspicion {
  /** The number it should have. */
  readonly seq: number;
  readonly leaf: KeptLeaf;
  readonly sign: 'number' | 'form' | 'hash' | 'previous' | 'time' | 'records_fewer' | 'records_more' | 'payload';
}

export interface LeafCheck {
  readonly size: number;
  readonly lastHash: string;
  /** Null when it follows. `digests`: of its audit records; null where they are not at hand. After the first suspicion nothing more is taken. */
  add(leaf: KeptLeaf, digests: readonly string[] | null): Suspicion | null;
  /** The root of the first so many leaves, for the sizes asked for; null when not that many came. */
  rootAt(size: number): string | null;
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+08:00$/;

export function openLeafCheck(sizes: ReadonlySet<number>, sha256: Sha256): LeafCheck {
  const tree = growingTree(sha256);
  const roots = new Map<number, string>();
  const note = (): void => {
    if (sizes.has(tree.size)) roots.set(tree.size, tree.root());
  };
  let last = { at: '', hash: logStart };
  note();
  return {
    get size() {
      return tree.size;
    },
    get lastHash() {
      return last.hash;
    },
    add: (leaf, digests) => {
      const sign = signOf(leaf, { ...last, seq: tree.size }, digests, sha256);
      if (sign !== null) return { seq: tree.size, leaf, sign };
      tree.add(leaf.hash);
      last = leaf;
      note();
      return null;
    },
    rootAt: (size) => roots.get(size) ?? null,
  };
}

function signOf(leaf: KeptLeaf, before: { readonly seq: number; readonly at: string; readonly hash: string }, digests: readonly string[] | null, sha256: Sha256): Suspicion['sign'] | null {
  if (leaf.seq !== before.seq) return 'number';
  if (!isWellFormed(leaf)) return 'form';
  if (hashOf(leaf, leaf.seq, sha256) !== leaf.hash) return 'hash';
  if (leaf.previous !== before.hash) return 'previous';
  if (leaf.at < before.at) return 'time';
  return digests === null ? null : recordSign(leaf, digests, sha256);
}

function recordSign(leaf: KeptLeaf, digests: readonly string[], sha256: Sha256): Suspicion['sign'] | null {
  if (digests.length < leaf.records) return 'records_fewer';
  if (digests.length > leaf.records) return 'records_more';
  return digests.every(isHash) && payloadHash(digests, sha256) === leaf.payload ? null : 'payload';
}

export function payloadHash(digests: readonly string[], sha256: Sha256): string {
  const text = payloadText(digests);
  return sha256(leafBytes(text).subarray(1));
}

function isWellFormed({ seq, at, payload, previous, records, hash }: KeptLeaf): boolean {
  return Number.isSafeInteger(seq) && Number.isSafeInteger(records) && records > 0 && instantPattern.test(at) && [payload, previous, hash].every(isHash);
}

/** The hash a leaf would have under a number. */
function hashOf({ at, payload, previous, records }: KeptLeaf, seq: number, sha256: Sha256): string {
  return sha256(leafBytes(leafText({ at, payload, previous, records, seq })));
}

/** A look at the rest of the log. */
export interface Surroundings {
  leafAt(seq: number): Promise<KeptLeaf | null>;
}

/** How far a number may have been moved and still be recognised. */
const reach = 1_000;

export async function explain({ seq, leaf, sign }: Suspicion, around: Surroundings, sha256: Sha256): Promise<LeafFault> {
  switch (sign) {
    case 'number':
      if (leaf.seq < seq) return { seq: leaf.seq, fault: 'inserted' };
      return { seq, fault: (await around.leafAt(seq)) === null ? 'deleted' : 'swapped' };
    case 'form':
      return { seq, fault: 'edited' };
    case 'hash':
      return explainHash(seq, leaf, around, sha256);
    case 'previous': {
      // The next leaf remembers which of the two is as it was.
      const next = await around.leafAt(seq + 1);
      const isItself = seq === 0 || (next !== null && next.previous !== leaf.hash);
      return isItself ? { seq, fault: 'chain' } : { seq: seq - 1, fault: 'edited' };
    }
    case 'time':
      return { seq, fault: 'time' };
    case 'records_fewer':
      return { seq, fault: 'record_deleted' };
    case 'records_more':
      return { seq, fault: 'record_inserted' };
    case 'payload':
      return { seq, fault: 'record_edited' };
  }
}

/** A leaf whose text has its hash under another number was moved, or others before it were taken out or put in. */
async function explainHash(seq: number, leaf: KeptLeaf, around: Surroundings, sha256: Sha256): Promise<LeafFault> {
  const own = ownNumber(seq, leaf, sha256);
  if (own === null) return { seq, fault: 'edited' };
  const there = await around.leafAt(own);
  if (there !== null && isWellFormed(there) && hashOf(there, seq, sha256) === there.hash) return { seq: Math.min(seq, own), fault: 'swapped' };
  return own > seq ? { seq, fault: 'deleted' } : { seq: own, fault: 'inserted' };
}

function ownNumber(seq: number, leaf: KeptLeaf, sha256: Sha256): number | null {
  for (let away = 1; away <= reach; away += 1) {
    if (hashOf(leaf, seq + away, sha256) === leaf.hash) return seq + away;
    if (seq >= away && hashOf(leaf, seq - away, sha256) === leaf.hash) return seq - away;
  }
  return null;
}

/** What somebody holds of a log from before: a checkpoint, or what a witness knows. */
export interface KnownRoot {
  readonly size: number;
  readonly root: string;
}

/** The first known root that the leaves do not lead to. A log rewritten whole is found here, between the last good one and the first bad. */
export function firstRootFault(known: readonly KnownRoot[], check: Pick<LeafCheck, 'size' | 'rootAt'>, complete: boolean): LeafFault | null {
  let good = 0;
  for (const { size, root } of known.toSorted((one, other) => one.size - other.size)) {
    if (size > check.size) return complete ? { seq: check.size, fault: 'truncated' } : null;
    if (check.rootAt(size) !== root) return { seq: good, fault: 'rewritten' };
    good = size;
  }
  return null;
}

/** The earlier of two. */
export function earlier(one: LeafFault | null, other: LeafFault | null): LeafFault | null {
  if (one === null || other === null) return one ?? other;
  return other.seq < one.seq ? other : one;
}

/** What was done to a leaf, for whoever is told. */
export const leafFaultWords: { readonly [F in LeafFaultKind]: readonly [chinese: string, english: string] } = {
  edited: ['被改过', 'was edited'],
  deleted: ['被删除', 'was deleted'],
  inserted: ['是插入的', 'was inserted'],
  swapped: ['被调换', 'was swapped with another'],
  truncated: ['起，日志末尾被截断', 'and all after it are cut off'],
  time: ['的时间早于前一条', 'is earlier than the one before'],
  chain: ['与前一条不衔接', 'does not follow from the one before'],
  rewritten: ['起被整段改写，与已签名的检查点不符', 'and those after it were rewritten: a signed checkpoint says otherwise'],
  record_edited: ['所对应的操作记录被改过', 'covers an audit record that was edited'],
  record_deleted: ['所对应的操作记录被删除', 'covers an audit record that was deleted'],
  record_inserted: ['所对应的操作记录被添加', 'has an audit record that was added'],
  record_outside: ['之前有一条操作记录不在日志中', 'comes after an audit record that is not in the log'],
};
