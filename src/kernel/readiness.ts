// Whether this server can do its work, as /readyz says it: what was looked at and how it stands, without names, paths or versions.
import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Each thing looked at, with the words that can be said of it; the first is the good one. */
export interface Readiness {
  readonly status: 'ready' | 'read_only' | 'not_ready' | 'stopping';
  readonly database: 'ok' | 'unavailable';
  readonly schema: 'current' | 'behind' | 'newer' | 'unknown';
  readonly edition: 'loaded' | 'none' | 'unknown';
  readonly walls: 'standing' | 'missing';
  readonly disk: DiskState;
  readonly mode: 'writing' | 'read_only';
}

export type DiskState = 'enough' | 'low' | 'full' | 'unknown';

export interface ReadinessPorts {
  readonly database: Database;
  readonly dataDirectory: string;
  /** Files of migrations this program knows, in order. */
  readonly migrations: readonly string[];
  /** Whether the database itself checks who reaches what (walls.ts). */
  readonly walled: boolean;
  isReadOnly(): boolean;
  isStopping(): boolean;
}

/** Below the first, uploads still go; below the second only small writes do (security B-F5). */
export const diskParts = { low: 0.1, full: 0.05 } as const;

export async function diskState(directory: string): Promise<DiskState> {
  const found = await statfs(directory).catch(() => null);
  if (found === null || found.blocks === 0) return 'unknown';
  const free = found.bavail / found.blocks;
  if (free < diskParts.full) return 'full';
  return free < diskParts.low ? 'low' : 'enough';
}

const seconds = 2;

/** Looked at anew at most once a second, however many ask. */
export function openReadiness(ports: ReadinessPorts): () => Promise<Readiness> {
  let last: { readonly at: number; readonly found: Promise<Readiness> } | null = null;
  return async () => {
    if (last === null || performance.now() - last.at > 1_000) last = { at: performance.now(), found: look(ports) };
    const found = await last.found;
    return ports.isStopping() ? { ...found, status: 'stopping' } : found;
  };
}

async function look(ports: ReadinessPorts): Promise<Readiness> {
  const [stored, disk] = await Promise.all([withinSeconds(seconds, lookAtDatabase(ports)).catch(() => null), diskState(ports.dataDirectory)]);
  const mode = ports.isReadOnly() ? 'read_only' : 'writing';
  const beside = { walls: ports.walled ? 'standing' : 'missing', disk, mode } as const;
  if (stored === null) return { status: 'not_ready', database: 'unavailable', schema: 'unknown', edition: 'unknown', ...beside };
  // A full disk still takes small writes, and reading goes on: nobody is better served by a server that is taken away.
  const works = stored.schema === 'current' && stored.edition === 'loaded';
  const status = !works ? 'not_ready' : mode === 'read_only' ? 'read_only' : 'ready';
  return { status, database: 'ok', ...stored, ...beside };
}

async function lookAtDatabase({ database, migrations }: ReadinessPorts): Promise<Pick<Readiness, 'schema' | 'edition'>> {
  return database.read(async (tx) => {
    const { rows } = await sql<{ files: string[]; edition: boolean }>`select array(select file from schema_migration order by file) as files, exists(select 1 from edition) as edition`.execute(tx);
    const { files, edition } = rows[0] ?? { files: [], edition: false };
    return { schema: schemaOf(files, migrations), edition: edition ? 'loaded' : 'none' };
  });
}

function schemaOf(applied: readonly string[], known: readonly string[]): Readiness['schema'] {
  if (known.some((file) => !applied.includes(file))) return 'behind';
  return applied.some((file) => !known.includes(file)) ? 'newer' : 'current';
}

export async function withinSeconds<T>(most: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too slow')), most * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
