// The real server as a process of its own, for tests that need one: another time zone, or a sudden end.
// It is the built one (dist/): `npm test` builds before it tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inject } from 'vitest';
import type { Database } from '../kernel/database.ts';

export const unhurried = 'anonymous=1000000 sign_in=1000000 session=1000000 upload=1000000';
const program = 'dist/server/src/cli/main.js';

export interface ServerProcess {
  readonly address: string;
  /** Ends it as a power failure would, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop, and resolves when it has. */
  stop(): Promise<void>;
  /** Ctrl+C as a terminal and npm send it, twice; its exit code, null when a signal ended it. */
  interrupt(): Promise<number | null>;
}

/** Starts `fuwuyue serve` with these settings and waits until it says where it listens. */
export async function startServerProcess(settings: { readonly [name: string]: string }): Promise<ServerProcess> {
  if (!existsSync(program)) throw new Error('the server is not built: npm run build');
  // What a server keeps outside of its database belongs to that database: never the folder of another test.
  const own = settings['DATA_DIR'] === undefined ? mkdtempSync(join(tmpdir(), 'fuwuyue-server-')) : null;
  const child = spawn(process.execPath, [program, 'serve', '--json'], {
    // Tests ask from one address and at a machine's pace; limits have tests of their own.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', LOG_LEVEL: 'error', LIMITS: unhurried, ...(own === null ? {} : { DATA_DIR: own }), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (own !== null) child.once('exit', () => rmSync(own, { recursive: true, force: true }));
  const { address } = JSON.parse(await firstLine(child)) as { address: string };
  return { address, kill: async () => end(child, 'SIGKILL'), stop: async () => end(child, 'SIGTERM'), interrupt: async () => interrupted(child) };
}

/** DATABASE_URL of a test's database. */
export async function databaseUrlOf(database: Database): Promise<string> {
  const { host, port, user, password } = inject('server');
  const { rows } = await database.read((tx) => sql<{ name: string }>`select current_database() as name`.execute(tx));
  const secret = password === '' ? '' : `:${encodeURIComponent(password)}`;
  return `postgres://${user}${secret}@localhost:${port}/${rows[0]?.name ?? ''}?host=${encodeURIComponent(host)}`;
}

async function firstLine(child: ChildProcess): Promise<string> {
  let told = '';
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      const end = told.indexOf('\n');
      if (end >= 0) resolve(told.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    child.once('error', reject);
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
}

async function interrupted(child: ChildProcess): Promise<number | null> {
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  // Once it says that it is stopping, the first one was taken: two at the same moment could be merged into one.
  await Promise.race([code, new Promise<void>((resolve) => child.stderr?.once('data', () => resolve()))]);
  child.kill('SIGINT');
  return code;
}
