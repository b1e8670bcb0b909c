// A backup written and at once proved: the very bytes on the disk are opened again and verified. A locked one is proved with a
// key made for this alone and forgotten with the process.
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { Database } from '../kernel/database.ts';
import { version } from '../kernel/package-root.ts';
import { join } from 'node:path';
import { type Lock, noKeys, withProof } from './locking.ts';
import { type BackupVerdict, verifyBackup } from './verifying.ts';
import { type BackupReport, writeBackup } from './writing.ts';

export interface MadeBackup {
  readonly report: BackupReport;
  readonly verdict: BackupVerdict;
  readonly locked: boolean;
}

export async function makeBackup(file: string, database: Database, { dataDirectory, secretsDirectory }: Pick<Config, 'dataDirectory' | 'secretsDirectory'>, lock: Lock | null, progress: (table: string, rows: number) => void = () => undefined): Promise<MadeBackup> {
  const proved = lock === null ? null : await withProof(lock);
  const report = await writeBackup(file, { database, blobs: join(dataDirectory, 'blobs'), secrets: secretsDirectory, lock: proved?.lock ?? null, version, now: systemClock.now(), progress });
  return { report, verdict: await verifyBackup(file, proved?.keys ?? noKeys), locked: lock !== null };
}
