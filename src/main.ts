// Opens the database, mounts the modules and listens. The one place where the parts meet.
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { fileBlobStore } from './kernel/blobs.ts';
import { type Clock, shiftedClock, systemClock } from './kernel/clock.ts';
import type { Config } from './kernel/config.ts';
import { type ConnectionOptions, type Database, openDatabase } from './kernel/database.ts';
import { startEmbeddedPostgres } from './kernel/embedded-postgres.ts';
import { addressReader } from './kernel/address.ts';
import type { Front } from './kernel/front.ts';
import { openAsking, serveEndpoints, type ServerPorts } from './kernel/http.ts';
import { type Limits, openLimits } from './kernel/limits.ts';
import { type Crowd, watchCrowd } from './kernel/crowd.ts';
import { openDoor } from './kernel/door.ts';
import { listenForMetrics, openMetrics } from './kernel/metrics.ts';
import { openReadiness, type Readiness } from './kernel/readiness.ts';
import type { Log } from './kernel/log.ts';
import { type Migration, migrate, type MigrationReport, readMigrations, schemaState, type SchemaState } from './kernel/migrate.ts';
import { openApiOf } from './kernel/openapi.ts';
import { addPolicyReports, browserPolicy } from './kernel/browser-policy.ts';
import { servePages, serveSinglePage } from './kernel/pages.ts';
import { migrationsDirectory, packageRoot } from './kernel/package-root.ts';
import { siteOf } from './kernel/site.ts';
import { problemOf } from './kernel/problems.ts';
import { openScanner } from './kernel/scanning.ts';
import { openSecrets } from './kernel/secrets.ts';
import { dailyBackup, dailyLogCheck, startDaily } from './daily-commands.ts';
import { startHousekeeping } from './housekeeping.ts';
import { startRechecking } from './rechecking.ts';
import { startRefreshing } from './refreshing.ts';
import { demonstrationTime, isDemonstration, keepDemonstrationTime } from './demonstration/state.ts';
import { watchForStorm } from './modules/sign-in/alarm.ts';
import { identify } from './modules/sign-in/identity.ts';
import { isComingAndGoing, isOpenToEnterprises } from './modules/access/rules/endpoints.ts';
import type { Reply } from './modules/proofs/exchange.ts';
import { type LogKeeper, openLogKeeper, runKeeper } from './modules/proofs/keeper.ts';
import { implementations } from './modules.ts';
import { sitePages } from './site/pages.ts';
import { serveSite } from './site/serve.ts';
import { epochOf } from './shared/instant.ts';

export interface OpenStore {
  readonly database: Database;
  readonly connection: ConnectionOptions;
  readonly embedded: boolean;
  /** All that this version knows. */
  readonly migrations: readonly Migration[];
  /** What was done to the schema when it was opened. */
  readonly migration: MigrationReport;
  close(): Promise<void>;
}

export interface Opening {
  /** Also while a server runs on the embedded one. */
  readonly beside?: boolean;
  /** Asked before the schema is changed; throws to refuse. */
  readonly beforeMigrating?: (store: OpenStore, due: SchemaState) => Promise<void>;
  /** Leaves the schema as it is. */
  readonly asItIs?: boolean;
}

