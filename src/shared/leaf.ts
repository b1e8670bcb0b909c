// What a leaf of the proof log is, as text: the same bytes in the kernel that writes it, in SQL, and in whoever checks it later.
import { canonicalize } from 'json-canonicalize';
import type { Instant } from './instant.ts';
import type { Json } from './problem.ts';

export interface LeafContent {
  readonly at: Instant;
  /** SHA-256 over the canonical list of the digests of its records, in ascending order. */
  readonly payload: string;
  /** The hash of the leaf before; logStart for the first. */
  readonly previous: string;
  readonly records: number;
  readonly seq: number;
}

/** What the first leaf of a log points back to. */
export const logStart = '0'.repeat(64);

/** An audit record as its digest covers it; `at` is the moment of the request, which a leaf's time may be later than. */
export interface LoggedRecord {
  readonly provinceCode: number;
  readonly at: Instant;
  readonly accountId: string | null;
  readonly accountName: string;
  readonly requestId: string;
  readonly action: string;
  readonly unitCode: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before: Json;
  readonly after: Json;
  readonly basis: string | null;
}

/** RFC 8785 text of a record. Whatever else an object carries along is left out. */
export function recordText(record: LoggedRecord): string {
  const { provinceCode, at, accountId, accountName, requestId, action, unitCode, subjectKind, subjectId, before, after, basis } = record;
  return canonicalize({ provinceCode, at, accountId, accountName, requestId, action, unitCode, subjectKind, subjectId, before, after, basis });
}

/** The digests in ascending order, so that the payload does not depend on the order rows are read in. */
export function payloadText(recordHashes: readonly string[]): string {
  return canonicalize([...recordHashes].sort());
}

/** RFC 8785 text of a leaf. */
export function leafText({ at, payload, previous, records, seq }: LeafContent): string {
  return canonicalize({ at, payload, previous, records, seq });
}

/** What a leaf's hash covers: 0x00 and its text (RFC 9162, 2.1.1). Leaves hold ASCII only; anything else is no leaf. */
export function leafBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) throw new RangeError('not the text of a leaf');
    bytes[at + 1] = code;
  }
  return bytes;
}
