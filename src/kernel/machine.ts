// How the machine beside the database stands: room, where backups go, whether the virus scanner answers. Looked at when asked.
import { statfs } from 'node:fs/promises';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { version } from './package-root.ts';
import { pingScanner } from './scanning.ts';
import type { Instant } from '../shared/instant.ts';

export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface MachineFacts {
  readonly version: string;
  readonly runtime: string;
  /** The machine's own time, also in a demonstration. */
  readonly now: Instant;
  /** Where evidence is kept; null when it cannot be looked at. */
  readonly disk: Space | null;
  /** Null: no folder for backups is set. */
  readonly backups: { readonly space: Space | null } | null;
  readonly scanner: 'answers' | 'silent' | 'not_set';
}

export type Machine = () => Promise<MachineFacts>;

export function machineOf({ dataDirectory, backup, clamavAddress }: Pick<Config, 'dataDirectory' | 'backup' | 'clamavAddress'>): Machine {
  return async () => ({
    version,
    runtime: process.versions.node,
    now: systemClock.now(),
    disk: await spaceOf(dataDirectory),
    backups: backup.directory === null ? null : { space: await spaceOf(backup.directory) },
    scanner: clamavAddress === null ? 'not_set' : (await pingScanner(clamavAddress)) ? 'answers' : 'silent',
  });
}

async function spaceOf(directory: string): Promise<Space | null> {
  const found = await statfs(directory).catch(() => null);
  return found === null || found.blocks === 0 ? null : { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
}

/** Nothing beside the database: tests. */
export const bareMachine: Machine = async () => ({ version, runtime: process.versions.node, now: systemClock.now(), disk: null, backups: null, scanner: 'not_set' });
