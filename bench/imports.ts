// bench imports: a sheet of 50,000 rows and 20 columns taken into one unit's ledger through HTTP: uploaded, mapped, checked and
// applied part by part against a real server process, while somebody else of another unit reads and records without pause.
import { request } from 'node:http';
import { sql } from 'kysely';
import { recount } from '../src/cli/commands/recount.ts';
import { enterpriseOf } from '../src/demonstration/enterprises.ts';
import type { Cell } from '../src/documents/workbook/model.ts';
import { workbookBytes } from '../src/documents/workbook.ts';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { getTable } from '../src/modules/figures/contract.ts';
import { applyImport, checkImport, mapImport, uploadImport } from '../src/modules/imports/contract.ts';
import { importJob, type ImportJob } from '../src/modules/imports/model.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import { openAccounts } from './people.ts';
import { measureMemory, watchProcesses } from './processes.ts';
import { type BenchClient, openClient, type Serving, startServing } from './serving.ts';
import { type BenchWorld, edition, machine, openBenchWorld, progress, round, summary, timed } from './world.ts';

interface ImportsOptions {
  readonly rows?: number;
  /** Seconds of the other user alone, before. */
  readonly alone?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

const enterprises = 3_000;

export async function run(options: ImportsOptions = {}): Promise<object> {
  const { rows = 50_000, alone = 5, within = false } = options;
  const world = await openBenchWorld();
  const serving = await startServing(world, {}, within);
  try {
    const counties = world.units.filter(({ depth }) => depth === 3).map(({ code }) => code);
    const [unitCode = '', otherUnit = ''] = counties;
    const [session = '', other = ''] = await openAccounts(world, 'clerk', [{ role: 'clerk', unitCodes: [unitCode] }, { role: 'clerk', unitCodes: [otherUnit] }]);
    progress(`${rows} rows: making the sheet`);
    const file = await sheetOf(rows);
    const client = openClient(serving, 4);
    const somebody = otherUser(client, other, otherUnit);
    progress('the other user alone');
    const before = await somebody.during(() => new Promise<void>((resolve) => {
      setTimeout(resolve, alone * 1000);
    }));
    const idleMemory = await measureMemory(world, serving.pid);
    const watch = await watchProcesses(world, serving.pid);
    progress('importing');
    const meanwhile = await somebody.during(() => importSheet(client, serving, session, unitCode, file));
    const processor = watch(rows);
    const memory = await measureMemory(world, serving.pid);
    const again = await timed(async () => {
      const { job } = await importSheet(client, serving, session, unitCode, file);
      return job.counts;
    });
    client.close();
    const { job, seconds } = meanwhile.value;
    return {
      bench: 'imports', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', rows, columns: 20, fileMegabytes: round(file.length / 2 ** 20),
      seconds, rowsPerSecond: round(rows / seconds.all), counts: job.counts, sameSheetAgain: { seconds: round(again.milliseconds / 1000), counts: again.value },
      otherUser: { alone: before.durations, meanwhile: meanwhile.durations }, memory: { before: idleMemory.serverPeakMiB, peakMiB: memory.serverPeakMiB, databaseMiB: memory.databaseMiB }, processor,
      correct: await verify(world, unitCode, rows), target: { seconds: 60, peakMiB: 400 }, within: seconds.all < 60 && (memory.serverPeakMiB ?? 0) <= 400,
    };
  } finally {
    await serving.close();
    await world.close();
  }
}

async function sheetOf(rows: number): Promise<Uint8Array> {
  const heads = ['编号', '培训时间', '培训名称', '培训地点', '形式', '参与人数（人次）', '天数（天）', '参会企业', '备注', '合作单位', '联系人', '联系电话', '主持人', '授课人', '科室', '经费', '材料', '签到表', '照片', '填表人'];
  const lines = function* (): Generator<Cell[]> {
    yield heads;
    for (let number = 1; number <= rows; number += 1) {
      const attending = [0, 1, 2].map((index) => enterpriseOf(1 + ((number * 31 + index * 503) % enterprises)));
      yield [
        `甲-${number}`, { date: `2023-06-${String(1 + (number % 30)).padStart(2, '0')}` }, `商业秘密保护能力提升培训第${number}场`, `第${number % 90}会议室`, '线下', 10 + (number % 200), 1,
        attending.map(({ name, uscc }) => `${name}（${uscc}）`).join('；'), `备注${number}`, '某某协会', '张某', `010-${number}`, '李某', '王某', '反不正当竞争科', number * 3, '手册', '有', '有', '赵某',
      ];
    }
  };
  return workbookBytes({ sheets: [{ name: '台账', columns: [], rows: lines() }] });
}

interface Imported {
  readonly job: ImportJob;
  readonly seconds: { readonly upload: number; readonly map: number; readonly check: number; readonly apply: number; readonly all: number };
}

async function importSheet(client: BenchClient, serving: Serving, session: string, unitCode: string, file: Uint8Array): Promise<Imported> {
  const uploaded = await timed(() => send(serving, session, unitCode, file));
  const { id } = uploaded.value;
  const mapped = await timed(() => told(client.send(mapImport, { id, headerRow: uploaded.value.headerRow, columns: uploaded.value.columns }, session, `map-${id}`)));
  const { partCount } = importJob.parse(mapped.value);
  const checked = await timed(async () => {
    for (let part = 0; part < partCount; part += 1) await told(client.send(checkImport, { id, part }, session));
  });
  let last: unknown = null;
  const applied = await timed(async () => {
    for (let part = 0; part < partCount; part += 1) last = await told(client.send(applyImport, { id, part, changes: true }, session, `apply-${id}-${part}`));
  });
  const seconds = [uploaded, mapped, checked, applied].map(({ milliseconds }) => round(milliseconds / 1000));
  const [upload = 0, map = 0, check = 0, apply = 0] = seconds;
  progress(`  upload ${upload} s, map ${map} s, check ${check} s, apply ${apply} s`);
  return { job: importJob.parse({ firstRows: [], ...(last as object) }), seconds: { upload, map, check, apply, all: round(upload + map + check + apply) } };
}

async function told(answer: Promise<{ readonly status: number; readonly text: string }>): Promise<unknown> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

async function send({ address }: Serving, session: string, unitCode: string, file: Uint8Array): Promise<ImportJob> {
  const { path } = requestOf(uploadImport, { edition, unitCode, kind: 'training', fileName: '台账.xlsx' });
  const headers = { cookie: `fuwuyue=${session}`, [requestKeyHeader]: `upload-${crypto.randomUUID()}`, 'content-type': 'application/octet-stream', 'content-length': file.length };
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(`${address}${path}`, { method: 'POST', headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    });
    sent.on('error', reject);
    sent.end(file);
  });
  return importJob.parse(JSON.parse(text));
}

