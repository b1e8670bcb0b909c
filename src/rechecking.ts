// Every minute, while a virus scanner is set: files it did not answer about are asked about again, so that they come in sight soon.
import type { BlobStore } from './kernel/blobs.ts';
import type { Clock } from './kernel/clock.ts';
import { type Database, databaseErrorCode } from './kernel/database.ts';
import type { Log } from './kernel/log.ts';
import type { Scanner } from './kernel/scanning.ts';
import { recheckPending } from './modules/evidence/rechecking.ts';

export interface Rechecker {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly scanner: Scanner;
  readonly clock: Clock;
  readonly log: Log;
  isReadOnly(): boolean;
}

const minute = 60_000;
const atOnce = 50;

/** The function stops it, and resolves when what is under way is done. */
export function startRechecking({ clock, log, isReadOnly, ...parts }: Rechecker): () => Promise<void> {
  if (!parts.scanner.isSet) return async () => undefined;
  let running: Promise<void> | null = null;
  const again = (): void => {
    if (isReadOnly()) return;
    running ??= recheckPending(parts, clock.now(), atOnce)
      .then((checked) => (checked > 0 ? log.info({ checked }, 'files were checked later') : undefined))
      .catch((error: unknown) => log.warn({ code: databaseErrorCode(error) ?? null }, 'checking files later failed'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(again, minute);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
