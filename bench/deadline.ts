// bench deadline: every unit below the nation submits its sealed return through HTTP as fast as it can, around 17:00:00 of the
// deadline by the server's clock, while readers poll the nation's matrix. Afterwards the acts, the seals and repeated request
// keys prove that none was lost and none done twice.
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { checkSeals } from '../src/cli/commands/seals.ts';
import { markDemonstration } from '../src/demonstration/state.ts';
import { readConfig } from '../src/kernel/config.ts';
import type { Tx } from '../src/kernel/database.ts';
import { openSecrets, type Secrets } from '../src/kernel/secrets.ts';
import { getUnitEdition, type UnitEdition } from '../src/modules/editions/queries.ts';
import { getMatrix } from '../src/modules/figures/contract.ts';
import { getPlacedUnit } from '../src/modules/figures/standing.ts';
import { assembleLive, freeze } from '../src/modules/returns/assembly.ts';
import { takeReturnAct } from '../src/modules/returns/contract.ts';
import { appendAct, insertVersion, keyOf, lockReturn } from '../src/modules/returns/queries.ts';
import { type ReturnAct, statusAfter, untouched } from '../src/modules/returns/rules.ts';
import { sealReturn } from '../src/modules/seals/sealing.ts';
import { findPlacement } from '../src/modules/units/queries.ts';
import { epochOf, instantOf } from '../src/shared/instant.ts';
import { addEntries, registerEnterprises } from './load.ts';
import { openAccounts } from './people.ts';
import { watchProcesses } from './processes.ts';
import { type BenchClient, inParallel, openClient, startServing } from './serving.ts';
import { type BenchUnit, type BenchWorld, edition, machine, monday, nationCode, openBenchWorld, progress, round, summary, timed } from './world.ts';

