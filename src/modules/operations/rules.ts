// From what was found to lines that say whether all is well: pure, so that every case can be tried.
import { type CalendarDate, daysBetween, epochOf, type Instant } from '../../shared/instant.ts';
import type { HealthLine, HealthState, HealthSubject } from './model.ts';

export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface RunFound {
  readonly at: Instant;
  readonly held: boolean;
  /** Of a backup: whether it is encrypted. */
  readonly locked: boolean;
}

export interface HealthFacts {
  /** By the machine's own clock. */
  readonly now: Instant;
  readonly database: { readonly now: Instant; readonly version: number; readonly bytes: number; readonly milliseconds: number };
  readonly disk: Space | null;
  readonly backups: { readonly space: Space | null } | null;
  readonly backup: { readonly last: RunFound | null; readonly held: RunFound | null };
  readonly drill: { readonly last: RunFound | null; readonly held: RunFound | null };
  readonly log: { readonly readOnly: boolean; readonly checkpointAt: Instant | null; readonly witnesses: number; readonly cosignedAt: Instant | null };
  readonly logCheck: { readonly last: RunFound | null };
  readonly walled: boolean;
  readonly scanner: 'answers' | 'silent' | 'not_set';
  readonly software: { readonly version: string; readonly runtime: string };
  readonly people: { readonly sessions: number; readonly active: number };
  /** Of the current edition, by the clock people work with. */
  readonly edition: { readonly deadline: Instant; readonly now: Instant; readonly closed: boolean } | null;
  readonly demonstration: boolean;
}

type Details = HealthLine['details'];

const line = (subject: HealthSubject, state: HealthState, code: string, details: Details = {}): HealthLine => ({ subject, state, code, details });

const dayOf = (at: Instant): CalendarDate => at.slice(0, 10);
const daysSince = (at: Instant, now: Instant): number => daysBetween(dayOf(at), dayOf(now));
const hoursSince = (at: Instant, now: Instant): number => (epochOf(now) - epochOf(at)) / 3_600_000;
const mebibytes = (bytes: number): number => Math.round(bytes / 1_048_576);

export function assess(facts: HealthFacts): HealthLine[] {
  return [database(facts), disk(facts), backup(facts), drill(facts), log(facts), logCheck(facts), walls(facts), virusScan(facts), clock(facts), versionOf(facts), people(facts), ...deadline(facts)];
}

/** The worst first; within a state as they stand. */
export function byUrgency(lines: readonly HealthLine[]): HealthLine[] {
  const order: { readonly [S in HealthState]: number } = { act: 0, watch: 1, good: 2 };
  return lines.toSorted((one, other) => order[one.state] - order[other.state]);
}

const slow = 500;

function database({ database: { milliseconds, bytes } }: HealthFacts): HealthLine {
  const details = { milliseconds: Math.round(milliseconds), mebibytes: mebibytes(bytes) };
  return milliseconds > slow ? line('database', 'watch', 'slow', details) : line('database', 'good', 'good', details);
}

/** As readiness.ts: below a tenth uploads are at risk, below a twentieth they are refused. */
function disk({ disk: space }: HealthFacts): HealthLine {
  if (space === null) return line('disk', 'watch', 'unknown');
  const details = { mebibytes: mebibytes(space.freeBytes), percent: Math.floor((space.freeBytes / space.totalBytes) * 100) };
  if (details.percent < 5) return line('disk', 'act', 'full', details);
  return details.percent < 10 ? line('disk', 'watch', 'low', details) : line('disk', 'good', 'good', details);
}

const backupHours = { watch: 26, act: 50 } as const;

function backup(facts: HealthFacts): HealthLine {
  const { backups, backup: { last, held }, demonstration } = facts;
  if (demonstration && (held === null || backups === null)) return line('backup', 'good', 'demonstration');
  if (last !== null && !last.held) return line('backup', 'act', 'failed', { at: last.at, held: held?.at ?? null });
  if (held !== null) return backupOfAge(facts, held);
  return backups === null ? line('backup', 'act', 'not_set') : line('backup', 'watch', 'none_yet');
}

function backupOfAge({ now, backups }: HealthFacts, held: RunFound): HealthLine {
  const hours = hoursSince(held.at, now);
  const details = { at: held.at, days: daysSince(held.at, now) };
  if (hours > backupHours.act) return line('backup', 'act', 'old', details);
  if (hours > backupHours.watch) return line('backup', 'watch', 'old', details);
  const free = backups?.space ?? null;
  if (free !== null && free.freeBytes / free.totalBytes < 0.1) return line('backup', 'watch', 'folder_low', { ...details, mebibytes: mebibytes(free.freeBytes) });
  if (!held.locked) return line('backup', 'watch', 'not_locked', details);
  return backups === null ? line('backup', 'watch', 'by_hand', details) : line('backup', 'good', 'good', details);
}

