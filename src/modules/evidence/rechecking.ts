// Asks the virus scanner again about files it did not answer about. Each verdict is one small transaction with its record, by nobody
// in particular.
import { randomUUID } from 'node:crypto';
import { saveAudit } from '../../kernel/audit.ts';
import type { BlobStore } from '../../kernel/blobs.ts';
import type { Database } from '../../kernel/database.ts';
import type { Scanner } from '../../kernel/scanning.ts';
import type { Instant } from '../../shared/instant.ts';
import { listPending, type PendingFile, saveVerdict } from './queries.ts';

/** Nobody waits for it. */
const patience = 60_000;

export interface Rechecking {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly scanner: Scanner;
}

/** How many got their verdict. Ends with the first that gets none: the scanner is away still. */
export async function recheckPending({ database, blobs, scanner }: Rechecking, now: Instant, most: number): Promise<number> {
  if (!scanner.isSet) return 0;
  let checked = 0;
  for (const file of await database.read((tx) => listPending(tx, most))) {
    const bytes = await blobs.get(file.sha256);
    if (bytes === null) continue;
    const verdict = await scanner.scan(bytes, patience);
    if (verdict !== 'clean' && verdict !== 'infected') break;
    await keep(database, file, verdict, now);
    checked += 1;
  }
  return checked;
}

async function keep(database: Database, file: PendingFile, verdict: 'clean' | 'infected', now: Instant): Promise<void> {
  await database.write(async (tx) => {
    if (!(await saveVerdict(tx, file, verdict))) return;
    const record = { action: 'evidence.checked', unitCode: file.unitCode, subjectKind: 'evidence', subjectId: file.id, before: { checked: 'pending' }, after: { checked: verdict, name: file.name, sha256: file.sha256 } };
    await saveAudit(tx, { accountId: null, accountName: 'system', requestId: randomUUID(), at: now }, [record]);
  });
}