interface DeadlineOptions {
  /** How many of the units submit. */
  readonly units?: number;
  readonly entries?: number;
  readonly clients?: number;
  readonly readers?: number;
  /** How long a reader rests between two looks. */
  readonly restMilliseconds?: number;
  /** How long before the deadline the server's clock starts. */
  readonly secondsBefore?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

export async function run(options: DeadlineOptions = {}): Promise<object> {
  const { entries = 20_000, clients = 16, readers = 50, restMilliseconds = 2_000, secondsBefore = 20, within = false } = options;
  const world = await openBenchWorld();
  try {
    const units = world.units.filter(({ depth }) => depth > 0).slice(0, options.units);
    progress(`preparing ${units.length} sealed returns`);
    await prepare(world, units, entries);
    const submitters = await openAccounts(world, 'clerk', units.map(({ code }) => ({ role: 'clerk', unitCodes: [code] })));
    const watchers = await openAccounts(world, 'reader', Array.from({ length: readers }, () => ({ role: 'national_office', unitCodes: [nationCode] })));
    const startsAt = instantOf(epochOf(world.definition.deadline) - secondsBefore * 1000);
    const serving = await startServing(world, { DEMONSTRATION_CLOCK: startsAt }, within);
    try {
      const client = openClient(serving, clients + readers);
      const submission = { units, submitters, client, clients };
      const reading = startReading(client, watchers, restMilliseconds);
      progress('submitting');
      const watch = await watchProcesses(world, serving.pid);
      const measured = await timed(() => submitAll(submission));
      const processor = watch(units.length);
      const reads = await reading.stop();
      progress('saying every submission again');
      const again = await submitAll(submission);
      client.close();
      const { durations, answers } = measured.value;
      return {
        bench: 'deadline', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process',
        units: units.length, clients, readers, restMilliseconds, startsAt, seconds: round(measured.milliseconds / 1000), perSecond: round((units.length * 1000) / measured.milliseconds),
        submission: summary(durations), reads: { ...summary(reads.durations), failed: reads.failures.length, failures: reads.failures.slice(0, 3) }, processor,
        verified: { ...(await verify(world, units)), answersAgain: again.answers.filter((text, index) => sameAnswer(text, answers[index])).length, refused: measured.value.refused.length },
      };
    } finally {
      await serving.close();
    }
  } finally {
    await world.close();
  }
}

const actsBeforeSubmission = ['send_for_review', 'approve', 'sign', 'seal'] as const;

/** Entries, figures, and for each unit a return frozen from them and sealed, through the functions that serve requests. */
async function prepare(world: BenchWorld, units: readonly BenchUnit[], entries: number): Promise<void> {
  await registerEnterprises(world, 10_000);
  await addEntries(world, { from: 0, to: entries, enterprises: 10_000 });
  const { secretsDirectory, suite } = readConfig(world.environment);
  const secrets = openSecrets(secretsDirectory, suite);
  const batch = 200;
  for (let start = 0; start < units.length; start += batch) {
    await world.database.write(async (tx) => {
      const loaded = await getUnitEdition(tx, edition, null);
      for (const { code } of units.slice(start, start + batch)) await bringToSeal(tx, secrets, loaded, code);
    });
  }
  await world.database.write(async (tx) => {
    await markDemonstration(tx, monday);
    await sql`analyze`.execute(tx);
  });
}

async function bringToSeal(tx: Tx, secrets: Secrets, loaded: UnitEdition, unitCode: string): Promise<void> {
  const placement = await findPlacement(tx, edition, unitCode);
  if (placement === undefined) throw new Error(`no placement for ${unitCode}`);
  const key = keyOf(edition, placement);
  await lockReturn(tx, key, monday);
  const live = await assembleLive(tx, loaded, placement, true);
  const unit = await getPlacedUnit(tx, edition, unitCode);
  const version = freeze({ edition: loaded, unit, live, status: untouched, previous: null, corrected: null, notes: [], preparedBy: 'bench', now: monday });
  await insertVersion(tx, key, version, monday);
  const { sha256, sm3 } = version;
  const { receiptCode } = await sealReturn({ tx, secrets, now: monday, record: () => undefined }, { at: monday, edition, unit: unitCode, version: 1, sha256, sm3, by: 'bench' }, `bench ${unitCode}`);
  let status = untouched;
  for (const act of actsBeforeSubmission) {
    const taken: ReturnAct = { number: status.version + 1, act, returnVersion: 1, accountId: `bench ${act}`, accountName: 'bench', at: monday, payload: act === 'seal' ? { receiptCode } : {} };
    status = statusAfter(status, taken);
    await appendAct(tx, key, taken, unitCode, status);
  }
}

interface Submission {
  readonly units: readonly BenchUnit[];
  readonly submitters: readonly string[];
  readonly client: BenchClient;
  readonly clients: number;
}

interface Submitted {
  readonly durations: readonly number[];
  readonly answers: readonly string[];
  readonly refused: readonly string[];
}

/** Each unit once; every tenth presses twice at the same moment, with one request key, and must get one answer. */
async function submitAll({ units, submitters, client, clients }: Submission): Promise<Submitted> {
  const durations: number[] = [];
  const answers: string[] = [];
  const refused: string[] = [];
  await inParallel(units.length, clients, async (number) => {
    const input = { edition, unitCode: units[number]?.code ?? '', version: actsBeforeSubmission.length, command: { act: 'submit' as const } };
    const press = () => client.send(takeReturnAct, input, submitters[number] ?? '', `bench-deadline-${number}`);
    const [answer, ...second] = await Promise.all(number % 10 === 0 ? [press(), press()] : [press()]);
    if (answer === undefined) return;
    durations.push(answer.milliseconds);
    answers[number] = answer.text;
    if (answer.status !== 200 || second.some(({ text }) => !sameAnswer(text, answer.text))) refused.push(`${answer.status} ${answer.text.slice(0, 200)}`);
  });
  return { durations, answers, refused };
}

/** The stored answer comes back with its fields in another order. */
function sameAnswer(one: string, other: string | undefined): boolean {
  return other !== undefined && isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

interface Reading {
  stop(): Promise<{ durations: readonly number[]; failures: readonly string[] }>;
}

/** Readers poll until they are stopped. What goes wrong for one is an outcome of the run, and no reason for it to end. */
function startReading(client: BenchClient, watchers: readonly string[], restMilliseconds: number): Reading {
  const durations: number[] = [];
  const failures: string[] = [];
  const resting = new AbortController();
  setMaxListeners(0, resting.signal);
  const look = async (session: string): Promise<void> => {
    try {
      const { status, text, milliseconds } = await client.send(getMatrix, { edition, unitCode: nationCode }, session);
      durations.push(milliseconds);
      if (status !== 200) failures.push(`${status} ${text.slice(0, 200)}`);
    } catch (error) {
      failures.push(String(error));
    }
  };
  const poll = async (session: string, index: number): Promise<void> => {
    // Spread out, as people are.
    await rest((restMilliseconds * index) / watchers.length, resting.signal);
    while (!resting.signal.aborted) {
      await look(session);
      await rest(restMilliseconds, resting.signal);
    }
  };
  const running = Promise.all(watchers.map(poll));
  return {
    stop: async () => {
      resting.abort();
      await running;
      return { durations, failures };
    },
  };
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** What stands in the database after everything was said twice and some of it three times. */
async function verify(world: BenchWorld, units: readonly BenchUnit[]): Promise<object> {
  return world.database.read(async (tx) => {
    const { rows } = await sql<{ submitted: number; acts: number; most: number; misnumbered: number; wronglyLate: number; late: number; withoutSeal: number; states: number; audited: number }>`
      with submissions as (
        select x.*, (x.payload->>'late')::boolean as late, (x.at > ${world.definition.deadline}::timestamptz) as after_deadline from return_act x where x.act = 'submit'
      )
      select (select count(distinct unit_code) from submissions) as submitted, (select count(*) from submissions) as acts,
        (select coalesce(max(n), 0) from (select count(*) as n from submissions group by unit_code) per_unit) as most,
        (select count(*) from submissions where number <> ${actsBeforeSubmission.length + 1}) as misnumbered,
        (select count(*) from submissions where late <> after_deadline) as wrongly_late, (select count(*) from submissions where late) as late,
        (select count(*) from submissions x where not exists (
          select from seal_log s where s.unit_code = x.unit_code and s.return_version = x.return_version and s.receipt_code = x.payload->>'receiptCode')) as without_seal,
        (select count(*) from stat_return where state = 'submitted' and submitted_version = 1) as states,
        (select count(*) from audit_event where action = 'return_submit') as audited`.execute(tx);
    const found = rows[0];
    const { held } = await checkSeals(tx);
    return {
      lost: units.length - (found?.submitted ?? 0), doubled: (found?.acts ?? 0) - (found?.submitted ?? 0), misnumbered: found?.misnumbered, states: found?.states,
      audited: found?.audited, withoutSeal: found?.withoutSeal, late: found?.late, wronglyLate: found?.wronglyLate, sealChainWhole: held,
    };
  });
}
