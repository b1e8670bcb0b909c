// Starts the real PostgreSQL from npm on a private Unix socket, durable (fsync on), and stops it with us.
// Never listens on the network. A small shell watches our end of a pipe and stops the server when we die, however we die;
// should that watcher be killed too, the next start attaches to the server it finds (docs/decisions/0002).
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresProblem, type Places, preparePlaces } from './embedded-postgres-places.ts';

export { EmbeddedPostgresProblem } from './embedded-postgres-places.ts';

export interface EmbeddedPostgres {
  readonly connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
  /** True when a server left running by a killed process was found and taken over. */
  readonly attached: boolean;
  /** Stops the server; where it is another process's, only leaves it. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataDirectory: string;
  /** Works beside the process whose server it is, as with any other server, instead of refusing. */
  readonly beside?: boolean;
  readonly settings?: { readonly [name: string]: string };
  readonly log?: (line: string) => void;
}

const port = 5432;
const user = 'fuwuyue';
const ownerLock = 720_230_601;

// Modest: two cores and little memory are what the smallest county machine has.
const defaults = {
  listen_addresses: '',
  max_connections: '60',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  random_page_cost: '1.1',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  // Without warnings and errors: those quote what was typed, and the program tells of its own by code.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_destination: 'stderr',
};

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const prepared = preparePlaces(options.dataDirectory);
  const places = { ...prepared, socketDirectory: runningSocketDirectory(prepared.cluster) ?? prepared.socketDirectory };
  if (places.movedTo !== null) log(`the server's user cannot reach ${options.dataDirectory}; the cluster lies in ${places.movedTo}`);
  const found = await findRunning(places, options.beside ?? false);
  if (found?.kind === 'joined') return { connection: connectionOf(places), attached: false, stop: async () => undefined };
  if (found !== null) {
    log('attached to the server that was left running');
    return running(places, found.owner, found.pid, true);
  }
  initialise(places);
  const pid = launch(places, options.settings ?? {}, log);
  const owner = await connectWhenReady(places, pid);
  if (!(await ownsLock(owner))) {
    await owner.end();
    throw inUse(options.dataDirectory);
  }
  await createDatabase(owner);
  return running(places, owner, pid, false);
}

function inUse(directory: string): EmbeddedPostgresProblem {
  return new EmbeddedPostgresProblem('data_directory_in_use', `another process uses ${directory}; stop it or choose another DATA_DIR`);
}

function connectionOf(places: Places): EmbeddedPostgres['connection'] {
  return { host: places.socketDirectory, port, user, database: user };
}

function running(places: Places, owner: pg.Client, pid: number, attached: boolean): EmbeddedPostgres {
  const watcher = watch(pid);
  return {
    connection: connectionOf(places),
    attached,
    stop: async () => {
      await owner.end().catch(() => undefined);
      signal(pid, 'SIGINT');
      if (!(await gone(pid, 10_000))) signal(pid, 'SIGQUIT');
      watcher.kill('SIGKILL');
      watcher.stdin?.destroy();
    },
  };
}

