// The server that benchmarks speak to: a real process (`fuwuyue serve`) on the world's database, or, for tests, the same server
// within this process; and a client that costs little, because it shares the machine with what it measures.
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfig } from '../src/kernel/config.ts';
import { openDatabase } from '../src/kernel/database.ts';
import { silentLog } from '../src/kernel/log.ts';
import { readMigrations } from '../src/kernel/migrate.ts';
import { migrationsDirectory, packageRoot } from '../src/kernel/package-root.ts';
import { startServer } from '../src/main.ts';
import type { Endpoint, SentInputOf } from '../src/shared/endpoint.ts';
import { requestKeyHeader, requestOf } from '../src/shared/request.ts';
import type { BenchWorld } from './world.ts';

export interface Serving {
  readonly address: string;
  /** Id of the server's process; this one's when the server runs within. */
  readonly pid: number;
  close(): Promise<void>;
}

/** One address and few sessions stand for a whole country here. */
const unlimited = 'anonymous=1000000 sign_in=1000000 session=1000000 upload=1000000';

/** Starts the server with further settings (such as DEMONSTRATION_CLOCK). */
export async function startServing(world: BenchWorld, settings: { readonly [name: string]: string }, within: boolean): Promise<Serving> {
  const environment = { ...world.environment, PORT: '0', LOG_LEVEL: 'warn', LIMITS: unlimited, ...settings };
  return within ? serveWithin(world, environment) : serveApart(environment);
}

async function serveWithin(world: BenchWorld, environment: NodeJS.ProcessEnv): Promise<Serving> {
  const config = readConfig(environment);
  const database = openDatabase({ ...world.connection, maximumConnections: config.databaseConnections });
  const migrations = await readMigrations(migrationsDirectory);
  const store = { database, connection: world.connection, embedded: false, migrations, migration: { applied: [], current: '', walls: { stands: true } as const }, close: () => database.close() };
  const server = await startServer(config, store, silentLog);
  return {
    address: `http://127.0.0.1:${server.port}`,
    pid: process.pid,
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}

const announcement = z.object({ address: z.string() });

async function serveApart(environment: NodeJS.ProcessEnv): Promise<Serving> {
  const server = spawn(process.execPath, [join(packageRoot, 'bin', 'fuwuyue.mjs'), 'serve', '--json'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('\n')) resolve(announcement.parse(JSON.parse(said)).address);
    });
  });
  return {
    address,
    pid: server.pid ?? 0,
    close: async () => {
      server.kill('SIGTERM');
      await ended;
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly milliseconds: number;
}

export interface BenchClient {
  send<E extends Endpoint>(endpoint: E, input: SentInputOf<E>, session: string, requestKey?: string): Promise<Answer>;
  close(): void;
}

/** Keeps up to `connections` open. Plain node:http: fetch costs several times as much of the machine. */
export function openClient(serving: Serving, connections: number): BenchClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (endpoint, input, session, requestKey) => {
      const { method, path, body } = requestOf(endpoint, input);
      const headers = {
        cookie: `fuwuyue=${session}`,
        ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(requestKey === undefined ? {} : { [requestKeyHeader]: requestKey }),
      };
      return exchange(`${serving.address}${path}`, { method, headers, agent }, body);
    },
    close: () => agent.destroy(),
  };
}

async function exchange(url: string, options: object, body: string | null): Promise<Answer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8'), milliseconds: performance.now() - start }));
    });
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

/** `workers` take the numbers 0 to count − 1 in order, each the next when it is done with one. */
export async function inParallel(count: number, workers: number, work: (number: number, worker: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (next < count) {
        const number = next;
        next += 1;
        await work(number, worker);
      }
    }),
  );
}
