// Every hour, what nobody needs any more goes: given-up uploads and their bytes, rows of sheets imported long ago, old request
// keys, ended sessions and links, old wrong passwords; leavers are disabled for good. Small transactions one after the other; one that fails is told of and
// keeps none of the others.
import type { BlobStore } from './kernel/blobs.ts';
import type { Clock } from './kernel/clock.ts';
import { type Database, databaseErrorCode, type Tx } from './kernel/database.ts';
import type { Log } from './kernel/log.ts';
import { forgetRequestKeys } from './kernel/transact.ts';
import { clearBlobs, clearUnattached } from './modules/evidence/clearing.ts';
import { deleteUnconfirmed } from './modules/forms/stored.ts';
import { forgetParts } from './modules/imports/queries.ts';
import { deleteEndedSignInLinks } from './modules/people/queries.ts';
import { endLeavers } from './modules/people/stopping.ts';
import { deleteNoticesBefore } from './modules/sign-in/notices.ts';
import { forgetSpentTickets } from './modules/questionnaires/queries/answers.ts';
import { deleteEndedChallenges } from './modules/sign-in/challenges.ts';
import { deleteEndedSessions, deleteEndedTickets } from './modules/sign-in/sessions.ts';
import { deleteTriesBefore } from './modules/sign-in/tries.ts';
import { erasePeople, forgetSpentPasses } from './modules/trainings/queries.ts';
import { epochOf, type Instant, instantOf } from './shared/instant.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** Rows of one transaction at most. */
const batch = 1_000;

export interface House {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** The time files are written at, also where `clock` is a demonstration's. */
  readonly machineClock: Clock;
  readonly log: Log;
  /** While nothing is written (kernel/mode.ts) nothing is thrown away either: somebody has to look. */
  readonly isReadOnly?: () => boolean;
}

export type Removed = { readonly [what in 'evidence' | 'forms' | 'blobs' | 'importedRows' | 'requestKeys' | 'sessions' | 'signInLinks' | 'signInTickets' | 'signInChallenges' | 'signInAttempts' | 'accountNotices' | 'leavers' | 'answerTickets' | 'trainingPeople' | 'trainingPasses']: number };

/** Cleans up once. Files go before rows, so that the bytes of a row deleted now are there for another hour. */
export async function keepHouse({ database, blobs, clock, machineClock, log }: House, goesOn: () => boolean = () => true): Promise<Removed> {
  const now = clock.now();
  const ago = (milliseconds: number): Instant => instantOf(epochOf(now) - milliseconds);
  const attempted = async (step: string, work: () => Promise<number>): Promise<number> =>
    work().catch((error: unknown) => {
      log.warn({ step, code: databaseErrorCode(error) ?? (error instanceof Error ? error.name : null) }, 'a step of housekeeping failed');
      return 0;
    });
  const inBatches = (step: string, remove: (tx: Tx) => Promise<number>): Promise<number> =>
    attempted(step, async () => {
      let total = 0;
      while (goesOn()) {
        const removed = await database.write(remove);
        total += removed;
        if (removed < batch) break;
      }
      return total;
    });
  const removed = {
    blobs: await attempted('blobs', async () => {
      const { removed: files, halted } = await clearBlobs(database, blobs, machineClock.now(), batch, goesOn);
      if (halted === 'not_own_store') log.warn({}, 'files of evidence that no row names outnumber those that are named: none removed; check that DATABASE_URL and DATA_DIR belong together');
      return files;
    }),
    evidence: await attempted('evidence', () => clearUnattached(database, now, batch, goesOn)),
    forms: await inBatches('forms', (tx) => deleteUnconfirmed(tx, ago(2 * day), batch)),
    importedRows: await inBatches('importedRows', (tx) => forgetParts(tx, ago(60 * day), batch)),
    requestKeys: await inBatches('requestKeys', (tx) => forgetRequestKeys(tx, ago(7 * day), batch)),
    sessions: await inBatches('sessions', (tx) => deleteEndedSessions(tx, now, batch)),
    signInLinks: await inBatches('signInLinks', (tx) => deleteEndedSignInLinks(tx, now, batch)),
    signInTickets: await inBatches('signInTickets', (tx) => deleteEndedTickets(tx, now, batch)),
    signInChallenges: await inBatches('signInChallenges', (tx) => deleteEndedChallenges(tx, now, batch)),
    signInAttempts: await inBatches('signInAttempts', (tx) => deleteTriesBefore(tx, ago(day), batch)),
    accountNotices: await inBatches('accountNotices', (tx) => deleteNoticesBefore(tx, ago(365 * day), batch)),
    answerTickets: await inBatches('answerTickets', (tx) => forgetSpentTickets(tx, now, batch)),
    trainingPeople: await inBatches('trainingPeople', (tx) => erasePeople(tx, batch)),
    trainingPasses: await inBatches('trainingPasses', (tx) => forgetSpentPasses(tx, now, batch)),
    leavers: await inBatches('leavers', (tx) => endLeavers(tx, now, batch)),
  };
  log.info({ removed }, 'housekeeping');
  return removed;
}

export interface Housekeeper {
  /** Ends after the batch it is at; the database may be closed then. */
  stop(): Promise<void>;
}

/** Cleans up now and every hour, in the background. */
export function startHousekeeping(house: House): Housekeeper {
  let stopped = false;
  let running: Promise<unknown> | null = null;
  const keep = (): void => {
    if (house.isReadOnly?.() ?? false) return;
    // A run that takes longer than an hour is not joined by a second one.
    running ??= keepHouse(house, () => !stopped).finally(() => {
      running = null;
    });
  };
  keep();
  const timer = setInterval(keep, hour);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
