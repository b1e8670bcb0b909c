// Declares that a log is as it should be though somebody saw it otherwise: after a restore of an older backup, or once it is known what
// happened. The logs go on under a new name, so that nothing is ever signed twice under one; a leaf keeps what was seen, and why.
import type { Database } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { beginLogsAnew, freshInstallationName, leaveLogRecord } from './keeping.ts';
import { extendSubtrees, findInstallation, nameInstallation, rootAt } from './queries.ts';
import { readWitnessed, type Witnessed, witnessedPath, writeWitnessed } from './witnessed.ts';

export interface Acceptance {
  readonly before: string | null;
  readonly after: string;
  /** What had been seen, by province. */
  readonly seen: Witnessed['logs'];
}

export interface Accepting {
  readonly database: Database;
  readonly dataDirectory: string;
  readonly reason: string;
  readonly now: Instant;
  /** Leaves are made anew of the audit records there are: the only way on where leaves are missing in the middle. */
  readonly anew: boolean;
}

/** Throws LogBroken where leaves are missing and the logs do not begin anew. */
export async function acceptLogs({ database, dataDirectory, reason, now, anew }: Accepting): Promise<Acceptance> {
  const path = witnessedPath(dataDirectory);
  const seen = (await readWitnessed(path))?.logs ?? {};
  const accepted = await database.write(async (tx) => {
    const before = await findInstallation(tx);
    const after = freshInstallationName();
    if (anew) await beginLogsAnew(tx, now, 'accepted');
    await nameInstallation(tx, after);
    // What was kept of them may be what was tampered with.
    await tx.deleteFrom('logNode').execute();
    await leaveLogRecord(tx, now, 'log.accept', { before: { installation: before, seen }, after: { installation: after, anew }, basis: reason });
    const heads = await tx.selectFrom('logHead').select(['provinceCode', 'size']).orderBy('provinceCode').execute();
    const logs: Record<string, Witnessed['logs'][string]> = {};
    for (const { provinceCode, size } of heads) {
      await extendSubtrees(tx, provinceCode, size);
      logs[String(provinceCode)] = { size, root: await rootAt(tx, provinceCode, size), by: 'accepted' };
    }
    return { before, after, logs };
  });
  await writeWitnessed(path, accepted.after, accepted.logs);
  return { before: accepted.before, after: accepted.after, seen };
}

/** After the logs were begun anew by a command: what was seen of those before is no longer asked for. */
export async function forgetWitnessed(database: Database, dataDirectory: string): Promise<void> {
  await writeWitnessed(witnessedPath(dataDirectory), (await database.read(findInstallation)) ?? '', {});
}