const drillDays = { watch: 40, act: 100 } as const;

function drill({ now, drill: { last, held }, demonstration }: HealthFacts): HealthLine {
  if (last !== null && !last.held) return line('drill', 'act', 'failed', { at: last.at });
  if (held === null) return demonstration ? line('drill', 'good', 'demonstration') : line('drill', 'watch', 'none_yet');
  const details = { at: held.at, days: daysSince(held.at, now) };
  if (details.days > drillDays.act) return line('drill', 'act', 'old', details);
  return details.days > drillDays.watch ? line('drill', 'watch', 'old', details) : line('drill', 'good', 'good', details);
}

const cosignedHours = { watch: 26, act: 24 * 7 } as const;

function log({ now, log: { readOnly, checkpointAt, witnesses, cosignedAt }, demonstration }: HealthFacts): HealthLine {
  if (readOnly) return line('log', 'act', 'read_only');
  if (witnesses === 0) return line('log', demonstration ? 'good' : 'watch', 'no_witness', { at: checkpointAt });
  if (cosignedAt === null) return line('log', 'watch', 'not_cosigned', { witnesses });
  const hours = hoursSince(cosignedAt, now);
  const details = { at: cosignedAt, witnesses };
  if (hours > cosignedHours.act) return line('log', 'act', 'witness_silent', details);
  return hours > cosignedHours.watch ? line('log', 'watch', 'witness_silent', details) : line('log', 'good', 'good', details);
}

const logCheckHours = { watch: 50, act: 24 * 7 } as const;

/** Daily (daily-commands.ts): what was changed behind the server's back is found by reading the whole log only. */
function logCheck({ now, logCheck: { last } }: HealthFacts): HealthLine {
  if (last === null) return line('log_check', 'good', 'none_yet');
  if (!last.held) return line('log_check', 'act', 'failed', { at: last.at });
  const details = { at: last.at };
  const hours = hoursSince(last.at, now);
  if (hours > logCheckHours.act) return line('log_check', 'act', 'old', details);
  return hours > logCheckHours.watch ? line('log_check', 'watch', 'old', details) : line('log_check', 'good', 'good', details);
}

function walls({ walled }: HealthFacts): HealthLine {
  return walled ? line('walls', 'good', 'good') : line('walls', 'act', 'missing');
}

function virusScan({ scanner, demonstration }: HealthFacts): HealthLine {
  if (scanner === 'silent') return line('virus_scan', 'act', 'silent');
  if (scanner === 'answers') return line('virus_scan', 'good', 'good');
  return line('virus_scan', demonstration ? 'good' : 'watch', 'not_set');
}

const clockSeconds = { watch: 2, act: 30 } as const;

/** Between this machine and that of the database. The page adds what the reader's own clock says. */
function clock({ now, database: { now: there } }: HealthFacts): HealthLine {
  const seconds = Math.round(Math.abs(epochOf(now) - epochOf(there)) / 1000);
  const state = seconds > clockSeconds.act ? 'act' : seconds > clockSeconds.watch ? 'watch' : 'good';
  return line('clock', state, state === 'good' ? 'good' : 'differs', { seconds, at: now });
}

const oldestDatabase = 15;

function versionOf({ software: { version, runtime }, database: { version: postgres } }: HealthFacts): HealthLine {
  const major = Math.floor(postgres / 10_000);
  const details = { version, runtime, postgres: major };
  if (major < oldestDatabase) return line('version', 'act', 'database_old', details);
  return Number(runtime.split('.')[0]) < 22 ? line('version', 'watch', 'runtime_old', details) : line('version', 'good', 'good', details);
}

function people({ people: { sessions, active } }: HealthFacts): HealthLine {
  return line('people', 'good', 'good', { sessions, active });
}

const nearDays = 3;

/** In the last days nothing should be changed on the machine. */
function deadline({ edition }: HealthFacts): HealthLine[] {
  if (edition === null || edition.closed || edition.now > edition.deadline) return [];
  const days = daysBetween(dayOf(edition.now), dayOf(edition.deadline));
  return [line('deadline', days <= nearDays ? 'watch' : 'good', days <= nearDays ? 'near' : 'far', { at: edition.deadline, days })];
}
