// bench sign-ins: the first morning. People come when they come, whatever the server does (an open model): most spread evenly, a part
// in a rush; each gives name and password, then a code of an authenticator. None may be turned away.
import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { readConfig } from '../src/kernel/config.ts';
import { openSecrets } from '../src/kernel/secrets.ts';
import { signIn, signInSecondStep } from '../src/modules/sign-in/contract.ts';
import { hashPassword, isPassword } from '../src/modules/sign-in/passwords.ts';
import { watchProcesses } from './processes.ts';
import { type BenchClient, openClient, startServing } from './serving.ts';
import { type BenchWorld, machine, monday, openBenchWorld, progress, round, summary } from './world.ts';

interface SignInOptions {
  readonly people?: number;
  readonly seconds?: number;
  /** How many of a hundred come in the rush, which lasts a tenth of the time. */
  readonly rushPercent?: number;
  /** The server within this process, for tests. */
  readonly within?: boolean;
}

const password = 'Chabei-7-Shanlu';

export async function run(options: SignInOptions = {}): Promise<object> {
  const { people = 3_200, seconds = 600, rushPercent = 20, within = false } = options;
  const world = await openBenchWorld();
  try {
    progress(`preparing ${people} accounts`);
    const hash = await hashPassword(password);
    const secrets = await prepare(world, people, hash);
    const passwordMilliseconds = await passwordCost(hash);
    const serving = await startServing(world, {}, within);
    try {
      const client = openClient(serving, 400);
      progress(`${people} sign-ins in ${seconds} s, ${rushPercent} of a hundred in a rush`);
      const watch = await watchProcesses(world, serving.pid);
      const began = performance.now();
      const outcomes = await Promise.all(arrivals(people, seconds, rushPercent).map(async (at, number) => {
        await pause(at);
        return comeIn(client, number, secrets[number] ?? '');
      }));
      const took = performance.now() - began;
      const processor = watch(people);
      client.close();
      const failures = outcomes.flatMap(({ failure }) => (failure === null ? [] : [failure]));
      return {
        bench: 'sign-ins', engine: world.engine, machine: machine(), server: within ? 'within this process' : 'its own process', people, seconds, rushPercent,
        passwordMilliseconds, signIn: summary(outcomes.map(({ milliseconds }) => milliseconds)), firstStep: summary(outcomes.map(({ first }) => first)),
        lastInAfterSeconds: round(took / 1000), failed: failures.length, failures: failures.slice(0, 3), processor, verified: await verify(world),
      };
    } finally {
      await serving.close();
    }
  } finally {
    await world.close();
  }
}

/** Accounts as officials have them: a password, an authenticator, a role at a unit. The secrets of the authenticators. */
async function prepare(world: BenchWorld, people: number, hash: string): Promise<string[]> {
  const { secretsDirectory, suite } = readConfig(world.environment);
  const vault = openSecrets(secretsDirectory, suite);
  const counties = world.units.filter(({ depth }) => depth === 3);
  const rows = await Promise.all(Array.from({ length: people }, async (_, number) => {
    const id = idOf(number);
    const totp = `00000000-0000-4000-8001-${String(number).padStart(12, '0')}`;
    const bytes = randomBytes(20);
    return { id, name: nameOf(number), unit: counties[number % counties.length]?.code ?? '', totp, secret: await vault.wrap(bytes, `totp/${id}/${totp}`), plain: new Secret({ buffer: new Uint8Array(bytes).buffer }).base32 };
  }));
  const column = (of: (row: (typeof rows)[number]) => string): string[] => rows.map(of);
  await world.database.write(async (tx) => {
    await sql`insert into account (id, sign_in_name, display_name, password_hash, password_changed_at, created_at)
      select id, name, name, ${hash}, ${monday}::timestamptz, ${monday}::timestamptz from unnest(${column(({ id }) => id)}::text[], ${column(({ name }) => name)}::text[]) as t(id, name)`.execute(tx);
    await sql`insert into role_grant (account_id, role, unit_code) select id, 'clerk', unit from unnest(${column(({ id }) => id)}::text[], ${column(({ unit }) => unit)}::text[]) as t(id, unit)`.execute(tx);
    await sql`insert into totp (id, account_id, name, secret, last_step, created_at, confirmed_at)
      select totp, id, 'bench', secret, 0, ${monday}::timestamptz, ${monday}::timestamptz
      from unnest(${column(({ totp }) => totp)}::text[], ${column(({ id }) => id)}::text[], ${column(({ secret }) => secret)}::text[]) as t(totp, id, secret)`.execute(tx);
  });
  await world.maintain('analyze');
  return rows.map(({ plain }) => plain);
}

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const nameOf = (number: number): string => `bench.${number}`;

/** One check alone on this machine, before anything else runs: the median of seven. */
async function passwordCost(hash: string): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const began = performance.now();
    await isPassword(hash, password);
    taken.push(performance.now() - began);
  }
  return round(taken.toSorted((one, other) => one - other)[3] ?? 0);
}

/** Milliseconds after the beginning at which each comes. The rush is in the middle. */
function arrivals(people: number, seconds: number, rushPercent: number): number[] {
  const all = seconds * 1000;
  const rushing = Math.floor((people * rushPercent) / 100);
  const even = people - rushing;
  return Array.from({ length: people }, (_, number) => (number < even ? (all * number) / even : all * 0.45 + (all * 0.1 * (number - even)) / Math.max(1, rushing)));
}

interface Outcome {
  /** Of both steps. */
  readonly milliseconds: number;
  readonly first: number;
  readonly failure: string | null;
}

async function comeIn(client: BenchClient, number: number, secret: string): Promise<Outcome> {
  const began = performance.now();
  let first = 0;
  const ended = (failure: string | null): Outcome => ({ milliseconds: performance.now() - began, first, failure });
  try {
    const one = await client.send(signIn, { signInName: nameOf(number), password }, '', `bench-sign-in-${number}`);
    first = one.milliseconds;
    const { ticket } = JSON.parse(one.text) as { ticket?: string };
    if (one.status !== 200 || ticket === undefined) return ended(`first step: ${one.status} ${one.text.slice(0, 200)}`);
    const code = new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate();
    const two = await client.send(signInSecondStep, { ticket, proof: { kind: 'totp', code } }, '', `bench-second-step-${number}`);
    return ended(two.status === 200 ? null : `second step: ${two.status} ${two.text.slice(0, 200)}`);
  } catch (error) {
    return ended(String(error));
  }
}

/** What stands in the database: a session each, no try left, no ticket left. */
async function verify(world: BenchWorld): Promise<object> {
  return world.database.read(async (tx) => {
    const { rows } = await sql<{ sessions: number; tries: number; tickets: number; audited: number }>`
      select (select count(*) from session where ended_at is null) as sessions, (select count(*) from sign_in_attempt) as tries, (select count(*) from sign_in_ticket) as tickets,
        (select count(*) from audit_event where action = 'people.sign_in') as audited`.execute(tx);
    return rows[0] ?? {};
  });
}
