// How the installation is doing, for those who keep it running and those who watch over it.
import { sql } from 'kysely';
import { found, implementInStages, type Implementation } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/database.ts';
import type { Instant } from '../../shared/instant.ts';
import { authorise } from '../access/queries.ts';
import { findCurrentEditionCode, getEditionByCode } from '../editions/queries.ts';
import { listLogs, listWitnesses } from '../proofs/queries.ts';
import * as contract from './contract.ts';
import type { Run } from './queries.ts';
import { findPeople, findRuns } from './queries.ts';
import { assess, byUrgency, type HealthFacts, type RunFound } from './rules.ts';

const getHealth = implementInStages(
  contract.getHealth,
  // Beside the database: room, scanner. No transaction waits for them.
  async ({ site }) => site.machine(),
  async (context, { unitCode }, machine) => {
    const { tx, now, readOnly, demonstration } = context;
    const code = found(await findCurrentEditionCode(tx), 'edition', 'current');
    await authorise(context, 'read_health', code, unitCode);
    const edition = await getEditionByCode(tx, code);
    const backup = await findRuns(tx, 'backup');
    const drill = await findRuns(tx, 'drill');
    const logCheck = await findRuns(tx, 'log_check');
    const facts: HealthFacts = {
      now: machine.now, database: await lookAtDatabase(tx), disk: machine.disk, backups: machine.backups,
      backup: { last: runOf(backup.last), held: runOf(backup.held) }, drill: { last: runOf(drill.last), held: runOf(drill.held) },
      log: { readOnly, ...(await lookAtLog(tx)) }, logCheck: { last: runOf(logCheck.last) }, walled: await isWalled(tx), scanner: machine.scanner, software: machine,
      people: await findPeople(tx, now), edition: { deadline: edition.definition.deadline, now, closed: edition.closedAt !== null }, demonstration,
    };
    return { at: now, lines: byUrgency(assess(facts)) };
  },
);

const runOf = (run: Run | null): RunFound | null => (run === null ? null : { at: run.at, held: run.held, locked: run.details['locked'] === true });

async function lookAtDatabase(tx: Tx): Promise<HealthFacts['database']> {
  const began = performance.now();
  const { rows } = await sql<{ now: Instant; version: number; bytes: number }>`
    select clock_timestamp() as now, current_setting('server_version_num')::int as version, pg_database_size(current_database()) as bytes`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the database answered nothing');
  return { ...row, milliseconds: performance.now() - began };
}

/** The newest checkpoint of any log, and the newest cosignature of any witness. */
async function lookAtLog(tx: Tx): Promise<Omit<HealthFacts['log'], 'readOnly'>> {
  const logs = await listLogs(tx);
  const newest = (instants: readonly Instant[]): Instant | null => instants.toSorted().at(-1) ?? null;
  return {
    checkpointAt: newest(logs.flatMap(({ checkpoint }) => (checkpoint === null ? [] : [checkpoint.at]))),
    witnesses: (await listWitnesses(tx)).filter(({ removedAt }) => removedAt === null).length,
    cosignedAt: newest(logs.flatMap(({ witnesses }) => witnesses.map(({ at }) => at))),
  };
}

/** Whether this very request works behind the second wall. */
async function isWalled(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ owns: boolean }>`select exists (select 1 from pg_tables where schemaname = current_schema() and tablename = 'unit' and tableowner = current_user) as owns`.execute(tx);
  return !(rows[0]?.owns ?? true);
}

export const operationActions: readonly Implementation[] = [getHealth];
