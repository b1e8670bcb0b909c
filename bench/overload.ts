// bench overload (B-L4): five times as many entries a second as the server can record. What is too much must be refused fast and in plain
// words, what was acknowledged must be there, and afterwards all is as before. Baseline: the same server asked as fast as it answers.
import { setTimeout as pause } from 'node:timers/promises';
import { recordActivity } from '../src/modules/activities/contract.ts';
import { openAccounts } from './people.ts';
import { type Answer, inParallel, openClient, startServing } from './serving.ts';
import { edition, machine, openBenchWorld, progress, round, summary, timed } from './world.ts';

interface OverloadOptions {
  readonly seconds?: number;
  readonly clients?: number;
  readonly times?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

const counties = 200;
const beat = 10;

export async function run(options: OverloadOptions = {}): Promise<object> {
  const { seconds = 10, clients = 16, times = 5, within = false } = options;
  const world = await openBenchWorld();
  const serving = await startServing(world, {}, within);
  const client = openClient(serving, 4_000);
  try {
    const units = world.units.filter(({ depth }) => depth === 3).map(({ code }) => code).slice(0, counties);
    const sessions = await openAccounts(world, 'clerk', units.map((code) => ({ role: 'clerk', unitCodes: [code] })));
    let sent = 0;
    const acknowledged: string[] = [];
    const record = async (): Promise<Answer> => {
      const number = (sent += 1);
      const at = number % units.length;
      const title = `过载第${number}条`;
      const content = { kind: 'training', occurredOn: '2023-06-15', title, place: '会议室', values: { mode: 'offline' as const, attendances: 40 }, enterprises: [] };
      const answer = await client.send(recordActivity, { edition, unitCode: units[at] ?? '', content }, sessions[at] ?? '', `overload-${number}`);
      if (answer.status === 200) acknowledged.push(title);
      return answer;
    };
    progress('what it can do');
    await inParallel(500, clients, async () => void (await record()));
    const usual: number[] = [];
    const able = await timed(() => inParallel(1_500, clients, async () => void usual.push((await record()).milliseconds)));
    const capacity = (1_500 * 1000) / able.milliseconds;
    progress(`${times} times ${Math.round(capacity)} a second, for ${seconds} seconds`);
    const answers = await flood(record, capacity * times, seconds);
    const recovery = await untilUsual(record);
    const stored = await world.database.read(async (tx) => new Set((await tx.selectFrom('activity').select('title').execute()).map(({ title }) => title)));
    const of = (status: number): number[] => answers.flatMap((answer) => (answer.status === status ? [answer.milliseconds] : []));
    const statuses = [...new Set(answers.map(({ status }) => status))].toSorted((one, other) => one - other);
    return {
      bench: 'overload', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', times, seconds,
      baseline: { what: `asked by ${clients} clients as fast as it answers`, perSecond: round(capacity), latency: summary(usual) },
      answers: Object.fromEntries(statuses.map((status) => [status, { count: of(status).length, latency: summary(of(status)) }])),
      recordedPerSecond: round(of(200).length / seconds), ratio: round(of(200).length / seconds / capacity), recoveryMilliseconds: recovery,
      lost: acknowledged.filter((title) => !stored.has(title)).length,
    };
  } finally {
    client.close();
    await serving.close();
    await world.close();
  }
}

/** So many a second, whether they are answered or not. */
async function flood(record: () => Promise<Answer>, perSecond: number, seconds: number): Promise<Answer[]> {
  const running: Promise<Answer>[] = [];
  const began = performance.now();
  for (let due = 0; due < perSecond * seconds; ) {
    const now = Math.min((performance.now() - began) / 1000, seconds) * perSecond;
    // A connection that breaks is an answer too, of no status.
    for (; due < now; due += 1) running.push(record().catch(() => ({ status: 0, text: '', milliseconds: 0 })));
    await pause(beat);
  }
  return Promise.all(running);
}

/** Milliseconds until twenty entries in a row are recorded again. */
async function untilUsual(record: () => Promise<Answer>): Promise<number> {
  const began = performance.now();
  for (let row = 0; row < 20; ) row = (await record()).status === 200 ? row + 1 : 0;
  return Math.round(performance.now() - began);
}
