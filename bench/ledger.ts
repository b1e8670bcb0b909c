// bench ledger: entries recorded through HTTP with all rules, audit and figures, against a real server process; beside it, in the
// same run, the bare insert and commit of the same content by as many clients through the same driver.
import pg from 'pg';
import { sql } from 'kysely';
import { recount } from '../src/cli/commands/recount.ts';
import { enterpriseOf } from '../src/demonstration/enterprises.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import type { SentInputOf } from '../src/shared/endpoint.ts';
import { openAccounts } from './people.ts';
import { measureMemory, watchProcesses } from './processes.ts';
import { inParallel, openClient, startServing } from './serving.ts';
import { type BenchWorld, edition, machine, openBenchWorld, progress, round, summary, timed } from './world.ts';

interface LedgerOptions {
  readonly entries?: number;
  readonly warmUp?: number;
  readonly clients?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

type Content = SentInputOf<typeof recordActivity>['content'];

const unitsEach = 20;
const enterprises = 3_000;

export async function run(options: LedgerOptions = {}): Promise<object> {
  const { entries = 8_000, warmUp = 2_000, clients = 16, within = false } = options;
  const world = await openBenchWorld();
  const serving = await startServing(world, {}, within);
  try {
    const client = openClient(serving, clients);
    const counties = world.units.filter(({ depth }) => depth === 3).map(({ code }) => code);
    const seats = Array.from({ length: clients }, (_, index) => counties.filter((_code, at) => at % clients === index).slice(0, unitsEach));
    const sessions = await openAccounts(world, 'clerk', seats.map((unitCodes) => ({ role: 'clerk', unitCodes })));
    const refused: string[] = [];
    const record = async (from: number, count: number): Promise<number[]> => {
      const durations: number[] = [];
      await inParallel(count, clients, async (number, worker) => {
        const at = from + number;
        const units = seats[worker] ?? [];
        const input = { edition, unitCode: units[at % units.length] ?? '', content: contentOf(at) };
        const answer = await client.send(recordActivity, input, sessions[worker] ?? '', `bench-ledger-${at}`);
        durations.push(answer.milliseconds);
        if (answer.status !== 200) refused.push(`${answer.status} ${answer.text.slice(0, 200)}`);
      });
      return durations;
    };
    progress(`warming up: ${warmUp} entries`);
    await record(0, warmUp);
    progress(`recording ${entries} entries by ${clients} clients`);
    const watch = await watchProcesses(world, serving.pid);
    const measured = await timed(() => record(warmUp, entries));
    const processor = watch(entries);
    const perSecond = round((entries * 1000) / measured.milliseconds);
    const memory = await measureMemory(world, serving.pid);
    client.close();
    progress('bare inserts');
    const bare = await bareInserts(world, entries, clients);
    const correct = await verify(world, warmUp + entries);
    return {
      bench: 'ledger', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', clients, entries,
      perSecond, latency: summary(measured.value), baseline: { what: 'bare insert and commit of the same content', ...bare }, ratio: round(perSecond / bare.perSecond),
      memory, processor, correct, refused: refused.slice(0, 3),
    };
  } finally {
    await serving.close();
    await world.close();
  }
}

/** The number-th entry: kinds, days and enterprises (five each, one for a visit) by fixed strides, so that enterprises meet again in other units. */
function contentOf(number: number): Content {
  const day = String(1 + (number % 30)).padStart(2, '0');
  const attending = (count: number) => Array.from({ length: count }, (_, index) => ({ ...enterpriseOf(1 + ((number * 31 + index * 503) % enterprises)), reason: null }));
  const base = { occurredOn: `2023-06-${day}`, title: `商业秘密保护活动第${number}场`, place: '会议室' };
  const kinds: readonly Content[] = [
    { ...base, kind: 'publicity', values: { mode: 'offline', attendances: 60, materials: 200 }, enterprises: attending(5) },
    { ...base, kind: 'training', values: { mode: 'offline', attendances: 40 }, enterprises: attending(5) },
    { ...base, kind: 'symposium', values: { mode: 'offline', attendances: 15 }, enterprises: attending(5) },
    { ...base, kind: 'visit', values: { manner: 'on_site' }, enterprises: attending(1) },
    { ...base, place: '', kind: 'suggestion', values: { items: 3, source: 'visit' }, enterprises: attending(5) },
    { ...base, kind: 'guidance_meeting', values: { mode: 'online', attendances: 25 }, enterprises: attending(5) },
  ];
  return kinds[number % kinds.length] ?? { ...base, kind: 'publicity' };
}

async function bareInserts(world: BenchWorld, entries: number, clients: number): Promise<{ perSecond: number; latency: ReturnType<typeof summary> }> {
  const pool = new pg.Pool({ ...world.connection, max: clients });
  await pool.query('create table bench_bare (number integer primary key, content jsonb not null)');
  const durations: number[] = [];
  const { milliseconds } = await timed(() =>
    inParallel(entries, clients, async (number) => {
      const insert = await timed(() => pool.query('insert into bench_bare (number, content) values ($1, $2)', [number, JSON.stringify(contentOf(number))]));
      durations.push(insert.milliseconds);
    }),
  );
  await pool.query('drop table bench_bare');
  await pool.end();
  return { perSecond: round((entries * 1000) / milliseconds), latency: summary(durations) };
}

/** Every entry is there once, with its audit record, and the figures are what the ledger says. */
async function verify(world: BenchWorld, entries: number): Promise<{ entries: boolean; audit: boolean; figures: boolean }> {
  return world.database.write(async (tx) => {
    const { rows } = await sql<{ entries: number; records: number }>`
      select (select count(*) from activity) as entries, (select count(*) from audit_event where action = 'activity_recorded') as records`.execute(tx);
    const { held } = await recount(tx, edition);
    return { entries: rows[0]?.entries === entries, audit: rows[0]?.records === entries, figures: held };
  });
}
