// What was seen of the logs, kept outside of the database: a file in DATA_DIR. Whoever puts back an old copy of the database, or cuts
// a log short, is found out at the next start.
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Tx } from '../../kernel/database.ts';
import { hash } from './model.ts';
import { extendSubtrees, findInstallation, LogBroken, rootAt } from './queries.ts';

const seenLog = z.strictObject({ size: z.number().int().min(0), root: hash, by: z.string() });
const witnessedFile = z.strictObject({ format: z.literal('fuwuyue.witnessed/1'), installation: z.string(), logs: z.record(z.string().regex(/^\d{1,2}$/), seenLog) });
/** The largest size of each log that somebody saw, by province. */
export type Witnessed = z.output<typeof witnessedFile>;

export const witnessedPath = (dataDirectory: string): string => join(dataDirectory, 'witnessed.json');

/** Null when there is no file yet. A file that cannot be read is a fault: it is not written over. */
export async function readWitnessed(path: string): Promise<Witnessed | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : witnessedFile.parse(JSON.parse(text));
}

/** On the disk before it has its name. */
export async function writeWitnessed(path: string, installation: string, logs: Witnessed['logs']): Promise<void> {
  const making = `${path}.part`;
  const file = await open(making, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ format: 'fuwuyue.witnessed/1', installation, logs } satisfies Witnessed, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(making, path);
}

export interface WitnessFault {
  readonly provinceCode: number;
  /** `truncated`: shorter than was seen; `rewritten`: as long, but not the same; `other_logs`: not the logs that were seen at all. */
  readonly fault: 'truncated' | 'rewritten' | 'other_logs';
  readonly seen: number;
  readonly size: number;
  /** Who saw it: `file`, or a witness. */
  readonly by: string;
}

/** Every log that is not what was seen of it. */
export async function findWitnessFaults(tx: Tx, { installation, logs }: Pick<Witnessed, 'installation' | 'logs'>): Promise<WitnessFault[]> {
  const faults: WitnessFault[] = [];
  const sameName = (await findInstallation(tx)) === installation;
  for (const [province, { size: seen, root, by }] of Object.entries(logs)) {
    const provinceCode = Number(province);
    const size = (await tx.selectFrom('logHead').select('size').where('provinceCode', '=', provinceCode).executeTakeFirst())?.size ?? 0;
    const fault = sameName ? await faultOf(tx, provinceCode, { size, seen, root }) : 'other_logs';
    if (fault !== null) faults.push({ provinceCode, fault, seen, size, by });
  }
  return faults;
}

/** Why a log is not what was seen of it; null when it is. */
export async function faultOf(tx: Tx, provinceCode: number, { size, seen, root }: { readonly size: number; readonly seen: number; readonly root: string }): Promise<WitnessFault['fault'] | null> {
  if (size < seen) return 'truncated';
  try {
    await extendSubtrees(tx, provinceCode, seen);
    return (await rootAt(tx, provinceCode, seen)) === root ? null : 'rewritten';
  } catch (error) {
    if (error instanceof LogBroken) return 'rewritten';
    throw error;
  }
}