interface Durations {
  readonly reading: ReturnType<typeof summary>;
  readonly recording: ReturnType<typeof summary>;
}

/** Reads the table and records an entry in turn, ten times a second, as long as something else goes on. */
function otherUser(client: BenchClient, session: string, unitCode: string): { during<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly durations: Durations }> } {
  let number = 0;
  return {
    during: async (work) => {
      const reading: number[] = [];
      const recording: number[] = [];
      const ending = new AbortController();
      const loop = async (): Promise<void> => {
        while (!ending.signal.aborted) {
          const read = await client.send(getTable, { edition, unitCode }, session);
          reading.push(read.milliseconds);
          number += 1;
          const content = { kind: 'training', occurredOn: '2023-06-15', title: `另一单位培训第${number}场`, place: '会议室', values: { mode: 'offline', attendances: 40 }, enterprises: [{ ...enterpriseOf(1 + (number % enterprises)), reason: null }] };
          const recorded = await client.send(recordActivity, { edition, unitCode, content }, session, `other-${number}`);
          recording.push(recorded.milliseconds);
          await new Promise((resolve) => {
            setTimeout(resolve, 100);
          });
        }
      };
      const looping = loop();
      try {
        const value = await work();
        return { value, durations: { reading: summary(reading), recording: summary(recording) } };
      } finally {
        ending.abort();
        await looping;
      }
    },
  };
}

/** Every row is one entry with one audit record, and the figures are what the ledger says. */
async function verify(world: BenchWorld, unitCode: string, rows: number): Promise<{ entries: boolean; audit: boolean; figures: boolean }> {
  return world.database.write(async (tx) => {
    const { rows: counted } = await sql<{ entries: number; records: number }>`
      select (select count(*) from activity where unit_code = ${unitCode}) as entries,
        (select count(*) from audit_event where action = 'activity_recorded' and unit_code = ${unitCode}) as records`.execute(tx);
    const { held } = await recount(tx, edition);
    return { entries: counted[0]?.entries === rows, audit: counted[0]?.records === rows, figures: held };
  });
}
