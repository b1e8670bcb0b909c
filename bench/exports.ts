// bench exports: a ledger taken out as XLSX and as CSV through HTTP from a real server process: how long, how many bytes, and how
// much more memory the process held while it did; beside it, in the same run, the bare reading of the same rows.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { readInBatches } from '../src/kernel/database.ts';
import { makeExport } from '../src/modules/exports/contract.ts';
import type { ExportFormat } from '../src/modules/exports/model.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { openAccounts } from './people.ts';
import { type ProcessorUse, watchProcesses } from './processes.ts';
import { startServing } from './serving.ts';
import { type BenchWorld, edition, machine, openBenchWorld, progress, round, timed } from './world.ts';

interface ExportsOptions {
  readonly rows?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

export async function run(options: ExportsOptions = {}): Promise<object> {
  const { rows = 100_000, within = false } = options;
  const world = await openBenchWorld();
  const unitCode = world.units.find(({ depth }) => depth === 3)?.code ?? '';
  progress(`${rows} entries: loading`);
  await fillLedger(world, unitCode, rows);
  await world.maintain('vacuum analyze activity');
  const serving = await startServing(world, {}, within);
  try {
    const [session = ''] = await openAccounts(world, 'clerk', [{ role: 'clerk', unitCodes: [unitCode] }]);
    const take = async (format: ExportFormat): Promise<Taken> => {
      const watch = await watchProcesses(world, serving.pid);
      const taken = await takeOut({ address: serving.address, session, unitCode, pid: serving.pid }, format);
      return { ...taken, processor: watch(1) };
    };
    progress('warming up');
    await take('csv');
    const results = [];
    const columns = (await readHead({ address: serving.address, session, unitCode, pid: serving.pid })).split(',').length;
    for (const format of ['xlsx', 'csv', 'xlsx'] as const) {
      const taken = await take(format);
      progress(`  ${format}: ${taken.seconds} s, ${taken.megabytes} MB, memory +${taken.memoryGrowthMegabytes} MB`);
      results.push(taken);
    }
    const bare = await timed(() => readBare(world, unitCode));
    return {
      bench: 'exports', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', rows, columns, results,
      baseline: { what: 'reading the same rows in batches, nothing made of them', seconds: round(bare.milliseconds / 1000), rows: bare.value },
      target: { seconds: 10, memoryGrowthMegabytes: 250 }, within: results.every(({ seconds, memoryGrowthMegabytes }) => seconds < 10 && memoryGrowthMegabytes < 250),
    };
  } finally {
    await serving.close();
    await world.close();
  }
}

/** Entries of five kinds in one unit's ledger with enterprises by name and code, places and notes: about 700 bytes of content each. */
async function fillLedger(world: BenchWorld, unitCode: string, rows: number): Promise<void> {
  await world.database.write(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`
      insert into activity (province_code, id, edition_code, unit_code, kind, occurred_on, title, title_key, place, content, counters, amounts, distinct_counters, version, ledger_no,
        demonstration, created_by, created_by_name, created_at, changed_at)
      select left(${unitCode}, 2)::smallint, left(${unitCode}, 2) || '-' || lpad(n::text, 36, '0'), ${edition}, ${unitCode}, kind, day, title, 'k' || n, place,
        jsonb_build_object('kind', kind, 'occurredOn', day, 'title', title, 'place', place, 'values', case kind
            when 'publicity' then jsonb_build_object('mode', 'offline', 'attendances', n % 300, 'materials', n % 1000) when 'visit' then jsonb_build_object('manner', 'on_site')
            when 'suggestion' then jsonb_build_object('items', n % 7, 'source', 'visit') else jsonb_build_object('mode', 'online', 'attendances', n % 90) end,
          'enterprises', (select jsonb_agg(jsonb_build_object('uscc', '9199000' || lpad(((n * 31 + k * 503) % 90000)::text, 11, '0'), 'name', '测试企业有限公司' || (n * 31 + k * 503) % 90000, 'reason', null)) from generate_series(1, 4) k),
          'coHosts', jsonb_build_array(), 'windowReason', null, 'evidence', jsonb_build_array(), 'note', '第' || n || '条的备注，由现场工作人员填写'),
        '{}', '{}', '{}', 1, 1, true, 'bench', '测试人员' || n % 7, now(), now()
      from (select n, (array['publicity', 'training', 'symposium', 'visit', 'suggestion'])[1 + n % 5] as kind, date '2023-06-01' + (n % 30) as day, '商业秘密保护活动第' || n || '场' as title, '政务中心第' || n % 50 || '会议室' as place
        from generate_series(1, ${rows}::integer) n) entries`.execute(tx);
  });
}

interface Place {
  readonly address: string;
  readonly session: string;
  readonly unitCode: string;
  readonly pid: number;
}

interface Taken {
  readonly format: ExportFormat;
  readonly seconds: number;
  readonly firstByteSeconds: number;
  readonly megabytes: number;
  readonly memoryMegabytes: number;
  readonly memoryGrowthMegabytes: number;
  /** Of the machine's other work says `elsewhere`: its share makes these figures longer. */
  readonly processor: ProcessorUse | null;
}

async function takeOut({ address, session, unitCode, pid }: Place, format: ExportFormat): Promise<Omit<Taken, 'processor'>> {
  const shape = requestOf(makeExport, { edition, unitCode, format, subject: { kind: 'ledger' } });
  const before = residentMegabytes(pid);
  const watched = { peak: before, on: true };
  const watching = (async () => {
    while (watched.on) {
      watched.peak = Math.max(watched.peak, residentMegabytes(pid));
      await pause(20);
    }
  })();
  let bytes = 0;
  let first = 0;
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const asked = request(`${address}${shape.path}`, { method: shape.method, headers: { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID(), cookie: `fuwuyue=${session}` } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`answered with ${answer.statusCode}`));
      answer.on('data', (chunk: Buffer) => {
        if (bytes === 0) first = performance.now() - started;
        bytes += chunk.length;
      });
      answer.on('end', () => (answer.complete ? resolve() : reject(new Error('broken off'))));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(shape.body);
  });
  const milliseconds = performance.now() - started;
  watched.on = false;
  await watching;
  return {
    format, seconds: round(milliseconds / 1000), firstByteSeconds: round(first / 1000), megabytes: round(bytes / 1_000_000), memoryMegabytes: round(watched.peak), memoryGrowthMegabytes: round(watched.peak - before),
  };
}

/** The first line as CSV. Reads no further, so the server makes no more. */
async function readHead({ address, session, unitCode }: Place): Promise<string> {
  const shape = requestOf(makeExport, { edition, unitCode, format: 'csv', subject: { kind: 'ledger' } });
  const answer = await fetch(`${address}${shape.path}`, { method: shape.method, headers: { 'content-type': 'application/json', [requestKeyHeader]: crypto.randomUUID(), cookie: `fuwuyue=${session}` }, body: shape.body });
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value).split('\r\n')[0] ?? '';
}

/** What a process holds in memory; 0 where the system does not say. */
function residentMegabytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function readBare(world: BenchWorld, unitCode: string): Promise<number> {
  return world.database.snapshot(async (tx) => {
    let count = 0;
    const statement = sql`select id, content from activity where province_code = left(${unitCode}, 2)::smallint and edition_code = ${edition} and unit_code = ${unitCode} order by occurred_on desc, created_at desc, id`;
    for await (const rows of readInBatches(tx, statement, 2_000)) count += rows.length;
    return count;
  });
}