/** A shell that waits for the end of our pipe and then asks the server for a fast shutdown. */
function watch(pid: number): ChildProcess {
  const watcher = spawn('/bin/sh', ['-c', 'read _; kill -INT "$0" 2>/dev/null', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.on('error', () => undefined);
  watcher.unref();
  const pipe = watcher.stdin as unknown as { unref?: () => void; on(event: 'error', listener: () => void): void } | null;
  pipe?.on('error', () => undefined);
  pipe?.unref?.();
  return watcher;
}

type Found = { readonly kind: 'taken_over'; readonly owner: pg.Client; readonly pid: number } | { readonly kind: 'joined' };

/** The server already running on this cluster: ours if its owner is gone, joined if that is wanted. One that is stopping is waited for. */
async function findRunning(places: Places, beside: boolean): Promise<Found | null> {
  for (let tries = 0; tries < 150; tries += 1) {
    const pid = runningPid(places.cluster);
    if (pid === null) return null;
    const owner = await connect(places, 'postgres').catch(() => null);
    if (owner !== null) {
      if (await ownsLock(owner)) return { kind: 'taken_over', owner, pid };
      await owner.end();
      // The connection of a process killed a moment ago takes a little to be noticed.
      if (beside && tries > 3) return { kind: 'joined' };
      if (tries > 30) throw inUse(places.cluster);
    }
    await pause(100);
  }
  throw inUse(places.cluster);
}

function runningPid(cluster: string): number | null {
  const pid = Number(pidFileLines(cluster)[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : null;
}

/** Where a running server listens: somebody with another home folder may have started it. */
function runningSocketDirectory(cluster: string): string | null {
  const directory = pidFileLines(cluster)[4] ?? '';
  return directory === '' || runningPid(cluster) === null ? null : directory;
}

/** What the server has written about itself: its process first, the folder of its socket on the fifth line. */
function pidFileLines(cluster: string): string[] {
  const file = join(cluster, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

async function gone(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (!isAlive(pid)) return true;
    await pause(20);
  }
  return false;
}

function environmentFor(places: Places): NodeJS.ProcessEnv {
  const library = join(places.binaries, 'lib');
  return { PATH: process.env['PATH'], LD_LIBRARY_PATH: library, DYLD_LIBRARY_PATH: library, LC_ALL: 'C', HOME: places.socketDirectory };
}

function identityOf(places: Places): { uid?: number; gid?: number } {
  return places.user === null ? {} : { uid: places.user.uid, gid: places.user.gid };
}

/** A new cluster, made aside and moved into place, so that a half-made one is never started. */
function initialise(places: Places): void {
  if (existsSync(join(places.cluster, 'PG_VERSION'))) return;
  const making = `${places.cluster}.new`;
  rmSync(making, { recursive: true, force: true });
  const made = spawnSync(
    join(places.binaries, 'bin', 'initdb'),
    ['-D', making, '-U', user, '--auth=trust', '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions', '--data-checksums'],
    { env: environmentFor(places), encoding: 'utf8', ...identityOf(places), cwd: places.socketDirectory },
  );
  if (made.status !== 0) throw new EmbeddedPostgresProblem('did_not_start', `initdb: ${made.stderr ?? made.error?.message ?? ''}`.slice(0, 600));
  rmSync(places.cluster, { recursive: true, force: true });
  renameSync(making, places.cluster);
}

function launch(places: Places, settings: { readonly [name: string]: string }, log: (line: string) => void): number {
  const options = Object.entries({ ...defaults, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(places.binaries, 'bin', 'postgres'), ['-D', places.cluster, '-k', places.socketDirectory, '-p', String(port), ...options], {
    env: environmentFor(places),
    cwd: places.socketDirectory,
    // Detached: a Ctrl+C meant for us must not stop the server before our own requests are finished.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...identityOf(places),
  });
  server.on('error', (error) => log(error.message));
  server.stderr?.setEncoding('utf8');
  server.stderr?.on('data', (text: string) => text.split('\n').filter((line) => line !== '').forEach((line) => log(line)));
  server.unref();
  (server.stderr as unknown as { unref?: () => void } | null)?.unref?.();
  if (server.pid === undefined) throw new EmbeddedPostgresProblem('did_not_start', 'the server could not be started');
  return server.pid;
}

async function connect(places: Places, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host: places.socketDirectory, port, user, database, application_name: 'fuwuyue owner', connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function connectWhenReady(places: Places, pid: number): Promise<pg.Client> {
  for (let waited = 0; waited < 60_000; waited += 25) {
    const client = await connect(places, 'postgres').catch(() => null);
    if (client !== null) return client;
    if (!isAlive(pid)) throw new EmbeddedPostgresProblem('did_not_start', 'the server ended while starting; its log says why');
    await pause(25);
  }
  throw new EmbeddedPostgresProblem('did_not_start', 'the server did not answer within a minute');
}

/** Held for our lifetime on one connection: tells a server in use from one left behind. */
async function ownsLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [ownerLock]);
  return rows[0]?.held ?? false;
}

async function createDatabase(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query('select 1 from pg_database where datname = $1', [user]);
  if (rowCount === 0) await owner.query(`create database ${user}`);
}