/** The database, embedded or of DATABASE_URL, migrated to the newest schema. */
export async function openStore(config: Config, log: Log, { beside = false, beforeMigrating, asItIs = false }: Opening = {}): Promise<OpenStore> {
  if (config.databaseUrl === null) await makeWritable(config.dataDirectory);
  const embedded = config.databaseUrl === null
    ? await startEmbeddedPostgres({ dataDirectory: join(config.dataDirectory, 'postgres'), beside, log: (line) => log.info({ postgres: line }, 'embedded database') })
    : null;
  const connection: ConnectionOptions = embedded === null ? { connectionString: config.databaseUrl ?? '' } : embedded.connection;
  const database = openDatabase({ ...connection, maximumConnections: config.databaseConnections });
  const close = async (): Promise<void> => {
    await database.close();
    await embedded?.stop();
  };
  try {
    const migrations = await readMigrations(migrationsDirectory);
    const store = { database, connection, embedded: embedded !== null, migrations, close };
    const found = await schemaState(connection, migrations);
    const asFound: OpenStore = { ...store, migration: { applied: [], current: found.applied.at(-1) ?? '', walls: null } };
    return asItIs ? asFound : { ...store, migration: await bringForward(asFound, found, log, beforeMigrating) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function bringForward(store: OpenStore, found: SchemaState, log: Log, beforeMigrating: Opening['beforeMigrating']): Promise<MigrationReport> {
  if (found.due.length > 0 && found.applied.length > 0) await beforeMigrating?.(store, found);
  const migration = await migrate(store.connection, store.migrations);
  log.info({ applied: migration.applied.length, current: migration.current }, 'schema is up to date');
  if (migration.walls?.stands === false) log.warn({ why: migration.walls.why }, 'the second wall does not stand: the database checks nothing beside the program (docs/decisions/0027)');
  return migration;
}

export class DataDirectoryRefused extends Error {
  readonly directory: string;
  constructor(directory: string, cause: unknown) {
    super(`${directory} cannot be written to`, { cause });
    this.directory = directory;
  }
}

/** Refused at the start, and not when the first picture comes. */
async function makeWritable(directory: string): Promise<void> {
  try {
    await makeFolder(directory);
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new DataDirectoryRefused(directory, error);
  }
}

/** With its parents, one by one: where the system denies that a parent is there (/proc), Node's own way would try for ever. */
async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    // Another command may have made it meanwhile.
    if (!(await isFolder(path))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

export interface RunningServer {
  readonly port: number;
  readonly demonstration: boolean;
  close(): Promise<void>;
}

/** Serves until closed. With demonstration data the clock runs on from where the demonstration stood. */
export async function startServer(config: Config, store: OpenStore, log: Log): Promise<RunningServer> {
  const { database } = store;
  await makeWritable(config.dataDirectory);
  const demonstration = await database.read(isDemonstration);
  const clock = await clockFor(config, database, demonstration);
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  const blobs = fileBlobStore(join(config.dataDirectory, 'blobs'));
  const site = siteOf(config, config.secretsDirectory);
  const secrets = openSecrets(config.secretsDirectory, config.suite);
  const scanner = openScanner(config.clamavAddress);
  const metrics = openMetrics();
  const front: Front = { limits: openLimits(config.limits), addressOf: addressReader(config.trustedProxies), meter: metrics.meter, origin: config.publicUrl === null ? null : new URL(config.publicUrl).origin };
  const app = new Hono();
  app.use(browserPolicy({ secure, ukeyService: site.ukeyService }));
  app.use(compress());
  const door = openDoor();
  app.use(door.middleware);
  const keeper = await openLogKeeper({ database, secrets, clock, machineClock: systemClock, log, dataDirectory: config.dataDirectory, fetch });
  const isReadOnly = (): boolean => keeper.isReadOnly();
  const files = store.migrations.map(({ file }) => file);
  addProbes(app, openReadiness({ database, dataDirectory: config.dataDirectory, migrations: files, walled: store.migration.walls?.stands ?? false, isReadOnly, isStopping: door.isClosing }));
  addPolicyReports(app, front, log);
  addWitnessRoutes(app, front, keeper);
  const ports: ServerPorts = {
    database, blobs, clock, demonstration, mode: { isReadOnly, goesOn: isComingAndGoing }, site, secrets, scanner, log, front, secure, walled: store.migration.walls?.stands ?? false, identify,
    opensToEnterprises: isOpenToEnterprises, spool: join(config.dataDirectory, 'spool'),
  };
  app.route('/', serveEndpoints(implementations, ports));
  app.route('/', serveSite(sitePages, { ask: openAsking(implementations, ports), clock, demonstration, publicUrl: config.publicUrl, secure, assets: join(packageRoot, 'dist', 'site') }));
  serveSinglePage(app, '/verifier.html', join(packageRoot, 'dist', 'verifier', 'verifier.html'));
  servePages(app, join(packageRoot, 'dist', 'web'));
  const crowd = watchCrowd(() => door.inside() - waitingApart(front.limits));
  const { server, port } = await listen(app, config, crowd);
  metrics.watch({ database, limits: front.limits, inside: door.inside, refused: crowd.refused, isReadOnly });
  const metricsServer = config.metrics === null ? null : await listenForMetrics(metrics, config.metrics, log);
  const keeping = demonstration ? setInterval(() => void keepDemonstrationTime(database, clock.now()).catch(() => undefined), 30_000) : null;
  const logs = runKeeper(keeper, log);
  const housekeeper = startHousekeeping({ database, blobs, clock, machineClock: systemClock, log, isReadOnly });
  const stopWatching = watchForStorm({ database, clock, log });
  const stopRechecking = startRechecking({ database, blobs, scanner, clock, log, isReadOnly });
  const stopRefreshing = startRefreshing(ports, clock, log);
  const daily = [dailyBackup(config.backup), dailyLogCheck].map((command) => startDaily(command, { database, clock: systemClock, log }));
  return {
    port,
    demonstration,
    close: async () => {
      const tidied = housekeeper.stop();
      if (keeping !== null) clearInterval(keeping);
      stopWatching();
      await door.close(server);
      crowd.stop();
      metricsServer?.close();
      metrics.close();
      await Promise.all([...daily.map((keeper) => keeper.stop()), stopRechecking(), stopRefreshing()]);
      await tidied;
      await logs.stop();
      if (demonstration) await keepDemonstrationTime(database, clock.now()).catch(() => undefined);
    },
  };
}

/** What logs and their witnesses send each other: text by C2SP tlog-witness, proved by signatures and by nothing else. */
function addWitnessRoutes(app: Hono, { limits, addressOf }: Front, keeper: LogKeeper): void {
  const take = (path: string, answer: (body: string) => Promise<Reply>): void => {
    app.post(path, bodyLimit({ maxSize: 65_536 }), async (http) => {
      const plain = { limit: 'plain' } as const;
      const counted = await limits.count(plain, { address: addressOf(http), actor: null }).then(() => true, () => false);
      if (!counted) return http.body(null, 429, { 'retry-after': '60' });
      const text = await http.req.text();
      const { status, type, body } = await limits.admit(plain, () => answer(text)).catch((error: unknown) => {
        if (problemOf(error) === null) throw error;
        return { status: 503, type: 'text/plain; charset=utf-8', body: '' } as const;
      });
      return http.body(body, status, { 'content-type': type, 'cache-control': 'no-store' });
    });
  };
  take('/witness/add-checkpoint', (body) => keeper.addCheckpoint(body));
  take('/witness/cosignature', (body) => keeper.takeCosignature(body));
}

async function clockFor(config: Config, database: Database, demonstration: boolean): Promise<Clock> {
  if (!demonstration) return systemClock;
  const at = config.demonstrationClock ?? (await database.read(demonstrationTime));
  return at === null ? systemClock : shiftedClock(epochOf(at));
}

/** Liveness, readiness and the API's description. Nothing here tells the version of anything. */
function addProbes(app: Hono, readiness: () => Promise<Readiness>): void {
  const description = JSON.stringify(openApiOf(implementations.map(({ endpoint }) => endpoint), '1'));
  app.get('/api/openapi.json', (http) => http.body(description, 200, { 'content-type': 'application/json; charset=utf-8' }));
  app.get('/healthz', (http) => http.json({ status: 'ok' }));
  app.get('/readyz', async (http) => {
    const found = await readiness();
    return http.json(found, found.status === 'ready' || found.status === 'read_only' ? 200 : 503);
  });
}

/** Whoever sends slowly is cut off in the end: a head has 20 seconds, a whole request five minutes. */
const serverOptions = { headersTimeout: 20_000, requestTimeout: 300_000, keepAliveTimeout: 65_000 };

/** As many as may come at one moment and have not been looked at yet; whoever finds no place here hears nothing for a second. */
const backlog = 4_096;

async function listen(app: Hono, config: Config, crowd: Crowd): Promise<{ server: Server; port: number }> {
  const makeServer = (options: ServerOptions, listener: RequestListener): Server => createServer(options, crowd.guard(listener));
  const server = createAdaptorServer({ fetch: app.fetch, createServer: makeServer as typeof createServer, serverOptions }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: config.port, host: config.host, backlog }, () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}

/** Whoever waits with a file has a queue of its own (limits.ts) and is none of the crowd. */
function waitingApart(limits: Limits): number {
  const { plain: _plain, ...others } = limits.queues();
  return Object.values(others).reduce((sum, { held, waiting }) => sum + held + waiting, 0);
}
