// Takes away what was uploaded and then given up: rows behind no entry, bytes behind no row. Run by housekeeping, for
// nobody in particular; a unit whose files went finds one record of it in its audit trail.
import { randomUUID } from 'node:crypto';
import { saveAudit } from '../../kernel/audit.ts';
import { type BlobStore, digestOfBlob } from '../../kernel/blobs.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { deleteUnattached, listNamedDigests, listUnitsWithUnattached, mayRemoveBlobs, type UnattachedIn } from './queries.ts';
import { givenUpBefore, isOwnStore, settledBefore } from './rules.ts';

/** Called between batches; false ends the work early. */
export type GoesOn = () => boolean;

/** Deletes given-up evidence, a unit at a time, so many each: the rest waits for the next time. How many went. */
export async function clearUnattached(database: Database, now: Instant, most: number, goesOn: GoesOn): Promise<number> {
  const before = givenUpBefore(now);
  let removed = 0;
  for (const unit of await database.read((tx) => listUnitsWithUnattached(tx, before))) {
    if (!goesOn()) break;
    removed += await database.write((tx) => clearUnit(tx, unit, now, most));
  }
  return removed;
}

async function clearUnit(tx: Tx, unit: UnattachedIn, now: Instant, most: number): Promise<number> {
  const removed = await deleteUnattached(tx, unit, givenUpBefore(now), most);
  if (removed.length === 0) return 0;
  const { editionCode, unitCode } = unit;
  const record = {
    action: 'evidence.clear', unitCode, subjectKind: 'unit', subjectId: unitCode,
    before: { edition: editionCode, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0), evidence: removed.map(({ id, name, sha256 }) => ({ id, name, sha256 })) },
  };
  await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  return removed.length;
}

export interface BlobsCleared {
  readonly removed: number;
  /** Why no more were removed: nothing hindered it, somebody copies the files, or this is hardly the store of this database. */
  readonly halted: 'no' | 'copied_now' | 'not_own_store';
}

/** Removes bytes that no row names. `machineTime` is the machine's even where the clock of a demonstration is another. */
export async function clearBlobs(database: Database, blobs: BlobStore, machineTime: Instant, most: number, goesOn: GoesOn): Promise<BlobsCleared> {
  let named = 0;
  const unnamed: string[] = [];
  for await (const names of batchesOf(blobs.list(), most)) {
    if (!goesOn()) return { removed: 0, halted: 'no' };
    const without = await database.read((tx) => withoutRow(tx, names));
    named += names.length - without.length;
    unnamed.push(...without);
  }
  if (!isOwnStore(named, unnamed.length)) return { removed: 0, halted: 'not_own_store' };
  let removed = 0;
  for (let at = 0; at < unnamed.length && goesOn(); at += most) {
    const count = await database.write((tx) => removeWithoutRow(tx, blobs, unnamed.slice(at, at + most), settledBefore(machineTime)));
    if (count === null) return { removed, halted: 'copied_now' };
    removed += count;
  }
  return { removed, halted: 'no' };
}

/** Asked again, with the files held: a row may have come since. Null when somebody copies them. */
async function removeWithoutRow(tx: Tx, blobs: BlobStore, names: readonly string[], writtenBefore: Instant): Promise<number | null> {
  if (!(await mayRemoveBlobs(tx))) return null;
  let removed = 0;
  for (const name of await withoutRow(tx, names)) if (await blobs.remove(name, writtenBefore)) removed += 1;
  return removed;
}

/** Names of bytes no row names: a thumbnail goes with its picture, what was never finished belongs to none. */
async function withoutRow(tx: Tx, names: readonly string[]): Promise<string[]> {
  const digests = names.map((name) => digestOfBlob(name));
  const named = await listNamedDigests(tx, digests.filter((digest) => digest !== null));
  return names.filter((_name, at) => !named.has(digests[at] ?? ''));
}

async function* batchesOf(groups: AsyncIterable<readonly string[]>, most: number): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for await (const group of groups) {
    batch.push(...group);
    for (; batch.length >= most; batch = batch.slice(most)) yield batch.slice(0, most);
  }
  if (batch.length > 0) yield batch;
}
